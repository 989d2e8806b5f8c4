"""All answers as slides: a summary, the matrix, the gaps of every level, the SWOT, the needs of every level."""

from itertools import zip_longest
from typing import NamedTuple

from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Need, Needs
from clustergap.analysis.report import FullReport
from clustergap.analysis.swot import LinkedItem, SwotView
from clustergap.answers.gaps import acceptance
from clustergap.answers.needs import building_in_words, rest, sentence, spoken
from clustergap.answers.phrases import (
    at_level,
    foot_in_words,
    gaps_in_words,
    query_in_words,
    question_in_words,
    shown_in_words,
    source_in_words,
    worst_in_words,
)
from clustergap.answers.swot import contradiction, nothing_as_sentence
from clustergap.document import Origin
from clustergap.model.dataset import Level, Quadrant
from clustergap.render.slide_tables import (
    cite,
    cite_all,
    gap_slides,
    matrix_slides,
    refs_of_cells,
)
from clustergap.text import count
from clustergap.theme import UNICODE
from clustergap.writers.slide_layout import (
    ACCENT,
    HEIGHT,
    MUTED,
    SPACING,
    Slide,
    SlideBox,
    SlideText,
    TextBlock,
    TextPart,
    block_height,
    body_box,
    fill_columns,
    fit_entries,
    foot_part,
    numbered,
    opening_title,
    strong,
)


def render(report: FullReport, origin: Origin) -> bytes:
    """Draw the slides.

    Raises:
        MissingExtraError: What draws is not installed.
    """
    from clustergap.writers.pptx import write_deck

    matrix = report.matrix
    foot = foot_part(foot_in_words(matrix, origin))
    slides = [
        *_summary_slides(matrix, origin, foot),
        *matrix_slides(matrix, foot),
        *gap_slides(report.gaps, foot),
        *_swot_slides(report.swot, foot),
        *_need_slides(report.needs, foot),
    ]
    # The first slide says of what data it is in its own words.
    footed = [
        slide if slide.opens else slide._replace(parts=(*slide.parts, foot)) for slide in slides
    ]
    return write_deck(matrix.dataset.title, footed)


# The first slide: of what data, under which question, how many gaps, which are the worst; where it is known from.

CONTINUED = "Summary, continued"

BOTTOM, BETWEEN = 40.0, 22.0
"""What is left free below the summary, and between its parts."""


class SummarySizes(NamedTuple):
    """Sizes of the letters: of the question, the two sentences, and the source."""

    question: float
    gaps: float
    worst: float
    source: float


SUMMARY_SIZES = (
    SummarySizes(18, 26, 20, 12),
    SummarySizes(16, 22, 16, 12),
    SummarySizes(14, 18, 14, 12),
)
"""As large as all is on one slide, else the smallest."""


def _summary_slides(matrix: Matrix, origin: Origin, foot: TextPart) -> list[Slide]:
    dataset = matrix.dataset
    notes = cite_all(dataset)
    head = opening_title(dataset.title).box
    top = head.y + head.height + BETWEEN
    room = head._replace(y=top, height=HEIGHT - BOTTOM - top)
    sentences = (
        [(sentence,) for sentence in _summary(matrix, origin, sizes)] for sizes in SUMMARY_SIZES
    )
    first, *others = fit_entries(sentences, room.width, room.height)
    more = body_box(CONTINUED, foot)
    blocks = fill_columns(others, more.width, more.height) if others else []
    summary = TextPart(room, first, "Summary, question and source")
    return [
        Slide(dataset.title, (summary,), notes, opens=True),
        *numbered(
            [Slide(CONTINUED, (TextPart(more, block, CONTINUED),), notes) for block in blocks]
        ),
    ]


def _summary(matrix: Matrix, origin: Origin, sizes: SummarySizes) -> list[SlideText]:
    question = " ".join([f"Gap analysis. {question_in_words(matrix)}", *shown_in_words(matrix)])
    source = source_in_words(matrix.dataset, origin, query_in_words(matrix.query))
    worst = worst_in_words(matrix)
    return [
        SlideText(question, sizes.question, MUTED),
        strong(gaps_in_words(matrix), sizes.gaps)._replace(above=2 * BETWEEN),
        *([SlideText(worst, sizes.worst, above=BETWEEN / 2)] if worst else []),
        SlideText(source, sizes.source, MUTED, above=BETWEEN),
    ]


# The SWOT as four boxes; what does not fit goes on in the same box of a further slide.

SWOT = "Strengths, weaknesses, opportunities and threats"

SWOT_SIZES = (16.0, 14.0, 12.0)
"""Of the letters: as large as all items fit on one slide, else the smallest."""

INSIDE, ITEM_SPACE = 10.0, 5.0
"""What a box leaves free around its words, and what stands free above an item."""


def _swot_slides(view: SwotView, foot: TextPart) -> list[Slide]:
    dataset = view.matrix.dataset
    if not dataset.swot:
        return []
    refs = (ref for _, items in view.quadrants for linked in items for ref in linked.item.sources)
    notes = cite(dataset, refs)
    boxes, pages = _fit_quadrants(view, body_box(SWOT, foot))
    slides = []
    for page in pages:
        parts = (
            TextPart(box, block, f"{_name(quadrant)} of the SWOT", inside=INSIDE)
            for (quadrant, _), box, block in zip(view.quadrants, boxes, page, strict=True)
            if block
        )
        slides.append(Slide(SWOT, tuple(parts), notes))
    return numbered(slides)


