"""What is covered today, but fragile: each kind at its boundaries by hand, and against the matrix of every day."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import oracle
from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.analysis.risks import Risk, RiskKind, find_risks
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument
from clustergap.model.dates import last_day, months_later
from clustergap.model.query import MOST_WITHIN, Query
from clustergap.model.statement import Statement
from clustergap.schema import SchemaName
from clustergap.schema.generate import make_schema
from paths import ROOT
from running import run
from shares import of_countries
from strategies import DATES, PERIODS, dataset_of, questions

DATA = ROOT / "data"
DAY = timedelta(days=1)
TODAY = date(2019, 5, 31)
UNTIL = date(2021, 5, 31)
CELL = Cell("role", "level")

SINGLE, ENDING, _WINDING_DOWN, NO_FUNDING, CROWDED, ONE_SIDED = RiskKind


Asked = tuple[Dataset, Query]


# Datasets of the one cell role@level, by hand


def serves(id_: str, *places: str, extent: str = "full", **more: object) -> dict[str, object]:
    """Make an instrument that serves the cell, everywhere or in some places."""
    where = {"territories": list(places)} if places else {}
    return {"id": id_, "covers": {"role@level": {"extent": extent, **where}}, **more}


def cell_of(*instruments: object, units: str = "", **more: object) -> Dataset:
    """Make a dataset of the one cell, as of the last day of May 2019."""
    territories = {"territories": units.split()} if units else {}
    return dataset_of({
        "as_of": TODAY.isoformat(),
        "levels": [{"id": "level", **territories}],
        "instruments": instruments,
        **more,
    })  # fmt: skip


def risks_of(
    data: Dataset, query: Query | None = None, *, until: date = UNTIL, crowded: int = 5
) -> tuple[Risk, ...]:
    """Find all risks of a dataset."""
    return find_risks(build_matrix(data, query or Query()), until, crowded).risks


def of(kind: RiskKind, risks: Iterable[Risk]) -> list[Risk]:
    """Choose those of one kind."""
    return [risk for risk in risks if risk.kind is kind]


def only(kind: RiskKind, risks: Iterable[Risk]) -> Risk:
    """Return the one risk of a kind."""
    (risk,) = of(kind, risks)
    return risk


def cells(risks: Iterable[Risk]) -> list[str]:
    """Name the cells that are fragile."""
    return [str(risk.rating.cell) for risk in risks]


# Single


def test_a_cell_that_opens_without_its_only_instrument_rests_on_it() -> None:
    risk = only(SINGLE, risks_of(cell_of(serves("a"))))

    assert risk.instruments == ("a",)
    assert risk.rating.cell == CELL
    assert risk.left == Rating(CELL, Coverage.NONE)
    assert risk.loss == 1
    assert (risk.day, risk.again, risk.territories) == (None, None, ())


def test_a_cell_that_two_instruments_serve_everywhere_rests_on_none() -> None:
    assert of(SINGLE, risks_of(cell_of(serves("a"), serves("b")))) == []


def test_a_cell_rests_on_each_instrument_that_alone_serves_some_territory() -> None:
    data = cell_of(
        serves("a", "AT"), serves("b", "BE", "BG"), serves("c", "BG", "RO"), units="RO AT BE BG"
    )

    risk = only(SINGLE, risks_of(data))

    assert risk.instruments == ("a", "b", "c")
    assert risk.territories == ("RO", "AT", "BE")  # in the level's order; two serve BG
    assert risk.left is not None
    assert risk.left.share == of_countries(covered=3, partial=0, of=4, unknown=0, missing=("AT",))
    assert risk.loss == 1 / 4


def test_what_is_left_is_what_is_left_without_the_instrument_that_takes_most_with_it() -> None:
    data = cell_of(serves("a", "AT"), serves("b", "BE", "BG", "RO"), units="AT BE BG RO")

    risk = only(SINGLE, risks_of(data))

    assert risk.left is not None
    assert risk.left.share == of_countries(1, 0, 4, 0, ("BE", "BG", "RO"))
    assert risk.loss == 3 / 4


def test_a_territory_that_is_served_in_part_is_not_lost() -> None:
    data = cell_of(
        serves("a", "AT", "BE"), serves("b", "AT", extent="partial"), serves("c", "RO"),
        units="AT BE RO",
    )  # fmt: skip

    risk = only(SINGLE, risks_of(data))

    assert risk.instruments == ("a", "c")
    assert risk.territories == ("BE", "RO")
    assert risk.left is not None
    assert risk.left.share == of_countries(covered=1, partial=1, of=3, unknown=0, missing=("BE",))


def test_a_full_observation_keeps_a_cell_from_resting_on_an_instrument() -> None:
    data = cell_of(serves("a"), observations={"role@level": "full"})

    assert of(SINGLE, risks_of(data)) == []


def test_where_an_observation_serves_all_but_one_territory_the_cell_rests_on_who_serves_that_one() -> (
    None
):
    data = cell_of(
        serves("a", "AT", "RO"),
        units="AT BE RO",
        observations={"role@level": {"territories": ["AT", "BE"]}},
    )

    risk = only(SINGLE, risks_of(data))

    assert (risk.instruments, risk.territories) == (("a",), ("RO",))
    assert risk.loss == pytest.approx(1 / 3)


def test_a_cell_that_is_not_full_rests_on_nothing() -> None:
    data = cell_of(serves("a", extent="partial"), serves("b", "AT"), units="AT BE")

    assert of(SINGLE, risks_of(data)) == []


def test_an_instrument_in_a_territory_that_nobody_has_assessed_is_not_rested_on() -> None:
    # Without b, BE would be unknown, and AT would be full still.
    data = cell_of(
        serves("a", "AT"), serves("b", "BE"), units="AT BE RO", assessed={"level": ["AT"]}
    )

    risk = only(SINGLE, risks_of(data))

    assert (risk.instruments, risk.territories) == (("a",), ("AT",))
    assert risk.loss == 1 / 2


def test_where_nobody_has_looked_a_cell_that_becomes_unknown_loses_all_of_it() -> None:
    data = cell_of(serves("a", "BE"), units="AT BE", assessed={"level": ["AT"]})

    risk = only(SINGLE, risks_of(data, Query(place="BE")))

    assert risk.left is not None
    assert risk.left.coverage is Coverage.UNKNOWN
    assert risk.loss == 1


def test_the_territories_lost_are_named_even_if_nobody_else_says_where() -> None:
    data = cell_of(serves("a", "AT", "BE"), units="AT BE")

    assert only(SINGLE, risks_of(data)).territories == ("AT", "BE")


def test_a_territory_of_which_nothing_would_be_known_is_lost_too() -> None:
    data = cell_of(serves("a", "AT", "BE"), units="AT BE", assessed={"level": ["AT"]})

    assert only(SINGLE, risks_of(data)).territories == ("AT", "BE")


def test_in_a_place_a_cell_rests_on_who_serves_that_place() -> None:
    data = cell_of(serves("a", "AT"), serves("b", "AT"), serves("c", "BE"), units="AT BE")

    assert only(SINGLE, risks_of(data)).instruments == ("c",)
    assert of(SINGLE, risks_of(data, Query(place="AT"))) == []
    assert only(SINGLE, risks_of(data, Query(place="BE"))).instruments == ("c",)


def test_without_an_instrument_a_cell_may_rest_on_the_other() -> None:
    data = cell_of(serves("a"), serves("b"))

    assert only(SINGLE, risks_of(data, Query(without=("a",)))).instruments == ("b",)


# Ending: the window


@pytest.mark.parametrize(
    ("ends", "opens"),
    [
        ("2019-05-30", None),  # has ended: the cell is a gap today
        ("2019-05-31", date(2019, 6, 1)),  # its last day is today
        ("2019-06-01", date(2019, 6, 2)),
        ("2021-05-29", date(2021, 5, 30)),
        ("2021-05-30", date(2021, 5, 31)),  # a gap on the last day of the window
        ("2021-05-31", None),  # one day later
        (None, None),
    ],
)
def test_a_cell_that_opens_from_tomorrow_to_the_last_day_of_the_window_is_ending(
    ends: str | None, opens: date | None
) -> None:
    found = of(ENDING, risks_of(cell_of(serves("a", ends=ends))))

    assert [risk.day for risk in found] == ([opens] if opens else [])
    assert all(risk.instruments == ("a",) for risk in found)


@pytest.mark.parametrize("ends", ["2019-05-31", "2021-05-30"])
def test_a_covers_own_end_is_an_end(ends: str) -> None:
    data = cell_of({"id": "a", "covers": {"role@level": {"ends": ends}}, "ends": "2027"})

    risk = only(ENDING, risks_of(data))

    assert (risk.instruments, risk.day) == (("a",), last_day(ends) + DAY)


def test_of_a_cover_and_its_instrument_the_first_end_counts() -> None:
    data = cell_of({"id": "a", "covers": {"role@level": {"ends": "2021"}}, "ends": "2020-02"})

    assert only(ENDING, risks_of(data)).day == date(2020, 3, 1)


def test_a_window_that_ends_today_has_no_day() -> None:
    data = cell_of(serves("a", ends="2019-05-31"))

    assert of(ENDING, risks_of(data, until=TODAY)) == []
    assert cells(of(ENDING, risks_of(data, until=TODAY + DAY))) == ["role@level"]


def test_on_the_last_day_of_all_nothing_is_ending() -> None:
    data = cell_of(serves("a", ends="9999-12-31"))

    found = risks_of(data, Query(as_of=date.max), until=months_later(date.max, 24))

    assert [risk.kind for risk in found] == [SINGLE]


def test_what_holds_to_the_last_day_of_all_never_ends() -> None:
    data = cell_of(serves("a", ends="9999-12-31"), serves("b", ends="9999-12-30"))

    assert of(ENDING, risks_of(data, Query(as_of=date(9999, 12, 1)), until=date.max)) == []


def test_without_a_day_nothing_is_ending() -> None:
    data = replace(cell_of(serves("a", ends="2020")), as_of=None)

    assert [risk.kind for risk in risks_of(data)] == [SINGLE]


def test_the_day_that_is_asked_for_goes_before_the_datasets_own() -> None:
    data = cell_of(serves("a", ends="2016"))

    risk = only(ENDING, risks_of(data, Query(as_of=date(2016, 12, 31))))

    assert risk.day == date(2017, 1, 1)


def test_only_a_cell_that_is_full_today_can_become_a_gap() -> None:
    data = cell_of(serves("a", ends="2020", extent="partial"))
    later = cell_of(serves("a", starts="2019-06-01", ends="2020"))

    assert of(ENDING, risks_of(data)) == []
    assert of(ENDING, risks_of(later)) == []


def test_what_the_question_leaves_out_ends_no_cell() -> None:
    data = cell_of(serves("a", ends="2020"), serves("b"), serves("c", status="planned"))

    assert of(ENDING, risks_of(data)) == []
    assert only(ENDING, risks_of(data, Query(without=("b",)))).day == date(2021, 1, 1)
    planned = Query(without=("b",), with_planned=True)
    assert of(ENDING, risks_of(data, planned)) == []


# Ending: successors, and who is named


def test_a_successor_from_the_next_day_on_keeps_the_cell_covered() -> None:
    data = cell_of(serves("a", ends="2020-12-31"), serves("b", starts="2021-01-01"))

    assert of(ENDING, risks_of(data)) == []


def test_a_successor_a_month_later_covers_the_cell_again() -> None:
    data = cell_of(serves("a", ends="2020-12-31"), serves("b", starts="2021-02-01"))

    risk = only(ENDING, risks_of(data))

    assert (risk.day, risk.again) == (date(2021, 1, 1), date(2021, 2, 1))
    assert risk.instruments == ("a",)
    assert risk.left == Rating(CELL, Coverage.NONE)


@pytest.mark.parametrize(
    ("starts", "again"), [("2021-05-31", UNTIL), ("2021-06-01", None)]
)  # fmt: skip
def test_a_successor_counts_up_to_the_last_day_of_the_window(
    starts: str, again: date | None
) -> None:
    data = cell_of(serves("a", ends="2020-12-31"), serves("b", starts=starts))

    assert only(ENDING, risks_of(data)).again == again


def test_of_several_openings_the_first_is_told_and_when_that_one_is_over() -> None:
    data = cell_of(
        serves("a", ends="2019-12-31"),
        serves("b", starts="2020-02-01", ends="2020-02-29"),
        serves("c", starts="2020-06-01"),
    )

    risk = only(ENDING, risks_of(data))

    assert (risk.day, risk.again) == (date(2020, 1, 1), date(2020, 2, 1))
    assert risk.instruments == ("a",)


def test_a_successor_that_covers_only_in_part_does_not_cover_the_cell_again() -> None:
    data = cell_of(
        serves("a", ends="2020-12-31"), serves("b", starts="2021-02-01", extent="partial")
    )

    assert only(ENDING, risks_of(data)).again is None


def test_of_two_instruments_that_end_one_after_the_other_both_are_named() -> None:
    data = cell_of(serves("b", ends="2020-12-31"), serves("a", ends="2019-12-31"))

    risk = only(ENDING, risks_of(data))

    assert risk.instruments == ("b", "a")  # in file order
    assert risk.day == date(2021, 1, 1)


def test_an_instrument_that_goes_on_in_another_territory_is_not_named() -> None:
    data = cell_of(serves("a", "AT"), serves("b", "BE", ends="2020-12-31"), units="AT BE")

    risk = only(ENDING, risks_of(data))

    assert (risk.instruments, risk.territories) == (("b",), ("BE",))
    assert risk.left is not None
    assert risk.left.share == of_countries(1, 0, 2, 0, ("BE",))
    assert risk.loss == 1 / 2


def test_an_instrument_that_covers_only_in_part_is_not_named() -> None:
    data = cell_of(
        serves("a", ends="2020-12-31"), serves("b", ends="2020-12-31", extent="partial")
    )

    assert only(ENDING, risks_of(data)).instruments == ("a",)


def test_an_instrument_that_ends_after_the_opening_is_not_named() -> None:
    data = cell_of(
        serves("a", "AT", ends="2020-06-30"), serves("b", "BE", ends="2020-12-31"), units="AT BE"
    )

    risk = only(ENDING, risks_of(data))

    assert (risk.instruments, risk.day) == (("a",), date(2020, 7, 1))


def test_a_successor_that_ends_in_its_turn_is_named() -> None:
    # b covers the cell when a has ended; the cell becomes a gap because b ends.
    data = cell_of(
        serves("a", ends="2019-12-31"), serves("b", starts="2019-12-01", ends="2020-12-31")
    )

    risk = only(ENDING, risks_of(data))

    assert risk.day == date(2021, 1, 1)
    assert "b" in risk.instruments


def test_an_instrument_whose_territories_stay_covered_is_not_named() -> None:
    # AT is covered by b after a has ended, so a's end has no part in it.
    data = cell_of(
        serves("a", "AT", ends="2019-12-31"),
        serves("b", "AT"),
        serves("c", "BE", ends="2020-12-31"),
        units="AT BE",
    )

    risk = only(ENDING, risks_of(data))

    assert (risk.instruments, risk.territories) == (("c",), ("BE",))


def test_an_observation_that_is_full_and_ends_opens_a_cell() -> None:
    data = cell_of(observations={"role@level": {"ends": "2020-12-31"}})

    (risk,) = risks_of(data)

    assert (risk.kind, risk.instruments, risk.day) == (ENDING, (), date(2021, 1, 1))
    assert risk.loss == 1


def test_an_observation_that_is_full_and_stays_keeps_the_cell_covered() -> None:
    data = cell_of(serves("a", ends="2020-12-31"), observations={"role@level": "full"})

    assert risks_of(data) == ()


def test_the_territories_that_end_are_named_even_if_nobody_else_says_where() -> None:
    data = cell_of(serves("a", "AT", "BE", ends="2020-12-31"), units="AT BE")

    assert only(ENDING, risks_of(data)).territories == ("AT", "BE")


def test_in_a_place_only_what_ends_there_counts() -> None:
    data = cell_of(serves("a", "AT"), serves("b", "BE", ends="2020-12-31"), units="AT BE")

    assert of(ENDING, risks_of(data, Query(place="AT"))) == []
    assert only(ENDING, risks_of(data, Query(place="BE"))).instruments == ("b",)


def test_where_nobody_has_looked_an_end_opens_nothing() -> None:
    data = cell_of(
        serves("a", "AT"), serves("b", "BE", ends="2020-12-31"),
        units="AT BE", assessed={"level": ["AT"]},
    )  # fmt: skip

    assert of(ENDING, risks_of(data)) == []


def test_a_full_cell_of_which_nothing_will_be_known_is_ending() -> None:
    data = cell_of(
        serves("a", "BE", ends="2020-12-31"),
        units="AT BE",
        assessed={"level": ["AT"]},
    )

    risk = only(ENDING, risks_of(data, Query(place="BE")))

    assert risk.left is not None
    assert risk.left.coverage is Coverage.UNKNOWN
    assert risk.loss == 1


# No funding


def kinds_of(data: Dataset) -> list[RiskKind]:
    """List the kinds of risk of the one cell beside that it rests on an instrument."""
    return [risk.kind for risk in risks_of(data) if risk.kind is not SINGLE]


KINDS = [
    {"id": "fund", "name": "Fund", "funds": "true"},
    {"id": "forum", "name": "Forum", "funds": "false"},
    {"id": "network", "name": "Network", "funds": "false"},
    {"id": "policy", "name": "Policy"},
]


@pytest.mark.parametrize(
    ("kinds", "is_poor"),
    [
        (["forum"], True),
        (["forum", "network"], True),
        (["fund"], False),
        (["forum", "fund"], False),
        (["policy"], False),  # nobody says whether it gives money
        (["forum", "policy"], False),
        ([None], False),  # nobody says what it is
        (["forum", None], False),
        ([], False),
    ],
)
def test_a_cell_is_without_funding_if_all_instruments_are_of_kinds_that_give_no_money(
    kinds: Sequence[str | None], is_poor: bool
) -> None:
    ids = "abc"[: len(kinds)]
    named = [serves(id_, kind=kind) for id_, kind in zip(ids, kinds, strict=True)]

    found = of(NO_FUNDING, risks_of(cell_of(*named, kinds=KINDS)))

    assert [risk.instruments for risk in found] == ([tuple(ids)] if is_poor else [])


def test_without_a_vocabulary_of_kinds_nobody_knows_who_gives_no_money() -> None:
    assert kinds_of(cell_of(serves("a", kind="forum"))) == []


def test_a_cell_that_is_covered_in_part_may_be_without_funding() -> None:
    data = cell_of(serves("a", kind="forum", extent="partial"), units="AT BE", kinds=KINDS)

    (risk,) = risks_of(data)

    assert (risk.kind, risk.instruments, risk.left, risk.loss) == (NO_FUNDING, ("a",), None, 0)


def test_a_cell_that_only_an_observation_covers_has_nobody_without_money() -> None:
    assert risks_of(cell_of(kinds=KINDS, observations={"role@level": "full"})) == ()


def test_an_instrument_that_does_not_count_gives_no_money() -> None:
    data = cell_of(
        serves("a", kind="forum"),
        serves("b", kind="fund", ends="2018"),
        serves("c", kind="fund", status="planned"),
        kinds=KINDS,
    )

    assert only(NO_FUNDING, risks_of(data)).instruments == ("a",)
    assert of(NO_FUNDING, risks_of(data, Query(with_planned=True))) == []
    assert of(NO_FUNDING, risks_of(data, Query(as_of=date(2018, 12, 31)))) == []


def test_who_gives_money_elsewhere_gives_none_here() -> None:
    data = cell_of(
        serves("a", "AT", kind="forum"), serves("b", "BE", kind="fund"),
        units="AT BE", kinds=KINDS,
    )  # fmt: skip

    assert of(NO_FUNDING, risks_of(data)) == []
    assert only(NO_FUNDING, risks_of(data, Query(place="AT"))).instruments == ("a",)


# Crowded


@pytest.mark.parametrize(
    ("number", "many_", "is_crowded"),
    [(4, 5, False), (5, 5, True), (6, 5, True), (1, 2, False), (2, 2, True), (5, 6, False)],
)
def test_a_cell_is_crowded_from_that_number_of_instruments_on(
    number: int, many_: int, is_crowded: bool
) -> None:
    data = cell_of(*(serves(id_) for id_ in "abcdef"[:number]))

    found = of(CROWDED, risks_of(data, crowded=many_))

    assert [risk.instruments for risk in found] == (
        [tuple("abcdef"[:number])] if is_crowded else []
    )


def test_an_observation_and_what_does_not_count_do_not_crowd_a_cell() -> None:
    data = cell_of(
        serves("a"), serves("b"), serves("c", ends="2018"), serves("d", status="planned"),
        observations={"role@level": "full"},
    )  # fmt: skip

    assert of(CROWDED, risks_of(data, crowded=3)) == []
    assert only(CROWDED, risks_of(data, Query(with_planned=True), crowded=3)).loss == 0


def test_a_cell_that_is_covered_in_part_may_be_crowded() -> None:
    data = cell_of(serves("a", extent="partial"), serves("b", extent="partial"), units="AT BE")

    assert only(CROWDED, risks_of(data, crowded=2)).rating.coverage is Coverage.PARTIAL


def test_in_a_place_only_who_serves_that_place_crowds_it() -> None:
    data = cell_of(serves("a", "AT"), serves("b", "AT"), serves("c", "BE"), units="AT BE")

    assert cells(of(CROWDED, risks_of(data, crowded=3))) == ["role@level"]
    assert of(CROWDED, risks_of(data, Query(place="AT"), crowded=3)) == []


# One-sided


def test_a_cell_of_which_some_territories_are_full_and_others_none_is_one_sided() -> None:
    data = cell_of(
        serves("a", "BE"), serves("b", "BG", extent="partial"), units="RO BG BE AT"
    )  # fmt: skip

    (risk,) = risks_of(data)

    assert (risk.kind, risk.territories) == (ONE_SIDED, ("RO", "AT"))
    assert (risk.instruments, risk.left, risk.loss) == (("a", "b"), None, 0)


@pytest.mark.parametrize(
    "instruments",
    [
        [serves("a", "AT"), serves("b", "BE", extent="partial")],  # full and partial
        [serves("a", "AT", extent="partial")],  # partial and none
        [serves("a", "AT", "BE")],  # all full
        [serves("a")],
        [serves("a", extent="partial")],  # not everywhere, and nobody says where
        [],
    ],
)
def test_a_cell_that_is_not_both_full_and_none_is_not_one_sided(
    instruments: Sequence[Mapping[str, object]],
) -> None:
    assert of(ONE_SIDED, risks_of(cell_of(*instruments, units="AT BE"))) == []


def test_a_cell_that_is_partly_full_and_for_the_rest_not_assessed_is_not_one_sided() -> None:
    data = cell_of(serves("a", "AT"), units="AT BE RO", assessed={"level": ["AT"]})
    known = cell_of(serves("a", "AT"), units="AT BE RO", assessed={"level": ["AT", "BE"]})

    assert of(ONE_SIDED, risks_of(data)) == []
    assert only(ONE_SIDED, risks_of(known)).territories == ("BE",)


def test_in_a_place_a_cell_is_one_sided_if_that_place_is() -> None:
    data = cell_of(serves("a", "AT11"), units="AT11 AT12 RO11")

    assert only(ONE_SIDED, risks_of(data)).territories == ("AT12", "RO11")
    assert only(ONE_SIDED, risks_of(data, Query(place="AT"))).territories == ("AT12",)
    assert of(ONE_SIDED, risks_of(data, Query(place="AT11"))) == []
    assert of(ONE_SIDED, risks_of(data, Query(place="RO"))) == []


def test_an_observation_may_be_what_covers_one_side() -> None:
    data = cell_of(units="AT BE", observations={"role@level": {"territories": ["AT"]}})

    (risk,) = risks_of(data)

    assert (risk.kind, risk.instruments, risk.territories) == (ONE_SIDED, (), ("BE",))


# What would be lost, and in which order


def test_where_nobody_says_where_a_successor_in_one_of_two_territories_saves_half() -> None:
    data = cell_of(
        serves("a", ends="2020-12-31"), serves("b", "AT", starts="2021-01-01"), units="AT BE"
    )

    risk = only(ENDING, risks_of(data))

    assert risk.left is not None
    assert risk.left.share == of_countries(1, 0, 2, 0, ("BE",))
    assert risk.loss == 1 / 2


BECOMES_KNOWN = cell_of(
    serves("a", "AT", ends="2020-12-31"),
    serves("b", "BE", "RO", starts="2021-01-01"),
    units="AT BE RO",
    assessed={"level": ["AT"]},
)
"""AT is covered and all that is known; when it is lost, two others are covered instead."""


def test_what_is_covered_elsewhere_later_does_not_make_up_for_what_is_lost() -> None:
    risk = only(ENDING, risks_of(BECOMES_KNOWN))

    assert risk.territories == ("AT",)
    assert risk.loss == 1  # all of what is covered today


def test_a_cell_that_opens_only_as_more_becomes_known_is_not_ending() -> None:
    # Nobody has looked at BE, until an instrument says that it serves it in part: nothing ends.
    data = cell_of(
        serves("a", "AT"), serves("b", "BE", starts="2020-01-01", extent="partial"),
        units="AT BE", assessed={"level": ["AT"]},
    )  # fmt: skip

    assert of(ENDING, risks_of(data)) == []


def test_risks_are_sorted_by_loss_then_kind_then_day_then_by_role_and_level() -> None:
    role = "abcdef"
    data = dataset_of({
        "as_of": TODAY.isoformat(),
        "kinds": KINDS,
        "levels": [{"id": "eu"}, {"id": "country", "territories": ["AT", "BE"]}],
        "roles": list(role),
        "instruments": [
            {"id": "late", "ends": "2020-12", "covers": {"a@eu": "full"}},
            {"id": "early", "ends": "2019-12", "covers": {"b@eu": "full", "c@eu": "full"}},
            {"id": "half", "covers": {"d@country": {"territories": ["AT"]}}},
            {"id": "other-half", "covers": {"d@country": {"territories": ["BE"]}}},
            {"id": "side", "covers": {"a@country": {"territories": ["AT"]}}},
            {"id": "talk", "kind": "forum", "covers": {"f@eu": "partial"}},
            *({"id": id_, "covers": {"e@eu": "full"}} for id_ in ("x", "y", "z")),
        ],
    })  # fmt: skip

    found = risks_of(data, crowded=3)

    assert [(str(risk.rating.cell), risk.kind) for risk in found] == [
        ("a@eu", SINGLE), ("b@eu", SINGLE), ("c@eu", SINGLE),
        ("b@eu", ENDING), ("c@eu", ENDING), ("a@eu", ENDING),
        ("d@country", SINGLE),
        ("f@eu", NO_FUNDING),
        ("e@eu", CROWDED),
        ("a@country", ONE_SIDED),
    ]  # fmt: skip


def test_a_cell_may_be_fragile_in_several_ways() -> None:
    data = cell_of(
        serves("a", "AT", kind="forum", ends="2020"), serves("b", "BE", kind="forum"),
        units="AT BE", kinds=KINDS,
    )  # fmt: skip

    assert [risk.kind for risk in risks_of(data, crowded=2)] == [
        SINGLE, ENDING, NO_FUNDING, CROWDED,
    ]  # fmt: skip


def test_cells_that_are_not_shown_are_not_reported() -> None:
    data = dataset_of({
        "as_of": TODAY.isoformat(),
        "kinds": KINDS,
        "levels": ["eu", {"id": "country", "territories": ["AT", "BE"]}],
        "roles": ["a", "b"],
        "instruments": [
            {
                "id": "forum",
                "kind": "forum",
                "ends": "2020",
                "covers": {
                    "a@eu": "full", "b@eu": "full",
                    "a@country": {"territories": ["AT"]}, "b@country": {"territories": ["AT"]},
                },
            },
        ],
    })  # fmt: skip
    matrix = build_matrix(data, Query())

    def shown(roles: Sequence[str], levels: Sequence[str]) -> set[str]:
        return set(cells(find_risks(matrix.select(roles, levels), UNTIL, 1).risks))

    assert shown([], []) == {"a@eu", "b@eu", "a@country", "b@country"}
    assert shown(["a"], []) == {"a@eu", "a@country"}
    assert shown([], ["eu"]) == {"a@eu", "b@eu"}
    assert shown(["b"], ["country"]) == {"b@country"}


def test_what_is_found_knows_the_question_the_window_and_what_is_many() -> None:
    matrix = build_matrix(cell_of(serves("a")), Query())

    found = find_risks(matrix, UNTIL, 7)

    assert (found.matrix, found.until, found.crowded) == (matrix, UNTIL, 7)


def test_a_dataset_without_instruments_has_no_risk() -> None:
    assert risks_of(cell_of()) == ()
    assert risks_of(cell_of(units="AT BE", assessed={"level": ["AT"]})) == ()


def test_to_find_risks_leaves_the_matrix_as_it_was() -> None:
    data = cell_of(serves("a", "AT", ends="2020"), serves("b", "BE"), units="AT BE")
    matrix = build_matrix(data, Query())

    first = find_risks(matrix, UNTIL, 2)

    assert matrix == build_matrix(data, Query())
    assert find_risks(matrix, UNTIL, 2) == first


# By chance


@st.composite
def endings(draw: st.DrawFn) -> Dataset:
    """Draw a dataset of one cell that instruments with dates serve, mostly in full."""
    units = draw(st.sampled_from(("", "", "AT BE", "AT BE RO")))
    where = st.sampled_from([(), (), *((code,) for code in units.split() * 2)])
    extent, when = st.sampled_from(("full",) * 4 + ("partial",)), st.sampled_from(PERIODS)
    instruments = [
        serves(id_, *draw(where), extent=draw(extent), **draw(when))
        for id_ in "abcde"[: draw(st.integers(1, 5))]
    ]
    more: dict[str, object] = {}
    if draw(st.integers(0, 3)) == 0:
        more["observations"] = {"role@level": {"extent": draw(extent), **draw(when)}}
    if units and draw(st.booleans()):
        more["assessed"] = {"level": units.split()[: draw(st.integers(1, 2))]}
    return cell_of(*instruments, units=units, **more)


DAYS = tuple(sorted({last_day(text) for text in DATES} - {date(2020, 12, 31)}))


@st.composite
def asked(draw: st.DrawFn) -> tuple[Asked, date]:
    """Draw a dataset, a question that has a day, and the last day of the window."""
    by_hand = endings().map(lambda dataset: (dataset, Query()))
    question = draw(st.one_of(by_hand, questions()))
    today = draw(st.sampled_from(DAYS))
    turns = [day for day in turning_days(question[0]) if day > today]
    at_a_turn = st.sampled_from(turns) if turns else st.just(today + DAY)
    until = draw(st.one_of(at_a_turn, at_a_turn.map(lambda day: day - DAY), st.just(UNTIL)))
    return (question[0], replace(question[1], as_of=today)), until


def turning_days(dataset: Dataset) -> list[date]:
    """Return every day on which something starts, and those after something ended."""
    records: list[Instrument | Statement] = [
        *dataset.instruments,
        *(one for each in dataset.instruments for said in each.covers.values() for one in said),
        *(one for said in dataset.observations.values() for one in said),
    ]
    starts = {one.starts for one in records if one.starts}
    return sorted(starts | {one.ends + DAY for one in records if one.ends})


def on(question: Asked, day: date) -> Matrix:
    """Rate every cell as it is on a day."""
    return build_matrix(question[0], replace(question[1], as_of=day))


def full_units(matrix: Matrix, cell: Cell) -> set[str]:
    """Return the territories of a cell that are covered in full, asked for one by one."""
    level = next(level for level in matrix.levels if level.id == cell.level)
    units = oracle.units_of(level, matrix.query.place, matrix.dataset.groups)
    return {
        unit
        for unit in units
        if oracle.rate(
            matrix.dataset,
            matrix.query if unit == oracle.NAMELESS else replace(matrix.query, place=unit),
            cell,
        ).coverage
        == "full"
    }


@given(questions())
def test_single_is_exactly_what_rests_on_an_instrument(question: Asked) -> None:
    matrix = build_matrix(*question)

    found = of(SINGLE, find_risks(matrix, UNTIL, 2).risks)

    assert {risk.rating.cell: risk.instruments for risk in found} == {
        rating.cell: rating.rests_on for rating in matrix if rating.rests_on
    }
    assert len(found) == len(set(cells(found)))


def coverage_at(dataset: Dataset, query: Query, cell: Cell, code: str) -> Coverage:
    """Rate a cell in one place."""
    return build_matrix(dataset, replace(query, place=code)).ratings[cell].coverage


@given(questions())
def test_what_is_left_of_a_single_cell_is_the_matrix_without_one_of_its_instruments(
    question: Asked,
) -> None:
    # With an instrument goes what hangs on it.
    dataset, query = question[0], replace(question[1], alone=False)
    matrix = build_matrix(dataset, query)

    for risk in of(SINGLE, find_risks(matrix, UNTIL, 2).risks):
        cell = risk.rating.cell
        without = [
            build_matrix(dataset, replace(query, without=(*query.without, id_))).ratings[cell]
            for id_ in risk.instruments
        ]
        assert risk.left in without
        missing = {code for rating in without if rating.share for code in rating.share.missing}
        # With a list that may not be whole, a place of which nobody knew may be missing too: nothing is lost there.
        covered = {
            code for code in missing if coverage_at(dataset, query, cell, code) is Coverage.FULL
        }
        assert set(risk.territories) >= covered


@given(questions())
def test_the_loss_of_a_single_cell_is_the_most_that_one_instrument_takes_with_it(
    question: Asked,
) -> None:
    # With an instrument goes what hangs on it.
    dataset, query = question[0], replace(question[1], alone=False)
    matrix = build_matrix(dataset, query)

    for risk in of(SINGLE, find_risks(matrix, UNTIL, 2).risks):
        today = full_units(matrix, risk.rating.cell)
        losses = []
        for id_ in risk.instruments:
            gone = oracle.left_out(dataset, query)
            without_it = (*gone, *oracle.dependants(dataset, {id_}, gone))
            without = build_matrix(dataset, replace(query, without=without_it, alone=True))
            lost = today - full_units(without, risk.rating.cell)
            losses.append(len(lost) / len(today))
        assert risk.loss == pytest.approx(max(losses))


@given(asked())
def test_a_cell_is_ending_if_and_only_if_it_is_full_today_and_open_on_a_day_of_the_window(
    drawn: tuple[Asked, date],
) -> None:
    question, until = drawn
    today = build_matrix(*question)
    days = [day for day in turning_days(question[0]) if TODAY.min < day <= until]
    then = {
        day: on(question, day) for day in days if today.query.as_of and day > today.query.as_of
    }
    expected = {}
    for rating in today:
        is_full = {
            day: m.ratings[rating.cell].coverage is Coverage.FULL for day, m in then.items()
        }
        # It becomes a gap because something ends if a unit that is full today no longer is.
        units = full_units(today, rating.cell)
        opens = next(
            (
                day
                for day, full in is_full.items()
                if not full and units - full_units(then[day], rating.cell)
            ),
            None,
        )
        if rating.coverage is Coverage.FULL and opens:
            again = next((day for day, full in is_full.items() if full and day > opens), None)
            expected[rating.cell] = (opens, again, then[opens].ratings[rating.cell])

    found = of(ENDING, find_risks(today, until, 5).risks)

    assert {risk.rating.cell: (risk.day, risk.again, risk.left) for risk in found} == expected
    assert len(found) == len(expected)
    assert all(risk.rating == today.ratings[risk.rating.cell] for risk in found)


@given(asked())
def test_who_is_named_has_covered_an_ending_cell_and_does_no_longer(
    drawn: tuple[Asked, date],
) -> None:
    question, until = drawn

    for risk in of(ENDING, find_risks(build_matrix(*question), until, 5).risks):
        assert risk.day is not None
        assert risk.left is not None
        assert set(risk.instruments).isdisjoint(risk.left.instruments)
        assert list(risk.instruments) == [
            one.id for one in question[0].instruments if one.id in risk.instruments
        ]
        for id_ in risk.instruments:
            one = next(one for one in question[0].instruments if one.id == id_)
            assert "full" in [said.extent for said in one.covers[risk.rating.cell]]


@given(asked())
@example(((BECOMES_KNOWN, Query(as_of=TODAY)), UNTIL))
def test_the_loss_of_an_ending_cell_is_the_part_of_it_that_is_no_longer_full(
    drawn: tuple[Asked, date],
) -> None:
    question, until = drawn
    matrix = build_matrix(*question)

    for risk in of(ENDING, find_risks(matrix, until, 5).risks):
        assert risk.day is not None
        today = full_units(matrix, risk.rating.cell)
        lost = today - full_units(on(question, risk.day), risk.rating.cell)
        assert risk.loss == pytest.approx(len(lost) / len(today))


@given(asked())
@example(((BECOMES_KNOWN, Query(as_of=TODAY)), UNTIL))
def test_a_loss_is_a_part_of_a_whole_and_the_greatest_comes_first(
    drawn: tuple[Asked, date],
) -> None:
    question, until = drawn

    losses = [risk.loss for risk in find_risks(build_matrix(*question), until, 2).risks]

    assert all(0 <= loss <= 1 for loss in losses)
    assert losses == sorted(losses, reverse=True)


@given(questions(), st.integers(1, 5))
def test_the_other_kinds_are_what_the_ratings_say(question: Asked, crowded: int) -> None:
    matrix = build_matrix(*question)

    found = find_risks(matrix, UNTIL, crowded).risks

    assert cells(of(CROWDED, found)) == [
        str(rating.cell) for rating in matrix if len(rating.instruments) >= crowded
    ]
    assert {risk.rating.cell: risk.territories for risk in of(ONE_SIDED, found)} == {
        rating.cell: rating.share.missing
        for rating in matrix
        if rating.share and rating.share.covered and rating.share.missing
    }
    assert of(NO_FUNDING, found) == []  # these datasets have no vocabulary of kinds


@given(st.data(), asked())
def test_the_risks_of_a_cell_do_not_depend_on_what_else_is_shown(
    data: st.DataObject, drawn: tuple[Asked, date]
) -> None:
    question, until = drawn
    matrix = build_matrix(*question)
    roles = data.draw(st.sets(st.sampled_from([role.id for role in matrix.roles])))
    levels = data.draw(st.sets(st.sampled_from([level.id for level in matrix.levels])))
    shown = matrix.select(roles, levels)

    found = find_risks(shown, until, 2).risks

    those = {rating.cell for rating in shown}
    everything = find_risks(matrix, until, 2).risks
    assert found == tuple(risk for risk in everything if risk.rating.cell in those)


@given(st.data(), asked())
def test_the_order_of_instruments_does_not_matter(
    data: st.DataObject, drawn: tuple[Asked, date]
) -> None:
    (dataset, query), until = drawn
    mixed = replace(dataset, instruments=tuple(data.draw(st.permutations(dataset.instruments))))

    def seen(these: Dataset) -> set[object]:
        return {
            (risk.rating.cell, risk.kind, risk.day, risk.again, risk.loss, risk.territories, frozenset(risk.instruments))
            for risk in find_risks(build_matrix(these, query), until, 2).risks
        }  # fmt: skip

    assert seen(dataset) == seen(mixed)


@given(asked(), st.dates(date(2019, 1, 1), date(2022, 12, 31)))
def test_a_longer_window_finds_what_a_shorter_one_finds(
    drawn: tuple[Asked, date], other: date
) -> None:
    question, until = drawn
    matrix = build_matrix(*question)
    shorter, longer = sorted((until, other))

    few = {risk.rating.cell: risk.day for risk in of(ENDING, find_risks(matrix, shorter, 5).risks)}
    more = {risk.rating.cell: risk.day for risk in of(ENDING, find_risks(matrix, longer, 5).risks)}

    assert few == {cell: day for cell, day in more.items() if day and day <= shorter}


# Months


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2019-05-31", 24, "2021-05-31"),
        ("2019-05-31", 1, "2019-06-30"),
        ("2019-05-31", 9, "2020-02-29"),  # a leap year
        ("2019-05-31", 21, "2021-02-28"),  # none
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-02-29", 48, "2024-02-29"),
        ("2096-02-29", 48, "2100-02-28"),  # 2100 is none
        ("1996-02-29", 48, "2000-02-29"),  # 2000 is one
        ("2019-12-31", 1, "2020-01-31"),
        ("2019-12-01", 12, "2020-12-01"),
        ("2019-11-30", 1, "2019-12-30"),  # not the month's last: the same day
        ("2019-11-30", 3, "2020-02-29"),
        ("2019-01-01", 11, "2019-12-01"),
        ("9999-11-30", 1, "9999-12-30"),
        ("9999-12-31", 1, "9999-12-31"),  # there is no later day
        ("9999-12-01", 1, "9999-12-31"),
        ("9998-01-31", 24, "9999-12-31"),
        ("9997-12-15", 24, "9999-12-15"),
        ("0001-01-01", MOST_WITHIN, "1001-01-01"),
        ("9000-06-15", MOST_WITHIN, "9999-12-31"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_its_month(
    day: str, months: int, later: str
) -> None:
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(later)


@given(st.dates(), st.integers(1, MOST_WITHIN))
def test_months_later_is_that_many_months_later_or_the_last_day_of_all(
    day: date, months: int
) -> None:
    later = months_later(day, months)

    if later != date.max:
        assert (later.year - day.year) * 12 + later.month - day.month == months
        assert later.day == day.day or (later.day < day.day and (later + DAY).day == 1)
    assert later > day or day == date.max


@given(st.dates(), st.dates(), st.integers(1, MOST_WITHIN))
def test_months_later_keeps_the_order_of_days(one: date, other: date, months: int) -> None:
    first, second = sorted((one, other))

    assert months_later(first, months) <= months_later(second, months)


# The command line


UNDATED = """\
schema: 1
title: Without a date
levels: [{id: eu, name: EU}]
roles: [{id: role, name: Role}]
instruments:
  - {id: a, name: A, ends: 2021-05-30, covers: {role@eu: full}}
  - {id: b, name: B, ends: 2021-05-29, covers: {role@eu: full}}
