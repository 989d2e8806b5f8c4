"""What a sheet says against what a dataset says: the changes to its files, entry by entry."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from clustergap.analysis.diff import may_have_listed, may_have_stated
from clustergap.findings import DataPath, statement_path
from clustergap.importing.reference_tables import (
    LISTS_BY_TITLE,
    SECTIONS,
    ReferenceTables,
    first_cell,
    has_own_id,
    keyed_records,
    new_records,
    parse_cell,
    values_of,
)
from clustergap.importing.sheet_records import (
    InstrumentEntry,
    SheetRecords,
    SheetValue,
    StatementEntry,
    is_same,
)
from clustergap.importing.statements import (
    cell_record,
    cell_records,
    instrument_record,
    join_rows,
    match_statements,
    short_record,
    statement_record,
)
from clustergap.list_format.reference_layout import HEADERS, KEYS, reference_tables
from clustergap.loading.loader import Loaded
from clustergap.model.cell import Cell
from clustergap.model.dataset import DEFAULTS, Dataset, Instrument, Plain, Statement, plain
from clustergap.model.record import Names
from clustergap.spreadsheet.sheet import Address
from clustergap.text import all_of
from clustergap.yaml_edit.change import APPEND, YamlChange
from clustergap.yaml_edit.write import YamlValue

Keys = Mapping[str, Plain]

FileChange = tuple[int, YamlChange]
"""A change, and the file in which it is, by its place in the order of reading."""

ChangesByFile = Mapping[int, list[YamlChange]]
"""The changes to each file, by its place in the order of reading."""

Stated = Mapping[DataPath, Sequence[StatementEntry | None]]
"""What says each statement of a cell, in the order in which they will stand; None: the data alone.

