"""What is fragile, as CSV: one row a risk, what would lose most first."""

from clustergap.analysis.risks import Risks
from clustergap.render.grammar.csv_text import write_csv
from clustergap.render.origin import Origin
from clustergap.render.rows.risk_rows import HEADER, rows


def render(found: Risks, origin: Origin) -> str:
    return write_csv(HEADER, rows(found), origin)
