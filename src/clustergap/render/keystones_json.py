"""What coverage rests on as JSON: ``clustergap/keystones@1``."""

from clustergap.analysis.what_if import Keystones
from clustergap.document import Origin
from clustergap.writers.json import head, write_json


def render(found: Keystones, origin: Origin) -> str:
    ranked = [
        {
            "instrument": one.instrument.id,
            "opens": [str(cell) for cell in one.opens],
            "serves": [str(cell) for cell in one.serves],
        }
        for one in found.ranked
    ]
    return write_json({**head("keystones", found.matrix, origin), "keystones": ranked})
