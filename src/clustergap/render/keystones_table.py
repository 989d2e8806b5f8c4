"""What coverage rests on, for the terminal."""

from rich.console import Group, RenderableType
from rich.text import Text

from clustergap.analysis.keystones import Keystones
from clustergap.render.grammar.tables import open_table
from clustergap.render.look import Shapes
from clustergap.render.origin import Origin
from clustergap.render.what_if_words import cells_in_words, keystones_in_words


def render(found: Keystones, _origin: Origin, shapes: Shapes) -> RenderableType:
    table = open_table(shapes, gap=2)
    table.add_column("Instrument", overflow="fold")
    table.add_column("Gaps", justify="right")
    table.add_column("Serves", justify="right")
    table.add_column("What would be a gap without it", overflow="fold")
    for one in found.ranked:
        table.add_row(
            Text(one.instrument.label),
            str(len(one.opens)),
            str(len(one.serves)),
            Text(cells_in_words(found.matrix, one.opens)),
        )
    return Group(Text(keystones_in_words(found), style="bold"), Text(), table)
