"""Coverage over the years, against the matrix of every single day; and why it changes, by hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from clustergap.analysis.coverage import Coverage, Rating, Share
from clustergap.analysis.matrix import (
    CellChange,
    ChangeKind,
    Matrix,
    Summary,
    build_matrix,
    compare,
)
from clustergap.analysis.statement_events import EventKind, Subject
from clustergap.analysis.timeline import Event, Span, Timeline, build_timeline
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Level
from clustergap.model.places import Except
from clustergap.model.query import Query
from clustergap.model.statement import Statement
from dated_strategies import DAY, Asked, days_around, eras
from paths import ROOT
from shares import of_countries
from strategies import dataset_of, questions

FULL, PARTIAL, NONE, UNKNOWN = Coverage.FULL, Coverage.PARTIAL, Coverage.NONE, Coverage.UNKNOWN

DATA = ROOT / "data"
ASK_ALL = Query()
AT_SOME_TIME = st.dates(date(2017, 6, 1), date(2021, 6, 30))

# Datasets by chance


@st.composite
def timeless(draw: st.DrawFn) -> Asked:
    """Draw a dataset and a question of it that has no day."""
    dataset, query = draw(st.one_of(questions(), eras()))
    return dataset, replace(query, as_of=None)


def follow(asked: Asked, first: date | None = None, last: date | None = None) -> Timeline:
    """Build the timeline of all cells."""
    return build_timeline(build_matrix(*asked), first, last)


def matrix_on(asked: Asked, day: date) -> Matrix:
    """Rate every cell as it is on a day."""
    return build_matrix(asked[0], replace(asked[1], as_of=day))


def replay(timeline: Timeline, day: date) -> dict[Cell, Rating]:
    """Say how every cell is on a day, as one who has only the timeline would."""
    ratings = {rating.cell: rating for rating in timeline.begins}
    for event in timeline.events:
        if event.date <= day:
            ratings |= {change.cell: change.after for change in event.changes}
    return ratings


def seen(ratings: Iterable[Rating]) -> list[tuple[Cell, Coverage, Sequence[str], Share | None]]:
    """Say of ratings what a change would show."""
    return [(one.cell, one.coverage, one.instruments, one.share) for one in ratings]


# By chance


@given(st.data(), timeless())
def test_the_events_replayed_give_the_matrix_of_every_day(
    data: st.DataObject, asked: Asked
) -> None:
    timeline = follow(asked)

    random_days = data.draw(st.lists(AT_SOME_TIME, max_size=4))
    for day in {*days_around(asked[0]), *random_days}:
        assert seen(replay(timeline, day).values()) == seen(matrix_on(asked, day))


@given(st.data(), timeless())
def test_there_is_an_event_where_and_only_where_a_day_differs_from_the_day_before(
    data: st.DataObject, asked: Asked
) -> None:
    random_days = data.draw(st.lists(AT_SOME_TIME, max_size=4))
    differ = []
    for day in sorted({*days_around(asked[0]), *random_days} - {date.min}):
        today = matrix_on(asked, day)
        changes = compare(matrix_on(asked, day - DAY), today).changes
        if changes:
            differ.append((day, changes, today.summary()))

    events = follow(asked).events

    assert [(event.date, event.changes, event.then) for event in events] == differ


@given(st.data(), timeless())
def test_a_window_shows_those_events_of_the_whole_that_are_within_it(
    data: st.DataObject, asked: Asked
) -> None:
    bounds = st.none() | st.sampled_from(days_around(asked[0])) | AT_SOME_TIME
    first, last = data.draw(bounds), data.draw(bounds)
    whole = follow(asked)

    window = follow(asked, first, last)

    assert window.events == tuple(
        event
        for event in whole.events
        if (first is None or first <= event.date) and (last is None or event.date <= last)
    )
    assert (window.first, window.last, window.query) == (first, last, asked[1])
    if first is None:
        assert tuple(window.begins) == tuple(whole.begins)
        assert last is None or window.begins.query.as_of <= last  # type: ignore[operator]
    else:
        eve = first - DAY if first > date.min else date.min
        assert window.begins == matrix_on(asked, eve)


@given(timeless())
def test_it_begins_as_it_is_on_the_first_of_all_days(asked: Asked) -> None:
    begins = follow(asked).begins

    assert tuple(begins) == tuple(matrix_on(asked, date.min))
    assert begins.query.as_of is not None
    assert begins == matrix_on(asked, begins.query.as_of)


@given(st.data(), timeless())
def test_of_the_cells_that_are_shown_it_tells_what_it_tells_of_them_among_all(
    data: st.DataObject, asked: Asked
) -> None:
    dataset, _ = asked
    roles = data.draw(st.sets(st.sampled_from([role.id for role in dataset.roles])))
    columns = data.draw(st.sets(st.sampled_from([level.id for level in dataset.levels])))
    shown = build_matrix(*asked).select(roles, columns)
    cells = {rating.cell for rating in shown}

    events = build_timeline(shown).events

    expected = []
    for event in follow(asked).events:
        changes = tuple(change for change in event.changes if change.cell in cells)
        named = [
            cause._replace(cells=tuple(cell for cell in cause.cells if cell in cells))
            for cause in event.because
        ]
        then = matrix_on(asked, event.date).select(roles, columns).summary()
        if changes:
            because = tuple(cause for cause in named if cause.cells)
            expected.append(Event(event.date, because, changes, then))
    assert list(events) == expected


@given(st.data(), timeless())
def test_the_day_of_the_matrix_and_of_the_dataset_do_not_matter(
    data: st.DataObject, asked: Asked
) -> None:
    dataset, query = asked
    day = data.draw(st.sampled_from(days_around(dataset)))

    asked_for_a_day = follow((dataset, replace(query, as_of=day)))
    of_a_day = follow((replace(dataset, as_of=day), query))

    assert asked_for_a_day.query == query
    assert asked_for_a_day == follow(asked)
    assert of_a_day.events == follow(asked).events
    assert tuple(of_a_day.begins) == tuple(follow(asked).begins)


@given(st.data(), timeless())
def test_the_order_of_instruments_does_not_matter(data: st.DataObject, asked: Asked) -> None:
    dataset, query = asked
    mixed = replace(dataset, instruments=tuple(data.draw(st.permutations(dataset.instruments))))

    one, other = follow(asked), follow((mixed, query))

    assert one.spans() == other.spans()
    assert [known_of(event) for event in one.events] == [known_of(event) for event in other.events]


def known_of(event: Event) -> object:
    """Say of an event all but the order in which instruments are named."""
    changes = [
        (change.cell, change.kind, change.after.coverage, change.after.share, set(change.after.instruments))
        for change in event.changes
    ]  # fmt: skip
    return event.date, set(event.because), changes, event.then


@given(timeless())
def test_the_spans_of_a_cell_are_its_coverage_on_every_day(asked: Asked) -> None:
    spans = follow(asked).spans()

    for day in days_around(asked[0]):
        for rating in matrix_on(asked, day):
            *_, last = (s for s in spans[rating.cell] if s.starts is None or s.starts <= day)
            assert last.coverage is rating.coverage
            assert last.unknown == (rating.share.unknown if rating.share else 0)


@given(timeless())
def test_spans_cover_all_time_and_no_two_in_a_row_are_alike(asked: Asked) -> None:
    timeline = follow(asked)

    spans = timeline.spans()

    assert list(spans) == [rating.cell for rating in timeline.begins]
    for found in spans.values():
        starts = [span.starts for span in found]
        assert starts[0] is None
        assert None not in starts[1:]
        assert starts[1:] == sorted({day for day in starts if day is not None})
        assert all(one[1:] != following[1:] for one, following in pairwise(found))


Because = tuple[str | None, str, Cell]
"""Why one cell changes: an instrument's id, what it does there, the cell."""


