"""The needs as CSV: one row a need, level by level, the most pressing first."""

from clustergap.analysis.needs import Needs
from clustergap.document import Origin, Rows
from clustergap.render.rows.need_rows import HEADER, rows
from clustergap.writers.csv import write_csv


def render(found: Needs, origin: Origin) -> str:
    return write_csv(Rows(HEADER, rows(found)), origin)
