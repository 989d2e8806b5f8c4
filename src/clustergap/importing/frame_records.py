"""The records of a workbook's small tables, as a data file writes them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from clustergap.importing.claims import Value
from clustergap.importing.frame import Frame, Record
from clustergap.importing.vocabulary import NewRecord
from clustergap.sheets.sections import KEYS, LISTED_BELOW
from clustergap.spreadsheet.sheet import Address

SECTIONS = {"levels": "Levels", "roles": "Roles", "kinds": "Kinds", "targets": "Targets"}
"""Lists of records, and the title of the small table that holds each."""

MAPPINGS = {"sources": "Sources", "assessed": "Assessed", "accepted_gaps": "Accepted gaps"}
"""Records by a key, and the title of the small table that holds each."""


class FrameRecord(NamedTuple):
    """A record of a section: its id or key, what it says, and the cell that names it."""

    id: str
    values: Mapping[str, Value]
    at: Address


def listed(frame: Frame, section: str) -> Iterator[FrameRecord]:
    """Return the records of a list, such as the levels."""
    units = _units(frame) if section == "levels" else {}
    for record in frame.records(SECTIONS[section]):
        values = _values(record)
        id_ = str(values.get("id", ""))
        if section == "levels" and values.get("territories") == LISTED_BELOW:
            values["territories"] = units.get(id_, [])
        yield FrameRecord(id_, values, _at(record))


def keyed(frame: Frame, section: str) -> Iterator[FrameRecord]:
    """Return the records by a key, such as the sources."""
    title = MAPPINGS[section]
    for record in frame.records(title):
        values = _values(record)
        yield FrameRecord(str(values.pop(KEYS[title], "")), values, _at(record))


def named(frame: Frame, section: str) -> list[NewRecord]:
    """Return the names of a list's records."""
    return [
        NewRecord(
            record.id,
            str(record.values.get("name", record.id)),
            [str(alias) for alias in record.values.get("aliases", ())],
        )
        for record in listed(frame, section)
    ]


def _units(frame: Frame) -> Mapping[str, list[Value]]:
    units: defaultdict[str, list[Value]] = defaultdict(list)
    for record in frame.records("Territories"):
        values = _values(record)
        level, code = str(values.pop("level", "")), str(values.setdefault("code", ""))
        units[level].append(values if "name" in values else code)
    return units


def _values(record: Record) -> dict[str, Value]:
    return {key: said.value for key, said in record.items()}


def _at(record: Record) -> Address:
    return next(iter(record.values())).at
