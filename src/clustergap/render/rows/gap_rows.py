"""The gaps as rows, worst first."""

from collections.abc import Iterator

from clustergap.analysis.gaps import Gaps
from clustergap.answers.gaps import elsewhere
from clustergap.answers.phrases import labels, level_names, role_names
from clustergap.answers.ratings import reasons
from clustergap.writers.rows_values import Row

HEADER = (
    "role", "level", "cell", "coverage", "instruments", "why", "covered", "of", "missing", "elsewhere",
    "accepted", "accepted by", "accepted until", "as of",
)  # fmt: skip


def rows(found: Gaps) -> Iterator[Row]:
    """Write every gap."""
    matrix = found.matrix
    label = labels(matrix)
    roles, levels = role_names(matrix.dataset), level_names(matrix.dataset)
    for gap in found.gaps:
        rating, share, accepted = gap.rating, gap.rating.share, gap.accepted
        yield (
            roles[rating.cell.role],
            levels[rating.cell.level],
            str(rating.cell),
            rating.coverage,
            "; ".join(label[id_] for id_ in rating.instruments),
            "; ".join(reasons(rating)),
            share.covered if share else None,
            share.of if share else None,
            " ".join(share.missing) if share else None,
            "; ".join(elsewhere(gap, levels)),
            accepted.reason if accepted else None,
            accepted.by if accepted else None,
            accepted.until if accepted else None,
            matrix.query.as_of,
        )
