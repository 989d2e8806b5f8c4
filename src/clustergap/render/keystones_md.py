"""What coverage rests on, as Markdown."""

from clustergap.analysis.what_if import Keystones
from clustergap.answers.what_if import cells_in_words, keystones_in_words
from clustergap.document import Origin
from clustergap.writers.markdown import escape, table

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
