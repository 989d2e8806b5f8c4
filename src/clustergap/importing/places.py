"""Which cell of the sheet says an entry of the data."""

from collections.abc import Iterable, Sequence

from clustergap.findings import DataPath, statement_path
from clustergap.importing.entries import Entries, StatementEntry
from clustergap.importing.joining import joined
from clustergap.importing.merging import Stated
from clustergap.importing.reference_records import keyed, listed
from clustergap.importing.reference_tables import MAPPINGS, SECTIONS, ReferenceTables
from clustergap.spreadsheet.sheet import Address


class Places:
    """The cells that say each entry; a record of a list is named by its id, not by its place.

    *stated* are the statements of cells that have several, as they will stand.
    """

    def __init__(self, entries: Entries, tables: ReferenceTables, stated: Stated) -> None:
        self._stated = stated
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

    def _add(
        self, path: DataPath, said: Iterable[tuple[object, Sequence[StatementEntry]]]
    ) -> None:
        for cell, rows in said:
            statements = self._stated.get((*path, str(cell))) or joined(rows)
            for number, statement in enumerate(statements):
                if statement is not None:
                    at = statement_path(path, cell, number, len(statements))
                    self._add_statement(at, statement)
            self._at.setdefault((*path, str(cell)), rows[0].at)

    def _add_statement(self, path: DataPath, statement: StatementEntry) -> None:
        # Where nothing else is said, the extent stands for all of it.
        alone = statement.keys.get("extent") if len(statement.keys) == 1 else None
        self._at[path] = alone.at if alone else statement.at
        self._at |= {(*path, key): one.at for key, one in statement.keys.items()}
        self._at |= {(*path, "territories", code): at for code, at in statement.codes.items()}

    def find(self, path: DataPath) -> Address | None:
        """Return the cell that says an entry, or what holds it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._at:
                return self._at[path[:length]]
        return None
