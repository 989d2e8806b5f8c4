"""Why a cell is rated as it is, what an instrument does, what a rule of ``check`` means."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Literal

from clustergap.analysis.coverage import Rating
from clustergap.analysis.explain import CellExplanation, InstrumentExplanation, StatementRecord
from clustergap.analysis.matrix import Matrix
from clustergap.answers.closing import closing_in_words
from clustergap.answers.evidence_records import (
    Counts,
    Ends,
    EvidenceRecord,
    FilePath,
    Sources,
    Starts,
    Statements,
    WhyNot,
    statement_record,
)
from clustergap.answers.phrases import (
    carried,
    cell_name,
    citation,
    kind_name,
    labelled,
    labels,
    level_names,
    period,
    query_in_words,
    role_names,
    territories_in_words,
)
from clustergap.answers.ratings import (
    how_covered,
    is_covered,
)
from clustergap.answers.records import (
    AnswerPart,
    AnswerRecord,
    CellCoverage,
    CellName,
    CellRecord,
    DatasetRecord,
    InstrumentId,
    LevelId,
    LineNumber,
    Note,
    QueryRecord,
    TargetId,
    attribute,
    head,
)
from clustergap.document import (
    Code,
    Document,
    Field,
    Fields,
    Origin,
    Parts,
    Place,
    Row,
    Rows,
    Run,
    Sign,
    Style,
    Text,
)
from clustergap.findings import Location, Rule, Severity
from clustergap.model.dataset import Dataset, Extent, Status
from clustergap.text import count, visible

Explanation = CellExplanation | InstrumentExplanation | Rule


def document(answer: Explanation, origin: Origin) -> Document:
    """Explain a cell, an instrument or a rule."""
    match answer:
        case CellExplanation():
            return _of_cell(answer, origin)
        case InstrumentExplanation():
            return _of_instrument(answer, origin)
        case Rule():
            return _of_rule(answer)


def rows(answer: Explanation) -> Rows:
    """Write every statement about a cell or of an instrument, counted or not; of a rule its page."""
    if isinstance(answer, Rule):
        return Rows(RULE_HEADER, [(*answer[:2], answer.severity.value, *answer[3:])])
    return Rows(HEADER, _statement_rows(answer))


# A cell


def _of_cell(explained: CellExplanation, origin: Origin) -> Document:
    matrix, rating = explained.matrix, explained.rating
    title = (
        Run(f"{cell_name(matrix.dataset, rating)}: ", Style.STRONG),
        Sign(rating.coverage),
        _verdict(explained),
    )
    fields = [_statement(explained, statement, origin) for statement in explained.statements]
    if _missing(rating):
        fields.append(Field("Not in", (_missing(rating),)))
    others = _elsewhere_in_words(matrix, explained.same_role)
    if others:
        fields.append(Field("Same role", ((Parts(tuple(others)),),)))
    level = explained.same_level
    unknown = f", {level.unknown} unknown" if level.unknown else ""
    counts = f"{level.full} of {level.cells} roles full, {level.partial} partial, {level.none} none{unknown}"
    fields.append(Field("Same level", (counts,)))
    fields += labelled(
        "SWOT", [f"{each.item.id} {each.item.text} ({each.why})" for each in explained.evidence]
    )
    if explained.accepted:
        fields.append(Field("Accepted", (explained.accepted.reason,)))
    closing = closing_in_words(explained, origin)
    if closing is not None:
        heed = (f"({closing.heed})",) if closing.heed else ()
        lines: tuple[Text, ...] = (f"{closing.where}:", (Run(closing.cover, Style.CODE),), *heed)
        fields.append(Field("To close it", lines))
    return Document(
        title,
        (Fields(tuple(fields)),),
        **carried(matrix, origin),
    )


def _statement(explained: CellExplanation, statement: StatementRecord, origin: Origin) -> Field:
    dataset, instrument = explained.matrix.dataset, statement.instrument
    lines: list[Text] = []
    if instrument is not None:
        names = (instrument.name, kind_name(dataset, instrument))
        lines.append(", ".join(name for name in names if name))
    lines.append((Parts(tuple(terms(statement, dataset))),))
    if statement.statement.note:
        lines.append(f'"{statement.statement.note}"')
    cited = "; ".join(citation(ref) for ref in statement.sources)
    lines.append((Run(cited, Style.QUIET), _place(origin.locations[statement.data_path])))
    label = instrument.label if instrument else "Observation"
    return Field(label, tuple(lines), is_quiet=bool(statement.why_not))


def _place(location: Location) -> Place:
    return Place(visible(location.path), location.line)


# An instrument


def _of_instrument(explained: InstrumentExplanation, origin: Origin) -> Document:
    instrument, matrix = explained.instrument, explained.matrix
    name = "" if instrument.label == instrument.name else f": {instrument.name}"
    fields = [Field(key, (value,)) for key, value in _instrument_fields(explained)]
    opens = {rating.cell for rating in explained.opens}
    for number, statement in enumerate(explained.statements):
        mark = ", a gap without it" if statement.cell in opens else ""
        cell = f"{cell_name(matrix.dataset, matrix.ratings[statement.cell])}{mark}"
        said = Parts(tuple(terms(statement, matrix.dataset)))
        lines: tuple[Text, ...] = (cell, (said, _place(origin.locations[statement.data_path])))
        fields.append(Field("" if number else "Covers", lines, is_quiet=bool(statement.why_not)))
    fields += labelled("SWOT", [f"{each.item.id} {each.item.text}" for each in explained.evidence])
    quotes = [f': "{ref.quote}"' if ref.quote else "" for ref in instrument.sources]
    cited = [citation(ref) for ref in instrument.sources]
    fields += labelled(
        "Sources", [f"{ref}{quote}" for ref, quote in zip(cited, quotes, strict=True)]
    )
    fields.append(Field("File", ((_place(origin.locations[explained.data_path]),),)))
    return Document(
        f"{instrument.label}{name}",
        (Fields(tuple(fields)),),
        **carried(matrix, origin),
    )


# A rule


def _of_rule(rule: Rule) -> Document:
    fields = (Field("Why", (rule.why,)), Field("To mend it", (rule.fix,)))
    return Document(
        f"{rule.code} {rule.name}, {rule.severity.value}",
        (Fields(fields), Code("Bad", rule.bad), Code("Good", rule.good)),
    )


HEADER = (
    "role", "level", "cell", "coverage", "instrument id", "instrument", "extent", "where", "starts", "ends", "counts",
    "why not", "note", "sources", "as of",
)  # fmt: skip

RULE_HEADER = ("code", "name", "severity", "why", "fix", "bad", "good")


def _statement_rows(explained: CellExplanation | InstrumentExplanation) -> Iterator[Row]:
    matrix = explained.matrix
    roles, levels = role_names(matrix.dataset), level_names(matrix.dataset)
    for statement in explained.statements:
        cell, instrument = statement.cell, statement.instrument
        yield (
            roles[cell.role],
            levels[cell.level],
            str(cell),
            matrix.ratings[cell].coverage,
            instrument.id if instrument else None,
            instrument.label if instrument else None,
            statement.statement.extent.value,
            place(statement, matrix.dataset),
            statement.starts,
            statement.ends,
            "no" if statement.why_not else "yes",
            statement.why_not or None,
            statement.statement.note,
            "; ".join(citation(ref) for ref in statement.sources),
            matrix.query.as_of,
        )
    if not explained.statements:
        # Nobody says anything, which is an answer too.
        yield (*_subject(explained, roles, levels), *[None] * 8, matrix.query.as_of)


def _subject(
    explained: CellExplanation | InstrumentExplanation,
    roles: Mapping[str, str],
    levels: Mapping[str, str],
) -> Row:
    if isinstance(explained, InstrumentExplanation):
        return (*[None] * 4, explained.instrument.id, explained.instrument.label)
    cell = explained.rating.cell
    coverage = explained.rating.coverage
    return (roles[cell.role], levels[cell.level], str(cell), coverage, None, None)


# In words


def place(said: StatementRecord, dataset: Dataset) -> str:
    """Say where a statement applies."""
    territories = said.statement.territories
    if territories is not None:
        return territories_in_words(territories)
    is_located = any(level.units for level in dataset.levels if level.id == said.cell.level)
    if is_located and said.statement.extent is Extent.PARTIAL:
        return "not everywhere, where is not said"
    return "everywhere at this level"


def terms(said: StatementRecord, dataset: Dataset) -> list[str]:
    """Say when, how far and where a statement holds, and why the query does not count it."""
    words = [period(said.starts, said.ends), said.statement.extent.value, place(said, dataset)]
    return [*words, f"not counted: {said.why_not}"] if said.why_not else words


def _verdict(explained: CellExplanation) -> str:
    """Say how a cell is covered and by how much it would hurt to lose an instrument, behind its word."""
    rating, matrix = explained.rating, explained.matrix
    how = how_covered(rating, labels(matrix))
    behind = f", {how}" if is_covered(rating) else f". {how[0].upper()}{how[1:]}"
    return f"{behind} ({query_in_words(matrix.query)})."


def _missing(rating: Rating) -> str:
    """Name every territory that nothing covers."""
    return ", ".join(rating.share.missing) if rating.share else ""


def _elsewhere_in_words(matrix: Matrix, ratings: tuple[Rating, ...]) -> list[str]:
    """Say how the same role is covered at other levels, and by what."""
    label, levels = labels(matrix), level_names(matrix.dataset)
    return [
        f"{levels[other.cell.level]} {other.coverage.value}"
        + (f" ({', '.join(label[id_] for id_ in other.instruments)})" if other.instruments else "")
        for other in ratings
    ]


def _instrument_fields(explained: InstrumentExplanation) -> list[tuple[str, str]]:
    """List what is known of an instrument, by the name of the field."""
    instrument, dataset = explained.instrument, explained.matrix.dataset
    counts = f"not counted: {explained.why_not}" if explained.why_not else "counted"
    names = {target.id: target.name for target in dataset.targets}
    opens = ", ".join(cell_name(dataset, rating) for rating in explained.opens)
    fields = [
        ("Kind", kind_name(dataset, instrument)),
        (
            "In force",
            f"{period(instrument.starts, instrument.ends)}; {counts}, {query_in_words(explained.matrix.query)}",
        ),
        ("For", ", ".join(names.get(target, target) for target in instrument.targets)),
        ("Body", instrument.managing_body),
        ("Legal basis", instrument.legal_basis),
        ("Address", instrument.url),
        ("Followed by", ", ".join(instrument.succeeded_by)),
        ("Reviewed", instrument.reviewed.isoformat() if instrument.reviewed else ""),
        ("Note", instrument.note),
        ("Description", instrument.description),
        (
            "Without it",
            f"{count(len(explained.opens), 'gap opens', 'gaps open')}{': ' if opens else ''}{opens}",
        ),
    ]
    return [(key, value) for key, value in fields if value]


# The JSON document


class ElsewhereRecord(AnswerPart):
    """The same role at another level."""

    level: LevelId = attribute("cell", "level")
    coverage: CellCoverage
    instruments: tuple[InstrumentId, ...]
    """The instruments there."""


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


class RuleRecord(AnswerPart):
    """The rule."""

    code: str
    """Its code."""
    name: str
    """Its name."""
    severity: Severity
    """How bad a finding of it is."""
    why: str
    """Why it matters."""
    fix: str
    """How to mend it."""
    bad: str
    """A bad example."""
    good: str
    """A good example."""


class ExplainRecord(AnswerRecord):
    """Why a cell is rated so, what an instrument does, what a rule means."""

    schema_: Literal["clustergap/explain@1"] = "clustergap/explain@1"


class ExplainCellRecord(ExplainRecord):
    """Of a cell."""

    dataset: DatasetRecord
    query: QueryRecord
    cell: CellRecord
    """The cell."""
    statements: Statements
    elsewhere: tuple[ElsewhereRecord, ...]
    """At every other level."""
    evidence: tuple[EvidenceRecord, ...]
    """SWOT items that speak of it, nearest link first."""


class ExplainInstrumentRecord(ExplainRecord):
    """Of an instrument."""

    dataset: DatasetRecord
    query: QueryRecord
    instrument: ExplainedInstrumentRecord
    statements: Statements
    opens: tuple[CellName, ...]
    """Cells that would be a gap without it."""
    evidence: tuple[EvidenceRecord, ...]
    """SWOT items that speak of it, nearest link first."""


class ExplainRuleRecord(ExplainRecord):
    """Of a rule of check."""

    rule: RuleRecord


def record(answer: Explanation, origin: Origin) -> ExplainRecord:
    """Return ``clustergap/explain@1``."""
    match answer:
        case CellExplanation():
            return ExplainCellRecord(
                **head(answer.matrix, origin),
                cell=answer.rating,
                statements=[statement_record(each, origin) for each in answer.statements],
                elsewhere=answer.same_role,
                evidence=answer.evidence,
            )
        case InstrumentExplanation():
            return ExplainInstrumentRecord(
                **head(answer.matrix, origin),
                instrument=_instrument_record(answer, origin),
                statements=[statement_record(each, origin) for each in answer.statements],
                opens=[rating.cell for rating in answer.opens],
                evidence=answer.evidence,
            )
        case Rule():
            return ExplainRuleRecord(rule=answer)


def _instrument_record(
    explained: InstrumentExplanation, origin: Origin
) -> ExplainedInstrumentRecord:
    instrument, location = explained.instrument, origin.locations[explained.data_path]
    keys = filter(partial(hasattr, instrument), ExplainedInstrumentRecord.model_fields)
    return ExplainedInstrumentRecord(
        **{key: getattr(instrument, key) for key in keys},
        counts=not explained.why_not,
        why_not=explained.why_not or None,
        path=location.path,
        line=location.line,
    )
