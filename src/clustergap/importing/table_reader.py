"""The tables of a spreadsheet: where they are, how they are read, and which rows belong to them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from clustergap.importing.binding import Binding, Globs, bind, is_matrix
from clustergap.importing.headers import (
    MOST_ABOVE,
    SheetTable,
    Spreadsheet,
    find_header_rows,
    keys_of,
    seems_to_hold,
    sheets_named,
)
from clustergap.importing.import_context import ImportOptions, KnownRecords, Misfit
from clustergap.importing.layouts import MappedTable, find_layout, unread_remarks
from clustergap.importing.problems import Notices, Problem, Problems, refuse
from clustergap.importing.row_reader import ReadLog, RowReader
from clustergap.importing.sheet_records import ImportLimits, ParsedRow, bounded
from clustergap.importing.values import Values
from clustergap.list_format.list_layout import ColumnSubject
from clustergap.model.mapping import (
    ANY,
    ColumnRange,
    Differ,
    MappingFile,
)
from clustergap.spreadsheet.sheet import Row, Sheet, quote_sheet
from clustergap.text import count, did_you_mean, fold, one_of, quote


@dataclass(frozen=True, slots=True)
class OpenTables:
    """The tables of a spreadsheet, bound to their columns.

    ``rows`` can be read once, one by one; the problems of a row are added before it is returned. ``log`` and ``readers``
    are complete only after all rows have been read.
    """

    rows: Iterator[ParsedRow]
    readers: Sequence[RowReader]
    log: ReadLog
    remarks: Sequence[str]

    @property
    def bindings(self) -> list[Binding]:
        """The binding of each table."""
        return [reader.binding for reader in self.readers]

    @property
    def row_count(self) -> int:
        """The number of rows that have been read."""
        return sum(reader.read for reader in self.readers)

    @property
    def differ(self) -> dict[str, Differ]:
        """How to resolve differences between rows of one record, by the column's name in the list layout."""
        mapping = self.readers[0].binding.mapping
        rules = ((key, rule) for key in mapping.columns for rule in mapping.rules(key))
        return {key: rule.differ for key, rule in rules if rule.differ is not Differ.PROBLEM}

    def keys(self, subject: ColumnSubject) -> frozenset[str]:
        """Return the keys of instruments, or of statements, for which they have columns, filled or not."""
        return self.readers[0].keys(subject)


def open_tables(
    spreadsheet: Spreadsheet,
    values: Values,
    options: ImportOptions,
    problems: Problems,
    limits: ImportLimits,
) -> OpenTables:
    """Find the tables of a spreadsheet and how to read them; errors and doubts are added to *problems*.

    Raises:
        SheetError: There is no table.
        DataError: The mapping does not fit it.
    """
    if options.mapping is None:
        tables = [find_layout(spreadsheet, values.known, options, problems)]
    else:
        tables = _find_tables(spreadsheet.sheets, options.mapping, options)
    bindings = [bind(table, values.known, options) for table in tables]
    log = ReadLog(problems, Notices(), Counter())
    readers = [RowReader(binding, values, log, spreadsheet.source) for binding in bindings]
    remarks = [
        *_long_headers(tables, options),
        *(remark for table in tables for remark in table.remarks),
    ]
    if options.mapping:
        for binding in bindings:
            remarks += _check_unread(binding, problems)
    rows = bounded(_parse(readers, values.known, log, options), limits)
    return OpenTables(rows, readers, log, remarks)


def _parse(
    readers: Sequence[RowReader], known: KnownRecords, log: ReadLog, options: ImportOptions
) -> Iterator[ParsedRow]:
    for reader in readers:
        reader.report_headers()
        yield from reader.parsed_rows(find_rows(reader.binding, known, log))
    if misfits := [misfit for reader in readers for misfit in reader.binding.make_named_records()]:
        raise options.misfit_error(misfits)


def _long_headers(tables: Sequence[MappedTable], options: ImportOptions) -> Iterator[str]:
    if options.header or (options.mapping and options.mapping.header):
        return
    for table, *_ in tables:
        if len(table.header_rows) > 1:
            first = table.header_rows[0] + 1
            name = quote_sheet(table.sheet.name)
            yield f"{name}: the header is {table.header_place} (--header {first} if it is one row)"


def _check_unread(binding: Binding, problems: Problems) -> Iterator[str]:
    table, rest = binding.table, []
    for column in binding.unread_columns():
        name = table.name(column)
        if content := seems_to_hold(name):
            message = f"the column {quote(name)} seems to hold {content}, and would not be read"
            hint = f"map it, or leave it out by name: leave_out: [{quote(name)}]"
            problems.add(Problem(table.header_cell(column), message, hint))
        else:
            rest.append(column)
    yield from unread_remarks(table, rest)


