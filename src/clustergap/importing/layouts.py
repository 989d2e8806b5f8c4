"""Which of a workbook's sheets is a table to import, in which layout, and where its header is."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from clustergap.importing.claims import Claims
from clustergap.importing.limits import Limits
from clustergap.importing.list_layout import header_of, read_list
from clustergap.importing.matrix_layout import is_written_by_us, read_matrix
from clustergap.importing.problem import Problems, refuse
from clustergap.spreadsheet.sheet import Sheet, quote_sheet
from clustergap.wording import did_you_mean, fold, one_of, quote

MOST_ABOVE = 20
"""Rows in which a header is looked for: titles and remarks may stand above it."""

FIRST_CHOICE = "instruments"
"""The sheet that is read where several hold a list."""

_TWO = 2

_OURS = ". What clustergap writes about cells names no instruments: clustergap report -o report.xlsx has a list"


class Layout(NamedTuple):
    """A table to import: its sheet, the row of its header, and what reads it."""

    sheet: Sheet
    row: int
    read: Callable[[Sheet, int, Problems, Limits], Claims]


def choose_layout(sheets: Sequence[Sheet], asked: str | None, levels: Collection[str]) -> Layout:
    """Find the table to import.

    Args:
        sheets: All sheets.
        asked: The name of the sheet to look at; None: all that are not hidden.
        levels: The words by which levels are known; none: any may be one.

    Raises:
        SheetError: There is no such sheet, or no table in one of the two layouts.
    """
    if asked is None:
        looked_at = [sheet for sheet in sheets if not sheet.metadata.is_hidden]
    else:
        looked_at = [sheet for sheet in sheets if sheet.name == asked]
        if not looked_at:
            names = [sheet.name for sheet in sheets]
            hint = did_you_mean(asked, names) or f"there are {one_of(list(map(quote, names)))}"
            raise refuse(f"there is no sheet {quote(asked)}", hint)
    known = {fold(level) for level in levels}
    ours = any(map(is_written_by_us, looked_at))
    by_name = sorted(looked_at, key=lambda sheet: fold(sheet.name) != FIRST_CHOICE)
    found = [
        layout
        for find in (_find_list, *([] if ours else [_find_matrix]))
        for sheet in by_name
        if (layout := find(sheet, known))
    ]
    if not found:
        raise refuse(
            "there is no table to import: a list has the columns name, role and level, a matrix has levels in its "
            f"first row and roles in its first column{_OURS if ours else ''}",
            "clustergap init --template list.xlsx writes a list to fill in",
        )
    return found[0]


def left_out(sheets: Sequence[Sheet], chosen: Layout, known: Collection[str]) -> list[str]:
    """Say which sheets are not read, but those that are *known* to say nothing of their own."""
    rest = [
        f"{quote_sheet(sheet.name)}{' (hidden)' if sheet.metadata.is_hidden else ''}"
        for sheet in sheets
        if sheet is not chosen.sheet and sheet.name not in known and sheet.rows
    ]
    return [f"read is {quote_sheet(chosen.sheet.name)}, not {one_of(rest)}"] if rest else []


def _find_list(sheet: Sheet, _levels: Collection[str]) -> Layout | None:
    for row, texts in enumerate(sheet.rows[:MOST_ABOVE]):
        if header_of(texts):
            return Layout(sheet, row, read_list)
    return None


def _find_matrix(sheet: Sheet, levels: Collection[str]) -> Layout | None:
    candidates = [
        row
        for row, texts in enumerate(sheet.rows[:MOST_ABOVE])
        if any(map(str.strip, texts[1:])) and not _is_title(sheet, row)
    ]
    named = [row for row in candidates if _names_levels(sheet.rows[row][1:], levels)]
    if not candidates or (not named and len(sheet.rows) <= candidates[0] + 1):
        return None
    return Layout(sheet, (named or candidates)[0], read_matrix)


def _names_levels(texts: Sequence[str], levels: Collection[str]) -> bool:
    # Most of them: a row of a list names one too.
    filled = [text for text in texts if text.strip()]
    return sum(fold(text) in levels for text in filled) * _TWO >= len(filled)


def _is_title(sheet: Sheet, row: int) -> bool:
    # One text over many columns is no header.
    return any(
        merged.first[0] == row and merged.last[1] - merged.first[1] >= _TWO
        for merged in sheet.metadata.merged
    )
