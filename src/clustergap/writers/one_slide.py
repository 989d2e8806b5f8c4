"""Lays out one slide that says the most important: the finding, a table, three facts, the legend, the foot.

Whatever the data, all of it stands on the slide: letters become smaller, then less is said, and no text is cut. All sizes
are points.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import fsum
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.one_page import CountCell, Fact, OneSlide, SlideCounts, SlideMap
from clustergap.picture import Key, LevelHead, MatrixRow, ShareCell
from clustergap.text_metrics import text_width
from clustergap.theme import TEXT_COLOURS, UNICODE, sign_of
from clustergap.writers.slide_layout import PlacedSlide
from clustergap.writers.slide_tables import (
    BESIDE,
    SlideCell,
    SlideRow,
    SlideTable,
    TablePage,
    TablePart,
    fill_pages,
)
from clustergap.writers.slide_text import (
    HEIGHT,
    INK,
    MUTED,
    WIDTH,
    SlideBox,
    SlideText,
    TextBlock,
    TextPart,
    block_height,
    lines_of,
    strong,
)

SIDE, UPPER, LOWER, BETWEEN = 36.0, 26.0, 16.0, 12.0
"""Margins, and the space between two parts."""

WHOLE, TABLE, FACTS = WIDTH - 2 * SIDE, 604.0, 246.0
"""Widths from margin to margin, of the table, and of the facts beside it."""

TITLE_SIZES, TITLE_LINES = (27.0, 24.0, 21.0, 18.0), 2
_STEP = 8.0
"""By how much the box of the title is made narrower, again and again."""

BELOW, AHEAD, LEGEND, FOOT = 14.0, 14.0, 12.0, 10.0
"""Font sizes of the line below the title, the sentence on what comes, the legend and the foot."""


def lay_out_one(slide: OneSlide) -> tuple[TextPart, PlacedSlide]:
    """Place everything; the title comes apart, as it has a place of its own in a file of slides."""
    title = _title(slide.title)
    below = _text(
        slide.below, BELOW, title.box.y + title.box.height + 4, "What it is about", MUTED
    )
    foot = _text(slide.foot, FOOT, 0, "Where the rest is", MUTED)
    foot = _moved_up(foot, HEIGHT - LOWER)
    keys = _legend(slide.keys, slide.mark, foot.box.y - BETWEEN)
    top = below.box.y + below.box.height + BETWEEN
    room = SlideBox(SIDE, top, WHOLE, min(key.box.y for key in keys) - BETWEEN - top)
    return title, PlacedSlide(
        slide.title, (below, *_middle(slide, room), *keys, foot), slide.notes
    )


def _middle(slide: OneSlide, room: SlideBox) -> tuple[TextPart | TablePart, ...]:
    """Place the table, and beside it the facts, or below it the sentence on what comes."""
    beside = SlideBox(SIDE + WHOLE - FACTS, room.y, FACTS, room.height)
    for body in slide.bodies:
        if isinstance(body, SlideCounts):
            return *_counts(body, room._replace(width=TABLE)), *_facts(slide.facts, beside)
        is_alone = len(body.corner) > 1
        ahead = _ahead(slide.ahead, room) if is_alone else ()
        used = fsum(part.box.height + BETWEEN for part in ahead)
        width = WHOLE if is_alone else TABLE
        table = _map(body, room._replace(width=width, height=room.height - used))
        if table is not None:
            return table, *(ahead if is_alone else _facts(slide.facts, beside))
    raise AssertionError("the last table fits whatever the data")


# The texts around the table


def _title(words: str) -> TextPart:
    heights = {size: block_height((strong(words, size),), WHOLE) for size in TITLE_SIZES}
    fitting = (size for size, high in heights.items() if high <= TITLE_LINES * size * 1.5)
    size = next(fitting, TITLE_SIZES[-1])
    block = (strong(words, size),)
    # Lines of about the same length: the narrowest box in which they are no more.
    width = WHOLE
    while block_height(block, width - _STEP) <= heights[size]:
        width -= _STEP
    return TextPart(SlideBox(SIDE, UPPER, width, heights[size]), block, words)


def _text(words: str, size: float, y: float, description: str, colour: str = INK) -> TextPart:
    block = (SlideText(words, size, colour),)
    return TextPart(SlideBox(SIDE, y, WHOLE, block_height(block, WHOLE)), block, description)


def _moved_up(part: TextPart, end: float) -> TextPart:
    return part._replace(box=part.box._replace(y=end - part.box.height))


def _ahead(words: str, room: SlideBox) -> tuple[TextPart, ...]:
    if not words:
        return ()
    part = _text(words, AHEAD, 0, "What comes")
    part = part._replace(block=(strong(words, AHEAD),))
    part = part._replace(box=part.box._replace(height=block_height(part.block, WHOLE)))
    return (_moved_up(part, room.y + room.height),)


class FactSizes(NamedTuple):
    """Font sizes of a figure and its sentence, and the space between two facts."""

    figure: float
    sentence: float
    between: float


FACT_SIZES = (FactSizes(31, 14, 26), FactSizes(28, 14, 16), FactSizes(24, 12, 10))
"""The largest with which all facts have room is used, else the smallest; a fact that has no room is left out."""


def _facts(facts: Sequence[Fact], room: SlideBox) -> list[TextPart]:
    for sizes in FACT_SIZES:
        placed = [*_placed(facts, sizes, room)]
        if len(placed) == len(facts):
            break
    return placed


def _placed(facts: Sequence[Fact], sizes: FactSizes, room: SlideBox) -> Iterator[TextPart]:
    y = room.y
    for fact in facts:
        colour = TEXT_COLOURS[Coverage.NONE] if fact.is_alarming else INK
        figure = strong(fact.figure, sizes.figure, colour)
        block = (figure, SlideText(fact.sentence, sizes.sentence))
        high = block_height(block, room.width)
        if y + high <= room.y + room.height:
            yield TextPart(room._replace(y=y, height=high), block, "What stands out")
            y += high + sizes.between


KEY, KEY_HEIGHT, KEY_INSIDE, KEY_GAP, ENTRY_GAP = 32.0, 19.0, 10.0, 7.0, 20.0
"""Width and height of the small box of a legend, where its sign stands, and the spaces after it and after its meaning."""


def _legend(keys: Sequence[Key], mark: str, end: float) -> list[TextPart]:
    """Place the legend in rows that end at a height."""
    entries = [
        (key.cell, SlideText(key.meaning, LEGEND), KEY + KEY_GAP + _width(key.meaning, LEGEND))
        for key in keys
    ]
    marked = SlideText(f"!  {mark}", LEGEND, bold=1)
    rows: list[list[TextPart]] = [[]]
    x = SIDE
    for cell, meaning, wide in entries:
        if x > SIDE and x + wide > SIDE + WHOLE:
            rows.append([])
            x = SIDE
        rows[-1] += _key(cell, meaning, x)
        x += wide + ENTRY_GAP
    if mark:
        wide = _width(marked.text, LEGEND)
        if x + wide > SIDE + WHOLE:
            rows.append([])
            x = SIDE
        box = SlideBox(x, 2, wide, block_height((marked,), wide))
        rows[-1].append(TextPart(box, (marked,), "What the mark means"))
    top = end - len(rows) * KEY_HEIGHT - (len(rows) - 1) * 5
    return [
        part._replace(box=part.box._replace(y=part.box.y + top + number * (KEY_HEIGHT + 5)))
        for number, row in enumerate(rows)
        for part in row
    ]


def _key(cell: ShareCell, meaning: SlideText, x: float) -> list[TextPart]:
    sign = strong(UNICODE.coverage[cell.coverage], LEGEND, TEXT_COLOURS[cell.coverage])
    box = SlideBox(x, 0, KEY, KEY_HEIGHT)
    beside = SlideBox(x + KEY + KEY_GAP, 2, _width(meaning.text, LEGEND), KEY_HEIGHT - 2)
    words = sign_of(cell.coverage)
    return [
        TextPart(box, (sign,), f"Key: {words}", cell.coverage, KEY_INSIDE, cell.is_striped),
        TextPart(beside, (meaning,), f"Meaning of {words}"),
    ]


def _width(words: str, size: float) -> float:
    # With a little room, as programs set letters a little differently.
    return size * text_width(words, len(words)) * 1.04 + 4


# The map


class MapSizes(NamedTuple):
    """Font sizes of names, of the word for a coverage, of NONE, and of what stands below; and the margin of a cell."""

    name: float
    word: float
    none: float
    figure: float
    margin: float


MAP_SIZES = (
    MapSizes(14, 15, 16.5, 12.5, 4),
    MapSizes(14, 14, 15, 12.5, 2.5),
    MapSizes(13, 13, 14, 12, 1.5),
    MapSizes(12, 12, 13, 12, 1),
)

NARROWEST, WIDEST, ONLY = 130.0, 210.0, 150.0
"""Least and greatest width of the column of roles; width of the only level's column."""

