"""What the JSON documents share of what is said: statements, citations, and SWOT items that speak of something."""

from datetime import date
from typing import Annotated

from clustergap.analysis.explain import StatementRecord
from clustergap.answers.records import (
    AnswerPart,
    CellName,
    LineNumber,
    Note,
    TerritoryCode,
    attribute,
    described,
)
from clustergap.document import Origin
from clustergap.model.dataset import Extent, Quadrant

SwotField = Annotated[Quadrant, described("The SWOT's field.")]
Starts = Annotated[date | None, described("First day; null: open.")]
Ends = Annotated[date | None, described("Last day; null: open.")]
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


class ExplainedStatementRecord(AnswerPart):
    """A cover or an observation."""

    cell: CellName
    instrument: str | None
    """The instrument's id; null: an observation."""
    extent: Extent
    """How far it goes."""
    territories: tuple[str, ...] | ExceptRecord | None
    """Where it holds; null where nothing is said."""
    starts: Starts
    ends: Ends
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
        starts=statement.starts,
        ends=statement.ends,
        counts=not statement.why_not,
        why_not=statement.why_not or None,
        note=statement.statement.note,
        sources=statement.sources,
        path=location.path,
        line=location.line,
    )


class EvidenceRecord(AnswerPart):
    """A SWOT item."""

    id: str = attribute("item", "id")
    """Its id."""
    quadrant: SwotField
    text: str = attribute("item", "text")
    """Its words."""
    why: str
    """Through which link it is here."""


class CitedEvidenceRecord(EvidenceRecord):
    """A SWOT item."""

    sources: Sources = attribute("item", "sources")
