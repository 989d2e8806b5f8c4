"""What is fragile as rows, what would lose most first."""

from collections.abc import Iterator

from clustergap.analysis.risks import Risks
from clustergap.answers.phrases import labels, level_names, role_names
from clustergap.answers.risks import sentence, unjudged
from clustergap.writers.rows_values import Row

HEADER = (
    "role", "level", "cell", "coverage", "risk", "why", "instruments", "a gap from", "full again on", "territories",
    "loss", "not assessed", "as of",
)  # fmt: skip


def rows(found: Risks) -> Iterator[Row]:
    """Write every risk; its loss is the part of the cell's units, from 0 to 1.

    A last row of no cell names each kind that was not judged: who has nothing but the rows must know too.
    """
    dataset, label = found.matrix.dataset, labels(found.matrix)
    roles, levels = role_names(dataset), level_names(dataset)
    for risk in found.risks:
        rating = risk.rating
        yield (
            roles[rating.cell.role],
            levels[rating.cell.level],
            str(rating.cell),
            rating.coverage,
            risk.kind.value,
            sentence(risk, label, dataset),
            "; ".join(label[id_] for id_ in risk.instruments),
            risk.day,
            risk.again,
            " ".join(risk.territories),
            round(risk.loss, 4),
            rating.share.unknown if rating.share else None,
            found.matrix.query.as_of,
        )
    for kind in found.unjudged:
        yield (None, None, None, None, kind.value, unjudged(found), *[None] * 7)