def says_something(
    statement: Statement, level: Level, place: str | None, groups: oracle.Groups
) -> bool:
    """Tell whether a statement speaks of a unit of S, or says "not everywhere" of it."""
    shown = set(oracle.units_of(level, place, groups))
    if statement.territories is None:
        return bool(shown)
    where = statement.territories
    codes = where.codes if isinstance(where, Except) else where
    named = {unit for code in codes for unit in oracle.named_units(level, code, groups)}
    return bool(shown - named if isinstance(where, Except) else shown & named)


def expected_causes(asked: Asked, event: Event) -> list[Because]:
    """List which statements begin to hold or no longer hold in the cells that change, in file order."""
    dataset, query = asked
    level_of = {level.id: level for level in dataset.levels}
    changed = {change.cell for change in event.changes}
    those = [
        (instrument, cell, cover)
        for instrument in dataset.instruments
        if oracle.is_counted(instrument, query)
        if instrument.id not in oracle.left_out(dataset, query)
        for cell, covers in instrument.covers.items()
        for cover in covers
    ]
    observed = [(None, cell, one) for cell, said in dataset.observations.items() for one in said]
    found = []
    for instrument, cell, said in [*those, *([] if query.kinds else observed)]:
        was, is_now = (
            oracle.holds(dataset, instrument, said, day) for day in (event.date - DAY, event.date)
        )
        begins = "starts" if oracle.first_seen(instrument, said) is None else "seen"
        id_ = instrument.id if instrument else None
        speaks = says_something(said, level_of[cell.level], query.place, dataset.groups)
        if cell in changed and was != is_now:
            found.append(((id_, begins if is_now else "ends", cell), speaks))
    # Where no statement speaks of what is shown, one elsewhere still says that somebody knows where.
    explained = {because[2] for because, speaks in found if speaks}
    return [because for because, speaks in found if speaks or because[2] not in explained]


