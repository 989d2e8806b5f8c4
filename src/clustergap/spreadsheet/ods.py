"""An OpenDocument spreadsheet to its sheets."""

import re
from collections.abc import Callable, Mapping

from clustergap.spreadsheet.grid import Grid, too_long
from clustergap.spreadsheet.limits import Budget, SpreadsheetError
from clustergap.spreadsheet.number_format import format_shown_date
from clustergap.spreadsheet.package import Package, protected
from clustergap.spreadsheet.sheet import Address, Area, Position, Sheet, SheetMetadata

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"


def read_ods(package: Package, budget: Budget) -> list[Sheet]:
    """Read all sheets of a spreadsheet.

    Raises:
        SpreadsheetError: It is none, is damaged, protected by a password, or holds too much.
    """
    package.walk(_MANIFEST, {"encryption-data": _refuse})
    reader = _ContentReader(budget)
    package.walk(_CONTENT, reader.begins, reader.ends, reader.text.add)
    if not reader.is_spreadsheet:
        message = "the file is no OpenDocument spreadsheet, whatever its name says"
        raise SpreadsheetError(message, "save it as .ods")
    return [grid.sheet() for grid in reader.grids]


def _refuse(_attributes: Mapping[str, str]) -> None:
    raise protected()


class _ContentReader:
    """One walk through all sheets. A row or cell may stand for many; those with something in them are filled."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.text = CellText(budget.limits.cell_text, self.too_long)
        self.grids: list[Grid] = []
        self.is_spreadsheet = False
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.row = self.column = 0
        self.row_repeats, self.row_is_hidden = 1, False
        self.cell: Mapping[str, str] = {}
        self.begins = {
            **self.text.begins,
            "spreadsheet": self.begin_spreadsheet,
            "style": self.begin_style,
            "table-properties": self.table_properties,
            "table": self.begin_table,
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
        name = self.grids[-1].metadata.name if self.grids else ""
        return too_long(Address(name, self.row, self.column), self.budget.limits.cell_text)

    def begin_spreadsheet(self, _attributes: Mapping[str, str]) -> None:
        self.is_spreadsheet = True

    def begin_style(self, attributes: Mapping[str, str]) -> None:
        self.style = attributes.get("name", "")

    def table_properties(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("display") == "false":
            self.hidden_styles.add(self.style)

    def begin_table(self, attributes: Mapping[str, str]) -> None:
        is_hidden = attributes.get("style-name") in self.hidden_styles
        metadata = SheetMetadata(attributes.get("name", ""), is_hidden=is_hidden)
        self.grids.append(Grid(metadata, self.budget))
        most = self.budget.limits.sheets
        if len(self.grids) > most:
            raise SpreadsheetError(f"the file has more than {most:,} sheets")
        self.row = self.column = 0

    def begin_column(self, attributes: Mapping[str, str]) -> None:
        last = self.column + number(attributes, "number-columns-repeated")
        if self.grids and attributes.get("visibility", "visible") != "visible":
            self.grids[-1].hide_columns(self.column, last)
        self.column = last

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        self.column = 0
        self.row_repeats = number(attributes, "number-rows-repeated")
        self.row_is_hidden = attributes.get("visibility", "visible") != "visible"

    def end_row(self) -> None:
        if self.grids:
            grid, next_row = self.grids[-1], self.row + self.row_repeats
            grid.repeat(self.row, self.row_repeats)
            if self.row_is_hidden:
                # One empty row may stand for very many.
                grid.metadata.hidden_rows += range(self.row, min(next_row, len(grid.rows)))
        self.row += self.row_repeats

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        self.cell = attributes
        self.text.take()

    def end_cell(self) -> None:
        cell, text = self.cell, self.text.take()
        first = (self.row, self.column)
        self.column += number(cell, "number-columns-repeated")
        if not self.grids:
            return
        if text or "value-type" in cell or "formula" in cell:
            self.fill(range(first[1], self.column), cell, _seen(cell, text))
        if "number-matrix-rows-spanned" in cell:
            self.grids[-1].mark_formula_range(_area(cell, first, "matrix-"))
        area = _area(cell, first)
        if area.last != first:
            self.grids[-1].merge(area)

    def fill(self, columns: range, cell: Mapping[str, str], text: str) -> None:
        grid = self.grids[-1]
        is_error = cell.get("calcext:value-type", cell.get("value-type")) == "error"
        for column in columns:
            grid.fill(self.row, column, text)
            if "formula" in cell:
                grid.metadata.formulas.add((self.row, column))
            if is_error:
                grid.metadata.errors.add((self.row, column))


def _seen(cell: Mapping[str, str], shown: str) -> str:
    match cell.get("value-type"):
        case "date":
            return format_shown_date(cell.get("date-value", ""), shown)
        case "boolean":
            return cell.get("boolean-value", "").upper()
        case _:
            return shown or cell.get("string-value", cell.get("value", ""))


def _area(cell: Mapping[str, str], first: Position, of: str = "") -> Area:
    high = number(cell, f"number-{of}rows-spanned")
    wide = number(cell, f"number-{of}columns-spanned")
    return Area(first, (first[0] + high - 1, first[1] + wide - 1))


_SKIPPED = (
    "annotation", "ruby-text", "shapes", "frame", "custom-shape", "caption", "rect", "ellipse", "g",
)  # fmt: skip
"""What may stand within a cell and has paragraphs of its own: comments, readings of Japanese, drawings."""

_BROKEN = re.compile(r"[ \t\r]*\n\s*")
"""Where the writer of the XML broke a line, and the text did not."""

_SPACE, _BREAK, _TAB = "\0", "\1", "\2"
"""Stand for what was marked; XML cannot hold them."""

_MARKS = str.maketrans({_SPACE: " ", _BREAK: "\n", _TAB: "\t"})


class CellText:
    """Gathers the paragraphs of a cell; *too_long* makes the error of one that holds more than the *longest*."""

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
        """Take a piece of text."""
        if self.in_paragraph and not self.skipped:
            self.pieces.append(text)
            self.lengthen(len(text))

    def lengthen(self, more: int) -> None:
        """Count characters, and line breaks between paragraphs.

        Raises:
            SpreadsheetError: They are more than a cell may hold.
        """
        self.length += more
        if self.length > self.longest:
            raise self.too_long()

    def take(self) -> str:
        """Return the text, and begin another."""
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
        """Take spaces."""
        self.add(_SPACE * min(number(attributes, "c"), self.longest + 1))

    def begin_skipped(self, _attributes: Mapping[str, str]) -> None:
        """Begin what is no text of the cell."""
        self.skipped += 1

    def end_skipped(self) -> None:
        """End it."""
        self.skipped -= 1


_DIGITS = 9
"""Digits of a number that are read: whatever has more is too many anyway."""


def number(attributes: Mapping[str, str], name: str) -> int:
    """Return a number from 1 that says how many; 1 if nothing does."""
    text = attributes.get(name, "1")[:_DIGITS]
    return max(int(text), 1) if text.isascii() and text.isdecimal() else 1
