"""The page's view of coverage over time: what happens on each day, and how each role and level is covered before and after.

The page shows what is to come after the day of the query before its script runs; the script words other days and kinds anew.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.followed_state import lost_and_gained
from clustergap.analysis.matrix import CellChange, Matrix
from clustergap.analysis.statement_events import DAY, EventKind, Subject
from clustergap.analysis.timeline import Event, Timeline
from clustergap.answers.phrases import Names, at_level, names_of
from clustergap.answers.ratings import share_in_words
from clustergap.model.cell import Cell
from clustergap.text import a_few_of, count, long_day
from clustergap.theme import WORDS

MOST_NAMED_TO_COME = 12
"""Instruments that the head of a day names; of more it gives the number."""

MOST_DAYS, MOST_CHANGES = 6, 20
"""Days to come, and changes of each, that stand in the page before its script runs, and that the script shows at first."""


class CoverageOnDay(NamedTuple):
    """How a role and level is covered: the name of the coverage, its word, and how much, if that is known."""

    coverage: str
    word: str
    share: str


class ChangeOnDay(NamedTuple):
    """How a role and level changes on a day.

    Attributes:
        cell: The role and the level, as in an address.
        subject: The role and the level by name.
        before: How it was covered.
        after: How it is covered; None: as before, and as much.
        becomes: Whether it becomes a gap or is no longer one, in words; else empty.
        changes: What it loses and gains.
        left: Which instruments it has then.
        is_worse: Whether it is covered less, or no longer known.
    """

    cell: str
    subject: str
    before: CoverageOnDay
    after: CoverageOnDay | None
    becomes: str
    changes: str
    left: str
    is_worse: bool


class DayOfChange(NamedTuple):
    """A day on which something changes: what happens, how roles and levels are covered then, the worse first, and how many more."""

    head: str
    changes: tuple[ChangeOnDay, ...]
    more: int


class DaysToCome(NamedTuple):
    """The first days on which something changes, and how many more there are."""

    days: tuple[DayOfChange, ...]
    more: int


def days_to_come(timeline: Timeline, matrix: Matrix) -> DaysToCome:
    """Say what changes on the days after that of a matrix; without a day on all."""
    names, day = names_of(matrix), matrix.query.as_of
    events = [event for event in timeline.events if day is None or event.date > day]
    shown = (
        DayOfChange(
            head(event, names),
            tuple(itertools.islice(_changes(event, matrix, names), MOST_CHANGES)),
            max(0, len(event.changes) - MOST_CHANGES),
        )
        for event in events[:MOST_DAYS]
    )
    return DaysToCome(tuple(shown), max(0, len(events) - MOST_DAYS))


# What happens


def head(event: Event, names: Names) -> str:
    """Say what happens on a day: after which day something is no longer there, or from which day on it is.

    Such as: After 31 December 2027, without Horizon Europe, SMP.
    """
    named: defaultdict[tuple[EventKind, Subject], list[str]] = defaultdict(list)
    for cause in event.because:
        if cause.instrument:
            named[cause.kind, cause.subject].append(names.instruments[cause.instrument])
        else:
            named[cause.kind, cause.subject].append("")
    is_after = any(kind in (EventKind.ENDS, EventKind.STOPS_COMMITTING) for kind, _ in named)
    day = f"After {long_day(event.date - DAY)}" if is_after else f"From {long_day(event.date)}"
    order = (EventKind.ENDS, EventKind.STARTS, EventKind.SEEN, EventKind.STOPS_COMMITTING)
    clauses = [
        _clause(kind, subject, named[kind, subject])
        for kind, subject in itertools.product(order, Subject)
        if (kind, subject) in named
    ]
    return ", ".join([day, *clauses])


def _clause(kind: EventKind, subject: Subject, names: Sequence[str]) -> str:
    is_single = len(names) == 1
    if subject is Subject.OBSERVATION:
        what = "what somebody observed"
        return f"without {what}" if kind is EventKind.ENDS else f"with {what}"
    of = a_few_of(list(dict.fromkeys(names)), MOST_NAMED_TO_COME)
    if kind is EventKind.STOPS_COMMITTING:
        return f"{of} {'takes' if is_single else 'take'} no new commitments"
    if kind is EventKind.SEEN:
        return f"{of} {'is' if is_single else 'are'} known"
    with_ = "without" if kind is EventKind.ENDS else "with"
    return f"{with_} {'part of ' if subject is Subject.COVER else ''}{of}"


# What changes


def _changes(event: Event, matrix: Matrix, names: Names) -> Iterator[ChangeOnDay]:
    levels = {level.id: at_level(level) for level in matrix.levels}
    for change in sorted(event.changes, key=_place):
        before, after = _on_day(change.before), _on_day(change.after)
        cell: Cell = change.cell
        yield ChangeOnDay(
            str(cell),
            f"{names.roles[cell.role]}, {levels[cell.level]}",
            before,
            after if after != before else None,
            _becomes(change),
            _loses_and_gains(change, names),
            _left(change, names),
            change.is_loss,
        )


def _place(change: CellChange) -> tuple[bool, int, bool, int]:
    """Order what gets worse first, by what it becomes; then what loses something; in both what has fewest instruments left."""
    order = (Coverage.NONE, Coverage.PARTIAL, Coverage.UNKNOWN, Coverage.FULL)
    becomes = order.index(change.after.coverage) if change.is_loss else 0
    lost, _ = lost_and_gained(change.before, change.after)
    return not change.is_loss, becomes, not lost, len(change.after.instruments)


def _on_day(rating: Rating) -> CoverageOnDay:
    coverage = rating.coverage
    return CoverageOnDay(coverage.value, WORDS[coverage], share_in_words(rating.share))


def _becomes(change: CellChange) -> str:
    was, is_now = change.before.coverage, change.after.coverage
    if was is Coverage.FULL and is_now.is_gap:
        return "becomes a gap"
    return "is no longer a gap" if was.is_gap and is_now is Coverage.FULL else ""


def _loses_and_gains(change: CellChange, names: Names) -> str:
    lost, gained = map(names.list_instruments, lost_and_gained(change.before, change.after))
    clauses = (
        f"loses {a_few_of(lost)}" if lost else "",
        f"gains {a_few_of(gained)}" if gained else "",
    )
    return "; ".join(filter(None, clauses)) or "the same instruments, in other places"


def _left(change: CellChange, names: Names) -> str:
    """Say which instruments a role and level has then, of those that it had if it loses some and gains none."""
    was, after = change.before.instruments, change.after
    if not after.instruments:
        return "nothing is left" if after.coverage is Coverage.NONE else "no instrument is named"
    marked = [
        names.instruments[id_] + ("\u00a0!" if id_ in after.rests_on else "")
        for id_ in after.instruments
    ]
    number = len(after.instruments)
    lost, gained = lost_and_gained(change.before, after)
    if lost and not gained:
        return f"{number:,} of {len(was):,} left: {a_few_of(marked)}"
    return f"{count(number, 'instrument')}: {a_few_of(marked)}"
