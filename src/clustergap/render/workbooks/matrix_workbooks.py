"""The matrix, its gaps or its needs as a workbook; their sheets stand in the report too."""

from collections.abc import Mapping

from clustergap.analysis.coverage import Rating
from clustergap.analysis.gaps import Gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Needs
from clustergap.answers import gaps
from clustergap.answers import matrix as matrix_answer
from clustergap.answers.phrases import (
    gaps_in_words,
    labels,
    query_in_words,
    source_in_words,
)
from clustergap.answers.ratings import marked_names, reasons_beside_word
from clustergap.document import Origin
from clustergap.model.cell import Cell
from clustergap.model.dataset import Role
from clustergap.render.workbooks.about_sheet import new_workbook, write_about_answer
from clustergap.text import count
from clustergap.theme import DEFINITIONS, FRAGILE, GAP_DEFINITION
from clustergap.writers.xlsx.cell_sizes import line_width
from clustergap.writers.xlsx.list_table import display, write_list
from clustergap.writers.xlsx.worksheet import Worksheet

_PICTURE_WIDTH = 135.0
"""Widths of a digit that a page in landscape has room for."""

_LEAST_ROLE, _MOST_ROLE, _LEAST_LEVEL, _MOST_LEVEL = 16.0, 34.0, 24.0, 46.0
_HEADER = 2
"""The row of the picture's header."""

_INDENT = 1.5
"""What the words of a cell keep from its border."""


def matrix_workbook(matrix: Matrix, origin: Origin) -> bytes:
    """Return the picture of the matrix, and its cells as a list."""
    workbook = new_workbook(matrix, origin, "Matrix")
    write_picture(workbook.sheet("Matrix"), matrix, origin)
    write_list(workbook.sheet("Cells"), matrix_answer.rows(matrix), "No cells.")
    write_about_answer(workbook, matrix, origin)
    return workbook.close()


def gaps_workbook(answer: Gaps, origin: Origin) -> bytes:
    """Return the list of gaps."""
    workbook = new_workbook(answer.matrix, origin, "Gaps")
    write_gaps(workbook.sheet("Gaps"), answer)
    write_about_answer(workbook, answer.matrix, origin)
    return workbook.close()


def needs_workbook(answer: Needs, origin: Origin) -> bytes:
    """Return the list of needs."""
    workbook = new_workbook(answer.matrix, origin, "Needs")
    write_needs(workbook.sheet("Needs"), answer)
    write_about_answer(workbook, answer.matrix, origin)
    return workbook.close()


def write_gaps(sheet: Worksheet, answer: Gaps) -> None:
    """Write the list of gaps."""
    write_list(sheet, gaps.rows(answer), "No gaps.")


def write_needs(sheet: Worksheet, answer: Needs) -> None:
    """Write the list of needs."""
    from clustergap.answers import needs

    write_list(sheet, needs.rows(answer), "No needs: there are no gaps.")


def write_picture(sheet: Worksheet, matrix: Matrix, origin: Origin) -> None:
    """Write roles down and levels across, each cell by shape, word, colour and its instruments."""
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
    row = write_legend(sheet, _HEADER + 2 + len(matrix.roles))
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
        text, cell_format = cell_in_words(rating, label), sheet.formats.coverage[rating.coverage]
        sheet.text(row, column, text, cell_format)
        lines.append(sheet.lines(text, sheet.widths[column] - _INDENT, cell_format))
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


def write_legend(sheet: Worksheet, row: int) -> int:
    """Write what the words of coverage mean, each beside a cell that looks like it; return the row below them."""
    for coverage, definition in DEFINITIONS.items():
        sheet.text(row, 0, display(coverage), sheet.formats.coverage[coverage])
        sheet.across(row, 1, definition, sheet.formats.beside)
        row += 1
    return row
