"""The gaps as CSV: one row a gap, worst first."""

from clustergap.analysis.gaps import Gap, Gaps
from clustergap.render.grammar.csv_text import write_csv
from clustergap.render.look import labels, reasons
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
    roles = {role.id: role.name for role in matrix.dataset.roles}
    levels = {level.id: level.name for level in matrix.dataset.levels}
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
        "; ".join(f"{levels[other.cell.level]} {other.coverage.value}" for other in gap.elsewhere),
        accepted.reason if accepted else None,
        accepted.by if accepted else None,
        accepted.until if accepted else None,
        matrix.query.as_of,
    )
