"""The plan of an import: what it would write, or why it cannot. Nothing here writes to disk."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from clustergap.analysis.table_contents import TableContents
from clustergap.editing.destination import Destination
from clustergap.findings import DataPath, Severity, format_path, statement_path
from clustergap.importing.binding import write_mapping
from clustergap.importing.cell_texts import drop_invisible
from clustergap.importing.headers import Spreadsheet
from clustergap.importing.import_context import (
    ImportOptions,
    KnownRecords,
    find_groups,
    find_known_records,
    find_levels,
)
from clustergap.importing.layouts import guess_layout
from clustergap.importing.mapping_proposal import propose
from clustergap.importing.new_names import NewNames
from clustergap.importing.place_finder import PlaceFinder
from clustergap.importing.problems import (
    NoTableError,
    Problem,
    Problems,
    SheetError,
    problem_of,
    refuse,
)
from clustergap.importing.reference_tables import (
    MAPPINGS,
    SECTIONS,
    ReferenceTables,
    find_reference_tables,
    keyed_records,
    listed_records,
    reference_remarks,
)
from clustergap.importing.resolve import require_territories, resolve_records
from clustergap.importing.sheet_records import (
    IMPORT_LIMITS,
    ImportLimits,
    SheetRecords,
    StatementEntry,
)
from clustergap.importing.statements import join_rows
from clustergap.importing.table_reader import OpenTables, open_tables
from clustergap.importing.values import Values
from clustergap.importing.write_back import RowsByCell, WrittenFiles, write_files
from clustergap.list_format.reference_layout import NEVER_READ
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.files import FILE_LIMITS
from clustergap.loading.loaded_files import LoadedFiles
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.mapping import ANY
from clustergap.model.record import Named, other_words
from clustergap.spreadsheet.sheet import Address, Sheet, SpreadsheetError, quote_sheet
from clustergap.text import count, one_of, quote_whole
from clustergap.yaml_edit.nodes import NodeTree


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The files to write, the dataset after that, what the table contains, remarks for the user, and the mapping as text."""

    written: Mapping[Path, bytes]
    after: Dataset
    contents: TableContents
    remarks: Sequence[str]
    mapping: str = ""


def plan_import(
    sheets: Sequence[Sheet],
    name: str,
    destination: Destination,
    options: ImportOptions,
    limits: ImportLimits = IMPORT_LIMITS,
) -> ImportPlan:
    """Plan the import of a spreadsheet.

    Args:
        sheets: All of its sheets.
        name: The name of its file; without the suffix it becomes the title of a new dataset without another.
        destination: The dataset.
        options: What the user asked for.
        limits: How much of the spreadsheet is read.

    Raises:
        SheetError: Something in the spreadsheet is wrong or in doubt; the error lists all problems.
    """
    readable, unread = _load_sheets(sheets, options)
    try:
        plan = _plan(readable, name, destination, options, limits)
    except NoTableError as error:
        if not unread:
            raise
        raise SheetError(unread) from error  # one of these sheets may be the table
    except SheetError as error:
        error.problems.extend(unread)
        raise SheetError(error.problems, choices=error.choices, remarks=error.remarks) from error
    return replace(
        plan, remarks=[*plan.remarks, *(f"a sheet is not read: {problem}" for problem in unread)]
    )


def propose_mapping(
    sheets: Sequence[Sheet], name: str, destination: Destination, options: ImportOptions
) -> str:
    """Write a mapping of the table that is most likely meant, for the user to correct.

    Raises:
        SheetError: There is no table at all.
    """
    sheets, unread = _load_sheets(sheets, options)
    if not sheets:
        raise SheetError(unread)
    context = _open_context(sheets, destination, options, Problems(), IMPORT_LIMITS)
    guess = guess_layout(context.spreadsheet, context.known, options)
    spreadsheet = context.spreadsheet._replace(name=name)
    return propose(guess, context.values, spreadsheet, options)


def _load_sheets(
    sheets: Sequence[Sheet], options: ImportOptions
) -> tuple[Sequence[Sheet], list[Problem]]:
    """Split the sheets into those that can be read, and problems of unreadable ones that were not asked for."""
    asked_for = {options.sheet, *(options.mapping.sheet if options.mapping else ())}
    readable, unread = [], []
    for sheet in sheets:
        try:
            sheet.load()
        except SpreadsheetError as error:
            if len(sheets) == 1 or sheet.name in asked_for or ANY in asked_for:
                raise
            where = "" if error.at else f"{quote_sheet(sheet.name)}: "
            problem = problem_of(error)
            unread.append(problem._replace(message=f"{where}{problem.message}"))
        else:
            readable.append(sheet)
    return readable, unread


