"""What the page says in words before any script runs: of cells, of gaps, of the SWOT."""

from collections.abc import Sequence

import pytest

from clustergap.analysis.coverage import Coverage, Rating, Share
from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.analysis.report import build_snapshots
from clustergap.analysis.swot import build_swot
from clustergap.answers.gap_map import (
    PageItem,
    kinds_in_words,
    quadrants_in_words,
)
from clustergap.answers.page_cells import (
    Figure,
    Fill,
    PageCell,
    cells_in_words,
    detail,
    figure,
    fill,
)
from clustergap.answers.phrases import gaps_in_words, worst_in_words
from clustergap.answers.ratings import brief_reasons
from clustergap.model.cell import Cell
from clustergap.model.place_names import PlaceNames
from clustergap.model.query import Query
from clustergap.theme import WORST_FIRST
from strategies import Document, dataset_of

FULL, PARTIAL, NONE, UNKNOWN = Coverage.FULL, Coverage.PARTIAL, Coverage.NONE, Coverage.UNKNOWN
CELL = Cell("role", "eu")


def rows(words: str) -> Matrix:
    """Make a matrix of one level: F, P, N or U for each role."""
    roles = [f"r{number}" for number in range(len(words))]
    extents = {"F": "full", "P": {"extent": "partial", "territories": ["AT"]}}
    covers = {
        f"{role}@eu": extents[word]
        for role, word in zip(roles, words, strict=True)
        if word in extents
    }
    nobody = {f"{role}@eu": ["BE"] for role, word in zip(roles, words, strict=True) if word == "U"}
    return build_matrix(
        dataset_of({
            "levels": [{"id": "eu", "name": "EU", "territories": ["AT", "BE"]}],
            "roles": roles,
            "instruments": [{"id": "a", "covers": covers}],
            "assessed": nobody,
        }),
        Query(place="AT"),
    )  # fmt: skip


# Gaps


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("N", "1 gap: 1 not covered and 0 partly covered of 1 pair of role and level."),
        ("P", "1 gap: 0 not covered and 1 partly covered of 1 pair of role and level."),
        ("F", "0 gaps: 0 not covered and 0 partly covered of 1 pair of role and level."),
        (
            "U",
            "0 gaps: 0 not covered and 0 partly covered of 1 pair of role and level, 1 unknown.",
        ),
        (
            "NNPFU",
            "3 gaps: 2 not covered and 1 partly covered of 5 pairs of role and level, 1 unknown.",
        ),
        (
            "N" * 1200,
            "1,200 gaps: 1200 not covered and 0 partly covered of 1,200 pairs of role and level.",
        ),
    ],
)
def test_gaps_are_counted_and_what_nobody_knows_is_none(cells: str, said: str) -> None:
    assert gaps_in_words(rows(cells)) == said


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("N", "Not covered: The r0 at EU."),
        ("P", "Partly covered: The r0 at EU."),
        ("PNFN", "Not covered: The r1 at EU, The r3 at EU."),
        ("FPU", "Partly covered: The r1 at EU."),
        ("FF", "Every role is covered at every level."),
        ("FU", ""),
        ("U", ""),
    ],
)
def test_the_worst_gaps_are_named(cells: str, said: str) -> None:
    assert worst_in_words(rows(cells)) == said


def test_a_dozen_of_the_worst_are_named_and_how_many_there_are() -> None:
    twelve, more = worst_in_words(rows("N" * 12)), worst_in_words(rows("N" * 13))

    assert twelve.count(" at EU") == more.count(" at EU") == 12
    assert twelve.endswith("The r11 at EU.")
    assert more.endswith("The r11 at EU, … (13 in all).")


def test_only_what_is_shown_is_counted_and_named() -> None:
    some = rows("NPF").select(["r1", "r2"], ())

    assert (
        gaps_in_words(some)
        == "1 gap: 0 not covered and 1 partly covered of 2 pairs of role and level."
    )
    assert worst_in_words(some) == "Partly covered: The r1 at EU."


