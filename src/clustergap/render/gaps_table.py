"""The gaps for the terminal, worst first."""

from rich.console import Group, RenderableType
from rich.text import Text

from clustergap.analysis.gaps import Gaps
from clustergap.analysis.matrix import Matrix
from clustergap.answers.gaps import acceptance, elsewhere
from clustergap.answers.phrases import level_names, query_in_words, role_names
from clustergap.answers.ratings import reasons
from clustergap.document import Origin
from clustergap.text import count, one_of
from clustergap.theme import Shapes
from clustergap.writers.terminal import headed_table, meanings, sign


def render(found: Gaps, _origin: Origin, shapes: Shapes) -> RenderableType:
    matrix = found.matrix
    if not found.gaps:
        return Group(
            Text(_headline(matrix), style="bold"), Text("No gaps."), Text(), meanings(matrix)
        )
    table = headed_table(shapes, "Role", "Level", "Coverage", "Why", "Elsewhere")
    roles, levels = role_names(matrix.dataset), level_names(matrix.dataset)
    for gap in found.gaps:
        cell = gap.rating.cell
        table.add_row(
            Text(roles[cell.role]),
            Text(levels[cell.level]),
            sign(gap.rating.coverage, shapes),
            Text("; ".join([*reasons(gap.rating), *acceptance(gap)])),
            Text(", ".join(elsewhere(gap, levels)) or "nowhere"),
        )
    return Group(Text(_headline(matrix), style="bold"), Text(), table, Text(), meanings(matrix))


def _headline(matrix: Matrix) -> str:
    summary = matrix.summary()
    where = ""
    if len(matrix.levels) < len(matrix.dataset.levels):
        noun = "level" if len(matrix.levels) == 1 else "levels"
        where += f" at {noun} {one_of([level.name for level in matrix.levels])}"
    if len(matrix.roles) < len(matrix.dataset.roles):
        where += f" for {one_of([role.name for role in matrix.roles])}"
    cells = count(summary.cells, "cell")
    return f"Gaps{where}: {summary.none} none, {summary.partial} partial of {cells} ({query_in_words(matrix.query)})"
