"""The matrix as CSV: one row a cell."""

from clustergap.analysis.matrix import Matrix
from clustergap.render.grammar.csv_text import write_csv
from clustergap.render.grammar.matrix_columns import COLUMNS
from clustergap.render.look import labels, level_names, role_names
from clustergap.render.origin import Origin


def render(matrix: Matrix, _origin: Origin) -> str:
    label = labels(matrix)
    roles, levels = role_names(matrix.dataset), level_names(matrix.dataset)
    rows = []
    for rating in matrix:
        share = rating.share
        rows.append(
            (
                roles[rating.cell.role],
                levels[rating.cell.level],
                str(rating.cell),
                rating.coverage.value,
                "; ".join(label[id_] for id_ in rating.instruments),
                "; ".join(label[id_] for id_ in rating.rests_on),
                *(
                    (share.covered, share.partial, share.of, share.unknown)
                    if share
                    else (None,) * 4
                ),
                " ".join(share.missing) if share else None,
                "; ".join(rating.notes),
                matrix.query.as_of,
            )
        )
    return write_csv(COLUMNS, rows)
