"""The files that an import would write: those of a new dataset, or existing ones, changed entry by entry."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path, PurePath
from typing import NamedTuple

from clustergap.analysis.table_contents import may_have_listed, may_have_stated
from clustergap.editing.destination import DATA_STYLE, Destination, encode_as
from clustergap.findings import DataPath, statement_path
from clustergap.importing.headers import Spreadsheet
from clustergap.importing.import_context import ImportOptions
from clustergap.importing.reference_tables import (
    MAPPINGS,
    SECTIONS,
    ReferenceTables,
    keyed_records,
    listed_records,
    new_records,
    values_of,
)
from clustergap.importing.sheet_records import (
    UNSAID,
    InstrumentEntry,
    SheetRecords,
    SheetValue,
    StatementEntry,
    is_same,
)
from clustergap.importing.statements import (
    KnownKeys,
    cell_record,
    cell_records,
    cited_in,
    instrument_record,
    join_rows,
    keys_in_dataset,
    keys_in_file,
    match_statements,
    short_record,
    statement_record,
    writable,
)
from clustergap.loading.fragments import keys_as_ids, with_source_keys
from clustergap.loading.loader import Loaded
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Plain
from clustergap.model.record import key_in_file
from clustergap.model.statement import Statement
from clustergap.yaml_edit.change import APPEND, YamlChange
from clustergap.yaml_edit.edit import edit_yaml
from clustergap.yaml_edit.write import YamlValue, write_entry

_HEAD = "# yaml-language-server: $schema=../schemas/instruments.schema.json\nschema: 1\n"

_ORDER = (
    "title", "as_of", "sources", "levels", "roles", "kinds", "targets", "groups", "instruments", "observations", "assessed",
    "accepted_gaps",
)  # fmt: skip

_HEAD_KEYS = ("title", "as_of")

_ALWAYS = ("levels", "roles", "sources")

NumberedChange = tuple[int, YamlChange]
"""A change, and its file, by the index in the order of reading."""

RowsByCell = Mapping[DataPath, Sequence[StatementEntry | None]]
"""The row that says each statement of a cell, in their final order; None: no row does.

