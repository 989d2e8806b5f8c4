"""What a sheet says against what a dataset says: the changes to its files, entry by entry."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from clustergap.findings import DataPath
from clustergap.importing.change import APPEND, Change
from clustergap.importing.claims import Said, Value
from clustergap.importing.entries import Entries, InstrumentEntry, StatementEntry
from clustergap.importing.records import in_short, instrument_record, statement, statements
from clustergap.importing.sameness import is_same
from clustergap.loading.dataset import Loaded
from clustergap.model.cell import Cell
from clustergap.model.dataset import Instrument, Statement
from clustergap.model.plain import DEFAULTS, Plain, plain

Keys = Mapping[str, Plain]

ChangesByFile = Mapping[int, list[Change]]
"""The changes to each file, by its place in the order of reading."""


class _Change(NamedTuple):
    """A change at a data path of the dataset."""

    path: DataPath
    value: Value | None


def merge(entries: Entries, loaded: Loaded, *, prune: bool) -> ChangesByFile:
    """Say how a dataset's files must change to say what a sheet says.

    What the sheet does not say stays as it is, unless *prune*: then instruments, covers and observations that it does
    not have go, and so do the values of its empty cells.
    """
    merger = _Merger(entries, loaded, prune=prune)
    by_file: defaultdict[int, list[Change]] = defaultdict(list)
    # What goes, goes last: what comes must find its place before.
    changes = sorted(merger.changes(), key=lambda change: change.value is None)
    for change in changes:
        is_new = change.path[-1] == APPEND
        number, path = (0, change.path) if is_new else loaded.sources.origins.resolve(change.path)
        by_file[number].append(Change(path, change.value))
    return by_file


class _Merger:
    def __init__(self, entries: Entries, loaded: Loaded, *, prune: bool) -> None:
        self.entries, self.dataset, self.prune = entries, loaded.dataset, prune

    def changes(self) -> Iterator[_Change]:
        for index, instrument in enumerate(self.dataset.instruments):
            entry = self.entries.instruments.get(instrument.id)
            path = ("instruments", index)
            if entry is not None:
                yield from self._instrument(path, instrument, entry)
            elif self.prune:
                yield _Change(path, None)
        for entry in self.entries.instruments.values():
            if entry.is_new:
                yield _Change(("instruments", APPEND), instrument_record(entry))
        yield from self._statements(
            ("observations",), self.dataset.observations, self.entries.observations
        )

    def _instrument(
        self, path: DataPath, known: Instrument, entry: InstrumentEntry
    ) -> Iterator[_Change]:
        before = plain(known)
        assert isinstance(before, dict)  # noqa: S101 - a record is a mapping
        for key, said in entry.keys.items():
            if not is_same(key, said.value, before.get(key)):
                yield _Change((*path, key), said.value)
        if self.prune:
            empty = self.entries.instrument_keys - entry.keys.keys() - {"id", "name"}
            yield from (_Change((*path, key), None) for key in sorted(empty & before.keys()))
        yield from self._statements((*path, "covers"), known.covers, entry.covers)

    def _statements(
        self,
        path: DataPath,
        known: Mapping[Cell, tuple[Statement, ...]],
        said: Mapping[Cell, StatementEntry],
    ) -> Iterator[_Change]:
        new = {cell: one for cell, one in said.items() if cell not in known}
        if new and not known:
            yield _Change(path, statements(new))
        else:
            for cell, one in new.items():
                yield _Change((*path, str(cell)), statement(one.keys.items()))
        for cell, statements_ in known.items():
            if cell in said and len(statements_) > 1:
                yield _Change((*path, str(cell)), statement(said[cell].keys.items()))
            elif cell in said:
                yield from self._statement((*path, str(cell)), statements_[0], said[cell].keys)
            elif self.prune:
                yield _Change((*path, str(cell)), None)

    def _statement(
        self, path: DataPath, known: Statement, said: Mapping[str, Said]
    ) -> Iterator[_Change]:
        before = plain(known)
        assert isinstance(before, dict)  # noqa: S101 - a record is a mapping
        changed = {
            key: one.value
            for key, one in said.items()
            if not is_same(key, one.value, before.get(key))
        }
        empty = (
            self.entries.statement_keys - said.keys() - {"extent"} if self.prune else frozenset()
        )
        gone = empty & before.keys()
        if not changed and not gone:
            return
        after: dict[str, Value] = {"extent": DEFAULTS["extent"], **_values(before), **changed}
        after = {key: value for key, value in after.items() if key not in gone}
        if not before.keys() - {"extent"} or not after.keys() - {"extent"}:
            # Its extent alone, before or then: it is written as a whole.
            yield _Change(path, in_short(after))
            return
        for key, value in changed.items():
            yield _Change((*path, key), value)
        for key in sorted(gone):
            yield _Change((*path, key), None)


def _values(keys: Keys) -> dict[str, Value]:
    return {key: value for key, value in keys.items() if isinstance(value, str | list | dict)}  # type: ignore[misc]