def _find_tables(
    sheets: Sequence[Sheet],
    mapping: MappingFile,
    options: ImportOptions,
) -> list[MappedTable]:
    # The tables that a mapping file is for: in each sheet that it names, else in the sheet that fits it best.
    names = [options.sheet] if options.sheet else list(mapping.sheet)
    if names == [ANY]:
        candidates = sheets_named(sheets, [])
    elif missing := [name for name in names if name not in {sheet.name for sheet in sheets}]:
        known = [sheet.name for sheet in sheets]
        hint = did_you_mean(missing[0], known) or f"there are {one_of(list(map(quote, known)))}"
        raise options.misfit_error([(("sheet",), f"there is no sheet {quote(missing[0])}", hint)])
    else:
        candidates = sheets_named(sheets, names)
    last = max((len(sheet.rows) for sheet in candidates), default=0)
    if misfits := list(_check_rows(mapping, last)):
        raise options.misfit_error(misfits)
    tables = [table for sheet in candidates if (table := _table(sheet, mapping, options))]
    if not tables:
        raise refuse("there is no table to import", "look at the mapping's sheet and header")
    return [MappedTable(table, mapping) for table in _chosen(tables, names, mapping)]


def _chosen(
    tables: list[SheetTable], names: Sequence[str], mapping: MappingFile
) -> list[SheetTable]:
    if names == [ANY]:  # some sheets may have no table, only remarks
        return [table for table in tables if _match_count(table, mapping)] or tables
    return tables if names else [max(tables, key=lambda table: _match_count(table, mapping))]


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
    return max(tables, key=lambda table: _match_count(table, mapping), default=None)


def _placed(
    sheet: Sheet, rows: Sequence[int], mapping: MappingFile, options: ImportOptions
) -> SheetTable:
    first = mapping.data[0] - 1 if mapping.data else rows[-1] + 1
    last = options.last or (mapping.data[1] if len(mapping.data) > 1 else None)
    return SheetTable(sheet, rows, first, last - 1 if last else None)


def _match_count(table: SheetTable, mapping: MappingFile) -> int:
    headers = [
        header
        for key in mapping.columns
        for rule in mapping.rules(key)
        for header in rule.from_ or rule.first or ()
    ]
    for wide in mapping.wide:
        headers += [] if isinstance(wide.columns, ColumnRange) else list(wide.columns)
    return sum(bool(table.find(header)) for header in headers)


_HALF = 2

_WIDE = 2
"""Columns beside its own that the heading of a group of rows spans at least."""


def find_rows(binding: Binding, known: KnownRecords, log: ReadLog) -> Sequence[int]:
    """Find the rows of a table, and fill its merged cells with the text that a person sees in all of them.

    A row that names a *known* instrument needs no cell. Rows that may not belong to the table, and formulas, are added to
    the problems of the *log*; skipped rows to its notices.
    """
    table, sheet = binding.table, binding.table.sheet
    binding.headings = frozenset(_headings(table))
    sheet.fill_merged(table.first)
    finder = _RowFinder(binding, known, log)
    rows = finder.report_names(list(finder.rows()))
    last = rows[-1] if rows else table.first
    log.problems.extend(
        Problem(*problem)
        for problem in sheet.problems(table.first, binding.columns)
        if problem.at.row <= last
    )
    return rows


def _headings(table: SheetTable) -> Iterator[int]:
    # The only text of its row, over many columns, names the group of rows below it.
    sheet = table.sheet
    for merged in sheet.metadata.merged:
        row, first = merged.first
        wide = merged.last[1] - first
        if table.first <= row < len(sheet.rows) and row == merged.last[0] and wide >= _WIDE:
            texts = [text for text in sheet.rows[row] if text and not text.isspace()]
            if len(texts) == 1 and sheet.text(row, first).strip():
                yield row


