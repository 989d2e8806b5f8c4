"""What the small tables of a workbook say of levels, roles, kinds, sources and so on, beside its list."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from clustergap.importing.change import APPEND, Change
from clustergap.importing.claims import ListedValues, Said, Value
from clustergap.importing.limits import Limits
from clustergap.importing.problem import Problem, Problems, SheetError
from clustergap.importing.slugs import make_distinct_id, make_id
from clustergap.importing.texts import note_forbidden
from clustergap.importing.vocabulary import NewRecord
from clustergap.model.dataset import Dataset
from clustergap.model.names import Named, Names
from clustergap.sheets.cell_text import read_codes, read_flag, read_lines
from clustergap.sheets.sections import (
    HEADERS,
    KEYS,
    LISTED_ELSEWHERE,
    QUESTION,
    SEE_TERRITORIES,
    sections,
)
from clustergap.spreadsheet.sheet import Address, Sheet
from clustergap.wording import all_of, did_you_mean, fold, known_words, quote

SECTIONS = {"levels": "Levels", "roles": "Roles", "kinds": "Kinds", "targets": "Targets"}
"""Lists of records, and the title of the small table that holds each."""

_LISTS = {title: section for section, title in SECTIONS.items()}

MAPPINGS = {"sources": "Sources", "assessed": "Assessed", "accepted_gaps": "Accepted gaps"}
"""Records by a key, and the title of the small table that holds each."""

_FEW = 3
"""Cells that are named of many."""

_IDENTITIES = {"Dataset": ("",), "Territories": ("level", "code")}
"""What tells the rows of a table apart that has no key."""

Record = dict[str, Said]

_READ: Mapping[str, Callable[[str], Value]] = {
    "aliases": read_lines,
    "funds": read_flag,
}


class TableRecord(NamedTuple):
    """A record of a small table: its id or key, what it says, and the cell that names it.

    ``has_own_id``: the id stands in the table; else it is made of the name.
    """

    id: str
    values: Mapping[str, Value]
    at: Address
    has_own_id: bool = True

    @property
    def name(self) -> str:
        """What it is called, else its id."""
        return str(self.values.get("name", self.id))

    def as_new(self) -> NewRecord:
        """Return what it is known by."""
        return NewRecord(self.id, self.name, list(map(str, self.values.get("aliases", ()))))


@dataclass(slots=True)
class ReferenceTables:
    """The small tables that were found, and in which sheets.

    ``sections`` holds the records of each by its title, ``question`` the parts of what was asked. A workbook whose
    question names roles or levels holds only some of its dataset's statements.
    """

    sections: dict[str, list[Record]] = field(default_factory=dict)
    question: dict[str, str] = field(default_factory=dict)
    sheets: set[str] = field(default_factory=set)

    @property
    def own_sheets(self) -> set[str]:
        """The sheets that are one of the tables by their name."""
        return self.sheets & self.sections.keys()

    @property
    def narrowed_to(self) -> str:
        """The roles and levels that were asked for, in words; nothing if all were."""
        asked = (self.question.get(part, "") for part in ("roles", "levels"))
        return ", ".join(words for words in asked if words)

    def records(self, title: str) -> list[Record]:
        """Return the records of a table."""
        return self.sections.get(title, [])


def find_reference_tables(
    sheets: Iterable[Sheet], problems: Problems, limits: Limits
) -> ReferenceTables:
    """Read the small tables of all sheets, of two with one title the first; *problems* takes what is wrong in them."""
    tables, values = ReferenceTables(), ListedValues(limits.values)
    for sheet in sheets:
        for title, rows in _tables_in(sheet, limits.records):
            if title in tables.sections or (title == QUESTION and tables.question):
                continue
            tables.sheets.add(sheet.name)
            if title == QUESTION:
                tables.question = {texts[0]: texts[1] for _, texts in rows if len(texts) > 1}
                continue
            records = (_record(sheet, row, texts, title, problems) for row, texts in rows)
            tables.sections[title] = [record for record in records if record]
            for record in tables.sections[title]:
                values.add(record)
            if title in _LISTS:
                _make_ids(tables.sections[title])
            _require_keys(title, tables.sections[title], problems)
    _settle_territories(tables, problems)
    return tables


def listed(tables: ReferenceTables, section: str) -> Iterator[TableRecord]:
    """Return the records of a list, such as the levels."""
    units = _units(tables) if section == "levels" else {}
    for record in tables.records(SECTIONS[section]):
        values = _values(record)
        id_ = str(values.get("id", ""))
        if id_ in units:
            values["territories"] = units[id_]
        has_own_id = _has_own_id(record)
        if not has_own_id:
            values = {"id": id_, **values}
        yield TableRecord(id_, values, _at(record), has_own_id)


def keyed(tables: ReferenceTables, section: str) -> Iterator[TableRecord]:
    """Return the records by a key, such as the sources."""
    title = MAPPINGS[section]
    for record in tables.records(title):
        values = _values(record)
        yield TableRecord(str(values.pop(KEYS[title], "")), values, _at(record))


def named(tables: ReferenceTables, section: str) -> list[NewRecord]:
    """Return the names of a list's records."""
    return [record.as_new() for record in listed(tables, section)]


