"""The records of a workbook's small tables: as a data file writes them, and what of them a dataset that is there takes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from clustergap.importing.reference_tables import (
    LISTS_BY_TITLE,
    MAPPINGS,
    SECTIONS,
    ReferenceTables,
    first_cell,
    has_own_id,
    is_elsewhere,
    parse,
    values_of,
)
from clustergap.importing.vocabulary import NewRecord
from clustergap.list_format.reference_layout import HEADERS, KEYS, reference_tables
from clustergap.model.dataset import Dataset
from clustergap.model.record_names import Named, Names
from clustergap.spreadsheet.sheet import Address
from clustergap.text import all_of
from clustergap.yaml_edit.change import APPEND, Change
from clustergap.yaml_edit.write import YamlValue

_FEW = 3
"""Cells that are named of many."""

_IDENTITIES = {"Dataset": ("",), "Territories": ("level", "code")}
"""What tells the rows of a table apart that has no key."""


class TableRecord(NamedTuple):
    """A record of a small table: its id or key, what it says, and the cell that names it.

    ``has_own_id``: the id stands in the table; else it is made of the name.
    """

    id: str
    values: Mapping[str, YamlValue]
    at: Address
    has_own_id: bool = True

    @property
    def name(self) -> str:
        """What it is called, else its id."""
        return str(self.values.get("name", self.id))

    def as_new(self) -> NewRecord:
        """Return what it is known by."""
        return NewRecord(self.id, self.name, list(map(str, self.values.get("aliases", ()))))


def listed(tables: ReferenceTables, section: str) -> Iterator[TableRecord]:
    """Return the records of a list, such as the levels."""
    units = _units(tables) if section == "levels" else {}
    for record in tables.records(SECTIONS[section]):
        values = values_of(record)
        id_ = str(values.get("id", ""))
        if id_ in units:
            values["territories"] = units[id_]
        elif section == "levels" and is_elsewhere(values.get("territories", "")):
            del values["territories"]
        if not has_own_id(record):
            values = {"id": id_, **values}
        yield TableRecord(id_, values, first_cell(record), has_own_id(record))


def keyed(tables: ReferenceTables, section: str) -> Iterator[TableRecord]:
    """Return the records by a key, such as the sources."""
    title = MAPPINGS[section]
    for record in tables.records(title):
        values = values_of(record)
        yield TableRecord(str(values.pop(KEYS[title], "")), values, first_cell(record))


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
    rows = {section.title: section.rows for section in reference_tables(dataset)}
    for title, records in tables.sections.items():
        known = {}
        for row in rows.get(title, ()):
            texts = zip(HEADERS[title], row, strict=True)
            values = {key: parse(title, key, text) for key, text in texts}
            known[_identity(title, values)] = values
        names = Names(getattr(dataset, LISTS_BY_TITLE[title]) if title in LISTS_BY_TITLE else ())
        for record in records:
            said, identifying = values_of(record), {"id"}
            if not has_own_id(record):
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
                yield first_cell(record)


def _identity(title: str, values: Mapping[str, YamlValue]) -> tuple[str, ...]:
    keys = _IDENTITIES.get(title) or (KEYS[title],)
    return tuple(str(values.get(key, "")) for key in keys)


def _is_added(title: str, values: Mapping[str, YamlValue], dataset: Dataset) -> bool:
    if title in LISTS_BY_TITLE:
        return bool(getattr(dataset, LISTS_BY_TITLE[title]))
    if title == "Territories":
        return values.get("level") not in [level.id for level in dataset.levels]
    return title == "Sources"


def _units(tables: ReferenceTables) -> Mapping[str, list[YamlValue]]:
    units: defaultdict[str, list[YamlValue]] = defaultdict(list)
    for record in tables.records("Territories"):
        values = values_of(record)
        level, code = str(values.pop("level", "")), str(values.setdefault("code", ""))
        units[level].append(values if "name" in values else code)
    return units
