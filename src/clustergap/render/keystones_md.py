"""What coverage rests on, as Markdown."""

from clustergap.analysis.what_if import Keystones
from clustergap.render.grammar.markdown import escape, table
from clustergap.render.origin import Origin
from clustergap.render.what_if_words import cells_in_words, keystones_in_words

HEADER = ("Instrument", "Gaps", "Serves", "What would be a gap without it")


def render(found: Keystones, _origin: Origin) -> str:
    rows = [
        [
            escape(one.instrument.label),
            str(len(one.opens)),
            str(len(one.serves)),
            escape(cells_in_words(found.matrix, one.opens)),
        ]
        for one in found.ranked
    ]
    return f"**{escape(keystones_in_words(found))}**\n\n{table(HEADER, rows)}"
