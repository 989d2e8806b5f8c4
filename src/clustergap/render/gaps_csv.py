"""The gaps as CSV: one row a gap, worst first."""

from clustergap.analysis.gaps import Gaps
from clustergap.render.grammar.csv_text import write_csv
from clustergap.render.origin import Origin
from clustergap.render.rows.gap_rows import HEADER, rows


def render(found: Gaps, origin: Origin) -> str:
    return write_csv(HEADER, rows(found), origin)
