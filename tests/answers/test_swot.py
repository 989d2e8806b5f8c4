"""The SWOT with what its links say: cells rated, instruments not counted, items chosen by role and level."""

from datetime import date

import pytest

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.swot import LinkedItem, SwotView, build_swot
from clustergap.answers.swot import links_in_words, nothing_in_words, record, rows
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.model.swot import Quadrant
from clustergap.origin import Origin
from paths import ROOT
from running import run
from strategies import Document, dataset_of

DECK = ROOT / "data"

SWOT: Document = {
    "threats": [{"id": "t1", "text": "Of two cells", "cells": ["social@region", "industry@eu"]}],
    "strengths": [
        {"id": "s1", "text": "Of a level", "levels": ["eu"]},
        {"id": "s2", "text": "Of instruments", "instruments": ["ended", "hub", "planned"]},
    ],
    "opportunities": [
        {"id": "o1", "text": "Of a role", "roles": ["social"]},
        {"id": "o2", "text": "Of a role and a level", "roles": ["industry"], "levels": ["region"]},
        {"id": "o3", "text": "Of nothing"},
    ],
}


def dataset(swot: Document | None = None) -> Dataset:
    """Make two roles at two levels, with one instrument that counts, one ended and one planned."""
    return dataset_of(
        {
            "as_of": "2019-05-31",
            "roles": ["social", "industry"],
            "levels": ["eu", "region"],
            "instruments": [
                {"id": "hub", "covers": {"industry@eu": "full"}},
                {"id": "planned", "status": "planned"},
                {"id": "ended", "ends": "2013"},
            ],
        },
        swot,
    )


def view(
    roles: tuple[str, ...] = (), levels: tuple[str, ...] = (), query: Query | None = None
) -> SwotView:
    """Show the SWOT of the dataset."""
    return build_swot(build_matrix(dataset(SWOT), query or Query()), roles, levels)


def ids(shown: SwotView) -> dict[Quadrant, list[str]]:
    """Name the items that are shown."""
    return {quadrant: [row.item.id for row in rows] for quadrant, rows in shown.quadrants}


def row_of(shown: SwotView, id_: str) -> LinkedItem:
    """Find one item."""
    return next(row for _, rows in shown.quadrants for row in rows if row.item.id == id_)


def test_the_four_quadrants_stand_in_the_order_of_speech_empty_ones_too() -> None:
    assert list(ids(view()).items()) == [
        (Quadrant.STRENGTHS, ["s1", "s2"]),
        (Quadrant.WEAKNESSES, []),
        (Quadrant.OPPORTUNITIES, ["o1", "o2", "o3"]),
        (Quadrant.THREATS, ["t1"]),
    ]


def test_a_dataset_without_a_swot_has_four_empty_quadrants() -> None:
    shown = build_swot(build_matrix(dataset(), Query()), (), ())

    assert ids(shown) == {quadrant: [] for quadrant in Quadrant}


@pytest.mark.parametrize(
    ("roles", "levels", "left"),
    [
        (("social",), (), ["o1", "t1"]),
        (("industry",), (), ["o2", "t1"]),
        (("social", "industry"), (), ["o1", "o2", "t1"]),
        ((), ("eu",), ["s1", "t1"]),
        ((), ("region",), ["o2", "t1"]),
        (("industry",), ("region",), ["o2", "t1"]),
        (("social",), ("eu",), ["t1"]),
    ],
)
def test_an_item_is_shown_if_it_or_a_cell_of_it_names_what_is_asked(
    roles: tuple[str, ...], levels: tuple[str, ...], left: list[str]
) -> None:
    shown = view(roles, levels)

    assert [row.item.id for _, rows in shown.quadrants for row in rows] == left


def test_an_item_has_the_ratings_of_its_cells_in_its_own_order() -> None:
    ratings = row_of(view(), "t1").ratings

    assert [(str(rating.cell), rating.coverage) for rating in ratings] == [
        ("social@region", Coverage.NONE),
        ("industry@eu", Coverage.FULL),
    ]


def test_an_item_that_names_no_cell_has_no_ratings() -> None:
    assert row_of(view(), "o2").ratings == ()


def test_an_item_says_which_of_its_instruments_do_not_count_and_why() -> None:
    assert row_of(view(), "s2").not_counted == (
        ("planned", "planned, and the query counts no planned instruments"),
        ("ended", "ended in 2013"),
    )


def test_what_does_not_count_depends_on_the_query() -> None:
    asked = Query(as_of=date(2013, 1, 1), with_planned=True, without=("hub",))

    shown = view(query=asked)

    assert row_of(shown, "s2").not_counted == (("hub", "left out by the query"),)
    assert row_of(shown, "t1").ratings[1].coverage is Coverage.NONE


def test_the_day_is_the_datasets_where_none_is_asked() -> None:
    shown = view()

    assert shown.matrix.query.as_of == date(2019, 5, 31)


