"""The tables of a spreadsheet found, and read: everything that they say of instruments and cells."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.importing.binding import Binding, Misfit, bind
from clustergap.importing.header_guess import MOST_ABOVE, sheets_named
from clustergap.importing.headers import SheetTable, find_header_rows, seems_to_hold
from clustergap.importing.import_options import ImportLimits, ImportOptions
from clustergap.importing.layouts import MappedTable, find_layout, remark_unread
from clustergap.importing.parsed_rows import ParsedRow, ParsedTable, bounded
from clustergap.importing.problems import Notices, Problem, Problems, SheetError, refuse
from clustergap.importing.row_reader import ReadLog, RowReader
from clustergap.importing.values import Values
from clustergap.list_format.list_layout import ColumnSubject
from clustergap.model.mapping import (
    ANY,
    ColumnRange,
    Differ,
    MappingFile,
)
from clustergap.spreadsheet.sheet import Sheet, quote_sheet
from clustergap.text import did_you_mean, one_of, quote


@dataclass
class OpenTables:
    """What is known of the tables that are read, some of it only once all parsed rows have been taken."""

    parsed: ParsedTable
    bindings: Sequence[Binding]
    notices: Notices
    readers: Sequence[RowReader]
    remarks: list[str]

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return sum(reader.read for reader in self.readers)


class Spreadsheet(NamedTuple):
    """The sheets of a file, the names of those that hold no table, the key of the source that it is, if it is cited, and its name."""

    sheets: Sequence[Sheet]
    passed_over: Collection[str] = ()
    source: str | None = None
    name: str = ""


def open_tables(
    spreadsheet: Spreadsheet,
    values: Values,
    options: ImportOptions,
    problems: Problems,
    limits: ImportLimits,
) -> OpenTables:
    """Find the tables of a spreadsheet and how they are read.

    Args:
        spreadsheet: Its sheets.
        values: Understands texts.
        options: What the user says.
        problems: Takes what is wrong and in doubt.
        limits: How much is read.

    Raises:
        SheetError: There is no table.
        DataError: The mapping does not fit it.
    """
    refuse_mapping = options.refuse_mapping or _sheet_error
    if options.mapping is None:
        passed_over = spreadsheet.passed_over
        tables = [find_layout(spreadsheet.sheets, values.known, options, problems, passed_over)]
    else:
        tables = _find_tables(spreadsheet.sheets, options.mapping, options, refuse_mapping)
    bindings = [
        bind(
            table._replace(mapping=_with_options(table.mapping, options)),
            values.known,
            refuse_mapping,
        )
        for table in tables
    ]
    log = ReadLog(problems, Notices(), Counter())
    readers = [RowReader(binding, values, log, spreadsheet.source) for binding in bindings]
    remarks = [
        *_long_headers(tables, options),
        *(remark for table in tables for remark in table.remarks),
    ]
    if options.mapping:
        for binding in bindings:
            remarks += _look_at_rest(binding, problems)
    parsed = ParsedTable(
        bounded(_parse(readers, bindings, refuse_mapping), limits),
        readers[0].keys(ColumnSubject.INSTRUMENT),
        readers[0].keys(ColumnSubject.STATEMENT),
        log.left_out,
        _differ(bindings[0].mapping),
    )
    return OpenTables(parsed, bindings, log.notices, readers, remarks)


def _parse(
    readers: Sequence[RowReader],
    bindings: Sequence[Binding],
    refuse_mapping: Callable[[Sequence[Misfit]], Exception],
) -> Iterator[ParsedRow]:
    for reader in readers:
        yield from reader.parsed_rows()
    if misfits := [misfit for binding in bindings for misfit in binding.make_named()]:
        raise refuse_mapping(misfits)


def _differ(mapping: MappingFile) -> dict[str, Differ]:
    return {
        key: rule.differ
        for key in mapping.columns
        for rule in mapping.rules(key)
        if rule.differ is not Differ.PROBLEM
    }


def _long_headers(tables: Sequence[MappedTable], options: ImportOptions) -> Iterator[str]:
    if options.header or (options.mapping and options.mapping.header):
        return
    for table, *_ in tables:
        if len(table.header_rows) > 1:
            first = table.header_rows[0] + 1
            name = quote_sheet(table.sheet.name)
            yield f"{name}: the header is {table.header_place} (--header {first} if it is one row)"


def _with_options(mapping: MappingFile, options: ImportOptions) -> MappingFile:
    # What is said on the command line goes before what a file says.
    columns = {**mapping.columns, **options.columns}
    changes = {
        "columns": columns,
        "fill_down": (*mapping.fill_down, *options.fill_down),
        "leave_out": (*mapping.leave_out, *options.leave_out),
    }
    return mapping.model_copy(update=changes)


def _sheet_error(misfits: Sequence[Misfit]) -> ClusterGapError:
    return SheetError(Problem(None, message, hint) for _, message, hint in misfits)


def _look_at_rest(binding: Binding, problems: Problems) -> Iterator[str]:
    table, rest = binding.table, []
    for column in binding.rest():
        name = table.name(column)
        if what := seems_to_hold(name):
            at = table.sheet.at(table.header_rows[-1], column)
            message = f"the column {quote(name)} seems to hold {what}, and would not be read"
            hint = f"map it, or leave it out by name: leave_out: [{quote(name)}]"
            problems.add(Problem(at, message, hint))
        else:
            rest.append(column)
    yield from remark_unread(table, rest)


def _find_tables(
    sheets: Sequence[Sheet],
    mapping: MappingFile,
    options: ImportOptions,
    refuse_mapping: Callable[[Sequence[Misfit]], Exception],
) -> list[MappedTable]:
    # The tables that a mapping file is for: in each sheet that it names, else in the one that fits it best.
    names = [options.sheet] if options.sheet else list(mapping.sheet)
    if names == [ANY]:
        looked_at = sheets_named(sheets, [])
    elif missing := [name for name in names if name not in {sheet.name for sheet in sheets}]:
        known = [sheet.name for sheet in sheets]
        hint = did_you_mean(missing[0], known) or f"there are {one_of(list(map(quote, known)))}"
        raise refuse_mapping([(("sheet",), f"there is no sheet {quote(missing[0])}", hint)])
    else:
        looked_at = sheets_named(sheets, names)
    last = max((len(sheet.rows) for sheet in looked_at), default=0)
    if misfits := list(_check_rows(mapping, last)):
        raise refuse_mapping(misfits)
    tables = [table for sheet in looked_at if (table := _table(sheet, mapping, options))]
    if not tables:
        raise refuse("there is no table to import", "look at the mapping's sheet and header")
    return [MappedTable(table, mapping) for table in _chosen(tables, names, mapping)]


def _chosen(
    tables: list[SheetTable], names: Sequence[str], mapping: MappingFile
) -> list[SheetTable]:
    if names == [ANY]:  # a sheet of remarks is no table
        return [table for table in tables if _matches(table, mapping)] or tables
    return tables if names else [max(tables, key=lambda table: _matches(table, mapping))]


def _check_rows(mapping: MappingFile, last: int) -> Iterator[Misfit]:
    header, data = mapping.header, mapping.data
    for key, row in (("header", max(header, default=0)), ("data", min(data, default=0))):
        if row > last > 0:
            message = f"there is no row {row:,}: the last is {last:,}"
            yield (key,), message, "rows are counted from 1"
    if len(header) > 1 and header[0] >= header[-1]:
        message = "the rows of a header stand one below the other"
        yield ("header",), message, "write the upper one first"
    if len(data) > 1 and data[0] > data[-1]:
        yield ("data",), "the first row stands below the last", "write the first one first"
    if header and data and data[0] <= header[-1]:
        message = f"the data begin below the header, row {header[-1]:,}"
        yield ("data",), message, "write a later row"


def _table(sheet: Sheet, mapping: MappingFile, options: ImportOptions) -> SheetTable | None:
    header = options.header or mapping.header
    if header:
        rows = [row - 1 for row in header]
        return _placed(sheet, rows, mapping, options) if rows[-1] < len(sheet.rows) else None
    rows = [row for row, texts in enumerate(sheet.rows[:MOST_ABOVE]) if any(map(str.strip, texts))]
    tables = [_placed(sheet, find_header_rows(sheet, row), mapping, options) for row in rows]
    return max(tables, key=lambda table: _matches(table, mapping), default=None)


def _placed(
    sheet: Sheet, rows: Sequence[int], mapping: MappingFile, options: ImportOptions
) -> SheetTable:
    first = mapping.data[0] - 1 if mapping.data else rows[-1] + 1
    last = options.last or (mapping.data[1] if len(mapping.data) > 1 else None)
    return SheetTable(sheet, rows, first, last - 1 if last else None)


def _matches(table: SheetTable, mapping: MappingFile) -> int:
    headers = [
        header
        for key in mapping.columns
        for rule in mapping.rules(key)
        for header in rule.from_ or rule.first or ()
    ]
    for wide in mapping.wide:
        headers += [] if isinstance(wide.columns, ColumnRange) else list(wide.columns)
    return sum(bool(table.find(header)) for header in headers)
