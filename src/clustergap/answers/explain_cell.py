"""Why a cell is rated as it is, and how to close its gap."""

from collections.abc import Iterator, Sequence

from clustergap.analysis.explain import (
    CellExplanation,
    Closing,
    StatementRecord,
)
from clustergap.answers.evidence import (
    EvidenceRecord,
    ExplainRecord,
    Statements,
    evidence_in_words,
    statement_record,
    statement_rows,
    terms,
    written_at,
)
from clustergap.answers.phrases import (
    Names,
    citation,
    instrument_in_words,
    labelled,
    names_of,
    query_in_words,
    summary_in_words,
)
from clustergap.answers.provenance import provenance
from clustergap.answers.ratings import how_covered, is_covered
from clustergap.answers.records import (
    AnswerPart,
    CellCoverage,
    CellRecord,
    InstrumentId,
    LevelId,
    QuestionRecord,
    attribute,
    head,
)
from clustergap.document import Document, Rows
from clustergap.findings import DataPath
from clustergap.model.places import Except
from clustergap.model.statement import Extent
from clustergap.origin import Origin
from clustergap.prose import Field, Fields, Parts, Run, Sign, Style, Text
from clustergap.text import capitalise, either, one_of, visible


def document(answer: CellExplanation, origin: Origin) -> Document:
    rating, level, names = answer.rating, answer.same_level, names_of(answer.matrix)
    counts = summary_in_words(level, "role", "roles")
    missing = ", ".join(names.places.listed(rating.share.missing)) if rating.share else ""
    others = tuple(_elsewhere(answer, names))
    fields = (
        *(_statement(answer, statement, names, origin) for statement in answer.statements),
        *([Field("Not in", (missing,))] if missing else []),
        *([Field("Same role", ((Parts(others),),))] if others else []),
        Field("Same level", (counts,)),
        *labelled("SWOT", evidence_in_words(answer.evidence)),
        *([Field("Accepted", (answer.accepted.reason,))] if answer.accepted else []),
        *([_closing_field(answer, answer.closing, origin)] if answer.closing else []),
    )
    title = (
        Run(f"{names.cell(rating.cell)}: ", Style.STRONG),
        Sign(rating.coverage),
        _verdict(answer, names),
    )
    return Document(
        title, (Fields(fields),), **provenance(answer.matrix, origin, answer.caveats())
    )


def rows(answer: CellExplanation) -> Rows:
    """Write every statement about a cell, counted or not."""
    rating = answer.rating
    subject = (*names_of(answer.matrix).cell_columns(rating.cell), rating.coverage)
    return statement_rows(answer.matrix, [(subject, answer.statements)])


def _verdict(answer: CellExplanation, names: Names) -> str:
    """Return the end of the title, after the word for the coverage: how the cell is covered, and the query."""
    clause = how_covered(answer.rating, names)
    verdict = f", {clause}" if is_covered(answer.rating) else f". {capitalise(clause)}"
    return f"{verdict} ({query_in_words(answer.matrix.query)})."


def _elsewhere(answer: CellExplanation, names: Names) -> Iterator[str]:
    """Say how the role is covered at other levels, and by what."""
    for rating in answer.same_role:
        by = ", ".join(names.list_instruments(rating.instruments))
        coverage = f"{names.levels[rating.cell.level]} {rating.coverage.value}"
        yield f"{coverage} ({by})" if by else coverage


def _statement(
    answer: CellExplanation, statement: StatementRecord, names: Names, origin: Origin
) -> Field:
    dataset, instrument = answer.matrix.dataset, statement.instrument
    lines: list[Text] = []
    if instrument is not None:
        words = instrument_in_words(dataset, instrument, names)
        lines.append(", ".join((instrument.name, *words)))
    lines.append((Parts(tuple(terms(statement, dataset))),))
    if statement.statement.note:
        lines.append(f'"{statement.statement.note}"')
    cited = "; ".join(map(citation, statement.sources))
    lines.append((Run(cited, Style.QUIET), written_at(statement.data_path, origin)))
    label = instrument.label if instrument else "Observation"
    return Field(label, tuple(lines), is_quiet=bool(statement.why_not))


# How a cell's gap is closed

TO_FILL = "[...]"
"""Stands for codes that only the author knows; ``check`` refuses it until it is replaced."""


def _closing_field(answer: CellExplanation, closing: Closing, origin: Origin) -> Field:
    """Say how to close the gap of a cell and change nothing else: where to write, what, and what to mind."""
    cover = f"covers: {{{answer.rating.cell}: {_cover(closing)}}}"
    remarks = []
    if closing.is_located and closing.territories is None:
        remarks.append("name the territories that it covers: without them it counts everywhere")
    if closing.contradicts:
        remarks += _to_correct(answer, closing.contradicts, origin)
    if answer.accepted is not None:
        remarks.append("delete the gap from accepted_gaps then")
    lines = (f"{_where_to_write(answer, closing, origin)}:", (Run(cover, Style.CODE),))
    return Field("To close it", (*lines, *([f"({'; '.join(remarks)})"] if remarks else [])))


def _where_to_write(answer: CellExplanation, closing: Closing, origin: Origin) -> str:
    kinds = answer.matrix.query.kinds
    instrument = f"an instrument{f' of kind {either(kinds)}' if kinds else ''}"
    other = " that does not name it yet, or to a new one," if closing.is_named else ""
    if origin.is_example:
        return f"make data of your own with clustergap init; then add to {instrument}{other}"
    return f"add to {instrument}{other} in {either([*map(visible, origin.holders)])}"


def _to_correct(
    answer: CellExplanation, observations: Sequence[DataPath], origin: Origin
) -> Iterator[str]:
    """Say which observations would be wrong then: those that it is partial, and those that there is nothing."""
    extents = {record.data_path: record.statement.extent for record in answer.statements}
    for extent, claim in ((Extent.PARTIAL, "it is partial"), (Extent.NONE, "there is nothing")):
        locations = [origin.locations[path] for path in observations if extents[path] is extent]
        places = one_of([f"{visible(each.path)}:{each.line}" for each in locations])
        at = "" if origin.is_example else f" at {places}"
        if len(locations) == 1:
            yield f"the observation{at} says that {claim}: correct it"
        elif locations:
            yield f"the observations{at} say that {claim}: correct them"


def _cover(closing: Closing) -> str:
    if not closing.is_located:
        return "full"
    match closing.territories:
        case None:
            territories = TO_FILL
        case Except(codes=codes):
            territories = f"{{except: [{', '.join(codes)}]}}"
        case codes:
            territories = f"[{', '.join(codes)}]"
    return f"{{extent: full, territories: {territories}}}"


# The JSON document


class ElsewhereRecord(AnswerPart):
    """The same role at another level."""

    level: LevelId = attribute("cell", "level")
    coverage: CellCoverage
    instruments: tuple[InstrumentId, ...]
    """The instruments there."""


class ExplainCellRecord(ExplainRecord, QuestionRecord):
    """Of a cell."""

    cell: CellRecord
    """The cell."""
    statements: Statements
    elsewhere: tuple[ElsewhereRecord, ...]
    """At every other level."""
    evidence: tuple[EvidenceRecord, ...]
    """SWOT items that speak of it, nearest link first."""


def record(answer: CellExplanation, origin: Origin) -> ExplainCellRecord:
    """Return ``clustergap/explain@1`` of a cell."""
    return ExplainCellRecord(
        **head(answer.matrix, origin, answer.caveats()),
        cell=answer.rating,
        statements=[statement_record(each, origin) for each in answer.statements],
        elsewhere=answer.same_role,
        evidence=answer.evidence,
    )
