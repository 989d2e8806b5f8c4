"""Why a cell is rated as it is and how to close its gap, what an instrument does, what a rule of ``check`` means."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from clustergap.analysis.counting import Period
from clustergap.analysis.explain import (
    CellExplanation,
    Closing,
    InstrumentExplanation,
    StatementRecord,
)
from clustergap.analysis.swot import MEANS_IT, Evidence
from clustergap.answers.evidence import (
    EvidenceRecord,
    ExplainedInstrumentRecord,
    Statements,
    instrument_record,
    no_commitments_after,
    period_in_words,
    place,
    statement_record,
    terms,
)
from clustergap.answers.phrases import (
    Names,
    citation,
    hanging_in_words,
    instrument_in_words,
    kind_name,
    labelled,
    names_of,
    query_in_words,
)
from clustergap.answers.provenance import provenance
from clustergap.answers.ratings import how_covered, is_covered
from clustergap.answers.records import (
    AnswerPart,
    AnswerRecord,
    CaveatsRecord,
    CellCoverage,
    CellName,
    CellRecord,
    DatasetRecord,
    InstrumentId,
    LevelId,
    QueryRecord,
    attribute,
    head,
)
from clustergap.document import Document, Row, Rows
from clustergap.findings import DataPath, Rule, Severity
from clustergap.model.dataset import Dataset
from clustergap.model.dates import date_in_words
from clustergap.model.places import Except
from clustergap.model.statement import Extent
from clustergap.origin import Origin
from clustergap.prose import Code, Field, Fields, Parts, Place, Run, Sign, Style, Text
from clustergap.text import capitalise, count, either, one_of, visible

HEADER = (
    "role", "level", "cell", "coverage", "instrument id", "instrument", "extent", "where", "starts", "ends", "counts",
    "why not", "note", "sources", "as of",
)  # fmt: skip
RULE_HEADER = ("code", "name", "severity", "why", "fix", "bad", "good")

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
    with_code = names_of(answer.matrix).places.with_code
    named = _statement_rows(answer, lambda codes: [*map(with_code, codes)])
    return Rows(HEADER, _statement_rows(answer, list), named)


def _statement_rows(
    answer: CellExplanation | InstrumentExplanation,
    call: Callable[[Iterable[str]], list[str]],
) -> Iterator[Row]:
    matrix, names = answer.matrix, names_of(answer.matrix)
    for statement in answer.statements:
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
            matrix.query.as_of,
        )
    if not answer.statements:
        # No statement at all is an answer too.
        yield (*_subject(answer, names), *[None] * 8, matrix.query.as_of)


def _subject(answer: CellExplanation | InstrumentExplanation, names: Names) -> Row:
    if isinstance(answer, InstrumentExplanation):
        return (*[None] * 4, answer.instrument.id, answer.instrument.label)
    rating = answer.rating
    return (*names.cell_columns(rating.cell), rating.coverage, None, None)


# A cell


def _of_cell(answer: CellExplanation, origin: Origin) -> Document:
    rating, level, names = answer.rating, answer.same_level, names_of(answer.matrix)
    unknown = f", {level.unknown} unknown" if level.unknown else ""
    counts = f"{level.full} of {level.cells} roles full, {level.partial} partial, {level.none} none{unknown}"
    missing = ", ".join(names.places.listed(rating.share.missing)) if rating.share else ""
    others = tuple(_elsewhere(answer, names))
    evidence = [f"{each.item.id} {each.item.text} ({each.why})" for each in answer.evidence]
    fields = (
        *(_statement(answer, statement, names, origin) for statement in answer.statements),
        *([Field("Not in", (missing,))] if missing else []),
        *([Field("Same role", ((Parts(others),),))] if others else []),
        Field("Same level", (counts,)),
        *labelled("SWOT", evidence),
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
    lines.append((Run(cited, Style.QUIET), _place(statement.data_path, origin)))
    label = instrument.label if instrument else "Observation"
    return Field(label, tuple(lines), is_quiet=bool(statement.why_not))


def _place(path: DataPath, origin: Origin) -> Place:
    location = origin.locations[path]
    return Place(visible(location.path), location.line)


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


# An instrument


def _of_instrument(answer: InstrumentExplanation, origin: Origin) -> Document:
    instrument, opens = answer.instrument, {rating.cell for rating in answer.opens}
    names = names_of(answer.matrix)
    fields = [Field(key, (value,)) for key, value in _instrument_fields(answer, names)]
    for number, statement in enumerate(answer.statements):
        mark = ", a gap without it" if statement.cell in opens else ""
        words = Parts(tuple(terms(statement, answer.matrix.dataset)))
        lines = (
            f"{names.cell(statement.cell)}{mark}",
            (words, _place(statement.data_path, origin)),
        )
        fields.append(Field("" if number else "Covers", lines, is_quiet=bool(statement.why_not)))
    fields += labelled("SWOT", map(_item_in_words, answer.evidence))
    fields += labelled(
        "Sources",
        [citation(ref) + (f': "{ref.quote}"' if ref.quote else "") for ref in instrument.sources],
    )
    fields.append(Field("File", ((_place(answer.data_path, origin),),)))
    title = instrument.label
    if instrument.label != instrument.name:
        title += f": {instrument.name}"
    return Document(
        title, (Fields(tuple(fields)),), **provenance(answer.matrix, origin, answer.caveats())
    )


def _item_in_words(evidence: Evidence) -> str:
    # Mostly an item names the instrument that is explained; said is where it only means it.
    item, is_meant = evidence.item, evidence.why == MEANS_IT
    return f"{item.id} {item.text} ({MEANS_IT})" if is_meant else f"{item.id} {item.text}"


def _instrument_fields(answer: InstrumentExplanation, names: Names) -> list[tuple[str, str]]:
    """List the keys of an instrument that have a value, each with its label."""
    instrument, dataset = answer.instrument, answer.matrix.dataset
    counts = f"not counted: {answer.why_not}" if answer.why_not else "counted"
    targets = dataset.target_names
    relations = dataset.relations
    inherited, last_commitment = answer.inherited_end, instrument.commits_until
    starts, is_seen = instrument.starts or instrument.seen, instrument.starts is None
    days = period_in_words(Period(starts, relations.end_of(instrument), is_seen))
    seen = f", seen {date_in_words(instrument.seen)}" if instrument.seen and not is_seen else ""
    winding_down = f"; {no_commitments_after(last_commitment)}" if last_commitment else ""
    ends_with = f" (ends with {names.instruments[inherited.owner]})" if inherited else ""
    whole = filter(None, (instrument.part_of,))
    hanging = [
        f"{dependant.instrument.label} ({hanging_in_words(dependant, instrument.id, names)})"
        for dependant in answer.dependants
    ]
    opens = ", ".join(names.cell(rating.cell) for rating in answer.opens)
    number = count(len(answer.opens), "new gap", "new gaps")
    fields = [
        ("Kind", kind_name(dataset, instrument)),
        (
            "In force",
            f"{days}{ends_with}{seen}{winding_down}; {counts}, {query_in_words(answer.matrix.query)}",
        ),
        ("Part of", _holders(dataset, whole, names)),
        ("Paid by", _holders(dataset, instrument.funded_by, names)),
        ("On it hangs" if len(hanging) == 1 else "On it hang", ", ".join(hanging)),
        ("For", ", ".join(targets.get(target, target) for target in instrument.targets)),
        ("Body", instrument.managing_body),
        ("Legal basis", instrument.legal_basis),
        ("Address", instrument.url),
        ("Followed by", ", ".join(instrument.succeeded_by)),
        ("Reviewed", date_in_words(instrument.reviewed) if instrument.reviewed else ""),
        ("Note", instrument.note),
        ("Description", instrument.description),
        ("Without it", f"{number}: {opens}" if opens else number),
    ]
    return [(key, value) for key, value in fields if value]


def _holders(dataset: Dataset, ids: Iterable[str], names: Names) -> str:
    """Name instruments on which another hangs, and from when on they only wind down."""
    days = dict.fromkeys(ids, "")
    for instrument in dataset.instruments if days else ():
        if instrument.id in days and instrument.commits_until is not None:
            days[instrument.id] = f" ({no_commitments_after(instrument.commits_until)})"
    return ", ".join(f"{names.instruments[id_]}{day}" for id_, day in days.items())


# A rule


def _of_rule(rule: Rule) -> Document:
    fields = (Field("Why", (rule.why,)), Field("To mend it", (rule.fix,)))
    return Document(
        f"{rule.code} {rule.name}, {rule.severity.value}",
        (Fields(fields), Code("Bad", rule.bad), Code("Good", rule.good)),
    )


# The JSON document


class ElsewhereRecord(AnswerPart):
    """The same role at another level."""

    level: LevelId = attribute("cell", "level")
    coverage: CellCoverage
    instruments: tuple[InstrumentId, ...]
    """The instruments there."""


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
    caveats: CaveatsRecord
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
    caveats: CaveatsRecord
    instrument: ExplainedInstrumentRecord
    statements: Statements
    opens: tuple[CellName, ...]
    """Pairs of role and level that would be a gap without it."""
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
                **head(answer.matrix, origin, answer.caveats()),
                cell=answer.rating,
                statements=[statement_record(each, origin) for each in answer.statements],
                elsewhere=answer.same_role,
                evidence=answer.evidence,
            )
        case InstrumentExplanation():
            return ExplainInstrumentRecord(
                **head(answer.matrix, origin, answer.caveats()),
                instrument=instrument_record(answer, origin),
                statements=[statement_record(each, origin) for each in answer.statements],
                opens=[rating.cell for rating in answer.opens],
                evidence=answer.evidence,
            )
        case Rule():
            return ExplainRuleRecord(rule=answer)
