"""Lays out slides: the summary, the matrix and tables, boxes and lists.

All sizes are points.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from clustergap.document import Block, Grid, Table
from clustergap.model.cell import Cell
from clustergap.office import Citation, Deck, Slide
from clustergap.prose import (
    Entries,
    Field,
    Heading,
    Item,
    Numbered,
    Paragraph,
    Points,
    Square,
    SquareField,
    plain,
)
from clustergap.text import count, one_of
from clustergap.theme import UNICODE
from clustergap.writers.slide_tables import Pages, TablePart, grid_pages, table_pages
from clustergap.writers.slide_text import (
    ACCENT,
    HEIGHT,
    MUTED,
    SPACING,
    SlideBox,
    SlideText,
    TextBlock,
    TextPart,
    block_height,
    body_box,
    fill_columns,
    fit_entries,
    foot_part,
    opening_title,
    strong,
)


class PlacedSlide(NamedTuple):
    """One slide: its title, its parts in reading order, and the speaker's notes."""

    title: str
    parts: tuple[TextPart | TablePart, ...]
    notes: tuple[str, ...]
    opens: bool = False


class LaidOut(NamedTuple):
    """Slides, and the number of those that are left out."""

    slides: list[PlacedSlide]
    left_out: int


def lay_out(deck: Deck, most: int | None = None) -> LaidOut:
    """Place the contents of a deck on as many slides as they need, but on no more than *most*.

    If they need more, the last slide says what is left out: of each part the first slides stay.
    """
    foot = foot_part(deck.foot)
    parts = [[*_opening_slides(deck, foot)]]
    parts += [_numbered([*_place(slide, deck, foot)]) for slide in deck.slides]
    total = sum(map(len, parts))
    kept = [len(part) for part in parts]
    more = []
    if most is not None and total > most:
        kept = share_slides(kept, most - 1)
        left = [len(part) - number for part, number in zip(parts, kept, strict=True)]
        titles = [deck.title, *(slide.title for slide in deck.slides)]
        more = [_left_out_slide([*zip(titles, left, strict=True)], foot)]
    slides = [slide for part, n in zip(parts, kept, strict=True) for slide in part[:n]] + more
    # The first slide names the data itself.
    slides = [
        slide if slide.opens else slide._replace(parts=(*slide.parts, foot)) for slide in slides
    ]
    return LaidOut(slides, total - sum(kept))


def share_slides(needed: Sequence[int], most: int) -> list[int]:
    """Share slides among parts: the opening and the matrix get all if that is half at most, then each part one in turn."""
    kept = [0 for _ in needed]
    if sum(needed[:2]) <= most // 2:
        kept[:2] = needed[:2]
    while sum(kept) < most:
        for number, need in enumerate(needed):
            if kept[number] < need and sum(kept) < most:
                kept[number] += 1
    return kept


_LEFT_OUT = "What is not on these slides"


def _left_out_slide(left: Sequence[tuple[str, int]], foot: TextPart) -> PlacedSlide:
    """Say of each part how many slides are left out; if the list is too long for a slide, how many parts there are more."""
    room = body_box(_LEFT_OUT, foot)
    lines = [f"{title}: {count(n, 'more slide')}" for title, n in left if n]
    for number in range(len(lines), -1, -1):
        rest = len(lines) - number
        more = [f"{count(rest, 'more part')} of the report"] if rest else []
        block = tuple(
            _point(line, LIST_SIZES[-1].entry, HANG) for line in [*lines[:number], *more]
        )
        if block_height(block, room.width) <= room.height:
            break
    note = f"{count(sum(n for _, n in left), 'slide is', 'slides are')} left out."
    return PlacedSlide(_LEFT_OUT, (TextPart(room, block, _LEFT_OUT),), (note,))


def _place(slide: Slide, deck: Deck, foot: TextPart) -> Iterator[PlacedSlide]:
    room = body_box(slide.title, foot)
    match slide.blocks:
        case (Grid() as grid,):
            pages = grid_pages(grid, slide, room)
        case (Table() as table,):
            pages = table_pages(table, slide, room)
        case (Square(quadrants),):
            pages = _square_pages(quadrants, room)
        case (Paragraph(text),):
            words = (SlideText(plain(text), _ALONE),)
            pages = iter([((TextPart(room, words, slide.description),), None)])
        case blocks:
            pages = _list_pages(blocks, slide, room)
    for number, (parts, cells) in enumerate(pages):
        remarks = () if number else slide.remarks
        notes = (*remarks, *_notes(slide.citations, deck, cells))
        yield PlacedSlide(slide.title, parts, notes)


