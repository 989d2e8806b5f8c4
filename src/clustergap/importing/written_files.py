"""The files of a dataset, those that an import would write, and what is wrong with them by the cell that says so."""

from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import NamedTuple

from clustergap.findings import DataPath, Severity, format_path, statement_path
from clustergap.importing.import_context import ImportOptions
from clustergap.importing.merge import Stated, added_records, merge
from clustergap.importing.problems import Problem, Problems
from clustergap.importing.reference_tables import (
    MAPPINGS,
    SECTIONS,
    ReferenceTables,
    keyed_records,
    listed_records,
    values_of,
)
from clustergap.importing.sheet_records import NewRecord, SheetRecords, StatementEntry
from clustergap.importing.statements import cell_records, instrument_record, join_rows
from clustergap.importing.table_reader import Spreadsheet
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.file_reader import Progress
from clustergap.loading.files import FILE_LIMITS, FileLimits, Refusal
from clustergap.loading.loaded_files import LoadedFiles
from clustergap.loading.loader import Loaded, load_dataset
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.spreadsheet.sheet import Address
from clustergap.yaml_edit.change import YamlChange
from clustergap.yaml_edit.edit import edit_yaml
from clustergap.yaml_edit.nodes import NodeTree
from clustergap.yaml_edit.write import YamlStyle, YamlValue, write_entry


@dataclass(frozen=True, slots=True)
class Destination:
    """The dataset to import into: its files, their bytes, and what they say; a new one has no bytes and says nothing."""

    files: DatasetFiles
    data: Mapping[Path, bytes]
    loaded: Loaded | None = None


def read_destination(
    files: DatasetFiles, limits: FileLimits, progress: Progress | None
) -> Destination:
    """Read a dataset and keep its bytes.

    Raises:
        DataError: A file has an error.
    """
    data: dict[Path, bytes] = {}
    for path in (files.main, *files.fragments, *([files.swot] if files.swot else [])):
        try:
            data[path] = files.read(path, limits.size)
        except Refusal:
            continue  # reading the dataset says why
    loaded = load_dataset(files._replace(stored=data), limits, progress)
    return Destination(files, data, loaded)


DATA_STYLE = YamlStyle(
    bare_keys=frozenset({"schema", "as_of", "starts", "ends", "reviewed", "until", "funds"}),
    block_keys=frozenset({"covers", "observations", "instruments", "levels", "roles"}),
    spaced_keys=frozenset({"instruments"}),
    last_key="covers",
    short_key="extent",
)
"""How data files are written: records are long, and people look for one."""

_HEAD = "# yaml-language-server: $schema=../schemas/instruments.schema.json\nschema: 1\n"

_ORDER = (
    "title", "as_of", "sources", "levels", "roles", "kinds", "targets", "instruments", "observations", "assessed",
    "accepted_gaps",
)  # fmt: skip

_HEAD_KEYS = ("title", "as_of")

_ALWAYS = ("levels", "roles", "sources")


class WrittenFiles(NamedTuple):
    """The files that would be written, which rows say what in them, and how many statements of the data none says."""

    files: Mapping[Path, bytes]
    stated: Stated
    unmentioned: int


def write_files(
    destination: Destination,
    entries: SheetRecords,
    tables: ReferenceTables,
    spreadsheet: Spreadsheet,
    options: ImportOptions,
) -> WrittenFiles:
    """Write the files of a dataset that change: they are returned, and nothing is written to disk.

    The title of a new dataset is the *spreadsheet*'s name, if nobody says another.
    """
    main, loaded = destination.files.main, destination.loaded
    if loaded is None:
        text = _write_new(entries, tables, _head(options, spreadsheet.name))
        return WrittenFiles({main: _encode(text)}, {}, 0)
    merged = merge(entries, loaded, spreadsheet.source, prune=options.prune)
    changes = {number: list(file_changes) for number, file_changes in merged.changes.items()}
    cited = entries.new.get("sources", ())
    changes.setdefault(0, [])[:0] = [
        *added_records(tables, loaded.dataset),
        *(YamlChange(("sources", source.id), _source(source)) for source in cited),
    ]
    paths = [main, *destination.files.fragments]
    written = {}
    for number, file_changes in changes.items():
        path = paths[number]
        before = destination.data[path]
        if file_changes:
            mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
            after = mark + _encode(
                edit_yaml(loaded.sources.files[number].text, file_changes, DATA_STYLE)
            )
            if after != before:
                written[path] = after
    return WrittenFiles(written, merged.stated, merged.unmentioned)


