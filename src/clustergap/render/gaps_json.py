"""The gaps as JSON: ``clustergap/gaps@1``."""

from clustergap.analysis.gaps import Gaps
from clustergap.document import Origin
from clustergap.render.grammar.json_gaps import gap_json
from clustergap.writers.json import axes_json, head, write_json


def render(found: Gaps, origin: Origin) -> str:
    gaps = [gap_json(gap) for gap in found.gaps]
    return write_json(
        {**head("gaps", found.matrix, origin), **axes_json(found.matrix), "gaps": gaps}
    )
