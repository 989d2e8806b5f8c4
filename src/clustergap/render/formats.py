"""What makes each format of each result.

``table`` and ``text`` stand in no dictionary: they are rich renderables, which ``cli`` prints on its console.
All others are one function from the finished result to the whole document.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from clustergap.analysis.explain import CellExplanation, InstrumentExplanation
from clustergap.analysis.gaps import Gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import SwotView
from clustergap.findings import Report, Rule
from clustergap.render import (
    check_json,
    explain_cell_json,
    explain_cell_md,
    explain_instrument_json,
    explain_instrument_md,
    explain_rule_json,
    explain_rule_md,
    gaps_csv,
    gaps_json,
    gaps_md,
    matrix_csv,
    matrix_json,
    matrix_md,
    matrix_svg,
    swot_json,
    swot_md,
)
from clustergap.render.choices import CheckFormat, GapsFormat, MatrixFormat, TextFormat
from clustergap.render.origin import Origin

ResultT = TypeVar("ResultT")
Renderer = Callable[[ResultT, Origin], str]


MATRIX: Mapping[MatrixFormat, Renderer[Matrix]] = {
    MatrixFormat.JSON: matrix_json.render,
    MatrixFormat.CSV: matrix_csv.render,
    MatrixFormat.MD: matrix_md.render,
    MatrixFormat.SVG: matrix_svg.render,
}
GAPS: Mapping[GapsFormat, Renderer[Gaps]] = {
    GapsFormat.JSON: gaps_json.render,
    GapsFormat.CSV: gaps_csv.render,
    GapsFormat.MD: gaps_md.render,
}
EXPLAIN_CELL: Mapping[TextFormat, Renderer[CellExplanation]] = {
    TextFormat.JSON: explain_cell_json.render,
    TextFormat.MD: explain_cell_md.render,
}
EXPLAIN_INSTRUMENT: Mapping[TextFormat, Renderer[InstrumentExplanation]] = {
    TextFormat.JSON: explain_instrument_json.render,
    TextFormat.MD: explain_instrument_md.render,
}
EXPLAIN_RULE: Mapping[TextFormat, Callable[[Rule], str]] = {
    TextFormat.JSON: explain_rule_json.render,
    TextFormat.MD: explain_rule_md.render,
}
SWOT: Mapping[TextFormat, Renderer[SwotView]] = {
    TextFormat.JSON: swot_json.render,
    TextFormat.MD: swot_md.render,
}
CHECK: Mapping[CheckFormat, Callable[[Report], str]] = {
    CheckFormat.JSON: check_json.render,
}