def _fit_quadrants(
    view: SwotView, room: SlideBox
) -> tuple[list[SlideBox], list[tuple[TextBlock | None, ...]]]:
    width = (room.width - SPACING) / 2 - 2 * INSIDE
    for size in SWOT_SIZES:
        blocks = [(_heading(q, size), *_items(view, q, size)) for q, _ in view.quadrants]
        needed = [block_height(block, width) + 2 * INSIDE for block in blocks]
        upper, lower = max(needed[:2]), max(needed[2:])
        spare = room.height - SPACING - upper - lower
        if spare >= 0:
            return _boxes(room, upper + spare / 2), [tuple(blocks)]
    boxes = _boxes(room, (room.height - SPACING) / 2)
    return boxes, _continued(view, boxes[0])


def _boxes(room: SlideBox, upper: float) -> list[SlideBox]:
    width, lower = (room.width - SPACING) / 2, room.height - SPACING - upper
    return [
        SlideBox(x, y, width, high)
        for y, high in ((room.y, upper), (room.y + upper + SPACING, lower))
        for x in (room.x, room.x + width + SPACING)
    ]


def _continued(view: SwotView, box: SlideBox) -> list[tuple[TextBlock | None, ...]]:
    width, size = box.width - 2 * INSIDE, SWOT_SIZES[-1]
    columns = []
    for quadrant, _ in view.quadrants:
        heading = _heading(quadrant, size)
        room = box.height - 2 * INSIDE - block_height((heading,), width)
        items = ((item,) for item in _items(view, quadrant, size))
        columns.append([(heading, *block) for block in fill_columns(items, width, room)])
    return list(zip_longest(*columns))


def _heading(quadrant: Quadrant, size: float) -> SlideText:
    return strong(_name(quadrant), size, ACCENT)


def _name(quadrant: Quadrant) -> str:
    return quadrant.value.capitalize()


def _items(view: SwotView, quadrant: Quadrant, size: float) -> TextBlock:
    nothing = SlideText(nothing_as_sentence(view, quadrant), size, above=ITEM_SPACE)
    return tuple(_item(linked, size) for linked in dict(view.quadrants)[quadrant]) or (nothing,)


def _item(linked: LinkedItem, size: float) -> SlideText:
    item = linked.item
    against = f" ({contradiction(linked)})" if linked.is_contradicted else ""
    words = f"{item.id} {item.text}{against}"
    return SlideText(words, size, bold=len(item.id), above=ITEM_SPACE)


# The needs of every level, with what speaks of them and what there is to build on; then what else the SWOT says.

REST = "What else the SWOT says"

INDENT, HANG, SPACE = 24.0, 14.0, 12.0


class NeedSizes(NamedTuple):
    """Sizes of the letters: of a need, and of what is said of it."""

    need: float
    point: float


NEED_SIZES = (NeedSizes(20, 16), NeedSizes(18, 14), NeedSizes(16, 12))
"""As large as all fits on one slide, else the smallest."""


def _need_slides(answer: Needs, foot: TextPart) -> list[Slide]:
    # A level without a need is left out: the slide of its gaps says so.
    slides = [
        slide
        for level, needs in answer.by_level
        if needs
        for slide in _level(answer, level, needs, foot)
    ]
    others = rest(answer)
    if not others:
        return slides
    items = [
        *(evidence.item for _, speaking in answer.speaking for evidence in speaking),
        *(linked.item for linked in answer.unlinked),
    ]
    notes = cite(answer.matrix.dataset, (ref for item in items for ref in item.sources))
    versions = [
        [entry for part in others for entry in _quotes(*part, sizes)] for sizes in NEED_SIZES
    ]
    return [*slides, *_flow(REST, versions, notes, foot)]


def _level(answer: Needs, level: Level, needs: tuple[Need, ...], foot: TextPart) -> list[Slide]:
    number = "What is needed" if len(needs) == 1 else count(len(needs), "need")
    dataset = answer.matrix.dataset
    cells = {need.gap.rating.cell for need in needs}
    refs = (ref for need in needs for evidence in need.evidence for ref in evidence.item.sources)
    notes = cite(dataset, (*refs, *refs_of_cells(dataset, cells)))
    versions = [[_need(answer, need, sizes) for need in needs] for sizes in NEED_SIZES]
    return _flow(f"{number} at {at_level(level)}", versions, notes, foot)


def _need(answer: Needs, need: Need, sizes: NeedSizes) -> TextBlock:
    lines = [f"SWOT: {words}" for words in spoken(answer, need)]
    lines += [f"To build on: {words}" for words in building_in_words(need, answer.matrix)]
    lines += acceptance(need.gap)
    sign = UNICODE.coverage[need.gap.rating.coverage]
    head = strong(sentence(need, answer.matrix), sizes.need)
    return (
        head._replace(indent=INDENT, sign=sign, hang=INDENT, above=SPACE),
        *(_point(line, sizes.point, INDENT + HANG) for line in lines),
    )


def _quotes(heading: str, lines: list[str], sizes: NeedSizes) -> list[TextBlock]:
    # The heading stays with the first of its lines.
    first, *others = (_point(line, sizes.point, HANG) for line in lines)
    head = strong(heading, sizes.need)._replace(above=SPACE)
    return [(head, first), *((point,) for point in others)]


def _point(line: str, size: float, indent: float) -> SlideText:
    return SlideText(line, size, indent=indent, sign="•", hang=HANG, above=SPACE / 4)


def _flow(
    title: str, versions: list[list[TextBlock]], notes: tuple[str, ...], foot: TextPart
) -> list[Slide]:
    room = body_box(title, foot)
    blocks = fit_entries(versions, room.width, room.height)
    return numbered([Slide(title, (TextPart(room, block, title),), notes) for block in blocks])
