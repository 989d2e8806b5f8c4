"""The cells of one sheet of an Excel workbook, and text as Excel stores it."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from clustergap.spreadsheet.grid import Grid
from clustergap.spreadsheet.limits import SpreadsheetError
from clustergap.spreadsheet.number_format import (
    GENERAL,
    format_date,
    format_number,
    format_text,
)
from clustergap.spreadsheet.package import Package
from clustergap.spreadsheet.sheet import Address, Area, read_reference
from clustergap.text import quote

TRUE = ("1", "true", "on")
"""How XML says yes."""

_FOR_MANY = ("array", "dataTable")


class Shared(NamedTuple):
    """What the cells of all sheets refer to: texts, number formats, and from which year days are counted.

    Formats go by the styles of cells; ``text_formats`` are those that show a text otherwise than it is stored.
    """

    strings: list[str]
    formats: Mapping[str, str]
    text_formats: Mapping[str, str]
    is_1904: bool


def read_cells(package: Package, part: str, grid: Grid, shared: Shared) -> None:
    """Read the cells of a sheet.

    Raises:
        SpreadsheetError: The part is no XML, or holds too much.
    """
    reader = _SheetReader(grid, shared)
    package.walk(part, reader.begins, reader.ends, reader.text.add)


class _SheetReader:
    """One walk through a sheet; a cell or row that does not say where it stands stands behind the one before."""

    def __init__(self, grid: Grid, shared: Shared) -> None:
        self.grid, self.shared = grid, shared
        self.text = RichText(grid.limits.cell_text)
        self.row = self.column = -1
        self.row_said = ""
        self.by_letters: dict[str, int] = {}
        self.type = self.style = ""
        self.has_formula = False
        self.begins = {
            **self.text.begins,
            "row": self.begin_row,
            "c": self.begin_cell,
            "f": self.formula,
            "col": self.columns,
            "mergeCell": self.merge,
        }
        self.ends = {**self.text.ends, "c": self.end_cell}

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        said = attributes.get("r", "")
        self.row = int(said) - 1 if _is_number(said) else self.row + 1
        self.grid.reach(self.row)
        self.column, self.row_said = -1, str(self.row + 1)
        if attributes.get("hidden") in TRUE:
            self.grid.metadata.hidden_rows.append(self.row)

    def begin_cell(self, attributes: Mapping[str, str]) -> None:
        said = attributes.get("r")
        if said is None:
            self.column += 1
        else:
            letters = said.rstrip("0123456789")
            column = self.by_letters.get(letters)
            # Nearly every cell stands in the row that holds it, and in a column that was named before.
            if column is not None and said[len(letters) :] == self.row_said:
                self.column = column
            else:
                self.go_to(said, letters)
        self.type, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.has_formula = False

    def go_to(self, said: str, letters: str) -> None:
        place = read_reference(said)
        if place is None:
            raise SpreadsheetError(
                f"the file is damaged: it has a cell {quote(said)}", "save it again"
            )
        self.row, self.column = place
        self.row_said = str(self.row + 1)
        self.by_letters[letters] = self.column

    def end_cell(self) -> None:
        stored, grid = self.text.take(), self.grid
        if not stored and not self.has_formula:
            return
        self.row, self.column = (
            max(self.row, 0),
            max(self.column, 0),
        )  # a row begins within the cell
        grid.fill(self.row, self.column, self.seen(stored))
        if self.type == "e":
            grid.mark_error(self.row, self.column)
        if self.has_formula:
            grid.mark_formula(self.row, self.column)

    def seen(self, stored: str) -> str:
        match self.type:
            case "s":
                return self.looks(self.string(stored))
            case "inlineStr" | "str":
                return self.looks(unescape(stored))
            case "b":
                return "TRUE" if stored.strip() in TRUE else "FALSE"
            case "d":
                return format_date(stored, self.format())
            case "n" if stored:
                return format_number(stored, self.format(), is_1904=self.shared.is_1904)
            case _:
                return stored

    def string(self, stored: str) -> str:
        strings = self.shared.strings
        if _is_number(stored, least=0) and int(stored) < len(strings):
            return strings[int(stored)]
        at = Address(self.grid.metadata.name, self.row, self.column)
        message = f"the file is damaged: the text of {at} is missing"
        raise SpreadsheetError(message, "save it again")

    def looks(self, text: str) -> str:
        code = self.shared.text_formats.get(self.style)
        return format_text(text, code) if code else text

    def format(self) -> str:
        return self.shared.formats.get(self.style, GENERAL)

    def formula(self, attributes: Mapping[str, str]) -> None:
        self.has_formula = True
        # Of a formula for many cells only the first says so.
        area = _area(attributes.get("ref", "")) if attributes.get("t") in _FOR_MANY else None
        if area:
            self.grid.mark_formula_range(area)

    def columns(self, attributes: Mapping[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden") in TRUE and _is_number(first) and _is_number(last):
            self.grid.hide_columns(int(first) - 1, int(last))

    def merge(self, attributes: Mapping[str, str]) -> None:
        area = _area(attributes.get("ref", ""))
        if area:
            self.grid.merge(area)


def _area(reference: str) -> Area | None:
    first, _, last = reference.partition(":")
    start, end = read_reference(first), read_reference(last)
    return Area(start, end) if start and end else None


_MOST_DIGITS = 9


def _is_number(text: str, least: int = 1) -> bool:
    """Tell whether a text is a whole number of not too many digits."""
    return len(text) <= _MOST_DIGITS and text.isascii() and text.isdecimal() and int(text) >= least


_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class RichText:
    """Gathers the text between the tags ``t`` and ``v``, but for how Japanese is read aloud; not much *longest*."""

    def __init__(self, longest: int) -> None:
        self.longest = longest
        self.pieces: list[str] = []
        self.kept = 0
        self.is_aloud = False
        self.begins = {"t": self.begin, "v": self.begin, "rPh": self.begin_aloud}
        self.ends = {"t": self.end, "v": self.end, "rPh": self.end_aloud}
        self.length = 0

    def add(self, text: str) -> None:
        """Take a piece, unless there are more than a cell can hold already."""
        if self.length <= self.longest:
            self.pieces.append(text)
            self.length += len(text)

    def take(self) -> str:
        """Return the text, and begin another."""
        pieces = self.pieces
        text = pieces[0] if self.kept == 1 else "".join(pieces[: self.kept])
        pieces.clear()
        self.kept = self.length = 0
        return text

    def begin(self, _attributes: Mapping[str, str]) -> None:
        """Begin a piece that is text; what came since the last one is not."""
        del self.pieces[self.kept :]

    def end(self) -> None:
        """End the piece."""
        if not self.is_aloud:
            self.kept = len(self.pieces)

    def begin_aloud(self, _attributes: Mapping[str, str]) -> None:
        """Begin what tells how to read the text aloud."""
        self.is_aloud = True

    def end_aloud(self) -> None:
        """End it."""
        self.is_aloud = False


def unescape(text: str) -> str:
    r"""Return the characters that Excel writes as their codes; lines end in LF.

    >>> unescape("a_x000D_\nb_x005F_x000D_")
    'a\nb_x000D_'
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        # Two codes may be the halves of one character.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
