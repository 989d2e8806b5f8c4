"""The cells of one sheet of an Excel workbook."""

from collections.abc import Mapping
from typing import NamedTuple

from clustergap.importing.address import Address, read_reference
from clustergap.importing.facts import Area
from clustergap.importing.grid import Grid
from clustergap.importing.number_format import GENERAL, see, see_day
from clustergap.importing.package import Package
from clustergap.importing.parts import TRUE
from clustergap.importing.problem import refuse
from clustergap.importing.rich_text import RichText, unescape
from clustergap.wording import quote

_FOR_MANY = ("array", "dataTable")


class Shared(NamedTuple):
    """What the cells of all sheets refer to: texts, number formats, and from which year days are counted."""

    strings: list[str]
    formats: Mapping[str, str]
    is_1904: bool


def read_cells(package: Package, part: str, grid: Grid, shared: Shared) -> None:
    """Read the cells of a sheet.

    Raises:
        SheetError: The part is no XML, or holds too much.
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
            self.grid.facts.hidden_rows.append(self.row)

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
            raise refuse(f"the file is damaged: it has a cell {quote(said)}", "save it again")
        self.row, self.column = place
        self.row_said = str(self.row + 1)
        self.by_letters[letters] = self.column

    def end_cell(self) -> None:
        stored, grid = self.text.take(), self.grid
        if not stored and not self.has_formula:
            grid.room.take(1)
            return
        self.row = max(self.row, 0)
        grid.fill(self.row, self.column, self.seen(stored))
        if self.type == "e":
            grid.facts.errors.add((self.row, self.column))
        if self.has_formula:
            grid.facts.formulas.add((self.row, self.column))

    def seen(self, stored: str) -> str:
        match self.type:
            case "s":
                strings = self.shared.strings
                if not _is_number(stored, least=0) or int(stored) >= len(strings):
                    message = f"the file is damaged: the text of {Address(self.grid.facts.name, self.row, self.column)} is missing"
                    raise refuse(message, "save it again")
                return strings[int(stored)]
            case "inlineStr" | "str":
                return unescape(stored)
            case "b":
                return "TRUE" if stored.strip() in TRUE else "FALSE"
            case "d":
                return see_day(stored, self.format())
            case "n" if stored:
                return see(stored, self.format(), is_1904=self.shared.is_1904)
            case _:
                return stored

    def format(self) -> str:
        return self.shared.formats.get(self.style, GENERAL)

    def formula(self, attributes: Mapping[str, str]) -> None:
        self.has_formula = True
        # Of a formula for many cells only the first says so.
        area = _area(attributes.get("ref", "")) if attributes.get("t") in _FOR_MANY else None
        if area:
            self.grid.reckon(area)

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
