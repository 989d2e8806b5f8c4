"""Which statements a query counts, why not the others, and from when until when each is in force."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Status
from clustergap.model.dates import as_written, when_in_words
from clustergap.model.query import Query
from clustergap.model.statement import Statement


class Period(NamedTuple):
    """The first and last day on which both a statement and its instrument are in force; a missing bound is open.

    If their periods do not overlap, the last day is before the first. ``is_seen``: neither of them has ``starts``, and the
    first day is one on which somebody saw it.
    """

    starts: date | None
    ends: date | None
    is_seen: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether the statement ends before its instrument starts, or the other way round: it is never in force."""
        return bool(self.starts and self.ends and self.ends < self.starts)

    def holds(self, day: date | None) -> bool:
        """Tell whether a day is one of the period's; without a day, dates are ignored."""
        if day is None:
            return True
        has_begun = self.starts is None or self.starts <= day
        return has_begun and (self.ends is None or day <= self.ends)


class CountedStatement(NamedTuple):
    """A statement of an instrument that a query counts, or an observation; whether its dates hold is another question.

    ``place`` is its instrument's in file order, ``number`` its own among what that one says of the cell. An observation
    has no instrument; its place comes after those of all instruments.
    """

    place: int
    number: int
    instrument: Instrument | None
    cell: Cell
    statement: Statement


def counted_statements(dataset: Dataset, query: Query) -> Iterator[CountedStatement]:
    """Walk through all that a *query* counts, apart from the statements' own dates, in file order."""
    for place, instrument in enumerate(dataset.instruments):
        if not why_not_counted(dataset, instrument, query):
            for cell, statements in instrument.covers.items():
                for number, statement in enumerate(statements):
                    yield CountedStatement(place, number, instrument, cell, statement)
    # An observation has no instrument: it has no kind, and is for all targets.
    if not query.kinds:
        for cell, observations in dataset.observations.items():
            for number, observation in enumerate(observations):
                yield CountedStatement(len(dataset.instruments), number, None, cell, observation)


def left_out(dataset: Dataset, query: Query) -> frozenset[str]:
    """Return the instruments that a *query* takes away, by id: with all that goes with them, if it asks so."""
    without = frozenset(query.without)
    return without if query.alone else dataset.relations.with_dependants(without)


def lines_of(dataset: Dataset, instruments: Iterable[str]) -> frozenset[str]:
    """Return the lines of policy to which instruments belong, by id: what is part of one in the end counts once."""
    return frozenset(map(dataset.relations.outermost, instruments))


class Dependant(NamedTuple):
    """An instrument that hangs on others: as a part of one (``part_of``), or paid by them (``funded_by``), by id."""

    instrument: Instrument
    part_of: str | None
    funded_by: tuple[str, ...]


def dependants_on(
    dataset: Dataset, holders: frozenset[str], ids: Iterable[str]
) -> Iterator[Dependant]:
    """Say of some instruments, in file order, how they hang on *holders*."""
    known = frozenset(ids)
    for instrument in dataset.instruments:
        if instrument.id in known:
            is_part = instrument.part_of in holders
            payers = tuple(id_ for id_ in dict.fromkeys(instrument.funded_by) if id_ in holders)
            yield Dependant(instrument, instrument.part_of if is_part else None, payers)


def why_not_counted(dataset: Dataset, instrument: Instrument, query: Query) -> str:
    """Say in words why *query* leaves an instrument out; nothing if it counts.

    That it was first seen later is a matter of its statements, which may have first days of their own.
    """
    if query.without and instrument.id in left_out(dataset, query):
        is_named = instrument.id in query.without
        return "left out by the query" if is_named else "goes with what the query leaves out"
    if instrument.status is Status.PLANNED and not query.with_planned:
        return "planned, and the query counts no planned instruments"
    if query.kinds and instrument.kind not in query.kinds:
        kind = instrument.kind
        return f"of kind {kind}, which the query leaves out" if kind else "of no stated kind"
    if query.target is not None and instrument.targets and query.target not in instrument.targets:
        return f"not for {query.target}"
    if query.as_of is None:
        return ""
    ends = dataset.relations.end_of(instrument)
    return why_not_in_force(Period(instrument.starts, ends), query.as_of)


def why_not_stated(
    statement: Statement, query: Query, instrument: Instrument | None = None
) -> str:
    """Say in words why a cover of an *instrument*, or an observation, is itself not in force; nothing if it is."""
    if query.as_of is None:
        return ""
    seen = statement.seen or (instrument.seen if instrument else None)
    if statement.starts is statement.ends is seen is None:
        return ""  # nearly all
    return why_not_in_force(_own_period(statement, instrument), query.as_of)


def statements_in_force(
    statements: Iterable[Statement], query: Query, instrument: Instrument | None = None
) -> list[tuple[int, Statement]]:
    """Return the covers of a cell by an *instrument*, or its observations, that are themselves in force, each with its index."""
    return [
        (number, statement)
        for number, statement in enumerate(statements)
        if not why_not_stated(statement, query, instrument)
    ]


def period_of(dataset: Dataset, instrument: Instrument | None, statement: Statement) -> Period:
    """Return the first and last day on which both a statement and its instrument are in force.

    An instrument may have its last day from another.
    """
    own = _own_period(statement, instrument)
    if instrument is None:
        return own
    starts, ends = own.starts, dataset.relations.end_of(instrument)
    if instrument.starts is not None and (starts is None or starts < instrument.starts):
        starts = instrument.starts
    if own.ends is not None and (ends is None or own.ends < ends):
        ends = own.ends
    return Period(starts, ends, own.is_seen)


def _own_period(statement: Statement, instrument: Instrument | None) -> Period:
    # The day on which somebody saw it stands for a first day only where nothing has one.
    has_start = statement.starts is not None or (instrument and instrument.starts is not None)
    if has_start:
        return Period(statement.starts, statement.ends)
    seen = statement.seen or (instrument.seen if instrument else None)
    return Period(seen, statement.ends, seen is not None)


def why_not_in_force(period: Period, as_of: date | None) -> str:
    """Say in words why a period does not contain a day; without a day nothing is out."""
    if as_of is None:
        return ""
    if period.starts is not None and as_of < period.starts:
        if period.is_seen:
            return f"known only since {as_written(period.starts)}"
        return f"starts only {when_in_words(period.starts)}"
    if period.ends is not None and period.ends < as_of:
        return f"ended {when_in_words(period.ends)}"
    return ""
