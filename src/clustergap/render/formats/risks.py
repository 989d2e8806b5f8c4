"""Formats of the risks."""

from collections.abc import Callable, Mapping

from clustergap.analysis.risks import Risks
from clustergap.document import Origin
from clustergap.render import risks_csv, risks_json, risks_md
from clustergap.render.choices import RisksFormat
from clustergap.writers.markdown import signed

RISKS: Mapping[RisksFormat, Callable[[Risks, Origin], str]] = {
    RisksFormat.JSON: risks_json.render,
    RisksFormat.CSV: risks_csv.render,
    RisksFormat.MD: signed(risks_md.render),
}