@given(timeless())
def test_the_causes_are_what_begins_or_ends_that_day_in_a_cell_that_changes(
    asked: Asked,
) -> None:
    for event in follow(asked).events:
        found = [(cause.instrument, cause.kind.value, cell) for cause in event.because for cell in cause.cells]  # fmt: skip
        expected = expected_causes(asked, event)
        assert len(found) == len(set(found))
        assert set(found) == set(expected)
        ids = [cause.instrument for cause in event.because]
        assert list(dict.fromkeys(ids)) == list(dict.fromkeys(id_ for id_, _, _ in expected))


@given(timeless())
def test_a_cause_is_named_once_with_its_cells_in_file_order(asked: Asked) -> None:
    timeline = follow(asked)
    order = [rating.cell for rating in timeline.begins]

    for event in timeline.events:
        heads = [(cause.instrument, cause.kind, cause.subject) for cause in event.because]
        assert len(heads) == len(set(heads))
        for cause in event.because:
            assert list(cause.cells) == [cell for cell in order if cell in cause.cells]
            assert cause.cells
        assert [change.cell for change in event.changes] == [
            cell for cell in order if cell in {change.cell for change in event.changes}
        ]


@given(timeless())
def test_every_change_has_a_cause(asked: Asked) -> None:
    for event in follow(asked).events:
        explained = {cell for cause in event.because for cell in cause.cells}
        assert explained == {change.cell for change in event.changes}


def test_what_begins_elsewhere_is_the_cause_if_it_tells_only_that_somebody_knows_where() -> None:
    data = dataset_of({
        "levels": [{"id": "level", "territories": ["AT", "BG"]}],
        "instruments": [
            {"id": "at", "starts": "2019", "covers": {"role@level": {"territories": ["AT"]}}}
        ],
    })  # fmt: skip

    (event,) = follow((data, Query(place="BG"))).events

    assert [change.kind.value for change in event.changes] == ["changed"]
    assert [cause.instrument for cause in event.because] == ["at"]


@given(st.data(), timeless())
def test_progress_is_told_after_each_day_of_the_window(data: st.DataObject, asked: Asked) -> None:
    bounds = st.none() | st.sampled_from(days_around(asked[0]))
    first, last = data.draw(bounds), data.draw(bounds)
    told = list[tuple[int, int]]()

    timeline = build_timeline(
        build_matrix(*asked), first, last, lambda done, of: told.append((done, of))
    )

    assert [done for done, _ in told] == list(range(1, len(told) + 1))
    assert {of for _, of in told} <= {len(told)}
    assert len(told) >= len(timeline.events)


# By hand: days


CELL = Cell("role", "level")


def one_cell(*instruments: Mapping[str, object], **more: object) -> Dataset:
    """Make a dataset of the one cell role@level, which instruments a, b, c... serve in full."""
    return dataset_of({
        "levels": [{"id": "level"}],
        "instruments": [
            {"id": id_, "covers": {"role@level": "full"}, **instrument}
            for id_, instrument in zip("abcdefgh", instruments, strict=False)
        ],
        **more,
    })  # fmt: skip


def located(*instruments: Mapping[str, object], **more: object) -> Dataset:
    """Make likewise a dataset of a cell at a level of three countries."""
    return one_cell(
        *instruments, levels=[{"id": "level", "territories": ["AT", "BE", "RO"]}], **more
    )


def steps(timeline: Timeline) -> list[tuple[str, str, str]]:
    """Say of a timeline's one cell on which day what happens and how it is then."""
    found = []
    for event in timeline.events:
        (change,) = event.changes
        found.append((event.date.isoformat(), change.kind.value, change.after.coverage.value))
    return found


def why(event: Event) -> list[tuple[str | None, str, str, str]]:
    """Say why an event happens: who, what, whose date, in which cells."""
    return [
        (cause.instrument, cause.kind.value, cause.subject.value, " ".join(map(str, cause.cells)))
        for cause in event.because
    ]


