"""The days on which statements begin to hold and no longer hold, and whose dates those are."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

import oracle
from clustergap.analysis.statement_events import EventKind, StatementEvent, Subject, events_by_day
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument
from clustergap.model.query import Query
from clustergap.model.statement import Statement
from strategies import dataset_of, questions

DAY = timedelta(days=1)
ASK_ALL = Query()
CELL = Cell("role", "level")

Told = tuple[str, str, str, str | None]
"""What is told of a turn by hand: the day, what it does, whose date it is, the instrument's id."""


def told(dataset: Dataset, query: Query = ASK_ALL) -> list[Told]:
    """Say what turns, day by day."""
    found = events_by_day(dataset, query)
    return [
        (day.isoformat(), turn.kind.value, turn.subject.value, turn.instrument)
        for day in sorted(found)
        for turn in found[day]
    ]


def one(own: Mapping[str, object] | None = None, **cover: object) -> Dataset:
    """Make a dataset of one instrument in one cell, with its own dates and its cover's."""
    return dataset_of({
        "levels": ["level"],
        "instruments": [{"id": "a", **(own or {}), "covers": {"role@level": cover}}],
    })  # fmt: skip


def observed(**statement: object) -> Dataset:
    """Make a dataset of one observation."""
    return dataset_of({"levels": ["level"], "observations": {"role@level": statement}})


# Whose date it is


def test_what_has_no_dates_never_turns() -> None:
    data = dataset_of({
        "levels": ["level"],
        "instruments": [{"id": "a", "covers": {"role@level": "full"}}],
        "observations": {"role@level": "partial"},
    })  # fmt: skip

    assert told(data) == []


def test_a_dataset_in_which_nobody_says_anything_never_turns() -> None:
    assert told(dataset_of({"levels": ["level"]})) == []


def test_an_instrument_that_covers_nothing_never_turns() -> None:
    data = dataset_of({"levels": ["level"], "instruments": [{"id": "a", "starts": "2019"}]})

    assert told(data) == []


def test_an_instrument_turns_on_its_first_day_and_on_the_day_after_its_last() -> None:
    data = one({"starts": "2019-05-31", "ends": "2020-02-28"})

    assert told(data) == [
        ("2019-05-31", "starts", "instrument", "a"),
        ("2020-02-29", "ends", "instrument", "a"),
    ]


def test_a_month_ends_on_the_first_day_of_the_next_and_a_year_on_that_of_the_next() -> None:
    assert told(one({"ends": "2019-12"})) == [("2020-01-01", "ends", "instrument", "a")]
    assert told(one({"ends": "2020"})) == [("2021-01-01", "ends", "instrument", "a")]


def test_a_statement_of_one_day_turns_on_that_day_and_on_the_next() -> None:
    data = one({"starts": "2019-05-31", "ends": "2019-05-31"})

    assert told(data) == [
        ("2019-05-31", "starts", "instrument", "a"),
        ("2019-06-01", "ends", "instrument", "a"),
    ]


def test_a_cover_turns_by_its_own_dates_where_its_instrument_has_none() -> None:
    data = one(starts="2019", ends="2020")

    assert told(data) == [
        ("2019-01-01", "starts", "cover", "a"),
        ("2021-01-01", "ends", "cover", "a"),
    ]


def test_a_cover_turns_by_the_later_start_and_the_earlier_end() -> None:
    inside = one({"starts": "2018", "ends": "2022"}, starts="2019", ends="2020")
    outside = one({"starts": "2019", "ends": "2020"}, starts="2018", ends="2022")

    assert told(inside) == [
        ("2019-01-01", "starts", "cover", "a"),
        ("2021-01-01", "ends", "cover", "a"),
    ]
    assert told(outside) == [
        ("2019-01-01", "starts", "instrument", "a"),
        ("2021-01-01", "ends", "instrument", "a"),
    ]


def test_a_start_may_be_the_instrument_s_and_the_end_the_cover_s() -> None:
    data = one({"starts": "2019"}, starts="2018", ends="2020")

    assert told(data) == [
        ("2019-01-01", "starts", "instrument", "a"),
        ("2021-01-01", "ends", "cover", "a"),
    ]


def test_of_equal_dates_it_is_the_instrument_s() -> None:
    data = one({"starts": "2019-01", "ends": "2020-12"}, starts="2019", ends="2020-12-31")

    assert told(data) == [
        ("2019-01-01", "starts", "instrument", "a"),
        ("2021-01-01", "ends", "instrument", "a"),
    ]


def test_an_observation_turns_by_its_dates_and_names_no_instrument() -> None:
    assert told(observed(starts="2019", ends="2020")) == [
        ("2019-01-01", "starts", "observation", None),
        ("2021-01-01", "ends", "observation", None),
    ]


# Where there is nothing before or after