By the data path of the cell's entry; an instrument is named by its id.
"""

_FEW = 3
"""Cells that are named of many."""

_IDENTITIES = {"Dataset": ("",), "Territories": ("level", "code")}
"""What tells the rows of a table apart that has no key."""


class MergeResult(NamedTuple):
    """The changes to the files, which rows say what in them then, and how many statements of the data none says."""

    changes: ChangesByFile
    stated: Stated
    unmentioned: int


def merge(
    entries: SheetRecords, loaded: Loaded, source: str | None = None, *, prune: bool
) -> MergeResult:
    """Say how a dataset's files must change to say what a sheet says.

    What the sheet does not say stays as it is, unless *prune*: then instruments, statements and observations that it
    does not have go, and so do the values of its empty cells. If the sheet is a *source*, only what cites it alone goes,
    and other sources of what it says remaining beside it.
    """
    merger = _Merger(entries, loaded, source, prune=prune)
    by_file: defaultdict[int, list[YamlChange]] = defaultdict(list)
    # A file to which something comes is named before one that only loses something.
    for number, change in sorted(merger.changes(), key=lambda of_file: of_file[1].value is None):
        by_file[number].append(change)
    return MergeResult(by_file, merger.stated, merger.unmentioned)


def added_records(tables: ReferenceTables, dataset: Dataset) -> Iterator[YamlChange]:
    """Say which levels, roles, kinds, target groups and sources are new; those that are known remaining as they are.

    A vocabulary that the dataset does not have is not begun: it would make every other word of its kind unknown.
    """
    for section in SECTIONS:
        known = getattr(dataset, section)
        if known:
            for record in new_records(tables, section, known):
                yield YamlChange((section, APPEND), record.values)
    for record in keyed_records(tables, "sources"):
        if record.id not in dataset.sources:
            yield YamlChange(("sources", record.id), record.values)


def reference_remarks(tables: ReferenceTables, dataset: Dataset) -> list[str]:
    """Name the cells of small tables that say otherwise than a dataset that is there, which keeps what it says."""
    cells = [str(at) for at in _ignored_cells(tables, dataset)]
    if not cells:
        return []
    more = [f"{len(cells) - _FEW:,} more"] if len(cells) > _FEW else []
    where = all_of([*cells[:_FEW], *more])
    added = "roles, levels, kinds, targets and sources that are new"
    return [
        f"{where}: the data say otherwise, and keep what they say. Small tables only add {added}; change the rest in the data files"
    ]


class _Merger:
    def __init__(
        self, entries: SheetRecords, loaded: Loaded, source: str | None, *, prune: bool
    ) -> None:
        self.entries, self.dataset, self.prune = entries, loaded.dataset, prune
        self.source = source
        self.origins = loaded.sources.origins
        self.stated: dict[DataPath, list[StatementEntry | None]] = {}
        self.unmentioned = 0

    def changes(self) -> Iterator[FileChange]:
        for index, instrument in enumerate(self.dataset.instruments):
            entry = self.entries.instruments.get(instrument.id)
            path = ("instruments", index)
            if entry is not None:
                yield from self._instrument(path, instrument, entry)
            elif self.prune and may_have_listed(self.source, instrument):
                yield self._change(path, None)
        for entry in self.entries.instruments.values():
            if entry.is_new:
                yield self._change(("instruments", APPEND), instrument_record(entry))
        holder = _CellHolder(("observations",), ("observations",))
        yield from self._statements(holder, self.dataset.observations, self.entries.observations)

    def _change(self, path: DataPath, value: YamlValue | None) -> FileChange:
        if path[-1] != APPEND:
            number, local = self.origins.resolve(path)
            return number, YamlChange(local, value)
        if path[:-1] == ("instruments",):
            return 0, YamlChange(path, value)
        # A new statement stands where the last one of its cell does.
        number, local = self.origins.resolve(path[:-1])
        return number, YamlChange((*local, APPEND), value)

    def _instrument(
        self, path: DataPath, known: Instrument, entry: InstrumentEntry
    ) -> Iterator[FileChange]:
        before = _plain(known)
        for key, (value, _) in entry.keys.items():
            if not is_same(key, value, before.get(key)):
                yield self._change((*path, key), value)
        if self.prune and self.source is None:
            empty = self.entries.instrument_keys - entry.keys.keys() - {"id", "name"}
            yield from (self._change((*path, key), None) for key in sorted(empty & before.keys()))
        holder = _CellHolder((*path, "covers"), ("instruments", known.id, "covers"))
        yield from self._statements(holder, known.covers, entry.covers)

    def _statements(
        self,
        holder: "_CellHolder",
        known: Mapping[Cell, tuple[Statement, ...]],
        entries: Mapping[Cell, Sequence[StatementEntry]],
    ) -> Iterator[FileChange]:
        new = {cell: rows for cell, rows in entries.items() if cell not in known}
        if new and not known:
            yield self._change(holder.path, cell_records(new))
        else:
            for cell, rows in new.items():
                yield self._change((*holder.path, str(cell)), cell_record(join_rows(rows)))
        for cell, statements in known.items():
            if cell in entries:
                yield from self._cell(holder, cell, statements, entries[cell])
            elif self.prune:
                removed = [
                    number
                    for number, statement in enumerate(statements)
                    if may_have_stated(self.source, statement)
                ]
                yield from self._removals(holder, cell, len(statements), removed, is_growing=False)

    def _cell(
        self,
        holder: "_CellHolder",
        cell: Cell,
        known: Sequence[Statement],
        rows: Sequence[StatementEntry],
    ) -> Iterator[FileChange]:
        before = [_plain(statement) for statement in known]
        matched = match_statements(before, rows, self.entries.statement_keys)
        remaining: list[StatementEntry | None] = []
        removed: list[int] = []
        for number, statement in enumerate(known):
            path = statement_path(holder.path, cell, number, len(known))
            entry = matched.by_number.get(number)
            if entry is not None:
                remaining.append(entry)
                yield from self._statement(path, before[number], entry.keys)
            elif not may_have_stated(self.source, statement):
                remaining.append(None)
            elif self.prune:
                removed.append(number)
            else:
                remaining.append(None)
                self.unmentioned += 1
        if removed:
            is_growing = bool(matched.new)
            yield from self._removals(holder, cell, len(known), removed, is_growing=is_growing)
        for new in matched.new:
            yield self._change((*holder.path, str(cell), APPEND), statement_record(new))
        if len(remaining) + len(matched.new) > 1:
            self.stated[*holder.by_id, str(cell)] = [*remaining, *matched.new]

    def _removals(
        self,
        holder: "_CellHolder",
        cell: Cell,
        of: int,
        removed: Collection[int],
        *,
        is_growing: bool,
    ) -> Iterator[FileChange]:
        # A file in which nothing is left of a cell's statements loses the cell: an empty list is an error.
        paths = [statement_path(holder.path, cell, number, of) for number in range(of)]
        removed_numbers = frozenset(removed)
        by_entry: defaultdict[tuple[int, DataPath], list[int]] = defaultdict(list)
        for number, path in enumerate(paths):
            file, local = self.origins.resolve(path)
            by_entry[file, local[: local.index(str(cell)) + 1]].append(number)
        last = [*by_entry][-1]
        for (file, entry), numbers in by_entry.items():
            if not removed_numbers.issuperset(numbers) or (is_growing and (file, entry) == last):
                yield from (
                    self._change(paths[number], None)
                    for number in numbers
                    if number in removed_numbers
                )
            else:
                yield file, YamlChange(entry, None)

    def _changed(self, before: Keys, keys: Mapping[str, SheetValue]) -> dict[str, YamlValue]:
        values = {key: value for key, (value, _) in keys.items()}
        if self.source and "sources" in values:
            values["sources"] = self._with_others(before.get("sources"), values["sources"])
        return {
            key: value for key, value in values.items() if not is_same(key, value, before.get(key))
        }

    def _with_others(self, before: Plain, sources: YamlValue) -> YamlValue:
        known, cited = _refs(before), _refs(sources)
        if all(ref in known for ref in cited):
            return known
        return [*(ref for ref in known if ref["ref"] != self.source), *cited]

    def _removed_keys(self, before: Keys, keys: Mapping[str, SheetValue]) -> AbstractSet[str]:
        refs = {ref["ref"] for ref in _refs(before.get("sources"))}
        if not self.prune or (self.source and refs != {self.source}):
            return frozenset()
        return (self.entries.statement_keys - keys.keys() - {"extent"}) & before.keys()

    def _statement(
        self, path: DataPath, before: Keys, keys: Mapping[str, SheetValue]
    ) -> Iterator[FileChange]:
        changed, removed = self._changed(before, keys), self._removed_keys(before, keys)
        if not changed and not removed:
            return
        after: dict[str, YamlValue] = {"extent": DEFAULTS["extent"], **_values(before), **changed}
        after = {key: value for key, value in after.items() if key not in removed}
        if not before.keys() - {"extent"} or not after.keys() - {"extent"}:
            # Its extent alone, before or then: it is written as a whole.
            yield self._change(path, short_record(after))
            return
        for key, value in changed.items():
            yield self._change((*path, key), value)
        for key in sorted(removed):
            yield self._change((*path, key), None)


class _CellHolder(NamedTuple):
    """The mapping of cells that holds statements: its data path and the same with an instrument's id for its index."""

    path: DataPath
    by_id: DataPath


def _plain(known: Instrument | Statement) -> Keys:
    before = plain(known)
    assert isinstance(before, dict)  # noqa: S101 - a record is a mapping
    return before


def _refs(sources: object) -> list[Mapping[str, YamlValue]]:
    return (
        [source for source in sources if isinstance(source, Mapping)]
        if isinstance(sources, list)
        else []
    )


def _values(keys: Keys) -> dict[str, YamlValue]:
    return {key: value for key, value in keys.items() if isinstance(value, str | list | dict)}  # type: ignore[misc]


def _ignored_cells(tables: ReferenceTables, dataset: Dataset) -> Iterator[Address]:
    rows = {table.title: table.rows for table in reference_tables(dataset)}
    for title, records in tables.sections.items():
        known = {}
        for row in rows.get(title, ()):
            texts = zip(HEADERS[title], row, strict=True)
            values = {key: parse_cell(title, key, text) for key, text in texts}
            known[_identity(title, values)] = values
        names = Names(getattr(dataset, LISTS_BY_TITLE[title]) if title in LISTS_BY_TITLE else ())
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
                    if key not in identifying and value != before[key]
                )
            elif not _is_added(title, values, dataset):
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
