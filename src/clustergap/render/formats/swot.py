"""Formats of the SWOT."""

from collections.abc import Callable, Mapping

from clustergap.analysis.swot import SwotView
from clustergap.render import swot_json, swot_md
from clustergap.render.choices import TextFormat
from clustergap.render.grammar.markdown import signed
from clustergap.render.origin import Origin

SWOT: Mapping[TextFormat, Callable[[SwotView, Origin], str]] = {
    TextFormat.JSON: swot_json.render,
    TextFormat.MD: signed(swot_md.render),
}
