"""Reads the reference tables of a workbook, beside its list: levels, roles, kinds, sources and so on."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from clustergap.importing.cell_texts import NO_KEY, note_forbidden
from clustergap.importing.new_names import make_distinct_id, make_id
from clustergap.importing.problems import Problem, Problems, SheetError
from clustergap.importing.sheet_records import ImportLimits, ListedValues, NewRecord, SheetValue
from clustergap.list_format.list_layout import key_of, read_codes, read_flag, read_lines, read_refs
from clustergap.list_format.reference_layout import (
    HEADERS,
    KEYS,
    LISTED_ELSEWHERE,
    QUESTION,
    SEE_TERRITORIES,
    headers_of,
    reference_tables,
    says_the_same,
)
from clustergap.model.dataset import Dataset
from clustergap.model.record import CODE_PATTERN, Named, NameIndex
from clustergap.reference.territories import LISTS
from clustergap.spreadsheet.sheet import Address, Sheet
from clustergap.text import all_of, did_you_mean, fold, known_words, quote
from clustergap.yaml_edit.write import YamlValue

SECTIONS = {
    "levels": "Levels",
    "roles": "Roles",
    "kinds": "Kinds",
    "targets": "Targets",
    "groups": "Groups",
}
"""The sections that are lists of records, and the title of the reference table of each."""

LISTS_BY_TITLE = {title: section for section, title in SECTIONS.items()}
"""The section of each title."""

MAPPINGS = {"sources": "Sources", "assessed": "Assessed", "accepted_gaps": "Accepted gaps"}
"""The sections whose records have a key, and the title of the reference table of each."""

ReferenceRow = dict[str, SheetValue]

_READ: Mapping[str, Callable[[str], YamlValue]] = {
    "aliases": read_lines,
    "funds": read_flag,
    "sources": read_refs,
}


@dataclass(slots=True)
class ReferenceTables:
    """The reference tables that were found, and their sheets.

    ``sections`` holds the records of each table by its title, ``question`` the parts of the query. A workbook whose
    query names roles or levels has only some statements of its dataset.
    """

    sections: dict[str, list[ReferenceRow]] = field(default_factory=dict)
    question: dict[str, str] = field(default_factory=dict)
    sheets: set[str] = field(default_factory=set)

    @property
    def own_sheets(self) -> set[str]:
        """The sheets that have the name of one of the tables."""
        return self.sheets & self.sections.keys()

    @property
    def selection(self) -> str:
        """The roles and levels of the query, in words; empty if it had all."""
        parts = (self.question.get(part, "") for part in ("roles", "levels"))
        return ", ".join(words for words in parts if words)

    def records(self, title: str) -> list[ReferenceRow]:
        """Return the records of a table."""
        return self.sections.get(title, [])


class ReferenceRecord(NamedTuple):
    """A record of a reference table: its id or key, its values, and the cell that names it.

    ``has_own_id``: the id is in the table; otherwise it is made of the name.
    """

    id: str
    values: Mapping[str, YamlValue]
    at: Address
    has_own_id: bool = True

    @property
    def name(self) -> str:
        """Its name, else its id."""
        return str(self.values.get("name", self.id))

    def as_new(self) -> NewRecord:
        """Return the record as a new one of the dataset."""
        return NewRecord(self.id, self.name, list(map(str, self.values.get("aliases", ()))))


def find_reference_tables(
    sheets: Iterable[Sheet], problems: Problems, limits: ImportLimits
) -> ReferenceTables:
    """Read the reference tables of all sheets, the first one of each title; errors are added to *problems*."""
    tables, values = ReferenceTables(), ListedValues(limits.values)
    for sheet in sheets:
        for title, columns, rows in _tables_in(sheet, limits.records):
            if title in tables.sections or (title == QUESTION and tables.question):
                continue
            tables.sheets.add(sheet.name)
            if title == sheet.name:
                problems.extend(
                    Problem(*problem)
                    for problem in sheet.problems(rows[0] if rows else 0, columns)
                )
            if title == QUESTION:
                tables.question = {
                    texts[0]: texts[1]
                    for texts in map(sheet.rows.__getitem__, rows)
                    if len(texts) > 1
                }
                continue
            records = (_record(sheet, row, title, columns, problems) for row in rows)
            tables.sections[title] = [record for record in records if record]
            for record in tables.sections[title]:
                values.add(record)
            if title in LISTS_BY_TITLE:
                _make_ids(tables.sections[title])
            _require_keys(title, tables.sections[title], problems)
    _resolve_levels(tables, problems)
    return tables


def listed_records(tables: ReferenceTables, section: str) -> Iterator[ReferenceRecord]:
    """Return the records of a list, such as the levels."""
    units = _units(tables) if section == "levels" else {}
    for record in tables.records(SECTIONS[section]):
        values = values_of(record)
        id_ = str(values.get("id", ""))
        if id_ in units:
            values["territories"] = units[id_]
        elif section == "levels" and _is_elsewhere(values.get("territories", "")):
            del values["territories"]
        if not has_own_id(record):
            values = {"id": id_, **values}
        yield ReferenceRecord(id_, values, first_cell(record), has_own_id(record))


def keyed_records(tables: ReferenceTables, section: str) -> Iterator[ReferenceRecord]:
    """Return the records of a section with keys, such as the sources."""
    title = MAPPINGS[section]
    for record in tables.records(title):
        values = values_of(record)
        yield ReferenceRecord(str(values.pop(KEYS[title], "")), values, first_cell(record))


def new_records(
    tables: ReferenceTables, section: str, known: Sequence[Named]
) -> list[ReferenceRecord]:
    """Return the records of a list that are not *known* by their id, or by their name if they have no id."""
    names, ids = NameIndex(known), {record.id for record in known}
    return [
        record
        for record in listed_records(tables, section)
        if record.id not in ids and (record.has_own_id or not names.meant(record.name))
    ]


def values_of(record: ReferenceRow) -> dict[str, YamlValue]:
    """Return the values of a record, as in a data file."""
    return {key: cell.value for key, cell in record.items()}


def first_cell(record: ReferenceRow) -> Address:
    """Return the first cell of a record."""
    return next(iter(record.values())).at


def has_own_id(record: ReferenceRow) -> bool:
    """Tell whether the id of a record is in the table, rather than made of its name."""
    return "name" not in record or record.get("id", record["name"]).at != record["name"].at


def parse_cell(title: str, key: str, text: str) -> YamlValue:
    """Read the text of a cell of a reference table as a value of a data file."""
    if (title, key) in (("Assessed", "territories"), ("Groups", "territories")):
        return read_codes(text)
    if (title, key) == ("Levels", "territories"):
        return _places(text)
    if (title, key) == ("Levels", "unit"):
        return _noun(text)
    return _READ.get(key, str)(text.strip() if key in KEYS.values() else text)


class _TableRange(NamedTuple):
    """A reference table in a sheet: its title, the key of each column that is read, its rows."""

    title: str
    columns: Mapping[int, str]
    rows: Sequence[int]


def _tables_in(sheet: Sheet, most: int) -> Iterator[_TableRange]:
    # A sheet with a table's name is that table. Elsewhere the name is above the table, alone in its row, and the table ends
    # at an empty row, or where the next one begins, as people type into the empty row too.
    filled = [row for row, texts in enumerate(sheet.rows) if any(texts)]
    own = _own_columns(sheet, filled[0]) if filled else {}
    if own:
        yield _TableRange(
            sheet.name, own, _bounded(sheet, sheet.name, filled[0], filled[1:], most)
        )
        return
    for row in filled:
        title = _title_at(sheet, row)
        if title:
            columns = dict(enumerate(_filled(sheet, row + 1)))
            yield _TableRange(
                title, columns, _bounded(sheet, title, row, _rows_below(sheet, row + 2), most)
            )


def _own_columns(sheet: Sheet, header: int) -> Mapping[int, str]:
    # All columns of the table, in any order, possibly with others: somebody else's sheet may have the same name.
    keys = HEADERS.get(sheet.name, ())
    _named = enumerate(map(key_of, sheet.rows[header]))
    columns = {column: key for column, key in _named if key in keys}
    is_whole = keys and sorted(columns.values()) in map(sorted, headers_of(sheet.name))
    return columns if is_whole else {}


def _title_at(sheet: Sheet, row: int) -> str:
    texts = sheet.rows[row]
    title = texts[0] if texts and not any(texts[1:]) else ""
    is_title = title in HEADERS and tuple(_filled(sheet, row + 1)) in headers_of(title)
    return title if is_title else ""


def _filled(sheet: Sheet, row: int) -> list[str]:
    texts = [text.strip() for text in sheet.rows[row]] if row < len(sheet.rows) else []
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _rows_below(sheet: Sheet, first: int) -> Iterator[int]:
    for row in range(first, len(sheet.rows)):
        if not any(sheet.rows[row]) or _title_at(sheet, row):
            return
        yield row


def _bounded(sheet: Sheet, title: str, at: int, rows: Iterable[int], most: int) -> list[int]:
    bounded = list(islice(rows, most + 1))
    if len(bounded) > most:
        message = f"{quote(title)} has more than {most:,} rows"
        raise SheetError([Problem(sheet.at(at, 0), message, "delete what is not needed")])
    return bounded


def _record(
    sheet: Sheet, row: int, title: str, columns: Mapping[int, str], problems: Problems
) -> ReferenceRow:
    record, texts = {}, sheet.rows[row]
    for column, key in columns.items():
        text = texts[column] if column < len(texts) else ""
        if text:
            at = sheet.at(row, column)
            note_forbidden(text, at, problems)
            if key == "sources" and not all("ref" in ref for ref in read_refs(text)):
                problems.add(Problem(at, *NO_KEY))
                continue
            record[key] = SheetValue(parse_cell(title, key, text), at)
    return record


def _noun(text: str) -> YamlValue:
    one, *many = (word.strip() for word in re.split(r"[\n,;/]", text))
    return {"one": one, "many": many[0]} if len(many) == 1 else text


def _places(text: str) -> YamlValue:
    words = fold(text)
    codes = read_codes(text)
    if words in LISTS or words in LISTED_ELSEWHERE:
        return words
    is_list = isinstance(codes, list) and all(
        code in LISTS or re.fullmatch(CODE_PATTERN, code) for code in codes
    )
    return codes if is_list else text


def _make_ids(records: Sequence[ReferenceRow]) -> None:
    # The id of a name does not depend on its row: if two names would have the same id, neither gets it.
    lacking_id = [record for record in records if "id" not in record and "name" in record]
    names: defaultdict[str | None, set[str]] = defaultdict(set)
    for record in lacking_id:
        name = str(record["name"].value)
        names[make_id(name)].add(fold(name))
    for record in lacking_id:
        name = str(record["name"].value)
        id_ = make_id(name)
        if len(names[id_]) > 1:
            id_ = make_distinct_id(name)
        if id_ is not None:
            record["id"] = SheetValue(id_, record["name"].at)


def _require_keys(title: str, records: Iterable[ReferenceRow], problems: Problems) -> None:
    if title not in KEYS:
        _require_one(title, list(records), problems)
        return
    key, seen = KEYS[title], dict[str, SheetValue]()
    for record in records:
        value = record.get(key)
        if value is None:
            message = f"this row of {quote(title)} has no {key}"
            is_made = title in LISTS_BY_TITLE and "name" not in record
            hint = f"write its {key}{', or its name' if is_made else ''}"
            problems.add(Problem(first_cell(record), message, hint))
        elif (first := seen.setdefault(str(value.value), value)) is not value:
            words = value if has_own_id(record) else record["name"]
            message = f"{quote(words.value)} stands in {first.at} already"
            problems.add(Problem(value.at, message, "delete one of the two"))


def _require_one(title: str, records: Sequence[ReferenceRow], problems: Problems) -> None:
    if title == "Dataset" and len(records) > 1:
        message = f"{quote(title)} has {len(records):,} rows"
        problems.add(Problem(first_cell(records[1]), message, "keep the first: it is one dataset"))


def _resolve_levels(tables: ReferenceTables, problems: Problems) -> None:
    # Each territory names its level by id, and a level with territories of its own names no other list.
    own = _levels_with_places(tables, problems)
    for record in tables.records("Levels"):
        list_name = record.get("territories")
        if list_name is None:
            continue
        has_own = "id" in record and record["id"].value in own
        if _is_elsewhere(list_name.value):
            if not has_own:
                message = "Territories has no place of this level"
                hint = "write them there, a row each, or leave this empty"
                problems.add(Problem(list_name.at, message, hint))
        elif has_own:
            message = "Territories has places of this level, and here stands another list"
            hint = f"write {SEE_TERRITORIES} here, or delete the places"
            problems.add(Problem(list_name.at, message, hint))


def _levels_with_places(tables: ReferenceTables, problems: Problems) -> set[str]:
    levels = [record.as_new() for record in listed_records(tables, "levels")]
    names = NameIndex(levels)
    own: set[str] = set()
    for record in tables.records("Territories"):
        level = record.get("level")
        if level is None:
            problems.add(
                Problem(first_cell(record), "this territory has no level", "write its level")
            )
            continue
        meant = names.meant(str(level.value))
        if len(meant) == 1:
            own.add(meant[0])
            record["level"] = level._replace(value=meant[0])
        else:
            words = [level.name for level in levels]
            hint = did_you_mean(str(level.value), words) or known_words(words, "level")
            problems.add(Problem(level.at, f"{quote(level.value)} is not a level of Levels", hint))
    return own


def _is_elsewhere(territories: YamlValue) -> bool:
    """Tell whether the territories of a level are listed in another table."""
    return isinstance(territories, str) and territories in LISTED_ELSEWHERE


def _units(tables: ReferenceTables) -> Mapping[str, list[YamlValue]]:
    units: defaultdict[str, list[YamlValue]] = defaultdict(list)
    for record in tables.records("Territories"):
        values = values_of(record)
        level, code = str(values.pop("level", "")), str(values.setdefault("code", ""))
        units[level].append(values if "name" in values else code)
    return units


_FEW = 3
"""Cells that are named if there are many."""

_IDENTITIES = {"Dataset": ("",), "Territories": ("level", "code")}
"""The columns that identify a row of a table without a key."""


def reference_remarks(tables: ReferenceTables, dataset: Dataset) -> list[str]:
    """Name the cells of reference tables that differ from an existing dataset, which is not changed by them."""
    cells = [str(at) for at in _ignored_cells(tables, dataset)]
    if not cells:
        return []
    more = [f"{len(cells) - _FEW:,} more"] if len(cells) > _FEW else []
    where = all_of([*cells[:_FEW], *more])
    added = "roles, levels, kinds, targets, groups and sources that are new"
    return [
        f"{where}: the data say otherwise, and keep what they say. Small tables only add {added}; change the rest in the data files"
    ]


def _ignored_cells(tables: ReferenceTables, dataset: Dataset) -> Iterator[Address]:
    rows = {table.title: table.rows for table in reference_tables(dataset)}
    for title, records in tables.sections.items():
        known = {}
        for row in rows.get(title, ()):
            texts = zip(HEADERS[title], row, strict=True)
            values = {key: parse_cell(title, key, text) for key, text in texts}
            known[_identity(title, values)] = values
        names = NameIndex(
            getattr(dataset, LISTS_BY_TITLE[title]) if title in LISTS_BY_TITLE else ()
        )
        for record in records:
            values, identifying = values_of(record), {"id"}
            if not has_own_id(record):
                meant = names.meant(str(values["name"]))
                values["id"] = next(iter(meant), values.get("id", ""))
                identifying.add("name")
            before = known.get(_identity(title, values))
            if before is not None:
                yield from (
                    at
                    for key, (value, at) in record.items()
                    if key not in identifying and not says_the_same(key, value, before[key])
                )
            elif not _is_added(title, values, dataset):
                yield first_cell(record)


def _identity(title: str, values: Mapping[str, YamlValue]) -> tuple[str, ...]:
    keys = _IDENTITIES.get(title) or (KEYS[title],)
    return tuple(str(values.get(key, "")) for key in keys)


def _is_added(title: str, values: Mapping[str, YamlValue], dataset: Dataset) -> bool:
    if title in LISTS_BY_TITLE:
        return title == "Groups" or bool(getattr(dataset, LISTS_BY_TITLE[title]))
    if title == "Territories":
        return values.get("level") not in [level.id for level in dataset.levels]
    return title == "Sources"
