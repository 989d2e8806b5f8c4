"""The matrix as rows: one a cell."""

from collections.abc import Iterator

from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import labels, level_names, role_names
from clustergap.document import Row


def rows(matrix: Matrix) -> Iterator[Row]:
    """Write every cell that is shown, with the columns of ``grammar.matrix_columns``."""
    label = labels(matrix)
    roles, levels = role_names(matrix.dataset), level_names(matrix.dataset)
    for rating in matrix:
        share = rating.share
        yield (
            roles[rating.cell.role],
            levels[rating.cell.level],
            str(rating.cell),
            rating.coverage,
            "; ".join(label[id_] for id_ in rating.instruments),
            "; ".join(label[id_] for id_ in rating.rests_on),
            *((share.covered, share.partial, share.of, share.unknown) if share else (None,) * 4),
            " ".join(share.missing) if share else None,
            "; ".join(rating.notes),
            matrix.query.as_of,
        )
