"""A table that cannot be imported, as a workbook in which to correct it: marked cells with the problems as comments."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from clustergap.list_format.reference_layout import LONGEST_TEXT
from clustergap.spreadsheet.sheet import Sheet, SpreadsheetError, cell_name, quote_sheet
from clustergap.text import visible
from clustergap.text_metrics import line_count
from clustergap.writers.column_widths import count_lines, longest_line, row_height
from clustergap.writers.worksheet import CREATED, TEXT, open_workbook

MOST_COMMENTS = 1_000
"""Cells with a comment, each of which is drawn as a shape; further cells are only coloured."""

NAME = "Problems"
TITLE = "Problems that clustergap import found"
"""The sheet that lists the problems; it is recognised by its first cell."""

_LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
"""Characters that the name of a sheet must not have."""

_ERRORS = frozenset(
    {"#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"}
)
"""The texts of errors in cells: they are written as errors, so that they stay problems."""

_MARKED = {"bg_color": "#F6C667", "border": 1, "border_color": "#A61B1B"}
_COMMENT_WIDTH, _COMMENT_ROOM, _LINE_HEIGHT, _MARGIN = 320, 22.5, 17, 12
"""Sizes of a comment in pixels, and the width of its lines in em of 9 points, as Tahoma is a little wider than our font."""

_WIDEST, _NARROWEST, _LOOKED_AT = 40, 8, 200
"""The greatest and least width of a column in digits, and the rows that determine it."""

_LIST_WIDTH, _MOST_LINES = 90, 5
"""The width in digits of the list's first column, and the visible lines of a row of the table."""

_CUT = f"the text goes on: a cell of a workbook holds {LONGEST_TEXT:,} characters"


class Mark(NamedTuple):
    """A problem in words, and the cells of one column that have it; without rows it is about the whole file."""

    words: str
    sheet: str = ""
    column: int = 0
    rows: Collection[int] = ()


def write_marked(sheets: Sequence[Sheet], marks: Sequence[Mark], title: str) -> bytes:
    """Write the texts of all sheets with the cells of problems marked, and a sheet that lists the problems.

    Args:
        sheets: The sheets of the table's file.
        marks: The problems, in the order of the list.
        title: The number of problems, and the file.
    """
    data = BytesIO()
    with open_workbook(data) as workbook:
        workbook.set_properties({"title": title, "created": CREATED})
        _Writer(workbook, marks).write(sheets, title)
    return data.getvalue()


def is_list_of_problems(sheet: Sheet) -> bool:
    """Tell whether a sheet is the list of problems of a marked workbook, and so not a table to import."""
    try:
        head = sheet.head(1) if sheet.name.startswith(NAME) else []
    except SpreadsheetError:
        return False
    return bool(head) and head[0][:1] == [TITLE]


def _is_readable(sheet: Sheet) -> bool:
    # An unreadable sheet that was not asked for is left out.
    try:
        _ = sheet.rows
    except SpreadsheetError:
        return False
    return True


