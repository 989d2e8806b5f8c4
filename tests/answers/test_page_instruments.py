"""The view of instruments: which serve a role, in which words, and why the others serve none."""

from datetime import date

import pytest

from clustergap.analysis.counting import Period
from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.answers.page_instruments import life_of, list_instruments
from clustergap.model.dates import first_day
from clustergap.model.query import Query
from strategies import Document, dataset_of

DAY = date(2020, 6, 30)


def rated(*instruments: Document, **query: object) -> Matrix:
    """Rate two roles at two levels."""
    levels = [{"id": "eu", "name": "EU"}, {"id": "town", "name": "Town"}]
    roles = [{"id": "a", "name": "Alpha"}, {"id": "b", "name": "Beta"}]
    kinds = [{"id": "fund", "name": "Fund"}]
    data = {"levels": levels, "roles": roles, "kinds": kinds, "instruments": list(instruments)}
    return build_matrix(dataset_of(data), Query(**{"as_of": DAY, **query}))  # type: ignore[arg-type]


def test_what_serves_most_roles_comes_first_and_a_role_at_two_levels_counts_once() -> None:
    one = {"id": "one", "name": "One", "covers": {"a@eu": "full", "a@town": "full"}}
    two = {"id": "two", "name": "Two", "covers": {"a@eu": "full", "b@eu": "full"}}

    serving = list_instruments(rated(one, two)).serving

    assert [(row.label, row.number) for row in serving] == [("Two", 2), ("One", 1)]
    assert serving[1].serves == (("EU", (("Alpha", False),)), ("Town", (("Alpha", True),)))
    # Without it nothing covers Beta.
    assert serving[0].serves == (("EU", (("Alpha", False), ("Beta", True))),)


def test_the_full_name_is_given_only_beside_a_short_one() -> None:
    covers = {"a@eu": "full"}
    short = {"id": "x", "name": "The long name", "short": "TLN", "kind": "fund", "covers": covers}

    both = list_instruments(rated(short, {"id": "y", "name": "Plain", "covers": covers})).serving

    assert [(row.label, row.name, row.kind) for row in both] == [
        ("TLN", "The long name", "Fund"),
        ("Plain", "", ""),
    ]


@pytest.mark.parametrize(
    ("keys", "idle"),
    [
        ({"ends": "2019"}, "ended"),
        ({"starts": "2021"}, "not yet in force"),
        ({"seen": "2021-01-01"}, "known only later"),
        ({"status": "planned", "starts": "2021"}, "planned"),
        ({"covers": {}}, "serves no role"),
    ],
)
def test_what_serves_no_role_says_why(keys: Document, idle: str) -> None:
    listed = list_instruments(rated({"id": "x", "name": "X", "covers": {"a@eu": "full"}, **keys}))

    assert listed.serving == ()
    assert [row.idle for row in listed.others] == [idle]


def test_what_the_question_leaves_out_is_not_listed() -> None:
    one = {"id": "one", "name": "One", "covers": {"a@eu": "full"}}
    two = {"id": "two", "name": "Two", "kind": "fund", "covers": {"a@eu": "full"}}

    assert [row.label for row in list_instruments(rated(one, two, without=("one",))).serving] == ["Two"]  # fmt: skip
    assert [row.label for row in list_instruments(rated(one, two, kinds=("fund",))).serving] == ["Two"]  # fmt: skip


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("2021", "2027", "2021 to 2027"),
        ("2021-01-01", "2027-12-31", "2021 to 2027"),
        ("2021", "2021", "2021"),
        ("2014-12", None, "since Dec 2014"),
        ("2014-12-01", None, "since 1 Dec 2014"),
        (None, "2024-02", "until Feb 2024"),
        (None, None, "dates not given"),
    ],
)
def test_dates_are_as_exact_as_the_data(starts: str | None, ends: str | None, words: str) -> None:
    days = {key: day for key, day in (("starts", starts), ("ends", ends)) if day}

    (row,) = list_instruments(rated({"id": "x", "name": "X", "covers": {}, **days})).others

    assert row.dates == words


def test_an_instrument_without_dates_has_those_of_its_covers() -> None:
    covers = {"a@eu": {"extent": "full", "starts": "2015"}, "b@eu": {"extent": "full", "starts": "2017", "ends": "2019"}}  # fmt: skip
    dataset = rated({"id": "x", "name": "X", "covers": covers}).dataset

    # Its last day is not known: the first of its covers is open.
    assert life_of(dataset, dataset.instruments[0]) == Period(first_day("2015"), None)
