"""The needs as CSV: one row a need, level by level, the most pressing first."""

from clustergap.analysis.needs import Needs
from clustergap.render.grammar.csv_text import write_csv
from clustergap.render.origin import Origin
from clustergap.render.rows.need_rows import HEADER, rows


def render(found: Needs, origin: Origin) -> str:
    return write_csv(HEADER, rows(found), origin)