def check_result(
    files: DatasetFiles,
    written: WrittenFiles,
    entries: SheetRecords,
    tables: ReferenceTables,
    problems: Problems,
) -> Dataset | None:
    """Read a dataset as it would be; None where something is wrong.

    The *problems* of the sheet take what is wrong with the result, named by the cells of the entries and tables.
    """
    largest = max(map(len, written.files.values()))
    stored = files._replace(stored={**files.stored, **written.files})
    limits = FILE_LIMITS._replace(size=max(largest, FILE_LIMITS.size))
    loaded = LoadedFiles(stored, limits, lambda _done, _total: None)
    has_any = bool(problems)
    # Behind a doubt, what is wrong elsewhere may be no more than its shadow.
    wrong = [
        problem
        for problem in _find_problems(loaded, _EntryCells(entries, tables, written.stated))
        if not (problems.has_cell(problem.at) if problem.at else has_any)
    ]
    problems.extend(wrong)
    return loaded.merged.dataset if loaded.merged and not problems else None


def _head(options: ImportOptions, name: str) -> dict[str, YamlValue]:
    mapping = options.mapping
    head: dict[str, YamlValue] = {"title": (mapping and mapping.title) or PurePath(name).stem}
    return {**head, "as_of": mapping.as_of.isoformat()} if mapping and mapping.as_of else head


def _encode(text: str) -> bytes:
    # Half a surrogate is named by its cell, like whatever no data file may hold: here it must only not stop all else.
    return text.encode("utf-8", "surrogatepass")


def _write_new(
    entries: SheetRecords, tables: ReferenceTables, head: Mapping[str, YamlValue]
) -> str:
    # The head holds the dataset's title, and its day, where the workbook says none.
    document: dict[str, YamlValue] = dict(head)
    for record in tables.records("Dataset"):
        document.update(values_of(record))
    # A workbook with small tables has all that its dataset has: what is not there is no vocabulary of it. But there are
    # always roles and levels, and whatever is cited, and a table that nobody has filled in is one of words still to come.
    made = {
        section: records
        for section, records in entries.new.items()
        if not tables.sections or section in _ALWAYS or SECTIONS.get(section) in tables.sections
    }
    for section in SECTIONS:
        document[section] = [
            *(record.values for record in listed_records(tables, section)),
            *(_record(new) for new in made.get(section, ())),
        ]
    by_key = {
        section: {record.id: record.values for record in keyed_records(tables, section)}
        for section in MAPPINGS
    }
    document["sources"] = {
        **by_key["sources"],
        **{source.id: _source(source) for source in made.get("sources", ())},
    }
    document["assessed"] = {
        where: values.get("territories", []) for where, values in by_key["assessed"].items()
    }
    document["accepted_gaps"] = by_key["accepted_gaps"]
    document["instruments"] = [instrument_record(entry) for entry in entries.instruments.values()]
    document["observations"] = cell_records(entries.observations)
    return _HEAD + "".join(
        _section(key, document[key]) for key in _ORDER if document.get(key) or key == "instruments"
    )


def _record(new: NewRecord) -> dict[str, YamlValue]:
    aliases = {"aliases": new.aliases} if new.aliases else {}
    return {"id": new.id, "name": new.name, **aliases, **new.values}


def _source(new: NewRecord) -> dict[str, YamlValue]:
    return {"title": new.name, **new.values}


