"""The instruments, statements, sources or territories that match, with the columns that an export has of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import WithJsonSchema

from clustergap.analysis.counting import Period
from clustergap.analysis.list import ListFilters
from clustergap.answers.evidence import period_in_words
from clustergap.answers.phrases import at_level, query_in_words
from clustergap.answers.provenance import DATA, source_in_words
from clustergap.answers.records import (
    AnswerPart,
    AnswerRecord,
    Count,
    DatasetRecord,
    QueryRecord,
)
from clustergap.document import Column, Document, Rows, Table
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Status
from clustergap.model.dates import as_written, date_in_words
from clustergap.model.query import Listed, Query
from clustergap.origin import EXAMPLE, Origin
from clustergap.prose import Link, Paragraph, Text
from clustergap.text import as_sentence, capitalise, count, either
from clustergap.tidy_table import SEPARATOR, ColumnType, TidyColumn, TidyTable


class ListAnswer(NamedTuple):
    """What matches.

    Attributes:
        dataset: The dataset.
        filters: What it was asked for.
        table: All that it was asked of.
        records: The records of the table that match.
    """

    dataset: Dataset
    filters: ListFilters
    table: TidyTable
    records: Sequence[Any]

    @property
    def what(self) -> Listed:
        """What is listed."""
        return Listed(self.table.name)


_READ: Mapping[Listed, Mapping[str, Column]] = {
    Listed.INSTRUMENTS: {
        "instrument": Column("Id"),
        "instrument_name": Column("Name"),
        "kind_name": Column("Kind"),
        "kind": Column("Kind"),
        "status": Column("Status"),
        "starts": Column("In force"),
        "reviewed": Column("Reviewed", is_detail=True),
        "cells": Column("Covers", is_detail=True),
        "sources": Column("Sources", is_detail=True),
    },
    Listed.STATEMENTS: {
        "role_name": Column("Role"),
        "level_name": Column("Level"),
        "instrument_name": Column("Instrument"),
        "extent": Column("Extent"),
        "territory_names": Column("Where"),
        "starts": Column("In force"),
        "note": Column("Note", is_detail=True),
        "sources": Column("Sources", is_detail=True),
    },
    Listed.SOURCES: {
        "source": Column("Key"),
        "title": Column("Title"),
        "author": Column("Author"),
        "publisher": Column("Publisher", is_detail=True),
        "date": Column("Date"),
        "url": Column("Address", is_detail=True),
    },
    Listed.TERRITORIES: {
        "territory": Column("Code"),
        "territory_name": Column("Name"),
        "level_name": Column("Level"),
        "country_name": Column("Country"),
        "group_names": Column("Groups"),
    },
}
"""The columns that people read, in their order; rows and JSON have all."""


def document(answer: ListAnswer, origin: Origin) -> Document:
    """Show what matches, in file order."""
    dataset, words = answer.dataset, filters_in_words(answer)
    return Document(
        _title(answer, words),
        (_table(answer) if answer.records else Paragraph(nothing(answer)),),
        subject=dataset.title,
        question=(as_sentence(capitalise(", ".join(words))),) if words else (),
        source=source_in_words(dataset, DATA, query_in_words(Query(as_of=dataset.as_of))),
        remark=origin.remark,
    )


def rows(answer: ListAnswer) -> Rows:
    """Write what matches with the columns that an export has."""
    return Rows(
        tuple(column.name for column in answer.table.columns),
        answer.table._replace(records=answer.records).rows(),
    )


def _title(answer: ListAnswer, words: Iterable[str]) -> str:
    noun = answer.what.removesuffix("s").replace("territorie", "territory")
    number, asked = len(answer.records), ", ".join(words)
    if not asked:
        return count(number, noun, answer.what)
    return f"{number:,} of {count(len(answer.table.records), noun, answer.what)}: {asked}"


def nothing(answer: ListAnswer) -> str:
    """Say in a sentence that nothing matches."""
    return (
        f"No {answer.what} match." if answer.table.records else f"The data have no {answer.what}."
    )


def filters_in_words(answer: ListAnswer) -> list[str]:
    """Say what it was asked for, a clause each."""
    dataset, filters = answer.dataset, answer.filters
    named = [dataset.kind_names.get(kind, kind) for kind in filters.query.kinds]
    dates = "a date" if answer.what is Listed.SOURCES else "a first or a last day"
    reviewed = filters.unreviewed_since
    clauses = (
        f"of kind {either(named)}" if named else "",
        _about(answer),
        f"in {filters.query.place_in_words}" if filters.query.place else "",
        f"citing {dataset.sources[filters.source].title}" if filters.source else "",
        f"without {dates}" if filters.undated else "",
        f"not reviewed since {date_in_words(reviewed)}" if reviewed else "",
    )
    return [*filter(None, clauses)]


def _about(answer: ListAnswer) -> str:
    filters, dataset = answer.filters, answer.dataset
    verb = "covering" if answer.what is Listed.INSTRUMENTS else "about"
    role = dataset.role_names.get(filters.role or "", "")
    level = next((at_level(each) for each in dataset.levels if each.id == filters.level), "")
    return " ".join(
        filter(None, (f"{verb} {role}" if role else "", f"at {level}" if level else ""))
    )


def _table(answer: ListAnswer) -> Table:
    by_name = {column.name: column for column in answer.table.columns}
    read = [(by_name[name], column) for name, column in _READ[answer.what].items()]
    texts = [
        [*(_days(by_name, answer) if column.name == "starts" else _texts(column, answer))]
        for column, _ in read
    ]
    # A column that nobody fills says nothing, nor do ids of kinds beside their names.
    shown = [
        n
        for n, (column, _) in enumerate(read)
        if any(texts[n]) and not (column.name == "kind" and answer.dataset.kinds)
    ]
    return Table(
        capitalise(answer.what),
        answer.table.description,
        tuple(read[n][1] for n in shown),
        tuple(zip(*(texts[n] for n in shown), strict=True)),
    )


def _days(by_name: Mapping[str, TidyColumn], answer: ListAnswer) -> Iterator[str]:
    """Say when each record is in force; a last day may be another's."""
    last = by_name.get("last_day", by_name["ends"]).value
    first, seen = by_name["starts"].value, by_name["seen"].value
    for record in answer.records:
        starts: Any = first(record)
        ends: Any = last(record)
        since: Any = starts or seen(record)
        is_dated = since is not None or ends is not None
        yield period_in_words(Period(since, ends, starts is None)) if is_dated else ""


