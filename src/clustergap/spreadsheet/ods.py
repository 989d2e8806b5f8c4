"""Reads the sheets of an OpenDocument spreadsheet."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from clustergap.spreadsheet.number_format import format_date, format_number, format_text
from clustergap.spreadsheet.ods_styles import OdsStyles
from clustergap.spreadsheet.package import Package, feed, make_parser, protected, walk
from clustergap.spreadsheet.sheet import (
    Address,
    Area,
    Position,
    Sheet,
    SheetLimits,
    SheetMetadata,
    SpreadsheetError,
    StoredSheet,
)
from clustergap.spreadsheet.sheet_builder import EnoughRows, SheetBuilder, too_long

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
FALSE = ("false", "0")
"""False values in XML."""

_DURATION = re.compile(r"(-?)PT([0-9]{1,9})H([0-9]{1,2})M([0-9]{1,2}(?:[.,][0-9]*)?)S")


class _SheetSpan(NamedTuple):
    """A sheet in the content: its name, whether it is hidden, and the range of its bytes."""

    name: str
    is_hidden: bool
    begin: int
    end: int


def read_ods(package: Package) -> list[Sheet]:
    """Find the sheets of a spreadsheet; each is read only when needed.

    Raises:
        SpreadsheetError: It is not a spreadsheet, is damaged, or protected by a password.
    """
    package.walk(_MANIFEST, {"encryption-data": _refuse})
    styles = OdsStyles(package.limits)
    package.walk(_STYLES, styles.begins, styles.ends, styles.add_text)
    content = package.read(_CONTENT)
    tables = _TableFinder(styles, package.limits)
    if content:
        tables.find(content)
    if not tables.is_spreadsheet:
        message = "the file is no OpenDocument spreadsheet, whatever its name says"
        raise SpreadsheetError(message, "save it as .ods")
    read = partial(_read_table, content, styles, package.limits)
    return [
        StoredSheet(table.name, partial(read, table), is_hidden=table.is_hidden)
        for table in tables.parts
    ]


def _refuse(_attributes: Mapping[str, str]) -> None:
    raise protected()


def _pieces(content: bytes, begin: int, end: int, at_once: int) -> Iterator[bytes]:
    for start in range(begin, end, at_once):
        yield content[start : min(start + at_once, end)]


class _TableFinder:
    """One pass over the content, which finds the styles of cells and the ranges of the sheets."""

    def __init__(self, styles: OdsStyles, limits: SheetLimits) -> None:
        self.styles, self.limits = styles, limits
        self.parts: list[_SheetSpan] = []
        self.is_spreadsheet = False
        self.depth = 0
        self.offset: Callable[[], int] = int

    def find(self, content: bytes) -> None:
        begins = {**self.styles.begins, "spreadsheet": self.begin_spreadsheet, "table": self.begin}
        ends = {**self.styles.ends, "table": self.end}
        parser = make_parser(begins, ends, self.styles.add_text, limits=self.limits)
        self.offset = lambda: parser.CurrentByteIndex
        feed(parser, _pieces(content, 0, len(content), self.limits.at_once), self.limits)
        self.parts = [
            # To the end of the last tag, which may also be the first.
            table._replace(end=content.find(b">", table.end) + 1)
            if table.end > table.begin
            else table
            for table in self.parts
        ]

    def begin_spreadsheet(self, _attributes: Mapping[str, str]) -> None:
        self.is_spreadsheet = True

    def begin(self, attributes: Mapping[str, str]) -> None:
        self.depth += 1
        if self.depth == 1:
            is_hidden = attributes.get("style-name") in self.styles.hidden_tables
            at = self.offset()
            self.parts.append(_SheetSpan(attributes.get("name", ""), is_hidden, at, at))
            most = self.limits.sheets
            if len(self.parts) > most:
                raise SpreadsheetError(f"the file has more than {most:,} sheets")

    def end(self) -> None:
        if self.depth == 1:
            self.parts[-1] = self.parts[-1]._replace(end=self.offset())
        self.depth -= 1


def _read_table(
    content: bytes,
    styles: OdsStyles,
    limits: SheetLimits,
    table: _SheetSpan,
    first_rows: int | None,
) -> Sheet:
    builder = SheetBuilder(
        SheetMetadata(table.name, is_hidden=table.is_hidden), limits, first_rows
    )
    reader = _TableReader(builder, styles)
    pieces = _pieces(content, table.begin, table.end, limits.at_once)
    if table.end == table.begin:
        return builder.sheet()
    with suppress(EnoughRows):
        walk(pieces, reader.begins, reader.ends, reader.text.add, limits=limits)
    return builder.sheet()


class _TableReader:
    """One pass over a sheet. A row or cell may be repeated; those with content are filled."""

    def __init__(self, builder: SheetBuilder, styles: OdsStyles) -> None:
        self.builder, self.styles = builder, styles
        self.text = CellText(builder.limits.cell_text, self.too_long)
        self.row = self.column = 0
        self.row_repeats, self.row_is_hidden = 1, False
        self.row_style = ""
        self.column_styles: list[tuple[int, str]] = []
        self.cell: Mapping[str, str] = {}
        self.begins = {
            **self.text.begins,
            "table-column": self.begin_column,
            "table-row": self.begin_row,
            "table-cell": self.begin_cell,
            "covered-table-cell": self.begin_cell,
        }
        self.ends = {
            **self.text.ends,
            "table-row": self.end_row,
            "table-cell": self.end_cell,
            "covered-table-cell": self.end_cell,
        }

    def too_long(self) -> SpreadsheetError:
        at = Address(self.builder.metadata.name, self.row, self.column)
        return too_long(at, self.builder.limits.cell_text)

    def begin_column(self, attributes: Mapping[str, str]) -> None:
        last = self.column + read_count(attributes, "number-columns-repeated")
        if attributes.get("visibility", "visible") != "visible":
            self.builder.hide_columns(self.column, last)
        if self.column < self.builder.limits.columns:
            self.column_styles.append((last, attributes.get("default-cell-style-name", "")))
        self.column = last

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        self.column = 0
        self.builder.reach(self.row)
        self.row_repeats = read_count(attributes, "number-rows-repeated")
        self.row_is_hidden = attributes.get("visibility", "visible") != "visible"
        self.row_style = attributes.get("default-cell-style-name", "")

    def end_row(self) -> None:
        next_row = self.row + self.row_repeats
        self.builder.repeat(self.row, self.row_repeats)
        if self.row_is_hidden:
            # An empty row may be repeated very often.
            last = min(next_row, len(self.builder.rows))
            self.builder.metadata.hidden_rows += range(self.row, last)
        self.row = next_row

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        self.cell = attributes
        self.text.take()

    def end_cell(self) -> None:
        cell, text = self.cell, self.text.take()
        first = (self.row, self.column)
        self.column += read_count(cell, "number-columns-repeated")
        if text or "value-type" in cell or "formula" in cell:
            self.fill(range(first[1], self.column), cell, self.displayed(cell, text))
        if "number-matrix-rows-spanned" in cell:
            self.builder.mark_formula_range(_area(cell, first, "matrix-"))
        area = _area(cell, first)
        if area.last != first:
            self.builder.merge(area)

    def fill(self, columns: range, cell: Mapping[str, str], text: str) -> None:
        is_error = cell.get("calcext:value-type", cell.get("value-type")) == "error"
        for column in columns:
            self.builder.fill(self.row, column, text)
            if "formula" in cell:
                self.builder.mark_formula(self.row, column)
            if is_error:
                self.builder.mark_error(self.row, column)

    def displayed(self, cell: Mapping[str, str], text: str) -> str:
        match cell.get("value-type"):
            case "date":
                return format_date(cell.get("date-value", ""), self.code(cell) or "")
            case "time":
                stored = _days(cell.get("time-value", ""))
                return format_number(stored, self.code(cell) or "h:mm") if stored else text
            case "boolean":
                # A number that is shown as a number is also stored as one.
                return "FALSE" if cell.get("boolean-value", "false") in FALSE else "TRUE"
            case "float" | "percentage" | "currency" if "value" in cell:
                code = self.code(cell)
                if code is None:
                    return text or cell["value"]
                return format_number(cell["value"], code)
            case _:
                stored = cell.get("string-value", cell.get("value", ""))
                return format_text(text or stored, self.code(cell) or "@")

    def code(self, cell: Mapping[str, str]) -> str | None:
        """Return the number format of a cell: its own, its row's or its column's."""
        style = cell.get("style-name") or self.row_style
        if not style:
            at = self.column - 1
            style = next((style for last, style in self.column_styles if at < last), "")
        return self.styles.code(style)


def _days(duration: str) -> str:
    """Return a time as a fraction of a day; empty if it is not a time."""
    match = _DURATION.fullmatch(duration)
    if not match:
        return ""
    sign, hours, minutes, seconds = match.groups()
    of_day = int(hours) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
    return f"{sign}{of_day / 86_400!r}"


def _area(cell: Mapping[str, str], first: Position, of: str = "") -> Area:
    high = read_count(cell, f"number-{of}rows-spanned")
    wide = read_count(cell, f"number-{of}columns-spanned")
    return Area(first, (first[0] + high - 1, first[1] + wide - 1))


_SKIPPED = (
    "annotation", "ruby-text", "shapes", "frame", "custom-shape", "caption", "rect", "ellipse", "g",
)  # fmt: skip
"""Elements within a cell with paragraphs of their own: comments, readings of Japanese, drawings."""

_BROKEN = re.compile(r"[ \t\r]*\n\s*")
"""A line break of the XML that is not one of the text."""

_SPACE, _BREAK, _TAB = "\0", "\1", "\2"
"""Stand for marked-up spaces, line breaks and tabs; XML cannot have these characters."""

_MARKS = str.maketrans({_SPACE: " ", _BREAK: "\n", _TAB: "\t"})


class CellText:
    """Collects the paragraphs of a cell; *too_long* makes the error of a cell with more than *longest* characters."""

    def __init__(self, longest: int, too_long: Callable[[], SpreadsheetError]) -> None:
        self.longest, self.too_long = longest, too_long
        self.pieces: list[str] = []
        self.paragraphs: list[str] = []
        self.in_paragraph, self.skipped, self.length = False, 0, 0
        self.begins = {
            "p": self.begin,
            "s": self.spaces,
            "line-break": lambda _: self.add(_BREAK),
            "tab": lambda _: self.add(_TAB),
            **dict.fromkeys(_SKIPPED, self.begin_skipped),
        }
        self.ends = {"p": self.end, **dict.fromkeys(_SKIPPED, self.end_skipped)}

    def add(self, text: str) -> None:
        """Add a piece of text."""
        if self.in_paragraph and not self.skipped:
            self.pieces.append(text)
            self.lengthen(len(text))

    def lengthen(self, more: int) -> None:
        """Count characters, and line breaks between paragraphs.

        Raises:
            SpreadsheetError: There are more than a cell may have.
        """
        self.length += more
        if self.length > self.longest:
            raise self.too_long()

    def take(self) -> str:
        """Return the text, and start a new one."""
        text = "\n".join(self.paragraphs)
        self.paragraphs.clear()
        self.length = 0
        return text

    def begin(self, _attributes: Mapping[str, str]) -> None:
        """Begin a paragraph."""
        self.in_paragraph = self.in_paragraph or not self.skipped

    def end(self) -> None:
        """End it."""
        if not self.skipped:
            if self.paragraphs:
                self.lengthen(1)
            text = _BROKEN.sub(" ", "".join(self.pieces))
            self.paragraphs.append(text.translate(_MARKS))
            self.pieces.clear()
            self.in_paragraph = False

    def spaces(self, attributes: Mapping[str, str]) -> None:
        """Add spaces."""
        self.add(_SPACE * min(read_count(attributes, "c"), self.longest + 1))

    def begin_skipped(self, _attributes: Mapping[str, str]) -> None:
        """Begin an element that is not text of the cell."""
        self.skipped += 1

    def end_skipped(self) -> None:
        """End it."""
        self.skipped -= 1


_DIGITS = 9
"""Digits of a number that are read: a number with more is too large anyway."""


def read_count(attributes: Mapping[str, str], name: str) -> int:
    """Return a number of repetitions, at least 1, which is also the default."""
    text = attributes.get(name, "1")[:_DIGITS]
    return max(int(text), 1) if text.isascii() and text.isdecimal() else 1
