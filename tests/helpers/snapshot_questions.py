"""Questions of snapshots: drawn by chance, and what one would ask to see one of them alone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from clustergap.analysis.report import Snapshots
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.model.swot import Quadrant, SwotItem
from dated_strategies import Asked, eras
from strategies import questions


@st.composite
def swots(draw: st.DrawFn, dataset: Dataset) -> Mapping[Quadrant, tuple[SwotItem, ...]]:
    """Draw a SWOT whose items name some of what a dataset has."""
    known = {
        "instruments": [one.id for one in dataset.instruments],
        "roles": [role.id for role in dataset.roles],
        "levels": [level.id for level in dataset.levels],
        "cells": [f"{role.id}@{level.id}" for role in dataset.roles for level in dataset.levels],
    }
    kinds = [kind for kind in known if known[kind]]
    links = draw(st.lists(st.sampled_from(kinds), max_size=4))
    items = [
        SwotItem.model_validate(
            {"id": f"i{number}", "text": "Some words", kind: (draw(st.sampled_from(known[kind])),)}
        )
        for number, kind in enumerate(links)
    ]
    return {Quadrant.WEAKNESSES: tuple(items[::2]), Quadrant.STRENGTHS: tuple(items[1::2])}


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """Draw a dataset with a SWOT, and a question of it."""
    dataset, query = draw(st.one_of(questions(), eras()))
    return replace(dataset, swot=draw(swots(dataset))), query


def question_at(states: Snapshots, kind: int, day: date | None) -> Query:
    """Return what one would ask on the command line to see a state."""
    only = states.kinds[kind]
    query = replace(states.matrix.query, as_of=day)
    return replace(query, kinds=(only,)) if only else query
