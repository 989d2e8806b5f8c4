"""Formats of the needs, without and with the reasons of their order."""

from collections.abc import Callable, Mapping

from clustergap.analysis.needs import Needs
from clustergap.document import Origin
from clustergap.render import needs_csv, needs_json, needs_md, needs_xlsx
from clustergap.render.choices import NeedsFormat

NEEDS: Mapping[NeedsFormat, Callable[[Needs, Origin], str | bytes]] = {
    NeedsFormat.JSON: needs_json.render,
    NeedsFormat.CSV: needs_csv.render,
    NeedsFormat.MD: needs_md.render,
    NeedsFormat.XLSX: needs_xlsx.render,
}
WITH_REASONS: Mapping[NeedsFormat, Callable[[Needs, Origin], str | bytes]] = {
    **NEEDS,
    NeedsFormat.MD: needs_md.render_with_reasons,
}
