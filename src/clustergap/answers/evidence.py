"""The evidence about a cell: instruments, statements, their sources, and SWOT items, in words and as parts of JSON documents."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Literal

from clustergap.analysis.counting import Period
from clustergap.analysis.coverage import Rating
from clustergap.analysis.explain import InstrumentExplanation, StatementRecord
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import Evidence
from clustergap.answers.phrases import citation, names_of, territories_in_words
from clustergap.answers.records import (
    AnswerPart,
    AnswerRecord,
    CellName,
    InstrumentId,
    LineNumber,
    Note,
    Open,
    TargetId,
    TerritoryCode,
    attribute,
    described,
)
from clustergap.document import Row, Rows
from clustergap.findings import DataPath
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Status
from clustergap.model.dates import date_in_words, when_in_words
from clustergap.model.statement import Extent, Observation
from clustergap.model.swot import Quadrant
from clustergap.origin import Origin
from clustergap.prose import Place
from clustergap.text import visible


def period_in_words(period: Period) -> str:
    """Say when something is in force.

    >>> period_in_words(Period(date(2014, 1, 1), None))
    'from 1 January 2014'
    >>> period_in_words(Period(date(2017, 10, 31), date(2020, 12, 31), is_seen=True))
    'known since 31 October 2017, until 31 December 2020'
    """
    starts, ends, is_seen = period
    if starts and is_seen:
        known = f"known since {date_in_words(starts)}"
        return f"{known}, until {date_in_words(ends)}" if ends else known
    if starts and ends:
        first, last = date_in_words(starts), date_in_words(ends)
        return when_in_words(starts) if first == last else f"{first} to {last}"
    if starts:
        return f"from {date_in_words(starts)}"
    return f"until {date_in_words(ends)}" if ends else "no dates given"


def unsourced(rating: Rating) -> Rating:
    """Leave out the sources of what is observed to be missing: the notes of a slide spell them out."""
    absences = (
        absence._replace(statement=Observation(extent=Extent.NONE, note=absence.statement.note))
        for absence in rating.absences
    )
    return rating._replace(absences=tuple(absences))


def days_in_words(record: StatementRecord) -> str:
    """Say when a statement is in force, when it was seen to be, and from when on its instrument only winds down."""
    days, instrument = period_in_words(record.period), record.instrument
    if record.statement.extent is Extent.NONE:
        # What is not there is not known since a day: it was looked for on that day.
        days = days.replace("known since", "seen")
    seen = _seen(record)
    if seen and not record.period.is_seen:
        days += f", seen {date_in_words(seen)}"
    last, ends = instrument.commits_until if instrument else None, record.period.ends
    if last is None or (ends and ends <= last):
        return days
    return f"{days}, {no_commitments_after(last)}"


def no_commitments_after(day: date) -> str:
    """Say from when on an instrument only winds down."""
    return f"no new commitments after {date_in_words(day)}"


def place(
    record: StatementRecord,
    dataset: Dataset,
    call: Callable[[Iterable[str]], Sequence[str]],
) -> str:
    """Say where a statement applies, with its places as *call* calls them: by their names, or by their codes."""
    territories = record.statement.territories
    if territories is not None:
        words = territories_in_words(territories, call)
        return f"{words}; the list may not be whole" if record.statement.at_least else words
    is_located = any(level.units for level in dataset.levels if level.id == record.cell.level)
    if is_located and record.statement.extent is Extent.PARTIAL:
        return "not everywhere, where is not said"
    is_absence = record.statement.extent is Extent.NONE
    return "in the whole of this level" if is_absence else "everywhere at this level"


def terms(record: StatementRecord, dataset: Dataset) -> list[str]:
    """Say when, to what extent and where a statement applies, and why the query does not count it."""
    words = [
        days_in_words(record),
        record.statement.extent.value,
        place(record, dataset, dataset.place_names.listed),
    ]
    return [*words, f"not counted: {record.why_not}"] if record.why_not else words


def evidence_in_words(evidence: Iterable[Evidence]) -> list[str]:
    """Name SWOT items, each with how it is linked to what is explained."""
    return [f"{each.item.id} {each.item.text} ({each.why})" for each in evidence]


def written_at(path: DataPath, origin: Origin) -> Place:
    """Say in which line of which file an entry is written."""
    location = origin.locations[path]
    return Place(visible(location.path), location.line)


# Statements as rows

STATEMENT_HEADER = (
    "role", "level", "cell", "coverage", "instrument id", "instrument", "extent", "where", "starts", "ends", "counts",
    "why not", "note", "sources", "as of",
)  # fmt: skip


def statement_rows(
    matrix: Matrix, subjects: Sequence[tuple[Row, Sequence[StatementRecord]]]
) -> Rows:
    """Write every statement, counted or not, about each of some *subjects*.

    Of a subject without any its own row stands alone, as no statement at all is an answer too: it has the first columns.
    """
    with_code = names_of(matrix).places.with_code
    return Rows(
        STATEMENT_HEADER,
        _statement_rows(matrix, subjects, list),
        _statement_rows(matrix, subjects, lambda codes: [*map(with_code, codes)]),
    )


def by_cell(
    matrix: Matrix, statements: Iterable[StatementRecord]
) -> list[tuple[Row, list[StatementRecord]]]:
    """Return the first columns of each cell that is shown, and those of the statements that are about it."""
    names, about = names_of(matrix), defaultdict[Cell, list[StatementRecord]](list)
    for statement in statements:
        about[statement.cell].append(statement)
    return [
        ((*names.cell_columns(rating.cell), rating.coverage), about[rating.cell])
        for rating in matrix
    ]


def _statement_rows(
    matrix: Matrix,
    subjects: Sequence[tuple[Row, Sequence[StatementRecord]]],
    call: Callable[[Iterable[str]], list[str]],
) -> Iterator[Row]:
    names, day = names_of(matrix), matrix.query.as_of
    for subject, statements in subjects:
        if not statements:
            yield (*subject, *[None] * (len(STATEMENT_HEADER) - len(subject) - 1), day)
        for statement in statements:
            instrument = statement.instrument
            yield (
                *names.cell_columns(statement.cell),
                matrix.ratings[statement.cell].coverage,
                instrument.id if instrument else None,
                instrument.label if instrument else None,
                statement.statement.extent.value,
                place(statement, matrix.dataset, call),
                None if statement.period.is_seen else statement.period.starts,
                statement.period.ends,
                "no" if statement.why_not else "yes",
                statement.why_not or None,
                statement.statement.note,
                "; ".join(map(citation, statement.sources)),
                day,
            )


# Parts of JSON documents


class ExplainRecord(AnswerRecord):
    """Why something is so: a cell, an instrument, a role, a level, a place, a source, a SWOT item or a rule."""

    schema_: Literal["clustergap/explain@1"] = "clustergap/explain@1"


SwotField = Annotated[Quadrant, described("The SWOT's field.")]
Starts = Annotated[date | None, described("First day; null: open.")]
Ends = Annotated[date | None, described("Last day; null: open.")]
Seen = Annotated[
    date | None,
    described(
        "A day on which somebody saw it; where nothing says its first day, since when it is known."
    ),
]
Counts = Annotated[bool, described("Whether the query counts it.")]
WhyNot = Annotated[str | None, described("Why the query does not count it.")]
FilePath = Annotated[str, described("The file that says so.")]


class CitationRecord(AnswerPart):
    """A citation."""

    ref: str
    """The key of a source."""
    locator: str | None
    """The place in it."""
    quote: str | None
    """Its words."""


Sources = Annotated[tuple[CitationRecord, ...], described("Where it comes from.")]


class ExceptRecord(AnswerPart):
    """Everywhere but there."""

    except_: tuple[TerritoryCode, ...] = attribute("codes")
    """Codes left out."""


def _seen(record: StatementRecord) -> date | None:
    of_instrument = record.instrument.seen if record.instrument else None
    return record.statement.seen or of_instrument


class ExplainedStatementRecord(AnswerPart):
    """A cover or an observation."""

    cell: CellName
    instrument: str | None
    """The instrument's id; null: an observation."""
    extent: Annotated[Extent, Open]
    """How far it goes."""
    territories: tuple[str, ...] | ExceptRecord | None
    """Where it holds; null where nothing is said."""
    at_least: bool
    """Whether the list of territories may not be whole: elsewhere nobody knows."""
    starts: Starts
    ends: Ends
    seen: Seen
    counts: Counts
    why_not: WhyNot
    note: Note | None
    sources: Sources
    path: FilePath
    line: LineNumber


