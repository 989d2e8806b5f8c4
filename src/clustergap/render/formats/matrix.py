"""Formats of the matrix."""

from collections.abc import Callable, Mapping

from clustergap.analysis.matrix import Matrix
from clustergap.render import matrix_csv, matrix_json, matrix_md, matrix_svg
from clustergap.render.choices import MatrixFormat
from clustergap.render.origin import Origin

MATRIX: Mapping[MatrixFormat, Callable[[Matrix, Origin], str]] = {
    MatrixFormat.JSON: matrix_json.render,
    MatrixFormat.CSV: matrix_csv.render,
    MatrixFormat.MD: matrix_md.render,
    MatrixFormat.SVG: matrix_svg.render,
}