def test_without_dates_nothing_ever_happens() -> None:
    data = one_cell({}, observations={"role@level": "partial"})

    timeline = follow((data, ASK_ALL))

    assert timeline.events == ()
    assert tuple(timeline.begins) == tuple(build_matrix(data, ASK_ALL))
    assert [span.starts for span in timeline.spans()[CELL]] == [None]


def test_a_gap_of_one_day_is_told() -> None:
    data = one_cell({"ends": "2019-05-30"}, {"starts": "2019-06-01"})

    timeline = follow((data, ASK_ALL))

    assert steps(timeline) == [("2019-05-31", "opened", "none"), ("2019-06-01", "closed", "full")]
    assert [(span.starts, span.coverage) for span in timeline.spans()[CELL]] == [
        (None, FULL),
        (date(2019, 5, 31), NONE),
        (date(2019, 6, 1), FULL),
    ]


def test_one_that_follows_another_the_next_day_is_one_event_with_two_causes() -> None:
    data = one_cell({"starts": "2019-06-01"}, {"ends": "2019-05-31"})

    timeline = follow((data, ASK_ALL))

    (event,) = timeline.events
    assert steps(timeline) == [("2019-06-01", "changed", "full")]
    assert (event.changes[0].before.instruments, event.changes[0].after.instruments) == (
        ("b",),
        ("a",),
    )
    assert why(event) == [
        ("a", "starts", "instrument", "role@level"),
        ("b", "ends", "instrument", "role@level"),
    ]
    assert len(timeline.spans()[CELL]) == 1


def test_two_that_hold_on_one_day_together_are_three_events() -> None:
    data = one_cell({"ends": "2019-06-01"}, {"starts": "2019-06-01"})

    timeline = follow((data, ASK_ALL))

    assert steps(timeline) == [
        ("2019-06-01", "changed", "full"),
        ("2019-06-02", "changed", "full"),
    ]
    assert [event.changes[0].after.instruments for event in timeline.events] == [
        ("a", "b"),
        ("b",),
    ]


def test_a_statement_of_one_day_closes_and_opens_its_cell() -> None:
    data = one_cell({"starts": "2020-02-29", "ends": "2020-02-29"})

    timeline = follow((data, ASK_ALL))

    assert steps(timeline) == [("2020-02-29", "closed", "full"), ("2020-03-01", "opened", "none")]


def test_a_statement_whose_periods_do_not_meet_never_holds() -> None:
    data = one_cell({"starts": "2020", "covers": {"role@level": {"ends": "2019"}}})

    timeline = follow((data, ASK_ALL))

    assert (timeline.events, tuple(timeline.begins)) == ((), (Rating(CELL, NONE),))


def test_an_event_follows_only_where_something_can_be_seen() -> None:
    # That the cell no longer rests on a, or that another note is told, is no change.
    data = one_cell(
        {"covers": {"role@level": {"note": "old"}}, "ends": "2021"},
        observations={"role@level": {"starts": "2019", "note": "new"}},
    )

    timeline = follow((data, ASK_ALL))

    assert timeline.begins.ratings[CELL] == Rating(CELL, FULL, ("a",), ("a",), ("old",))
    (event,) = timeline.events
    assert event.date == date(2022, 1, 1)
    assert event.changes == (
        CellChange(
            CELL,
            Rating(CELL, FULL, ("a",), notes=("old", "new")),
            Rating(CELL, FULL, notes=("new",)),
            ChangeKind.CHANGED,
        ),
    )


def test_it_begins_on_the_day_before_the_first_in_the_data() -> None:
    data = one_cell({"starts": "2019-06-01"}, {"ends": "2018-12-31"}, as_of="2030-01-01")

    begins = follow((data, ASK_ALL)).begins

    assert begins.query.as_of == date(2018, 12, 31)
    assert tuple(begins) == (Rating(CELL, FULL, ("b",), ("b",)),)


