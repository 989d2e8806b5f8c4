"""Datasets with a SWOT that names some of what they have, by chance, and questions of them."""

import dataclasses
from collections.abc import Sequence

from hypothesis import strategies as st

from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.model.dataset import Dataset
from clustergap.model.swot import Quadrant
from strategies import dataset_of, questions


def _some(of: Sequence[str], most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(of), max_size=most, unique=True) if of else st.just([])


@st.composite
def linked(draw: st.DrawFn, dataset: Dataset) -> Dataset:
    """Add a SWOT to *dataset*, or none, that names and means whatever there is."""
    if draw(st.sampled_from((False, False, False, False, True))):
        return dataset
    roles, levels = [one.id for one in dataset.roles], [one.id for one in dataset.levels]
    known = {
        "roles": roles,
        "levels": levels,
        "instruments": [one.id for one in dataset.instruments],
        "cells": [f"{role}@{level}" for role in roles for level in levels],
    }
    links = st.fixed_dictionaries({}, optional={link: _some(of) for link, of in known.items()})
    swot = {
        quadrant.value: [
            {
                "id": f"{quadrant.value[0]}{number}",
                "text": f"Item {number} of the {quadrant.value}",
                **draw(links),
                **draw(st.fixed_dictionaries({}, optional={"meant": links})),
            }
            for number in range(1, draw(st.integers(0, 2)) + 1)
        ]
        for quadrant in Quadrant
    }
    return dataclasses.replace(dataset, swot=dataset_of({"levels": ["eu"]}, swot).swot)


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    """Draw a dataset with a SWOT, a question of it and a choice of roles and levels."""
    dataset, query = draw(questions())
    dataset = draw(linked(dataset))
    roles = draw(_some([one.id for one in dataset.roles], 1))
    levels = draw(_some([one.id for one in dataset.levels]))
    return build_matrix(dataset, query).select(roles, levels)
