"""What a role, a level, a place, a source and a SWOT item are in the data."""

from typing import Any

import pytest

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.explain import StatementRecord, explain_cell
from clustergap.analysis.explain_records import (
    PlaceLink,
    explain_level,
    explain_place,
    explain_role,
    explain_source,
    explain_swot_item,
)
from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.model.swot import Quadrant
from strategies import dataset_of

FULL: dict[str, Any] = {"extent": "full"}


def dataset() -> Dataset:
    """Make a dataset in which every way to speak of a place, and every way to cite a source, occurs once."""
    return dataset_of(
        {
            "as_of": "2024-06-30",
            "sources": {"deck": {"title": "The deck"}, "law": {"title": "The law"}},
            "roles": ["social", "industry"],
            "levels": [
                "eu",
                {"id": "country", "territories": ["AT", "RO"]},
                {"id": "region", "territories": ["AT11", "RO11", "RO12"]},
            ],
            "groups": [
                {"id": "east", "name": "East", "territories": ["RO"], "sources": [{"ref": "law"}]}
            ],
            "instruments": [
                {
                    "id": "law",
                    "sources": [{"ref": "law", "locator": "art. 1"}],
                    "covers": {
                        "social@eu": "full",
                        "social@country": {**FULL, "territories": ["RO"]},
                        "social@region": {
                            **FULL,
                            "territories": ["RO11"],
                            "sources": [{"ref": "deck", "quote": "there"}],
                        },
                    },
                },
                {"id": "plan", "status": "planned", "covers": {"industry@region": "partial"}},
                {
                    "id": "fund",
                    "covers": {
                        "social@region": {**FULL, "territories": ["RO"]},
                        "industry@country": {**FULL, "territories": ["AT"]},
                        "industry@region": {**FULL, "territories": {"except": ["AT11"]}},
                    },
                },
                {"id": "grouped", "covers": {"social@region": {**FULL, "territories": ["east"]}}},
            ],
            "observations": {"industry@eu": {"extent": "none", "sources": [{"ref": "law"}]}},
            "accepted_gaps": {"industry@eu": {"reason": "No money"}},
        },
        {
            "strengths": [
                {
                    "id": "s1",
                    "text": "Of the role",
                    "roles": ["social"],
                    "sources": [{"ref": "law"}],
                },
                {"id": "s2", "text": "Of nothing covered", "cells": ["industry@eu"]},
            ],
            "weaknesses": [
                {"id": "w1", "text": "Of a cell", "cells": ["social@eu", "social@region"]},
                {"id": "w2", "text": "Of a plan", "instruments": ["plan"]},
            ],
            "threats": [{"id": "t1", "text": "Means it", "meant": {"cells": ["social@country"]}}],
        },
    )


def matrix(place: str | None = None) -> Matrix:
    """Ask all of the dataset, or a place of it."""
    return build_matrix(dataset(), Query(place=place))


def who(records: tuple[StatementRecord, ...]) -> list[tuple[str, str]]:
    """Say of statements who says them of which cell."""
    return [
        (each.instrument.id if each.instrument else "nobody", str(each.cell)) for each in records
    ]


# A role or a level


def test_a_role_is_explained_by_its_cells_at_every_level() -> None:
    found = explain_role(matrix(), "social")

    assert [(rating.cell.level, rating.coverage) for rating in found.matrix] == [
        ("eu", Coverage.FULL),
        ("country", Coverage.PARTIAL),
        ("region", Coverage.PARTIAL),
    ]
    assert found.record.id == "social"
    assert found.data_paths == (("roles", 0),)


def test_a_level_is_explained_by_the_cells_of_every_role() -> None:
    found = explain_level(matrix(), "eu")

    assert [(rating.cell.role, rating.coverage) for rating in found.matrix] == [
        ("social", Coverage.FULL),
        ("industry", Coverage.NONE),
    ]
    assert found.data_paths == (("levels", 0),)


def test_the_statements_of_a_role_are_those_of_its_cells() -> None:
    whole = matrix()
    found = explain_role(whole, "social")

    by_cell = [explain_cell(whole, rating.cell).statements for rating in found.matrix]
    assert found.statements == tuple(record for records in by_cell for record in records)


def test_accepted_gaps_are_those_of_the_cells_that_are_explained() -> None:
    whole = matrix()

    assert {*explain_role(whole, "industry").accepted} == {Cell("industry", "eu")}
    assert explain_role(whole, "social").accepted == {}
    assert explain_level(whole, "country").accepted == {}


def test_the_swot_items_of_a_role_name_or_mean_it_or_cells_of_it() -> None:
    evidence = explain_role(matrix(), "social").evidence

    assert [(each.item.id, each.why) for each in evidence] == [
        ("s1", "names the role"),
        ("w1", "names social@eu, social@region"),
        ("t1", "means social@country"),
    ]


def test_the_swot_items_of_a_level_name_or_mean_it_or_cells_of_it() -> None:
    evidence = explain_level(matrix(), "eu").evidence

    assert [(each.item.id, each.why) for each in evidence] == [
        ("s2", "names industry@eu"),
        ("w1", "names social@eu"),
    ]


