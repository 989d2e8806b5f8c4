"""The gaps as CSV: one row a gap, worst first."""

from clustergap.analysis.gaps import Gap, Gaps
from clustergap.render.gap_words import elsewhere
from clustergap.render.grammar.csv_text import write_csv
from clustergap.render.look import labels, level_names, reasons, role_names
from clustergap.render.origin import Origin

HEADER = (
    "role", "level", "cell", "coverage", "instruments", "why", "covered", "of", "missing", "elsewhere",
    "accepted", "accepted by", "accepted until", "as of",
)  # fmt: skip


def render(found: Gaps, _origin: Origin) -> str:
    return write_csv(HEADER, [_row(found, gap) for gap in found.gaps])


def _row(found: Gaps, gap: Gap) -> tuple[object, ...]:
    matrix, rating, share, accepted = found.matrix, gap.rating, gap.rating.share, gap.accepted
    label = labels(matrix)
    roles, levels = role_names(matrix.dataset), level_names(matrix.dataset)
    return (
        roles[rating.cell.role],
        levels[rating.cell.level],
        str(rating.cell),
        rating.coverage.value,
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
