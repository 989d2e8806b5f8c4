"""Formats of all answers in one document that people edit, print and mail."""

from collections.abc import Callable, Mapping

from clustergap.analysis.full_report import FullReport
from clustergap.document import Origin
from clustergap.render import briefing_docx, briefing_md, briefing_pptx, briefing_xlsx
from clustergap.render.choices import ReportFormat

BRIEFING: Mapping[ReportFormat, Callable[[FullReport, Origin], str | bytes]] = {
    ReportFormat.XLSX: briefing_xlsx.render,
    ReportFormat.PPTX: briefing_pptx.render,
    ReportFormat.DOCX: briefing_docx.render,
    ReportFormat.MD: briefing_md.render,
}
