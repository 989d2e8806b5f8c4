"""The timeline: what happens to cells on a day, and why."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.followed_state import lost_and_gained
from clustergap.analysis.matrix import CellChange, Summary
from clustergap.analysis.statement_events import EventKind, Subject
from clustergap.analysis.timeline import Event, Span, Timeline
from clustergap.answers.changes import (
    counts_in_words,
    steps_of,
    verb,
)
from clustergap.answers.phrases import (
    Names,
    meanings_in_words,
    names_of,
    narrowing_in_words,
    size_in_words,
)
from clustergap.answers.provenance import (
    DATA,
    caveats_in_words,
    remark,
    shown_in_words,
    source_in_words,
)
from clustergap.answers.ratings import WritePlaces, is_one_place, share_columns, write_codes
from clustergap.document import Block, Day, Days, Document, Row, Rows
from clustergap.model.dates import date_in_words
from clustergap.model.places import PLACES
from clustergap.origin import Origin
from clustergap.picture import LONGEST_ALTERNATIVE, Caption, StripSpan, TimelinePicture
from clustergap.prose import Paragraph
from clustergap.text import as_many_as_fit, count, long_day, one_of, short_day
from clustergap.theme import GAP_DEFINITION, WORDS

HEADER = (
    "date", "because", "role", "level", "cell", "change", "before", "after", "instruments before",
    "instruments after", "lost", "gained", "covered before", "of before", "covered after", "of after", "missing",
)  # fmt: skip


KNOWN_SINCE = "Known since: somebody saw it on that day; when it started is not said."
STOPPED = "What has stopped committing takes no new commitments; until it ends it winds down, and covers what it did."


def document(answer: Timeline, origin: Origin) -> Document:
    """Say day by day which cells change, and why, and what stops committing."""
    matrix, names = answer.begins, names_of(answer.begins)
    blocks: list[Block] = [Paragraph(f"{_extent(answer)}. {_beginning(answer)}.", is_apart=True)]
    if answer.events:
        blocks.append(Days(tuple(_day(event, names) for event in answer.events)))
    return Document(
        _title(answer),
        tuple(blocks),
        tuple(_meanings(answer)),
        question=tuple(shown_in_words(matrix)),
        source=_source(answer, DATA),
        remark=remark(origin, answer.caveats),
    )


def _meanings(timeline: Timeline) -> Iterator[str]:
    if timeline.events:
        yield meanings_in_words(timeline.begins)
    if any(cause.kind is EventKind.SEEN for event in timeline.events for cause in event.because):
        yield KNOWN_SINCE
    if _stops(timeline):
        yield STOPPED


def _day(event: Event, names: Names) -> Day:
    steps = steps_of(event.changes, names, only_cause(event))
    return Day(event.date, because(event, names), steps, outcome(event))


def rows(answer: Timeline) -> Rows:
    """Write every change of a cell, day by day; of a day on which instruments only stop committing, a row without a cell."""
    named = names_of(answer.begins).places.list_with_codes
    return Rows(HEADER, _rows(answer, write_codes), _rows(answer, named))


def _rows(timeline: Timeline, write: WritePlaces) -> Iterator[Row]:
    names = names_of(timeline.begins)
    for event in timeline.events:
        reason = because(event, names)
        for change in event.changes:
            cell = names.cell_columns(change.cell)
            yield (event.date, reason, *cell, *_change_columns(change, names, write))
        if not event.changes:
            yield (event.date, reason, *[None] * (len(HEADER) - 2))


def _change_columns(change: CellChange, names: Names, write: WritePlaces) -> Row:
    lost, gained = lost_and_gained(change.before, change.after)
    before, after = (share_columns(side.share, write) for side in (change.before, change.after))
    return (
        verb(change),
        change.before.coverage.value,
        change.after.coverage.value,
        len(change.before.instruments),
        len(change.after.instruments),
        "; ".join(names.list_instruments(lost)),
        "; ".join(names.list_instruments(gained)),
        before.covered,
        before.of,
        after.covered,
        after.of,
        after.missing,
    )


def picture(answer: Timeline, origin: Origin) -> TimelinePicture:
    """Draw for each cell how well it is covered from which day on."""
    matrix, spans, stops = answer.begins, answer.spans(), _stops(answer)
    narrowing = "".join(f", {clause}" for clause in narrowing_in_words(answer.query))
    first_day = "A date in a strip is the first day of that coverage."
    if any(span.is_seen for row in spans.values() for span in row):
        first_day += f" {KNOWN_SINCE}"
    caption = Caption(
        matrix.dataset.title,
        f"Coverage over the years{narrowing}. {_extent(answer)}. {_beginning(answer)}.",
        (
            *([_stops_in_words(stops, names_of(matrix))] if stops else []),
            f"{GAP_DEFINITION} {first_day}",
            _source(answer, origin.data_in_words),
            *filter(None, (caveats_in_words(answer.caveats),)),
        ),
        *_description(answer, origin),
    )
    nouns = {level.id: level.noun for level in matrix.levels}
    return TimelinePicture(
        caption,
        tuple(role.name for role in matrix.roles),
        tuple(level.name for level in matrix.levels),
        tuple(
            tuple(
                tuple(_strip_span(span, nouns[rating.cell.level]) for span in spans[rating.cell])
                for rating in ratings
            )
            for _, ratings in matrix.by_role()
        ),
        *_pictured_days(answer),
        matrix.dataset.as_of,
        tuple(event.date for event in stops),
    )


MOST_STOPS = 6
"""Days that a picture names on which instruments stop committing; it shows all of them."""


def _stops(timeline: Timeline) -> list[Event]:
    """Return the days on which instruments stop committing, with these causes alone."""
    return [
        event._replace(
            because=tuple(
                cause for cause in event.because if cause.kind is EventKind.STOPS_COMMITTING
            )
        )
        for event in timeline.events
        if event.because[-1].kind is EventKind.STOPS_COMMITTING
    ]


def _stops_in_words(stops: Sequence[Event], names: Names) -> str:
    days = [f"{long_day(event.date)} {because(event, names)}" for event in stops[:MOST_STOPS]]
    more = len(stops) - len(days)
    days += [f"and {count(more, 'day')} more"] if more else []
    return f"Dotted lines: {'; '.join(days)}. {STOPPED}"


_GAP_STEPS = (
    (True, "becomes a gap", "become gaps"),
    (False, "is no longer a gap", "are no longer gaps"),
)
"""What happens to cells that were, or were not, covered in full."""


def _description(timeline: Timeline, origin: Origin) -> tuple[str, str]:
    """Say what the picture shows: all of it, and as much as an alternative text may hold."""
    about = f"{_title(timeline)}. {_extent(timeline)}. {_beginning(timeline)}."
    about = f"{about} {remark(origin, timeline.caveats)}".rstrip()
    steps = [*_steps(timeline)]
    brief = as_many_as_fit(steps, max(0, LONGEST_ALTERNATIVE - len(about) - 1), "change")
    return " ".join([about, *steps]), f"{about} {brief}".rstrip()


def _steps(timeline: Timeline) -> Iterator[str]:
    names = names_of(timeline.begins)
    for event in timeline.events:
        for was_full, singular, plural in _GAP_STEPS:
            cells = [
                names.cell_in_sentence(change.cell)
                for change in event.changes
                if (change.before.coverage is Coverage.FULL) is was_full
                and (change.after.coverage is Coverage.FULL) is not was_full
            ]
            if cells:
                step = singular if len(cells) == 1 else plural
                yield f"On {long_day(event.date)} {one_of(cells)} {step}."
    for event in _stops(timeline):
        yield f"On {long_day(event.date)} {because(event, names)}."


def _strip_span(span: Span, noun: tuple[str, str]) -> StripSpan:
    word = WORDS[span.coverage]
    if span.unknown and span.coverage is not Coverage.UNKNOWN:
        word += f", {count(span.unknown, *noun)} unknown"
    since = ", known since" if span.is_seen else " from"
    words = (f"{word}{since} {short_day(span.starts)}", word) if span.starts else (word,)
    return StripSpan(span.coverage, span.starts, words)


def _pictured_days(timeline: Timeline) -> tuple[dt.date, dt.date]:
    # Without a bound, a year before the first change and a year after the last are shown too.
    known = timeline.begins.dataset.as_of or dt.date(2000, 1, 1)
    days = [event.date for event in timeline.events] or [timeline.first or timeline.last or known]
    first = timeline.first or dt.date(max(1, days[0].year - 1), 1, 1)
    last = timeline.last or dt.date(min(9999, days[-1].year + 1), 12, 31)
    return first, last


# In words


def _title(timeline: Timeline) -> str:
    """Say which cells are followed, and under which query."""
    matrix = timeline.begins
    words = [size_in_words(matrix), *narrowing_in_words(timeline.query)]
    return f"{matrix.dataset.title}: {', '.join(words)}"


def _source(timeline: Timeline, data: str) -> str:
    """Name where the data comes from, and its own day, as a timeline is not about a single day."""
    dataset = timeline.begins.dataset
    dated = (
        f"as of {date_in_words(dataset.as_of)}" if dataset.as_of else "without a date of its own"
    )
    return source_in_words(dataset, data, dated)


def _extent(timeline: Timeline) -> str:
    """Say on how many days something changes, and in which period."""
    between = _between(timeline)
    stops = len(_stops(timeline))
    stopping = f"; instruments stop committing on {count(stops, 'day')}" if stops else ""
    days = [long_day(event.date) for event in timeline.events if event.changes]
    if not days:
        return f"Nothing changes{between}{stopping}"
    dates = f", {days[0]}" if days[0] == days[-1] else f", from {days[0]} to {days[-1]}"
    return f"Coverage changes on {count(len(days), 'day')}{between or dates}{stopping}"


def _between(timeline: Timeline) -> str:
    first = long_day(timeline.first) if timeline.first else ""
    last = long_day(timeline.last) if timeline.last else ""
    if first and last:
        return f" from {first} to {last}"
    if first:
        return f" from {first} on"
    return f" up to {last}" if last else ""


def _beginning(timeline: Timeline) -> str:
    """Say how many cells were covered before the first day."""
    day = timeline.first or (timeline.events[0].date if timeline.events else None)
    shares = (rating.share for rating in timeline.begins)
    unknown = [share for share in shares if share and share.unknown and not is_one_place(share)]
    nouns = {share.noun[1] for share in unknown}
    places = nouns.pop() if len(nouns) == 1 else PLACES[1]
    beside = (
        f"; {count(len(unknown), 'pair')} of role and level with unknown {places}"
        if unknown
        else ""
    )
    before = f"Before {long_day(day)}" if day else "At all times"
    return f"{before}: {_counts(timeline.begins.summary())}{beside}"


def outcome(event: Event) -> str:
    """Say what changes on a day, and how many cells are covered then."""
    changes = ", ".join(counts_in_words(event.changes)) or "nothing changes"
    return f"{changes}; then {_counts(event.then)}"


def because(event: Event, names: Names) -> str:
    """Say which instruments start, are known since then, have ended or stopped committing on a day, at most a dozen of each."""
    named: dict[tuple[EventKind, Subject, str | None], list[str]] = defaultdict(list)
    for cause in event.because:
        instrument = [names.instruments[cause.instrument]] if cause.instrument else []
        cause_names = instrument or [""] * len(cause.cells)
        named[cause.kind, cause.subject, cause.ends_with] += cause_names
    return "; ".join(
        _clause(kind, subject, own_names, event.date)
        + (f" with {names.instruments[ends_with]}" if ends_with else "")
        for kind in EventKind
        for subject in Subject
        for (*key, ends_with), own_names in named.items()
        if key == [kind, subject]
    )


def _clause(kind: EventKind, subject: Subject, names: list[str], day: dt.date) -> str:
    is_single = len(names) == 1
    if subject is Subject.OBSERVATION:
        words = "an observation" if is_single else "observations"
    elif subject is Subject.COVER:
        words = f"{'a cover' if is_single else 'covers'} of {one_of(names)}"
    else:
        words = one_of(names)
    if kind is EventKind.STARTS:
        return f"{words} {'starts' if is_single else 'start'}"
    if kind is EventKind.SEEN:
        return f"{words} {'is' if is_single else 'are'} known since {long_day(day)}"
    has = "has" if is_single else "have"
    return f"{words} {has} {'ended' if kind is EventKind.ENDS else 'stopped committing'}"


def only_cause(event: Event) -> list[str]:
    """Return the id of the instrument that is the only cause of the changes; empty if there are several."""
    ids = {cause.instrument for cause in event.because if cause.cells}
    return [id_ for id_ in ids if id_] if len(ids) == 1 else []


def _counts(summary: Summary) -> str:
    _, full, partial, none, unknown = summary
    words = f"{full} full, {partial} partial, {none} none"
    return f"{words}, {unknown} unknown" if unknown else words
