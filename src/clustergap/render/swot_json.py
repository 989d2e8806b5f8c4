"""The SWOT as JSON: ``clustergap/swot@1``."""

from clustergap.analysis.swot import SwotView
from clustergap.document import Origin
from clustergap.render.grammar.json_swot import swot_json
from clustergap.writers.json import write_json


def render(view: SwotView, origin: Origin) -> str:
    return write_json(swot_json(view, origin))
