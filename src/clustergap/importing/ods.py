"""An OpenDocument spreadsheet to its sheets."""

from collections.abc import Mapping

from clustergap.errors import ClusterGapError
from clustergap.importing.address import Address
from clustergap.importing.facts import Area, Facts, Position
from clustergap.importing.grid import Grid, Room, too_long
from clustergap.importing.number_format import see_shown
from clustergap.importing.ods_text import CellText, number
from clustergap.importing.package import Package, protected
from clustergap.importing.problem import refuse
from clustergap.importing.sheet import Sheet

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"


def read_ods(package: Package, room: Room) -> list[Sheet]:
    """Read all sheets of a spreadsheet.

    Raises:
        SheetError: It is none, is damaged, protected by a password, or holds too much.
    """
    package.walk(_MANIFEST, {"encryption-data": _refuse})
    reader = _ContentReader(room)
    package.walk(_CONTENT, reader.begins, reader.ends, reader.text.add)
    if not reader.is_spreadsheet:
        message = "the file is no OpenDocument spreadsheet, whatever its name says"
        raise refuse(message, "save it as .ods")
    return [grid.sheet() for grid in reader.grids]


def _refuse(_attributes: Mapping[str, str]) -> None:
    raise protected()


class _ContentReader:
    """One walk through all sheets. A row or cell may stand for many; those with something in them are filled."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.text = CellText(room.limits.cell_text, self.too_long)
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

    def too_long(self) -> ClusterGapError:
        name = self.grids[-1].facts.name if self.grids else ""
        return too_long(Address(name, self.row, self.column), self.room.limits.cell_text)

    def begin_spreadsheet(self, _attributes: Mapping[str, str]) -> None:
        self.is_spreadsheet = True

    def begin_style(self, attributes: Mapping[str, str]) -> None:
        self.style = attributes.get("name", "")

    def table_properties(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("display") == "false":
            self.hidden_styles.add(self.style)

    def begin_table(self, attributes: Mapping[str, str]) -> None:
        is_hidden = attributes.get("style-name") in self.hidden_styles
        facts = Facts(attributes.get("name", ""), is_hidden=is_hidden)
        self.grids.append(Grid(facts, self.room))
        most = self.room.limits.sheets
        if len(self.grids) > most:
            raise refuse(f"the file has more than {most:,} sheets")
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
                grid.facts.hidden_rows += range(self.row, min(next_row, len(grid.rows)))
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
            self.grids[-1].reckon(_area(cell, first, "matrix-"))
        area = _area(cell, first)
        if area.last != first:
            self.grids[-1].merge(area)

    def fill(self, columns: range, cell: Mapping[str, str], text: str) -> None:
        grid = self.grids[-1]
        is_error = cell.get("calcext:value-type", cell.get("value-type")) == "error"
        for column in columns:
            grid.fill(self.row, column, text)
            if "formula" in cell:
                grid.facts.formulas.add((self.row, column))
            if is_error:
                grid.facts.errors.add((self.row, column))


def _seen(cell: Mapping[str, str], shown: str) -> str:
    match cell.get("value-type"):
        case "date":
            return see_shown(cell.get("date-value", ""), shown)
        case "boolean":
            return cell.get("boolean-value", "").upper()
        case _:
            return shown or cell.get("string-value", cell.get("value", ""))


def _area(cell: Mapping[str, str], first: Position, of: str = "") -> Area:
    high = number(cell, f"number-{of}rows-spanned")
    wide = number(cell, f"number-{of}columns-spanned")
    return Area(first, (first[0] + high - 1, first[1] + wide - 1))
