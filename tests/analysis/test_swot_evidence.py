"""What the SWOT says of a cell: nearest link first, each item once, and why it is there."""

import dataclasses

import pytest
from hypothesis import given

from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import EvidenceFinder, evidence_naming, quadrant_items
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.swot import MeantLinks, Quadrant, SwotItem
from strategies import dataset_of
from swot_strategies import matrices

CELL = Cell("social", "eu")


def dataset() -> Dataset:
    """Make a SWOT whose items link the cell social@eu in every way, the nearest last."""
    return dataset_of(
        {
            "roles": ["social", "industry"],
            "levels": ["eu", "region"],
            "instruments": ["hub", "fund"],
        },
        {
            "strengths": [
                {"id": "s1", "text": "Of the level", "levels": ["eu"]},
                {"id": "s2", "text": "Of the instrument", "instruments": ["hub"]},
                {"id": "s3", "text": "Of nothing"},
            ],
            "weaknesses": [
                {"id": "w1", "text": "Of the role", "roles": ["industry", "social"]},
                {"id": "w2", "text": "Of another cell", "cells": ["social@region", "industry@eu"]},
            ],
            "opportunities": [
                {
                    "id": "o1",
                    "text": "Of everything",
                    "levels": ["eu"],
                    "roles": ["social"],
                    "instruments": ["hub"],
                    "cells": ["social@eu"],
                },
                {"id": "o2", "text": "Of role and level", "levels": ["eu"], "roles": ["social"]},
            ],
            "threats": [
                {"id": "t1", "text": "Of the cell", "cells": ["industry@eu", "social@eu"]},
                {"id": "t2", "text": "Of another instrument", "instruments": ["fund"]},
                {
                    "id": "t3",
                    "text": "Of another role and level",
                    "roles": ["industry"],
                    "levels": ["region"],
                },
            ],
        },
    )


def test_the_nearest_link_comes_first_and_every_item_once() -> None:
    found = [(one.item.id, one.why) for one in EvidenceFinder(dataset()).find(CELL, ("hub",))]

    assert found == [
        ("o1", "names the role at the level"),
        ("t1", "names the role at the level"),
        ("w1", "names the role"),
        ("o2", "names the role"),
        ("s2", "names an instrument"),
        ("s1", "names the level"),
    ]


def test_evidence_knows_its_quadrant_and_its_item() -> None:
    first = EvidenceFinder(dataset()).find(CELL, ())[0]

    assert (first.quadrant, first.item.text) == (Quadrant.OPPORTUNITIES, "Of everything")


@pytest.mark.parametrize(
    ("instruments", "named"),
    [((), []), (("hub",), ["s2"]), (("fund",), ["t2"]), (("fund", "hub"), ["s2", "t2"])],
)
def test_an_item_is_evidence_through_the_instruments_of_the_cell_only(
    instruments: tuple[str, ...], named: list[str]
) -> None:
    found = EvidenceFinder(dataset()).find(CELL, instruments)

    assert [one.item.id for one in found if one.why == "names an instrument"] == named


def test_an_item_of_another_cell_alone_is_no_evidence_for_its_role_or_level() -> None:
    # A cell is named as a whole: an item of social@region does not speak of social@eu.
    found = [one.item.id for one in EvidenceFinder(dataset()).find(CELL, ("hub", "fund"))]

    assert "w2" not in found


def test_without_a_swot_there_is_no_evidence() -> None:
    data = dataset_of({"levels": ["eu"], "roles": ["social"], "instruments": ["hub"]})

    assert EvidenceFinder(data).find(CELL, ("hub",)) == ()
    assert evidence_naming(data, "hub") == ()
    assert list(quadrant_items(data)) == []


def test_the_items_that_name_an_instrument_stand_in_the_swots_order() -> None:
    found = [(one.quadrant, one.item.id, one.why) for one in evidence_naming(dataset(), "hub")]

    assert found == [
        (Quadrant.STRENGTHS, "s2", "names the instrument"),
        (Quadrant.OPPORTUNITIES, "o1", "names the instrument"),
    ]


def test_an_instrument_that_no_item_names_has_no_evidence() -> None:
    assert evidence_naming(dataset(), "nothing") == ()


def test_the_swot_is_walked_quadrant_by_quadrant() -> None:
    found = [item.id for _, item in quadrant_items(dataset())]

    assert found == ["s1", "s2", "s3", "w1", "w2", "o1", "o2", "t1", "t2", "t3"]


# What an item means without naming it


def meaning() -> Dataset:
    """Make a SWOT whose items mean the cell social@eu in every way, and one that also names its level."""
    return dataset_of(
        {"roles": ["social", "industry"], "levels": ["eu", "region"], "instruments": ["hub"]},
        {
            "strengths": [
                {"id": "s1", "text": "The level", "meant": {"levels": ["eu"]}},
                {"id": "s2", "text": "The instrument", "meant": {"instruments": ["hub"]}},
            ],
            "weaknesses": [
                {"id": "w1", "text": "The role", "meant": {"roles": ["social"]}, "levels": ["eu"]},
                {"id": "w2", "text": "The role by its name", "roles": ["social"]},
            ],
            "opportunities": [
                {"id": "o1", "text": "The cell", "meant": {"cells": ["social@eu"]}},
                {"id": "o2", "text": "Another", "meant": {"roles": ["industry"], "levels": ["region"]}},
            ],
        },
    )  # fmt: skip


def test_what_is_only_meant_is_never_said_to_be_named() -> None:
    found = [(one.item.id, one.why) for one in EvidenceFinder(meaning()).find(CELL, ("hub",))]

    assert found == [
        ("o1", "means the role at the level"),
        ("w2", "names the role"),
        ("w1", "means the role"),
        ("s2", "means an instrument"),
        ("s1", "means the level"),
    ]


def test_an_item_that_means_an_instrument_says_so() -> None:
    assert [(one.item.id, one.why) for one in evidence_naming(meaning(), "hub")] == [
        ("s2", "means the instrument")
    ]


def _named(item: SwotItem) -> SwotItem:
    links = ("levels", "roles", "instruments", "cells")
    both = {link: (*getattr(item, link), *getattr(item.meant, link)) for link in links}
    return item.model_copy(update={**both, "meant": MeantLinks()})


@given(matrices())
def test_what_is_meant_is_evidence_for_all_that_it_would_be_if_it_were_named(
    matrix: Matrix,
) -> None:
    dataset = matrix.dataset
    swot = {quadrant: tuple(map(_named, items)) for quadrant, items in dataset.swot.items()}
    named = dataclasses.replace(dataset, swot=swot)

    for rating in matrix:
        evidence = EvidenceFinder(dataset).find(rating.cell, rating.instruments)
        as_named = EvidenceFinder(named).find(rating.cell, rating.instruments)

        assert {(one.item.id, one.why.replace("means", "names")) for one in evidence} == {
            (one.item.id, one.why) for one in as_named
        }
