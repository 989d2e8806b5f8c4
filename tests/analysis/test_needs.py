"""Needs: every gap once, every item of the SWOT somewhere, in an order that is explained; numbers as in ``gaps``."""

import dataclasses
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.gaps import find_gaps
from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.analysis.needs import Need, Needs, find_needs
from clustergap.analysis.swot import Evidence, EvidenceFinder, quadrant_items
from clustergap.answers import needs as answers
from clustergap.answers.gaps import record
from clustergap.model.query import Query
from clustergap.model.swot import Quadrant
from clustergap.origin import Origin
from clustergap.writers.csv import write_csv
from clustergap.writers.markdown import write
from running import run
from strategies import Document, dataset_of
from swot_strategies import matrices

LINKS = tuple(
    f"{verb} {thing}"
    for thing in ("the role at the level", "the role", "an instrument", "the level")
    for verb in ("names", "means")
)
"""Nearest first."""


def everything(matrix: Matrix) -> Matrix:
    """Show every role and level again."""
    return dataclasses.replace(matrix, roles=matrix.dataset.roles, levels=matrix.dataset.levels)


# Laws


@given(matrices())
def test_every_gap_is_exactly_one_need_with_all_that_gaps_says_of_it(matrix: Matrix) -> None:
    gaps = sorted(find_gaps(matrix).gaps, key=lambda gap: gap.rating.cell)

    assert sorted((n.gap for n in find_needs(matrix).needs), key=lambda g: g.rating.cell) == gaps


@given(matrices())
def test_every_need_stands_at_its_level_and_the_levels_go_from_narrow_to_broad(
    matrix: Matrix,
) -> None:
    found = find_needs(matrix)

    assert [level for level, _ in found.by_level] == list(reversed(matrix.levels))
    assert all(
        need.gap.rating.cell.level == level.id for level, needs in found.by_level for need in needs
    )
    assert [level for level, _ in found.speaking] == list(reversed(matrix.levels))


@given(matrices())
def test_no_item_of_the_swot_disappears_and_unlinked_is_only_what_stands_nowhere_else(
    matrix: Matrix,
) -> None:
    found = find_needs(matrix)
    spoken = {one.item.id for need in found.needs for one in need.evidence}
    spoken |= {one.item.id for _, evidence in found.speaking for one in evidence}
    left = [one.item.id for one in found.unlinked]

    assert left == [item.id for _, item in quadrant_items(matrix.dataset) if item.id not in spoken]
    assert spoken.isdisjoint(left)


@given(matrices())
def test_an_unlinked_item_names_nothing_if_all_its_links_are_empty(matrix: Matrix) -> None:
    found = find_needs(matrix)

    for one in found.unlinked:
        item, meant = one.item, one.item.meant
        links = [*item.roles, *item.levels, *item.instruments, *item.cells]
        links += [*meant.roles, *meant.levels, *meant.instruments, *map(str, meant.cells)]
        assert one.names_nothing == (not links)


@given(matrices())
def test_what_speaks_of_a_level_names_or_means_it_and_none_of_its_gaps(matrix: Matrix) -> None:
    found = find_needs(matrix)
    gaps = {gap.rating.cell for gap in find_gaps(matrix).gaps}

    for level, evidence in found.speaking:
        of_level = {cell for cell in gaps if cell.level == level.id}
        assert [(one.quadrant, one.item, one.why) for one in evidence] == [
            (quadrant, item, f"{'names' if level.id in item.levels else 'means'} the level")
            for quadrant, item in quadrant_items(matrix.dataset)
            if level.id in (*item.levels, *item.meant.levels)
            and not of_level.intersection((*item.cells, *item.meant.cells))
        ]


def standing(matrix: Matrix, need: Need) -> tuple[object, ...]:
    """Say by the task's words what decides where a need stands within its level."""
    rating, dataset = need.gap.rating, matrix.dataset
    cell, share = rating.cell, rating.share
    near = sum(
        cell in (*item.cells, *item.meant.cells)
        or cell.role in (*item.roles, *item.meant.roles)
        or any(id_ in rating.instruments for id_ in (*item.instruments, *item.meant.instruments))
        for _, item in quadrant_items(dataset)
    )
    covering = sum(
        matrix.ratings[other].coverage in ("full", "partial")
        for other in matrix.ratings
        if other.role == cell.role and other.level != cell.level
    )
    part = share.covered / share.of if share and share.of else 2.0  # who says nothing goes last
    is_none = rating.coverage is Coverage.NONE
    place = list(matrix.ratings).index(cell)
    return (not is_none, 0 if is_none else part, -near, covering, place)