def test_it_begins_on_the_day_before_the_first_that_is_asked_for() -> None:
    data = one_cell({"starts": "2019-06-01"}, {"ends": "2018-12-31"})

    timeline = follow((data, ASK_ALL), date(2019, 6, 1), date(2019, 6, 1))

    assert timeline.begins.query.as_of == date(2019, 5, 31)
    assert tuple(timeline.begins) == (Rating(CELL, NONE),)
    assert steps(timeline) == [("2019-06-01", "closed", "full")]


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (None, None, ["2019-01-01", "2020-01-01", "2021-01-01"]),
        ("2019-01-01", "2021-01-01", ["2019-01-01", "2020-01-01", "2021-01-01"]),
        ("2019-01-02", "2020-12-31", ["2020-01-01"]),
        ("2020-01-01", "2020-01-01", ["2020-01-01"]),
        ("2021-01-01", None, ["2021-01-01"]),
        ("2021-01-02", None, []),
        (None, "2018-12-31", []),
        (None, "2019-01-01", ["2019-01-01"]),
        ("2021-01-01", "2019-01-01", []),
        ("0001-01-01", "9999-12-31", ["2019-01-01", "2020-01-01", "2021-01-01"]),
    ],
)
def test_a_window_holds_its_first_and_its_last_day(
    first: str | None, last: str | None, days: list[str]
) -> None:
    data = one_cell({"starts": "2019", "ends": "2020"}, {"starts": "2020"})

    timeline = follow(
        (data, ASK_ALL),
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) if last else None,
    )

    assert [event.date.isoformat() for event in timeline.events] == days


def test_what_holds_since_the_first_of_all_days_is_there_when_it_begins() -> None:
    data = one_cell({"starts": "0001-01-01", "ends": "0001-01-01"})

    timeline = follow((data, ASK_ALL))

    assert timeline.begins.query.as_of == date.min
    assert tuple(timeline.begins) == (Rating(CELL, FULL, ("a",), ("a",)),)
    assert steps(timeline) == [("0001-01-02", "opened", "none")]
    assert follow((data, ASK_ALL), date.min, date.max) == replace(
        timeline, first=date.min, last=date.max
    )


def test_what_holds_on_the_last_of_all_days_happens_then_and_does_not_end() -> None:
    data = one_cell({"starts": "9999-12-31", "ends": "9999-12-31"})

    timeline = follow((data, ASK_ALL))

    assert steps(timeline) == [("9999-12-31", "closed", "full")]
    assert timeline.begins.query.as_of == date(9999, 12, 30)


def test_what_always_holds_by_its_dates_is_as_if_it_had_none() -> None:
    data = one_cell({"starts": "0001", "ends": "9999"})

    timeline = follow((data, ASK_ALL))

    assert timeline.events == ()
    assert tuple(timeline.begins) == (Rating(CELL, FULL, ("a",), ("a",)),)


def test_every_single_day_of_three_years_is_as_its_matrix_says() -> None:
    data = dataset_of({
        "levels": ["eu", {"id": "country", "territories": ["AT", "BE", "RO"]}],
        "roles": ["one", "two"],
        "instruments": [
            {"id": "a", "starts": "2018-02", "ends": "2019-08-30", "covers": {
                "one@eu": "full",
                "one@country": {"territories": ["AT", "BE"], "ends": "2019-06"},
            }},
            {"id": "b", "covers": {
                "one@eu": {"extent": "partial", "starts": "2018-12-31"},
                "one@country": {"territories": {"except": ["AT"]}, "starts": "2018-07-15", "ends": "2020-02"},
                "two@country": {"extent": "partial", "ends": "2018"},
            }},
            {"id": "c", "starts": "2019", "ends": "2019", "covers": {
                "one@country": {"extent": "partial", "territories": ["RO", "AT"]},
                "two@eu": "full",
            }},
        ],
        "observations": {"two@country": {"extent": "partial", "starts": "2018-06", "ends": "2019-02-28"}},
        "assessed": {"two@country": ["AT"]},
    })  # fmt: skip
    days = [date(2017, 12, 31) + n * DAY for n in range(3 * 365)]

    timeline = follow((data, ASK_ALL))

    for day in days:
        assert seen(replay(timeline, day).values()) == seen(matrix_on((data, ASK_ALL), day))
    matrices = [matrix_on((data, ASK_ALL), day) for day in days]
    assert [event.date for event in timeline.events] == [
        after.query.as_of for before, after in pairwise(matrices) if compare(before, after).changes
    ]


# By hand: what happens


def test_a_cell_adds_up_territories_as_they_come_and_go() -> None:
    data = located(
        {"ends": "2019", "covers": {"role@level": {"territories": ["AT", "BE"]}}},
        {"starts": "2018", "covers": {"role@level": {"territories": ["BE", "RO"]}}},
    )

    timeline = follow((data, ASK_ALL))

    assert steps(timeline) == [
        ("2018-01-01", "closed", "full"),
        ("2020-01-01", "opened", "partial"),
    ]
    assert [event.changes[0].after.share for event in timeline.events] == [
        of_countries(3, 0, 3, 0, ()),
        of_countries(2, 0, 3, 0, ("AT",)),
    ]


