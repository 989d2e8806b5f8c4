"""What the small tables of a workbook say of levels, roles, kinds, sources and so on, beside its list."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from clustergap.importing.address import Address
from clustergap.importing.claims import Said, Value
from clustergap.importing.problem import Problem
from clustergap.importing.sheet import Sheet
from clustergap.importing.texts import find_forbidden
from clustergap.sheets.cell_text import read_codes, read_flag, read_lines
from clustergap.sheets.sections import HEADERS, LISTED_BELOW, QUESTION

Record = dict[str, Said]

_READ: Mapping[str, Callable[[str], Value]] = {
    "aliases": read_lines,
    "funds": read_flag,
}


@dataclass(slots=True)
class Frame:
    """What was found, in which sheets, and what is wrong with it.

    ``sections`` holds the records of each by its title, ``question`` the parts of what was asked. A workbook whose
    question names roles or levels holds only some of its dataset's statements.
    """

    sections: dict[str, list[Record]] = field(default_factory=dict)
    question: dict[str, str] = field(default_factory=dict)
    sheets: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def narrowed_to(self) -> str:
        """The roles and levels that were asked for, in words; nothing if all were."""
        asked = (self.question.get(part, "") for part in ("roles", "levels"))
        return ", ".join(words for words in asked if words)

    def records(self, title: str) -> list[Record]:
        """Return the records of a section."""
        return self.sections.get(title, [])

    def territories(self, level: str) -> Said | None:
        """Return the territories of a level, as a data file lists them."""
        for record in self.records("Levels"):
            listed = record.get("territories")
            if listed and _text(record, "id") == level:
                return (
                    Said(self._units(level), listed.at) if listed.value == LISTED_BELOW else listed
                )
        return None

    def _units(self, level: str) -> list[Value]:
        units: list[Value] = []
        for unit in self.records("Territories"):
            if _text(unit, "level") == level:
                code, name = _text(unit, "code"), _text(unit, "name")
                units.append({"code": code, "name": name} if name else code)
        return units


def _text(record: Record, key: str) -> str:
    return str(record[key].value) if key in record else ""


def find_frame(sheets: Iterable[Sheet]) -> Frame:
    """Read the sections of all sheets; the first of two with one title counts."""
    frame = Frame()
    for sheet in sheets:
        for title, rows in _sections(sheet):
            frame.sheets.add(sheet.name)
            if title == QUESTION:
                frame.question = {texts[0]: texts[1] for _, texts in rows if len(texts) > 1}
            else:
                header = HEADERS[title]
                records = [_record(sheet, row, texts, header, title) for row, texts in rows]
                frame.problems += [
                    problem
                    for row, texts in rows
                    for column, text in enumerate(texts[: len(header)])
                    for problem in find_forbidden(text, Address(sheet.name, row, column))
                ]
                frame.sections.setdefault(title, records)
    return frame


def _sections(sheet: Sheet) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    for row, texts in enumerate(sheet.rows[:-1]):
        title = texts[0] if texts and not any(texts[1:]) else ""
        header = [text for text in sheet.rows[row + 1] if text]
        if title in HEADERS and header == list(HEADERS[title]):
            rows = []
            for below in range(row + 2, len(sheet.rows)):
                if not any(sheet.rows[below]):
                    break
                rows.append((below, sheet.rows[below]))
            yield title, rows


def _record(
    sheet: Sheet, row: int, texts: list[str], header: tuple[str, ...], title: str
) -> Record:
    record = {}
    for column, (key, text) in enumerate(zip(header, texts, strict=False)):
        if text:
            is_codes = (title, key) == ("Assessed", "territories")
            read = read_codes if is_codes else _READ.get(key, str)
            record[key] = Said(read(text), Address(sheet.name, row, column))
    return record