# A place


def links(place: str) -> list[tuple[str, str, PlaceLink, tuple[str, ...]]]:
    """Say who speaks of a place, of which cell, how, and by which codes."""
    return [
        (*who((each.record,))[0], each.link, each.through)
        for each in explain_place(matrix(place)).statements
    ]


def test_statements_speak_of_a_region_by_its_code_what_is_around_it_or_everywhere() -> None:
    assert links("RO11") == [
        ("law", "social@region", PlaceLink.NAMED, ("RO11",)),
        ("law", "social@country", PlaceLink.AROUND, ("RO",)),
        ("fund", "social@region", PlaceLink.AROUND, ("RO",)),
        ("grouped", "social@region", PlaceLink.AROUND, ("east",)),
        ("fund", "industry@region", PlaceLink.NOT_LEFT_OUT, ()),
        ("law", "social@eu", PlaceLink.EVERYWHERE, ()),
        ("nobody", "industry@eu", PlaceLink.EVERYWHERE, ()),
        ("plan", "industry@region", PlaceLink.NOT_SAID, ()),
    ]


def test_statements_speak_of_a_country_by_regions_in_it_too() -> None:
    of_region = [row for row in links("RO") if row[1] == "social@region"]

    assert of_region == [
        ("fund", "social@region", PlaceLink.NAMED, ("RO",)),
        ("grouped", "social@region", PlaceLink.AROUND, ("east",)),
        ("law", "social@region", PlaceLink.WITHIN, ("RO11",)),
    ]


def test_statements_speak_of_a_group_by_its_id_or_by_what_lies_in_it() -> None:
    of_region = [row for row in links("east") if row[1] == "social@region"]

    assert of_region == [
        ("grouped", "social@region", PlaceLink.NAMED, ("east",)),
        ("fund", "social@region", PlaceLink.AROUND, ("RO",)),
        ("law", "social@region", PlaceLink.WITHIN, ("RO11",)),
    ]


def test_what_speaks_of_other_places_alone_is_not_said_of_a_place() -> None:
    assert ("fund", "industry@country") not in [row[:2] for row in links("RO")]
    assert ("fund", "industry@region") not in [row[:2] for row in links("AT")]


def test_a_place_is_a_unit_holds_units_or_lies_in_one() -> None:
    def units(place: str) -> dict[str, tuple[str, ...]]:
        return {each.level.id: each.codes for each in explain_place(matrix(place)).units}

    assert units("RO") == {"country": ("RO",), "region": ("RO11", "RO12")}
    assert units("RO11") == {"country": ("RO",), "region": ("RO11",)}


def test_a_place_is_written_where_the_data_define_it() -> None:
    assert explain_place(matrix("east")).data_path == ("groups", 0)
    assert explain_place(matrix("RO12")).data_path == ("levels", 2, "territories", 2)
    assert explain_place(matrix("RO1")).data_path is None


def test_a_place_has_the_coverage_of_the_matrix_in_it() -> None:
    asked = matrix("AT")

    assert explain_place(asked).matrix == asked


# A source


def test_on_a_source_rests_what_cites_it_and_what_has_it_from_its_instrument() -> None:
    found = explain_source(matrix(), "law")

    assert who(found.statements) == [
        ("law", "social@eu"),
        ("law", "social@country"),
        ("nobody", "industry@eu"),
    ]
    assert [each.data_path for each in found.citing] == [
        ("instruments", 0),
        ("groups", 0),
        ("swot", "strengths", 0),
    ]


def test_a_statement_with_a_source_of_its_own_rests_on_that_one() -> None:
    found = explain_source(matrix(), "deck")

    assert who(found.statements) == [("law", "social@region")]
    assert found.citing == ()


def test_a_source_says_where_all_that_rests_on_it_is_written() -> None:
    assert explain_source(matrix(), "deck").data_paths == (
        ("sources", "deck"),
        ("instruments", 0, "covers", "social@region"),
    )


# A SWOT item


@pytest.mark.parametrize(
    ("item", "quadrant", "path"),
    [("s2", Quadrant.STRENGTHS, 1), ("w1", Quadrant.WEAKNESSES, 0), ("t1", Quadrant.THREATS, 0)],
)
def test_a_swot_item_knows_its_quadrant_and_where_it_is_written(
    item: str, quadrant: Quadrant, path: int
) -> None:
    found = explain_swot_item(matrix(), item)

    assert (found.linked.item.id, found.quadrant) == (item, quadrant)
    assert found.data_paths == (("swot", quadrant.value, path),)


def test_a_swot_item_is_contradicted_as_in_the_swot() -> None:
    assert explain_swot_item(matrix(), "s2").linked.is_contradicted
    assert not explain_swot_item(matrix(), "w1").linked.is_contradicted


def test_a_swot_item_says_which_of_its_instruments_do_not_count() -> None:
    found = explain_swot_item(matrix(), "w2")

    assert found.linked.not_counted == (
        ("plan", "planned, and the query counts no planned instruments"),
    )