def test_what_holds_since_the_first_of_all_days_never_starts() -> None:
    assert told(one({"starts": "0001-01-01"})) == []
    assert told(one(starts="0001")) == []
    assert told(observed(starts="0001-01")) == []


def test_what_holds_since_the_second_of_all_days_starts() -> None:
    assert told(one({"starts": "0001-01-02"})) == [("0001-01-02", "starts", "instrument", "a")]


def test_what_holds_on_the_first_of_all_days_alone_ends_on_the_second() -> None:
    data = one({"starts": "0001-01-01", "ends": "0001-01-01"})

    assert told(data) == [("0001-01-02", "ends", "instrument", "a")]


def test_what_holds_until_the_last_of_all_days_never_ends() -> None:
    assert told(one({"ends": "9999-12-31"})) == []
    assert told(one(ends="9999")) == []
    assert told(observed(ends="9999-12")) == []


def test_what_holds_until_the_last_but_one_of_all_days_ends_on_the_last() -> None:
    assert told(one({"ends": "9999-12-30"})) == [("9999-12-31", "ends", "instrument", "a")]


def test_what_holds_on_the_last_of_all_days_alone_starts_and_never_ends() -> None:
    data = one({"starts": "9999-12-31", "ends": "9999-12-31"})

    assert told(data) == [("9999-12-31", "starts", "instrument", "a")]


@pytest.mark.parametrize(
    ("own", "cover"),
    [
        ({"ends": "2018"}, {"starts": "2019"}),
        ({"starts": "2019"}, {"ends": "2018"}),
        ({"starts": "2019-06-01"}, {"ends": "2019-05-31"}),
        ({"starts": "2018", "ends": "2018"}, {"starts": "2020", "ends": "2020"}),
        ({"ends": "0001-01-01"}, {"starts": "0001-01-02"}),
        ({"starts": "9999-12-31"}, {"ends": "9999-12-30"}),
        ({"starts": "9999-12-31"}, {"ends": "0001-01-01"}),
        ({"ends": "0001-01-01"}, {"starts": "9999-12-31"}),
    ],
)
def test_a_cover_whose_period_does_not_meet_its_instrument_s_never_turns(
    own: dict[str, object], cover: dict[str, object]
) -> None:
    assert told(one(own, **cover)) == []


def test_a_cover_whose_period_meets_its_instrument_s_on_one_day_turns_twice() -> None:
    data = one({"ends": "2019-06-01"}, starts="2019-06-01")

    assert told(data) == [
        ("2019-06-01", "starts", "cover", "a"),
        ("2019-06-02", "ends", "instrument", "a"),
    ]


# What the query leaves out


def everything() -> Dataset:
    """Make a dataset in which all that a query may leave out starts on the same day."""
    covers = {"role@level": "full"}
    return dataset_of({
        "levels": ["level"],
        "instruments": [
            {"id": "plain", "starts": "2019", "covers": covers},
            {"id": "planned", "status": "planned", "starts": "2019", "covers": covers},
            {"id": "forum", "kind": "forum", "starts": "2019", "covers": covers},
            {"id": "for-new", "targets": ["new"], "starts": "2019", "covers": covers},
            {"id": "for-old", "targets": ["old"], "starts": "2019", "covers": covers},
        ],
        "observations": {"role@level": {"extent": "full", "starts": "2019"}},
    })  # fmt: skip


@pytest.mark.parametrize(
    ("query", "who"),
    [
        (Query(), ["plain", "forum", "for-new", "for-old", None]),
        (Query(with_planned=True), ["plain", "planned", "forum", "for-new", "for-old", None]),
        (Query(kinds=("forum",)), ["forum"]),
        (Query(kinds=("fund",)), []),
        (Query(target="new"), ["plain", "forum", "for-new", None]),
        (Query(without=("plain", "for-old")), ["forum", "for-new", None]),
        (Query(place="ZZ"), ["plain", "forum", "for-new", "for-old", None]),
    ],
)
def test_what_the_query_leaves_out_never_turns(query: Query, who: list[str | None]) -> None:
    turns = told(everything(), query)

    assert turns == [
        ("2019-01-01", "starts", "instrument" if id_ else "observation", id_) for id_ in who
    ]


def test_the_day_of_the_dataset_leaves_nothing_out() -> None:
    data = replace(one({"starts": "2019", "ends": "2020"}), as_of=date(2030, 1, 1))

    assert [day for day, *_ in told(data)] == ["2019-01-01", "2021-01-01"]


# Order