def lacking(tables: ReferenceTables, section: str, known: Sequence[Named]) -> list[TableRecord]:
    """Return the records of a list that are not *known* by their id, or without one by their name."""
    names, ids = Names(known), {record.id for record in known}
    return [
        record
        for record in listed(tables, section)
        if record.id not in ids and (record.has_own_id or not names.meant(record.name))
    ]


def add_records(tables: ReferenceTables, dataset: Dataset) -> Iterator[Change]:
    """Say which levels, roles, kinds, target groups and sources are new; those that are known stay as they are.

    A vocabulary that the dataset does not have is not begun: it would make every other word of its kind unknown.
    """
    for section in SECTIONS:
        known = getattr(dataset, section)
        if known:
            for record in lacking(tables, section, known):
                yield Change((section, APPEND), record.values)
    for record in keyed(tables, "sources"):
        if record.id not in dataset.sources:
            yield Change(("sources", record.id), record.values)


def remarks_on(tables: ReferenceTables, dataset: Dataset) -> list[str]:
    """Name the cells of small tables that say otherwise than a dataset that is there, which keeps what it says."""
    cells = [str(at) for at in _left_alone(tables, dataset)]
    if not cells:
        return []
    more = [f"{len(cells) - _FEW:,} more"] if len(cells) > _FEW else []
    where = all_of([*cells[:_FEW], *more])
    added = "roles, levels, kinds, targets and sources that are new"
    return [
        f"{where}: the data say otherwise, and keep what they say. Small tables only add {added}; change the rest in the data files"
    ]


def _left_alone(tables: ReferenceTables, dataset: Dataset) -> Iterator[Address]:
    rows = {section.title: section.rows for section in sections(dataset)}
    for title, records in tables.sections.items():
        known = {}
        for row in rows.get(title, ()):
            texts = zip(HEADERS[title], row, strict=True)
            values = {key: _parse(title, key, text) for key, text in texts}
            known[_identity(title, values)] = values
        names = Names(getattr(dataset, _LISTS[title]) if title in _LISTS else ())
        for record in records:
            said, identifying = _values(record), {"id"}
            if not _has_own_id(record):
                said["id"] = next(iter(names.meant(str(said["name"]))), said.get("id", ""))
                identifying.add("name")
            there = known.get(_identity(title, said))
            if there is not None:
                yield from (
                    one.at
                    for key, one in record.items()
                    if key not in identifying and one.value != there[key]
                )
            elif not _is_added(title, said, dataset):
                yield _at(record)


def _identity(title: str, values: Mapping[str, Value]) -> tuple[str, ...]:
    keys = _IDENTITIES.get(title) or (KEYS[title],)
    return tuple(str(values.get(key, "")) for key in keys)


def _is_added(title: str, values: Mapping[str, Value], dataset: Dataset) -> bool:
    if title in _LISTS:
        return bool(getattr(dataset, _LISTS[title]))
    if title == "Territories":
        return values.get("level") not in [level.id for level in dataset.levels]
    return title == "Sources"


def _tables_in(sheet: Sheet, most: int) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    # A sheet that bears a table's name is that table; elsewhere its name stands above it, alone in its row, and it ends
    # with an empty row, or where the next one begins: people type into the empty row too.
    filled = [row for row, texts in enumerate(sheet.rows) if any(texts)]
    if filled and sheet.name in HEADERS and _is_header(sheet, filled[0], sheet.name):
        yield sheet.name, _bounded(sheet, sheet.name, filled[0], filled[1:], most)
        return
    for row in filled:
        title = _title_at(sheet, row)
        if title:
            yield title, _bounded(sheet, title, row, _below(sheet, row + 2), most)


