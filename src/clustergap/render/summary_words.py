"""The matrix in two sentences: how many gaps there are, and which are the worst."""

from clustergap.analysis.matrix import Matrix
from clustergap.analysis.rating import Coverage
from clustergap.render.look import level_names, role_names
from clustergap.text import count, one_of


def gaps_in_words(matrix: Matrix) -> str:
    """Count the gaps: the first of the two sentences that a reader of one minute takes home.

    A gap is a cell with no coverage or with only part of it, in every output.
    """
    summary = matrix.summary()
    number = summary.none + summary.partial
    kinds = f"{summary.none} not covered and {summary.partial} partly covered"
    unknown = f", {summary.unknown} not assessed" if summary.unknown else ""
    return f"{count(number, 'gap')}: {kinds} of {count(summary.cells, 'cell')}{unknown}."


def worst_in_words(matrix: Matrix) -> str:
    """Name the worst gaps, at most a dozen."""
    roles, levels = role_names(matrix.dataset), level_names(matrix.dataset)
    for coverage, words in ((Coverage.NONE, "Not covered"), (Coverage.PARTIAL, "Partly covered")):
        cells = [rating.cell for rating in matrix if rating.coverage is coverage]
        if cells:
            return f"{words}: {one_of([f'{roles[c.role]} at {levels[c.level]}' for c in cells])}."
    return "Every cell is covered." if all(r.coverage is Coverage.FULL for r in matrix) else ""