def test_a_cell_of_which_somebody_knows_something_at_last_is_no_regression() -> None:
    data = located(
        {"starts": "2019", "ends": "2020", "covers": {"role@level": {"territories": ["RO"]}}},
        assessed={"level": ["AT"]},
    )

    timeline = follow((data, Query(place="RO")))

    assert steps(timeline) == [
        ("2019-01-01", "assessment", "full"),
        ("2021-01-01", "assessment", "unknown"),
    ]
    assert [event.changes[0].is_regression for event in timeline.events] == [False, True]


def test_a_span_ends_where_another_number_of_territories_is_unknown() -> None:
    data = located(
        {"covers": {"role@level": {"territories": ["AT"]}}},
        {"starts": "2019", "ends": "2020", "covers": {"role@level": {"territories": ["RO"]}}},
        {"starts": "2019-07", "covers": {"role@level": {"territories": ["AT"]}}},
        assessed={"level": ["AT"]},
    )

    spans = follow((data, ASK_ALL)).spans()

    assert spans[CELL] == (
        Span(None, FULL, unknown=2),
        Span(date(2019, 1, 1), FULL, unknown=1),
        Span(date(2021, 1, 1), FULL, unknown=2),
    )


def test_then_counts_all_cells_that_are_shown() -> None:
    data = dataset_of({
        "levels": ["eu", "region"],
        "roles": ["one", "two"],
        "instruments": [
            {"id": "a", "ends": "2019", "covers": {"one@eu": "full", "one@region": "full"}},
            {"id": "b", "covers": {"one@region": "partial", "two@region": "full"}},
        ],
    })  # fmt: skip
    matrix = build_matrix(data, ASK_ALL)

    (event,) = build_timeline(matrix).events
    (of_one_level,) = build_timeline(matrix.select([], ["region"])).events
    nothing = build_timeline(matrix.select(["two"], [])).events

    assert event.then == Summary(cells=4, full=1, partial=1, none=2, unknown=0)
    assert of_one_level.then == Summary(cells=2, full=1, partial=1, none=0, unknown=0)
    assert nothing == ()


# By hand: why


FIVE = ("one@eu", "one@country", "one@region", "two@eu", "two@region")


def wide(*instruments: object, **more: object) -> Dataset:
    """Make a dataset of two roles at three levels, of which the countries have territories."""
    return dataset_of({
        "levels": ["eu", {"id": "country", "territories": ["AT", "BG"]}, "region"],
        "roles": ["one", "two"],
        "instruments": instruments,
        **more,
    })  # fmt: skip


def test_an_instrument_in_five_cells_is_named_once_with_its_cells_in_their_order() -> None:
    data = wide({"id": "a", "ends": "2020", "covers": dict.fromkeys(reversed(FIVE), "full")})

    (event,) = follow((data, ASK_ALL)).events

    assert why(event) == [("a", "ends", "instrument", " ".join(FIVE))]
    assert [str(change.cell) for change in event.changes] == list(FIVE)


def test_of_an_instrument_only_cells_that_are_shown_are_named() -> None:
    data = wide({"id": "a", "ends": "2020", "covers": dict.fromkeys(FIVE, "full")})

    (event,) = build_timeline(build_matrix(data, ASK_ALL).select(["two"], [])).events

    assert why(event) == [("a", "ends", "instrument", "two@eu two@region")]


def test_a_date_of_a_cover_s_own_is_told_beside_its_instrument_s() -> None:
    data = wide({
        "id": "a",
        "starts": "2019",
        "covers": {
            "two@eu": {"starts": "2020"},
            "one@eu": "full",
            "one@region": {"starts": "2020"},
            "one@country": {"ends": "2019"},
        },
    })  # fmt: skip

    first, second = follow((data, ASK_ALL)).events

    assert why(first) == [("a", "starts", "instrument", "one@eu one@country")]
    assert why(second) == [
        ("a", "starts", "cover", "one@region two@eu"),
        ("a", "ends", "cover", "one@country"),
    ]


def test_an_instrument_s_date_and_a_cover_s_may_fall_on_one_day() -> None:
    data = wide({
        "id": "a",
        "ends": "2019",
        "covers": {"one@eu": "full", "two@eu": {"starts": "2019"}, "one@region": {"ends": "2019-12-31"}},
    }, {
        "id": "b",
        "covers": {"one@eu": {"starts": "2020"}, "two@region": {"starts": "2020"}},
    })  # fmt: skip

    start, end = follow((data, ASK_ALL)).events

    assert why(start) == [("a", "starts", "cover", "two@eu")]
    assert why(end) == [
        ("a", "ends", "instrument", "one@eu one@region two@eu"),
        ("b", "starts", "cover", "one@eu two@region"),
    ]


