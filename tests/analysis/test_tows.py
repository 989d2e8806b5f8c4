"""The SWOT in pairs, field by field, what stands behind each pair and what pairs with nothing; and its picture."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from rich.cells import cell_len

from clustergap.analysis.gaps import find_gaps
from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.analysis.swot import build_swot, quadrant_items
from clustergap.analysis.tows import QUADRANTS, Tows, TowsField, TowsPair, build_tows
from clustergap.answers.tows import TowsAnswer, document, gaps_behind, shares_in_words
from clustergap.model.query import Query
from clustergap.model.swot import SwotItem
from clustergap.origin import Origin
from clustergap.writers.markdown import write
from running import run
from strategies import Document, dataset_of
from swot_strategies import matrices

DATASET: Document = {
    "roles": ["social", "industry"],
    "levels": ["eu", "region"],
    "instruments": [
        {"id": "hub", "short": "HUB", "covers": {"industry@eu": "full"}},
        {"id": "fund", "covers": {"industry@region": "partial"}},
        {"id": "forum"},
    ],
}

Links = dict[str, list[str] | dict[str, list[str]]]


def matrix_of(**quadrants: Sequence[Links]) -> Matrix:
    """Rate a dataset with a SWOT; the items of a quadrant are given by their links."""
    swot = {
        name: [
            {"id": f"{name[0]}{number}", "text": f"{name} {number}", **links}
            for number, links in enumerate(rows, 1)
        ]
        for name, rows in quadrants.items()
    }
    return build_matrix(dataset_of(DATASET, swot), Query())


def tows_of(**quadrants: Sequence[Links]) -> Tows:
    """Pair the items of a SWOT."""
    return build_tows(matrix_of(**quadrants), (), ())


def named(tows: Tows) -> dict[str, list[str]]:
    """Name the pairs of every field that has some."""
    return {
        field.name: [f"{pair.within.id}+{pair.around.id}" for pair in pairs]
        for field, pairs in tows.fields
        if pairs
    }


def left(tows: Tows) -> list[str]:
    """Name the items that are in no pair."""
    return [item.id for _, item in tows.unpaired]


def only(tows: Tows) -> TowsPair:
    """Return the only pair."""
    (pair,) = [pair for _, pairs in tows.fields for pair in pairs]
    return pair


SOCIAL: Links = {"roles": ["social"]}


def test_the_four_fields_stand_in_their_order_empty_ones_too() -> None:
    assert [field for field, _ in tows_of().fields] == [
        TowsField.SO,
        TowsField.WO,
        TowsField.ST,
        TowsField.WT,
    ]


@pytest.mark.parametrize(
    ("within", "around", "field"),
    [
        ("strengths", "opportunities", "SO"),
        ("weaknesses", "opportunities", "WO"),
        ("strengths", "threats", "ST"),
        ("weaknesses", "threats", "WT"),
    ],
)
def test_what_is_within_pairs_with_what_is_around(within: str, around: str, field: str) -> None:
    tows = tows_of(**{within: [SOCIAL], around: [SOCIAL]})

    assert named(tows) == {field: [f"{within[0]}1+{around[0]}1"]}
    assert left(tows) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("strengths", "weaknesses"), ("opportunities", "threats")],
)
def test_what_is_on_the_same_side_does_not_pair(one: str, other: str) -> None:
    tows = tows_of(**{one: [SOCIAL, SOCIAL], other: [SOCIAL]})

    assert named(tows) == {}
    assert left(tows) == [f"{one[0]}1", f"{one[0]}2", f"{other[0]}1"]


@pytest.mark.parametrize(
    ("within", "around", "shares"),
    [
        (SOCIAL, SOCIAL, ((), ("social",), (), ())),
        ({"levels": ["eu"]}, {"levels": ["eu", "region"]}, ((), (), (), ("eu",))),
        ({"instruments": ["hub"]}, {"instruments": ["hub"]}, ((), (), ("hub",), ())),
        ({"cells": ["social@eu"]}, SOCIAL, ((), ("social",), (), ())),
        ({"levels": ["eu"]}, {"cells": ["social@eu"]}, ((), (), (), ("eu",))),
        ({"cells": ["social@eu"]}, {"cells": ["social@region"]}, ((), ("social",), (), ())),
        ({"cells": ["social@eu"]}, {"cells": ["industry@eu"]}, ((), (), (), ("eu",))),
        (
            {"cells": ["social@eu"]},
            {"cells": ["social@eu"]},
            (("social@eu",), ("social",), (), ("eu",)),
        ),
    ],
)
def test_a_pair_shares_cells_roles_instruments_and_levels_those_of_cells_too(
    within: Links, around: Links, shares: tuple[tuple[str, ...], ...]
) -> None:
    found = only(tows_of(weaknesses=[within], opportunities=[around])).shares

    assert (
        tuple(str(cell) for cell in found.cells),
        found.roles,
        found.instruments,
        found.levels,
    ) == shares


@pytest.mark.parametrize(
    ("within", "around"),
    [
        ({}, {}),
        ({}, SOCIAL),
        (SOCIAL, {"roles": ["industry"]}),
        # An instrument is no link to the cells that it serves.
        ({"instruments": ["hub"]}, {"roles": ["industry"]}),
        ({"instruments": ["hub"]}, {"cells": ["industry@eu"]}),
        ({"cells": ["social@eu"]}, {"cells": ["industry@region"]}),
    ],
)
def test_items_that_share_nothing_do_not_pair(within: Links, around: Links) -> None:
    tows = tows_of(strengths=[within], threats=[around])

    assert named(tows) == {}
    assert left(tows) == ["s1", "t1"]


def test_what_is_shared_stands_in_the_datasets_order() -> None:
    backwards: Links = {
        "roles": ["industry", "social"],
        "levels": ["region", "eu"],
        "instruments": ["forum", "fund", "hub"],
        "cells": ["industry@region", "social@eu"],
    }

    shares = only(tows_of(strengths=[backwards], threats=[backwards])).shares

    assert shares.roles == ("social", "industry")
    assert shares.levels == ("eu", "region")
    assert shares.instruments == ("hub", "fund", "forum")
    assert [str(cell) for cell in shares.cells] == ["social@eu", "industry@region"]


def test_the_nearest_pairs_come_first_cell_role_instrument_level() -> None:
    everything: Links = {
        "cells": ["social@eu"],
        "roles": ["industry"],
        "instruments": ["hub"],
        "levels": ["region"],
    }
    tows = tows_of(
        weaknesses=[everything],
        opportunities=[
            {"levels": ["region"]},
            {"instruments": ["hub"]},
            {"levels": ["region", "eu"]},
            {"roles": ["industry"]},
            {"roles": ["industry", "social"]},
            {"cells": ["social@eu"]},
        ],
    )

    assert named(tows) == {"WO": ["w1+o6", "w1+o5", "w1+o4", "w1+o2", "w1+o3", "w1+o1"]}


def test_pairs_that_share_alike_stay_in_the_swots_order() -> None:
    tows = tows_of(strengths=[SOCIAL, SOCIAL], threats=[SOCIAL, SOCIAL])

    assert named(tows) == {"ST": ["s1+t1", "s1+t2", "s2+t1", "s2+t2"]}


def test_the_gaps_behind_a_pair_are_those_of_which_both_speak() -> None:
    by_role = only(tows_of(weaknesses=[SOCIAL], opportunities=[SOCIAL]))
    by_role_and_level = only(
        tows_of(weaknesses=[SOCIAL], opportunities=[{"roles": ["social"], "levels": ["region"]}])
    )
    by_level = only(tows_of(weaknesses=[{"levels": ["eu"]}], opportunities=[{"levels": ["eu"]}]))

    assert [str(one.cell) for one in by_role.gaps] == ["social@eu", "social@region"]
    assert [str(one.cell) for one in by_role_and_level.gaps] == ["social@eu", "social@region"]
    assert [str(one.cell) for one in by_level.gaps] == ["social@eu"]  # industry@eu is full


def test_an_instrument_of_a_gap_is_behind_a_pair_that_names_it() -> None:
    pair = only(
        tows_of(strengths=[{"instruments": ["fund"]}], threats=[{"instruments": ["fund"]}])
    )

    assert [str(one.cell) for one in pair.gaps] == ["industry@region"]


def test_no_gap_is_behind_a_pair_of_what_is_full() -> None:
    cell: Links = {"cells": ["industry@eu"]}

    assert only(tows_of(strengths=[cell], threats=[cell])).gaps == ()


def test_a_choice_of_roles_and_levels_leaves_the_items_that_name_them() -> None:
    matrix = matrix_of(
        strengths=[SOCIAL, {"cells": ["social@region"]}, {"levels": ["eu"]}],
        opportunities=[SOCIAL, {"levels": ["eu"]}, {}],
    )

    by_role = build_tows(matrix.select(("social",), ()), ("social",), ())
    by_level = build_tows(matrix.select((), ("eu",)), (), ("eu",))
    by_both = build_tows(matrix.select(("social",), ("region",)), ("social",), ("region",))

    assert named(by_role) == {"SO": ["s1+o1", "s2+o1"]}
    assert left(by_role) == []
    assert named(by_level) == {"SO": ["s3+o2"]}
    assert (named(by_both), left(by_both)) == ({}, ["s2"])


def test_only_gaps_that_are_shown_are_behind_a_pair() -> None:
    both: Links = {"roles": ["social"], "levels": ["eu"]}
    matrix = matrix_of(strengths=[both], threats=[both]).select((), ("eu",))

    assert [str(one.cell) for one in only(build_tows(matrix, (), ("eu",))).gaps] == ["social@eu"]


def test_a_pair_says_what_it_shares_and_which_gaps_are_behind_it() -> None:
    both: Links = {"roles": ["social"], "instruments": ["hub"], "levels": ["region"]}
    tows = tows_of(strengths=[both], threats=[both])
    pair = only(tows)

    assert shares_in_words(pair, tows.matrix) == "share The social, HUB, The region"
    assert gaps_behind(pair, tows.matrix) == (
        "gaps behind it: The social @ The eu none; The social @ The region none; "
        "The industry @ The region partial"
    )


# Laws


def test_items_pair_by_what_they_mean_and_it_is_said_as_meant() -> None:
    tows = tows_of(
        strengths=[{"roles": ["social"], "instruments": ["hub"], "meant": {"levels": ["eu"]}}],
        opportunities=[{"roles": ["social"], "levels": ["eu"], "meant": {"instruments": ["hub"]}}],
    )

    ((pair,),) = (pairs for field, pairs in tows.fields if field is TowsField.SO)
    assert (pair.shares.roles, pair.shares.levels, pair.shares.instruments) == (
        ("social",),
        (),
        (),
    )
    assert (pair.meant.roles, pair.meant.levels, pair.meant.instruments) == ((), ("eu",), ("hub",))
    assert shares_in_words(pair, tows.matrix) == "share The social, HUB (meant), The eu (meant)"


def test_what_both_name_is_not_said_as_meant_where_one_means_it_too() -> None:
    tows = tows_of(
        weaknesses=[{"roles": ["social"], "meant": {"cells": ["social@eu"]}}],
        threats=[{"roles": ["social"]}],
    )

    ((pair,),) = (pairs for field, pairs in tows.fields if field is TowsField.WT)
    assert shares_in_words(pair, tows.matrix) == "share The social"


def touches(one: SwotItem, other: SwotItem) -> bool:
    """Tell by the task's words whether two items share a role, level, instrument or cell."""

    def names(item: SwotItem) -> set[tuple[str, str]]:
        cells = (*item.cells, *item.meant.cells)
        roles = {*item.roles, *item.meant.roles, *(cell.role for cell in cells)}
        levels = {*item.levels, *item.meant.levels, *(cell.level for cell in cells)}
        return (
            {("role", role) for role in roles}
            | {("level", level) for level in levels}
            | {("instrument", id_) for id_ in (*item.instruments, *item.meant.instruments)}
        )

    return not names(one).isdisjoint(names(other))


