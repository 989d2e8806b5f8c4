"""The gaps as JSON: ``clustergap/gaps@1``."""

from clustergap.analysis.gaps import Gap, Gaps
from clustergap.render.grammar.json_text import Json, axes_json, cell_json, head, write_json
from clustergap.render.origin import Origin


def render(found: Gaps, origin: Origin) -> str:
    gaps = [_gap(gap) for gap in found.gaps]
    return write_json(
        {**head("gaps", found.matrix, origin), **axes_json(found.matrix), "gaps": gaps}
    )


def _gap(gap: Gap) -> Json:
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
