"""Formats of everything in one document."""

from collections.abc import Callable, Mapping

from clustergap.analysis.full_report import GapMap
from clustergap.document import Origin
from clustergap.render import report_html
from clustergap.render.choices import ReportFormat

REPORT: Mapping[ReportFormat, Callable[[GapMap, Origin], str]] = {
    ReportFormat.HTML: report_html.render,
}
