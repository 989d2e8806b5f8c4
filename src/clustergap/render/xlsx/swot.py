"""The sheet SWOT: its items by quadrant, with what they are linked to."""

from collections.abc import Iterator

from clustergap.analysis.swot import SwotView
from clustergap.answers.phrases import citation
from clustergap.answers.swot import links_in_words
from clustergap.document import Row
from clustergap.render.need_words import NO_SWOT
from clustergap.render.swot_words import contradiction, nothing_as_sentence
from clustergap.render.xlsx.sheet import Sheet
from clustergap.render.xlsx.table import write_list

NAME = "SWOT"

HEADER = ("quadrant", "id", "text", "linked to", "matrix says", "sources")


def write_swot(sheet: Sheet, view: SwotView) -> None:
    """Write the sheet."""
    write_list(sheet, HEADER, list(_rows(view)), NO_SWOT)


def _rows(view: SwotView) -> Iterator[Row]:
    for quadrant, items in view.quadrants:
        if not items and any(view.left_out(quadrant)):
            nothing = nothing_as_sentence(view, quadrant)
            yield (quadrant.value.capitalize(), None, nothing, None, None, None)
        for linked in items:
            yield (
                quadrant.value.capitalize(),
                linked.item.id,
                linked.item.text,
                "; ".join(links_in_words(view, linked)),
                contradiction(linked) if linked.is_contradicted else None,
                "; ".join(map(citation, linked.item.sources)),
            )
