"""A source explained: its own keys, and all that rests on it, with the words that are cited."""

import enum
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, Self

from clustergap.analysis.explain_records import Citing, SourceExplanation
from clustergap.answers.evidence import (
    ExplainRecord,
    FilePath,
    Sources,
    Statements,
    statement_record,
    terms,
    written_at,
)
from clustergap.answers.phrases import names_of, query_in_words
from clustergap.answers.provenance import provenance
from clustergap.answers.records import (
    AnswerPart,
    LineNumber,
    QuestionRecord,
    described,
    head,
)
from clustergap.document import Document, Row, Rows
from clustergap.model.dataset import Instrument
from clustergap.model.places import Group
from clustergap.model.record import SourceRef
from clustergap.model.swot import SwotItem
from clustergap.origin import Origin
from clustergap.prose import Field, Fields, Link, Parts, Run, Style, Text
from clustergap.text import capitalise, count, one_of

SOURCE_HEADER = (
    "source", "what", "id", "name", "role", "level", "cell", "counts", "why not", "cited", "as of",
)  # fmt: skip


def document(answer: SourceExplanation, origin: Origin) -> Document:
    """Show a source and what rests on it, with the words that are cited."""
    fields = [Field(key, (value,)) for key, value in _source_keys(answer) if value]
    fields += [_citing_field(each, origin) for each in answer.citing]
    fields += _statement_fields(answer, origin)
    fields.append(Field("File", ((written_at(answer.data_path, origin),),)))
    title = (Run(answer.source.title, Style.STRONG), f": {_what_rests(answer)}")
    return Document(
        title,
        (Fields(tuple(_named_once(fields))),),
        **provenance(answer.matrix, origin, answer.caveats()),
    )


def _what_rests(answer: SourceExplanation) -> str:
    """Count what rests on a source, and how much of it the query counts."""
    numbers = Counter(CitingKind.of(each.record) for each in answer.citing)
    words = [count(numbers[kind], kind.noun) for kind in CitingKind if numbers[kind]]
    statements = count(len(answer.statements), "statement") if answer.statements else ""
    resting = [*words, *([statements] if statements else [])]
    counted = sum(not record.why_not for record in answer.statements)
    of_them = f", {counted} of them counted" if answer.statements else ""
    query = f"({query_in_words(answer.matrix.query)})."
    return (
        f"on it rest {one_of(resting)}{of_them} {query}"
        if resting
        else f"nothing cites it {query}"
    )


class CitingKind(enum.StrEnum):
    """What may cite a source itself, beside statements."""

    INSTRUMENT = "instrument"
    GROUP = "group"
    SWOT = "swot"

    @classmethod
    def of(cls, record: Instrument | Group | SwotItem) -> Self:
        """Tell what a record is."""
        match record:
            case Instrument():
                return cls("instrument")
            case Group():
                return cls("group")
            case SwotItem():
                return cls("swot")

    @property
    def noun(self) -> str:
        """The word for one of them in a sentence."""
        return "SWOT item" if self is CitingKind.SWOT else self.value


def _source_keys(answer: SourceExplanation) -> Iterator[tuple[str, Text]]:
    source = answer.source
    yield "Key", answer.key
    yield "Author", source.author or ""
    yield "Publisher", source.publisher or ""
    yield "Date", source.date or ""
    yield "Address", (Link(source.url),) if source.url else ""
    yield "Licence", source.licence or ""
    yield "Note", source.note or ""


def _citing_field(citing: Citing, origin: Origin) -> Field:
    record = citing.record
    lines: tuple[Text, ...] = (
        _name(record),
        *_cited_words(citing.refs),
        (written_at(citing.data_path, origin),),
    )
    return Field(capitalise(CitingKind.of(record).noun), lines)


def _name(record: Instrument | Group | SwotItem) -> str:
    return f"{record.id} {record.text}" if isinstance(record, SwotItem) else record.name