@given(matrices())
def test_the_pairs_are_all_that_share_and_every_other_item_pairs_with_nothing(
    matrix: Matrix,
) -> None:
    tows = build_tows(matrix, (), ())
    swot = matrix.dataset.swot

    paired = set()
    for field, pairs in tows.fields:
        inner, outer = QUADRANTS[field]
        found = {(pair.within.id, pair.around.id) for pair in pairs}
        paired |= {id_ for ids in found for id_ in ids}
        assert len(found) == len(pairs)
        assert found == {
            (one.id, other.id)
            for one in swot.get(inner, ())
            for other in swot.get(outer, ())
            if touches(one, other)
        }
    assert left(tows) == [
        item.id for _, item in quadrant_items(matrix.dataset) if item.id not in paired
    ]


@given(matrices())
def test_behind_a_pair_are_gaps_only_each_once_worst_first(matrix: Matrix) -> None:
    gaps = [gap.rating for gap in find_gaps(matrix).gaps]
    for _, pairs in build_tows(matrix, (), ()).fields:
        for pair in pairs:
            assert list(pair.gaps) == [rating for rating in gaps if rating in pair.gaps]


@given(matrices())
def test_every_item_stands_in_the_text_of_the_pairs(matrix: Matrix) -> None:
    text = write(
        document(
            TowsAnswer(build_swot(matrix, (), ()), build_tows(matrix, (), ())), Origin("data")
        )
    )

    assert all(item.text in text for _, item in quadrant_items(matrix.dataset))


