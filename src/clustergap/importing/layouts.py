"""Which of a workbook's sheets is a table to import, in which layout, and where its header is."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from clustergap.importing.address import quote_sheet
from clustergap.importing.claims import Claims
from clustergap.importing.list_layout import header_of, read_list
from clustergap.importing.matrix_layout import is_written_by_us, read_matrix
from clustergap.importing.problem import refuse
from clustergap.importing.sheet import Sheet
from clustergap.sheets.names import fold
from clustergap.wording import did_you_mean, one_of, quote

MOST_ABOVE = 20
"""Rows in which a header is looked for: titles and remarks may stand above it."""

FIRST_CHOICE = "instruments"
"""The sheet that is read where several hold a list."""

_TWO = 2


class Layout(NamedTuple):
    """A table to import: its sheet, the row of its header, and what reads it."""

    sheet: Sheet
    row: int
    read: Callable[[Sheet, int], Claims]


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
        looked_at = [sheet for sheet in sheets if not sheet.facts.is_hidden]
    else:
        looked_at = [sheet for sheet in sheets if sheet.name == asked]
        if not looked_at:
            names = [sheet.name for sheet in sheets]
            hint = did_you_mean(asked, names) or f"there are {one_of(list(map(quote, names)))}"
            raise refuse(f"there is no sheet {quote(asked)}", hint)
    known = {fold(level) for level in levels}
    by_name = sorted(looked_at, key=lambda sheet: fold(sheet.name) != FIRST_CHOICE)
    found = [
        layout
        for find in (_find_list, _find_matrix)
        for sheet in by_name
        if (layout := find(sheet, known))
    ]
    if not found:
        raise refuse(
            "there is no table to import: a list has the columns name, role and level, a matrix has levels in its "
            f"first row and roles in its first column{_ours(looked_at)}",
            "clustergap init --template list.xlsx writes a list to fill in",
        )
    return found[0]


def left_out(sheets: Sequence[Sheet], chosen: Layout, read: Collection[str]) -> list[str]:
    """Say which sheets are not read; *read* names those of which small tables were."""
    rest = [
        f"{quote_sheet(sheet.name)}{' (hidden)' if sheet.facts.is_hidden else ''}"
        for sheet in sheets
        if sheet is not chosen.sheet and sheet.name not in read and sheet.rows
    ]
    return [f"read is {quote_sheet(chosen.sheet.name)}, not {one_of(rest)}"] if rest else []


def _find_list(sheet: Sheet, _levels: Collection[str]) -> Layout | None:
    for row, texts in enumerate(sheet.rows[:MOST_ABOVE]):
        if header_of(texts):
            return Layout(sheet, row, read_list)
    return None


def _find_matrix(sheet: Sheet, levels: Collection[str]) -> Layout | None:
    if is_written_by_us(sheet):
        return None
    candidates = [
        row
        for row, texts in enumerate(sheet.rows[:MOST_ABOVE])
        if sum(bool(text.strip()) for text in texts) >= _TWO and not _is_title(sheet, row)
    ]
    named = [
        row for row in candidates if any(fold(text) in levels for text in sheet.rows[row][1:])
    ]
    if not candidates or (not named and len(sheet.rows) <= candidates[0] + 1):
        return None
    return Layout(sheet, (named or candidates)[0], read_matrix)


def _is_title(sheet: Sheet, row: int) -> bool:
    # One text over many columns is no header.
    return any(
        merged.first[0] == row and merged.last[1] - merged.first[1] >= _TWO
        for merged in sheet.facts.merged
    )


def _ours(sheets: Sequence[Sheet]) -> str:
    if not any(map(is_written_by_us, sheets)):
        return ""
    return ". What clustergap writes about cells names no instruments: clustergap report -o report.xlsx has a list"
