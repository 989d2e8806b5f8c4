"""Formats of what a question changes, and of what coverage rests on."""

from collections.abc import Callable, Mapping

from clustergap.analysis.what_if import Keystones, WhatIf
from clustergap.document import Origin
from clustergap.render import keystones_json, keystones_md, what_if_json, what_if_md
from clustergap.render.choices import TextFormat
from clustergap.writers.markdown import signed

WHAT_IF: Mapping[TextFormat, Callable[[WhatIf, Origin], str]] = {
    TextFormat.JSON: what_if_json.render,
    TextFormat.MD: signed(what_if_md.render),
}
KEYSTONES: Mapping[TextFormat, Callable[[Keystones, Origin], str]] = {
    TextFormat.JSON: keystones_json.render,
    TextFormat.MD: signed(keystones_md.render),
}