def test_an_observation_is_a_cause_that_names_no_instrument() -> None:
    data = wide(observations={
        "two@eu": {"extent": "partial", "starts": "2019"},
        "one@country": {"extent": "partial", "starts": "2019", "ends": "2019"},
    })  # fmt: skip

    first, second = follow((data, ASK_ALL)).events

    assert why(first) == [(None, "starts", "observation", "one@country two@eu")]
    assert why(second) == [(None, "ends", "observation", "one@country")]
    assert second.because[0].kind is EventKind.ENDS
    assert second.because[0].subject is Subject.OBSERVATION


def test_causes_are_in_file_order_and_observations_last() -> None:
    data = wide(
        {"id": "z", "starts": "2020", "covers": {"two@region": "full"}},
        {"id": "m", "ends": "2019", "covers": {"one@eu": "full"}},
        {"id": "a", "starts": "2020", "covers": {"one@country": "full"}},
        observations={"one@eu": {"extent": "partial", "starts": "2020"}},
    )

    (event,) = follow((data, ASK_ALL)).events

    assert why(event) == [
        ("z", "starts", "instrument", "two@region"),
        ("m", "ends", "instrument", "one@eu"),
        ("a", "starts", "instrument", "one@country"),
        (None, "starts", "observation", "one@eu"),
    ]
    assert [str(change.cell) for change in event.changes] == [
        "one@eu",
        "one@country",
        "two@region",
    ]


def test_what_turns_in_a_cell_that_stays_as_it_is_is_no_cause() -> None:
    # one@eu is full with and without what is observed; one@region is not.
    data = wide(
        {"id": "a", "covers": {"one@eu": "full"}},
        observations={"one@eu": {"starts": "2019"}, "one@region": {"starts": "2019"}},
    )

    (event,) = follow((data, ASK_ALL)).events

    assert why(event) == [(None, "starts", "observation", "one@region")]


def test_an_instrument_elsewhere_than_asked_for_is_no_cause() -> None:
    def cover(code: str) -> dict[str, object]:
        return {"one@country": {"territories": [code]}}

    data = wide(
        {"id": "always", "covers": cover("BG")},
        {"id": "elsewhere", "starts": "2019", "covers": cover("AT")},
        {"id": "here", "starts": "2019", "covers": cover("BG")},
        {"id": "all-but", "starts": "2019", "covers": {"one@country": {"territories": {"except": ["BG"]}}}},
    )  # fmt: skip

    (event,) = follow((data, Query(place="BG"))).events

    assert why(event) == [("here", "starts", "instrument", "one@country")]


def test_what_happens_elsewhere_than_asked_for_is_no_event() -> None:
    data = wide(
        {"id": "always", "covers": {"one@country": {"territories": ["BG"]}}},
        {"id": "elsewhere", "starts": "2019", "covers": {"one@country": {"territories": ["AT"]}}},
    )

    assert follow((data, Query(place="BG"))).events == ()


def test_what_the_query_leaves_out_is_neither_event_nor_cause() -> None:
    cover = {"one@eu": "full"}
    data = wide(
        {"id": "planned", "status": "planned", "starts": "2019", "covers": cover},
        {"id": "without", "starts": "2019", "covers": cover},
        {"id": "other-kind", "kind": "forum", "starts": "2019", "covers": cover},
        {"id": "counts", "kind": "fund", "starts": "2019", "covers": cover},
    )

    (event,) = follow((data, Query(without=("without",), kinds=("fund",)))).events

    assert why(event) == [("counts", "starts", "instrument", "one@eu")]
    assert event.changes[0].after.instruments == ("counts",)


# By hand: progress


def test_progress_counts_days_and_also_those_on_which_no_cell_changes() -> None:
    data = wide(
        {"id": "a", "starts": "2018", "covers": {"one@eu": "full"}},
        {"id": "b", "starts": "2019", "covers": {"two@eu": "full"}},
        {"id": "c", "starts": "2019", "ends": "2019", "covers": {"one@eu": "full"}},
    )
    shown = build_matrix(data, ASK_ALL).select(["two"], [])
    told = list[tuple[int, int]]()

    timeline = build_timeline(shown, progress=lambda *numbers: told.append(numbers))

    assert told == [(1, 3), (2, 3), (3, 3)]
    assert [event.date.year for event in timeline.events] == [2019]


