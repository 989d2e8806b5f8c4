"""The timeline as a JSON document: the cells whole on the day before the first, then of each day what differs."""

import datetime as dt
from typing import Annotated, Literal

from clustergap.analysis.coverage import Degree
from clustergap.analysis.followed_state import lost_and_gained
from clustergap.analysis.matrix import CellChange, ChangeKind
from clustergap.analysis.statement_events import EventKind, Subject
from clustergap.analysis.timeline import Event, Timeline
from clustergap.answers.records import (
    AnswerPart,
    CellCoverage,
    CellName,
    InstrumentId,
    Levels,
    Open,
    QuestionRecord,
    Roles,
    ShareRecord,
    SummaryRecord,
    attribute,
    dataset_record,
    left_out,
)
from clustergap.origin import Origin


class CellStateRecord(AnswerPart):
    """A cell."""

    cell: CellName
    coverage: CellCoverage
    instruments: tuple[InstrumentId, ...]
    """The instruments of the cell, in file order."""
    share: ShareRecord | None


class BeginningRecord(AnswerPart):
    """How the cells were on the day before the first one that is looked at."""

    date: dt.date | None
    """That day."""
    summary: SummaryRecord
    cells: tuple[CellStateRecord, ...]
    """Every cell shown, by role, then level."""


class CauseRecord(AnswerPart):
    """What begins, is known, has ended or has stopped committing."""

    instrument: str | None
    """The instrument's id; null: an observation."""
    what: Annotated[EventKind, Open] = attribute("kind")
    """Whether it begins or is known from this day on, has ended on the day before, or takes no new commitments from this day on."""
    whose: Subject = attribute("subject")
    """Whose date it is."""
    ends_with: str | None
    """The id of the instrument from which it has its last day; null: it has its own, or begins."""
    cells: tuple[CellName, ...]
    """The cells that change because of it; none, if it has only stopped committing."""


class DegreeRecord(AnswerPart):
    """How well a cell is covered, without by what."""

    coverage: CellCoverage
    share: ShareRecord | None


class StepRecord(AnswerPart):
    """What happens to a cell, against the day before: only what differs, as a cell may change on thousands of days."""

    cell: CellName
    kind: ChangeKind
    """What happened."""
    before: DegreeRecord | None = left_out()
    """How well it was covered; left out, as what comes after, where only its instruments differ."""
    after: DegreeRecord | None = left_out()
    """How well it is covered from this day on."""
    lost: tuple[InstrumentId, ...]
    """The instruments that no longer serve it, in file order."""
    gained: tuple[InstrumentId, ...]
    """The instruments that newly serve it, in file order."""


class EventRecord(AnswerPart):
    """A day on which cells change, against the day before, or instruments stop committing."""

    date: dt.date
    """The day."""
    because: tuple[CauseRecord, ...]
    """Why, in file order."""
    changes: tuple[StepRecord, ...]
    """The cells that are not as on the day before, in the order of the cells."""
    summary: SummaryRecord = attribute("then")


class TimelineRecord(QuestionRecord):
    """Coverage over the years."""

    schema_: Literal["clustergap/timeline@2"] = "clustergap/timeline@2"
    from_: dt.date | None
    """The first day that is looked at; null: the first in the data."""
    to: dt.date | None
    """The last day that is looked at; null: the last in the data."""
    levels: Levels
    roles: Roles
    begins: BeginningRecord
    events: tuple[EventRecord, ...]
    """The days, in the order of time: the changes up to a day, applied to how it begins, give the cells on it."""


def record(answer: Timeline, origin: Origin) -> TimelineRecord:
    """Return ``clustergap/timeline@2``."""
    begins = answer.begins
    return TimelineRecord(
        dataset=dataset_record(begins, origin),
        query=answer.query,
        caveats=answer.caveats,
        from_=answer.first,
        to=answer.last,
        levels=begins.levels,
        roles=begins.roles,
        begins=BeginningRecord(
            date=begins.query.as_of, summary=begins.summary(), cells=tuple(begins)
        ),
        events=tuple(map(_event_record, answer.events)),
    )


def _event_record(event: Event) -> EventRecord:
    return EventRecord(
        date=event.date,
        because=event.because,
        changes=tuple(map(_step_record, event.changes)),
        summary=event.then,
    )


def _step_record(change: CellChange) -> StepRecord:
    sides = change.before, change.after
    lost, gained = lost_and_gained(*sides)
    was, is_now = (Degree(side.coverage, side.share) for side in sides)
    return StepRecord(
        cell=change.cell,
        kind=change.kind,
        before=None if was == is_now else was,
        after=None if was == is_now else is_now,
        lost=lost,
        gained=gained,
    )