@given(matrices())
def test_within_a_level_none_is_first_then_smaller_shares_more_evidence_fewer_other_levels(
    matrix: Matrix,
) -> None:
    for _, needs in find_needs(matrix).by_level:
        keys = [standing(matrix, need) for need in needs]
        assert keys == sorted(keys)


@given(matrices())
def test_evidence_goes_quadrant_by_quadrant_then_nearest_link_then_as_in_the_swot(
    matrix: Matrix,
) -> None:
    order = [item.id for _, item in quadrant_items(matrix.dataset)]

    def place(one: Evidence) -> tuple[int, int, int]:
        return list(Quadrant).index(one.quadrant), LINKS.index(one.why), order.index(one.item.id)

    for need in find_needs(matrix).needs:
        rating = need.gap.rating
        linked_to = EvidenceFinder(matrix.dataset).find(rating.cell, rating.instruments)
        assert list(need.evidence) == sorted(linked_to, key=place)


@given(matrices())
def test_a_choice_of_cells_changes_nothing_in_a_need(matrix: Matrix) -> None:
    whole = {need.gap.rating.cell: need for need in find_needs(everything(matrix)).needs}

    for need in find_needs(matrix).needs:
        assert need == whole[need.gap.rating.cell]


@given(matrices())
def test_without_the_swot_the_same_gaps_are_needs_and_nothing_speaks(matrix: Matrix) -> None:
    bare = dataclasses.replace(matrix, dataset=dataclasses.replace(matrix.dataset, swot={}))

    found = find_needs(bare)

    assert {n.gap.rating for n in found.needs} == {n.gap.rating for n in find_needs(matrix).needs}
    assert not any(need.evidence for need in found.needs)
    assert not any(evidence for _, evidence in found.speaking)
    assert found.unlinked == ()


def numbers(document: Mapping[str, object], key: str) -> dict[str, dict[str, object]]:
    """Return the gaps of a JSON document by cell, without what only needs have."""
    rows = document[key]
    assert isinstance(rows, list)
    more = ("sentence", "evidence", "build_on", "reasons")
    found = {row["cell"]: {k: v for k, v in row.items() if k not in more} for row in rows}
    assert len(found) == len(rows)
    return found


@given(matrices())
def test_the_json_of_needs_has_the_numbers_of_the_json_of_gaps(matrix: Matrix) -> None:
    gaps = record(find_gaps(matrix), Origin()).model_dump(mode="json")
    needs = answers.record(find_needs(matrix), Origin()).model_dump(mode="json")

    assert numbers(needs, "needs") == numbers(gaps, "gaps")
    for key in ("dataset", "query", "levels", "roles", "summary"):
        assert needs[key] == gaps[key]


@given(matrices())
def test_every_item_stands_in_the_json_and_in_the_text(matrix: Matrix) -> None:
    found = find_needs(matrix)
    document = answers.record(found, Origin()).model_dump(mode="json")
    named = {one["id"] for need in document["needs"] for one in need["evidence"]}
    named |= {one["id"] for level in document["by_level"] for one in level["evidence"]}
    named |= {one["id"] for one in document["unlinked"]}
    text = write(answers.document(found, Origin()))
    whole = everything(matrix)

    assert named == {item.id for _, item in quadrant_items(matrix.dataset)}
    for _, item in quadrant_items(matrix.dataset):
        # Where only a part is shown, what has nothing to do with it is named, and not quoted.
        assert item.text in text or (matrix != whole and re.search(rf"\b{item.id}\b", text))


@given(matrices())
def test_the_csv_has_one_row_a_need_ranked_within_its_level(matrix: Matrix) -> None:
    found = find_needs(matrix)
    text = write_csv(answers.rows(found), Origin())

    assert text.count("Item") >= sum(len(need.evidence) for need in found.needs)
    for need in found.needs:
        assert f",{need.gap.rating.cell}," in text


# By hand: what decides

UNITS = ["AT", "BE", "BG", "RO"]


