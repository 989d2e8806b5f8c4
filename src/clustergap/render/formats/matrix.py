"""Formats of the matrix."""

from collections.abc import Callable, Mapping

from clustergap.analysis.matrix import Matrix
from clustergap.document import Origin
from clustergap.render import (
    matrix_csv,
    matrix_json,
    matrix_md,
    matrix_png,
    matrix_svg,
    matrix_xlsx,
)
from clustergap.render.choices import MatrixFormat
from clustergap.render.grammar.drawn import Drawn
from clustergap.render.grammar.size import Size
from clustergap.writers.markdown import signed

MATRIX: Mapping[MatrixFormat, Callable[[Matrix, Origin], str | bytes]] = {
    MatrixFormat.JSON: matrix_json.render,
    MatrixFormat.CSV: matrix_csv.render,
    MatrixFormat.MD: signed(matrix_md.render),
    MatrixFormat.XLSX: matrix_xlsx.render,
}

PICTURES: Mapping[
    MatrixFormat, Callable[[Matrix, Origin, Size | None], Drawn[str] | Drawn[bytes]]
] = {
    MatrixFormat.SVG: matrix_svg.render,
    MatrixFormat.PNG: matrix_png.render,
}
"""Those that are looked at, and can be asked for in a size."""
