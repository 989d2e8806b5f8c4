"""The matrix layout: roles down, levels across, the names of instruments in the cells, as on a slide."""

import re
from collections.abc import Iterator

from clustergap.importing.claims import Claim, Claims, Said, Word, bounded
from clustergap.importing.limits import Limits
from clustergap.importing.problem import Problem, Problems
from clustergap.importing.texts import note_forbidden
from clustergap.spreadsheet.sheet import Address, Sheet, quote_sheet

_SHAPES = ("●", "◐", "○")
"""With these begins what clustergap itself writes about a cell."""

_OBSERVATION = re.compile(
    r"(?:(?:not|only|partly|partially)|in (?:few|most|part|some))\b", re.IGNORECASE
)
"""How a text begins that names no instrument, but says how far the cell is covered."""

_EXTENT = re.compile(r"\s*\((partial|partly|full)\)$", re.IGNORECASE)
_LINES = re.compile(r"[;\n]")


def is_written_by_us(sheet: Sheet) -> bool:
    """Tell whether a sheet is the matrix as clustergap writes it, which names coverage and no instruments alone."""
    return any(text.startswith(_SHAPES) for cells in sheet.rows for text in cells[1:])


def read_matrix(sheet: Sheet, row: int, problems: Problems, limits: Limits) -> Claims:
    """Read the table whose header is that *row* and that ends before the first empty row.

    *problems* takes what is wrong in it.
    """
    header = sheet.rows[row]
    first = next(
        column
        for column in range(len(header))
        if any(sheet.text(below, column).strip() for below in range(row, len(sheet.rows)))
    )
    levels = {
        column: Word(" ".join(text.split()), sheet.at(row, column))
        for column, text in enumerate(header)
        if column > first and text.strip()
    }
    last = _last_row(sheet, row)
    problems.extend(
        Problem(*one) for one in sheet.problems(row, {first, *levels}) if one.at.row <= last
    )
    sheet.fill_merged(row + 1)
    roles = list(_roles(sheet, range(row + 1, last + 1), first, problems))
    claims = bounded(
        (claim for role in roles for claim in _row(sheet, role, levels, problems)), limits
    )
    remarks = []
    left = [
        number
        for number in range(last + 1, len(sheet.rows))
        if any(map(str.strip, sheet.rows[number]))
    ]
    if left:
        remarks.append(
            f"{quote_sheet(sheet.name)}: what stands below the table, from row {left[0] + 1} on, is not read"
        )
    return Claims(claims, remarks, roles=roles, levels=list(levels.values()))


def _last_row(sheet: Sheet, row: int) -> int:
    last = row
    for number in range(row + 1, len(sheet.rows)):
        if not any(map(str.strip, sheet.rows[number])):
            break
        last = number
    return last


def _roles(sheet: Sheet, rows: range, first: int, problems: Problems) -> Iterator[Word]:
    for row in rows:
        name, at = " ".join(sheet.text(row, first).split()), sheet.at(row, first)
        if not name:
            hint = "write the role that its cells speak of"
            problems.add(Problem(at, "this row has no role", hint))
        elif not note_forbidden(name, at, problems):
            yield Word(name, at)


def _row(sheet: Sheet, role: Word, levels: dict[int, Word], problems: Problems) -> Iterator[Claim]:
    for column, level in levels.items():
        at = sheet.at(role.at.row, column)
        text = sheet.text(role.at.row, column)
        if not note_forbidden(text, at, problems):
            yield from (_claim(part, at, role, level) for part in _parts(text))


def _parts(text: str) -> Iterator[str]:
    for line in _LINES.split(text):
        # A comma within "Not in every country, but in some" separates nothing.
        parts = [line] if _OBSERVATION.match(line.strip()) else line.split(",")
        yield from (" ".join(part.split()) for part in parts if part.strip())


def _claim(part: str, at: Address, role: Word, level: Word) -> Claim:
    if _OBSERVATION.match(part):
        statement = {"extent": Said("partial", at), "note": Said(part, at)}
        return Claim(at, role=role, level=level, statement=statement)
    extent = _EXTENT.search(part)
    if extent is None:
        return Claim(at, name=Word(part, at), role=role, level=level)
    said = "full" if extent[1].casefold() == "full" else "partial"
    name = Word(part[: extent.start()], at)
    return Claim(at, name=name, role=role, level=level, statement={"extent": Said(said, at)})
