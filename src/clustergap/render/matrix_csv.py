"""The matrix as CSV: one row a cell."""

from clustergap.analysis.matrix import Matrix
from clustergap.document import Origin, Rows
from clustergap.render.grammar.matrix_columns import COLUMNS
from clustergap.render.rows.matrix_rows import rows
from clustergap.writers.csv import write_csv


def render(matrix: Matrix, origin: Origin) -> str:
    return write_csv(Rows(COLUMNS, rows(matrix)), origin)