# The command line


@pytest.fixture
def bare(tmp_path: Path) -> str:
    """Write a dataset without a SWOT."""
    document = {
        "schema": 1,
        "title": "Bare",
        "levels": [{"id": "eu", "name": "EU"}],
        "roles": [{"id": "role", "name": "The role"}],
        "instruments": [],
    }
    (tmp_path / "instruments.yaml").write_text(json.dumps(document), encoding="utf-8")
    return str(tmp_path)


def test_on_the_deck_no_opportunity_answers_the_divide_nor_the_vague_definition() -> None:
    document = json.loads(run("swot", "--tows", "-f", "json").out)

    assert {"w2", "w3"} <= set(document["tows"]["unpaired"])
    answered = {one["items"][0] for one in document["tows"]["weakness-opportunity"]}
    assert answered == {"w1", "w4"}


def test_on_the_deck_the_pairs_and_the_rest_are_all_fifteen_items() -> None:
    tows = json.loads(run("swot", "--tows", "-f", "json").out)["tows"]
    paired = {id_ for field in TowsField for one in tows[field.value] for id_ in one["items"]}

    assert paired.isdisjoint(tows["unpaired"])
    assert len(paired) + len(tows["unpaired"]) == 15


def test_the_json_says_of_a_pair_what_it_shares_and_the_gaps_behind_it() -> None:
    tows = json.loads(run("swot", "--tows", "-f", "json").out)["tows"]

    # w4 names the level EU, and o5 means it; the only gap there is social economy's.
    assert {
        "items": ["w4", "o5"],
        "shares": {"cells": [], "roles": [], "instruments": [], "levels": []},
        "meant": {"cells": [], "roles": [], "instruments": [], "levels": ["eu"]},
        "gaps": ["social-economy@eu"],
    } in tows["weakness-opportunity"]


