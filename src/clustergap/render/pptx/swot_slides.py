"""The SWOT as four boxes; what does not fit goes on in the same box of a further slide."""

from itertools import zip_longest

from clustergap.analysis.swot import LinkedItem, SwotView
from clustergap.answers.swot import contradiction, nothing_as_sentence
from clustergap.model.dataset import Quadrant
from clustergap.render.pptx.notes import notes_of
from clustergap.render.pptx.paragraphs import ACCENT, Block, Paragraph, height, pages, strong
from clustergap.render.pptx.plan import GAP as BETWEEN
from clustergap.render.pptx.plan import Box, Slide, TextPart, body_box, numbered

TITLE = "Strengths, weaknesses, opportunities and threats"

SIZES = (16.0, 14.0, 12.0)
"""Of the letters: as large as all items fit on one slide, else the smallest."""

INSIDE, SPACE = 10.0, 5.0


def swot_slides(view: SwotView, foot: TextPart) -> list[Slide]:
    """Show the items of each quadrant; nothing where the dataset has no SWOT."""
    if not view.matrix.dataset.swot:
        return []
    room = body_box(TITLE, foot)
    refs = (ref for _, items in view.quadrants for one in items for ref in one.item.sources)
    notes = notes_of(view.matrix.dataset, refs)
    boxes, shown = _fit(view, room)
    return numbered([_slide(view, boxes, page, notes) for page in shown])


def _slide(
    view: SwotView, boxes: list[Box], page: tuple[Block | None, ...], notes: tuple[str, ...]
) -> Slide:
    quadrants = (quadrant for quadrant, _ in view.quadrants)
    parts = (
        TextPart(box, block, _description(quadrant), inside=INSIDE)
        for quadrant, box, block in zip(quadrants, boxes, page, strict=True)
        if block
    )
    return Slide(TITLE, tuple(parts), notes)


def _description(quadrant: Quadrant) -> str:
    return f"{quadrant.value.capitalize()} of the SWOT"


def _fit(view: SwotView, room: Box) -> tuple[list[Box], list[tuple[Block | None, ...]]]:
    width = (room.width - BETWEEN) / 2
    for size in SIZES:
        blocks = [(_heading(q, size), *_all(view, q, size)) for q, _ in view.quadrants]
        needed = [height(block, width - 2 * INSIDE) + 2 * INSIDE for block in blocks]
        upper, lower = max(needed[:2]), max(needed[2:])
        spare = room.height - BETWEEN - upper - lower
        if spare >= 0:
            return _boxes(room, upper + spare / 2), [tuple(blocks)]
    boxes = _boxes(room, (room.height - BETWEEN) / 2)
    return boxes, _pages(view, boxes[0])


def _boxes(room: Box, upper: float) -> list[Box]:
    width, lower = (room.width - BETWEEN) / 2, room.height - BETWEEN - upper
    return [
        Box(x, y, width, high)
        for y, high in ((room.y, upper), (room.y + upper + BETWEEN, lower))
        for x in (room.x, room.x + width + BETWEEN)
    ]


def _pages(view: SwotView, box: Box) -> list[tuple[Block | None, ...]]:
    width, size = box.width - 2 * INSIDE, SIZES[-1]
    columns = []
    for quadrant, _ in view.quadrants:
        heading = _heading(quadrant, size)
        room = box.height - 2 * INSIDE - height((heading,), width)
        entries = [(one,) for one in _all(view, quadrant, size)]
        columns.append([(heading, *block) for block in pages(entries, width, room)])
    return list(zip_longest(*columns))


def _heading(quadrant: Quadrant, size: float) -> Paragraph:
    return strong(quadrant.value.capitalize(), size, ACCENT)


def _all(view: SwotView, quadrant: Quadrant, size: float) -> Block:
    nothing = Paragraph(nothing_as_sentence(view, quadrant), size, above=SPACE)
    return tuple(_item(one, size) for one in dict(view.quadrants)[quadrant]) or (nothing,)


def _item(linked: LinkedItem, size: float) -> Paragraph:
    item = linked.item
    against = f" ({contradiction(linked)})" if linked.is_contradicted else ""
    return Paragraph(f"{item.id} {item.text}{against}", size, bold=len(item.id), above=SPACE)
