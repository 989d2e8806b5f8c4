"""What is fragile, as CSV: one row a risk, what would lose most first."""

from clustergap.analysis.risks import Risks
from clustergap.document import Origin
from clustergap.render.rows.risk_rows import HEADER, rows
from clustergap.writers.csv import write_csv


def render(found: Risks, origin: Origin) -> str:
    return write_csv(HEADER, rows(found), origin)