@pytest.mark.parametrize("format_", ["table", "md"])
def test_the_text_says_which_items_pair_with_nothing(format_: str) -> None:
    out = run("swot", "--tows", "-f", format_).out
    rest = out[out.index("Paired with nothing: 8 items") :]

    assert "East West Divide" in rest
    assert "Cluster definition criteria" in rest
    assert "Fragmentation of initiatives" not in rest


@pytest.mark.parametrize("format_", ["table", "md"])
def test_without_a_swot_there_are_no_pairs_and_no_items(bare: str, format_: str) -> None:
    for options in ((), ("--tows",)):
        outcome = run("swot", *options, "--data", bare, "-f", format_)
        assert (outcome.code, outcome.err) == (0, "")


def test_without_a_swot_the_json_has_empty_fields(bare: str) -> None:
    document = json.loads(run("swot", "--tows", "--data", bare, "-f", "json").out)

    assert document["tows"] == {**{field.value: [] for field in TowsField}, "unpaired": []}


# The picture


def square(columns: int, *argv: str, encoding: str = "utf-8") -> list[str]:
    """Draw the SWOT on a terminal."""
    outcome = run(
        "swot", *argv, is_terminal=True, columns=columns, encoding=encoding, NO_COLOR="1"
    )
    assert outcome.code == 0
    return outcome.stdout.decode(encoding).splitlines()