def _section(key: str, value: YamlValue) -> str:
    gap = "" if key in _HEAD_KEYS else "\n"
    return gap + write_entry(key, value, 0, DATA_STYLE)


class _EntryCells:
    """The cells that say each entry; a record of a list is named by its id, not by its place.

    *stated* are the statements of cells that have several, as they will stand.
    """

    def __init__(self, entries: SheetRecords, tables: ReferenceTables, stated: Stated) -> None:
        self._stated = stated
        self._at: dict[DataPath, Address] = {}
        for section in SECTIONS:
            self._at |= {
                (section, record.id): record.at for record in listed_records(tables, section)
            }
        for section in MAPPINGS:
            self._at |= {
                (section, record.id): record.at for record in keyed_records(tables, section)
            }
        for record in tables.records("Dataset"):
            self._at |= {(key,): value.at for key, value in record.items()}
        for entry in entries.instruments.values():
            path = ("instruments", entry.id)
            self._at[path] = entry.at
            self._at |= {(*path, key): value.at for key, value in entry.keys.items()}
            self._add((*path, "covers"), entry.covers)
        self._add(("observations",), entries.observations)

    def _add(self, path: DataPath, rows_by_cell: Mapping[Cell, Sequence[StatementEntry]]) -> None:
        for cell, rows in rows_by_cell.items():
            statements = self._stated.get((*path, str(cell))) or join_rows(rows)
            for number, statement in enumerate(statements):
                if statement is not None:
                    at = statement_path(path, cell, number, len(statements))
                    self._add_statement(at, statement)
            self._at.setdefault((*path, str(cell)), rows[0].at)

    def _add_statement(self, path: DataPath, statement: StatementEntry) -> None:
        # Where nothing else is said, the extent stands for all of it.
        alone = statement.keys.get("extent") if len(statement.keys) == 1 else None
        self._at[path] = alone.at if alone else statement.at
        self._at |= {(*path, key): value.at for key, value in statement.keys.items()}
        self._at |= {(*path, "territories", code): at for code, at in statement.codes.items()}

    def find(self, path: DataPath) -> Address | None:
        """Return the cell that says an entry, or what holds it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._at:
                return self._at[path[:length]]
        return None


def _find_problems(loaded: LoadedFiles, cells: _EntryCells) -> Iterator[Problem]:
    for file in loaded.files:
        for refusal in file.refusals:
            yield Problem(None, f"{file.source.path}: {refusal.message}", refusal.hint)
    ids = _RecordIds(loaded)
    for number, rule, violation, first in loaded.defects:
        if rule.severity is Severity.ERROR:
            at = cells.find(ids.by_id(number, violation.path))
            other = cells.find(ids.by_id(*first)) if first is not None else None
            path = loaded.files[number].source.path
            place = "" if at else f"{path} ({format_path(violation.path)}): "
            first_at = f", first in {other}" if at and other and at != other else ""
            yield Problem(at, f"{place}{violation.message}{first_at}", violation.hint)


class _RecordIds:
    """Names records of lists by their ids; each file is looked at once."""

    def __init__(self, loaded: LoadedFiles) -> None:
        self._loaded = loaded
        self._trees: dict[int, NodeTree] = {}

    def by_id(self, number: int, path: DataPath) -> DataPath:
        if len(path) < 2 or not isinstance(path[1], int):  # noqa: PLR2004 - section and record
            return path
        if number not in self._trees:
            self._trees[number] = NodeTree(self._loaded.files[number].source.text)
        id_ = self._trees[number].find((*path[:2], "id"))
        return path if id_ is None else (path[0], id_.value, *self._by_code(number, path)[2:])

    def _by_code(self, number: int, path: DataPath) -> DataPath:
        # Several rows may name the codes of one list.
        code = self._trees[number].find(path) if path[-2:-1] == ("territories",) else None
        return path if code is None else (*path[:-1], str(code.value))