def _texts(column: TidyColumn, answer: ListAnswer) -> Iterator[Text]:
    """Write a column for people: cells by their names, days as exactly as the data say them."""
    roles, levels = answer.dataset.role_names, answer.dataset.level_names

    def words(value: object) -> str:
        match value:
            case None | Status.ACTIVE:  # nearly all are
                return ""
            case Cell(role, level):
                return f"{roles[role]} @ {levels[level]}"
            case date():
                return as_written(value)
            case tuple() | list():
                return SEPARATOR.join(map(words, value))
            case _:
                return str(value)

    for value in map(column.value, answer.records):
        text = value if type(value) is str else words(value)
        yield (Link(text),) if column.name == "url" and text else text


# The JSON document


class ListFiltersRecord(AnswerPart):
    """What it was narrowed to, beside the place and the kinds of the question."""

    source: str | None
    """The key of the source that is cited."""
    undated: bool
    """Whether a first or a last day is missing; of a source: its date."""
    unreviewed_since: date | None
    """The day since which nobody has looked at the record."""
    role: str | None
    """The id of the role that is spoken of."""
    level: str | None
    """The id of the level that is spoken of."""


class ColumnRecord(AnswerPart):
    """A column."""

    name: str
    """Its key in each row."""
    description: str
    """What it means."""
    type: ColumnType
    """The type of its values; several texts are a list."""


_ROW = {"description": "A row: a value for each column; null: nothing.", "type": "object"}
ListedRow = Annotated[dict[str, Any], WithJsonSchema(_ROW)]


class ListRecord(AnswerRecord):
    """The instruments, statements, sources or territories that match; planned ones and every day count."""

    schema_: Literal["clustergap/list@1"] = "clustergap/list@1"
    dataset: DatasetRecord
    query: QueryRecord
    what: Listed
    """What is listed."""
    filters: ListFiltersRecord
    of: Count
    """How many there are, whether they match or not."""
    columns: tuple[ColumnRecord, ...]
    """The columns, as ``clustergap export`` writes them."""
    rows: tuple[ListedRow, ...]
    """What matches, in file order."""


def record(answer: ListAnswer, origin: Origin) -> ListRecord:
    """Return ``clustergap/list@1``."""
    columns, filters = answer.table.columns, answer.filters
    note = EXAMPLE if origin.is_example else None
    return ListRecord(
        dataset=DatasetRecord(title=answer.dataset.title, path=origin.path, note=note),
        query=QueryRecord.model_validate(filters.query),
        what=answer.what,
        filters=ListFiltersRecord.model_validate(filters),
        of=len(answer.table.records),
        columns=[ColumnRecord.model_validate(column) for column in columns],
        rows=[
            {column.name: _plain(column.value(each)) for column in columns}
            for each in answer.records
        ],
    )


def _plain(value: Any) -> object:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, tuple | list):
        return [str(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