def _notes(
    citations: Iterable[Citation], deck: Deck, cells: Collection[Cell] | None
) -> tuple[str, ...]:
    """Write each cited source in full, with the places in it; only citations about *cells* if they are given."""
    places: dict[str, dict[str, None]] = {}
    for citation in citations:
        if cells is None or not citation.cells.isdisjoint(cells):
            locators = places.setdefault(citation.key, {})
            if citation.locator:
                locators[citation.locator] = None
    lines = []
    for key, locators in places.items():
        quoted = [f'"{locator}"' for locator in locators]
        at = f"; at {one_of(quoted)}" if quoted else ""
        lines.append(f"{key}: {deck.sources[key]}{at}")
    return ("Sources", *lines) if lines else ("No source is cited for this.",)


def _numbered(slides: Sequence[PlacedSlide]) -> list[PlacedSlide]:
    """Number the titles of continued slides."""
    if len(slides) == 1:
        return list(slides)
    return [
        slide._replace(title=f"{slide.title} ({number} of {len(slides)})")
        for number, slide in enumerate(slides, 1)
    ]


# The first slide: the data, the query, how many gaps there are, the worst ones, and the source

_CONTINUED = "Summary, continued"

_BOTTOM, _BETWEEN = 40.0, 22.0
"""Space below the summary, and between its parts."""


class SummarySizes(NamedTuple):
    """Font sizes of the question, the two sentences, and the source."""

    question: float
    headline: float
    worst: float
    source: float


_SUMMARY_SIZES = (
    SummarySizes(18, 26, 20, 12),
    SummarySizes(16, 22, 16, 12),
    SummarySizes(14, 18, 14, 12),
)
"""The largest with which everything is on one slide is used, else the smallest."""


def _opening_slides(deck: Deck, foot: TextPart) -> Iterator[PlacedSlide]:
    notes = _notes([Citation(key) for key in deck.sources], deck, None)
    head = opening_title(deck.title).box
    top = head.y + head.height + _BETWEEN
    room = head._replace(y=top, height=HEIGHT - _BOTTOM - top)
    versions = ([(text,) for text in _summary(deck, sizes)] for sizes in _SUMMARY_SIZES)
    first, *others = fit_entries(versions, room.width, room.height)
    summary = TextPart(room, first, "Summary, question and source")
    yield PlacedSlide(deck.title, (summary,), notes, opens=True)
    if others:
        more = body_box(_CONTINUED, foot)
        yield from _numbered(
            [
                PlacedSlide(_CONTINUED, (TextPart(more, block, _CONTINUED),), notes)
                for block in fill_columns(others, more.width, more.height)
            ]
        )


def _summary(deck: Deck, sizes: SummarySizes) -> list[SlideText]:
    worst = SlideText(deck.worst, sizes.worst, above=_BETWEEN / 2)
    return [
        SlideText(deck.question, sizes.question, MUTED),
        strong(deck.headline, sizes.headline)._replace(above=2 * _BETWEEN),
        *([worst] if deck.worst else []),
        SlideText(deck.source, sizes.source, MUTED, above=_BETWEEN),
    ]


# A square as four boxes; what does not fit continues in the same box of a further slide

SQUARE_SIZES = (16.0, 14.0, 12.0)
"""Font sizes; the largest with which all items fit on one slide is used, else the smallest."""

INSIDE, ITEM_SPACE = 10.0, 5.0
"""Space around the words of a box, and above an item."""


def _square_pages(quadrants: Sequence[SquareField], room: SlideBox) -> Pages:
    boxes, pages = _fit_quadrants(quadrants, room)
    for page in pages:
        parts = (
            TextPart(box, block, f"{quadrant.title} of the SWOT", inside=INSIDE)
            for quadrant, box, block in zip(quadrants, boxes, page, strict=True)
            if block
        )
        yield tuple(parts), None


