"""The tables of the data themselves, whatever is asked: beside statements instruments, sources, territories, the SWOT, citations."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from clustergap.analysis.list import ListFilters, Matching
from clustergap.analysis.units import units_by_level
from clustergap.answers.list import ListAnswer
from clustergap.export.shared_columns import (
    FullNames,
    attribute_columns,
    cited_by,
    column,
    words_of,
)
from clustergap.export.statement_table import (
    STATEMENTS,
    TO_INSTRUMENT,
    StatementRow,
    in_places,
    stated_in,
    statement_table,
)
from clustergap.model.dataset import Dataset, Instrument, Kind, Level, Status
from clustergap.model.query import Listed
from clustergap.model.record import Source, SourceRef
from clustergap.model.swot import Quadrant, SwotItem
from clustergap.reference.territories import Territory, country_of
from clustergap.tidy_table import ColumnType, ForeignKey, TidyColumn, TidyTable

_TEXT, _DAY = ColumnType.STRING, ColumnType.DATE


def data_tables(dataset: Dataset, *, is_long: bool) -> tuple[TidyTable, ...]:
    """Make the tables of a dataset.

    Args:
        dataset: The dataset.
        is_long: Whether a statement has a row for each of the territories that it names.
    """
    names, stated = FullNames.of(dataset), tuple(stated_in(dataset))
    rows = tuple(in_places(stated, dataset)) if is_long else stated
    return (
        statement_table(rows, names, is_long=is_long),
        _instruments(dataset, names),
        _sources(dataset),
        _territories(dataset, names),
        _swot(dataset, names),
        _citations(dataset, stated, is_long=is_long),
    )


def listed_table(dataset: Dataset, what: Listed) -> TidyTable:
    """Make one table of a dataset."""
    names = FullNames.of(dataset)
    match what:
        case Listed.INSTRUMENTS:
            return _instruments(dataset, names)
        case Listed.STATEMENTS:
            return statement_table(tuple(stated_in(dataset)), names, is_long=False)
        case Listed.SOURCES:
            return _sources(dataset)
        case Listed.TERRITORIES:
            return _territories(dataset, names)


def list_matching(dataset: Dataset, what: Listed, filters: ListFilters) -> ListAnswer:
    """List the records of one table of a dataset that match some filters."""
    table, matches = listed_table(dataset, what), _MATCHES[what]
    matching = Matching(dataset, filters)
    found = [record for record in table.records if matches(matching, record)]
    return ListAnswer(dataset, filters, table, found)


_MATCHES: Mapping[Listed, Callable[[Matching, Any], bool]] = {
    Listed.INSTRUMENTS: Matching.instrument,
    Listed.STATEMENTS: lambda matching, row: matching.statement(
        row.cell, row.instrument, row.statement
    ),
    Listed.SOURCES: lambda matching, pair: matching.source(pair[0]),
    Listed.TERRITORIES: lambda matching, row: matching.territory(row[0].id, row[1].code),
}
"""Tells of a record of a table whether it matches."""


# The records that statements are about, and where they come from


def _instruments(dataset: Dataset, names: FullNames) -> TidyTable:
    funds = {kind.id: kind.funds for kind in dataset.kinds}
    words, end_of = words_of(Instrument), dataset.relations.end_of
    columns = (
        column("instrument", words["id"], lambda one: one.id, is_required=True),
        column("instrument_name", words["name"], lambda one: one.name, is_required=True),
        *attribute_columns(Instrument, {"short": _TEXT, "kind": _TEXT}),
        column("kind_name", "The name of its kind.", lambda one: names.kinds.get(one.kind or "")),
        column(
            "funds",
            words_of(Kind)["funds"],
            lambda one: funds.get(one.kind or ""),
            type=ColumnType.BOOLEAN,
        ),
        column(
            "status",
            words["status"],
            lambda one: one.status,
            is_required=True,
            words=tuple(status.value for status in Status),
        ),
        *attribute_columns(Instrument, {"starts": _DAY, "ends": _DAY}),
        column(
            "last_day",
            "Its last day: its own, else that which it has from what it is part of, or from those that pay it.",
            end_of,
            type=_DAY,
        ),
        *attribute_columns(Instrument, {"seen": _DAY, "commits_until": _DAY, "targets": _TEXT}),
        column(
            "target_names",
            "The names of these target groups, in the same order.",
            lambda one: [names.targets.get(id_, id_) for id_ in one.targets],
        ),
        *_related(names, words),
        *attribute_columns(Instrument, {"managing_body": _TEXT, "legal_basis": _TEXT, "url": _TEXT}),
        column("cells", "The cells that it covers, role@level.", lambda one: list(one.covers)),
        column("sources", "Keys of the sources that it cites.", cited_by),
        *attribute_columns(Instrument, {"note": _TEXT, "description": _TEXT, "reviewed": _DAY}),
    )  # fmt: skip
    return TidyTable(
        name="instruments",
        description="The policy instruments, in file order.",
        columns=columns,
        records=dataset.instruments,
        primary_key=("instrument",),
        foreign_keys=(ForeignKey(("part_of",), "instruments"),),
    )


def _related(names: FullNames, words: Mapping[str, str]) -> Iterator[TidyColumn]:
    yield column("part_of", words["part_of"], lambda one: one.part_of)
    yield column(
        "part_of_name",
        "The name of this instrument.",
        lambda one: names.instruments.get(one.part_of or ""),
    )
    for key in ("funded_by", "succeeded_by"):
        yield column(key, words[key], _of_record(key))
        yield column(
            f"{key}_names",
            "The names of these instruments, in the same order.",
            _named(key, names.instruments),
        )


def _of_record(key: str) -> Callable[[Any], object]:
    return lambda record: getattr(record, key)


def _named(key: str, names: Mapping[str, str]) -> Callable[[Any], object]:
    return lambda record: [names[id_] for id_ in getattr(record, key)]


def _sources(dataset: Dataset) -> TidyTable:
    words = words_of(Source)
    columns = (
        column(
            "source",
            "Its key, by which citations name it.",
            lambda pair: pair[0],
            is_required=True,
        ),
        *(
            column(key, words[key], _of_source(key), is_required=key == "title")
            for key in ("title", "author", "publisher", "date", "url", "licence", "note")
        ),
    )
    return TidyTable(
        name="sources",
        description="The documents and pages that the data cite.",
        columns=columns,
        records=list(dataset.sources.items()),
        primary_key=("source",),
    )


def _of_source(key: str) -> Callable[[Any], object]:
    return lambda pair: getattr(pair[1], key)


def _territories(dataset: Dataset, names: FullNames) -> TidyTable:
    columns = (
        column("level", "The level's id.", lambda row: row[0].id, is_required=True),
        column("level_name", "The level's name.", lambda row: row[0].name, is_required=True),
        column("territory", "The territory's code.", lambda row: row[1].code, is_required=True),
        column(
            "territory_name",
            "The territory's name; its code if it has none.",
            lambda row: names.places.get(row[1].code, row[1].code),
            is_required=True,
        ),
        column(
            "country",
            "The code of the country in which it lies. Nothing: no list says it.",
            lambda row: country_of(row[1].code),
        ),
        column("country_name", "The country's name.", lambda row: names.places.get(country_of(row[1].code) or "")),
        column("groups", "Ids of the groups of territories to which it belongs.", lambda row: row[2]),
        column(
            "group_names",
            "The names of these groups, in the same order.",
            lambda row: names.places.listed(row[2]),
        ),
    )  # fmt: skip
    return TidyTable(
        name="territories",
        description="The territories of every level, in its order. A level that has none has no rows.",
        columns=columns,
        records=list(_with_groups(dataset)),
        primary_key=("level", "territory"),
    )


def _with_groups(dataset: Dataset) -> Iterator[tuple[Level, Territory, list[str]]]:
    levels = units_by_level(dataset, None)
    for level in dataset.levels:
        units = levels[level.id]
        members = {
            group.id: set(units.codes_of(units.named(group.id))) for group in dataset.groups
        }
        for unit in level.units:
            yield level, unit, [id_ for id_, codes in members.items() if unit.code in codes]


def _swot(dataset: Dataset, names: FullNames) -> TidyTable:
    words = words_of(SwotItem)
    columns = (
        column("item", words["id"], lambda row: row[1].id, is_required=True),
        column(
            "quadrant",
            "The field of the SWOT.",
            lambda row: row[0],
            is_required=True,
            words=tuple(quadrant.value for quadrant in Quadrant),
        ),
        column("text", words["text"], lambda row: row[1].text, is_required=True),
        *_links(names, words, "", lambda row: row[1]),
        *_links(
            names,
            {key: text.replace("its words name", "it means without naming them") for key, text in words.items()},
            "meant_",
            lambda row: row[1].meant,
        ),
        column("sources", "Keys of the sources that it cites.", lambda row: cited_by(row[1])),
    )  # fmt: skip
    return TidyTable(
        name="swot",
        description="The items of the SWOT, by quadrant, with what they are linked to.",
        columns=columns,
        records=[(quadrant, item) for quadrant, items in dataset.swot.items() for item in items],
        primary_key=("item",),
    )


def _links(
    names: FullNames, words: Mapping[str, str], prefix: str, links_of: Callable[[Any], Any]
) -> Iterator[TidyColumn]:
    named = {"levels": names.levels, "roles": names.roles, "instruments": names.instruments}
    for key, by_id in named.items():
        yield column(f"{prefix}{key}", words[key], _linked(links_of, key))
        yield column(
            f"{prefix}{key.removesuffix('s')}_names",
            f"The names of these {key}, in the same order.",
            _linked(links_of, key, by_id),
        )
    yield column(f"{prefix}cells", words["cells"], _linked(links_of, "cells"))


def _linked(
    links_of: Callable[[Any], Any], key: str, names: Mapping[str, str] | None = None
) -> Callable[[Any], object]:
    if names is None:
        return lambda row: getattr(links_of(row), key)
    return lambda row: [names[id_] for id_ in getattr(links_of(row), key)]


def _citations(dataset: Dataset, stated: Iterable[StatementRow], *, is_long: bool) -> TidyTable:
    words = words_of(SourceRef)
    columns = (
        column(
            "citation",
            "The number of the citation, from 1.",
            lambda row: row[0],
            type=ColumnType.INTEGER,
            is_required=True,
            least=1,
        ),
        column("source", words["ref"], lambda row: row[2].ref, is_required=True),
        column("locator", words["locator"], lambda row: row[2].locator),
        column("quote", words["quote"], lambda row: row[2].quote),
        column("instrument", "The instrument that cites it.", lambda row: row[1].get("instrument")),
        column(
            "statement",
            "The number of the statement that cites it.",
            lambda row: row[1].get("statement"),
            type=ColumnType.INTEGER,
        ),
        column("item", "The item of the SWOT that cites it.", lambda row: row[1].get("item")),
    )  # fmt: skip
    # A number that stands in several rows is no key to refer to.
    to_statement = [] if is_long else [ForeignKey(("statement",), STATEMENTS)]
    return TidyTable(
        name="citations",
        description="Each citation of a source: the place in it, its words, and the one of instrument, statement and item that cites it.",
        columns=columns,
        records=[(n, *each) for n, each in enumerate(_all_citations(dataset, stated), 1)],
        primary_key=("citation",),
        foreign_keys=(
            ForeignKey(("source",), "sources"),
            TO_INSTRUMENT,
            *to_statement,
            ForeignKey(("item",), "swot"),
        ),
    )


def _all_citations(
    dataset: Dataset, stated: Iterable[StatementRow]
) -> Iterator[tuple[Mapping[str, object], SourceRef]]:
    for instrument in dataset.instruments:
        yield from (({"instrument": instrument.id}, ref) for ref in instrument.sources)
    for row in stated:
        if row.statement is not None:
            yield from (({"statement": row.number}, ref) for ref in row.statement.sources)
    for items in dataset.swot.values():
        for item in items:
            yield from (({"item": item.id}, ref) for ref in item.sources)
