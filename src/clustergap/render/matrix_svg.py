"""The matrix as a picture for slides and pages: one file, no font of its own, nothing clipped."""

from clustergap.analysis.matrix import Matrix
from clustergap.document import Origin
from clustergap.render.grammar.drawn import Drawn
from clustergap.render.grammar.matrix_picture import draw_matrix
from clustergap.render.grammar.size import Size


def render(matrix: Matrix, origin: Origin, size: Size | None = None) -> Drawn[str]:
    return draw_matrix(matrix, origin, size)
