"""The timeline: what happens to cells on a day, and why."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Literal

from clustergap.analysis.compare import CellChange
from clustergap.analysis.coverage import Coverage
from clustergap.analysis.timeline import Event, EventKind, Span, Subject, Timeline
from clustergap.answers.change_records import ChangeRecord
from clustergap.answers.changes import (
    GAPS,
    Turns,
    cell_namer,
    counts_in_words,
    lost_and_gained,
    steps_of,
    verb,
)
from clustergap.answers.phrases import (
    labels,
    level_names,
    meanings_in_words,
    narrowing_in_words,
    role_names,
    shown_in_words,
    size_in_words,
    source_in_words,
)
from clustergap.answers.ratings import is_one_place
from clustergap.answers.records import (
    AnswerPart,
    CellCoverage,
    CellName,
    InstrumentId,
    Levels,
    QuestionRecord,
    Roles,
    ShareRecord,
    SummaryRecord,
    attribute,
    dataset_record,
)
from clustergap.document import Block, Day, Days, Document, Origin, Paragraph, Row, Rows
from clustergap.model.cell import Cell
from clustergap.picture import Caption, StripSpan, TimelinePicture
from clustergap.text import count, one_of
from clustergap.theme import GAP_DEFINITION, WORDS

HEADER = (
    "date", "because", "role", "level", "cell", "change", "before", "after", "instruments before",
    "instruments after", "lost", "gained", "covered before", "of before", "covered after", "of after", "missing",
)  # fmt: skip


def document(answer: Timeline, origin: Origin) -> Document:
    """Say day by day which cells change and because of what."""
    matrix = answer.begins
    blocks: list[Block] = [Paragraph(f"{_extent(answer)}. {_beginning(answer)}.", is_apart=True)]
    if answer.events:
        blocks.append(Days(tuple(_day(answer, event) for event in answer.events)))
    meanings = (meanings_in_words(matrix),) if answer.events else ()
    return Document(
        _title(answer),
        tuple(blocks),
        meanings,
        asked=tuple(shown_in_words(matrix)),
        source=_source(answer, Origin(".")),  # of example data the remark says what they are
        remark=origin.remark,
    )


def rows(answer: Timeline) -> Rows:
    """Write every change of a cell, day by day."""
    return Rows(HEADER, _rows(answer))


def picture(answer: Timeline, origin: Origin) -> TimelinePicture:
    """Show for each cell from when on it is covered how well."""
    matrix, spans = answer.begins, answer.spans()
    asked = "".join(f", {words}" for words in narrowing_in_words(answer.query))
    first_day = "A date in a strip is the first day on which the cell is covered so."
    caption = Caption(
        matrix.dataset.title,
        f"Coverage over the years{asked}. {_extent(answer)}. {_beginning(answer)}.",
        (f"{GAP_DEFINITION} {first_day}", _source(answer, origin)),
        _description(answer, origin),
    )
    strips = tuple(
        tuple(
            tuple(_strip_span(span) for span in spans[Cell(role.id, level.id)])
            for level in matrix.levels
        )
        for role in matrix.roles
    )
    return TimelinePicture(
        caption,
        tuple(role.name for role in matrix.roles),
        tuple(level.name for level in matrix.levels),
        strips,
        *_pictured_days(answer),
        matrix.dataset.as_of,
    )


def _source(answer: Timeline, origin: Origin) -> str:
    """Name where the data comes from, and of which day it is: a timeline asks of no single day."""
    dataset = answer.begins.dataset
    dated = f"as of {dataset.as_of.isoformat()}" if dataset.as_of else "without a date of its own"
    return source_in_words(dataset, origin, dated)


_TURNS = (
    (True, "becomes a gap", "become gaps"),
    (False, "is no longer a gap", "are no longer gaps"),
)
"""What a cell that was, or was not, covered in full turns into."""


def _description(timeline: Timeline, origin: Origin) -> str:
    roles, levels = role_names(timeline.begins.dataset), level_names(timeline.begins.dataset)
    text = f"{_title(timeline)}. {_extent(timeline)}. {_beginning(timeline)}."
    for event in timeline.events:
        for covered, one, many in _TURNS:
            cells = [
                f"{roles[change.cell.role]} at {levels[change.cell.level]}"
                for change in event.changes
                if (change.before.coverage is Coverage.FULL) is covered
                and (change.after.coverage is Coverage.FULL) is not covered
            ]
            if cells:
                text += f" On {event.date.isoformat()} {one_of(cells)} {one if len(cells) == 1 else many}."
    return f"{text} {origin.remark}".rstrip()


def _strip_span(span: Span) -> StripSpan:
    word = WORDS[span.coverage]
    if span.unknown and span.coverage is not Coverage.UNKNOWN:
        word += f", {count(span.unknown, 'territory', 'territories')} not assessed"
    words = (f"{word} from {span.starts.isoformat()}", word) if span.starts else (word,)
    return StripSpan(span.coverage, span.starts, words)


def _pictured_days(answer: Timeline) -> tuple[dt.date, dt.date]:
    # Where no bound is asked for, a year before the first change and one after the last are shown too.
    known = answer.begins.dataset.as_of or dt.date(2000, 1, 1)
    days = [event.date for event in answer.events] or [answer.first or answer.last or known]
    first = answer.first or dt.date(max(1, days[0].year - 1), 1, 1)
    last = answer.last or dt.date(min(9999, days[-1].year + 1), 12, 31)
    return first, last


def _day(answer: Timeline, event: Event) -> Day:
    label, name = labels(answer.begins), cell_namer(answer.begins.dataset)
    steps = steps_of(event.changes, name, label, only_cause(event))
    return Day(event.date, because(event, label), steps, outcome(event))


def _rows(timeline: Timeline) -> Iterator[Row]:
    dataset, label = timeline.begins.dataset, labels(timeline.begins)
    roles, levels = role_names(dataset), level_names(dataset)
    for event in timeline.events:
        why = because(event, label)
        for change in event.changes:
            cell = change.cell
            names = (roles[cell.role], levels[cell.level], str(cell))
            yield (event.date, why, *names, *_numbers(change, label))


def _numbers(change: CellChange, label: Mapping[str, str]) -> Row:
    before, after = change.before, change.after
    lost, gained = lost_and_gained(before, after)
    return (
        verb(change),
        before.coverage.value,
        after.coverage.value,
        len(before.instruments),
        len(after.instruments),
        "; ".join(label[id_] for id_ in lost),
        "; ".join(label[id_] for id_ in gained),
        *((before.share.covered, before.share.of) if before.share else (None, None)),
        *((after.share.covered, after.share.of) if after.share else (None, None)),
        " ".join(after.share.missing) if after.share else None,
    )


def _title(timeline: Timeline) -> str:
    """Say what is followed, and under which question."""
    matrix = timeline.begins
    words = [size_in_words(matrix), *narrowing_in_words(timeline.query)]
    return f"{matrix.dataset.title}: {', '.join(words)}"


def _extent(timeline: Timeline) -> str:
    """Say on how many days something changes, and from when to when."""
    between = _between(timeline)
    if not timeline.events:
        return f"No cell changes{between}"
    days = count(len(timeline.events), "day")
    first, last = timeline.events[0].date.isoformat(), timeline.events[-1].date.isoformat()
    found = f", {first}" if first == last else f", from {first} to {last}"
    return f"Cells change on {days}{between or found}"


def _between(timeline: Timeline) -> str:
    first = timeline.first.isoformat() if timeline.first else ""
    last = timeline.last.isoformat() if timeline.last else ""
    if first and last:
        return f" from {first} to {last}"
    if first:
        return f" from {first} on"
    return f" up to {last}" if last else ""


def _beginning(timeline: Timeline) -> str:
    """Say how many cells were covered before the first day."""
    day = timeline.first or (timeline.events[0].date if timeline.events else None)
    begins = timeline.begins
    places = (one.share for one in begins if one.share and not is_one_place(one.share))
    unknown = sum(share.unknown for share in places)
    unassessed = f"; {count(unknown, 'territory', 'territories')} not assessed" if unknown else ""
    before = f"Before {day.isoformat()}" if day else "At all times"
    return f"{before}: {_counts(begins.summary())}{unassessed}"


def outcome(event: Event, turns: Turns = GAPS) -> str:
    """Say what changes on a day, and how many cells are covered then."""
    return f"{', '.join(counts_in_words(event.changes, turns))}; then {_counts(event.then)}"


def because(event: Event, label: Mapping[str, str]) -> str:
    """Say which instruments start or have ended on a day, at most a dozen of each."""
    named: dict[tuple[EventKind, Subject], list[str]] = defaultdict(list)
    for cause in event.because:
        names = [label[cause.instrument]] if cause.instrument else [""] * len(cause.cells)
        named[cause.kind, cause.subject] += names
    return "; ".join(
        _clause(what, whose, named[what, whose])
        for what in EventKind
        for whose in Subject
        if (what, whose) in named
    )


def _clause(what: EventKind, whose: Subject, names: list[str]) -> str:
    is_one = len(names) == 1
    if whose is Subject.OBSERVATION:
        subject = "an observation" if is_one else "observations"
    elif whose is Subject.COVER:
        subject = f"{'a cover' if is_one else 'covers'} of {one_of(names)}"
    else:
        subject = one_of(names)
    if what is EventKind.STARTS:
        return f"{subject} {'starts' if is_one else 'start'}"
    return f"{subject} {'has' if is_one else 'have'} ended"


def only_cause(event: Event) -> list[str]:
    """Return the id of the instrument because of which alone cells change; nothing where there are several."""
    ids = {cause.instrument for cause in event.because}
    return [id_ for id_ in ids if id_] if len(ids) == 1 else []


def _counts(counts: tuple[int, int, int, int, int]) -> str:
    _, full, partial, none, unknown = counts
    words = f"{full} full, {partial} partial, {none} none"
    return f"{words}, {unknown} unknown" if unknown else words


# The JSON document


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
    """What begins or has ended."""

    instrument: str | None
    """The instrument's id; null: an observation."""
    what: EventKind = attribute("kind")
    """Whether it begins on this day, or has ended on the day before."""
    whose: Subject = attribute("subject")
    """Whose date it is."""
    cells: tuple[CellName, ...]
    """The cells that change because of it."""


