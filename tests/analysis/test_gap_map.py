"""Every state that a page can show, against the matrix of that day and kind; and which days and kinds there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import oracle
from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.explain import explain_cell
from clustergap.analysis.matrix import build_matrix
from clustergap.analysis.report import GapMap, Snapshot, Snapshots, build_gap_map, build_snapshots
from clustergap.analysis.swot import EvidenceFinder, EvidenceLink, build_swot
from clustergap.analysis.timeline import build_timeline
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Level
from clustergap.model.places import Group
from clustergap.model.query import Query
from clustergap.model.swot import Quadrant
from clustergap.reference.territories import COUNTRIES
from dated_strategies import DAY, Asked, days_around
from shares import of_regions
from snapshot_questions import asked, question_at
from strategies import Document, dataset_of

FULL, PARTIAL, NONE, UNKNOWN = Coverage.FULL, Coverage.PARTIAL, Coverage.NONE, Coverage.UNKNOWN

# Questions by chance


@st.composite
def surveyed(draw: st.DrawFn) -> Snapshots:
    """Draw a question of some or all levels and roles, and rate its states."""
    dataset, query = draw(asked())
    roles = draw(st.sampled_from(([], [dataset.roles[0].id])))
    levels = draw(st.sampled_from(([], [dataset.levels[-1].id])))
    return build_snapshots(build_matrix(dataset, query).select(roles, levels))


def seen_on(states: Snapshots, kind: int, day: date | None, cell: Cell) -> Snapshot:
    """Say how a cell is, as separate questions would: one of the whole, and one of each place."""
    dataset, query = states.matrix.dataset, question_at(states, kind, day)
    rating = build_matrix(dataset, query).ratings[cell]
    level = next(level for level in dataset.levels if level.id == cell.level)
    units = shown_of(dataset, level, query.place)
    return Snapshot(
        rating,
        oracle.is_observed(dataset, query, cell),
        exceptions_of(states, query, rating),
        EvidenceFinder(dataset).find(cell, rating.instruments),
        tuple(coverage_in(dataset, query, cell, [code]) for code in units),
        tuple(coverage_in(dataset, query, cell, codes) for codes in tiles_of(units).values()),
    )


def exceptions_of(states: Snapshots, query: Query, rating: Rating) -> tuple[int, ...]:
    """List the statements that count although not all of their instrument do, or the other way round."""
    dataset, cell = states.matrix.dataset, rating.cell
    if cell not in {shown.cell for shown in states.matrix}:
        return ()
    speakers = {*rating.instruments, *([None] * oracle.is_observed(dataset, query, cell))}
    behind = oracle.statements_behind(dataset, query, cell)
    return tuple(
        index for index, (id_, counts) in enumerate(behind) if counts is not (id_ in speakers)
    )


def coverage_in(dataset: Dataset, query: Query, cell: Cell, units: Sequence[str]) -> Coverage:
    """Say how a cell is covered in some units together, by the data model's page alone."""
    together = Group(id="these", name="These", territories=tuple(units))
    grouped = replace(dataset, groups=(*dataset.groups, together))
    return Coverage(oracle.rate(grouped, replace(query, place="these"), cell).coverage)


def shown_of(dataset: Dataset, level: Level, place: str | None) -> list[str]:
    """List the units that are shown."""
    units = oracle.units_of(level, place, dataset.groups)
    return [code for code in units if code != oracle.NAMELESS]