def _plan(
    sheets: Sequence[Sheet],
    name: str,
    destination: Destination,
    options: ImportOptions,
    limits: ImportLimits,
) -> ImportPlan:
    problems = Problems()
    context = _open_context(sheets, destination, options, problems, limits)
    tables, known = context.tables, context.known
    source = options.table_source(name) if options.cites else None
    key = known.add_source(source) if source else None
    spreadsheet = context.spreadsheet._replace(name=name, source=key)
    opened = open_tables(spreadsheet, context.values, options, problems, limits)
    bindings = opened.bindings
    entries = resolve_records(opened, known, options.known_as_new, problems)
    entries.drop_uncited(key)
    remarks = [
        *_remarks(opened, entries, context),
        *_unused_names(options.new_names, entries, known),
    ]
    if destination.loaded is None:
        _require_words(entries, tables, bindings[0].table.sheet, problems)
        require_territories(entries, context.values.places.groups, problems)
        if problems:
            raise SheetError(problems, remarks=remarks)
        after = None
    else:
        after = destination.loaded.dataset
        remarks += reference_remarks(tables, after)
    written = write_files(destination, entries, tables, spreadsheet, options)
    remarks += _unmentioned_remarks(written.unmentioned)
    if written.files:
        after = _check_result(destination.files, written, entries, tables, problems)
    if problems or after is None:
        raise SheetError(problems, remarks=remarks)
    if written.files:
        _require_few_cells(after, limits.matrix)
    contents = TableContents(
        opened.row_count,
        opened.log.left_out,
        {id_: entry.covers.keys() for id_, entry in entries.instruments.items()},
        entries.observations.keys(),
        is_part=bool(tables.selection),
        source=key,
    )
    mapping = ""
    if source:
        read = [binding.table for binding in bindings]
        mapping = write_mapping(bindings[0].mapping, read, source, options)
    return ImportPlan(written.files, after, contents, remarks, mapping)


class _Context(NamedTuple):
    """What is known before a table is looked for; ``dropped`` tells, by sheet, which invisible characters were removed."""

    spreadsheet: Spreadsheet
    tables: ReferenceTables
    known: KnownRecords
    values: Values
    dropped: Mapping[str, str]


def _open_context(
    sheets: Sequence[Sheet],
    destination: Destination,
    options: ImportOptions,
    problems: Problems,
    limits: ImportLimits,
) -> _Context:
    dropped = {sheet.name: drop_invisible(sheet) for sheet in sheets}
    tables = find_reference_tables(sheets, problems, limits)
    dataset = destination.loaded.dataset if destination.loaded else None
    if options.prune and tables.selection:
        raise refuse(
            f"the workbook holds only {tables.selection}, so nobody knows what --prune should remove",
            "import it without --prune",
        )
    known = find_known_records(dataset, tables, options, limits)
    levels = find_levels(dataset, tables, known, options)
    values = Values(
        known,
        PlaceFinder(levels, find_groups(dataset, tables)),
        options.date_format,
        options.new_names,
    )
    values.is_own_table = bool(tables.sheets)
    ignored_sheets = {*(NEVER_READ if tables.sheets else ()), *tables.own_sheets}
    return _Context(Spreadsheet(sheets, ignored_sheets), tables, known, values, dropped)


def _remarks(opened: OpenTables, entries: SheetRecords, context: _Context) -> Iterator[str]:
    """Yield remarks on how the tables were read, after they have been."""
    read = [binding.table.sheet for binding in opened.bindings]
    yield from opened.remarks
    yield from opened.log.notices.lines()
    yield from entries.remarks
    for binding in opened.bindings:
        yield from binding.table.sheet.remarks(binding.table.first, binding.headings)
    names = {*(sheet.name for sheet in read), *context.tables.sheets}
    yield from (text for name, text in context.dropped.items() if text and name in names)
    rest = [
        f"{quote_sheet(sheet.name)}{' (hidden)' if sheet.metadata.is_hidden else ''}"
        for sheet in context.spreadsheet.sheets
        if sheet not in read
        and sheet.name not in context.spreadsheet.ignored_sheets
        and sheet.rows
    ]
    if rest:
        yield f"read is {one_of([quote_sheet(sheet.name) for sheet in read])}, not {one_of(rest)}"


def _unused_names(
    new_names: Collection[str], entries: SheetRecords, known: KnownRecords
) -> list[str]:
    if not new_names:
        return []
    records: list[Named] = [*known.instruments, *chain(*entries.new.values())]
    words = {word for record in records for word in (record.name, *other_words(record))}
    names = (entry.keys.get("name") for entry in entries.instruments.values())
    in_table = NewNames(words.union(str(name.value) for name in names if name))
    unused = [quote_whole(name) for name in new_names if name not in in_table]
    return [f"said to be new, but not in the table: {one_of(unused)}"] if unused else []


