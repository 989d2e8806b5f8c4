"""Winding down: the timeline's days on which instruments stop committing, and cells that only such instruments cover in full."""

import copy
import dataclasses
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.explain import statements_of
from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.analysis.report import build_gap_map
from clustergap.analysis.risks import Risk, RiskKind, find_risks
from clustergap.analysis.statement_events import DAY, EventKind
from clustergap.analysis.timeline import Event, build_timeline
from clustergap.analysis.units import units_by_level
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.model.statement import Extent
from dated_strategies import DAYS, Asked, days_around, eras
from strategies import dataset_of

STOPPED = date(2028, 1, 1)
ENDED = date(2031, 1, 1)

SMP: dict[str, object] = {"id": "smp", "commits_until": "2027", "ends": "2030"}


def programmes(*instruments: dict[str, object], **more: object) -> Dataset:
    """Make a dataset of the cells role@eu and role@country, of which countries are AT and BE."""
    levels = ["eu", {"id": "country", "territories": ["AT", "BE"]}]
    return dataset_of({"levels": levels, "instruments": instruments, **more})


def full(instrument: dict[str, object] | str, **more: object) -> dict[str, object]:
    """Write an instrument that covers role@eu."""
    keys = {"id": instrument} if isinstance(instrument, str) else instrument
    return {**keys, "covers": {"role@eu": "full"}, **more}


# The timeline


def events(dataset: Dataset, query: Query = Query()) -> tuple[Event, ...]:  # noqa: B008 - it is frozen
    """Follow all cells."""
    return build_timeline(build_matrix(dataset, query)).events


def stops(dataset: Dataset, query: Query = Query()) -> list[tuple[date, str | None]]:  # noqa: B008 - it is frozen
    """Return the days on which instruments stop committing, with their ids."""
    return [
        (event.date, cause.instrument)
        for event in events(dataset, query)
        for cause in event.because
        if cause.kind is EventKind.STOPS_COMMITTING
    ]


def test_the_day_after_the_last_for_commitments_is_an_event_that_changes_no_cell() -> None:
    stopped, ended = events(programmes(full(SMP)))

    assert (stopped.date, stopped.changes, stopped.then.full) == (STOPPED, (), 1)
    assert [(one.instrument, one.kind, one.cells) for one in stopped.because] == [
        ("smp", EventKind.STOPS_COMMITTING, ())
    ]
    assert (ended.date, ended.then.full) == (ENDED, 0)


def test_on_a_day_on_which_cells_change_it_is_told_after_what_changes_them() -> None:
    (event, _) = events(programmes(full(SMP), full("a", ends="2027")))

    assert [(one.instrument, one.kind) for one in event.because] == [
        ("a", EventKind.ENDS),
        ("smp", EventKind.STOPS_COMMITTING),
    ]
    assert len(event.changes) == 1


@pytest.mark.parametrize("ends", [{"ends": "2027"}, {"ends": None, "part_of": "h"}])
def test_what_commits_until_it_ends_only_ends(ends: dict[str, object]) -> None:
    whole: dict[str, object] = {"id": "h", "ends": "2027"}

    assert stops(programmes(whole, full(SMP, **ends))) == []


def test_what_never_ends_may_stop_committing() -> None:
    assert stops(programmes(full(SMP, ends=None))) == [(STOPPED, "smp")]


@pytest.mark.parametrize(
    "chain",
    [
        [full("a", funded_by=["smp"])],
        [full("a", part_of="smp")],
        [full("a", part_of="b"), {"id": "b", "funded_by": ["smp"]}],
    ],
)
def test_a_programme_that_only_carries_what_serves_a_cell_stops_too(
    chain: list[dict[str, object]],
) -> None:
    assert stops(programmes(SMP, *chain)) == [(STOPPED, "smp")]


def test_what_serves_nothing_and_carries_nothing_is_not_told() -> None:
    assert stops(programmes(SMP, full("a"), {"id": "b", "part_of": "smp"})) == []


def test_what_serves_only_another_place_is_not_told() -> None:
    dataset = programmes({**SMP, "covers": {"role@country": {"territories": ["AT"]}}})

    assert stops(dataset, Query(place="AT")) == [(STOPPED, "smp")]
    assert stops(dataset, Query(place="BE")) == []


def test_what_serves_only_a_level_that_is_not_shown_is_not_told() -> None:
    matrix = build_matrix(programmes(full(SMP)), Query()).select((), ("country",))

    assert build_timeline(matrix).events == ()


