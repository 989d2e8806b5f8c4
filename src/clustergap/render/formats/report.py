"""Formats of everything in one document."""

from collections.abc import Callable, Mapping

from clustergap.analysis.report import Report
from clustergap.document import Origin
from clustergap.render import report_html
from clustergap.render.choices import ReportFormat

REPORT: Mapping[ReportFormat, Callable[[Report, Origin], str]] = {
    ReportFormat.HTML: report_html.render,
}
