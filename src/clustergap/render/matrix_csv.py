"""The matrix as CSV: one row a cell."""

from clustergap.analysis.matrix import Matrix
from clustergap.render.grammar.csv_text import write_csv
from clustergap.render.grammar.matrix_columns import COLUMNS
from clustergap.render.origin import Origin
from clustergap.render.rows.matrix_rows import rows


def render(matrix: Matrix, origin: Origin) -> str:
    return write_csv(COLUMNS, rows(matrix), origin)