def test_the_worst_come_first_and_the_unknown_before_the_covered() -> None:
    assert WORST_FIRST == (NONE, PARTIAL, UNKNOWN, FULL)
    assert set(WORST_FIRST) == set(Coverage)


# Cells


def rating(
    coverage: Coverage, *notes: str, share: Share | None = None, by: Sequence[str] = ()
) -> Rating:
    """Rate a cell by hand."""
    return Rating(CELL, coverage, tuple(by), (), notes, share)


@pytest.mark.parametrize(
    ("rated", "said"),
    [
        (rating(FULL), ""),
        (rating(NONE), ""),
        (rating(FULL, share=Share(27, 0, 27, 0, ())), "27 of 27 places"),
        (rating(FULL, share=Share(3, 0, 3, 24, ())), "3 of 3 places, 24 unknown"),
        (rating(PARTIAL, share=Share(15, 2, 27, 0, ())), "15 of 27 places, 2 in part"),
        (rating(PARTIAL, "pilot only"), '"pilot only"'),
        (rating(NONE, "not planned"), '"not planned"'),
        (rating(FULL, "since 2020"), ""),
        (rating(UNKNOWN, "who knows"), '"who knows"'),
        (
            rating(UNKNOWN, "not everywhere")._replace(where_not_said=True),
            '"not everywhere"; somewhere, whether here is not said',
        ),
        (
            rating(PARTIAL, "one", "two", share=Share(1, 0, 2, 0, ("AT",))),
            '1 of 2 places; "one"; "two"',
        ),
        (rating(PARTIAL, "one", share=Share(0, 1, 1, 0, ())), '"one"'),
        (rating(PARTIAL, "one", "two", "three"), '"one"; "two"'),
        (rating(PARTIAL, "n" * 80, "n" * 81), f'"{"n" * 80}"'),
    ],
)
def test_a_cell_says_its_share_and_a_gap_also_its_short_notes(rated: Rating, said: str) -> None:
    assert brief_reasons(rated) == said


def view_of(*instruments: Document, observation: str = "", territories: object = ()) -> PageCell:
    """Put the one cell of a dataset in words."""
    level: dict[str, object] = {"id": "eu", "name": "EU"}
    if territories:
        level |= {"territories": territories}
    dataset = dataset_of(
        {
            "levels": [level],
            "instruments": [{"covers": {"role@eu": "full"}, **one} for one in instruments],
            "observations": {"role@eu": observation} if observation else {},
        }
    )
    return cells_in_words(build_matrix(dataset, Query()))[CELL]


def test_an_empty_cell_is_put_in_words() -> None:
    assert view_of() == PageCell(
        id="role@eu", role="The role", level="EU", coverage="none", word="NONE",
        figure=Figure("", "no instrument"), names=(), more=0, detail="", fill=None, is_unsaid=False, is_fragile=False,
    )  # fmt: skip


def test_a_cell_that_rests_on_one_instrument_is_put_in_words() -> None:
    assert view_of({"id": "a", "short": "A"}) == PageCell(
        id="role@eu", role="The role", level="EU", coverage="full", word="full",
        figure=Figure("", "1", " instrument"), names=("A",), more=0, detail="", fill=None, is_unsaid=False, is_fragile=True,
    )  # fmt: skip


def test_a_cell_of_two_rests_on_none_and_names_both_as_people_call_them() -> None:
    view = view_of({"id": "a", "short": "A"}, {"id": "b", "name": "Second"})

    assert ("".join(view.figure), view.names) == ("2 instruments", ("A", "Second"))
    assert not view.is_fragile


@pytest.mark.parametrize(("number", "named", "more"), [(4, 4, 0), (5, 3, 2)])
def test_a_cell_names_four_instruments_or_three_and_how_many_more(
    number: int, named: int, more: int
) -> None:
    view = view_of(*({"id": f"i{n}"} for n in range(number)))

    assert (len(view.names), view.more) == (named, more)