ROW = 54.0
"""Height of rows if there is room."""


def _map(body: SlideMap, room: SlideBox) -> TablePart | None:
    """Place the map in the largest letters in which it fits and tears no word; in the smallest it may tear one."""
    tables = [_map_table(body, sizes, room.width) for sizes in MAP_SIZES]
    whole = (page for table in tables if (page := _fit(table, room.height)) and not _tears(table))
    page = next(whole, None) or _fit(tables[-1], room.height)
    if page is None:
        return None
    page = page.stretched(room.height, ROW)
    return TablePart(room._replace(height=page.height), page, body.description, is_centred=True)


def _fit(table: SlideTable, room: float) -> TablePage | None:
    pages = fill_pages(table, room)
    return pages[0] if len(pages) == 1 and pages[0].height <= room else None


def _tears(table: SlideTable) -> bool:
    return any(
        line.end == following.start
        for row in (table.header, *table.rows)
        for width, cell in zip(table.widths, row.cells, strict=True)
        for paragraph in cell.block
        for line, following in pairwise(lines_of(paragraph, width - 2 * BESIDE))
    )


def _map_table(body: SlideMap, sizes: MapSizes, width: float) -> SlideTable:
    words = [word for row in body.rows for word in row.role.split()]
    needed = max(_width(word, sizes.name) for word in words) + 2 * BESIDE
    first = min(max(NARROWEST, needed), WIDEST)
    number, has_more = len(body.heads), len(body.corner) > 1
    column = ONLY if has_more else (width - first) / number
    widths = (first, *(number * [column]), *([width - first - column] if has_more else []))
    corner, *more = (SlideCell((strong(words, sizes.name),)) for words in body.corner)
    header = SlideRow((corner, *_heads(body.heads, sizes, column), *more))
    rows = tuple(_map_row(row, body, sizes) for row in body.rows)
    return SlideTable(widths, header, rows, sizes.margin)


