"""The sheet SWOT: its items by quadrant, with what they are linked to."""

from collections.abc import Iterator

from clustergap.analysis.swot import SwotView
from clustergap.render.need_words import NO_SWOT
from clustergap.render.rows.values import Row
from clustergap.render.swot_words import contradiction
from clustergap.render.told import citation, links_in_words
from clustergap.render.xlsx.sheet import Sheet
from clustergap.render.xlsx.table import write_list

NAME = "SWOT"

HEADER = ("quadrant", "id", "text", "linked to", "matrix says", "sources")

NOTHING_SHOWN = "No SWOT item names a role or level that is shown."


def write_swot(sheet: Sheet, view: SwotView) -> None:
    """Write the sheet."""
    is_there = any(view.matrix.dataset.swot.values())
    write_list(sheet, HEADER, list(_rows(view)), NOTHING_SHOWN if is_there else NO_SWOT)


def _rows(view: SwotView) -> Iterator[Row]:
    for quadrant, items in view.quadrants:
        for linked in items:
            yield (
                quadrant.value.capitalize(),
                linked.item.id,
                linked.item.text,
                "; ".join(links_in_words(view, linked)),
                contradiction(linked) if linked.is_contradicted else None,
                "; ".join(map(citation, linked.item.sources)),
            )