def _title_at(sheet: Sheet, row: int) -> str:
    texts = sheet.rows[row]
    title = texts[0] if texts and not any(texts[1:]) else ""
    return title if title in HEADERS and _is_header(sheet, row + 1, title) else ""


def _is_header(sheet: Sheet, row: int, title: str) -> bool:
    texts = [text.strip() for text in sheet.rows[row]] if row < len(sheet.rows) else []
    while texts and not texts[-1]:
        texts.pop()
    return texts == list(HEADERS[title])


def _below(sheet: Sheet, first: int) -> Iterator[int]:
    for row in range(first, len(sheet.rows)):
        if not any(sheet.rows[row]) or _title_at(sheet, row):
            return
        yield row


def _bounded(
    sheet: Sheet, title: str, at: int, rows: Iterable[int], most: int
) -> list[tuple[int, list[str]]]:
    found = list(islice(rows, most + 1))
    if len(found) > most:
        message = f"{quote(title)} has more than {most:,} rows"
        raise SheetError([Problem(sheet.at(at, 0), message, "delete what is not needed")])
    return [(row, sheet.rows[row]) for row in found]


def _record(sheet: Sheet, row: int, texts: list[str], title: str, problems: Problems) -> Record:
    record = {}
    for column, (key, text) in enumerate(zip(HEADERS[title], texts, strict=False)):
        if text:
            at = sheet.at(row, column)
            note_forbidden(text, at, problems)
            record[key] = Said(_parse(title, key, text), at)
    return record


def _parse(title: str, key: str, text: str) -> Value:
    if (title, key) == ("Assessed", "territories"):
        return read_codes(text)
    return _READ.get(key, str)(text.strip() if key in KEYS.values() else text)


def _make_ids(records: Sequence[Record]) -> None:
    # A name's id does not depend on where it stands: of two names with one id neither has that one.
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
            record["id"] = Said(id_, record["name"].at)


def _require_keys(title: str, records: Iterable[Record], problems: Problems) -> None:
    if title not in KEYS:
        return
    key, seen = KEYS[title], dict[str, Said]()
    for record in records:
        said = record.get(key)
        if said is None:
            message = f"this row of {quote(title)} has no {key}"
            is_made = title in _LISTS and "name" not in record
            hint = f"write its {key}{', or its name' if is_made else ''}"
            problems.add(Problem(_at(record), message, hint))
        elif (first := seen.setdefault(str(said.value), said)) is not said:
            words = said if _has_own_id(record) else record["name"]
            message = f"{quote(words.value)} stands in {first.at} already"
            problems.add(Problem(said.at, message, "delete one of the two"))


def _settle_territories(tables: ReferenceTables, problems: Problems) -> None:
    """Have each territory name its level by id, and each level that has some of its own name no other list."""
    levels = named(tables, "levels")
    names = Names(levels)
    own = set()
    for record in tables.records("Territories"):
        level = record.get("level")
        if level is None:
            problems.add(Problem(_at(record), "this territory has no level", "write its level"))
            continue
        meant = names.meant(str(level.value))
        if len(meant) == 1:
            own.add(meant[0])
            record["level"] = level._replace(value=meant[0])
        else:
            words = [level.name for level in levels]
            hint = did_you_mean(str(level.value), words) or known_words(words, "level")
            problems.add(Problem(level.at, f"{quote(level.value)} is not a level of Levels", hint))
    for record in tables.records("Levels"):
        list_name = record.get("territories")
        if list_name is None:
            continue
        if fold(str(list_name.value)) in LISTED_ELSEWHERE:
            del record["territories"]
        elif "id" in record and record["id"].value in own:
            message = "Territories has places of this level, and here stands another list"
            problems.add(
                Problem(
                    list_name.at, message, f"write {SEE_TERRITORIES} here, or delete the places"
                )
            )


def _units(tables: ReferenceTables) -> Mapping[str, list[Value]]:
    units: defaultdict[str, list[Value]] = defaultdict(list)
    for record in tables.records("Territories"):
        values = _values(record)
        level, code = str(values.pop("level", "")), str(values.setdefault("code", ""))
        units[level].append(values if "name" in values else code)
    return units


def _values(record: Record) -> dict[str, Value]:
    return {key: said.value for key, said in record.items()}


def _at(record: Record) -> Address:
    return next(iter(record.values())).at


def _has_own_id(record: Record) -> bool:
    return "name" not in record or record.get("id", record["name"]).at != record["name"].at