def _heads(heads: Sequence[LevelHead], sizes: MapSizes, width: float) -> Iterator[SlideCell]:
    """Set the names of levels with their units: all beside the name, or all below it."""
    lines = [
        SlideText(f"{head.name}  {head.unit}".rstrip(), sizes.name, INK, len(head.name))
        for head in heads
    ]
    has_room = all(len([*lines_of(line, width - 2 * BESIDE)]) == 1 for line in lines)
    for head, line in zip(heads, lines, strict=True):
        unit = [SlideText(head.unit, sizes.figure, MUTED)] if head.unit else []
        yield SlideCell((line,) if has_room else (strong(head.name, sizes.name), *unit))


def _map_row(row: MatrixRow, body: SlideMap, sizes: MapSizes) -> SlideRow:
    cells = (_map_cell(cell, sizes, has_line=body.has_lines) for cell in row.cells)
    more = [SlideCell((SlideText(row.there_is, sizes.name),))] if len(body.corner) > 1 else []
    return SlideRow((SlideCell((strong(row.role, sizes.name),)), *cells, *more))


def _map_cell(cell: ShareCell, sizes: MapSizes, *, has_line: bool) -> SlideCell:
    coverage, sign, colour = cell.coverage, sign_of(cell.coverage), TEXT_COLOURS[cell.coverage]
    size = sizes.none if coverage is Coverage.NONE else sizes.word
    bold = 0 if coverage is Coverage.FULL else len(sign)
    words = f"{sign}  {cell.beside}" if has_line and cell.beside else sign
    block: TextBlock = (SlideText(words, size, colour, bold),)
    if cell.beside and not has_line:
        block += (SlideText(cell.beside, sizes.figure, colour),)
    return SlideCell(block, coverage, is_pale=cell.is_striped)


