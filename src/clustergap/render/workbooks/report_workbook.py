"""All answers as one workbook, with every statement of the data: what is edited and imported again."""

from collections import Counter
from collections.abc import Iterator, Mapping

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.report import FullReport
from clustergap.analysis.swot import SwotView
from clustergap.answers import risks
from clustergap.answers.evidence import citation
from clustergap.answers.needs import NO_SWOT
from clustergap.answers.phrases import (
    gaps_in_words,
    query_in_words,
    size_in_words,
    source_in_words,
    worst_in_words,
)
from clustergap.answers.swot import contradiction, links_in_words, nothing_as_sentence
from clustergap.document import Origin, Row, Rows
from clustergap.list_format.reference_layout import reference_tables, refuse_long_tables
from clustergap.model.cell import Cell
from clustergap.render.workbooks.about_sheet import new_workbook, write_about
from clustergap.render.workbooks.instrument_list import write_instruments
from clustergap.render.workbooks.matrix_workbooks import (
    write_gaps,
    write_legend,
    write_needs,
    write_picture,
)
from clustergap.theme import DEFINITIONS, GAP_DEFINITION
from clustergap.writers.xlsx.list_table import display, write_list
from clustergap.writers.xlsx.worksheet import Worksheet

SUMMARY = "Summary"

SHEETS: Mapping[str, str] = {
    "Matrix": "the picture: roles down, levels across",
    "Gaps": "what is not covered, or only partly, worst first",
    "Needs": "each gap as a need, with what the SWOT says and what there is to build on",
    "Risks": "what is covered, but fragile",
    "Instruments": "every statement of the data; edit it, then: clustergap import FILE",
    "SWOT": "strengths, weaknesses, opportunities and threats, with what they are linked to",
    "About": "what the words mean, the question, the sources, and the data's vocabularies",
}
"""What each sheet of the report holds, in their order behind the summary."""

_SUMMARY_WIDTHS = [30.0, 14.0, 14.0, 14.0, 14.0, 14.0]

_SWOT_HEADER = ("quadrant", "id", "text", "linked to", "matrix says", "sources")


def report_workbook(report: FullReport, origin: Origin) -> bytes:
    """Return all answers; the sheet Instruments can be edited and imported again.

    Raises:
        ClusterGapError: A text or a list is too long, for a workbook or for who imports it again.
    """
    matrix = report.matrix
    workbook = new_workbook(matrix, origin, "Gap analysis")
    sheets = {name: workbook.sheet(name) for name in (SUMMARY, *SHEETS)}
    holds = ". ".join(filter(None, (SHEETS["Risks"], risks.unjudged(report.risks))))
    _write_summary(sheets[SUMMARY], matrix, origin, {**SHEETS, "Risks": holds})
    write_picture(sheets["Matrix"], matrix, origin)
    write_gaps(sheets["Gaps"], report.gaps)
    write_needs(sheets["Needs"], report.needs)
    write_list(sheets["Risks"], risks.rows(report.risks), f"{risks.headline(report.risks)}.")
    write_list(sheets["SWOT"], Rows(_SWOT_HEADER, _swot_rows(report.swot)), NO_SWOT)
    vocabularies = reference_tables(matrix.dataset)
    refuse_long_tables(vocabularies)
    meanings = [
        (f"Risk: {kind.value}", risks.meaning(kind, report.risks))
        for kind in risks.kinds_of(report.risks)
    ]
    ranges = write_about(sheets["About"], matrix, origin, vocabularies, meanings)
    write_instruments(sheets["Instruments"], report, ranges)
    return workbook.close()


def _write_summary(
    sheet: Worksheet, matrix: Matrix, origin: Origin, others: Mapping[str, str]
) -> None:
    # The answer in two sentences, counted by level, and what each of the other sheets holds.
    formats = sheet.formats
    sheet.columns(_SUMMARY_WIDTHS)
    query = query_in_words(matrix.query)
    sheet.across(0, 0, matrix.dataset.title, formats.title)
    sheet.across(1, 0, f"{size_in_words(matrix)}, {query}", formats.text)
    sheet.across(3, 0, gaps_in_words(matrix), formats.strong)
    sheet.across(4, 0, worst_in_words(matrix), formats.text)
    row = _write_counts(sheet, 6, matrix) + 1
    row = write_legend(sheet, row)
    sheet.across(row, 0, GAP_DEFINITION, formats.text)
    sheet.across(row + 2, 0, source_in_words(matrix.dataset, origin, query), formats.text)
    for number, (name, holds) in enumerate(others.items(), row + 4):
        sheet.go_to(number, 0, name)
        sheet.across(number, 1, holds, formats.beside)
    sheet.raw.hide_gridlines(2)


def _write_counts(sheet: Worksheet, row: int, matrix: Matrix) -> int:
    formats = sheet.formats
    sheet.text(row, 0, "Level", formats.head)
    for column, coverage in enumerate(DEFINITIONS, 1):
        sheet.text(row, column, display(coverage), formats.coverage[coverage])
    sheet.text(row, 5, "cells", formats.head)
    for level in matrix.levels:
        row += 1
        cells = [matrix.ratings[Cell(role.id, level.id)] for role in matrix.roles]
        _write_count(sheet, row, level.name, Counter(rating.coverage for rating in cells))
    if len(matrix.levels) > 1:
        row += 1
        _write_count(sheet, row, "All levels", Counter(rating.coverage for rating in matrix))
    return row + 1


def _write_count(sheet: Worksheet, row: int, name: str, counts: Mapping[Coverage, int]) -> None:
    sheet.text(row, 0, name, sheet.formats.strong)
    sheet.fit_row(row, sheet.lines(name, _SUMMARY_WIDTHS[0], sheet.formats.strong))
    for column, coverage in enumerate(DEFINITIONS, 1):
        sheet.number(row, column, counts.get(coverage, 0))
    sheet.number(row, 5, sum(counts.values()))


def _swot_rows(view: SwotView) -> Iterator[Row]:
    for quadrant, items in view.quadrants:
        if not items and any(view.left_out(quadrant)):
            nothing = nothing_as_sentence(view, quadrant)
            yield (quadrant.value.capitalize(), None, nothing, None, None, None)
        for linked in items:
            yield (
                quadrant.value.capitalize(),
                linked.item.id,
                linked.item.text,
                "; ".join(links_in_words(view, linked)),
                contradiction(linked) if linked.is_contradicted else None,
                "; ".join(map(citation, linked.item.sources)),
            )