def test_where_there_are_no_days_no_progress_is_told() -> None:
    told = list[tuple[int, int]]()

    build_timeline(build_matrix(one_cell({}), ASK_ALL), progress=lambda *n: told.append(n))

    assert told == []


# The deck


@pytest.fixture(scope="module")
def deck() -> Dataset:
    return load_dataset(find_files(DATA)).dataset


@pytest.fixture(scope="module")
def deck_over_the_years(deck: Dataset) -> Timeline:
    return follow((deck, ASK_ALL))


def on(timeline: Timeline, day: str) -> Event:
    """Find the event of a day."""
    (event,) = (event for event in timeline.events if event.date.isoformat() == day)
    return event


def lost(event: Event) -> dict[str, set[str]]:
    """Say which instruments each cell loses."""
    return {
        str(change.cell): set(change.before.instruments) - set(change.after.instruments)
        for change in event.changes
    }


def test_the_deck_changes_when_an_instrument_that_covers_a_cell_starts_or_ends(
    deck_over_the_years: Timeline,
) -> None:
    assert [
        (event.date.isoformat(), *(cause.instrument for cause in event.because))
        for event in deck_over_the_years.events
    ] == [
        ("2009-12-01", "kic", "kic-climate"),
        ("2011-01-01", "s3-approaches", "jrc-s3-platform"),
        ("2014-01-01", "h2020", "structural-funds", "interreg"),
        ("2014-12-01", "kic-raw-materials"),
        ("2015-01-01", "eccp", "jrc-tp"),
        ("2016-01-01", "escp"),
        ("2016-04-01", "dih"),
        ("2018-02-22", "european-cluster-policy-forum"),
        ("2021-01-01", "h2020", "structural-funds", "interreg", "innosup"),
        ("2025-01-01", "kic-climate"),
    ]


def test_the_deck_loses_four_programmes_with_the_year_2020(deck_over_the_years: Timeline) -> None:
    event = on(deck_over_the_years, "2021-01-01")

    assert why(event) == [
        ("h2020", "ends", "instrument", "business-driven-innovation@eu"),
        ("structural-funds", "ends", "instrument",
         "business-driven-innovation@country business-driven-innovation@region new-industrial-value-chains@country"),
        ("interreg", "ends", "instrument",
         "internationalisation@region new-industrial-value-chains@region circular-economy@region"),
        ("innosup", "ends", "instrument", "new-industrial-value-chains@eu circular-economy@eu"),
    ]  # fmt: skip


def test_nine_cells_of_the_deck_lose_a_programme_and_three_are_left_with_none(
    deck_over_the_years: Timeline,
) -> None:
    event = on(deck_over_the_years, "2021-01-01")

    assert lost(event) == {
        "business-driven-innovation@eu": {"h2020"},
        "business-driven-innovation@country": {"structural-funds"},
        "business-driven-innovation@region": {"structural-funds"},
        "internationalisation@region": {"interreg"},
        "new-industrial-value-chains@eu": {"innosup"},
        "new-industrial-value-chains@country": {"structural-funds"},
        "new-industrial-value-chains@region": {"interreg"},
        "circular-economy@eu": {"innosup"},
        "circular-economy@region": {"interreg"},
    }
    opened = [change for change in event.changes if change.kind is ChangeKind.OPENED]
    assert [str(change.cell) for change in opened] == [
        "internationalisation@region",
        "new-industrial-value-chains@eu",
        "new-industrial-value-chains@region",
    ]
    assert {change.after.coverage for change in opened} == {NONE}
    assert {change.kind for change in event.changes} == {ChangeKind.OPENED, ChangeKind.CHANGED}
    # 13 full, 3 partial and 2 none on the deck's day.
    assert event.then == Summary(cells=18, full=10, partial=3, none=5, unknown=0)


def test_the_deck_is_as_it_says_on_its_day(deck: Dataset, deck_over_the_years: Timeline) -> None:
    assert on(deck_over_the_years, "2018-02-22").then == Summary(18, 13, 3, 2, 0)
    assert seen(replay(deck_over_the_years, date(2019, 5, 31)).values()) == seen(
        build_matrix(deck, ASK_ALL)
    )


def test_without_innosup_the_deck_loses_three_programmes(deck: Dataset) -> None:
    event = on(follow((deck, Query(without=("innosup",)))), "2021-01-01")

    assert [cause.instrument for cause in event.because] == [
        "h2020",
        "structural-funds",
        "interreg",
    ]
    assert "new-industrial-value-chains@eu" not in lost(event)
    assert "circular-economy@eu" not in lost(event)
