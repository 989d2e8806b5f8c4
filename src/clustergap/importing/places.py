"""Which cell of the sheet says an entry of the data."""

from collections.abc import Iterable

from clustergap.findings import DataPath
from clustergap.importing.entries import Entries, StatementEntry
from clustergap.importing.reference_records import keyed, listed
from clustergap.importing.reference_tables import MAPPINGS, SECTIONS, ReferenceTables
from clustergap.spreadsheet.sheet import Address


class Places:
    """The cells that say each entry; a record of a list is named by its id, not by its place."""

    def __init__(self, entries: Entries, tables: ReferenceTables) -> None:
        self._at: dict[DataPath, Address] = {}
        for section in SECTIONS:
            self._at |= {(section, one.id): one.at for one in listed(tables, section)}
        for section in MAPPINGS:
            self._at |= {(section, one.id): one.at for one in keyed(tables, section)}
        for record in tables.records("Dataset"):
            self._at |= {(key,): said.at for key, said in record.items()}
        for entry in entries.instruments.values():
            path = ("instruments", entry.id)
            self._at[path] = entry.at
            self._at |= {(*path, key): said.at for key, said in entry.keys.items()}
            self._add((*path, "covers"), entry.covers.items())
        self._add(("observations",), entries.observations.items())

    def _add(self, path: DataPath, said: Iterable[tuple[object, StatementEntry]]) -> None:
        for cell, statement in said:
            # Where nothing else is said, the extent stands for all of it.
            alone = statement.keys.get("extent") if len(statement.keys) == 1 else None
            self._at[*path, str(cell)] = alone.at if alone else statement.at
            self._at |= {(*path, str(cell), key): one.at for key, one in statement.keys.items()}

    def find(self, path: DataPath) -> Address | None:
        """Return the cell that says an entry, or what holds it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._at:
                return self._at[path[:length]]
        return None
