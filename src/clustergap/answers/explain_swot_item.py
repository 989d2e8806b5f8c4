"""An item of the SWOT explained: what it is linked to, how well that is covered, whether this contradicts it."""

from typing import Annotated

from clustergap.analysis.explain_records import SwotItemExplanation
from clustergap.analysis.swot import SwotView
from clustergap.answers.evidence import (
    ExplainRecord,
    FilePath,
    SwotField,
    WhyNot,
    written_at,
)
from clustergap.answers.phrases import labelled, query_in_words, quotation
from clustergap.answers.provenance import provenance
from clustergap.answers.records import (
    AnswerPart,
    CellRecord,
    InstrumentId,
    LineNumber,
    QuestionRecord,
    described,
    head,
)
from clustergap.answers.swot import SwotItemRecord, contradiction, links_in_words
from clustergap.answers.swot import rows as swot_rows
from clustergap.document import Document, Rows
from clustergap.origin import Origin
from clustergap.prose import Field, Fields, Run, Style


def document(answer: SwotItemExplanation, origin: Origin) -> Document:
    """Show an item with all that it is linked to, how well that is covered, and whether this contradicts it."""
    matrix, linked = answer.matrix, answer.linked
    item = linked.item
    links = [*links_in_words(matrix, linked)] or ["nothing"]
    against = contradiction(linked) if linked.is_contradicted else ""
    fields = (
        Field("Quadrant", (answer.quadrant.value,)),
        *labelled("Speaks of", links),
        *([Field("Against it", ((Run(against, Style.STRONG),),))] if against else []),
        *labelled("Sources", map(quotation, item.sources)),
        Field("File", ((written_at(answer.data_path, origin),),)),
    )
    title = (Run(item.id, Style.STRONG), f": {item.text} ({query_in_words(matrix.query)})")
    return Document(
        title,
        (Fields(fields),),
        **provenance(matrix, origin, answer.caveats()),
    )


def rows(answer: SwotItemExplanation) -> Rows:
    """Write the item as the SWOT's table does."""
    return swot_rows(SwotView(answer.matrix, ((answer.quadrant, (answer.linked,)),)))


# The JSON document


class NotCountedRecord(AnswerPart):
    """An instrument that the query does not count."""

    instrument: InstrumentId
    why_not: WhyNot


class ExplainedSwotItemRecord(SwotItemRecord):
    """The SWOT item."""

    quadrant: SwotField
    path: FilePath
    line: LineNumber


NamedCells = Annotated[tuple[CellRecord, ...], described("The cells that its words name.")]
MeantCells = Annotated[
    tuple[CellRecord, ...], described("The cells that its words mean without naming them.")
]
NotCounted = Annotated[
    tuple[NotCountedRecord, ...],
    described("Those of its instruments that the query does not count."),
]


class ExplainSwotItemRecord(ExplainRecord, QuestionRecord):
    """Of a SWOT item."""

    item: ExplainedSwotItemRecord
    """The item."""
    cells: NamedCells
    meant_cells: MeantCells
    not_counted: NotCounted


def record(answer: SwotItemExplanation, origin: Origin) -> ExplainSwotItemRecord:
    """Return ``clustergap/explain@1`` of a SWOT item."""
    linked, location = answer.linked, origin.locations[answer.data_path]
    item = ExplainedSwotItemRecord(
        **dict(SwotItemRecord.model_validate(linked)),
        quadrant=answer.quadrant,
        path=location.path,
        line=location.line,
    )
    return ExplainSwotItemRecord(
        **head(answer.matrix, origin, answer.caveats()),
        item=item,
        cells=linked.ratings,
        meant_cells=linked.meant_ratings,
        not_counted=[
            NotCountedRecord(instrument=id_, why_not=why) for id_, why in linked.not_counted
        ],
    )
