"""The answers as workbooks: the matrix, the gaps and the needs alone, or all of them with every statement of the data."""

from collections import Counter
from collections.abc import Iterator, Mapping

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.full_report import FullReport
from clustergap.analysis.gaps import Gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Needs
from clustergap.analysis.swot import SwotView
from clustergap.answers import gaps, needs, risks
from clustergap.answers.needs import NO_SWOT
from clustergap.answers.phrases import (
    citation,
    gaps_in_words,
    labels,
    query_in_words,
    size_in_words,
    source_in_words,
    worst_in_words,
)
from clustergap.answers.ratings import marked_names, reasons_beside_word
from clustergap.answers.swot import contradiction, links_in_words, nothing_as_sentence
from clustergap.document import Origin, Row, Rows
from clustergap.list_format.reference_layout import reference_tables, refuse_long_tables
from clustergap.model.cell import Cell
from clustergap.model.dataset import Role
from clustergap.render.grammar.matrix_columns import COLUMNS
from clustergap.render.rows import matrix_rows
from clustergap.render.workbooks.about_sheet import new_workbook, write_about, write_about_answer
from clustergap.render.workbooks.instrument_list import write_instruments
from clustergap.text import count
from clustergap.theme import DEFINITIONS, FRAGILE, GAP_DEFINITION
from clustergap.writers.xlsx.cell_sizes import line_width
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

_PICTURE_WIDTH = 135.0
"""Widths of a digit that a page in landscape has room for."""

_LEAST_ROLE, _MOST_ROLE, _LEAST_LEVEL, _MOST_LEVEL = 16.0, 34.0, 24.0, 46.0
_HEADER = 2
"""The row of the picture's header."""

_INDENT = 1.5
"""What the words of a cell keep from its border."""

_SWOT_HEADER = ("quadrant", "id", "text", "linked to", "matrix says", "sources")


def matrix_workbook(matrix: Matrix, origin: Origin) -> bytes:
    """Return the picture of the matrix, and its cells as a list."""
    workbook = new_workbook(matrix, origin, "Matrix")
    _write_picture(workbook.sheet("Matrix"), matrix, origin)
    write_list(workbook.sheet("Cells"), Rows(COLUMNS, matrix_rows.rows(matrix)), "No cells.")
    write_about_answer(workbook, matrix, origin)
    return workbook.close()


def gaps_workbook(answer: Gaps, origin: Origin) -> bytes:
    """Return the list of gaps."""
    workbook = new_workbook(answer.matrix, origin, "Gaps")
    _write_gaps(workbook.sheet("Gaps"), answer)
    write_about_answer(workbook, answer.matrix, origin)
    return workbook.close()


def needs_workbook(answer: Needs, origin: Origin) -> bytes:
    """Return the list of needs."""
    workbook = new_workbook(answer.matrix, origin, "Needs")
    _write_needs(workbook.sheet("Needs"), answer)
    write_about_answer(workbook, answer.matrix, origin)
    return workbook.close()


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
    _write_picture(sheets["Matrix"], matrix, origin)
    _write_gaps(sheets["Gaps"], report.gaps)
    _write_needs(sheets["Needs"], report.needs)
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


def _write_gaps(sheet: Worksheet, answer: Gaps) -> None:
    write_list(sheet, gaps.rows(answer), "No gaps.")


def _write_needs(sheet: Worksheet, answer: Needs) -> None:
    rows = needs.rows(answer)
    write_list(sheet, rows, "No needs: there are no gaps.")


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


# The sheet Summary


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
    row = _write_legend(sheet, row)
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


def _write_legend(sheet: Worksheet, row: int) -> int:
    # What the words of coverage mean, each beside a cell that looks like it; returns the row below them.
    for coverage, definition in DEFINITIONS.items():
        sheet.text(row, 0, display(coverage), sheet.formats.coverage[coverage])
        sheet.across(row, 1, definition, sheet.formats.beside)
        row += 1
    return row


# The sheet Matrix


def _write_picture(sheet: Worksheet, matrix: Matrix, origin: Origin) -> None:
    # Roles down and levels across, each cell by shape, word, colour and its instruments.
    formats, widths = sheet.formats, _picture_widths(matrix)
    sheet.columns(widths)
    sheet.across(0, 0, matrix.dataset.title, formats.title)
    query = query_in_words(matrix.query)
    sheet.across(1, 0, f"{gaps_in_words(matrix)} Asked: {query}.", formats.text)
    names = ["Role", *(level.name for level in matrix.levels)]
    for column, name in enumerate(names):
        sheet.text(_HEADER, column, name, formats.head)
    heads = zip(names, widths, strict=True)
    sheet.fit_row(_HEADER, max(sheet.lines(name, width, formats.head) for name, width in heads))
    label = labels(matrix)
    for row, role in enumerate(matrix.roles, _HEADER + 1):
        _write_role(sheet, row, matrix, role, label)
    row = _write_legend(sheet, _HEADER + 2 + len(matrix.roles))
    sheet.across(row, 0, f"{GAP_DEFINITION} {FRAGILE}", formats.text)
    sheet.across(row + 1, 0, source_in_words(matrix.dataset, origin, query), formats.text)
    sheet.raw.freeze_panes(_HEADER + 1, 1)
    sheet.raw.repeat_rows(_HEADER)
    sheet.raw.hide_gridlines(2)


def _picture_widths(matrix: Matrix) -> list[float]:
    names = (line_width(role.name, len(role.name)) for role in matrix.roles)
    role = min(_MOST_ROLE, max(_LEAST_ROLE, *names))
    level = (_PICTURE_WIDTH - role) / len(matrix.levels)
    return [role] + [min(_MOST_LEVEL, max(_LEAST_LEVEL, level))] * len(matrix.levels)


def _write_role(
    sheet: Worksheet, row: int, matrix: Matrix, role: Role, label: Mapping[str, str]
) -> None:
    sheet.text(row, 0, role.name, sheet.formats.strong)
    lines = [sheet.lines(role.name, sheet.widths[0], sheet.formats.strong)]
    for column, level in enumerate(matrix.levels, 1):
        rating = matrix.ratings[Cell(role.id, level.id)]
        text, look = cell_in_words(rating, label), sheet.formats.coverage[rating.coverage]
        sheet.text(row, column, text, look)
        lines.append(sheet.lines(text, sheet.widths[column] - _INDENT, look))
    sheet.fit_row(row, max(lines))


def cell_in_words(rating: Rating, label: Mapping[str, str]) -> str:
    """Say how a cell is covered, and below it by what, with ``!`` at what it rests on, and why.

    *label* holds what stands for each instrument, by id.
    """
    number = len(rating.instruments)
    sign = display(rating.coverage)
    head = f"{sign}, {count(number, 'instrument')}" if number else sign
    lines = (head, ", ".join(marked_names(rating, label)), "; ".join(reasons_beside_word(rating)))
    return "\n".join(line for line in lines if line)
