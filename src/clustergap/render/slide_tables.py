"""Slides with a table: the matrix with its legend, and the gaps of every level; and the sources that a speaker reads below."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import ceil
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.gaps import Gap, Gaps
from clustergap.analysis.matrix import Matrix
from clustergap.answers.gaps import elsewhere, why_in_words
from clustergap.answers.phrases import (
    at_level,
    gaps_in_words,
    labels,
    level_names,
    role_names,
    size_in_words,
    worst_in_words,
)
from clustergap.answers.ratings import (
    how_covered,
    marked_names,
    reasons,
    share_in_words,
    short_notes,
    unassessed_in_words,
)
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Level
from clustergap.model.record import Source, SourceRef
from clustergap.text import count, one_of
from clustergap.theme import DEFINITIONS, GAP_DEFINITION, INKS, UNICODE, WORDS, WORST_FIRST
from clustergap.writers.slide_layout import (
    BESIDE,
    MARGIN,
    SPACING,
    WIDTH,
    Slide,
    SlideBox,
    SlideCell,
    SlideRow,
    SlideTable,
    SlideText,
    TablePage,
    TablePart,
    TextPart,
    block_height,
    body_box,
    fit_table,
    numbered,
    strong,
)

# What a speaker reads below a slide: where it is known from.


def cite_all(dataset: Dataset) -> tuple[str, ...]:
    """Spell out all sources of a dataset."""
    return _list_sources(dataset, {key: {} for key in dataset.sources})


def cite(dataset: Dataset, refs: Iterable[SourceRef]) -> tuple[str, ...]:
    """Spell out the sources that are cited, each once, with the places in it."""
    places: dict[str, dict[str, None]] = {}
    for ref in refs:
        locators = places.setdefault(ref.ref, {})
        if ref.locator:
            locators[ref.locator] = None
    return _list_sources(dataset, places)


def refs_of_cells(dataset: Dataset, cells: Collection[Cell]) -> Iterator[SourceRef]:
    """Walk through what instruments and observations cite that speak of *cells*, in file order."""
    for instrument in dataset.instruments:
        groups = [statements for cell, statements in instrument.covers.items() if cell in cells]
        if groups:
            yield from instrument.sources
            yield from (
                ref for group in groups for statement in group for ref in statement.sources
            )
    for cell, observations in dataset.observations.items():
        if cell in cells:
            yield from (ref for observation in observations for ref in observation.sources)


def _list_sources(dataset: Dataset, places: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    lines = []
    for key, locators in places.items():
        quoted = [f'"{locator}"' for locator in locators]
        at = f"; at {one_of(quoted)}" if quoted else ""
        lines.append(f"{key}: {_spell_out(dataset.sources[key])}{at}")
    return ("Sources", *lines) if lines else ("No source is cited for this.",)


def _spell_out(source: Source) -> str:
    """Name a source by all that is known of where it can be found.

    >>> _spell_out(Source(title="A book", author="A. Writer", date="2019"))
    'A. Writer, A book, 2019'
    """
    parts = (source.author, source.title, source.publisher, source.date, source.url)
    return ", ".join(part for part in parts if part)


def _cite_cells(dataset: Dataset, cells: Collection[Cell]) -> tuple[str, ...]:
    return cite(dataset, refs_of_cells(dataset, cells))


# The matrix: as many slides as its roles and levels need.

FIRST, NARROWEST = 180.0, 110.0
"""Widths of the column of roles, and of the others at the least."""

MOST_HEADER = 0.3
"""The part of the room that the names of levels may take."""

ROW = 70.0
"""How high rows become where there is room."""


class MatrixSizes(NamedTuple):
    """Sizes of the letters: of names and coverage, and of what stands below."""

    head: float
    small: float


MATRIX_SIZES = (MatrixSizes(18, 14), MatrixSizes(16, 12), MatrixSizes(14, 11), MatrixSizes(12, 10))


def matrix_slides(matrix: Matrix, foot: TextPart) -> list[Slide]:
    """Show how every role is covered at every level."""
    summary = matrix.summary()
    gaps = count(summary.none + summary.partial, "gap")
    title = f"{gaps} in {count(summary.cells, 'cell')}: {size_in_words(matrix)}"
    totals = f"{gaps_in_words(matrix)} {worst_in_words(matrix)}".strip()
    room = body_box(title, foot)
    keys = _legend(matrix, room.y + room.height)
    room = room._replace(height=min(key.box.y for key in keys) - SPACING - room.y)
    slides = []
    for levels, page in _matrix_pages(matrix, room):
        cells = {Cell(row.about, level.id) for row in page.rows for level in levels}
        description = f"Table of coverage by role and level. {totals}"
        table = TablePart(room._replace(height=page.height), page, description)
        slides.append(Slide(title, (table, *keys), _cite_cells(matrix.dataset, cells)))
    return numbered(slides)


def _matrix_pages(matrix: Matrix, room: SlideBox) -> Iterator[tuple[Sequence[Level], TablePage]]:
    number = _columns(matrix.levels, room)
    for start in range(0, len(matrix.levels), number):
        levels = matrix.levels[start : start + number]
        tables = (_matrix_table(matrix, levels, sizes, room.width) for sizes in MATRIX_SIZES)
        pages = fit_table(tables, room.height)
        yield from ((levels, page.stretched(room.height, ROW)) for page in pages)


def _columns(levels: Sequence[Level], room: SlideBox) -> int:
    most = int((room.width - FIRST) / NARROWEST)
    for groups in range(ceil(len(levels) / most), len(levels)):
        number = ceil(len(levels) / groups)
        width = (room.width - FIRST) / number - 2 * BESIDE
        names = (strong(level.name, MATRIX_SIZES[-1].head) for level in levels)
        if max(block_height((name,), width) for name in names) <= MOST_HEADER * room.height:
            return number
    return 1


def _matrix_table(
    matrix: Matrix, levels: Sequence[Level], sizes: MatrixSizes, width: float
) -> SlideTable:
    label, column = labels(matrix), (width - FIRST) / len(levels)
    rows = []
    for role in matrix.roles:
        ratings = (matrix.ratings[Cell(role.id, level.id)] for level in levels)
        cells = (_matrix_cell(rating, label, sizes) for rating in ratings)
        rows.append(SlideRow((SlideCell((strong(role.name, sizes.head),)), *cells), role.id))
    return SlideTable(
        (FIRST, *(column for _ in levels)),
        _header(("Role", *(level.name for level in levels)), sizes.head),
        rows,
    )


def _matrix_cell(rating: Rating, label: Mapping[str, str], sizes: MatrixSizes) -> SlideCell:
    # How it is covered, by how many instruments, and by which; else why not.
    number = len(rating.instruments)
    more = f" {number}{'!' if rating.rests_on else ''}" if number else ""
    colour = INKS[rating.coverage]
    head = strong(f"{_sign(rating.coverage)}{more}", sizes.head, colour)
    details = (SlideText(line, sizes.small, colour, above=1.0) for line in _details(rating, label))
    return SlideCell((head, *details), rating.coverage)


def _details(rating: Rating, label: Mapping[str, str]) -> list[str]:
    if rating.coverage is Coverage.UNKNOWN:
        return [how_covered(rating, label)]
    # Of what is covered the names matter, of a gap first why it is one.
    names = marked_names(rating, label)
    why = [share_in_words(rating.share)]
    why += short_notes(rating) if rating.coverage.is_gap else []
    why += ["where is not said"] if rating.where_not_said else []
    clauses = "; ".join(clause for clause in why if clause)
    return [words for words in (clauses, ", ".join(names)) if words] or reasons(rating)


# What the words of a matrix mean, below it: a small cell of each kind with its meaning beside it.

LEGEND_SIZE, KEY, KEY_HEIGHT, INSIDE, KEY_BESIDE = 10.0, 72.0, 20.0, 6.0, 8.0

FRAGILE = "The number counts instruments; ! marks a cell that would be a gap without one of them."


def _legend(matrix: Matrix, bottom: float) -> list[TextPart]:
    # Upwards from the bottom; unknown is left out where all is known.
    unknown = matrix.summary().unknown
    kinds = [kind for kind in WORST_FIRST if kind is not Coverage.UNKNOWN or unknown]
    column = (WIDTH - 2 * MARGIN) / len(kinds)
    width = column - KEY - 2 * KEY_BESIDE
    meanings = [SlideText(DEFINITIONS[kind], LEGEND_SIZE) for kind in kinds]
    high = max(KEY_HEIGHT, *(block_height((meaning,), width) for meaning in meanings))
    last = (SlideText(f"{GAP_DEFINITION} {FRAGILE}", LEGEND_SIZE),)
    foot = block_height(last, WIDTH - 2 * MARGIN)
    top = bottom - foot - high - 6
    parts = []
    for place, (kind, meaning) in enumerate(zip(kinds, meanings, strict=True)):
        x, sign = MARGIN + place * column, _sign(kind)
        key_box = SlideBox(x, top, KEY, KEY_HEIGHT)
        key = (strong(sign, LEGEND_SIZE, INKS[kind]),)
        beside = SlideBox(x + KEY + KEY_BESIDE, top, width, high)
        parts += [
            TextPart(key_box, key, f"Key: {sign}", kind, INSIDE),
            TextPart(beside, (meaning,), f"Meaning of {sign}"),
        ]
    below = SlideBox(MARGIN, bottom - foot, WIDTH - 2 * MARGIN, foot)
    return [*parts, TextPart(below, last, "What a gap is, and what the signs mean")]


# The gaps of every level: how each is covered, why, how the role is covered elsewhere, and who lives with it.

GAP_HEADER = ("Role", "Coverage", "Why", "Elsewhere")
GAP_WIDTHS = (0.25, 0.13, 0.42, 0.20)
"""Of the width that each column has."""

GAP_SIZES = (18.0, 16.0, 14.0, 12.0)
"""Of the letters: as large as all gaps fit on one slide, else the smallest."""

LINE_SPACE = 3.0


def gap_slides(answer: Gaps, foot: TextPart) -> list[Slide]:
    """Show the gaps of each level that is shown, and say so where there is none."""
    return [
        slide
        for level in answer.matrix.levels
        for slide in _level(
            answer.matrix,
            level,
            [gap for gap in answer.gaps if gap.rating.cell.level == level.id],
            foot,
        )
    ]


def _level(matrix: Matrix, level: Level, gaps: list[Gap], foot: TextPart) -> list[Slide]:
    title = _gap_title(level, gaps)
    room = body_box(title, foot)
    if not gaps:
        words = (SlideText(_no_gap(matrix, level), 20),)
        part = TextPart(room, words, f"How roles are covered at {at_level(level)}")
        cells = {rating.cell for rating in matrix if rating.cell.level == level.id}
        return [Slide(title, (part,), _cite_cells(matrix.dataset, cells))]
    tables = (_gap_table(matrix, gaps, size, room.width) for size in GAP_SIZES)
    slides = []
    for page in fit_table(tables, room.height):
        description = f"Table of the gaps at {at_level(level)}: role, coverage, why, elsewhere"
        part_of_table = TablePart(room._replace(height=page.height), page, description)
        cells = {Cell(row.about, level.id) for row in page.rows[1:]}
        slides.append(Slide(title, (part_of_table,), _cite_cells(matrix.dataset, cells)))
    return numbered(slides)


def _gap_title(level: Level, gaps: list[Gap]) -> str:
    none = sum(gap.rating.coverage is Coverage.NONE for gap in gaps)
    numbers = ((none, "not covered"), (len(gaps) - none, "partly covered"))
    kinds = [
        f"{number} {words}" if len(gaps) > 1 else words for number, words in numbers if number
    ]
    return f"{level.name}: {', '.join([count(len(gaps), 'gap') if gaps else 'no gap', *kinds])}"


def _no_gap(matrix: Matrix, level: Level) -> str:
    ratings = [rating for rating in matrix if rating.cell.level == level.id]
    unknown = sum(rating.coverage is Coverage.UNKNOWN for rating in ratings)
    if unknown == len(ratings):
        return f"Nobody has looked at {at_level(level)}: no role is assessed."
    of = count(len(ratings) - unknown, "role")
    but = f"; {count(unknown, 'role')} not assessed" if unknown else ""
    fragile = sum(bool(rating.rests_on) for rating in ratings)
    gaps = "a gap" if fragile == 1 else "gaps"
    lost = f" {fragile} of them would be {gaps} without one instrument." if fragile else ""
    return f"Every role is covered at {at_level(level)}: {of}{but}.{lost}"


def _gap_table(matrix: Matrix, gaps: list[Gap], size: float, width: float) -> SlideTable:
    return SlideTable(
        tuple(part * width for part in GAP_WIDTHS),
        _header(GAP_HEADER, size),
        [_gap_row(matrix, gap, size) for gap in gaps],
    )


def _gap_row(matrix: Matrix, gap: Gap, size: float) -> SlideRow:
    rating = gap.rating
    cells = (
        SlideCell((strong(role_names(matrix.dataset)[rating.cell.role], size),)),
        _coverage_cell(rating, size),
        _lines(why_in_words(gap, labels(matrix)), size),
        _lines(elsewhere(gap, level_names(matrix.dataset)) or ["nowhere"], size),
    )
    return SlideRow(cells, rating.cell.role)


def _coverage_cell(rating: Rating, size: float) -> SlideCell:
    # How it is covered, and how much of it nobody has looked at.
    colour, unassessed = INKS[rating.coverage], unassessed_in_words(rating)
    more = (SlideText(unassessed, size, colour),) if unassessed else ()
    return SlideCell((strong(_sign(rating.coverage), size, colour), *more), rating.coverage)


def _lines(lines: list[str], size: float) -> SlideCell:
    paragraphs = (
        SlideText(line, size, above=LINE_SPACE if number else 0.0)
        for number, line in enumerate(lines)
    )
    return SlideCell(tuple(paragraphs), repeated=0)


# What both tables are made of.


def _header(names: tuple[str, ...], size: float) -> SlideRow:
    return SlideRow(tuple(SlideCell((strong(name, size),)) for name in names))


def _sign(coverage: Coverage) -> str:
    return f"{UNICODE.coverage[coverage]} {WORDS[coverage]}"
