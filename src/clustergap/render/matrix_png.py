"""The matrix as a PNG, for programs that take no SVG: the same pixels on every machine."""

from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import describe
from clustergap.document import Origin
from clustergap.errors import ClusterGapError
from clustergap.render.grammar.drawn import Drawn
from clustergap.render.grammar.matrix_picture import draw_matrix
from clustergap.render.grammar.png import rasterise
from clustergap.render.grammar.size import LONGEST_SIDE, Size
from clustergap.text import one_of
from clustergap.text_metrics import missing_letters

CRISP = 2.0
"""Pixels of a screen per pixel of the SVG, where nobody asks for a size: sharp on slides and in print."""


def render(matrix: Matrix, origin: Origin, size: Size | None = None) -> Drawn[bytes]:
    """Draw the matrix, exactly as large as *size* if it is given.

    Raises:
        MissingExtraError: What draws is not installed.
        ClusterGapError: It would be too large.
    """
    svg = draw_matrix(matrix, origin, size)
    zoom = 1.0 if size else _zoom(svg.size)
    texts = {"Title": matrix.dataset.title, "Description": describe(matrix, origin)}
    png = rasterise(svg.document, zoom, texts)
    own = Size(round(svg.size.width * zoom), round(svg.size.height * zoom))
    return Drawn(png, own, (*svg.remarks, *_missing_letters(svg.document)))


def _zoom(size: Size) -> float:
    zoom = min(CRISP, LONGEST_SIDE / max(size))
    if zoom < 1:
        raise ClusterGapError(
            f"the picture would have {size.width} x {size.height} pixels, more than {LONGEST_SIDE:,} a side: "
            "show less with --role and --level, say --size WIDTHxHEIGHT, or write an SVG"
        )
    return zoom


def _missing_letters(svg: str) -> list[str]:
    # Whatever stands in the document beside the words that are drawn is ASCII, which every font has.
    missing = missing_letters(svg)
    if not missing:
        return []
    return [f"the picture's font lacks {one_of(missing)}; an SVG is drawn with the reader's fonts"]
