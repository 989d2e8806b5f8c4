"""The page's view of instruments: of what kind each is, when it is in force, and which roles it serves, by level.

The script orders, finds and hides what is worded here; of another day or kind it words anew which roles are served.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from clustergap.analysis.counting import Period, period_of, why_not_counted
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.report import GapMap
from clustergap.answers.phrases import kind_name, names_of
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Status
from clustergap.model.dates import as_written
from clustergap.text import short_day

NO_DATES = "dates not given"
"""What is said of an instrument of which the data give no day."""

PLANNED, SEEN = 1, 2
"""How the script is told that an instrument is planned and not counted, and that it is only known since its first day."""


class ServedRole(NamedTuple):
    """A role that an instrument serves at a level; ``is_fragile``: it would be a gap without the instrument."""

    name: str
    is_fragile: bool


class InstrumentRow(NamedTuple):
    """An instrument in words.

    Attributes:
        place: Its place in the data.
        label: What it is called in a cell.
        name: Its full name; empty if that is its label.
        kind: The name of its kind; empty if the data give none.
        dates: When it is in force.
        number: How many roles it serves.
        serves: By the name of a level, the roles that it serves there.
        idle: Why it serves no role; empty if it does.
    """

    place: int
    label: str
    name: str
    kind: str
    dates: str
    number: int
    serves: tuple[tuple[str, tuple[ServedRole, ...]], ...]
    idle: str


class InstrumentList(NamedTuple):
    """The instruments that serve a role on the day of the query, most roles first, and the others in the order of the data."""

    serving: tuple[InstrumentRow, ...]
    others: tuple[InstrumentRow, ...]


def list_instruments(matrix: Matrix) -> InstrumentList:
    """Put in words all instruments but those that the query leaves out on any day."""
    served, names = _served(matrix), names_of(matrix)
    rows = []
    for place, instrument in enumerate(matrix.dataset.instruments):
        if not is_listed(matrix, instrument):
            continue
        by_level = served[instrument.id]
        roles = {role for roles in by_level.values() for role in roles}
        rows.append(
            InstrumentRow(
                place,
                instrument.label,
                instrument.name if instrument.name != instrument.label else "",
                kind_name(matrix.dataset, instrument),
                dates_in_words(life_of(matrix.dataset, instrument)),
                len(roles),
                tuple(
                    (
                        names.levels[level],
                        tuple(ServedRole(names.roles[one], own[one]) for one in own),
                    )
                    for level, own in by_level.items()
                ),
                "" if roles else _why_idle(matrix, instrument),
            )
        )
    serving = sorted((row for row in rows if row.number), key=lambda row: -row.number)
    return InstrumentList(tuple(serving), tuple(row for row in rows if not row.number))


def _served(matrix: Matrix) -> Mapping[str, Mapping[str, Mapping[str, bool]]]:
    """Return of each instrument, by level, the roles that it serves, and whether each would be a gap without it."""
    served: defaultdict[str, defaultdict[str, dict[str, bool]]]
    served = defaultdict(lambda: defaultdict(dict))
    for level in matrix.levels:
        for role in matrix.roles:
            rating = matrix.ratings[Cell(role.id, level.id)]
            for id_ in rating.instruments:
                served[id_][level.id][role.id] = id_ in rating.rests_on
    return served


def is_listed(matrix: Matrix, instrument: Instrument) -> bool:
    """Tell whether a query may count an instrument on some day; one that is planned is listed as such."""
    timeless = replace(matrix.query, as_of=None, with_planned=True)
    return not why_not_counted(matrix.dataset, instrument, timeless)


def _why_idle(matrix: Matrix, instrument: Instrument) -> str:
    """Say why an instrument serves no role on the day of the query."""
    day, life = matrix.query.as_of, life_of(matrix.dataset, instrument)
    if _is_only_planned(matrix, instrument):
        return "planned"
    if day and life.ends and life.ends < day:
        return "ended"
    if day and life.starts and day < life.starts:
        return "known only later" if life.is_seen else "not yet in force"
    return "serves no role"


def _is_only_planned(matrix: Matrix, instrument: Instrument) -> bool:
    return instrument.status is Status.PLANNED and not matrix.query.with_planned


# When it is in force


def life_of(dataset: Dataset, instrument: Instrument) -> Period:
    """Return the first and last day of an instrument; a bound that only its covers have is the widest of theirs."""
    periods = [
        period_of(dataset, instrument, statement)
        for statements in instrument.covers.values()
        for statement in statements
    ]
    periods = [period for period in periods if not period.is_empty]
    starts = instrument.starts or _bound([period.starts for period in periods], min)
    ends = dataset.relations.end_of(instrument) or _bound([one.ends for one in periods], max)
    is_seen = any(period.is_seen and period.starts == starts for period in periods)
    if starts is None and not periods and instrument.seen:
        return Period(instrument.seen, ends, is_seen=True)
    return Period(starts, ends, is_seen)


def _bound(days: Sequence[date | None], choose: Callable[[Iterable[date]], date]) -> date | None:
    known = [day for day in days if day is not None]
    return choose(known) if known and len(known) == len(days) else None


def dates_in_words(life: Period) -> str:
    """Say when an instrument is in force, as a column does; whole years are said as years.

    >>> dates_in_words(Period(date(2021, 1, 1), date(2027, 12, 31)))
    '2021 to 2027'
    >>> dates_in_words(Period(date(2008, 2, 7), None)), dates_in_words(Period(None, date(2020, 12, 31)))
    ('since 7 Feb 2008', 'until 2020')
    >>> dates_in_words(Period(date(2017, 10, 31), None, is_seen=True)), dates_in_words(Period(None, None))
    ('known since 31 Oct 2017', 'dates not given')
    """
    starts = _first(life.starts) if life.starts else ""
    ends = _last(life.ends) if life.ends else ""
    if starts and life.is_seen:
        return f"known since {starts}{f', until {ends}' if ends else ''}"
    if starts and ends:
        return starts if starts == ends else f"{starts} to {ends}"
    if starts:
        return f"since {starts}"
    return f"until {ends}" if ends else NO_DATES


def _first(day: date) -> str:
    return str(day.year) if (day.month, day.day) == (1, 1) else _as_exactly(day)


def _last(day: date) -> str:
    return str(day.year) if (day.month, day.day) == (12, 31) else _as_exactly(day)


def _as_exactly(day: date) -> str:
    words = short_day(day)
    return words.partition(" ")[2] if as_written(day) != day.isoformat() else words


# What the script looks up


def lives(gap_map: GapMap) -> list[object]:
    """Return of each instrument, in the order of the data, what tells why it serves no role on a day; 0: it is not listed.

    Its first and last day, 1 if it is planned and not counted or 2 if it is only known since its first day, and the index of
    its kind among those by which the query can be narrowed.
    """
    matrix, kinds = gap_map.matrix, gap_map.snapshots.kinds
    places = {kind: place for place, kind in enumerate(kinds)}
    return [
        _life_row(matrix, instrument, places.get(instrument.kind, 0))
        if is_listed(matrix, instrument)
        else 0
        for instrument in matrix.dataset.instruments
    ]


def _life_row(matrix: Matrix, instrument: Instrument, kind: int) -> list[object]:
    starts, ends, is_seen = life_of(matrix.dataset, instrument)
    flag = PLANNED if _is_only_planned(matrix, instrument) else SEEN if is_seen else 0
    return [starts.isoformat() if starts else 0, ends.isoformat() if ends else 0, flag, kind]
