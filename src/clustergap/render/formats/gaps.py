"""Formats of the gaps."""

from collections.abc import Callable, Mapping

from clustergap.analysis.gaps import Gaps
from clustergap.document import Origin
from clustergap.render import gaps_csv, gaps_json, gaps_md, gaps_xlsx
from clustergap.render.choices import GapsFormat
from clustergap.writers.markdown import signed

GAPS: Mapping[GapsFormat, Callable[[Gaps, Origin], str | bytes]] = {
    GapsFormat.JSON: gaps_json.render,
    GapsFormat.CSV: gaps_csv.render,
    GapsFormat.MD: signed(gaps_md.render),
    GapsFormat.XLSX: gaps_xlsx.render,
}
