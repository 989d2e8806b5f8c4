"""The sheet Cells: the matrix as a list, one row a cell."""

from clustergap.analysis.matrix import Matrix
from clustergap.render.grammar.matrix_columns import COLUMNS
from clustergap.render.rows.matrix_rows import rows
from clustergap.render.xlsx.sheet import Sheet
from clustergap.render.xlsx.table import write_list

NAME = "Cells"


def write_cells(sheet: Sheet, matrix: Matrix) -> None:
    """Write the sheet."""
    write_list(sheet, COLUMNS, list(rows(matrix)), "No cells.")
