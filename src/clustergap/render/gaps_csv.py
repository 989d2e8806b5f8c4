"""The gaps as CSV: one row a gap, worst first."""

from clustergap.analysis.gaps import Gaps
from clustergap.document import Origin
from clustergap.render.rows.gap_rows import HEADER, rows
from clustergap.writers.csv import write_csv


def render(found: Gaps, origin: Origin) -> str:
    return write_csv(HEADER, rows(found), origin)