def ranked(document: Document, swot: Document | None = None, level: str = "country") -> list[str]:
    """Name the roles of a level's needs in their order."""
    found = find_needs(build_matrix(dataset_of(document, swot), Query()))
    needs = next(needs for one, needs in found.by_level if one.id == level)
    return [need.gap.rating.cell.role for need in needs]


def located(**covers: object) -> Document:
    """Make two roles at a level of four countries and at the EU, and one instrument that covers cells."""
    return {
        "roles": ["a", "b"],
        "levels": ["eu", {"id": "country", "territories": UNITS}],
        "instruments": [
            {
                "id": "hub",
                "covers": {key.replace("_at_", "@"): value for key, value in covers.items()},
            }
        ],
    }


def in_(*codes: str) -> Document:
    """Cover these countries in full."""
    return {"territories": list(codes)}


def test_nothing_goes_before_partly_whatever_else_speaks_for_the_other() -> None:
    covers = located(a_at_country=in_("AT"), b_at_eu="full")
    swot: Document = {"weaknesses": [{"id": "w1", "text": "Of a", "cells": ["a@country"]}]}

    assert ranked(covers, swot) == ["b", "a"]


def test_a_smaller_share_goes_first_before_more_evidence() -> None:
    covers = located(a_at_country=in_("AT", "BE"), b_at_country=in_("AT"))
    swot: Document = {"weaknesses": [{"id": "w1", "text": "Of a", "roles": ["a"]}]}

    assert ranked(covers, swot) == ["b", "a"]


def test_a_share_in_part_counts_as_nothing_in_full() -> None:
    partly = {"extent": "partial", "territories": ["AT", "BE", "BG", "RO"]}

    assert ranked(located(a_at_country=in_("AT"), b_at_country=partly)) == ["b", "a"]


def test_a_share_is_of_the_territories_that_somebody_has_assessed() -> None:
    # a: 1 of 2 known, b: 1 of 4.
    document = {
        **located(a_at_country=in_("AT"), b_at_country=in_("AT")),
        "assessed": {"a@country": ["AT", "BE"]},
    }

    assert ranked(document) == ["b", "a"]


def test_a_cell_of_which_nobody_said_how_much_goes_behind_every_share() -> None:
    covers = located(a_at_country="partial", b_at_country=in_("AT", "BE", "BG"))

    assert ranked(covers) == ["b", "a"]


@pytest.mark.parametrize(
    "link",
    [{"roles": ["b"]}, {"cells": ["b@country"]}, {"instruments": ["other"]}],
    ids=["role", "cell", "instrument"],
)
def test_more_evidence_goes_first_before_fewer_other_levels(link: Document) -> None:
    document = {
        **located(a_at_country=in_("AT")),
        "instruments": [
            {"id": "hub", "covers": {"a@country": in_("AT")}},
            {"id": "other", "covers": {"b@country": in_("BE"), "b@eu": "full"}},
        ],
    }
    swot: Document = {"threats": [{"id": "t1", "text": "Of b", **link}]}

    assert ranked(document, swot) == ["b", "a"]


def test_evidence_of_the_level_alone_moves_no_need() -> None:
    # Whoever names the level speaks of both; an item of another cell speaks of neither.
    swot: Document = {
        "threats": [
            {"id": "t1", "text": "Of the level", "levels": ["country"]},
            {"id": "t2", "text": "Of another cell", "cells": ["b@eu"]},
        ]
    }

    assert ranked(located(), swot) == ["a", "b"]


def test_fewer_other_levels_that_cover_the_role_go_first() -> None:
    assert ranked(located(a_at_eu="full")) == ["b", "a"]
    assert ranked(located(a_at_eu="partial")) == ["b", "a"]


def test_what_is_alike_stays_in_the_order_of_the_roles() -> None:
    assert ranked(located()) == ["a", "b"]


def test_an_item_of_a_gap_at_one_level_still_speaks_of_another_level_that_it_names() -> None:
    swot: Document = {
        "weaknesses": [
            {"id": "w1", "text": "Both", "levels": ["eu", "country"], "cells": ["a@country"]}
        ]
    }
    found = find_needs(build_matrix(dataset_of(located(), swot), Query()))

    assert {level.id: [one.item.id for one in evidence] for level, evidence in found.speaking} == {
        "country": [],
        "eu": ["w1"],
    }


