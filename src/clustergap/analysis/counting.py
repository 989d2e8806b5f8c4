"""Which instruments and statements a query counts, and why not the others."""

from collections.abc import Iterable, Sequence
from datetime import date

from clustergap.model.dataset import Instrument, Statement, Status
from clustergap.model.query import Query


def why_not_counted(instrument: Instrument, query: Query) -> str:
    """Say in words why *query* leaves an instrument out; nothing if it counts."""
    if instrument.id in query.without:
        return "left out by the query"
    if instrument.status is Status.PLANNED and not query.with_planned:
        return "planned, and the query counts no planned instruments"
    if query.kinds and instrument.kind not in query.kinds:
        return (
            f"of kind {instrument.kind}, which the query leaves out"
            if instrument.kind
            else "of no stated kind"
        )
    if query.target is not None and instrument.targets and query.target not in instrument.targets:
        return f"not for {query.target}"
    return why_not_in_force(instrument.starts, instrument.ends, query.as_of)


def why_not_stated(statement: Statement, query: Query) -> str:
    """Say in words why a cover or observation by itself does not hold; nothing if it does."""
    return why_not_in_force(statement.starts, statement.ends, query.as_of)


def stated(statements: Iterable[Statement], query: Query) -> list[tuple[int, Statement]]:
    """Return those of an instrument's statements about a cell that hold by themselves, each with its number."""
    return [
        (number, statement)
        for number, statement in enumerate(statements)
        if not why_not_stated(statement, query)
    ]


def why_none_stated(statements: Sequence[Statement], query: Query) -> str:
    """Say in words why none of some statements holds by itself: the first's reason; nothing if one does."""
    reasons = [why_not_stated(statement, query) for statement in statements]
    return reasons[0] if all(reasons) else ""


def period_of(
    instrument: Instrument | None, statement: Statement
) -> tuple[date | None, date | None]:
    """Return the first and last day on which a statement holds: within its own dates and its instrument's.

    A missing bound is open. Where the two periods do not meet, the last day is before the first.
    """
    if instrument is None:
        return statement.starts, statement.ends
    starts = [day for day in (instrument.starts, statement.starts) if day is not None]
    ends = [day for day in (instrument.ends, statement.ends) if day is not None]
    return max(starts, default=None), min(ends, default=None)


def why_not_in_force(starts: date | None, ends: date | None, as_of: date | None) -> str:
    """Say in words why a period does not hold a day; a missing bound is open, without a day any holds."""
    if as_of is None:
        return ""
    if starts is not None and as_of < starts:
        return f"starts only on {starts.isoformat()}"
    if ends is not None and ends < as_of:
        return f"ended on {ends.isoformat()}"
    return ""


def observation_counts(statement: Statement, query: Query) -> bool:
    """Tell whether an observation counts: it names no instrument, so it is of no kind, and for all targets."""
    return not query.kinds and not why_not_stated(statement, query)
