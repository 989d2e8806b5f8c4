"""The gaps of every level: how each is covered, why, how the role is covered elsewhere, and who lives with it."""

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.gaps import Gap, Gaps
from clustergap.analysis.matrix import Matrix
from clustergap.answers.gaps import elsewhere, why_in_words
from clustergap.answers.phrases import at_level, labels, level_names, role_names
from clustergap.model.dataset import Level
from clustergap.render.pptx.coverage_cell import coverage_cell
from clustergap.render.pptx.grid import Grid, GridCell, GridPage, GridRow, largest
from clustergap.render.pptx.notes import notes_of_cells
from clustergap.render.pptx.paragraphs import Paragraph, strong
from clustergap.render.pptx.plan import Box, Slide, TablePart, TextPart, body_box, numbered
from clustergap.text import count

HEADER = ("Role", "Coverage", "Why", "Elsewhere")
PARTS = (0.25, 0.13, 0.42, 0.20)
"""Of the width that each column has."""

SIZES = (18.0, 16.0, 14.0, 12.0)
"""Of the letters: as large as all gaps fit on one slide, else the smallest."""

SPACE = 3.0


def gap_slides(found: Gaps, foot: TextPart) -> list[Slide]:
    """Show the gaps of each level that is shown, and say so where there is none."""
    return [
        slide
        for level in found.matrix.levels
        for slide in _level(
            found.matrix,
            level,
            [gap for gap in found.gaps if gap.rating.cell.level == level.id],
            foot,
        )
    ]


def _level(matrix: Matrix, level: Level, gaps: list[Gap], foot: TextPart) -> list[Slide]:
    title = _title(level, gaps)
    room = body_box(title, foot)
    if not gaps:
        words = (Paragraph(_no_gap(matrix, level), 20),)
        part = TextPart(room, words, f"How roles are covered at {at_level(level)}")
        cells = {rating.cell for rating in matrix if rating.cell.level == level.id}
        return [Slide(title, (part,), notes_of_cells(matrix.dataset, cells))]
    return numbered(
        [_slide(matrix, level, title, page, room) for page in _fit(matrix, gaps, room)]
    )


def _title(level: Level, gaps: list[Gap]) -> str:
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


def _fit(matrix: Matrix, gaps: list[Gap], room: Box) -> list[GridPage]:
    return largest((_grid(matrix, gaps, size, room.width) for size in SIZES), room.height)


def _grid(matrix: Matrix, gaps: list[Gap], size: float, width: float) -> Grid:
    return Grid(
        tuple(part * width for part in PARTS),
        GridRow(tuple(GridCell((strong(name, size),)) for name in HEADER)),
        [_row(matrix, gap, size) for gap in gaps],
    )


def _row(matrix: Matrix, gap: Gap, size: float) -> GridRow:
    rating = gap.rating
    cells = (
        GridCell((strong(role_names(matrix.dataset)[rating.cell.role], size),)),
        coverage_cell(rating, size),
        _lines(why_in_words(gap, labels(matrix)), size),
        _lines(elsewhere(gap, level_names(matrix.dataset)) or ["nowhere"], size),
    )
    return GridRow(cells, rating.cell.role)


def _lines(words: list[str], size: float) -> GridCell:
    return GridCell(
        tuple(Paragraph(one, size, above=SPACE if n else 0.0) for n, one in enumerate(words)),
        repeated=0,
    )


def _slide(matrix: Matrix, level: Level, title: str, page: GridPage, room: Box) -> Slide:
    roles = [row.about for row in page.rows[1:]]
    description = f"Table of the gaps at {at_level(level)}: role, coverage, why, elsewhere"
    part = TablePart(room._replace(height=page.height), page, description)
    keys = {rating.cell for rating in matrix if rating.cell.role in roles}
    cells = {cell for cell in keys if cell.level == level.id}
    return Slide(title, (part,), notes_of_cells(matrix.dataset, cells))