Statements = Annotated[
    tuple[ExplainedStatementRecord, ...],
    described("Every statement about it, also those that the query does not count."),
]


def statement_record(statement: StatementRecord, origin: Origin) -> ExplainedStatementRecord:
    """Describe a statement about a cell, counted or not."""
    location = origin.locations[statement.data_path]
    return ExplainedStatementRecord(
        cell=statement.cell,
        instrument=statement.instrument.id if statement.instrument else None,
        extent=statement.statement.extent,
        territories=statement.statement.territories,
        at_least=statement.statement.at_least,
        starts=None if statement.period.is_seen else statement.period.starts,
        ends=statement.period.ends,
        seen=_seen(statement),
        counts=not statement.why_not,
        why_not=statement.why_not or None,
        note=statement.statement.note,
        sources=statement.sources,
        path=location.path,
        line=location.line,
    )


class ExplainedInstrumentRecord(AnswerPart):
    """The instrument."""

    id: InstrumentId
    name: str
    """Its name."""
    short: str | None
    """Its label."""
    kind: str | None
    """Its kind's id."""
    status: Status
    """Whether it exists."""
    starts: Starts
    ends: Ends
    seen: Seen
    ends_with: str | None
    """The id of the instrument from which it has its last day; null: it has its own, or none."""
    part_of: str | None
    """The id of the instrument of which it is a part."""
    funded_by: tuple[InstrumentId, ...]
    """Those that pay it: any of them suffices."""
    dependants: tuple[InstrumentId, ...]
    """What is part of it or paid by it."""
    commits_until: date | None
    """Last day for new commitments, after which it winds down; null: not stated."""
    targets: tuple[TargetId, ...]
    """Target groups that it is for."""
    managing_body: str | None
    """Who runs it."""
    legal_basis: str | None
    """What it rests on."""
    url: str | None
    """Its web address."""
    succeeded_by: tuple[InstrumentId, ...]
    """What follows it."""
    reviewed: date | None
    """When somebody last checked its record."""
    note: Note | None
    sources: Sources
    counts: Counts
    why_not: WhyNot
    path: FilePath
    line: LineNumber


def instrument_record(answer: InstrumentExplanation, origin: Origin) -> ExplainedInstrumentRecord:
    """Describe an instrument that is explained."""
    instrument, location = answer.instrument, origin.locations[answer.data_path]
    keys = filter(partial(hasattr, instrument), ExplainedInstrumentRecord.model_fields)
    values = {key: getattr(instrument, key) for key in keys}
    inherited = answer.inherited_end
    if inherited is not None:
        values["ends"] = inherited.day
    return ExplainedInstrumentRecord(
        **values,
        ends_with=inherited.owner if inherited else None,
        dependants=[dependant.instrument.id for dependant in answer.dependants],
        counts=not answer.why_not,
        why_not=answer.why_not or None,
        path=location.path,
        line=location.line,
    )


class QuadrantItemRecord(AnswerPart):
    """A SWOT item."""

    id: str = attribute("item", "id")
    """Its id."""
    quadrant: SwotField
    text: str = attribute("item", "text")
    """Its words."""


class EvidenceRecord(QuadrantItemRecord):
    """A SWOT item."""

    why: str
    """Through which link it is here."""


class CitedEvidenceRecord(EvidenceRecord):
    """A SWOT item."""

    sources: Sources = attribute("item", "sources")
