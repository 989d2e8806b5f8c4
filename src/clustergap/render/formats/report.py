"""Formats of everything in one document."""

from collections.abc import Callable, Mapping

from clustergap.analysis.report import Report
from clustergap.render import report_html
from clustergap.render.choices import ReportFormat
from clustergap.render.origin import Origin

REPORT: Mapping[ReportFormat, Callable[[Report, Origin], str]] = {
    ReportFormat.HTML: report_html.render,
}