def _require_words(
    entries: SheetRecords, tables: ReferenceTables, sheet: Sheet, problems: Problems
) -> None:
    lacking = [
        noun
        for section, noun in (("roles", "role"), ("levels", "level"))
        if not entries.new.get(section) and not tables.records(SECTIONS[section])
    ]
    if not lacking:
        return
    if not problems:
        # If there are other problems, these words may merely be unreadable.
        message = f"{quote_sheet(sheet.name)} names no {' and no '.join(lacking)}, and there is no dataset yet"
        keys = ", ".join(f"{noun}: {{is: …}}" for noun in lacking)
        hint = f"fill in a row with its role and level, or say it of all rows in a mapping (--propose): {keys}"
        problems.add(Problem(None, message, hint))
    raise SheetError(problems)


def _require_few_cells(after: Dataset, most: int) -> None:
    cells = len(after.roles) * len(after.levels)
    if cells > most:
        message = f"{len(after.roles):,} roles at {len(after.levels):,} levels are {cells:,} cells"
        raise refuse(message, "look whether the columns role and level are the right ones")


def _unmentioned_remarks(number: int) -> Iterator[str]:
    if number:
        singular, plural = (
            ("is", "stays; --prune removes it"),
            ("are", "stay; --prune removes them"),
        )
        are, stay = singular if number == 1 else plural
        statements = count(number, "statement")
        yield f"{statements} of the data on cells of the table {are} not in it and {stay}"


def _check_result(
    files: DatasetFiles,
    written: WrittenFiles,
    entries: SheetRecords,
    tables: ReferenceTables,
    problems: Problems,
) -> Dataset | None:
    """Read the dataset as it would be; None if something is wrong.

    Errors of the result are added to *problems*, at the cells of the entries and tables that cause them.
    """
    largest = max(map(len, written.files.values()))
    stored = files._replace(stored={**files.stored, **written.files})
    limits = FILE_LIMITS._replace(size=max(largest, FILE_LIMITS.size))
    loaded = LoadedFiles(stored, limits, lambda _done, _total: None)
    has_any = bool(problems)
    # If something is in doubt, errors elsewhere may merely follow from it.
    wrong = [
        problem
        for problem in _find_problems(loaded, _EntryCells(entries, tables, written.rows_by_cell))
        if not (problems.has_cell(problem.at) if problem.at else has_any)
    ]
    problems.extend(wrong)
    return loaded.merged.dataset if loaded.merged and not problems else None


class _EntryCells:
    """The sheet cell of each entry; a record of a list is identified by its id, not by its index.

    *rows_by_cell* are the statements of cells that have several, in their final order.
    """

    def __init__(
        self, entries: SheetRecords, tables: ReferenceTables, rows_by_cell: RowsByCell
    ) -> None:
        self._rows_by_cell = rows_by_cell
        self._at: dict[DataPath, Address] = {}
        finders = dict.fromkeys(SECTIONS, listed_records) | dict.fromkeys(MAPPINGS, keyed_records)
        for section, find in finders.items():
            self._at |= {(section, record.id): record.at for record in find(tables, section)}
        for section, title in SECTIONS.items():
            for row in tables.records(title):
                if "id" in row:
                    path = (section, str(row["id"].value))
                    self._at |= {(*path, key): value.at for key, value in row.items()}
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
            statements = self._rows_by_cell.get((*path, str(cell))) or join_rows(rows)
            for number, statement in enumerate(statements):
                if statement is not None:
                    at = statement_path(path, cell, number, len(statements))
                    self._add_statement(at, statement)
            self._at.setdefault((*path, str(cell)), rows[0].at)

    def _add_statement(self, path: DataPath, statement: StatementEntry) -> None:
        # If a statement is only its extent, that stands for the whole.
        alone = statement.keys.get("extent") if len(statement.keys) == 1 else None
        self._at[path] = alone.at if alone else statement.at
        self._at |= {(*path, key): value.at for key, value in statement.keys.items()}
        self._at |= {(*path, "territories", code): at for code, at in statement.codes.items()}

    def find(self, path: DataPath) -> Address | None:
        """Return the sheet cell of an entry, or of what contains it."""
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
    """Identifies records of lists by their ids; each file is looked at once."""

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
        # Several rows may contribute codes to one list.
        code = self._trees[number].find(path) if path[-2:-1] == ("territories",) else None
        return path if code is None else (*path[:-1], str(code.value))
