"""Formats of the SWOT."""

from collections.abc import Callable, Mapping

from clustergap.analysis.swot import SwotView
from clustergap.document import Origin
from clustergap.render import swot_json, swot_md
from clustergap.render.choices import TextFormat
from clustergap.writers.markdown import signed

SWOT: Mapping[TextFormat, Callable[[SwotView, Origin], str]] = {
    TextFormat.JSON: swot_json.render,
    TextFormat.MD: signed(swot_md.render),
}
