"""The matrix for the terminal; ``render_names`` names the instruments of each cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from clustergap.analysis.coverage import Rating
from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import headline, labels, meanings_in_words
from clustergap.answers.ratings import marked_names, share_in_words, short_notes
from clustergap.document import Origin
from clustergap.model.cell import Cell
from clustergap.model.dataset import Level
from clustergap.theme import WORDS, Shapes
from clustergap.writers.terminal import indent, legend, open_table, remarked, sign

NARROWEST_COLUMN = 14
"""A cell with its shape, word, number and mark."""

_HEADER = "Role"
"""Never broken, however short the roles' names are."""

NARROW, WIDE = 2, 4
"""The gap between columns, on a narrow screen and on a wide one."""

CellWriter = Callable[[Matrix, Rating, Shapes], RenderableType]


@remarked
def render(matrix: Matrix, _origin: Origin, shapes: Shapes) -> RenderableType:
    mark = "number: instruments, ! a gap without one"
    return _Page(matrix, shapes, _numbered, mark)


@remarked
def render_names(matrix: Matrix, _origin: Origin, shapes: Shapes) -> RenderableType:
    return _Page(matrix, shapes, _named, "! a gap without it", leading=1)


@dataclass(frozen=True, slots=True)
class _Page:
    """The table, split into several below each other where the screen is too narrow for all levels."""

    matrix: Matrix
    shapes: Shapes
    write_cell: CellWriter
    mark: str
    leading: int = 0

    def __rich_console__(
        self, _console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        yield Text(headline(self.matrix), style="bold")
        yield Text()
        for levels in self._split(options.max_width):
            yield self._table(levels, options.max_width)
            yield Text()
        yield legend(self.matrix, self.shapes, self.mark)
        yield Text(meanings_in_words(self.matrix), style="dim")

    def _split(self, width: int) -> list[tuple[Level, ...]]:
        levels = self.matrix.levels
        role = min(self._longest(), width // 3)
        fit = max(1, (width - role) // (NARROWEST_COLUMN + NARROW))
        return [levels[n : n + fit] for n in range(0, len(levels), fit)]

    def _longest(self) -> int:
        return max(map(cell_len, (_HEADER, *(role.name for role in self.matrix.roles))))

    def _table(self, levels: tuple[Level, ...], width: int) -> RenderableType:
        matrix = self.matrix
        longest = self._longest()
        wide, narrow = (
            longest + gap + len(levels) * (NARROWEST_COLUMN + gap) for gap in (WIDE, NARROW)
        )
        table = open_table(self.shapes, WIDE if wide - WIDE <= width else NARROW)
        table.leading = self.leading
        room = max(width // 3, width - narrow + longest)
        table.add_column(_HEADER, overflow="fold", width=min(longest, room))
        # Only where there is room: rich lets columns of a least width stand over the screen's edge.
        least = NARROWEST_COLUMN if narrow <= width else None
        for level in levels:
            table.add_column(Text(level.name), overflow="fold", min_width=least)
        for role in matrix.roles:
            ratings = (matrix.ratings[Cell(role.id, level.id)] for level in levels)
            table.add_row(
                Text(role.name),
                *(self.write_cell(matrix, rating, self.shapes) for rating in ratings),
            )
        return table


def _numbered(_matrix: Matrix, rating: Rating, shapes: Shapes) -> RenderableType:
    number = f"{len(rating.instruments):,}" if rating.instruments else ""
    mark = "!" if rating.rests_on else ""
    return Group(*_cell(rating, shapes, f"{number:>2}{mark}" if number else ""))


def _named(matrix: Matrix, rating: Rating, shapes: Shapes) -> RenderableType:
    label = labels(matrix)
    names = marked_names(rating, label)
    lines = [", ".join(names), *(short_notes(rating) if not names else ())]
    return Group(*_cell(rating, shapes, ""), *(Text(line) for line in lines if line))


def _cell(rating: Rating, shapes: Shapes, number: str) -> Iterator[RenderableType]:
    padded = f"{WORDS[rating.coverage]:<8}" if number else ""
    yield sign(rating.coverage, shapes, padded).append(number)
    share = share_in_words(rating.share)
    if share:
        yield indent(Text(share))
