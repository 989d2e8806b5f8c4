"""Workbooks: each sheet is a list, a form to fill in, a page of texts, or an explanation of the others."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import compress, zip_longest
from typing import Any, NamedTuple

from clustergap import __version__
from clustergap.analysis.coverage import Coverage
from clustergap.document import Grid, GridCell, Row, Rows, Table, TableCell, Value
from clustergap.errors import ClusterGapError
from clustergap.model.dates import as_written
from clustergap.office import (
    AboutSheet,
    Choice,
    CoverageCounts,
    FormSheet,
    Legend,
    ListSheet,
    PageBlock,
    PageSheet,
    SheetList,
    TableColumn,
    Workbook,
)
from clustergap.prose import Fields, Heading, Paragraph, Run, Style, Text, plain
from clustergap.text import count, isolate_names
from clustergap.theme import DEFINITIONS, GAP_DEFINITION, sign_of
from clustergap.writers.column_widths import (
    count_lines,
    fit_columns,
    line_width,
    longest_line,
    row_height,
)
from clustergap.writers.worksheet import CellFormat, WorkbookFile, Worksheet


class RowRange(NamedTuple):
    """The rows of a reference table: its sheet, and the first and last row, including free ones, from 0."""

    sheet: str
    first: int
    last: int


def write(workbook: Workbook) -> bytes:
    """Write a workbook.

    Raises:
        ClusterGapError: A list has more rows than a sheet.
    """
    comments = (f"Written by clustergap {__version__}.", GAP_DEFINITION, workbook.remark)
    file = WorkbookFile(
        workbook.title, workbook.subject, " ".join(filter(None, comments)), workbook.footer
    )
    empty = {sheet.name: file.sheet(sheet.name) for sheet in workbook.sheets}
    forms = [sheet for sheet in workbook.sheets if isinstance(sheet, FormSheet)]
    tables = {form.name: RowRange(form.name, 1, len(form.rows) + form.free) for form in forms}
    for sheet in workbook.sheets:
        match sheet:
            case ListSheet():
                write_list(empty[sheet.name], sheet.rows, sheet.nothing)
            case PageSheet():
                _write_page(empty[sheet.name], sheet.blocks)
            case AboutSheet():
                tables |= _write_about(empty[sheet.name], sheet)
            case FormSheet():
                pass
    # Forms choose from the tables of other sheets.
    for form in forms:
        _write_form(empty[form.name], form, tables)
    return file.close()


def display(value: Value) -> str:
    """Return a value as a cell shows it; a coverage with its shape and word."""
    if isinstance(value, Coverage):
        return sign_of(value)
    if isinstance(value, date):
        return as_written(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


# A list: a table that can be sorted and filtered, with header and first column always in view and on every page

_STYLE = "Table Style Light 1"

_FILTER = 3.0
"""The width of a filter button in a header."""


def write_list(sheet: Worksheet, answer: Rows, nothing: str) -> None:
    """Write the rows of an answer, with places by their names, without its empty columns; or the sentence *nothing* if there are no rows."""
    rows = list(answer.named or answer.rows)
    if rows:
        has_value = [any(map(display, column)) for column in zip(*rows, strict=True)]
        header = list(compress(answer.header, has_value))
        rows = [tuple(map(_readable, header, compress(row, has_value))) for row in rows]
        write_table(sheet, header, rows, _list_widths(header, rows))
        sheet.raw.print_area(0, 0, len(rows), len(header) - 1)
    else:
        sheet.columns([longest_line(nothing)])
        sheet.text(0, 0, nothing)


_SENTENCES = frozenset({"why", "need", "because", "evidence", "to build on", "elsewhere"})
"""Columns of sentences, in which names stand among other words; the others hold what people filter by and look up."""


def _readable(column: str, value: Value) -> Value:
    return isolate_names(value) if column in _SENTENCES and type(value) is str else value


def _list_widths(header: Sequence[str], rows: Sequence[Row]) -> list[float]:
    least = [
        max(line_width(word, len(word)) for word in name.split()) + _FILTER for name in header
    ]
    return fit_columns(least, [set(map(display, column)) for column in zip(*rows, strict=True)])


def write_table(
    sheet: Worksheet, header: Sequence[str], rows: Sequence[Row], widths: list[float]
) -> None:
    """Write rows below their header, in columns of these widths.

    Raises:
        ClusterGapError: There are more than a sheet can have.
    """
    if len(rows) >= sheet.most_rows:
        raise ClusterGapError(
            f"{len(rows):,} rows are more than a sheet of a workbook holds, {sheet.most_rows - 1:,}: "
            "show less with --role and --level, or write another format"
        )
    raw, formats = sheet.raw, sheet.formats
    column_types = [set(map(type, column)) for column in zip(*rows, strict=True)]
    sheet.columns(
        widths,
        [formats.number if types & {int, float} else formats.text for types in column_types],
    )
    _add_table(sheet, header, len(rows))
    heads = zip(header, widths, strict=True)
    sheet.fit_row(
        0, max(sheet.lines(name, width - _FILTER, formats.head) for name, width in heads)
    )
    for number, row in enumerate(rows, 1):
        _write_row(sheet, number, row)
    _fit_rows(sheet, rows)
    raw.freeze_panes(1, 1)
    raw.repeat_rows(0)
    raw.hide_gridlines(0)  # in print too: not every program draws the table's bands


def _add_table(sheet: Worksheet, header: Sequence[str], rows: int) -> None:
    head: list[dict[str, Any]] = [
        {"header": name, "header_format": sheet.formats.head.format} for name in header
    ]
    name = sheet.raw.get_name().replace(" ", "_")
    options = {"name": name, "style": _STYLE, "columns": head}
    sheet.raw.add_table(0, 0, rows, len(header) - 1, options)


def _write_row(sheet: Worksheet, number: int, row: Row) -> None:
    for column, value in enumerate(row):
        if value is None or value == "":
            continue
        if type(value) is str:
            sheet.text(number, column, value)
        elif isinstance(value, Coverage):
            sheet.text(number, column, display(value), sheet.formats.coverage[value])
        elif isinstance(value, int | float) and not isinstance(value, bool):
            sheet.number(number, column, value)
        else:
            sheet.text(number, column, display(value))


def _fit_rows(sheet: Worksheet, rows: Sequence[Row]) -> None:
    # Most columns of a long list only have one-line texts: only the others are measured in each row.
    lines = [1] * len(rows)
    for column, width in zip(zip(*rows, strict=True), sheet.widths, strict=True):
        needed = {text: count_lines(text, width) for text in set(column) if isinstance(text, str)}
        if max(needed.values(), default=1) > 1:
            lines = [
                max(most, needed.get(value, 1)) for most, value in zip(lines, column, strict=True)
            ]
    for number, most in enumerate(lines, 1):
        sheet.fit_row(number, most)


# A form: a list to be edited or filled in, with choices in its columns

_URL = "url"


def _write_form(sheet: Worksheet, form: FormSheet, tables: Mapping[str, RowRange]) -> None:
    header = [column.heading for column in form.columns]
    rows = [*form.rows, *[("",) * len(header)] * form.free]
    widths = zip(_list_widths(header, rows), form.columns, strict=True)
    write_table(sheet, header, rows, [max(width, column.room) for width, column in widths])
    sheet.raw.ignore_errors({"number_stored_as_text": f"A1:XFD{sheet.most_rows}"})
    for number, column in enumerate(form.columns):
        if column.key == _URL:
            for place, row in enumerate(form.rows, 1):
                if row[number]:
                    sheet.link(place, number, row[number])
        if column.meaning:
            sheet.explain(number, column.key, column.meaning)
        if column.choice:
            source = _source(column.choice, tables)
            sheet.offer(number, column.key, source, column.choice.remark)


def _source(choice: Choice, tables: Mapping[str, RowRange]) -> str | list[str]:
    if not isinstance(choice.source, TableColumn):
        return list(choice.source)
    rows, letter = tables[choice.source.title], "AB"[choice.source.column]
    first = f"{rows.sheet}!${letter}${rows.first + 1}"
    cells = f"{first}:${letter}${rows.last + 1}"
    # Only filled rows: empty ones would appear in the drop-down too.
    return f"=OFFSET({first},0,0,MAX(1,COUNTA({cells})),1)"


# A page: texts across all columns, with counts, lists and tables among them

_COUNTED = (30.0, 14.0, 14.0, 14.0, 14.0, 14.0)
_TABLE = (18.0, 60.0, 60.0, 34.0)
"""Widths of the columns of a page with counts, and of one with a table."""

_PICTURE_WIDTH = 135.0
"""The width of a page in landscape."""

_LEAST_ROLE, _MOST_ROLE, _LEAST_LEVEL, _MOST_LEVEL = 16.0, 34.0, 24.0, 46.0
_INDENT = 1.5
"""The indentation of the text in a cell."""


def _write_page(sheet: Worksheet, blocks: Sequence[PageBlock]) -> None:
    sheet.columns(next(filter(None, map(_widths, blocks))))
    sheet.raw.hide_gridlines(2)
    row, above = 0, None
    for block in blocks:
        row = _write_block(sheet, row + _is_apart(above, block), block)
        above = block


def _widths(block: PageBlock) -> Sequence[float]:
    match block:
        case Grid():
            return _grid_widths(block)
        case CoverageCounts():
            return _COUNTED
        case Table():
            return _TABLE
        case _:
            return ()


def _is_apart(above: PageBlock | None, block: PageBlock) -> bool:
    tables = CoverageCounts | SheetList | Table
    return (
        isinstance(block, tables)
        or isinstance(above, Grid | tables)
        or (isinstance(block, Paragraph) and block.is_apart)
    )


def _write_block(sheet: Worksheet, row: int, block: PageBlock) -> int:  # noqa: C901 - one case a block
    """Write a block from a row on, and return the row below it."""
    formats = sheet.formats
    match block:
        case Heading(words):
            sheet.across(row, 0, words, formats.title)
            return row + 1
        case Paragraph(text):
            sheet.across(row, 0, plain(text), _format_of(sheet, text) or formats.text)
            return row + 1
        case Fields(fields):
            for field in fields:
                sheet.text(row, 0, field.label, formats.strong)
                sheet.across(row, 1, plain(field.lines[0]), formats.beside)
                row += 1
        case Legend():
            for coverage, meaning in DEFINITIONS.items():
                sheet.text(row, 0, sign_of(coverage), formats.coverage[coverage])
                sheet.across(row, 1, meaning, formats.beside)
                row += 1
        case SheetList(sheets):
            for name, holds in sheets.items():
                sheet.go_to(row, 0, name)
                sheet.across(row, 1, holds, formats.beside)
                row += 1
        case Table(columns=columns, rows=rows):
            header = [column.name for column in columns]
            return _write_rows(sheet, row, header, rows)
        case CoverageCounts():
            return _write_counts(sheet, row, block)
        case Grid():
            return _write_grid(sheet, row, block)
    return row


def _write_counts(sheet: Worksheet, row: int, counts: CoverageCounts) -> int:
    formats = sheet.formats
    sheet.text(row, 0, counts.noun, formats.head)
    for column, coverage in enumerate(DEFINITIONS, 1):
        sheet.text(row, column, sign_of(coverage), formats.coverage[coverage])
    last = len(DEFINITIONS) + 1
    sheet.text(row, last, "pairs", formats.head)
    for name, numbers in counts.rows:
        row += 1
        sheet.text(row, 0, name, formats.strong)
        sheet.fit_row(row, sheet.lines(name, sheet.widths[0], formats.strong))
        for column, coverage in enumerate(DEFINITIONS, 1):
            sheet.number(row, column, numbers.get(coverage, 0))
        sheet.number(row, last, sum(numbers.values()))
    return row + 1


def _write_grid(sheet: Worksheet, row: int, grid: Grid) -> int:
    formats = sheet.formats
    names = (grid.corner, *grid.columns)
    for column, name in enumerate(names):
        sheet.text(row, column, name, formats.head)
    heads = zip(names, sheet.widths, strict=True)
    sheet.fit_row(row, max(sheet.lines(name, width, formats.head) for name, width in heads))
    sheet.raw.freeze_panes(row + 1, 1)
    sheet.raw.repeat_rows(row)
    for role, cells in zip(grid.rows, grid.cells, strict=True):
        row += 1
        sheet.text(row, 0, role, formats.strong)
        lines = [sheet.lines(role, sheet.widths[0], formats.strong)]
        for column, cell in enumerate(cells, 1):
            text, cell_format = _cell_in_words(cell), formats.coverage[cell.coverage]
            sheet.text(row, column, isolate_names(text), cell_format)
            lines.append(sheet.lines(text, sheet.widths[column] - _INDENT, cell_format))
        sheet.fit_row(row, max(lines))
    return row + 1


def _grid_widths(grid: Grid) -> list[float]:
    names = (line_width(role, len(role)) for role in grid.rows)
    role = min(_MOST_ROLE, max(_LEAST_ROLE, *names))
    level = (_PICTURE_WIDTH - role) / len(grid.columns)
    return [role] + [min(_MOST_LEVEL, max(_LEAST_LEVEL, level))] * len(grid.columns)


def _cell_in_words(cell: GridCell) -> str:
    # Its coverage, then its instruments and reasons.
    sign = sign_of(cell.coverage)
    head = f"{sign}, {count(cell.number, 'instrument')}" if cell.number else sign
    lines = (head, ", ".join(cell.names), "; ".join(cell.reasons))
    return "\n".join(line for line in lines if line)


def _write_rows(
    sheet: Worksheet, row: int, header: Sequence[str], rows: Iterable[Sequence[Text | TableCell]]
) -> int:
    """Write a table whose columns are those of its page; return the row below it."""
    for column, name in enumerate(header):
        sheet.text(row, column, name, sheet.formats.head)
    for cells in rows:
        row += 1
        texts = [TableCell.of(cell).lines[0] for cell in cells]
        for column, (name, text) in enumerate(zip(header, texts, strict=True)):
            if text and name == _URL:
                sheet.link(row, column, plain(text))
            elif text:
                sheet.text(row, column, plain(text), _format_of(sheet, text))
        widths = zip(texts, sheet.widths, strict=False)
        sheet.fit_row(row, max(count_lines(plain(text), width) for text, width in widths))
    return row + 1


def _format_of(sheet: Worksheet, text: Text) -> CellFormat | None:
    formats = {Style.STRONG: sheet.formats.strong, Style.QUIET: sheet.formats.example}
    match text:
        case (Run(_, style),):
            return formats.get(style)
        case _:
            return None


# About: texts in the second column, and below them the reference tables, which import reads

_ABOUT = (26.0, 90.0)
"""The widths of its columns without reference tables; with them the first is as wide at least."""


def _write_about(sheet: Worksheet, about: AboutSheet) -> Mapping[str, RowRange]:
    """Write the sheet, and return where its tables are, by their titles."""
    sheet.columns(_about_widths(about) if about.tables else _ABOUT)
    row = 0
    # A single text in a row of the first column is the title of a table: rows above the tables have two texts.
    for block in about.blocks:
        match block:
            case Fields(fields):
                for field in fields:
                    text = plain(field.lines[0])
                    sheet.text(row, 0, field.label, sheet.formats.strong)
                    sheet.text(row, 1, isolate_names(text), sheet.formats.beside)
                    sheet.fit_row(row, count_lines(text, sheet.widths[1]))
                    row += 1
            case Legend():
                for coverage, meaning in DEFINITIONS.items():
                    sheet.text(row, 0, sign_of(coverage), sheet.formats.coverage[coverage])
                    sheet.text(row, 1, meaning, sheet.formats.beside)
                    sheet.fit_row(row, count_lines(meaning, sheet.widths[1]))
                    row += 1
    ranges = {}
    title = sheet.formats.title
    for table in about.tables:
        sheet.text(row + 1, 0, table.title, title)
        sheet.raw.set_row(row + 1, row_height(1, title.size))
        first, row = row + 3, _write_rows(sheet, row + 2, table.header, table.rows)
        # Includes the empty row below it, into which people type new records.
        ranges[table.title] = RowRange(about.name, first, row)
    return ranges


def _about_widths(about: AboutSheet) -> list[float]:
    heads = zip_longest(*(table.header for table in about.tables), fillvalue="")
    least = [max(line_width(name, len(name)) for name in column) for column in heads]
    texts = [
        plain(field.lines[0])
        for block in about.blocks
        if isinstance(block, Fields)
        for field in block.fields
    ]
    rows = (row for table in about.tables for row in table.rows)
    columns = list(zip_longest(*rows, fillvalue=""))
    columns[1] += (*texts, *DEFINITIONS.values())
    return fit_columns([max(least[0], _ABOUT[0]), *least[1:]], columns)
