"""What the words of coverage mean, each beside a cell that looks like it."""

from clustergap.render.xlsx.sheet import Sheet
from clustergap.render.xlsx.shown import shown
from clustergap.theme import DEFINITIONS


def write_legend(sheet: Sheet, row: int) -> int:
    """Write the meanings from a row on, and return the row below them."""
    for coverage, meaning in DEFINITIONS.items():
        sheet.text(row, 0, shown(coverage), sheet.looks.coverage[coverage])
        sheet.across(row, 1, meaning, sheet.looks.beside)
        row += 1
    return row