class EventRecord(AnswerPart):
    """A day on which cells change, against the day before."""

    date: dt.date
    """The day."""
    because: tuple[CauseRecord, ...]
    """Why, in file order."""
    changes: tuple[ChangeRecord, ...]
    """The cells that are not the same on both sides."""
    summary: SummaryRecord = attribute("then")


class TimelineRecord(QuestionRecord):
    """Coverage over the years."""

    schema_: Literal["clustergap/timeline@1"] = "clustergap/timeline@1"
    from_: dt.date | None
    """The first day that is looked at; null: the first in the data."""
    to: dt.date | None
    """The last day that is looked at; null: the last in the data."""
    levels: Levels
    roles: Roles
    begins: BeginningRecord
    events: tuple[EventRecord, ...]
    """The days, in the order of time."""


def record(answer: Timeline, origin: Origin) -> TimelineRecord:
    """Return ``clustergap/timeline@1``."""
    begins = answer.begins
    return TimelineRecord(
        dataset=dataset_record(begins, origin),
        query=answer.query,
        from_=answer.first,
        to=answer.last,
        levels=begins.levels,
        roles=begins.roles,
        begins=BeginningRecord(
            date=begins.query.as_of, summary=begins.summary(), cells=tuple(begins)
        ),
        events=answer.events,
    )
