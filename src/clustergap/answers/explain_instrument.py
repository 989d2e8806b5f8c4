"""What an instrument does: its own keys, its covers, the gaps that would open without it."""

from collections.abc import Iterable

from clustergap.analysis.counting import Period
from clustergap.analysis.explain import InstrumentExplanation
from clustergap.analysis.swot import MEANS_IT, Evidence
from clustergap.answers.evidence import (
    EvidenceRecord,
    ExplainedInstrumentRecord,
    ExplainRecord,
    Statements,
    instrument_record,
    no_commitments_after,
    period_in_words,
    statement_record,
    statement_rows,
    terms,
    written_at,
)
from clustergap.answers.phrases import (
    Names,
    hanging_in_words,
    kind_name,
    labelled,
    names_of,
    query_in_words,
    quotation,
)
from clustergap.answers.provenance import provenance
from clustergap.answers.records import (
    CellName,
    QuestionRecord,
    head,
)
from clustergap.document import Document, Rows
from clustergap.model.dataset import Dataset
from clustergap.model.dates import date_in_words
from clustergap.origin import Origin
from clustergap.prose import Field, Fields, Parts
from clustergap.text import count


def document(answer: InstrumentExplanation, origin: Origin) -> Document:
    instrument, opens = answer.instrument, {rating.cell for rating in answer.opens}
    names = names_of(answer.matrix)
    fields = [Field(key, (value,)) for key, value in _instrument_fields(answer, names)]
    for number, statement in enumerate(answer.statements):
        mark = ", a gap without it" if statement.cell in opens else ""
        words = Parts(tuple(terms(statement, answer.matrix.dataset)))
        lines = (
            f"{names.cell(statement.cell)}{mark}",
            (words, written_at(statement.data_path, origin)),
        )
        fields.append(Field("" if number else "Covers", lines, is_quiet=bool(statement.why_not)))
    fields += labelled("SWOT", map(_item_in_words, answer.evidence))
    fields += labelled("Sources", map(quotation, instrument.sources))
    fields.append(Field("File", ((written_at(answer.data_path, origin),),)))
    title = instrument.label
    if instrument.label != instrument.name:
        title += f": {instrument.name}"
    return Document(
        title, (Fields(tuple(fields)),), **provenance(answer.matrix, origin, answer.caveats())
    )


def rows(answer: InstrumentExplanation) -> Rows:
    """Write every cover of an instrument, counted or not."""
    subject = (*[None] * 4, answer.instrument.id, answer.instrument.label)
    return statement_rows(answer.matrix, [(subject, answer.statements)])


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
    holders = {id_: dataset.instruments_by_id[id_].commits_until for id_ in ids}
    return ", ".join(
        names.instruments[id_] + (f" ({no_commitments_after(until)})" if until else "")
        for id_, until in holders.items()
    )


# The JSON document


class ExplainInstrumentRecord(ExplainRecord, QuestionRecord):
    """Of an instrument."""

    instrument: ExplainedInstrumentRecord
    statements: Statements
    opens: tuple[CellName, ...]
    """Pairs of role and level that would be a gap without it."""
    evidence: tuple[EvidenceRecord, ...]
    """SWOT items that speak of it, nearest link first."""


def record(answer: InstrumentExplanation, origin: Origin) -> ExplainInstrumentRecord:
    """Return ``clustergap/explain@1`` of an instrument."""
    return ExplainInstrumentRecord(
        **head(answer.matrix, origin, answer.caveats()),
        instrument=instrument_record(answer, origin),
        statements=[statement_record(each, origin) for each in answer.statements],
        opens=[rating.cell for rating in answer.opens],
        evidence=answer.evidence,
    )