def test_an_item_that_names_a_closed_cell_and_its_level_speaks_of_the_level() -> None:
    swot: Document = {
        "weaknesses": [{"id": "w1", "text": "Closed", "levels": ["eu"], "cells": ["a@eu"]}]
    }
    found = find_needs(build_matrix(dataset_of(located(a_at_eu="full"), swot), Query()))

    assert [
        (level.id, [one.item.id for one in evidence]) for level, evidence in found.speaking
    ] == [
        ("country", []),
        ("eu", ["w1"]),
    ]


def test_an_item_of_a_level_that_is_not_shown_names_no_gap_that_is_shown() -> None:
    swot: Document = {
        "threats": [
            {"id": "t1", "text": "Of a level", "levels": ["eu"]},
            {"id": "t2", "text": "?"},
        ]
    }
    matrix = build_matrix(dataset_of(located(), swot), Query()).select((), ("country",))

    assert [(one.item.id, one.names_nothing) for one in find_needs(matrix).unlinked] == [
        ("t1", False),
        ("t2", True),
    ]


def test_an_accepted_gap_is_a_need_that_says_so() -> None:
    document = {**located(), "accepted_gaps": {"a@eu": {"reason": "Not our task"}}}
    found = find_needs(build_matrix(dataset_of(document), Query()))
    accepted = [n.gap.rating.cell for n in found.needs if n.gap.accepted]

    assert [str(cell) for cell in accepted] == ["a@eu"]
    assert "accepted: Not our task" in write(answers.document(found, Origin()))


def test_a_dataset_without_gaps_has_levels_and_no_needs() -> None:
    whole = dataset_of(
        {"levels": ["eu"], "instruments": [{"id": "hub", "covers": {"role@eu": "full"}}]},
        {"threats": [{"id": "t1", "text": "Of the role", "roles": ["role"]}]},
    )
    found = find_needs(build_matrix(whole, Query()))

    assert found.needs == ()
    assert [level.id for level, _ in found.by_level] == ["eu"]
    assert [one.item.id for one in found.unlinked] == ["t1"]


def test_a_need_is_of_the_day_that_is_asked() -> None:
    document: Document = {
        "as_of": "2019-05-31",
        "levels": ["eu"],
        "instruments": [{"id": "hub", "ends": "2020", "covers": {"role@eu": "full"}}],
    }
    data = dataset_of(document)

    assert find_needs(build_matrix(data, Query())).needs == ()
    assert len(find_needs(build_matrix(data, Query(as_of=date(2021, 1, 1)))).needs) == 1


# The command line


def asked(*argv: str) -> dict[str, object]:
    """Run a command and read its JSON."""
    outcome = run(*argv, "-f", "json", "-q")
    assert outcome.code == 0, outcome.err
    document = json.loads(outcome.out)
    assert isinstance(document, dict)
    return document


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--level", "country"),
        ("--level", "eu", "--level", "region", "--role", "social economy"),
        ("--as-of", "2010"),
        ("--as-of", "2030", "--with-planned"),
        ("--in", "RO"),
        ("--in", "RO11", "--level", "country"),
        ("--without", "INTERREG", "--without", "dih"),
        ("--kind", "network"),
    ],
    ids=" ".join,
)
def test_the_command_has_the_numbers_of_gaps_under_every_question(
    options: tuple[str, ...],
) -> None:
    needs, gaps = asked("needs", *options), asked("gaps", *options)

    assert numbers(needs, "needs") == numbers(gaps, "gaps")
    for key in ("query", "levels", "roles", "summary"):
        assert needs[key] == gaps[key]


def cells_of(document: Mapping[str, object]) -> list[str]:
    """Name the cells of the needs in a JSON document."""
    return list(numbers(document, "needs"))


def test_the_deck_has_these_needs_in_this_order() -> None:
    assert cells_of(asked("needs")) == [
        "industry-4-0@region",
        "social-economy@country",
        "industry-4-0@country",
        "circular-economy@country",
        "social-economy@eu",
    ]


def test_the_decks_needs_at_country_level_stand_in_this_order() -> None:
    assert cells_of(asked("needs", "--level", "country")) == [
        "social-economy@country",
        "industry-4-0@country",
        "circular-economy@country",
    ]


def test_the_deck_says_its_first_need_in_the_words_of_its_first_slide() -> None:
    rows = asked("needs", "--level", "eu")["needs"]
    assert isinstance(rows, list)
    (need,) = rows

    assert need["sentence"] == (
        "No instrument supports clusters as drivers of social economy at EU level."
    )


