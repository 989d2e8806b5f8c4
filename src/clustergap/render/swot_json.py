"""The SWOT as JSON: ``clustergap/swot@1``."""

from clustergap.analysis.swot import SwotView
from clustergap.render.grammar.json_swot import swot_json
from clustergap.render.grammar.json_text import write_json
from clustergap.render.origin import Origin


def render(view: SwotView, origin: Origin) -> str:
    return write_json(swot_json(view, origin))