def test_the_turns_of_a_day_are_in_file_order_whatever_they_do() -> None:
    data = dataset_of({
        "levels": ["eu", "region"],
        "instruments": [
            {"id": "b", "starts": "2020", "covers": {"role@region": "full", "role@eu": "partial"}},
            {"id": "a", "ends": "2019", "covers": {"role@eu": {"starts": "2018"}}},
            {"id": "c", "covers": {"role@eu": {"starts": "2020"}}},
        ],
        "observations": {"role@region": {"ends": "2019"}, "role@eu": {"starts": "2020"}},
    })  # fmt: skip

    turns = events_by_day(data, ASK_ALL)

    assert sorted(turns) == [date(2018, 1, 1), date(2020, 1, 1)]
    assert [(t.place, t.kind, t.subject, t.instrument, str(t.cell)) for t in turns[date(2020, 1, 1)]] == [
        (0, "starts", "instrument", "b", "role@region"),
        (0, "starts", "instrument", "b", "role@eu"),
        (1, "ends", "instrument", "a", "role@eu"),
        (2, "starts", "cover", "c", "role@eu"),
        (3, "ends", "observation", None, "role@region"),
        (3, "starts", "observation", None, "role@eu"),
    ]  # fmt: skip


def test_a_place_counts_instruments_that_the_query_leaves_out() -> None:
    data = everything()

    turns = events_by_day(data, Query(without=("plain",), target="old"))

    (day,) = turns.values()
    assert [(turn.place, turn.instrument) for turn in day] == [
        (2, "forum"),
        (4, "for-old"),
        (5, None),
    ]
    assert {turn.cell for turn in day} == {CELL}


def test_a_turn_hands_on_its_statement() -> None:
    data = one({"starts": "2019"}, extent="partial", note="Pilot")

    turns = events_by_day(data, ASK_ALL)

    (statement,) = data.instruments[0].covers[CELL]
    assert turns == {
        date(2019, 1, 1): [
            StatementEvent(0, 0, EventKind.STARTS, Subject.INSTRUMENT, "a", CELL, statement)
        ]
    }


# By chance


Spoken = tuple[int, int, Instrument | None, Cell, Statement]


def spoken(dataset: Dataset, query: Query) -> list[Spoken]:
    """List all statements that count on whatever day, in file order."""
    gone = oracle.left_out(dataset, query)
    covers: list[Spoken] = [
        (place, number, instrument, cell, cover)
        for place, instrument in enumerate(dataset.instruments)
        if oracle.is_counted(instrument, query) and instrument.id not in gone
        for cell, covers in instrument.covers.items()
        for number, cover in enumerate(covers)
    ]
    if query.kinds:
        return covers
    last = len(dataset.instruments)
    return [
        *covers,
        *(
            (last, number, None, cell, one)
            for cell, said in dataset.observations.items()
            for number, one in enumerate(said)
        ),
    ]


def days_around(dataset: Dataset, those: Iterable[Spoken]) -> list[date]:
    """List all dates of statements and instruments, own or from others, and the days before and after."""
    dates = {
        day
        for _, _, instrument, _, said in those
        for record in (instrument, said)
        if record is not None
        for day in (record.starts, record.seen, record.ends)
        if day is not None
    }
    dates |= {day for one in dataset.instruments if (day := oracle.end_of(dataset, one))}
    return sorted({day + n * DAY for day in dates for n in (-1, 0, 1)})


@given(questions())
def test_what_turns_on_a_day_is_what_did_not_hold_the_day_before_or_no_longer_holds(
    question: tuple[Dataset, Query],
) -> None:
    dataset, query = question[0], replace(question[1], as_of=None)
    those = spoken(oracle.typed_in(dataset), query)

    turns = events_by_day(dataset, query)

    days = days_around(dataset, those)
    assert set(turns) <= set(days)
    for day in days:
        expected = [
            (
                place,
                number,
                begins if oracle.holds(dataset, one[2], one[4], day) else "ends",
                who and who.id,
                cell,
                said,
            )
            for one in those
            for place, number, who, cell, said in [one]
            for begins in ["starts" if oracle.first_seen(who, said) is None else "seen"]
            if oracle.holds(dataset, one[2], one[4], day)
            != oracle.holds(dataset, one[2], one[4], day - DAY)
        ]
        found = [
            (t.place, t.number, t.kind, t.instrument, t.cell, t.statement)
            for t in turns.get(day, ())
        ]
        assert found == expected


@given(questions())
def test_whose_date_it_is_has_that_date(question: tuple[Dataset, Query]) -> None:
    dataset, query = question[0], replace(question[1], as_of=None)
    typed_in = oracle.typed_in(dataset)

    for day, turns in events_by_day(dataset, query).items():
        for turn in turns:
            is_start = turn.kind is not EventKind.ENDS
            first = "seen" if turn.kind is EventKind.SEEN else "starts"
            said = getattr(turn.statement, first) if is_start else turn.statement.ends
            own = None
            if turn.instrument is not None:
                instrument = typed_in.instruments[turn.place]
                assert instrument.id == turn.instrument
                own = getattr(instrument, first) if is_start else instrument.ends
            at = day if is_start else day - DAY
            assert turn.subject is (
                Subject.OBSERVATION
                if turn.instrument is None
                else Subject.INSTRUMENT
                if own == at
                else Subject.COVER
            )
            assert at in (own, said)
