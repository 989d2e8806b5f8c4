"""What coverage rests on, for the terminal."""

from rich.console import Group, RenderableType
from rich.text import Text

from clustergap.analysis.what_if import Keystones
from clustergap.answers.what_if import cells_in_words, keystones_in_words
from clustergap.document import Origin
from clustergap.theme import Shapes
from clustergap.writers.terminal import headed_table


def render(found: Keystones, _origin: Origin, shapes: Shapes) -> RenderableType:
    headers = ("Instrument", "Gaps", "Serves", "What would be a gap without it")
    table = headed_table(shapes, *headers)
    for column in table.columns[1:3]:
        column.justify = "right"
    for one in found.ranked:
        table.add_row(
            Text(one.instrument.label),
            str(len(one.opens)),
            str(len(one.serves)),
            Text(cells_in_words(found.matrix, one.opens)),
        )
    return Group(Text(keystones_in_words(found), style="bold"), Text(), table)
