"""The matrix as a picture for slides and pages: one file, no font of its own, nothing clipped."""

from dataclasses import replace

from clustergap.analysis.matrix import Matrix
from clustergap.model.cell import Cell
from clustergap.render.grammar.coverage_svg import SHAPE, Box, draw_box, draw_shape
from clustergap.render.grammar.picture import (
    BODY,
    GAP,
    HEAD,
    MARGIN,
    PADDING,
    SMALL,
    TITLE,
    Picture,
    column_for,
)
from clustergap.render.grammar.svg import write, write_lines
from clustergap.render.look import (
    GAP_DEFINITION,
    INKS,
    WORDS,
    describe,
    labels,
    query_in_words,
    share_in_words,
    short_notes,
    source_in_words,
)
from clustergap.render.origin import Origin

ROLE_WIDTH, LEVEL_WIDTH, NARROWEST = 200.0, 240.0, 1000.0


def render(matrix: Matrix, _origin: Origin) -> str:
    role = column_for((role.name for role in matrix.roles), HEAD, ROLE_WIDTH)
    wanted = 2 * MARGIN + role + len(matrix.levels) * (LEVEL_WIDTH + GAP)
    picture = Picture(max(NARROWEST, wanted))
    _draw_head(picture, matrix)
    _Body(picture, matrix, role).draw()
    picture.legend()
    picture.paragraph(
        f"{GAP_DEFINITION} A name with ! is one without which the cell would open.", SMALL
    )
    picture.paragraph(source_in_words(matrix.dataset, query_in_words(matrix.query)), SMALL)
    return picture.finish(matrix.dataset.title, describe(matrix))


def _draw_head(picture: Picture, matrix: Matrix) -> None:
    summary = matrix.summary()
    picture.paragraph(matrix.dataset.title, TITLE)
    counts = (
        f"{summary.none} not covered and {summary.partial} partly covered of {summary.cells} cells"
    )
    picture.paragraph(f"{counts}, {query_in_words(matrix.query)}", BODY)
    picture.y += PADDING


class _Body:
    """The cells: one row a role, one column a level, below the levels' names."""

    def __init__(self, picture: Picture, matrix: Matrix, role: float) -> None:
        self.picture, self.matrix, self.left = picture, matrix, MARGIN + role
        self.role = role
        room = picture.width - MARGIN - self.left
        self.column = room / max(1, len(matrix.levels)) - GAP

    def draw(self) -> None:
        picture = self.picture
        lines = [HEAD.wrap(level.name, self.column) for level in self.matrix.levels]
        for n, words in enumerate(lines):
            picture.parts += write_lines(self.left_of(n), picture.y, words, HEAD)
        picture.y += max(len(words) for words in lines) * HEAD.leading + GAP
        for role in self.matrix.roles:
            cells = [
                _CellBox(self.matrix, Cell(role.id, level.id), self.column)
                for level in self.matrix.levels
            ]
            self.draw_row(HEAD.wrap(role.name, self.role - PADDING), cells)

    def draw_row(self, words: list[str], cells: "list[_CellBox]") -> None:
        picture = self.picture
        height = max(len(words) * HEAD.leading + 2 * PADDING, *(cell.height for cell in cells))
        picture.parts += write_lines(MARGIN, picture.y + PADDING, words, HEAD)
        for n, cell in enumerate(cells):
            picture.parts += cell.draw(self.left_of(n), picture.y, height)
        picture.y += height + GAP

    def left_of(self, column: int) -> float:
        return self.left + column * (self.column + GAP)


class _CellBox:
    """One cell: its shape and word, its share, its instruments."""

    def __init__(self, matrix: Matrix, cell: Cell, width: float) -> None:
        rating = self.rating = matrix.ratings[cell]
        self.width = width
        label = labels(matrix)
        names = [
            label[id_] + ("!" if id_ in rating.rests_on else "") for id_ in rating.instruments
        ]
        details = [share_in_words(rating.share)] if rating.share else []
        details += short_notes(rating)
        details += ["where is not said"] if rating.where_not_said else []
        details += [", ".join(names)] if names else []
        room = width - 2 * PADDING
        self.lines = [line for detail in details for line in SMALL.wrap(detail, room)]

    @property
    def height(self) -> float:
        return 2 * PADDING + HEAD.leading + len(self.lines) * SMALL.leading

    def draw(self, x: float, y: float, height: float) -> list[str]:
        coverage = self.rating.coverage
        ink = INKS[coverage]
        top = y + PADDING
        return [
            *draw_box(coverage, Box(x, y, self.width, height)),
            *draw_shape(coverage, x + PADDING + SHAPE, top + HEAD.size / 2 + 2, ink),
            write(
                x + PADDING + 3 * SHAPE, top + HEAD.size, WORDS[coverage], replace(HEAD, fill=ink)
            ),
            *write_lines(x + PADDING, top + HEAD.leading, self.lines, replace(SMALL, fill=ink)),
        ]