By the data path of the cell's entry, in which an instrument is identified by its id.
"""


class WrittenFiles(NamedTuple):
    """The files to write, the rows behind their statements, and the number of statements that no row mentions."""

    files: Mapping[Path, bytes]
    rows_by_cell: RowsByCell
    unmentioned: int


def write_files(
    destination: Destination,
    entries: SheetRecords,
    tables: ReferenceTables,
    spreadsheet: Spreadsheet,
    options: ImportOptions,
) -> WrittenFiles:
    """Return the files of a dataset that change; nothing is written to disk.

    The title of a new dataset is the name of the *spreadsheet*, unless another is given. In an existing dataset, what the
    sheet does not say stays as it is, unless the options say *prune*: then instruments, statements and observations that
    the sheet lacks are removed, and so are the values of its empty cells. If the sheet is a source, only what cites it
    alone is removed, and other sources of its statements are kept.
    """
    main, loaded = destination.files.main, destination.loaded
    if loaded is None:
        text = _write_new(entries, tables, _head(options, spreadsheet.name))
        return WrittenFiles({main: encode_as(b"", text)}, {}, 0)
    own_keys = keys_as_ids(
        (record.id for record in keyed_records(tables, "sources")), loaded.dataset.sources
    )
    merger = _Merger(entries, loaded, spreadsheet.source, own_keys, prune=options.prune)
    by_file: dict[int, list[YamlChange]] = {}
    # A file to which something is added is named before one from which something is only removed.
    for number, change in sorted(merger.changes(), key=lambda of_file: of_file[1].value is None):
        by_file.setdefault(number, []).append(change)
    by_file.setdefault(0, [])[:0] = _added_records(entries, tables, loaded.dataset, own_keys)
    paths = [main, *destination.files.fragments]
    written = {}
    for number, changes in by_file.items():
        before = destination.data[paths[number]]
        if changes:
            text = edit_yaml(loaded.sources.files[number].text, changes, DATA_STYLE)
            after = encode_as(before, text)
            if after != before:
                written[paths[number]] = after
    return WrittenFiles(written, merger.rows_by_cell, merger.unmentioned)


def _head(options: ImportOptions, name: str) -> dict[str, YamlValue]:
    mapping = options.mapping
    head: dict[str, YamlValue] = {"title": (mapping and mapping.title) or PurePath(name).stem}
    return {**head, "as_of": mapping.as_of.isoformat()} if mapping and mapping.as_of else head


def _write_new(
    entries: SheetRecords, tables: ReferenceTables, head: Mapping[str, YamlValue]
) -> str:
    # The head has the dataset's title and its day, in case the workbook gives none.
    document: dict[str, YamlValue] = dict(head)
    for record in tables.records("Dataset"):
        document.update(values_of(record))
    # A workbook with reference tables has all vocabularies of its dataset, and no others. But roles, levels and cited
    # sources are always written, and so is a table that is still empty, whose words come from the rows.
    made = {
        section: records
        for section, records in entries.new.items()
        if not tables.sections or section in _ALWAYS or SECTIONS.get(section) in tables.sections
    }
    for section in SECTIONS:
        document[section] = [
            *(record.values for record in listed_records(tables, section)),
            *(new.as_record() for new in made.get(section, ())),
        ]
    by_key = {
        section: {record.id: record.values for record in keyed_records(tables, section)}
        for section in MAPPINGS
    }
    own_keys = keys_as_ids(by_key["sources"], ())
    document["sources"] = {
        **{own_keys.get(key, key): values for key, values in by_key["sources"].items()},
        **{source.id: source.as_source() for source in made.get("sources", ())},
    }
    document["assessed"] = {
        where: values.get("territories", []) for where, values in by_key["assessed"].items()
    }
    document["accepted_gaps"] = by_key["accepted_gaps"]
    document["instruments"] = [instrument_record(entry) for entry in entries.instruments.values()]
    document["observations"] = cell_records(entries.observations)
    return _HEAD + "".join(
        _section(key, with_source_keys(document[key], own_keys))
        for key in _ORDER
        if document.get(key) or key == "instruments"
    )


def _section(key: str, value: YamlValue) -> str:
    gap = "" if key in _HEAD_KEYS else "\n"
    return gap + write_entry(key, value, 0, DATA_STYLE)


def _added_records(
    entries: SheetRecords,
    tables: ReferenceTables,
    dataset: Dataset,
    own_keys: Mapping[str, str],
) -> Iterator[YamlChange]:
    """Add new records of vocabularies, and new sources; known ones stay as they are.

    Only groups may be the first of their kind: another vocabulary would make every other word of its kind unknown.
    """
    for section in SECTIONS:
        known = getattr(dataset, section)
        added = [with_source_keys(r.values, own_keys) for r in new_records(tables, section, known)]
        if known:
            yield from (YamlChange((section, APPEND), values) for values in added)
        elif section == "groups" and added:
            yield YamlChange((section,), added)
    for record in keyed_records(tables, "sources"):
        if record.id not in dataset.sources:
            yield YamlChange(("sources", own_keys.get(record.id, record.id)), record.values)
    for source in entries.new.get("sources", ()):
        yield YamlChange(("sources", source.id), source.as_source())


class _Merger:
    """Finds the changes to the files of a dataset that make them say what a sheet says."""

    def __init__(
        self,
        entries: SheetRecords,
        loaded: Loaded,
        source: str | None,
        own_keys: Mapping[str, str],
        *,
        prune: bool,
    ) -> None:
        self.entries, self.dataset, self.source, self.prune = (
            entries,
            loaded.dataset,
            source,
            prune,
        )
        self.origins = loaded.sources.origins
        self.keys_in = defaultdict[int, dict[str, str]](lambda: {**own_keys})
        for key, number in self.origins.sources_of_fragments():
            self.keys_in[number][key] = key_in_file(key)
        self.rows_by_cell: dict[DataPath, list[StatementEntry | None]] = {}
        self.unmentioned = 0

    def changes(self) -> Iterator[NumberedChange]:
        for index, instrument in enumerate(self.dataset.instruments):
            entry = self.entries.instruments.get(instrument.id)
            path = ("instruments", index)
            if entry is not None:
                yield from self._instrument(path, instrument, entry)
            elif self.prune and may_have_listed(self.source, instrument):
                yield self._change(path, None)
        for entry in self.entries.instruments.values():
            if entry.is_new:
                record = with_source_keys(instrument_record(entry), self.keys_in[0])
                yield 0, YamlChange(("instruments", APPEND), record)
        holder = _CellHolder(("observations",), ("observations",))
        yield from self._statements(holder, self.dataset.observations, self.entries.observations)

    def _change(self, path: DataPath, value: YamlValue | None) -> NumberedChange:
        number, local = self.origins.resolve(path)
        return number, YamlChange(local, with_source_keys(value, self.keys_in[number]))

    def _file_for_more(self, cell: DataPath) -> int | None:
        # The file of the last statement of a cell; no observation is put where a file speaks of some places only.
        runs = self.origins.runs.get(cell)
        if runs is None:
            return self.origins.resolve(cell).file
        return next((r.file for r in reversed(runs) if r.file not in self.origins.bounded), None)

    def _instrument(
        self, path: DataPath, known: Instrument, entry: InstrumentEntry
    ) -> Iterator[NumberedChange]:
        before = keys_in_dataset(known)
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
    ) -> Iterator[NumberedChange]:
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
    ) -> Iterator[NumberedChange]:
        before = [keys_in_dataset(statement) for statement in known]
        matched = match_statements(before, rows, self.entries.statement_keys)
        remaining: list[StatementEntry | None] = []
        removed: list[int] = []
        for number, statement in enumerate(known):
            path = statement_path(holder.path, cell, number, len(known))
            entry = matched.by_number.get(number)
            if entry is not None:
                remaining.append(entry)
                yield from self._statement(path, statement, before[number], entry.keys)
            elif not may_have_stated(self.source, statement):
                remaining.append(None)
            elif self.prune:
                removed.append(number)
            else:
                remaining.append(None)
                self.unmentioned += 1
        if removed:
            of, is_growing = len(known), bool(matched.new)
            yield from self._removals(holder, cell, of, removed, is_growing=is_growing)
        yield from self._additions((*holder.path, str(cell)), matched.new)
        if len(remaining) + len(matched.new) > 1:
            self.rows_by_cell[*holder.by_id, str(cell)] = [*remaining, *matched.new]

    def _additions(
        self, cell: DataPath, new: Sequence[StatementEntry]
    ) -> Iterator[NumberedChange]:
        number = self._file_for_more(cell)
        if number is None and new:
            yield 0, YamlChange(cell, with_source_keys(cell_record(new), self.keys_in[0]))
        elif number is not None:
            at = (*self.origins.resolve(cell).path, APPEND)
            for row in new:
                record = with_source_keys(statement_record(row), self.keys_in[number])
                yield number, YamlChange(at, record)

    def _removals(
        self,
        holder: "_CellHolder",
        cell: Cell,
        of: int,
        removed: Collection[int],
        *,
        is_growing: bool,
    ) -> Iterator[NumberedChange]:
        # If a file keeps no statement of a cell, the cell itself is removed: an empty list is an error.
        paths = [statement_path(holder.path, cell, number, of) for number in range(of)]
        removed_numbers = frozenset(removed)
        by_entry: defaultdict[tuple[int, DataPath], list[int]] = defaultdict(list)
        for number, path in enumerate(paths):
            file, local = self.origins.resolve(path)
            by_entry[file, local[: local.index(str(cell)) + 1]].append(number)
        grows = self._file_for_more((*holder.path, str(cell))) if is_growing else None
        for (file, entry), numbers in by_entry.items():
            if not removed_numbers.issuperset(numbers) or file == grows:
                yield from (
                    self._change(paths[number], None)
                    for number in numbers
                    if number in removed_numbers
                )
            else:
                yield file, YamlChange(entry, None)

    def _changed(self, before: KnownKeys, keys: Mapping[str, SheetValue]) -> dict[str, YamlValue]:
        values = {key: value for key, (value, _) in keys.items()}
        if self.source and "sources" in values:
            values["sources"] = self._with_others(before.get("sources"), values["sources"])
        changed = [key for key in values if not is_same(key, values[key], before.get(key))]
        return {key: values[key] for key in changed}

    def _with_others(self, before: Plain, sources: YamlValue) -> YamlValue:
        known, cited = cited_in(before), cited_in(sources)
        others = [ref for ref in known if ref["ref"] != self.source]
        return known if all(ref in known for ref in cited) else [*others, *cited]

    def _removed_keys(self, before: KnownKeys, keys: Mapping[str, SheetValue]) -> AbstractSet[str]:
        refs = {ref["ref"] for ref in cited_in(before.get("sources"))}
        if not self.prune or (self.source and refs != {self.source}):
            return frozenset()
        return (self.entries.statement_keys - keys.keys() - {"extent"}) & before.keys()

    def _statement(
        self, path: DataPath, known: Statement, before: KnownKeys, keys: Mapping[str, SheetValue]
    ) -> Iterator[NumberedChange]:
        written = keys_in_file(known)
        changed = self._changed(before, keys)
        removed = self._removed_keys(before, keys) & written.keys()
        if not changed and not removed:
            return
        after: dict[str, YamlValue] = {
            "extent": UNSAID["extent"],
            **writable(written),
            **changed,
        }
        after = {key: value for key, value in after.items() if key not in removed}
        if not written.keys() - {"extent"} or not after.keys() - {"extent"}:
            # If it is only an extent, before or after, it is written as a whole.
            yield self._change(path, short_record(after))
            return
        for key, value in changed.items():
            yield self._change((*path, key), value)
        for key in sorted(removed):
            yield self._change((*path, key), None)


class _CellHolder(NamedTuple):
    """The mapping of cells that holds statements: its data path, and the same with the instrument's id instead of its index."""

    path: DataPath
    by_id: DataPath