@pytest.mark.parametrize("format_", ["table", "md"])
def test_the_reasons_of_the_order_are_told_where_they_are_asked_for(format_: str) -> None:
    plain = run("needs", "-f", format_)
    told = run("needs", "-f", format_, "--explain-order")

    assert (plain.code, told.code) == (0, 0)
    assert "nothing covers it" not in plain.out
    assert told.out.count("nothing covers it") == 2
    assert told.out.count("how much is not said") == 3


@pytest.fixture
def bare(tmp_path: Path) -> str:
    """Write a dataset of one gap without a SWOT."""
    document = {
        "schema": 1,
        "title": "Bare",
        "levels": [{"id": "eu", "name": "EU"}],
        "roles": [{"id": "role", "name": "The role"}],
        "instruments": [],
    }
    (tmp_path / "instruments.yaml").write_text(json.dumps(document), encoding="utf-8")
    return str(tmp_path)


@pytest.mark.parametrize("format_", ["table", "md"])
def test_without_a_swot_needs_are_told_and_that_there_is_none(bare: str, format_: str) -> None:
    outcome = run("needs", "--data", bare, "-f", format_)

    assert outcome.code == 0
    assert "No instrument supports The role at EU level." in outcome.out
    assert "There is no SWOT in this dataset" in outcome.out


def test_without_a_swot_the_json_says_so_and_the_csv_is_written(bare: str) -> None:
    document = asked("needs", "--data", bare)

    assert document["has_swot"] is False
    assert cells_of(document) == ["role@eu"]
    assert (document["by_level"], document["unlinked"]) == ([{"level": "eu", "evidence": []}], [])
    assert run("needs", "--data", bare, "-f", "csv").out.count("role@eu") == 1


def test_with_a_swot_nobody_says_that_there_is_none() -> None:
    assert asked("needs")["has_swot"] is True
    assert "There is no SWOT" not in run("needs").out


def test_needs_change_nothing_in_the_matrix_that_they_are_made_of() -> None:
    planned: Document = {
        "levels": [{"id": "country", "territories": ["AT", "BE"]}],
        "instruments": [
            {"id": "plan", "status": "planned", "covers": {"role@country": in_("AT")}},
            {"id": "hub", "covers": {"role@country": in_("BE")}},
        ],
    }
    matrix = build_matrix(dataset_of(planned), Query())
    before = list(matrix)

    first: Needs = find_needs(matrix)

    assert list(matrix) == before
    assert find_needs(matrix) == first


# By hand, without chance


def test_an_item_of_a_need_or_of_a_level_is_not_unlinked_and_says_why_it_is_here() -> None:
    data = dataset_of(
        {"roles": ["social", "industry"], "levels": ["eu", "region"], "instruments": [
            {"id": "hub", "covers": {"industry@eu": "full", "industry@region": "full"}},
        ]},
        {"weaknesses": [
            {"id": "w1", "text": "Of a gap", "cells": ["social@eu"]},
            {"id": "w2", "text": "Of a level", "levels": ["eu"]},
            {"id": "w3", "text": "Of a role without a gap", "roles": ["industry"]},
            {"id": "w4", "text": "Of an instrument", "instruments": ["hub"]},
            {"id": "w5", "text": "Of nothing"},
        ]},
    )  # fmt: skip

    found = find_needs(build_matrix(data, Query()))

    assert [(one.item.id, one.names_nothing) for one in found.unlinked] == [
        ("w3", False), ("w4", False), ("w5", True),
    ]  # fmt: skip
    spoken = {
        level.id: [(e.item.id, e.why) for e in evidence] for level, evidence in found.speaking
    }
    assert spoken == {"region": [], "eu": [("w2", "names the level")]}


def test_of_what_nothing_covers_the_share_is_nought() -> None:
    data = dataset_of({
        "roles": ["social", "industry"],
        "levels": [{"id": "country", "territories": ["AT", "BE"]}],
        "instruments": [{"id": "a", "covers": {"industry@country": {"territories": ["AT"]}}}],
    })  # fmt: skip

    none, partial = find_needs(build_matrix(data, Query())).needs

    assert (none.priority.is_covered, none.priority.share) == (False, 0.0)
    assert (partial.priority.is_covered, partial.priority.share) == (True, 0.5)
