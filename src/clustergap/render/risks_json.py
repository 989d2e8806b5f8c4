"""What is fragile, as JSON: ``clustergap/risks@1``."""

from collections.abc import Mapping

from clustergap.analysis.risks import Risk, Risks
from clustergap.answers.phrases import labels
from clustergap.answers.risks import sentence
from clustergap.document import Origin
from clustergap.writers.json import Json, axes_json, head, share_json, write_json


def render(found: Risks, origin: Origin) -> str:
    label = labels(found.matrix)
    return write_json(
        {
            **head("risks", found.matrix, origin),
            "until": found.until.isoformat() if found.until else None,
            "crowded": found.crowded,
            **axes_json(found.matrix),
            "risks": [_risk(found, risk, label) for risk in found.risks],
            "unjudged": [kind.value for kind in found.unjudged],
        }
    )


def _risk(found: Risks, risk: Risk, label: Mapping[str, str]) -> Json:
    return {
        "cell": str(risk.rating.cell),
        "kind": risk.kind.value,
        "coverage": risk.rating.coverage.value,
        "share": share_json(risk.rating.share),
        "instruments": list(risk.instruments),
        "date": risk.day.isoformat() if risk.day else None,
        "again": risk.again.isoformat() if risk.again else None,
        "territories": list(risk.territories),
        "loss": round(risk.loss, 4),
        "sentence": sentence(risk, label, found.matrix.dataset),
    }