HEADS = ("Strengths (3)", "Weaknesses (4)", "Opportunities (6)", "Threats (2)")


def lines_of(heads: Sequence[str], lines: Sequence[str]) -> list[int]:
    """Return the line on which each headline stands."""
    return [
        next(number for number, line in enumerate(lines) if head in line and "SWOT" not in line)
        for head in heads
    ]


@pytest.mark.parametrize("columns", [100, 101, 120, 250])
def test_at_a_hundred_columns_and_more_the_fields_are_a_square(columns: int) -> None:
    lines = square(columns)
    strengths, weaknesses, opportunities, threats = lines_of(HEADS, lines)

    assert strengths == weaknesses < opportunities == threats
    top = lines[strengths]
    assert top.index(HEADS[0]) < top.index(HEADS[1])
    assert top.index(HEADS[1]) == lines[threats].index(HEADS[3])
    assert any("┼" in line for line in lines)
    assert all(cell_len(line) <= columns for line in lines)


@pytest.mark.parametrize("columns", [99, 80, 40])
def test_below_a_hundred_columns_the_fields_are_stacked(columns: int) -> None:
    lines = square(columns)
    numbers = lines_of(HEADS, lines)

    assert numbers == sorted(set(numbers))
    assert not any("│" in line or "┼" in line for line in lines)
    assert all(cell_len(line) <= columns for line in lines if "clustergap" not in line)


def test_a_screen_without_box_signs_gets_plain_ones() -> None:
    lines = square(100, encoding="ascii")
    strengths, weaknesses, *_ = lines_of(HEADS, lines)

    assert strengths == weaknesses
    assert "?" not in "".join(lines)


def test_every_item_stands_in_the_picture_whatever_its_width() -> None:
    ids = [
        f"{letter}{n}"
        for letter, most in zip("swot", (3, 4, 6, 2), strict=True)
        for n in range(1, most + 1)
    ]

    for columns in (100, 99):
        words = " ".join(square(columns)).split()
        assert all(words.count(id_) == 1 for id_ in ids)


def test_a_word_without_end_and_wide_letters_stay_in_their_field(tmp_path: Path) -> None:
    document = {
        "schema": 1,
        "title": "Wide",
        "levels": [{"id": "eu", "name": "EU"}],
        "roles": [{"id": "role", "name": "The role"}],
        "instruments": [],
    }
    swot = {
        "schema": 1,
        "strengths": [{"id": "s1", "text": "x" * 300}],
        "weaknesses": [{"id": "w" * 64, "text": "集" * 200}],
        "threats": [{"id": "t1", "text": "[bold]not markup[/bold] 👩‍💻"}],
    }
    (tmp_path / "instruments.yaml").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "swot.yaml").write_text(json.dumps(swot, ensure_ascii=False), encoding="utf-8")

    for columns in (100, 99):
        lines = square(columns, "--data", str(tmp_path), "-q")
        text = "".join(lines)
        assert all(cell_len(line) <= columns for line in lines)
        assert (text.count("x"), text.count("集"), text.count("w")) == (300, 200, 64)
        assert "[bold]not markup[/bold]" in text


def test_a_role_narrows_the_picture() -> None:
    lines = square(100, "--role", "social economy", "-q")

    strengths, weaknesses, opportunities, threats = lines_of(
        ("Strengths (0)", "Weaknesses (0)", "Opportunities (1)", "Threats (0)"), lines
    )
    assert strengths == weaknesses < opportunities == threats