def tiles_of(units: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Sort units that are shown by their country; what lies in none stands for itself."""
    tiles: dict[str, list[str]] = {}
    for code in units:
        country = code[:2]
        is_in_one = country in COUNTRIES and oracle.lies_within(f"{code}-A", country)
        tiles.setdefault(country if is_in_one else code, []).append(code)
    return tiles


def dated_stops(states: Snapshots) -> list[date]:
    """List the stops but for the one that ignores dates."""
    return [day for day in states.stops if day is not None]


def stop_for(states: Snapshots, day: date) -> int:
    """Return the last stop up to a day, else the first of all: before it nothing is otherwise."""
    dated = dated_stops(states)
    before = [number for number, stop in enumerate(dated) if stop <= day]
    return (before[-1] if before else 0) + len(states.stops) - len(dated)


# States


@given(st.data(), surveyed())
def test_a_state_at_a_stop_is_as_separate_questions_would_be_answered(
    data: st.DataObject, states: Snapshots
) -> None:
    kind = data.draw(st.integers(0, len(states.kinds) - 1))
    stop = data.draw(st.integers(0, len(states.stops) - 1))

    for cell in states.spans[kind]:
        assert states.at(kind, stop, cell) == seen_on(states, kind, states.stops[stop], cell)


@given(st.data(), surveyed())
def test_an_unknown_place_is_left_open_if_the_question_for_it_says_that_where_is_not_said(
    data: st.DataObject, states: Snapshots
) -> None:
    kind = data.draw(st.integers(0, len(states.kinds) - 1))
    stop = data.draw(st.integers(0, len(states.stops) - 1))
    dataset, query = states.matrix.dataset, question_at(states, kind, states.stops[stop])

    for cell in states.spans[kind]:
        state, places = states.at(kind, stop, cell), states.places[cell.level]
        for code, coverage in (
            *zip(places.units, state.units, strict=True),
            *zip(places.tiles, state.tiles, strict=True),
        ):
            if coverage is UNKNOWN:
                asked = replace(query, place=code if code in places.units else query.place or code)
                assert state.leaves_open_where == oracle.rate(dataset, asked, cell).where_not_said


@given(st.data(), surveyed())
def test_the_matrix_of_any_day_is_that_of_the_last_stop_before(
    data: st.DataObject, states: Snapshots
) -> None:
    kind = data.draw(st.integers(0, len(states.kinds) - 1))
    day = data.draw(st.sampled_from(days_around(states.matrix.dataset)))
    expected = build_matrix(states.matrix.dataset, question_at(states, kind, day))

    if dated_stops(states):
        stop = stop_for(states, day)
        for cell in (rating.cell for rating in states.matrix):
            assert states.at(kind, stop, cell).rating == expected.ratings[cell]


@given(st.data(), surveyed())
def test_the_caveats_at_a_stop_are_those_of_the_question_for_its_day(
    data: st.DataObject, states: Snapshots
) -> None:
    kind = data.draw(st.integers(0, len(states.kinds) - 1))
    stop = data.draw(st.integers(0, len(states.stops) - 1))
    query = question_at(states, kind, states.stops[stop])
    cells = [rating.cell for rating in states.matrix]

    expected = oracle.caveats(states.matrix.dataset, query, cells)

    assert states.caveats[kind][stop] == (
        expected.no_first_day,
        expected.seen_later,
        expected.no_last_day,
        expected.data_as_of,
    )


@given(surveyed())
def test_it_begins_with_the_matrix_itself(states: Snapshots) -> None:
    found = [states.at(0, states.start, rating.cell).rating for rating in states.matrix]

    assert found == list(states.matrix)


@given(surveyed())
def test_the_cells_are_those_of_the_roles_that_are_shown_at_all_levels(states: Snapshots) -> None:
    levels = states.matrix.dataset.levels
    expected = [Cell(role.id, level.id) for role in states.matrix.roles for level in levels]

    assert [list(spans) for spans in states.spans] == [expected] * len(states.kinds)


@given(surveyed())
def test_the_places_are_those_that_the_question_shows(states: Snapshots) -> None:
    dataset, place = states.matrix.dataset, states.matrix.query.place

    for level in dataset.levels:
        shown = shown_of(dataset, level, place)
        assert list(states.places[level.id].units) == shown
        assert list(states.places[level.id].tiles) == list(tiles_of(shown))


@given(surveyed())
def test_the_spans_of_a_cell_begin_at_the_first_stop_and_follow_each_other(
    states: Snapshots,
) -> None:
    for spans in (spans for kind in states.spans for spans in kind.values()):
        stops = [span.stop for span in spans]
        assert stops[0] == 0
        assert stops == sorted(set(stops))
        assert stops[-1] < len(states.stops)


@given(asked())
def test_the_order_of_cells_that_are_shown_changes_no_state(asked: Asked) -> None:
    whole = build_matrix(*asked)
    one = build_snapshots(whole.select([whole.roles[-1].id], [whole.levels[0].id]))
    all_ = build_snapshots(whole)
    cell = Cell(whole.roles[-1].id, whole.levels[0].id)

    assert one.kinds == all_.kinds
    for kind in range(len(one.kinds)):
        for number, stop in enumerate(one.stops):
            assert one.at(kind, number, cell) == all_.at(kind, all_stop(all_, stop), cell)


def all_stop(states: Snapshots, stop: date | None) -> int:
    """Find a stop of few cells among those of all."""
    return stop_for(states, stop) if stop is not None else 0


# Stops


@given(surveyed())
def test_the_stops_are_in_order_and_hold_the_matrix_own_day(states: Snapshots) -> None:
    own, dated = states.matrix.query.as_of, dated_stops(states)

    assert dated == sorted(set(dated))
    assert list(states.stops) == ([None] if own is None else []) + dated
    assert states.stops[states.start] == own


@given(surveyed())
def test_the_first_change_has_the_day_before_it(states: Snapshots) -> None:
    own, dated = states.matrix.query.as_of, dated_stops(states)
    changes = [day for day in dated if changes_on(states, day)]

    if changes:
        assert changes[0] - DAY in dated
        assert set(dated) == {*changes, changes[0] - DAY, *([own] if own else [])}
    else:
        assert dated == ([own] if own else [])


def changes_on(states: Snapshots, day: date) -> bool:
    """Tell whether a cell that is shown is otherwise on a day than on the day before, for any kind."""
    if day == date.min:
        return False
    return any(
        seen_on(states, kind, day, rating.cell) != seen_on(states, kind, day - DAY, rating.cell)
        for kind in range(len(states.kinds))
        for rating in states.matrix
    )


@given(surveyed())
def test_every_event_of_the_timeline_is_a_stop(states: Snapshots) -> None:
    days = {event.date for event in build_timeline(states.matrix).events}

    assert days <= set(states.stops)


# By hand


def of_role(*instruments: Document, **more: object) -> Dataset:
    """Make a dataset of the one cell role@eu."""
    filled = [{"covers": {"role@eu": "full"}, **one} for one in instruments]
    return dataset_of({"levels": ["eu"], "instruments": filled, **more})


def located(*instruments: Document, swot: Document | None = None, **more: object) -> Dataset:
    """Make a dataset of two countries and their regions, and of the EU, which has no units."""
    levels = [
        {"id": "country", "territories": ["AT", "RO"]},
        {"id": "region", "territories": ["AT11", "AT12", "RO11", "RO12"]},
        "eu",
    ]
    return dataset_of({"levels": levels, "instruments": instruments, **more}, swot)


def survey(
    dataset: Dataset, *, on: str | None = None, levels: tuple[str, ...] = (), **asked: object
) -> Snapshots:
    """Rate every state of a dataset under a question."""
    query = replace(Query(as_of=day(on) if on else None), **asked)  # type: ignore[arg-type]
    return build_snapshots(build_matrix(dataset, query).select((), levels))


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


def stops(states: Snapshots) -> list[str]:
    """Write the stops."""
    return [stop.isoformat() if stop else "any" for stop in states.stops]


def coverages(states: Snapshots, cell: str = "role@eu", kind: int = 0) -> list[str]:
    """Say how a cell is covered at each stop."""
    role, _, level = cell.partition("@")
    at = (
        states.at(kind, stop, Cell(role, level)).rating.coverage
        for stop in range(len(states.stops))
    )
    return [coverage.value for coverage in at]


FROM_2014_TO_2016 = {"id": "a", "starts": "2014-01-01", "ends": "2016-12-31"}


def test_without_dates_there_is_nothing_to_choose() -> None:
    states = survey(of_role({"id": "a"}))

    assert (stops(states), states.start, states.kinds) == (["any"], 0, (None,))
    assert coverages(states) == ["full"]


def test_without_dates_a_day_that_is_asked_for_is_the_only_one() -> None:
    states = survey(of_role({"id": "a"}), on="2020-06-30")

    assert (stops(states), states.start) == (["2020-06-30"], 0)


def test_where_dates_are_ignored_this_comes_before_all_days() -> None:
    states = survey(of_role(FROM_2014_TO_2016))

    assert stops(states) == ["any", "2013-12-31", "2014-01-01", "2017-01-01"]
    assert coverages(states) == ["full", "none", "full", "none"]
    assert states.start == 0


def test_the_day_of_the_dataset_is_the_matrix_own() -> None:
    states = survey(of_role(FROM_2014_TO_2016, as_of="2015-06-30"))

    assert stops(states) == ["2013-12-31", "2014-01-01", "2015-06-30", "2017-01-01"]
    assert coverages(states) == ["none", "full", "full", "none"]
    assert states.start == 2


@pytest.mark.parametrize(
    ("on", "expected", "start"),
    [
        ("2000-01-01", ["2000-01-01", "2013-12-31", "2014-01-01", "2017-01-01"], 0),
        ("2013-12-31", ["2013-12-31", "2014-01-01", "2017-01-01"], 0),
        ("2014-01-01", ["2013-12-31", "2014-01-01", "2017-01-01"], 1),
        ("2014-01-02", ["2013-12-31", "2014-01-01", "2014-01-02", "2017-01-01"], 2),
        ("2016-12-31", ["2013-12-31", "2014-01-01", "2016-12-31", "2017-01-01"], 2),
        ("2017-01-01", ["2013-12-31", "2014-01-01", "2017-01-01"], 2),
        ("2030-01-01", ["2013-12-31", "2014-01-01", "2017-01-01", "2030-01-01"], 3),
    ],
)
def test_the_stops_are_the_eve_of_the_first_change_the_changes_and_the_day_asked_for(
    on: str, expected: list[str], start: int
) -> None:
    states = survey(of_role(FROM_2014_TO_2016), on=on)

    assert (stops(states), states.start) == (expected, start)
    assert coverages(states) == [
        "full" if "2014-01-01" <= stop <= "2016-12-31" else "none" for stop in expected
    ]


def test_the_only_change_has_its_eve_also_on_the_day_asked_for() -> None:
    states = survey(of_role({"id": "a", "starts": "2014-01-01"}), on="2014-01-01")

    assert stops(states) == ["2013-12-31", "2014-01-01"]
    assert coverages(states) == ["none", "full"]


def test_what_holds_for_all_time_by_its_dates_changes_on_no_day() -> None:
    always = {"id": "a", "starts": "0001-01-01", "ends": "9999-12-31"}

    assert stops(survey(of_role(always))) == ["any"]
    assert coverages(survey(of_role(always), on="0001-01-01")) == ["full"]
    assert coverages(survey(of_role(always), on="9999-12-31")) == ["full"]


def test_what_begins_on_the_second_and_ends_on_the_last_but_one_of_all_days_is_followed() -> None:
    states = survey(of_role({"id": "a", "starts": "0001-01-02", "ends": "9999-12-30"}))

    assert stops(states) == ["any", "0001-01-01", "0001-01-02", "9999-12-31"]
    assert coverages(states) == ["full", "none", "full", "none"]


def test_what_never_holds_counts_only_where_dates_are_ignored() -> None:
    never = {
        "id": "a",
        "starts": "2016",
        "covers": {"role@eu": {"extent": "full", "ends": "2015"}},
    }

    assert (stops(survey(of_role(never))), coverages(survey(of_role(never)))) == (
        ["any"],
        ["full"],
    )
    assert coverages(survey(of_role(never), on="2015-06-30")) == ["none"]


def test_a_follower_from_the_next_day_on_is_one_stop() -> None:
    states = survey(of_role(FROM_2014_TO_2016, {"id": "b", "starts": "2017-01-01"}))

    assert stops(states) == ["any", "2013-12-31", "2014-01-01", "2017-01-01"]
    assert [states.at(0, stop, Cell("role", "eu")).rating.instruments for stop in range(4)] == [
        ("a", "b"),
        (),
        ("a",),
        ("b",),
    ]


def test_a_day_on_which_only_the_instruments_change_is_a_stop_too() -> None:
    states = survey(of_role({"id": "a"}, {"id": "b", "starts": "2014-01-01"}), on="2013-01-01")

    assert stops(states) == ["2013-01-01", "2013-12-31", "2014-01-01"]
    assert coverages(states) == ["full", "full", "full"]


def test_a_turn_that_nobody_sees_is_no_stop() -> None:
    elsewhere = {
        "id": "a",
        "starts": "2014-01-01",
        "covers": {"role@country": {"territories": ["AT"]}},
    }
    data = located(elsewhere, assessed={"country": ["AT", "RO"]})

    assert stops(survey(data, place="RO")) == ["any"]
    assert stops(survey(data)) == ["any", "2013-12-31", "2014-01-01"]


def test_a_change_at_a_level_that_is_not_shown_is_no_stop_but_is_told_at_the_next() -> None:
    data = located(
        {"id": "a", "starts": "2010-01-01", "ends": "2011-12-31", "covers": {"role@eu": "full"}},
        {"id": "b", "starts": "2015-01-01", "covers": {"role@region": "full"}},
        {"id": "c", "starts": "2016-01-01", "covers": {"role@eu": "partial"}},
        {"id": "d", "starts": "2018-01-01", "covers": {"role@region": "full"}},
        {"id": "e", "starts": "2019-01-01", "covers": {"role@eu": "full"}},
    )

    states = survey(data, on="2009-01-01", levels=("region",))

    assert stops(states) == ["2009-01-01", "2014-12-31", "2015-01-01", "2018-01-01"]
    assert coverages(states, "role@region") == ["none", "none", "full", "full"]
    assert coverages(states, "role@eu") == ["none", "none", "none", "partial"]
    assert [span.stop for span in states.spans[0][Cell("role", "eu")]] == [0, 1, 3]


def test_the_last_of_several_unseen_changes_before_a_stop_is_told_there() -> None:
    data = located(
        {"id": "a", "starts": "2010-01-01", "covers": {"role@eu": "partial"}},
        {"id": "b", "starts": "2011-01-01", "covers": {"role@eu": "full"}},
        {"id": "c", "starts": "2015-01-01", "covers": {"role@region": "full"}},
    )

    states = survey(data, levels=("region",))

    assert stops(states) == ["any", "2014-12-31", "2015-01-01"]
    assert coverages(states, "role@eu") == ["full", "full", "full"]
    assert states.at(0, 1, Cell("role", "eu")).rating.instruments == ("a", "b")


def test_of_roles_that_are_not_shown_nothing_is_told() -> None:
    data = dataset_of({
        "levels": ["eu"],
        "roles": ["seen", "unseen"],
        "instruments": [{"id": "a", "starts": "2014", "covers": {"unseen@eu": "full"}}],
    })  # fmt: skip

    states = build_snapshots(build_matrix(data, Query()).select(["seen"], ()))

    assert stops(states) == ["any"]
    assert list(states.spans[0]) == [Cell("seen", "eu")]


# Kinds


FUND = {"id": "a", "kind": "fund"}
FORUM = {"id": "b", "kind": "forum"}
LAW = {"id": "c", "kind": "law"}


def test_kinds_are_those_by_which_something_is_left_to_see() -> None:
    assert survey(of_role({"id": "a"})).kinds == (None,)
    assert survey(of_role(FUND, {"id": "b", "kind": "fund"})).kinds == (None,)
    assert survey(of_role(FUND, {"id": "b"})).kinds == (None,)
    assert survey(of_role(FUND, FORUM)).kinds == (None, "fund", "forum")
    assert survey(of_role(FUND, FORUM | {"covers": {}})).kinds == (None,)
    assert survey(of_role(FUND, FORUM), kinds=("fund",)).kinds == (None,)
    assert survey(of_role(FUND, FORUM), without=("a",)).kinds == (None,)
    assert survey(of_role(FUND, FORUM | {"status": "planned"})).kinds == (None,)
    assert survey(of_role(FUND, FORUM | {"status": "planned"}), with_planned=True).kinds == (
        None, "fund", "forum",
    )  # fmt: skip


def test_kinds_are_in_the_order_of_the_vocabulary_or_else_of_the_file() -> None:
    vocabulary = [{"id": id_, "name": id_} for id_ in ("law", "unused", "forum", "fund")]

    assert survey(of_role(FUND, FORUM, LAW)).kinds == (None, "fund", "forum", "law")
    assert survey(of_role(FUND, FORUM, LAW, kinds=vocabulary)).kinds == (
        None, "law", "forum", "fund",
    )  # fmt: skip


def test_what_is_not_in_force_on_the_day_asked_for_has_its_kind_too() -> None:
    past = FORUM | {"ends": "2013-12-31"}

    assert survey(of_role(FUND, past), on="2020-01-01").kinds == (None, "fund", "forum")


def test_a_question_for_two_kinds_can_be_narrowed_to_each_and_to_no_third() -> None:
    states = survey(of_role(FUND, FORUM, LAW), kinds=("fund", "law"))

    assert states.kinds == (None, "fund", "law")
    assert [states.at(kind, 0, Cell("role", "eu")).rating.instruments for kind in range(3)] == [
        ("a", "c"),
        ("a",),
        ("c",),
    ]


def test_each_kind_has_its_own_states_at_the_stops_of_all() -> None:
    states = survey(
        of_role(FUND | {"starts": "2014-01-01"}, FORUM | {"starts": "2016-01-01"}), on="2020-01-01"
    )

    assert stops(states) == ["2013-12-31", "2014-01-01", "2016-01-01", "2020-01-01"]
    assert coverages(states, kind=0) == ["none", "full", "full", "full"]
    assert coverages(states, kind=1) == ["none", "full", "full", "full"]
    assert coverages(states, kind=2) == ["none", "none", "full", "full"]
    assert [len(spans[Cell("role", "eu")]) for spans in states.spans] == [3, 2, 2]


def test_an_observation_is_of_no_kind() -> None:
    states = survey(of_role(FUND, FORUM, observations={"role@eu": "full"}))

    assert [states.at(kind, 0, Cell("role", "eu")).is_observed for kind in range(3)] == [
        True, False, False,
    ]  # fmt: skip


def test_progress_is_told_after_each_kind() -> None:
    told: list[tuple[int, int]] = []

    build_snapshots(build_matrix(of_role(FUND, FORUM), Query()), lambda *done: told.append(done))

    assert told == [(1, 3), (2, 3), (3, 3)]


# Observations, evidence, places


def test_an_observation_is_seen_while_it_holds_and_reaches_what_is_shown() -> None:
    data = located(
        observations={
            "role@region": {
                "extent": "full",
                "territories": ["AT"],
                "starts": "2014",
                "ends": "2015",
            }
        }
    )
    cell = Cell("role", "region")

    assert [survey(data).at(0, stop, cell).is_observed for stop in range(4)] == [
        True, False, True, False,
    ]  # fmt: skip
    assert [survey(data, place="RO").at(0, 0, cell).is_observed] == [False]


def test_an_observation_is_seen_beside_instruments() -> None:
    data = of_role({"id": "a"}, observations={"role@eu": "partial"})

    assert survey(data).at(0, 0, Cell("role", "eu")).is_observed
    assert not survey(of_role({"id": "a"})).at(0, 0, Cell("role", "eu")).is_observed


def test_the_evidence_comes_and_goes_with_the_instrument_that_it_names() -> None:
    swot = {
        "strengths": [{"id": "s1", "text": "It helps", "instruments": ["a"]}],
        "threats": [
            {"id": "t1", "text": "It is all gone", "cells": ["role@eu"]},
            {"id": "t2", "text": "It is far away", "levels": ["region"]},
            {"id": "t3", "text": "It serves another cell", "instruments": ["b"]},
        ],
    }
    data = located(
        {**FROM_2014_TO_2016, "covers": {"role@eu": "full"}},
        {"id": "b", "covers": {"role@country": "full"}},
        swot=swot,
    )

    states = survey(data)

    found = [states.at(0, stop, Cell("role", "eu")).evidence for stop in range(4)]
    assert [[(one.item.id, one.why) for one in each] for each in found] == [
        [("t1", EvidenceLink.CELL), ("s1", EvidenceLink.INSTRUMENT)],
        [("t1", EvidenceLink.CELL)],
        [("t1", EvidenceLink.CELL), ("s1", EvidenceLink.INSTRUMENT)],
        [("t1", EvidenceLink.CELL)],
    ]
    assert [one.item.id for one in states.at(0, 0, Cell("role", "region")).evidence] == ["t2"]
    assert [one.item.id for one in states.at(0, 0, Cell("role", "country")).evidence] == ["t3"]


def test_each_place_is_rated_alone() -> None:
    data = located(
        {"id": "a", "covers": {"role@region": {"territories": ["AT11", "RO"]}}},
        {"id": "b", "covers": {"role@region": {"extent": "partial", "territories": ["RO12"]}}},
    )

    states = survey(data)

    state = states.at(0, 0, Cell("role", "region"))
    assert states.places["region"] == (("AT11", "AT12", "RO11", "RO12"), ("AT", "RO"))
    assert state.units == (FULL, NONE, FULL, FULL)
    assert state.tiles == (PARTIAL, FULL)
    assert state.rating == Rating(
        Cell("role", "region"), PARTIAL, ("a", "b"), share=of_regions(3, 0, 4, 0, ("AT12",))
    )


def test_who_says_not_everywhere_says_of_no_place_that_it_is_there() -> None:
    data = located({"id": "a", "covers": {"role@region": "partial"}}, assessed={"region": ["AT"]})

    state = survey(data).at(0, 0, Cell("role", "region"))

    assert state.rating.coverage is PARTIAL
    assert state.units == (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)
    assert state.tiles == (UNKNOWN, UNKNOWN)


def test_where_nobody_has_looked_a_place_is_unknown_in_one_cell_and_not_in_the_other() -> None:
    data = located(
        roles=["looked", "not-looked"],
        assessed={"region": ["AT"], "looked@region": ["AT", "RO11", "RO12"]},
    )

    states = survey(data)

    assert states.at(0, 0, Cell("looked", "region")).units == (NONE, NONE, NONE, NONE)
    assert states.at(0, 0, Cell("not-looked", "region")).units == (NONE, NONE, UNKNOWN, UNKNOWN)
    assert states.at(0, 0, Cell("not-looked", "region")).tiles == (NONE, UNKNOWN)


def test_a_place_that_is_covered_in_part_is_none_that_is_missing() -> None:
    data = located(
        {"id": "a", "covers": {"role@country": {"extent": "partial", "territories": ["AT"]}}}
    )

    assert survey(data).at(0, 0, Cell("role", "country")).units == (PARTIAL, NONE)


def test_the_places_of_two_levels_are_not_mixed_up() -> None:
    # The first two regions and both countries are the same bits.
    data = located(
        {"id": "a", "covers": {"role@country": "full", "role@region": {"territories": ["AT"]}}}
    )

    states = survey(data)

    assert states.at(0, 0, Cell("role", "country")).units == (FULL, FULL)
    assert states.at(0, 0, Cell("role", "region")).units == (FULL, FULL, NONE, NONE)
    assert states.at(0, 0, Cell("role", "region")).tiles == (FULL, NONE)


def test_a_level_without_territories_has_no_places() -> None:
    states = survey(located())

    assert states.places["eu"] == ((), ())
    assert states.at(0, 0, Cell("role", "eu"))[4:] == ((), ())


def test_of_one_country_only_its_own_places_are_shown() -> None:
    states = survey(located(), place="RO")

    assert states.places["country"] == (("RO",), ("RO",))
    assert states.places["region"] == (("RO11", "RO12"), ("RO",))


def test_of_a_place_that_a_level_does_not_know_none_is_shown() -> None:
    states = survey(located(), place="BG")

    assert states.places["region"] == ((), ())
    assert states.at(0, 0, Cell("role", "region")) == (
        Rating(Cell("role", "region"), UNKNOWN, is_elsewhere=True), False, (), (), (), (),
    )  # fmt: skip


# Everything of a question


@given(asked())
def test_its_statements_count_at_a_stop_as_explain_says(asked: Asked) -> None:
    report = build_gap_map(build_matrix(*asked))
    states = report.snapshots

    for stop, day in enumerate(states.stops):
        query = question_at(states, 0, day)
        for cell, statements in report.statements.items():
            state = states.at(0, stop, cell)
            speakers = {*state.rating.instruments, *([None] * state.is_observed)}
            explained = explain_cell(build_matrix(report.matrix.dataset, query), cell)
            for index, said in enumerate(statements):
                speaker = said.instrument.id if said.instrument else None
                counts = (speaker in speakers) is not (index in state.exceptions)
                assert counts is not bool(explained.statements[index].why_not)


@given(asked())
def test_a_report_answers_as_each_command_does(asked: Asked) -> None:
    shown = build_matrix(*asked)

    report = build_gap_map(shown)

    assert report.matrix is report.snapshots.matrix is shown
    assert report.snapshots == build_snapshots(shown)
    assert report.timeline == build_timeline(shown)
    assert report.swot == build_swot(shown, (), ())
    assert list(report.statements) == [rating.cell for rating in shown]


@given(asked())
def test_no_statement_is_left_out_of_an_explanation_for_its_dates(asked: Asked) -> None:
    dataset, query = asked

    report = build_gap_map(build_matrix(dataset, query))

    undated = build_matrix(replace(dataset, as_of=None), replace(query, as_of=None))
    for cell, statements in report.statements.items():
        assert statements == explain_cell(undated, cell).statements


def narrowed(*, roles: tuple[str, ...] = (), levels: tuple[str, ...] = ()) -> GapMap:
    """Report on some roles and levels of a dataset with a SWOT."""
    swot = {
        "strengths": [
            {"id": "s1", "text": "Of nothing"},
            {"id": "s2", "text": "Of one role", "roles": ["one"]},
            {"id": "s3", "text": "Of a cell", "cells": ["two@region"]},
            {"id": "s4", "text": "Of a level", "levels": ["eu"]},
        ]
    }
    data = located(
        {"id": "a", "ends": "2001", "covers": {"one@eu": "full"}}, roles=["one", "two"],
        as_of="2020", swot=swot,
    )  # fmt: skip
    return build_gap_map(build_matrix(data, Query()).select(roles, levels))


def strengths(report: GapMap) -> list[str]:
    """Name the items that are shown."""
    return [linked.item.id for linked in dict(report.swot.quadrants)[Quadrant.STRENGTHS]]


def test_the_whole_matrix_goes_with_the_whole_swot() -> None:
    assert strengths(narrowed()) == ["s1", "s2", "s3", "s4"]
    assert strengths(narrowed(roles=("one", "two"))) == ["s1", "s2", "s3", "s4"]
    assert strengths(narrowed(levels=("region", "eu", "country"))) == ["s1", "s2", "s3", "s4"]


def test_part_of_the_matrix_goes_with_what_names_it() -> None:
    assert strengths(narrowed(roles=("two",))) == ["s3"]
    assert strengths(narrowed(levels=("eu",))) == ["s4"]
    assert strengths(narrowed(roles=("one",), levels=("region",))) == []


def test_only_cells_that_are_shown_are_explained_and_by_all_their_statements() -> None:
    report = narrowed(roles=("one",), levels=("eu",))

    assert list(report.statements) == [Cell("one", "eu")]
    (said,) = report.statements[Cell("one", "eu")]
    assert (said.instrument and said.instrument.id, said.why_not) == ("a", "")
    assert report.matrix.ratings[Cell("one", "eu")].coverage is NONE


def test_a_report_tells_because_of_what_something_changes() -> None:
    data = of_role(FROM_2014_TO_2016, as_of="2020")

    timeline = build_gap_map(build_matrix(data, Query())).timeline

    assert [event.date for event in timeline.events] == [day("2014-01-01"), day("2017-01-01")]
    assert timeline.query.as_of is None


def test_a_report_tells_how_far_it_is() -> None:
    told: list[tuple[int, int]] = []

    build_gap_map(
        build_matrix(of_role(FUND, FORUM), Query()), lambda done, whole: told.append((done, whole))
    )

    assert told == [(1, 3), (2, 3), (3, 3)]


# Caveats


def test_the_caveats_count_at_each_stop_what_is_undated_seen_later_or_may_be_there() -> None:
    covers = {"role@country": {"territories": ["AT"], "at_least": "true"}}
    data = located(
        {"id": "may-be-here", "covers": covers},
        {
            "id": "dated",
            "starts": "2010",
            "ends": "2012-12-31",
            "covers": {"role@country": "full"},
        },
        {"id": "seen", "seen": "2016-06-01", "covers": {"role@region": {"territories": ["RO11"]}}},
        as_of="2015-06-30",
    )

    states = survey(data, place="RO")

    # What is said of Austria may not be all: it makes Romania unknown, but where the one that is dated covers it.
    assert stops(states) == ["2009-12-31", "2010-01-01", "2013-01-01", "2015-06-30", "2016-06-01"]
    assert [tuple(one) for one in states.caveats[0]] == [
        (1, 1, None, None),
        (0, 1, None, None),
        (1, 1, None, None),
        (None, None, None, None),
        (None, None, 2, day("2015-06-30")),
    ]