def _fit_quadrants(
    quadrants: Sequence[SquareField], room: SlideBox
) -> tuple[list[SlideBox], list[tuple[TextBlock | None, ...]]]:
    width = (room.width - SPACING) / 2 - 2 * INSIDE
    for size in SQUARE_SIZES:
        blocks = [
            (_heading(quadrant, size), *_entries(quadrant.entries, size)) for quadrant in quadrants
        ]
        needed = [block_height(block, width) + 2 * INSIDE for block in blocks]
        upper, lower = max(needed[:2]), max(needed[2:])
        spare = room.height - SPACING - upper - lower
        if spare >= 0:
            return _boxes(room, upper + spare / 2), [tuple(blocks)]
    boxes = _boxes(room, (room.height - SPACING) / 2)
    return boxes, _continued(quadrants, boxes[0])


def _boxes(room: SlideBox, upper: float) -> list[SlideBox]:
    width, lower = (room.width - SPACING) / 2, room.height - SPACING - upper
    return [
        SlideBox(x, y, width, high)
        for y, high in ((room.y, upper), (room.y + upper + SPACING, lower))
        for x in (room.x, room.x + width + SPACING)
    ]


def _continued(
    quadrants: Sequence[SquareField], box: SlideBox
) -> list[tuple[TextBlock | None, ...]]:
    width, size = box.width - 2 * INSIDE, SQUARE_SIZES[-1]
    columns = []
    for quadrant in quadrants:
        heading = _heading(quadrant, size)
        room = box.height - 2 * INSIDE - block_height((heading,), width)
        items = ((item,) for item in _entries(quadrant.entries, size))
        columns.append([(heading, *block) for block in fill_columns(items, width, room)])
    return list(zip_longest(*columns))


def _heading(quadrant: SquareField, size: float) -> SlideText:
    return strong(quadrant.title, size, ACCENT)


def _entries(entries: Entries, size: float) -> TextBlock:
    nothing = SlideText(entries.nothing, size, above=ITEM_SPACE)
    return tuple(_entry(entry, size) for entry in entries.entries) or (nothing,)


def _entry(entry: Field, size: float) -> SlideText:
    if not entry.label:
        return _point(plain(entry.lines[0]), size, HANG)._replace(above=ITEM_SPACE)
    words = f"{entry.label} {plain(entry.lines[0])}"
    return SlideText(words, size, bold=len(entry.label), above=ITEM_SPACE)


# A list: entries with details, and headings with points

INDENT, HANG, SPACE = 24.0, 14.0, 12.0


class ListSizes(NamedTuple):
    """Font sizes of an entry or a heading, and of its details."""

    entry: float
    point: float


LIST_SIZES = (ListSizes(20, 16), ListSizes(18, 14), ListSizes(16, 12))
"""The largest with which everything fits on one slide is used, else the smallest."""

_ALONE = 20.0
"""Font size of a single sentence."""


def _list_pages(blocks: Sequence[Block], slide: Slide, room: SlideBox) -> Pages:
    versions = ([*_list_entries(blocks, sizes)] for sizes in LIST_SIZES)
    for block in fit_entries(versions, room.width, room.height):
        yield (TextPart(room, block, slide.description),), None


def _list_entries(blocks: Iterable[Block], sizes: ListSizes) -> Iterator[TextBlock]:
    heading: TextBlock = ()
    for block in blocks:
        match block:
            case Heading(text):
                heading = (strong(text, sizes.entry)._replace(above=SPACE),)
            case Points(items):
                # The heading stays with the first of its lines.
                for item in items:
                    yield (*heading, _point(plain(item), sizes.point, HANG))
                    heading = ()
            case Numbered(items):
                yield from (_item(item, sizes) for item in items)
            case _:
                raise AssertionError(f"no slide has a {type(block).__name__} among others")


def _item(item: Item, sizes: ListSizes) -> TextBlock:
    head = strong(item.sentence, sizes.entry)
    sign, label, points = UNICODE.coverage[item.coverage], "", []
    for field in item.fields:
        label = field.label or label
        points.append(_point(f"{label}: {plain(field.lines[0])}", sizes.point, INDENT + HANG))
    return (head._replace(indent=INDENT, sign=sign, hang=INDENT, above=SPACE), *points)


def _point(line: str, size: float, indent: float) -> SlideText:
    return SlideText(line, size, indent=indent, sign="•", hang=HANG, above=SPACE / 4)
