"""Formats of what explains a cell, an instrument or a rule."""

from collections.abc import Callable, Mapping

from clustergap.analysis.explain import CellExplanation, InstrumentExplanation
from clustergap.document import Origin
from clustergap.findings import Rule
from clustergap.render import (
    explain_cell_json,
    explain_cell_md,
    explain_instrument_json,
    explain_instrument_md,
    explain_rule_json,
    explain_rule_md,
)
from clustergap.render.choices import TextFormat
from clustergap.writers.markdown import signed

EXPLAIN_CELL: Mapping[TextFormat, Callable[[CellExplanation, Origin], str]] = {
    TextFormat.JSON: explain_cell_json.render,
    TextFormat.MD: signed(explain_cell_md.render),
}
EXPLAIN_INSTRUMENT: Mapping[TextFormat, Callable[[InstrumentExplanation, Origin], str]] = {
    TextFormat.JSON: explain_instrument_json.render,
    TextFormat.MD: signed(explain_instrument_md.render),
}
EXPLAIN_RULE: Mapping[TextFormat, Callable[[Rule], str]] = {
    TextFormat.JSON: explain_rule_json.render,
    TextFormat.MD: explain_rule_md.render,
}