class _RowFinder:
    def __init__(self, binding: Binding, known: KnownRecords, log: ReadLog) -> None:
        self.table, self.sheet = binding.table, binding.table.sheet
        self.headings = binding.headings
        self.problems, self.notices = log.problems, log.notices
        self.columns = sorted(binding.columns)
        self.known = {
            fold(word)
            for instrument in known.instruments
            for word in (instrument.id, instrument.name, instrument.short)
            if word
        }
        self.is_matrix = is_matrix(binding.mapping)
        across = (column for wide in binding.wide for column in wide.words)
        self.of_cell = {*binding.columns_of("role", "level", "cell"), *across}
        self.of_id = binding.columns_of("id")
        self.of_name = {
            column: Globs(bound.rule.values)
            for bound in binding.rules.get("name", ())
            for column in bound.columns
        }
        self.keys = {column: key for key in binding.rules for column in binding.columns_of(key)}
        self.name_rows: list[int] = []
        self.has_cells = False
        self.header = {column: fold(self.table.header(column)) for column in self.columns}

    def rows(self) -> Iterator[int]:
        """Yield the rows of the table, and remember those whose only text is a name."""
        rows, after_gap, has_begun = self.sheet.rows, False, False
        end = len(rows) if self.table.last is None else min(self.table.last + 1, len(rows))
        for number in range(self.table.first, end):
            texts = rows[number]
            filled = [column for column, text in enumerate(texts) if text and not text.isspace()]
            if not filled:
                after_gap = has_begun
                continue
            if number in self.headings:
                at = self.sheet.at(number, filled[0])
                self.notices.add("a heading over several columns is no row, and is skipped", at)
                continue
            if self._is_below_table(texts, filled, after_gap=after_gap):
                self._note_end(number, end)
                return
            if self._is_header(number, texts, has_begun=has_begun):
                continue
            has_begun = True
            if not any(column in self.header for column in filled):
                continue  # remarks in columns that are not read
            after_gap = False
            if self._is_name_alone(texts, filled):
                self.name_rows.append(number)
            else:
                self.has_cells |= bool(self.of_cell) and self._names_cell(filled)
                # After an import the names of rows above are in the dataset too.
                names = (self._text(texts, column) for column in self.of_name)
                self.known.update(fold(name) for name in names if name)
            yield number

    def report_names(self, rows: Sequence[int]) -> Sequence[int]:
        """Ask about rows with only a name, such as a total, unless all rows are like that."""
        if not self.has_cells:
            return rows
        for number in self.name_rows:
            texts = self.sheet.rows[number]
            column = next(column for column in self.of_name if self._text(texts, column))
            hint = (
                "write its role and level if it is an instrument; delete the row, or --last "
                f"{number} if the table ends above it"
            )
            message = "this row holds a name and nothing else"
            self.problems.add(Problem(self.sheet.at(number, column), message, hint))
        name_rows = frozenset(self.name_rows)
        return [number for number in rows if number not in name_rows]

    def _is_below_table(self, texts: Row, filled: Sequence[int], *, after_gap: bool) -> bool:
        if not after_gap or self.table.last is not None:
            return False
        if self.is_matrix:
            return True
        return not (self._names_cell(filled) or self._names_known(texts))

    def _names_cell(self, filled: Sequence[int]) -> bool:
        return not self.of_cell or any(column in self.of_cell for column in filled)

    def _names_known(self, texts: Row) -> bool:
        read = [self._text(texts, column) for column in self.columns]
        has_id = any(self._text(texts, column) for column in self.of_id)
        return (has_id and sum(map(bool, read)) > 1) or any(
            fold(self._text(texts, column)) in self.known
            for column in (*self.of_id, *self.of_name)
        )

    def _is_name_alone(self, texts: Row, filled: Sequence[int]) -> bool:
        read = [column for column in filled if column in self.header]
        return (
            len(read) == 1
            and len(self.columns) > 1
            and not self.is_matrix
            and read[0] in self.of_name
            and self.of_name[read[0]].match(texts[read[0]].strip()) is None
            and not self._names_cell(filled)
            and not self._names_known(texts)
        )

    def _is_header(self, number: int, texts: Row, *, has_begun: bool) -> bool:
        read = {column: fold(self._text(texts, column)) for column in self.columns}
        filled = {column: text for column, text in read.items() if text}
        if len(filled) < _HALF:
            return False
        at = self.sheet.at(number, min(filled))
        if all(text == self.header[column] for column, text in filled.items()):
            self.notices.add("the header stands again, and is skipped", at)
            return True
        if not has_begun and is_second_header(filled, self.keys):
            rows = [str(row + 1) for row in (*self.table.header_rows, number)]
            hint = f"--header {','.join(rows)} if it belongs to the header, --header {rows[-1]} if it is the header; else delete it"
            message = "this row looks like a second row of the header"
            self.problems.add(Problem(at, message, hint))
            return True
        return False

    def _note_end(self, number: int, end: int) -> None:
        left = sum(any(map(str.strip, texts)) for texts in self.sheet.rows[number:end])
        first = f"row {number + 1}"
        where = first if left == 1 else f"{first} on ({count(left, 'row')})"
        text = next(text for text in self.sheet.rows[number] if text.strip())
        self.notices.add_without_cell(
            f"{quote_sheet(self.sheet.name)}: what stands below the table, from {where}, is not read: {quote(text.strip())}"
        )

    @staticmethod
    def _text(texts: Row, column: int) -> str:
        return texts[column].strip() if column < len(texts) else ""


def is_second_header(texts: Mapping[int, str], keys: Mapping[int, str]) -> bool:
    """Tell whether a row continues the header, in another language or with units in brackets.

    *texts* are the non-empty texts of the row, *keys* the keys of the columns; both are by column.
    """
    alike = sum(
        keys.get(column) in keys_of(text) or (text.strip()[0] in "([" and text.strip()[-1] in ")]")
        for column, text in texts.items()
    )
    return alike * _HALF >= len(texts)
