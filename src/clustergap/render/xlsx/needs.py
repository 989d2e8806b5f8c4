"""The sheet Needs: each gap as a need, level by level, the most pressing first."""

from clustergap.analysis.needs import Needs
from clustergap.render.rows.need_rows import HEADER, rows
from clustergap.render.xlsx.sheet import Sheet
from clustergap.render.xlsx.table import write_list

NAME = "Needs"


def write_needs(sheet: Sheet, found: Needs) -> None:
    """Write the sheet."""
    write_list(sheet, HEADER, list(rows(found)), "No needs: there are no gaps.")