# The counts


MOST_COLUMNS, MOST_NAMED = 6, 12
"""Levels side by side, and roles that are named."""

COUNT_SIZES = (MapSizes(14, 15, 16.5, 14, 4), *MAP_SIZES[1:])

HIGHEST_HEAD = 0.4
"""The part of the height that the names of levels may take, if there are several."""


def _counts(body: SlideCounts, room: SlideBox) -> list[TextPart | TablePart]:
    """Place the counts: first fewer roles are named, then fewer levels are shown, and the others counted below."""
    for columns in range(min(MOST_COLUMNS, len(body.heads)), 0, -1):
        left = SlideText(body.left[columns], LEGEND)
        used = block_height((left,), room.width) + BETWEEN if left.text else 0
        page = _counted(body, columns, room._replace(height=room.height - used))
        if page is not None or columns == 1:
            break
    page = page or fill_pages(_counts_table(body, 1, 0, COUNT_SIZES[-1], room.width), HEIGHT)[0]
    box = room._replace(height=page.height)
    parts: list[TextPart | TablePart] = [TablePart(box, page, body.description, names_rows=False)]
    if left.text:
        below = SlideBox(room.x, room.y + page.height + BETWEEN, room.width, used - BETWEEN)
        parts.append(TextPart(below, (left,), "What is not in the table"))
    return parts


def _counted(body: SlideCounts, columns: int, room: SlideBox) -> TablePage | None:
    for named in range(MOST_NAMED, -1, -1):
        for sizes in COUNT_SIZES:
            table = _counts_table(body, columns, named, sizes, room.width)
            page = None if _tears(table) else _fit(table, room.height)
            is_low = page and (columns == 1 or page.heights[0] <= HIGHEST_HEAD * room.height)
            if page and is_low:
                return page
    return None


def _counts_table(
    body: SlideCounts, columns: int, named: int, sizes: MapSizes, width: float
) -> SlideTable:
    header = SlideRow(tuple(_heads(body.heads[:columns], sizes, width / columns)))
    rows = tuple(
        SlideRow(tuple(_count_cell(cell, named, sizes) for cell in row[:columns]))
        for row in body.rows
    )
    return SlideTable(tuple(columns * [width / columns]), header, rows, sizes.margin)


def _count_cell(cell: CountCell, named: int, sizes: MapSizes) -> SlideCell:
    if cell.coverage is None:
        return SlideCell((SlideText(cell.figure, sizes.figure, MUTED),))
    colour = TEXT_COLOURS[cell.coverage]
    size = sizes.none if cell.coverage is Coverage.NONE else sizes.word
    sign = sign_of(cell.coverage)
    bold = 0 if cell.coverage is Coverage.FULL else len(sign)
    names = cell.names if len(cell.names) <= named else cell.names[: max(0, named - 1)]
    left = len(cell.names) - len(names)
    lines = [cell.figure, cell.remark, *names, f"and {left:,} more" if names and left else ""]
    texts = (SlideText(line, sizes.figure, colour) for line in lines if line)
    return SlideCell((SlideText(sign, size, colour, bold), *texts), cell.coverage)
