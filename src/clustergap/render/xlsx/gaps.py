"""The sheet Gaps: what is not covered, or only partly, worst first."""

from clustergap.analysis.gaps import Gaps
from clustergap.answers.gaps import HEADER, rows
from clustergap.render.xlsx.sheet import Sheet
from clustergap.render.xlsx.table import write_list

NAME = "Gaps"


def write_gaps(sheet: Sheet, found: Gaps) -> None:
    """Write the sheet."""
    write_list(sheet, HEADER, list(rows(found).rows), "No gaps.")