def _cited_words(refs: Iterable[SourceRef]) -> Iterator[str]:
    """Say what is cited of the source: the place in it, and its words."""
    for ref in refs:
        words = [ref.locator or "", f'"{ref.quote}"' if ref.quote else ""]
        if any(words):
            yield ": ".join(filter(None, words))


def _statement_fields(answer: SourceExplanation, origin: Origin) -> Iterator[Field]:
    names, dataset = names_of(answer.matrix), answer.matrix.dataset
    for record in answer.statements:
        who = record.instrument.label if record.instrument else "Observation"
        cited = [ref for ref in record.statement.sources if ref.ref == answer.key]
        lines: tuple[Text, ...] = (
            f"{who}, {names.cell(record.cell)}",
            (Parts(tuple(terms(record, dataset))),),
            *_cited_words(cited),
            (
                Run("" if cited else "as its instrument does", Style.QUIET),
                written_at(record.data_path, origin),
            ),
        )
        yield Field("Statement", lines, is_quiet=bool(record.why_not))


def _named_once(fields: Iterable[Field]) -> Iterator[Field]:
    before = None
    for field in fields:
        yield field._replace(label="") if field.label == before else field
        before = field.label


def rows(answer: SourceExplanation) -> Rows:
    """Write what rests on a source, a row each."""
    return Rows(SOURCE_HEADER, [*_source_rows(answer)] or [_source_row(answer, None, *[None] * 8)])


def _source_rows(answer: SourceExplanation) -> Iterator[Row]:
    names = names_of(answer.matrix)
    for each in answer.citing:
        what, cited = CitingKind.of(each.record).noun, "; ".join(_cited_words(each.refs))
        name = each.record.text if isinstance(each.record, SwotItem) else each.record.name
        yield _source_row(answer, what, each.record.id, name, *[None] * 5, cited or None)
    for record in answer.statements:
        instrument = record.instrument
        cited = "; ".join(_cited_words(ref for ref in record.sources if ref.ref == answer.key))
        yield _source_row(
            answer,
            "statement",
            instrument.id if instrument else None,
            instrument.name if instrument else None,
            *names.cell_columns(record.cell),
            "no" if record.why_not else "yes",
            record.why_not or None,
            cited or None,
        )


def _source_row(answer: SourceExplanation, *values: str | None) -> Row:
    return (answer.key, *values, answer.matrix.query.as_of)


# The JSON document


class ExplainedSourceRecord(AnswerPart):
    """The source."""

    key: str
    """Its key."""
    title: str
    """Its title."""
    author: str | None
    """Who wrote it."""
    publisher: str | None
    """Who published it."""
    date: str | None
    """When, in its own words."""
    url: str | None
    """Its web address."""
    licence: str | None
    """Under which terms it may be used."""
    note: str | None
    """A remark."""
    path: FilePath
    line: LineNumber


class CitingRecord(AnswerPart):
    """What cites the source itself."""

    what: CitingKind
    """What it is."""
    id: str
    """Its id."""
    sources: Sources
    path: FilePath
    line: LineNumber


CitingRecords = Annotated[
    tuple[CitingRecord, ...],
    described("Instruments, groups and SWOT items that cite it, in file order."),
]


class ExplainSourceRecord(ExplainRecord, QuestionRecord):
    """Of a source."""

    source: ExplainedSourceRecord
    """The source."""
    citing: CitingRecords
    statements: Statements


def record(answer: SourceExplanation, origin: Origin) -> ExplainSourceRecord:
    """Return ``clustergap/explain@1`` of a source."""
    location = origin.locations[answer.data_path]
    source = ExplainedSourceRecord(
        key=answer.key, **dict(answer.source), path=location.path, line=location.line
    )
    citing = [
        CitingRecord(
            what=CitingKind.of(each.record),
            id=each.record.id,
            sources=each.refs,
            path=origin.locations[each.data_path].path,
            line=origin.locations[each.data_path].line,
        )
        for each in answer.citing
    ]
    statements = [statement_record(each, origin) for each in answer.statements]
    return ExplainSourceRecord(
        **head(answer.matrix, origin, answer.caveats()),
        source=source,
        citing=citing,
        statements=statements,
    )