class _Writer:
    def __init__(self, workbook: Any, marks: Sequence[Mark]) -> None:  # noqa: ANN401 - the library has no types
        self.workbook, self.marks = workbook, marks
        self.text = workbook.add_format(dict(TEXT))
        self.marked = workbook.add_format({**TEXT, **_MARKED})
        self.comments = _comments(marks)

    def write(self, sheets: Sequence[Sheet], title: str) -> None:
        names: dict[str, str] = {}
        left_out: list[str] = []
        for sheet in sheets:
            if not _is_readable(sheet):
                left_out.append(f"{quote_sheet(sheet.name)} cannot be read, and is left out here.")
                continue
            names[sheet.name] = _sheet_name(sheet.name, names.values())
            page = self.workbook.add_worksheet(names[sheet.name])
            if sheet.is_hidden:
                page.hide()
            self._write_sheet(page, sheet)
        self._write_list(names, [TITLE, title, *self._advice(), *left_out])

    def _write_sheet(self, page: Any, sheet: Sheet) -> None:  # noqa: ANN401
        wide = max(map(len, sheet.rows), default=0)
        page.ignore_errors({"number_stored_as_text": f"A1:{cell_name(len(sheet.rows), wide)}"})
        for column in range(wide):
            page.set_column(column, column, _width(sheet, column), self.text)
        marks = [mark for mark in self.marks if mark.sheet == sheet.name]
        for row, texts in enumerate(sheet.rows):
            lines = 1 + max((text.count("\n") for text in texts), default=0)
            if lines > 1:
                page.set_row(row, row_height(min(lines, _MOST_LINES)))
            for column, text in enumerate(texts):
                if text:
                    self._write_cell(page, row, column, text)
        for mark in marks:
            for row in mark.rows:
                self._mark(page, sheet, row, mark.column)

    def _write_cell(self, page: Any, row: int, column: int, text: str) -> None:  # noqa: ANN401
        if page.write_string(row, column, _encodable(text), self.text):
            page.write_comment(row, column, _CUT, _layout(_CUT))

    def _mark(self, page: Any, sheet: Sheet, row: int, column: int) -> None:  # noqa: ANN401
        text = sheet.text(row, column)
        if text in _ERRORS and (row, column) in sheet.metadata.errors:
            page.write_formula(row, column, f"={text}", self.marked, text)
        elif text:
            page.write_string(row, column, _encodable(text), self.marked)
        else:
            page.write_blank(row, column, None, self.marked)
        if words := self.comments.get((sheet.name, row, column)):
            page.write_comment(row, column, words, _layout(words))

    def _write_list(self, names: Mapping[str, str], lines: Sequence[str]) -> None:
        page = self.workbook.add_worksheet(_sheet_name(NAME, names.values()))
        bold = self.workbook.add_format({"bold": True})
        wrapped = self.workbook.add_format({**TEXT, "text_wrap": True})
        top = self.workbook.add_format({"valign": "top"})
        link = self.workbook.add_format({"valign": "top", "underline": 1, "font_color": "#0B5394"})
        page.set_column(0, 0, _LIST_WIDTH)
        page.set_column(1, 1, 8)
        page.set_column(2, 2, 24)
        for row, line in enumerate(lines):
            page.write_string(row, 0, line, bold if row == 0 else None)
        first = len(lines) + 1
        for column, word in enumerate(("Problem", "Cells", "The first")):
            page.write_string(first, column, word, bold)
        page.freeze_panes(first + 1, 0)
        for row, mark in enumerate(self.marks, first + 1):
            page.write_string(row, 0, mark.words, wrapped)
            page.set_row(row, row_height(count_lines(mark.words, _LIST_WIDTH - 1)))
            if mark.rows:
                at = cell_name(next(iter(mark.rows)), mark.column)
                page.write_number(row, 1, len(mark.rows), top)
                target = names.get(mark.sheet, "").replace("'", "''")
                address = f"{quote_sheet(mark.sheet)}!{at}"
                if target:
                    page.write_url(row, 2, f"internal:'{target}'!{at}", link, address)
                else:
                    page.write_string(row, 2, address, top)
        page.activate()

    def _advice(self) -> Iterator[str]:
        yield "Their cells are coloured, with a comment on each. Mend them, save, and import this workbook."
        cells = ((mark.sheet, row, mark.column) for mark in self.marks for row in mark.rows)
        if any(cell not in self.comments for cell in cells):
            yield f"Only {len(self.comments):,} cells have a comment; the others have the colour alone."


def _comments(marks: Sequence[Mark]) -> dict[tuple[str, int, int], str]:
    # Rare problems get all their comments; frequent ones only at their first cells.
    by_cell: defaultdict[tuple[str, int, int], list[str]] = defaultdict(list)
    for mark in sorted(marks, key=lambda mark: len(mark.rows)):
        for row in mark.rows:
            at = (mark.sheet, row, mark.column)
            if len(by_cell) >= MOST_COMMENTS and at not in by_cell:
                break
            by_cell[at].append(mark.words)
    return {at: "\n\n".join(words) for at, words in by_cell.items()}


def _layout(words: str) -> dict[str, Any]:
    lines = line_count(words, _COMMENT_ROOM)
    return {
        "author": "clustergap",
        "font_name": "Tahoma",
        "font_size": 9,
        "width": _COMMENT_WIDTH,
        "height": lines * _LINE_HEIGHT + _MARGIN,
    }


def _encodable(text: str) -> str:
    # Half a surrogate, which no file can have, is reported as a problem of its cell.
    return text.encode("utf-8", "replace").decode()


def _sheet_name(name: str, taken: Collection[str]) -> str:
    plain = _cut(visible(name).translate(_FORBIDDEN), _LONGEST_NAME) or "Sheet"
    folded = {"history", *(other.casefold() for other in taken)}  # Excel keeps that name to itself
    unique, number = plain, 1
    while unique.casefold() in folded:
        number += 1
        unique = f"{_cut(plain, _LONGEST_NAME - len(str(number)) - 1)} {number}"
    return unique


def _cut(name: str, longest: int) -> str:
    # Excel counts a letter beyond the first 65,536 as two; no name begins or ends with an apostrophe.
    units = name.strip("'").encode("utf-16-le")[: 2 * longest]
    return units.decode("utf-16-le", "ignore").strip("'")


def _width(sheet: Sheet, column: int) -> float:
    texts = (sheet.text(row, column) for row in range(min(len(sheet.rows), _LOOKED_AT)))
    longest = max(map(longest_line, texts), default=0.0)
    return max(_NARROWEST, min(_WIDEST, longest + 1))
