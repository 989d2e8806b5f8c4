"""The timeline's JSON document: what differs from day to day, and how to fold it up."""

import doctest
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.timeline import build_timeline
from clustergap.answers import matrix, timeline_record
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from dated_strategies import Asked, days_around, eras
from paths import ROOT
from strategies import dataset_of, questions

Document = dict[str, Any]
Fold = Callable[[Document, str], Mapping[str, Document]]

ORIGIN = Origin("data")


@pytest.fixture(scope="module")
def cells_on() -> Fold:
    """Return the function that docs/how-to/python.md teaches."""
    page = (ROOT / "docs" / "how-to" / "python.md").read_text(encoding="utf-8")
    examples = doctest.DocTestParser().get_examples(page)
    (taught,) = [one.source for one in examples if one.source.startswith("def cells_on")]
    names: dict[str, Any] = {}
    exec(taught, names)  # noqa: S102 - our own page
    fold: Fold = names["cells_on"]
    return fold


def written(asked: Asked, first: date | None = None) -> Document:
    """Write the timeline of all cells."""
    answer = build_timeline(build_matrix(*asked), first)
    return timeline_record.record(answer, ORIGIN).model_dump(mode="json")


def matrix_on(asked: Asked, day: str) -> dict[str, Document]:
    """Write the matrix of a day; instruments without their order."""
    dataset, query = asked
    rated = build_matrix(dataset, replace(query, as_of=date.fromisoformat(day)))
    cells = matrix.record(rated, ORIGIN).model_dump(mode="json")["cells"]
    return {cell["cell"]: told(cell) for cell in cells}


def told(cell: Document) -> Document:
    """Tell of a cell what a timeline tells."""
    return {
        "coverage": cell["coverage"],
        "share": cell["share"],
        "instruments": sorted(cell["instruments"]),
    }


@given(data=st.data(), asked=st.one_of(questions(), eras()))
def test_folded_up_to_a_day_it_is_the_matrix_of_that_day(
    cells_on: Fold, data: st.DataObject, asked: Asked
) -> None:
    days = [day.isoformat() for day in days_around(asked[0])]
    first = data.draw(st.none() | st.sampled_from(days))
    document = written(asked, date.fromisoformat(first) if first else None)

    for day in days:
        if first is None or first <= day:
            folded = {name: told(cell) for name, cell in cells_on(document, day).items()}
            assert folded == matrix_on(asked, day)


@pytest.fixture
def dataset() -> Dataset:
    """Make a cell of two regions: one instrument covers both, others one of them for some time."""
    some = {"territories": ["AT11"], "extent": "full"}
    return dataset_of({
        "levels": [{"id": "level", "territories": ["AT11", "AT12"]}],
        "instruments": [
            {"id": "a", "ends": "2020", "covers": {"role@level": some}},
            {"id": "b", "starts": "2020", "covers": {"role@level": some}},
            {"id": "c", "starts": "2023", "covers": {"role@level": "full"}},
        ],
    })  # fmt: skip


def test_a_change_says_only_what_differs(dataset: Dataset) -> None:
    gained, lost, closed = (event["changes"] for event in written((dataset, Query()))["events"])

    half = {"covered": 1, "partial": 0, "of": 2, "unknown": 0, "missing": ["AT12"]}
    whole = {"covered": 2, "partial": 0, "of": 2, "unknown": 0, "missing": []}
    assert gained == [{"cell": "role@level", "kind": "changed", "lost": [], "gained": ["b"]}]
    assert lost == [{"cell": "role@level", "kind": "changed", "lost": ["a"], "gained": []}]
    assert closed == [
        {
            "cell": "role@level",
            "kind": "closed",
            "before": {"coverage": "partial", "share": half},
            "after": {"coverage": "full", "share": whole},
            "lost": [],
            "gained": ["c"],
        }
    ]


def test_it_does_not_name_again_on_each_day_what_stays() -> None:
    some = [
        {"id": f"i{n}", "starts": f"{1900 + n}", "covers": {"role@level": "full"}}
        for n in range(100)
    ]

    document = written((dataset_of({"levels": ["level"], "instruments": some}), Query()))

    changes = [change for event in document["events"] for change in event["changes"]]
    assert len(changes) == 100
    assert sum(len(change["lost"] + change["gained"]) for change in changes) == 100
