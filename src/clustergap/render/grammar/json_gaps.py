"""A gap in JSON, as the gaps and the needs show it."""

from clustergap.analysis.gaps import Gap
from clustergap.writers.json import Json, cell_json


def gap_json(gap: Gap) -> Json:
    """Write a gap: its cell, where else the role is covered, who has accepted it."""
    return {
        **cell_json(gap.rating),
        "elsewhere": [other.cell.level for other in gap.elsewhere],
        "accepted": _accepted(gap),
    }


def _accepted(gap: Gap) -> Json | None:
    accepted = gap.accepted
    if accepted is None:
        return None
    until = accepted.until.isoformat() if accepted.until else None
    return {"reason": accepted.reason, "by": accepted.by, "until": until, "expired": gap.expired}
