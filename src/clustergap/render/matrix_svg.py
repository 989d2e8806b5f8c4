"""The matrix as a picture for slides and pages: one file, no font of its own, nothing clipped."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from clustergap.analysis.matrix import Matrix
from clustergap.analysis.rating import Coverage
from clustergap.model.cell import Cell
from clustergap.render.grammar.svg import (
    FONT,
    Attributes,
    Face,
    element,
    plain,
    write,
    write_lines,
)
from clustergap.render.look import (
    DEFINITIONS,
    FILLS,
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

MARGIN, GAP, PADDING, SHAPE = 32.0, 8.0, 12.0, 7.0
ROLE_WIDTH, LEVEL_WIDTH, NARROWEST = 200.0, 240.0, 1000.0

NO_BORDER: Attributes = {}

TITLE, HEAD, BODY, SMALL = Face(24, "bold"), Face(16, "bold"), Face(16), Face(13)


def render(matrix: Matrix, _origin: Origin) -> str:
    # A role's words stand whole, however long; its column grows with them.
    words = (word for role in matrix.roles for word in role.name.split())
    role = max(ROLE_WIDTH, *(HEAD.width(word) + PADDING for word in words))
    wanted = 2 * MARGIN + role + len(matrix.levels) * (LEVEL_WIDTH + GAP)
    page = _Page(matrix, max(NARROWEST, wanted), role)
    page.draw_head()
    page.draw_body()
    page.draw_foot()
    return page.finish()


@dataclass(slots=True)
class _Page:
    """A picture in the making; ``y`` is the top of what comes next."""

    matrix: Matrix
    width: float
    role: float
    y: float = MARGIN
    parts: list[str] = field(default_factory=list)

    @property
    def column(self) -> float:
        """The width of a level's cells."""
        return (self.width - 2 * MARGIN - self.role) / max(1, len(self.matrix.levels)) - GAP

    def draw_head(self) -> None:
        summary = self.matrix.summary()
        self.paragraph(self.matrix.dataset.title, TITLE)
        counts = f"{summary.none} not covered and {summary.partial} partly covered of {summary.cells} cells"
        self.paragraph(f"{counts}, {query_in_words(self.matrix.query)}", BODY)
        self.y += PADDING
        lines = [HEAD.wrap(level.name, self.column) for level in self.matrix.levels]
        for n, words in enumerate(lines):
            self.parts += write_lines(self.left_of(n), self.y, words, HEAD)
        self.y += max(len(words) for words in lines) * HEAD.leading + GAP

    def draw_body(self) -> None:
        for role in self.matrix.roles:
            words = HEAD.wrap(role.name, self.role - PADDING)
            cells = [
                _CellBox(self.matrix, Cell(role.id, level.id), self.column)
                for level in self.matrix.levels
            ]
            height = max(len(words) * HEAD.leading + 2 * PADDING, *(cell.height for cell in cells))
            self.parts += write_lines(MARGIN, self.y + PADDING, words, HEAD)
            for n, cell in enumerate(cells):
                self.parts += cell.draw(self.left_of(n), self.y, height)
            self.y += height + GAP

    def draw_foot(self) -> None:
        self.y += PADDING
        for coverage in (Coverage.FULL, Coverage.PARTIAL, Coverage.NONE, Coverage.UNKNOWN):
            self.parts += _draw_shape(coverage, MARGIN + SHAPE, self.y + SHAPE + 2, "#1A1A1A")
            words = SMALL.wrap(
                f"{WORDS[coverage]}: {DEFINITIONS[coverage]}", self.width - 3 * MARGIN
            )
            self.parts += write_lines(MARGIN + 3 * SHAPE, self.y, words, SMALL)
            self.y += len(words) * SMALL.leading + 2
        self.paragraph(
            f"{GAP_DEFINITION} A name with ! is one without which the cell would open.", SMALL
        )
        self.paragraph(source_in_words(self.matrix), SMALL)

    def paragraph(self, words: str, face: Face) -> None:
        lines = face.wrap(words, self.width - 2 * MARGIN)
        self.parts += write_lines(MARGIN, self.y, lines, face)
        self.y += len(lines) * face.leading + 4

    def left_of(self, column: int) -> float:
        return MARGIN + self.role + column * (self.column + GAP)

    def finish(self) -> str:
        width, height = round(self.width), round(self.y + MARGIN - GAP)
        content = [
            element("title", {"id": "title"}, plain(self.matrix.dataset.title)),
            element("desc", {"id": "desc"}, plain(describe(self.matrix))),
            _rect(Box(0, 0, width, height), "#FFFFFF"),
            *self.parts,
        ]
        attributes: Attributes = {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "width": width,
            "height": height,
            "role": "img",
            "aria-labelledby": "title desc",
            "font-family": FONT,
        }
        return element("svg", attributes, "\n" + "\n".join(content) + "\n") + "\n"


class Box(NamedTuple):
    """A rectangle, in pixels from the top left."""

    x: float
    y: float
    width: float
    height: float

    def within(self, by: float) -> "Box":
        """Return the rectangle that is smaller on each side."""
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)


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
            *_draw_box(coverage, Box(x, y, self.width, height)),
            *_draw_shape(coverage, x + PADDING + SHAPE, top + HEAD.size / 2 + 2, ink),
            write(
                x + PADDING + 3 * SHAPE, top + HEAD.size, WORDS[coverage], replace(HEAD, fill=ink)
            ),
            *write_lines(x + PADDING, top + HEAD.leading, self.lines, replace(SMALL, fill=ink)),
        ]


def _draw_box(coverage: Coverage, box: Box) -> list[str]:
    # Border and shape tell the coverages apart without colour, as in print and to the colour-blind.
    fill = FILLS[coverage]
    if coverage is Coverage.NONE:
        dashed: Attributes = {"stroke": "#A61B1B", "stroke-width": 3, "stroke-dasharray": "9 5"}
        return [_rect(box.within(1.5), fill, dashed)]
    if coverage is Coverage.UNKNOWN:
        dotted: Attributes = {"stroke": "#5A5A5A", "stroke-width": 2, "stroke-dasharray": "2 4"}
        return [_rect(box.within(1), fill, dotted)]
    bars = (0.0, 4.5) if coverage is Coverage.PARTIAL else ()
    return [
        _rect(box, fill),
        *(_rect(Box(box.x + dx, box.y, 2.5, box.height), "#7A5A00") for dx in bars),
    ]


def _rect(box: Box, fill: str, border: Attributes = NO_BORDER) -> str:
    return element("rect", {**box._asdict(), "fill": fill, **border})


def _draw_shape(coverage: Coverage, x: float, y: float, ink: str) -> list[str]:
    if coverage is Coverage.UNKNOWN:
        return [write(x - SHAPE / 2, y + SHAPE - 1, "?", replace(HEAD, fill=ink))]
    r = SHAPE - 1
    fill = ink if coverage is Coverage.FULL else "none"
    circle: Attributes = {"cx": x, "cy": y, "r": r, "fill": fill, "stroke": ink, "stroke-width": 2}
    ring = element("circle", circle)
    if coverage is not Coverage.PARTIAL:
        return [ring]
    half = f"M {x:g} {y - r:g} A {r:g} {r:g} 0 0 0 {x:g} {y + r:g} Z"
    return [ring, element("path", {"d": half, "fill": ink})]
