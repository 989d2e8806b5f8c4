"""The sheet Matrix: the picture, roles down and levels across, each cell by shape, word, colour and its instruments."""

from collections.abc import Mapping

from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import gaps_in_words, labels, query_in_words, source_in_words
from clustergap.document import Origin
from clustergap.model.cell import Cell
from clustergap.model.dataset import Role
from clustergap.render.xlsx.cell_words import cell_in_words
from clustergap.render.xlsx.fit import longest_line, pieces
from clustergap.render.xlsx.legend import write_legend
from clustergap.render.xlsx.looks import BOLDER
from clustergap.render.xlsx.sheet import Sheet
from clustergap.theme import FRAGILE, GAP_DEFINITION

NAME = "Matrix"

_PAGE = 135.0
"""Widths of a digit that a page in landscape has room for."""

_LEAST_ROLE, _MOST_ROLE, _LEAST_LEVEL, _MOST_LEVEL = 16.0, 34.0, 24.0, 46.0
_HEADER = 2

_INDENT = 1.5
"""What the words of a cell keep from its border."""


def write_picture(sheet: Sheet, matrix: Matrix, origin: Origin) -> None:
    """Write the sheet."""
    looks, widths = sheet.looks, _widths(matrix)
    sheet.columns(widths)
    sheet.across(0, 0, matrix.dataset.title, looks.title)
    asked = query_in_words(matrix.query)
    sheet.across(1, 0, f"{gaps_in_words(matrix)} Asked: {asked}.", looks.text)
    names = ["Role", *(level.name for level in matrix.levels)]
    for column, name in enumerate(names):
        sheet.text(_HEADER, column, name, looks.head)
    heads = zip(names, widths, strict=True)
    sheet.fit_row(_HEADER, max(sheet.lines(name, width, looks.head) for name, width in heads))
    row, label = _HEADER + 1, labels(matrix)
    for role in matrix.roles:
        row = _write_role(sheet, row, matrix, role, label)
    _write_legend(sheet, row + 1, matrix, origin)
    sheet.raw.freeze_panes(_HEADER + 1, 1)
    sheet.raw.repeat_rows(_HEADER)
    sheet.raw.hide_gridlines(2)


def _widths(matrix: Matrix) -> list[float]:
    names = (BOLDER * longest_line(role.name) for role in matrix.roles)
    role = min(_MOST_ROLE, max(_LEAST_ROLE, *names))
    level = (_PAGE - role) / len(matrix.levels)
    return [role] + [min(_MOST_LEVEL, max(_LEAST_LEVEL, level))] * len(matrix.levels)


def _write_role(
    sheet: Sheet, row: int, matrix: Matrix, role: Role, label: Mapping[str, str]
) -> int:
    # What is too long for the highest row goes on in the next one.
    looks, room = sheet.looks, sheet.widths[-1] - _INDENT
    ratings = [matrix.ratings[Cell(role.id, level.id)] for level in matrix.levels]
    parts = [pieces(cell_in_words(rating, label), room / BOLDER) for rating in ratings]
    for number in range(max(map(len, parts))):
        name = f"{role.name} (continued)" if number else role.name
        sheet.text(row, 0, name, looks.strong)
        lines = [sheet.lines(name, sheet.widths[0], looks.strong)]
        for column, (rating, cut) in enumerate(zip(ratings, parts, strict=True), 1):
            text = cut[number] if number < len(cut) else ""
            sheet.text(row, column, text, looks.coverage[rating.coverage])
            lines.append(sheet.lines(text, room, looks.coverage[rating.coverage]))
        sheet.fit_row(row, max(lines))
        row += 1
    return row


def _write_legend(sheet: Sheet, row: int, matrix: Matrix, origin: Origin) -> None:
    looks = sheet.looks
    row = write_legend(sheet, row)
    sheet.across(row, 0, f"{GAP_DEFINITION} {FRAGILE}", looks.text)
    source = source_in_words(matrix.dataset, origin, query_in_words(matrix.query))
    sheet.across(row + 1, 0, source, looks.text)
