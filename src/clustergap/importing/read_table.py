"""The tables of a spreadsheet found, and read: everything that they say of instruments and cells."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.importing.binding import Binding, Misfit, bind
from clustergap.importing.header_guess import MOST_ABOVE, asked_sheets
from clustergap.importing.headers import SheetTable, answers, find_header_rows
from clustergap.importing.layouts import MappedTable, find_layout, remark_unread
from clustergap.importing.options import ImportLimits, ImportOptions
from clustergap.importing.parsed_rows import ParsedRow, ParsedTable, bounded
from clustergap.importing.problems import Notices, Problem, Problems, SheetError, refuse
from clustergap.importing.row_reader import ReadLog, RowReader
from clustergap.importing.values import Values
from clustergap.importing.vocabulary import KnownRecords
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
class ReadTable:
    """What is known of the tables that are read, some of it only once all claims have been taken."""

    claims: ParsedTable
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


def open_table(
    book: Spreadsheet,
    values: Values,
    options: ImportOptions,
    problems: Problems,
    limits: ImportLimits,
) -> ReadTable:
    """Find the tables of a spreadsheet and how they are read.

    Args:
        book: Its sheets.
        values: Understands texts.
        options: What the user says.
        problems: Takes what is wrong and in doubt.
        limits: How much is read.

    Raises:
        SheetError: There is no table.
        DataError: The mapping does not fit it.
    """
    found = _find(book, values.known, options, problems)
    refuse = options.refuse_mapping or _refuse
    bindings = [
        bind(one._replace(mapping=_with_options(one.mapping, options)), values.known, refuse)
        for one in found
    ]
    notices = Notices()
    left_out: Counter[str] = Counter()
    to = ReadLog(problems, notices, left_out)
    readers = [RowReader(one, values, to, book.source) for one in bindings]
    remarks = [*_long_headers(found, options), *(text for one in found for text in one.remarks)]
    if options.mapping:
        for binding in bindings:
            remarks += _look_at_rest(binding, problems)
    claims = ParsedTable(
        bounded(_all_claims(readers, bindings, refuse), limits),
        readers[0].keys(ColumnSubject.INSTRUMENT),
        readers[0].keys(ColumnSubject.STATEMENT),
        left_out,
        _differ(bindings[0].mapping),
    )
    return ReadTable(claims, bindings, notices, readers, remarks)


def _all_claims(
    readers: Sequence[RowReader],
    bindings: Sequence[Binding],
    refuse: Callable[[Sequence[Misfit]], Exception],
) -> Iterator[ParsedRow]:
    for reader in readers:
        yield from reader.claims()
    if misfits := [misfit for one in bindings for misfit in one.make_named()]:
        raise refuse(misfits)


def _find(
    book: Spreadsheet, known: KnownRecords, options: ImportOptions, problems: Problems
) -> list[MappedTable]:
    if options.mapping is None:
        return [find_layout(book.sheets, known, options, problems, book.passed_over)]
    refuse = options.refuse_mapping or _refuse
    return list(find_tables(book.sheets, options.mapping, options, refuse))


def _differ(mapping: MappingFile) -> dict[str, Differ]:
    return {
        key: rule.differ
        for key in mapping.columns
        for rule in mapping.rules(key)
        if rule.differ is not Differ.PROBLEM
    }


def _long_headers(found: Sequence[MappedTable], options: ImportOptions) -> Iterator[str]:
    if options.header or (options.mapping and options.mapping.header):
        return
    for table in (one.table for one in found):
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


def _refuse(misfits: Sequence[Misfit]) -> ClusterGapError:
    return SheetError(Problem(None, message, hint) for _, message, hint in misfits)


def _look_at_rest(binding: Binding, problems: Problems) -> Iterator[str]:
    table, rest = binding.table, []
    for column in binding.rest():
        name = table.name(column)
        if what := answers(name):
            at = table.sheet.at(table.header_rows[-1], column)
            message = f"the column {quote(name)} seems to hold {what}, and would not be read"
            hint = f"map it, or leave it out by name: leave_out: [{quote(name)}]"
            problems.add(Problem(at, message, hint))
        else:
            rest.append(column)
    yield from remark_unread(table, rest)


def find_tables(
    sheets: Sequence[Sheet],
    mapping: MappingFile,
    options: ImportOptions,
    refuse_mapping: Callable[[Sequence[Misfit]], Exception],
) -> Iterator[MappedTable]:
    """Find the tables that a mapping file is for: in each sheet that it names, else in the one that fits it best.

    Raises:
        Exception: A sheet or a header that it names is not there.
    """
    names = [options.sheet] if options.sheet else list(mapping.sheet)
    if names == [ANY]:
        looked_at = asked_sheets(sheets, [])
    elif missing := [name for name in names if name not in {sheet.name for sheet in sheets}]:
        there = [sheet.name for sheet in sheets]
        hint = did_you_mean(missing[0], there) or f"there are {one_of(list(map(quote, there)))}"
        raise refuse_mapping([(("sheet",), f"there is no sheet {quote(missing[0])}", hint)])
    else:
        looked_at = asked_sheets(sheets, names)
    last = max((len(sheet.rows) for sheet in looked_at), default=0)
    if misfits := list(_check_rows(mapping, last)):
        raise refuse_mapping(misfits)
    tables = [table for sheet in looked_at if (table := _table(sheet, mapping, options))]
    if not tables:
        raise refuse("there is no table to import", "look at the mapping's sheet and header")
    for table in _chosen(tables, names, mapping):
        yield MappedTable(table, mapping)


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
        yield (
            ("header",),
            "the rows of a header stand one below the other",
            "write the upper one first",
        )
    if len(data) > 1 and data[0] > data[-1]:
        yield ("data",), "the first row stands below the last", "write the first one first"
    if header and data and data[0] <= header[-1]:
        yield (
            ("data",),
            f"the data begin below the header, row {header[-1]:,}",
            "write a later row",
        )


def _table(sheet: Sheet, mapping: MappingFile, options: ImportOptions) -> SheetTable | None:
    said = options.header or mapping.header
    if said:
        rows = [row - 1 for row in said]
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
