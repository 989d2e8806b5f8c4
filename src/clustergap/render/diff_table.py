"""What changed between two datasets, for the terminal."""

from rich.console import RenderableType

from clustergap.analysis.diff import Difference
from clustergap.document import Origins
from clustergap.render.grammar.difference_table import draw_difference
from clustergap.theme import Shapes


def render(found: Difference, origins: Origins, shapes: Shapes) -> RenderableType:
    return draw_difference(found, origins, shapes)
