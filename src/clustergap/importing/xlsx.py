"""An Excel workbook to its sheets."""

from clustergap.importing.facts import Facts
from clustergap.importing.grid import Grid, Room
from clustergap.importing.package import Package
from clustergap.importing.parts import find_parts
from clustergap.importing.rich_text import read_strings
from clustergap.importing.sheet import Sheet
from clustergap.importing.styles import read_styles
from clustergap.importing.xlsx_sheet import Shared, read_cells


def read_xlsx(package: Package, room: Room) -> list[Sheet]:
    """Read all sheets of a workbook.

    Raises:
        SheetError: It is none, is damaged, or holds too much.
    """
    parts = find_parts(package)
    # The table of texts and the cells each may take all the room: the cells hold the texts of the table.
    strings = read_strings(package, parts.strings, Room(package.limits))
    shared = Shared(strings, read_styles(package, parts.styles), parts.is_1904)
    sheets = []
    for name, is_hidden, part in parts.sheets:
        grid = Grid(Facts(name, is_hidden=is_hidden), room)
        read_cells(package, part, grid, shared)
        sheets.append(grid.sheet())
    return sheets
