"""What a question changes as JSON: ``clustergap/what-if@1``."""

from clustergap.analysis.what_if import WhatIf
from clustergap.document import Origin
from clustergap.render.grammar.json_changes import asked_json, changes_json
from clustergap.writers.json import write_json


def render(found: WhatIf, origin: Origin) -> str:
    comparison = found.comparison
    fragile = [
        {"cell": str(rating.cell), "rests_on": list(rating.rests_on)} for rating in found.fragile
    ]
    return write_json(
        {
            "schema": "clustergap/what-if@1",
            "before": asked_json(comparison.before, origin),
            "after": {**asked_json(comparison.after, origin), "added": found.added},
            **changes_json(comparison),
            "fragile": fragile,
        }
    )