"""


TIMELESS = """\
schema: 1
title: Undated
levels: [{id: eu, name: EU}, {id: country, name: Country, territories: [AT, BE]}]
roles: [{id: on, name: On}, {id: off, name: Off}]
kinds: [{id: forum, name: Forum, funds: false}]
instruments:
  - {id: a, name: Fund A, ends: 2021, covers: {on@eu: full, off@eu: full}}
  - {id: b, name: Forum B, kind: forum, covers: {off@eu: full, off@country: {territories: [AT]}}}
"""
NOT_JUDGED = "Endings were not judged: there is no date to count from."
FOUND = [("on@eu", "single"), ("off@country", "no-funding"), ("off@eu", "crowded"), ("off@country", "one-sided")]  # fmt: skip


@pytest.fixture
def undated(tmp_path: Path) -> Path:
    """Write a dataset without a date, in which there is a risk of each kind that needs none."""
    (tmp_path / "instruments.yaml").write_text(TIMELESS, encoding="utf-8")
    return tmp_path


def risks_as(format_: str, folder: Path, *more: str, columns: int = 200) -> str:
    words = ("risks", "--data", str(folder), "--crowded", "2", "-f", format_, *more)
    outcome = run(*words, columns=columns)
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out


def test_without_any_date_the_kinds_that_need_none_are_told_and_that_endings_were_not_judged(
    undated: Path,
) -> None:
    document = json.loads(risks_as("json", undated))
    *rows, last = csv.DictReader(risks_as("csv", undated).lstrip("\ufeff").splitlines())

    assert [(one["cell"], one["kind"]) for one in document["risks"]] == FOUND
    assert (document["until"], document["unjudged"]) == (None, ["ending"])
    Draft202012Validator(make_schema(SchemaName.RISKS)).validate(document)
    assert [(one["cell"], one["risk"]) for one in rows] == FOUND
    assert {key: text for key, text in last.items() if text} == {
        "risk": "ending",
        "why": NOT_JUDGED,
    }
    for format_ in ("table", "md"):
        text = risks_as(format_, undated)
        assert NOT_JUDGED in text
        assert [text.count(kind) > 0 for _, kind in FOUND] == [True] * 4


@pytest.mark.parametrize("columns", [40, 80])
def test_that_endings_were_not_judged_is_read_whole_on_a_narrow_screen(
    undated: Path, columns: int
) -> None:
    assert NOT_JUDGED in " ".join(risks_as("table", undated, columns=columns).split())


def test_only_the_terminal_says_by_which_option_endings_are_judged(undated: Path) -> None:
    shown = run("risks", "--data", str(undated), is_terminal=True, columns=100).out

    assert "Judge endings too: clustergap risks --as-of today" in shown
    for format_ in ("md", "html", "csv"):
        assert "--as-of" not in risks_as(format_, undated)


def test_with_a_day_nothing_is_left_unjudged(undated: Path) -> None:
    document = json.loads(risks_as("json", undated, "--as-of", "2020-01-01"))

    assert (document["until"], document["unjudged"]) == ("2022-01-01", [])
    assert ("on@eu", "ending") in [(one["cell"], one["kind"]) for one in document["risks"]]
    for format_ in ("table", "md", "csv"):
        assert "not judged" not in risks_as(format_, undated, "--as-of", "2020")


def test_where_no_risk_is_found_without_a_day_it_is_said_of_which_kinds(undated: Path) -> None:
    for format_ in ("table", "md"):
        text = risks_as(format_, undated, "--role", "on", "--level", "country")

        assert "No risk of a kind that needs no date (dates ignored)" in text
        assert NOT_JUDGED in text


@given(questions())
def test_without_a_day_whatever_needs_none_is_found(
    question: Asked,
) -> None:
    data, query = question
    timeless = replace(query, as_of=None)
    matrix = build_matrix(replace(data, as_of=None), timeless)

    found = find_risks(matrix, None, 2).risks

    many = {rating.cell for rating in matrix if len(oracle.lines(data, rating.instruments)) > 1}
    assert of(ENDING, found) == []
    assert {one.rating.cell for one in of(CROWDED, found)} == many
    assert {one.rating.cell for one in of(SINGLE, found)} == {
        rating.cell for rating in matrix if rating.rests_on
    }


@pytest.mark.parametrize(
    ("options", "day"),
    [((), "2021-05-31"), (("--within", "24"), "2021-05-31"), (("--within", "23"), None)],
)
def test_without_another_wish_the_window_has_24_months(
    options: tuple[str, ...], day: str | None, tmp_path: Path
) -> None:
    (tmp_path / "instruments.yaml").write_text(UNDATED, encoding="utf-8")

    outcome = run(
        "risks", "--data", str(tmp_path), "-f", "json", "--as-of", "2019-05-31", *options
    )

    assert outcome.code == 0
    assert [risk["date"] for risk in json.loads(outcome.out)["risks"]] == ([day] if day else [])


# The deck


def deck_risks() -> tuple[Risk, ...]:
    dataset = load_dataset(find_files(DATA)).dataset
    return risks_of(dataset, Query(as_of=TODAY), until=months_later(TODAY, 24))


def test_six_cells_of_the_deck_rest_on_an_instrument() -> None:
    assert {str(risk.rating.cell): risk.instruments for risk in of(SINGLE, deck_risks())} == {
        "internationalisation@country": ("export-promotion",),
        "internationalisation@region": ("interreg",),
        "new-industrial-value-chains@eu": ("innosup",),
        "new-industrial-value-chains@region": ("interreg",),
        "industry-4-0@eu": ("dih",),
        "social-economy@region": ("jrc-tp",),
    }


def test_three_cells_of_the_deck_open_with_the_funding_period() -> None:
    found = of(ENDING, deck_risks())

    assert {str(risk.rating.cell): risk.instruments for risk in found} == {
        "internationalisation@region": ("interreg",),
        "new-industrial-value-chains@region": ("interreg",),
        "new-industrial-value-chains@eu": ("innosup",),
    }
    assert {(risk.day, risk.again) for risk in found} == {(date(2021, 1, 1), None)}


def test_the_deck_shows_no_end_within_nineteen_months() -> None:
    # The funding period ends with 2020: the first open day is 20 months after the deck's.
    dataset = load_dataset(find_files(DATA)).dataset

    assert of(ENDING, risks_of(dataset, until=months_later(TODAY, 19))) == []
    assert of(ENDING, risks_of(dataset, until=date(2020, 12, 31))) == []
    assert len(of(ENDING, risks_of(dataset, until=date(2021, 1, 1)))) == 3


def test_two_cells_of_the_deck_have_nobody_who_gives_money() -> None:
    assert {str(risk.rating.cell): risk.instruments for risk in of(NO_FUNDING, deck_risks())} == {
        "industry-4-0@eu": ("dih",),
        "social-economy@region": ("jrc-tp",),
    }


def test_no_cell_of_the_deck_is_crowded_or_one_sided() -> None:
    found = deck_risks()

    assert of(CROWDED, found) == []
    assert of(ONE_SIDED, found) == []


# What the risks tell besides


def test_progress_is_told_of_the_days_on_which_something_turns() -> None:
    data = cell_of(serves("a", ends="2019"), serves("b", ends="2020"), serves("c", ends="2030"))
    told = list[tuple[int, int]]()

    find_risks(build_matrix(data, Query()), UNTIL, 5, lambda done, of: told.append((done, of)))

    assert told == [(1, 2), (2, 2)]


def test_what_is_left_names_what_has_begun_since() -> None:
    data = cell_of(
        serves("a", ends="2020"), serves("b", extent="partial", starts="2020", ends="2022")
    )

    risk = only(ENDING, risks_of(data))

    assert risk.left is not None
    assert risk.left.instruments == ("b",)


def test_one_that_begins_on_the_day_on_which_another_has_ended_saves_the_cell() -> None:
    # In file order the one that begins stands first, then the one that has ended.
    data = cell_of(serves("new", starts="2020"), serves("old", ends="2019-12-31"))

    assert of(ENDING, risks_of(data)) == []


def test_where_nobody_says_where_no_territory_is_named_as_lost() -> None:
    data = cell_of(serves("a", ends="2020"), units="AT BE")

    risks = risks_of(data)

    assert only(SINGLE, risks).territories == ()
    assert only(ENDING, risks).territories == ()
    assert only(ENDING, risks).loss == 1


def test_a_territory_that_stays_covered_in_part_is_not_named_when_the_rest_ends() -> None:
    data = cell_of(
        serves("a", "AT", ends="2020"), serves("p", "AT", extent="partial"), serves("b", "BE"),
        units="AT BE",
    )  # fmt: skip

    risk = only(ENDING, risks_of(data))

    assert (risk.instruments, risk.territories, risk.loss) == (("a",), (), 0.5)


def test_an_observation_that_ends_has_a_part_in_it() -> None:
    of_observation = cell_of(observations={"role@level": {"ends": "2020"}})
    of_instrument = cell_of(serves("a", ends="2020"))

    assert only(ENDING, risks_of(of_observation)).by_observation is True
    assert only(ENDING, risks_of(of_instrument)).by_observation is False
