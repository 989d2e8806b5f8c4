"""What the small tables of a workbook say of levels, roles, kinds, sources and so on, beside its list."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, takewhile

from clustergap.importing.claims import ListedValues, Said, Value
from clustergap.importing.limits import Limits
from clustergap.importing.problem import Problem, Problems, SheetError
from clustergap.importing.texts import note_forbidden
from clustergap.sheets.cell_text import read_codes, read_flag, read_lines
from clustergap.sheets.sections import HEADERS, KEYS, QUESTION
from clustergap.spreadsheet.sheet import Sheet
from clustergap.wording import quote

Record = dict[str, Said]

_READ: Mapping[str, Callable[[str], Value]] = {
    "aliases": read_lines,
    "funds": read_flag,
}


@dataclass(slots=True)
class Frame:
    """What was found, and in which sheets.

    ``sections`` holds the records of each by its title, ``question`` the parts of what was asked. A workbook whose
    question names roles or levels holds only some of its dataset's statements.
    """

    sections: dict[str, list[Record]] = field(default_factory=dict)
    question: dict[str, str] = field(default_factory=dict)
    sheets: set[str] = field(default_factory=set)

    @property
    def narrowed_to(self) -> str:
        """The roles and levels that were asked for, in words; nothing if all were."""
        asked = (self.question.get(part, "") for part in ("roles", "levels"))
        return ", ".join(words for words in asked if words)

    def records(self, title: str) -> list[Record]:
        """Return the records of a section."""
        return self.sections.get(title, [])


def find_frame(sheets: Iterable[Sheet], problems: Problems, limits: Limits) -> Frame:
    """Read the sections of all sheets, of two with one title the first; *problems* takes what is wrong in them."""
    frame, found, values = Frame(), set[str](), ListedValues(limits.values)
    for sheet in sheets:
        for title, rows in _sections(sheet, found, limits.records):
            found.add(title)
            frame.sheets.add(sheet.name)
            if title == QUESTION:
                frame.question = {texts[0]: texts[1] for _, texts in rows if len(texts) > 1}
            else:
                records = frame.sections[title] = []
                for row, texts in rows:
                    record = _record(sheet, row, texts, title, problems)
                    if record:
                        values.add(record)
                        records.append(record)
                _require_keys(title, records, problems)
    return frame


def _sections(
    sheet: Sheet, found: Container[str], most: int
) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    for row, texts in enumerate(sheet.rows[:-1]):
        title = texts[0] if texts and not any(texts[1:]) else ""
        if title not in HEADERS or title in found:
            continue
        header = [text.strip() for text in sheet.rows[row + 1]]
        while header and not header[-1]:
            header.pop()
        if header == list(HEADERS[title]):
            below = range(row + 2, len(sheet.rows))
            filled = takewhile(lambda number: any(sheet.rows[number]), below)
            rows = [(number, sheet.rows[number]) for number in islice(filled, most + 1)]
            if len(rows) > most:
                at = sheet.at(row, 0)
                message = f"{quote(title)} has more than {most:,} rows"
                raise SheetError([Problem(at, message, "delete what is not needed")])
            yield title, rows


def _record(sheet: Sheet, row: int, texts: list[str], title: str, problems: Problems) -> Record:
    record = {}
    for column, (key, text) in enumerate(zip(HEADERS[title], texts, strict=False)):
        if text:
            at = sheet.at(row, column)
            note_forbidden(text, at, problems)
            is_codes = (title, key) == ("Assessed", "territories")
            read = read_codes if is_codes else _READ.get(key, str)
            record[key] = Said(read(text.strip() if key in KEYS.values() else text), at)
    return record


def _require_keys(title: str, records: Iterable[Record], problems: Problems) -> None:
    if title not in KEYS:
        return
    key, seen = KEYS[title], dict[str, Said]()
    for record in records:
        said = record.get(key)
        if said is None:
            at = next(iter(record.values())).at
            message = f"this row of {quote(title)} has no {key}"
            problems.add(Problem(at, message, f"write its {key}"))
        elif (first := seen.setdefault(str(said.value), said)) is not said:
            message = f"{quote(said.value)} stands in {first.at} already"
            problems.add(Problem(said.at, message, "delete one of the two"))