def test_an_observed_cell_names_no_instrument() -> None:
    view = view_of(observation="full")

    assert (view.coverage, view.figure.number) == ("full", "no instrument is named")
    assert not view.is_fragile


def test_a_cell_of_which_some_places_are_missing_says_which_and_draws_the_rest() -> None:
    cover = {"role@eu": {"territories": ["AT", "BE"]}}

    view = view_of({"id": "a", "covers": cover}, territories=["AT", "BE", "RO"])

    assert (view.coverage, view.word) == ("partial", "partial")
    assert view.figure == Figure("", "2 of 3", " countries")
    assert view.detail == "not in Romania"
    assert view.fill == Fill(66.7, 66.7)


@pytest.mark.parametrize(
    ("rated", "said"),
    [
        (rating(PARTIAL), "in part"),
        (rating(PARTIAL, share=Share(0, 1, 1, 0, ())), "in part"),
        (rating(PARTIAL, share=Share(15, 2, 27, 0, ())), "15 of 27 places"),
        (rating(PARTIAL)._replace(where_not_said=True), "somewhere: where is not said"),
        (rating(UNKNOWN), "nobody has looked"),
        (rating(UNKNOWN, share=Share(0, 0, 0, 1200, ())), "1,200 places unknown"),
        (rating(UNKNOWN)._replace(where_not_said=True), "somewhere, whether here is not said"),
        (rating(UNKNOWN)._replace(is_elsewhere=True), "this level has no such place"),
        (rating(FULL, by=["a"] * 1200), "1,200 instruments"),
    ],
)
def test_a_cell_says_with_its_noun_how_much_is_covered(rated: Rating, said: str) -> None:
    assert "".join(figure(rated)) == said


@pytest.mark.parametrize(
    ("rated", "drawn"),
    [
        (rating(FULL), None),
        (rating(NONE, share=Share(0, 0, 27, 0, ())), None),
        (rating(PARTIAL)._replace(where_not_said=True), None),
        (rating(PARTIAL), Fill(100, 100)),
        (rating(PARTIAL, share=Share(12, 3, 27, 0, ())), Fill(44.5, 55.6)),
        (rating(PARTIAL, share=Share(1, 0, 1165, 0, ())), Fill(0.1, 0.1)),
        (rating(PARTIAL, share=Share(0, 27, 27, 0, ())), Fill(0, 100)),
    ],
)
def test_a_share_is_drawn_if_it_is_known(rated: Rating, drawn: Fill | None) -> None:
    assert fill(rated) == drawn


@pytest.mark.parametrize(
    ("rated", "said"),
    [
        (rating(PARTIAL, "one", "two", "three"), "“one” and 2 more"),
        (rating(PARTIAL, "n" * 81, "two"), "“two” and 1 more"),
        (rating(PARTIAL, "n" * 81), ""),
        (rating(FULL, "since 2020"), ""),
        (rating(FULL, share=Share(3, 0, 3, 24, ())), "24 places unknown"),
        (rating(PARTIAL, share=Share(15, 2, 27, 1, ())), "2 in part; 1 place unknown"),
    ],
)
def test_a_cell_quotes_one_source_and_says_what_is_missing(rated: Rating, said: str) -> None:
    assert detail(rated, PlaceNames({}, {})) == said


def test_every_cell_that_is_shown_is_put_in_words_in_the_order_of_the_matrix() -> None:
    matrix = rows("NPF")

    assert [view.id for view in cells_in_words(matrix).values()] == ["r0@eu", "r1@eu", "r2@eu"]
    assert [view.id for view in cells_in_words(matrix.select(["r1"], ())).values()] == ["r1@eu"]


# Kinds


