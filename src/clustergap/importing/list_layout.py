"""The list layout: one row for each instrument and cell, columns named as in the data model."""

from collections.abc import Iterator

from clustergap.importing.claims import (
    Claim,
    Claims,
    Said,
    Value,
    Word,
    bounded,
    too_many,
)
from clustergap.importing.limits import Limits
from clustergap.importing.problem import Problem, Problems
from clustergap.importing.texts import note_forbidden
from clustergap.near_misses import CLOSE, likeness
from clustergap.sheets.cell_text import read_codes, read_refs, split
from clustergap.sheets.columns import BY_NAME, Column, Holds, Part
from clustergap.spreadsheet.sheet import Sheet, column_name, quote_sheet
from clustergap.wording import closest, fold, quote

_CELL = "cell"
_ALSO = {"instrument": "name"}
"""What columns are also called."""


def header_of(texts: list[str]) -> dict[int, str]:
    """Return which columns of the layout a row names, by their place, if it is the header of a list; else nothing."""
    names = {place: _column_name(text) for place, text in enumerate(texts)}
    found = {place: name for place, name in names.items() if name in BY_NAME or name == _CELL}
    known = set(found.values())
    has_cell = _CELL in known or {"role", "level"} <= known
    return found if has_cell and known & {"id", "name"} else {}


def read_list(sheet: Sheet, row: int, problems: Problems, limits: Limits) -> Claims:
    """Read the rows below the header, which is that *row*; *problems* takes what is wrong in them."""
    columns = header_of(sheet.rows[row])
    remarks = _look_at_header(sheet, row, columns, problems)
    problems.extend(Problem(*one) for one in sheet.problems(row + 1, columns))
    sheet.fill_merged(row + 1)
    known = {place: BY_NAME[name] for place, name in columns.items() if name in BY_NAME}
    cell = next((place for place, name in columns.items() if name == _CELL), None)
    reader = _Rows(sheet, known, cell, problems)
    rows = [number for number in range(row + 1, len(sheet.rows)) if any(sheet.rows[number])]
    if len(rows) > limits.claims:
        raise too_many(limits.claims)
    claims = bounded((claim for number in rows for claim in reader.read(number)), limits)
    keys = {
        part: frozenset(column.key for column in known.values() if column.part is part)
        for part in Part
    }
    return Claims(claims, remarks, keys[Part.INSTRUMENT], keys[Part.STATEMENT])


def _column_name(text: str) -> str:
    name = fold(text).replace(" ", "_").replace("-", "_")
    return _ALSO.get(name, name)


def _look_at_header(
    sheet: Sheet, row: int, columns: dict[int, str], problems: Problems
) -> list[str]:
    remarks, seen = [], set()
    for place, text in enumerate(sheet.rows[row]):
        name = columns.get(place)
        if name in seen:
            problems.add(
                Problem(
                    sheet.at(row, place), f"the column {quote(text)} stands here twice", "keep one"
                )
            )
        elif name:
            seen.add(name)
        elif text.strip():
            meant = closest(
                _column_name(text), [one for one in BY_NAME if one not in columns.values()]
            )
            if meant and _is_near(_column_name(text), meant):
                hint = f"did you mean {quote(meant)}?"
                problems.add(Problem(sheet.at(row, place), f"{quote(text)} is not a column", hint))
            else:
                where = f"{quote_sheet(sheet.name)}: column {column_name(place)}"
                remarks.append(
                    f"{where} ({quote(text)}) is none of the data model's, and is not read"
                )
    return remarks


def _is_near(word: str, meant: str) -> bool:
    return likeness(word, meant) >= CLOSE


class _Rows:
    """Reads one row after the other."""

    def __init__(
        self, sheet: Sheet, columns: dict[int, Column], cell: int | None, problems: Problems
    ) -> None:
        self.sheet, self.columns, self.cell, self.problems = sheet, columns, cell, problems

    def read(self, row: int) -> Iterator[Claim]:
        words: dict[str, Word] = {}
        said: dict[Part, dict[str, Said]] = {part: {} for part in Part}
        texts = self.sheet.rows[row]
        for place, column in self.columns.items():
            text = texts[place] if place < len(texts) else ""
            if not text or text.isspace():
                continue
            at = self.sheet.at(row, place)
            if note_forbidden(text, at, self.problems):
                continue
            if column.key in _WORDS:
                words[column.key] = Word(" ".join(text.split()), at)
            else:
                said[column.part][column.key] = Said(_value(text, column.holds), at)
        cell = self._cell(row)
        if cell and "role" not in words and "level" not in words:
            words["role"], words["level"] = cell
            cell = None
        if words or any(said.values()):
            first = min(
                place
                for place, text in enumerate(texts)
                if text.strip() and (place in self.columns or place == self.cell)
            )
            yield Claim(
                self.sheet.at(row, first),
                words.get("id"),
                words.get("name"),
                words.get("role"),
                words.get("level"),
                cell,
                said[Part.INSTRUMENT],
                said[Part.STATEMENT],
            )

    def _cell(self, row: int) -> tuple[Word, Word] | None:
        text = "" if self.cell is None else self.sheet.text(row, self.cell).strip()
        if not text:
            return None
        at = self.sheet.at(row, self.cell or 0)
        role, _, level = (part.strip() for part in text.rpartition("@"))
        if role and level:
            return Word(role, at), Word(level, at)
        hint = "write role@level, such as social-economy@eu"
        self.problems.add(Problem(at, f"{quote(text)} is not a cell", hint))
        return None


_WORDS = ("id", "name", "role", "level")


def _value(text: str, holds: Holds) -> Value:
    match holds:
        case Holds.TEXT:
            return text
        case Holds.CODES:
            return read_codes(text)
        case Holds.SOURCES:
            return read_refs(text)
        case Holds.IDS:
            return split(text)
        case Holds.EXTENT | Holds.STATUS:
            return text.strip().casefold()
        case _:
            return text.strip()