@pytest.mark.parametrize(
    ("more", "query"),
    [
        ({"status": "planned"}, Query()),
        ({}, Query(without=("smp",))),
        ({"targets": ["t"]}, Query(target="u")),
    ],
)
def test_what_the_query_leaves_out_is_not_told(more: dict[str, object], query: Query) -> None:
    assert stops(programmes(full(SMP, **more)), query) == []


def test_a_window_shows_those_within_it_and_begins_before_its_first_day() -> None:
    matrix = build_matrix(programmes(full(SMP)), Query())

    until = build_timeline(matrix, None, STOPPED)
    after = build_timeline(matrix, date(2028, 1, 2))

    assert [event.date for event in until.events] == [STOPPED]
    assert until.begins.query.as_of == date(2027, 12, 31)
    assert [event.date for event in after.events] == [ENDED]


def test_the_gap_map_stops_there() -> None:
    dataset = dataclasses.replace(programmes(full(SMP)), as_of=date(2025, 1, 1))

    snapshots = build_gap_map(build_matrix(dataset, Query())).snapshots

    assert snapshots.stops == (date(2025, 1, 1), date(2027, 12, 31), STOPPED, ENDED)


# Risks


def winding_down(dataset: Dataset, as_of: str, until: str) -> list[Risk]:
    """Return the risks of the kind."""
    query = Query(as_of=date.fromisoformat(as_of))
    risks = find_risks(build_matrix(dataset, query), date.fromisoformat(until), 99).risks
    return [risk for risk in risks if risk.kind is RiskKind.WINDING_DOWN]


@pytest.mark.parametrize(
    ("as_of", "until", "is_told"),
    [
        ("2025-01-01", "2027-12-31", False),
        ("2025-01-01", "2028-01-01", True),
        ("2028-01-01", "2028-06-01", True),
        ("2030-12-31", "2032-12-31", True),
        ("2031-01-01", "2032-12-31", False),
    ],
)
def test_a_cell_winds_down_from_when_its_end_is_near_until_it_is_a_gap(
    as_of: str, until: str, is_told: bool
) -> None:
    risks = winding_down(programmes(full(SMP)), as_of, until)

    assert [(str(risk.rating.cell), risk.instruments, risk.day) for risk in risks] == (
        [("role@eu", ("smp",), STOPPED)] * is_told
    )


def test_all_that_cover_it_in_full_must_have_stopped() -> None:
    both = programmes(full(SMP), full("later", commits_until="2028-06"))
    one = programmes(full(SMP), full("open"))

    (risk,) = winding_down(both, "2025-01-01", "2029-01-01")

    assert (risk.instruments, risk.day) == (("smp", "later"), date(2028, 7, 1))
    assert winding_down(both, "2025-01-01", "2028-06-30") == []
    assert winding_down(one, "2025-01-01", "2029-01-01") == []


def test_what_covers_it_in_part_does_not_matter() -> None:
    partly: dict[str, object] = {"id": "a", "covers": {"role@eu": "partial"}}

    assert winding_down(programmes(full(SMP), partly), "2025-01-01", "2029-01-01")


def test_what_somebody_observed_does_not_wind_down() -> None:
    dataset = programmes(full(SMP), observations={"role@eu": "full"})

    assert winding_down(dataset, "2025-01-01", "2029-01-01") == []


def test_the_day_is_not_inherited() -> None:
    assert (
        winding_down(programmes(SMP, full("a", part_of="smp")), "2025-01-01", "2029-01-01") == []
    )


def test_one_that_starts_on_the_day_takes_over() -> None:
    dataset = programmes(full(SMP), full("next", starts="2028"))

    assert winding_down(dataset, "2025-01-01", "2029-01-01") == []


def test_one_that_starts_later_leaves_days_without_commitments() -> None:
    dataset = programmes(full(SMP), full("next", starts="2028-02"))

    assert [risk.day for risk in winding_down(dataset, "2025-01-01", "2029-01-01")] == [STOPPED]


def test_one_that_has_ended_before_no_longer_counts() -> None:
    dataset = programmes(full(SMP), full("a", ends="2028-05"))

    (risk,) = winding_down(dataset, "2025-01-01", "2029-01-01")

    assert (risk.instruments, risk.day) == (("smp",), date(2028, 6, 1))


def test_a_cell_that_is_a_gap_by_then_does_not_wind_down() -> None:
    other: dict[str, object]
    other = {"id": "a", "ends": "2026", "covers": {"role@country": {"territories": ["BE"]}}}
    dataset = programmes({**SMP, "covers": {"role@country": {"territories": ["AT"]}}}, other)

    assert winding_down(dataset, "2025-01-01", "2029-01-01") == []