def test_an_item_that_names_no_instrument_has_none_that_does_not_count() -> None:
    assert row_of(view(), "o3").not_counted == ()


MANY = {
    "strengths": [
        {"id": "s1", "text": "A", "levels": ["eu"]},
        {"id": "s2", "text": "B", "cells": ["social@eu"]},
        {"id": "s3", "text": "C", "instruments": ["hub"]},
    ],
    "weaknesses": [{"id": "w1", "text": "D", "levels": ["eu"]}],
    "threats": [{"id": "t1", "text": "E"}],
}


@pytest.mark.parametrize(
    ("quadrant", "roles", "levels", "words"),
    [
        (
            Quadrant.STRENGTHS,
            (),
            ("region",),
            "none is tagged for this level; 2 speak of others; 1 names no level",
        ),
        (
            Quadrant.WEAKNESSES,
            (),
            ("region",),
            "none is tagged for this level; 1 speaks of others",
        ),
        (
            Quadrant.THREATS,
            (),
            ("eu", "region"),
            "none is tagged for these levels; 1 names no level",
        ),
        (
            Quadrant.STRENGTHS,
            ("industry",),
            (),
            "none is tagged for this role; 1 speaks of others; 2 name no role",
        ),
        (
            Quadrant.STRENGTHS,
            ("industry",),
            ("region",),
            "none of 3 is tagged for both this role and this level",
        ),
        (Quadrant.OPPORTUNITIES, (), ("region",), "none"),
        (Quadrant.OPPORTUNITIES, (), (), "none"),
    ],
)
def test_a_quadrant_that_shows_nothing_says_whether_it_has_other_items(
    quadrant: Quadrant, roles: tuple[str, ...], levels: tuple[str, ...], words: str
) -> None:
    shown = build_swot(build_matrix(dataset(MANY), Query()), roles, levels)

    assert nothing_in_words(shown, quadrant) == words


def test_every_format_says_of_an_empty_quadrant_whether_it_has_other_items() -> None:
    words = "one is tagged for this level; 1 speaks of others"

    for command, format_ in (("swot", "table"), ("swot", "md"), ("report", "html")):
        found = run(command, "--data", str(DECK), "--level", "region", "-f", format_, "-q")
        assert words in found.out


# What an item means without naming it


MEANT: Document = {
    "weaknesses": [
        {"id": "w1", "text": "Named and meant", "roles": ["industry"], "meant": {"roles": ["social"], "levels": ["region"], "instruments": ["hub", "ended"], "cells": ["industry@eu"]}},
        {"id": "w2", "text": "Of a full cell", "cells": ["industry@eu"]},
    ],
    "threats": [{"id": "t1", "text": "Named", "levels": ["eu"]}],
}  # fmt: skip


def meant_view(roles: tuple[str, ...] = (), levels: tuple[str, ...] = ()) -> SwotView:
    """Show a SWOT of which an item means what it does not name."""
    return build_swot(build_matrix(dataset(MEANT), Query()), roles, levels)


def test_links_say_what_is_meant_behind_what_is_named() -> None:
    shown = meant_view()

    assert links_in_words(shown.matrix, row_of(shown, "w1")) == [
        "The industry",
        "The industry @ The eu full (meant)",
        "The social (meant)",
        "The region (meant)",
        "The hub (meant)",
        "The ended (meant; not counted: ended in 2013)",
    ]


@pytest.mark.parametrize(
    ("roles", "levels", "left"),
    [
        (("social",), (), ["w1"]),
        ((), ("region",), ["w1"]),
        (("industry",), ("eu",), ["w1", "w2"]),
    ],
)
def test_an_item_is_shown_for_what_it_means(
    roles: tuple[str, ...], levels: tuple[str, ...], left: list[str]
) -> None:
    shown = meant_view(roles, levels)

    assert [row.item.id for _, rows in shown.quadrants for row in rows] == left


def test_a_full_cell_that_a_weakness_only_means_does_not_contradict_it() -> None:
    shown = meant_view()

    assert not row_of(shown, "w1").is_contradicted
    assert row_of(shown, "w2").is_contradicted


def test_csv_has_columns_of_what_is_meant_only_where_something_is() -> None:
    columns = ("meant cells", "meant roles", "meant instruments", "meant levels")
    table, plain_table = rows(meant_view()), rows(view())

    assert table.header == (*plain_table.header, *columns)
    found = {str(row[1]): row[-4:] for row in table.rows}
    assert found == {
        "w1": ("industry@eu", "social", "hub; ended", "region"),
        "w2": ("", "", "", ""),
        "t1": ("", "", "", ""),
    }


def test_json_keeps_what_is_meant_apart() -> None:
    (w1, w2) = record(meant_view(), Origin("data")).weaknesses

    assert (w1.roles, w1.meant.roles, w1.meant.cells) == (
        ("industry",),
        ("social",),
        ("industry@eu",),
    )
    assert (w2.meant.levels, w2.meant.instruments) == ((), ())
