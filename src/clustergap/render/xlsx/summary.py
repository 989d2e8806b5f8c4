"""The sheet Summary: the answer in two sentences, counted by level, and where in the workbook to look next."""

from collections import Counter
from collections.abc import Mapping

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import (
    gaps_in_words,
    query_in_words,
    size_in_words,
    source_in_words,
    worst_in_words,
)
from clustergap.document import Origin
from clustergap.model.cell import Cell
from clustergap.render.xlsx.legend import write_legend
from clustergap.render.xlsx.sheet import Sheet
from clustergap.render.xlsx.shown import shown
from clustergap.theme import DEFINITIONS, GAP_DEFINITION

NAME = "Summary"

_WIDTHS = [30.0, 14.0, 14.0, 14.0, 14.0, 14.0]


def write_summary(sheet: Sheet, matrix: Matrix, origin: Origin, others: Mapping[str, str]) -> None:
    """Write the sheet; *others* says what each of the other sheets holds, by its name."""
    looks = sheet.looks
    sheet.columns(_WIDTHS)
    asked = query_in_words(matrix.query)
    sheet.across(0, 0, matrix.dataset.title, looks.title)
    sheet.across(1, 0, f"{size_in_words(matrix)}, {asked}", looks.text)
    sheet.across(3, 0, gaps_in_words(matrix), looks.strong)
    sheet.across(4, 0, worst_in_words(matrix), looks.text)
    row = _write_counts(sheet, 6, matrix) + 1
    row = write_legend(sheet, row)
    sheet.across(row, 0, GAP_DEFINITION, looks.text)
    sheet.across(row + 2, 0, source_in_words(matrix.dataset, origin, asked), looks.text)
    for number, (name, holds) in enumerate(others.items(), row + 4):
        sheet.go_to(number, 0, name)
        sheet.across(number, 1, holds, looks.beside)
    sheet.raw.hide_gridlines(2)


def _write_counts(sheet: Sheet, row: int, matrix: Matrix) -> int:
    looks = sheet.looks
    sheet.text(row, 0, "Level", looks.head)
    for column, coverage in enumerate(DEFINITIONS, 1):
        sheet.text(row, column, shown(coverage), looks.coverage[coverage])
    sheet.text(row, 5, "cells", looks.head)
    for level in matrix.levels:
        row += 1
        cells = [matrix.ratings[Cell(role.id, level.id)] for role in matrix.roles]
        _write_row(sheet, row, level.name, Counter(rating.coverage for rating in cells))
    if len(matrix.levels) > 1:
        row += 1
        _write_row(sheet, row, "All levels", Counter(rating.coverage for rating in matrix))
    return row + 1


def _write_row(sheet: Sheet, row: int, name: str, counts: Mapping[Coverage, int]) -> None:
    sheet.text(row, 0, name, sheet.looks.strong)
    sheet.fit_row(row, sheet.lines(name, _WIDTHS[0], sheet.looks.strong))
    for column, coverage in enumerate(DEFINITIONS, 1):
        sheet.number(row, column, counts.get(coverage, 0))
    sheet.number(row, 5, sum(counts.values()))