def kinds(vocabulary: Sequence[Document]) -> list[tuple[str, str]]:
    """Name the kinds of a dataset of two."""
    dataset = dataset_of({
        "levels": ["eu"],
        **({"kinds": vocabulary} if vocabulary else {}),
        "instruments": [
            {"id": kind, "kind": kind, "covers": {"role@eu": "full"}} for kind in ("fund", "law")
        ],
    })  # fmt: skip
    return kinds_in_words(build_snapshots(build_matrix(dataset, Query())))


def test_kinds_are_called_by_their_names_or_else_by_their_ids() -> None:
    named = [{"id": "law", "name": "A law"}, {"id": "fund", "name": "Money"}]

    assert kinds(()) == [("", "All kinds"), ("fund", "fund"), ("law", "law")]
    assert kinds(named) == [("", "All kinds"), ("law", "A law"), ("fund", "Money")]


# The SWOT


def weaknesses(
    *items: Document, cover: str = "", roles: Sequence[str] = (), levels: Sequence[str] = ()
) -> list[PageItem]:
    """Put a SWOT of weaknesses in words, beside a matrix of two roles and two levels, or of some of them."""
    dataset = dataset_of(
        {
            "levels": ["eu", "region"],
            "roles": ["one", "two"],
            "instruments": [
                {"id": "a", "short": "A", "covers": {"one@eu": cover} if cover else {}},
                {"id": "p", "short": "P", "status": "planned"},
            ],
        },
        {"weaknesses": [{"text": "It is weak", **item} for item in items]},
    )
    matrix = build_matrix(dataset, Query()).select(roles, levels)
    quadrants = quadrants_in_words(build_swot(matrix, (), ()), cells_in_words(matrix))
    return {name: items for name, items, _ in quadrants}["weaknesses"]


def test_all_four_quadrants_are_there_though_one_alone_says_something() -> None:
    dataset = dataset_of({"levels": ["eu"]}, {"threats": [{"id": "t1", "text": "A threat"}]})
    matrix = build_matrix(dataset, Query())

    found = quadrants_in_words(build_swot(matrix, (), ()), cells_in_words(matrix))

    assert [(name, len(items)) for name, items, _ in found] == [
        ("strengths", 0), ("weaknesses", 0), ("opportunities", 0), ("threats", 1),
    ]  # fmt: skip


def test_an_item_that_names_nothing_has_its_words_alone() -> None:
    assert weaknesses({"id": "w1"}) == [PageItem("w1", "It is weak", (), (), "", "")]


EVERYTHING = {
    "id": "w1",
    "cells": ["one@eu", "two@region"],
    "roles": ["one", "two"],
    "levels": ["eu", "region"],
    "instruments": ["a"],
}


def test_an_item_links_cells_roles_and_levels_and_names_instruments() -> None:
    (item,) = weaknesses(EVERYTHING)

    assert [(cell.id, cell.word) for cell in item.cells] == [
        ("one@eu", "NONE"),
        ("two@region", "NONE"),
    ]
    assert item.links == (
        ("one@", "The one"), ("two@", "The two"), ("@eu", "The eu"), ("@region", "The region"),
    )  # fmt: skip
    assert item.names == "A"


def test_what_is_not_shown_is_named_and_not_linked() -> None:
    (item,) = weaknesses(EVERYTHING, roles=["two"], levels=["region"])

    assert [cell.id for cell in item.cells] == ["two@region"]
    assert item.links == (("two@", "The two"), ("@region", "The region"))
    assert item.names == "The one @ The eu none, The one, The eu, A"


def test_an_instrument_that_does_not_count_is_named_with_the_reason() -> None:
    (item,) = weaknesses({"id": "w1", "instruments": ["a", "p"]})

    assert item.names == "A, P (not counted: planned, and the query counts no planned instruments)"


def test_an_item_is_contradicted_on_the_day_that_was_asked_for() -> None:
    named = {"id": "w1", "cells": ["one@eu"]}

    assert weaknesses(named)[0].contradicted == ""
    assert weaknesses(named, cover="full")[0].contradicted == (
        "dates ignored, closed: all that it names is full"
    )
