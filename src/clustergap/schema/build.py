"""What makes each schema."""

from collections.abc import Callable, Mapping
from typing import Any

from clustergap.schema.choices import SchemaName
from clustergap.schema.comparisons import diff_schema, keystones_schema, what_if_schema
from clustergap.schema.data_files import (
    fragment_schema,
    instruments_schema,
    mapping_schema,
    swot_schema,
)
from clustergap.schema.needs import needs_schema
from clustergap.schema.outputs import (
    check_schema,
    explain_schema,
    gaps_schema,
    matrix_schema,
    swot_output_schema,
)
from clustergap.schema.timeline import risks_schema, timeline_schema

SCHEMAS: Mapping[SchemaName, Callable[[], dict[str, Any]]] = {
    SchemaName.INSTRUMENTS: instruments_schema,
    SchemaName.FRAGMENT: fragment_schema,
    SchemaName.SWOT: swot_schema,
    SchemaName.MAPPING: mapping_schema,
    SchemaName.MATRIX: matrix_schema,
    SchemaName.GAPS: gaps_schema,
    SchemaName.EXPLAIN: explain_schema,
    SchemaName.SWOT_OUTPUT: swot_output_schema,
    SchemaName.NEEDS: needs_schema,
    SchemaName.WHAT_IF: what_if_schema,
    SchemaName.KEYSTONES: keystones_schema,
    SchemaName.DIFF: diff_schema,
    SchemaName.TIMELINE: timeline_schema,
    SchemaName.RISKS: risks_schema,
    SchemaName.CHECK: check_schema,
}