def test_statements_of_one_instrument_stop_together() -> None:
    covers = {"role@country": [{"territories": ["AT"]}, {"territories": ["BE"], "ends": "2029"}]}

    (risk,) = winding_down(programmes({**SMP, "covers": covers}), "2025-01-01", "2029-01-01")

    assert risk.instruments == ("smp",)


@pytest.mark.parametrize(
    ("instrument", "unjudged"),
    [
        (full(SMP), (RiskKind.ENDING, RiskKind.WINDING_DOWN)),
        (full("a", ends="2030"), (RiskKind.ENDING,)),
    ],
)
def test_without_a_day_it_is_not_judged(
    instrument: dict[str, object], unjudged: tuple[RiskKind, ...]
) -> None:
    risks = find_risks(build_matrix(programmes(instrument), Query()), None, 99)

    assert risks.unjudged == unjudged
    assert RiskKind.WINDING_DOWN not in {risk.kind for risk in risks.risks}


# Laws


def stopping(dataset: Dataset, days: Sequence[date | None]) -> Dataset:
    """Let the instruments of a dataset stop committing on these days."""
    instruments = tuple(map(copy.copy, dataset.instruments))
    for instrument, day in zip(instruments, days, strict=True):
        object.__setattr__(instrument, "commits_until", day)
    return dataclasses.replace(dataset, instruments=instruments)


@st.composite
def committing(draw: st.DrawFn) -> Asked:
    """Draw a dataset in which instruments may stop committing, and a question of a day of it about all places."""
    dataset, query = draw(eras())
    days = st.none() | st.sampled_from([date.fromisoformat(day) for day in DAYS])
    dataset = stopping(dataset, [draw(days) for _ in dataset.instruments])
    today = draw(st.sampled_from(days_around(dataset)))
    return dataset, dataclasses.replace(query, place=None, as_of=today)


@given(committing())
def test_to_stop_committing_changes_no_cell_on_any_day(asked: Asked) -> None:
    dataset, query = asked
    timeline = build_timeline(build_matrix(dataset, query))
    without = stopping(dataset, [None] * len(dataset.instruments))

    changing = [(event.date, event.changes) for event in timeline.events if event.changes]

    assert changing == [
        (event.date, event.changes)
        for event in build_timeline(build_matrix(without, query)).events
    ]


@given(committing(), st.sampled_from(DAYS))
def test_what_winds_down_is_what_looking_at_every_day_finds(asked: Asked, until: str) -> None:
    dataset, query = asked
    last, today = date.fromisoformat(until), query.as_of
    assert today is not None
    found = find_risks(build_matrix(dataset, query), last, 99).risks if today <= last else ()

    assert {
        risk.rating.cell: (risk.day, risk.instruments)
        for risk in found
        if risk.kind is RiskKind.WINDING_DOWN
    } == (slowly(dataset, query, today, last) if today <= last else {})


def slowly(
    dataset: Dataset, query: Query, today: date, last: date
) -> dict[Cell, tuple[date, tuple[str, ...]]]:
    """Look at every day on which something may change."""
    stops = {
        instrument.id: instrument.commits_until + DAY
        for instrument in dataset.instruments
        if instrument.commits_until is not None and instrument.commits_until < date.max
    }
    full = {
        rating.cell for rating in build_matrix(dataset, query) if rating.coverage is Coverage.FULL
    }
    found: dict[Cell, tuple[date, tuple[str, ...]]] = {}
    for day in sorted({today, *days_around(dataset), *stops.values()}):
        matrix = build_matrix(dataset, dataclasses.replace(query, as_of=day))
        for cell in full - found.keys() if today <= day <= last else ():
            covering = coverers(matrix, cell)
            is_full = matrix.ratings[cell].coverage is Coverage.FULL
            if is_full and all(id_ in stops and stops[id_] <= day for id_ in covering):
                ids = tuple(id_ for id_ in covering if id_)
                first = max(stops[id_] for id_ in ids) if day == today else day
                found[cell] = first, ids
    return found


def coverers(matrix: Matrix, cell: Cell) -> list[str | None]:
    """Return the ids of what covers a cell in full somewhere, in file order; None for observations."""
    units = units_by_level(matrix.dataset, None)[cell.level]
    records = [
        record
        for record in statements_of(matrix.dataset, matrix.query, cell)
        if not record.why_not and record.statement.extent is Extent.FULL
        if record.statement.territories is None or units.of(record.statement.territories)
    ]
    return list(
        dict.fromkeys(record.instrument.id if record.instrument else None for record in records)
    )
