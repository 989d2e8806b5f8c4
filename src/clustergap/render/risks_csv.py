"""What is fragile, as CSV: one row a risk, what would lose most first."""

from collections.abc import Mapping

from clustergap.analysis.risks import Risk, Risks
from clustergap.render.grammar.csv_text import write_csv
from clustergap.render.look import labels, level_names, role_names
from clustergap.render.origin import Origin
from clustergap.render.risk_words import sentence

HEADER = (
    "role", "level", "cell", "coverage", "risk", "why", "instruments", "opens on", "full again on", "territories",
    "loss", "not assessed", "as of",
)  # fmt: skip


def render(found: Risks, _origin: Origin) -> str:
    label = labels(found.matrix)
    return write_csv(HEADER, [_row(found, risk, label) for risk in found.risks])


def _row(found: Risks, risk: Risk, label: Mapping[str, str]) -> tuple[object, ...]:
    dataset, rating = found.matrix.dataset, risk.rating
    return (
        role_names(dataset)[rating.cell.role],
        level_names(dataset)[rating.cell.level],
        str(rating.cell),
        rating.coverage.value,
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
