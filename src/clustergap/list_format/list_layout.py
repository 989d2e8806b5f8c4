"""The list layout, one row for each instrument and cell: its columns, its cells, a dataset as its rows."""

import enum
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument
from clustergap.model.dates import as_written
from clustergap.model.place_names import PlaceNames
from clustergap.model.places import Except, Territories
from clustergap.model.record import NameIndex, SourceRef
from clustergap.model.statement import Statement


class ColumnSubject(enum.Enum):
    """What a column is about: the instrument, the cell that it covers, or the cover itself."""

    INSTRUMENT = enum.auto()
    CELL = enum.auto()
    STATEMENT = enum.auto()


class ValueKind(enum.Enum):
    """How the value of a column is written."""

    LINE = "a text on one line"
    TEXT = "a text, which may have several lines"
    DAY = "a day, a month or a year: 2021-06-30, 2021-06 or 2021"
    ID = "an id: lower-case letters and digits, joined by single hyphens"
    IDS = "ids or names, separated by commas"
    INSTRUMENT = "an instrument: its name or id"
    ROLE = "a role: its name, id or alias"
    LEVEL = "a level: its name, id or alias"
    KIND = "a kind: its name or id"
    EXTENT = "full or partial; in a row without id and name also none"
    STATUS = "active or planned"
    FLAG = "yes or no"
    CODES = "codes of territories, such as AT, BE; or: except CY, MT"
    SOURCES = (
        "one source a line: its key | the place in it | its words; the last two may be left out"
    )


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: its header, its subject, the key in that record, how the value is written, and what it means."""

    name: str
    part: ColumnSubject
    key: str
    holds: ValueKind
    meaning: str


def _instrument(name: str, holds: ValueKind, meaning: str) -> ListColumn:
    return ListColumn(name, ColumnSubject.INSTRUMENT, name, holds, meaning)


def _statement(name: str, key: str, holds: ValueKind, meaning: str) -> ListColumn:
    return ListColumn(name, ColumnSubject.STATEMENT, key, holds, meaning)


COLUMNS = (
    _instrument("id", ValueKind.ID, "the instrument's id; left out, it is found by its name, or made of it"),
    _instrument("name", ValueKind.LINE, "the instrument's name; a row without one is an observation about its cell"),
    ListColumn("role", ColumnSubject.CELL, "role", ValueKind.ROLE, "the role that it serves"),
    ListColumn("level", ColumnSubject.CELL, "level", ValueKind.LEVEL, "at which level"),
    _statement("extent", "extent", ValueKind.EXTENT, "how far: in full if it is left out; none: somebody looked, and there is nothing"),
    _statement("territories", "territories", ValueKind.CODES, "where; everywhere at the level if it is left out"),
    _statement("at_least", "at_least", ValueKind.FLAG, "yes if these places may not be all: elsewhere nobody knows"),
    _instrument("kind", ValueKind.KIND, "what kind of instrument it is"),
    _instrument("short", ValueKind.LINE, "its label in a cell of the matrix"),
    _instrument("starts", ValueKind.DAY, "its first day; a month or a year means its first"),
    _instrument("ends", ValueKind.DAY, "its last day; a month or a year means its last"),
    _instrument("seen", ValueKind.DAY, "a day on which somebody saw it in force; it stands for a first day that is not known"),
    _instrument("status", ValueKind.STATUS, "a planned instrument counts only where it is asked for"),
    _instrument("targets", ValueKind.IDS, "whom it is for"),
    _instrument("part_of", ValueKind.INSTRUMENT, "the instrument of which it is a part"),
    _instrument("funded_by", ValueKind.IDS, "the instruments that pay it: any of them suffices"),
    _instrument("commits_until", ValueKind.DAY, "the last day for new commitments; until it ends it winds down"),
    _instrument("managing_body", ValueKind.LINE, "who runs it"),
    _instrument("legal_basis", ValueKind.LINE, "the act that it rests on"),
    _instrument("url", ValueKind.LINE, "its web address"),
    _instrument("succeeded_by", ValueKind.IDS, "the instruments that follow it"),
    _instrument("reviewed", ValueKind.DAY, "when somebody last looked at this record"),
    _instrument("sources", ValueKind.SOURCES, "where this is known from"),
    _instrument("note", ValueKind.TEXT, "a remark on the instrument"),
    _instrument("description", ValueKind.TEXT, "what it does"),
    _statement("cover_starts", "starts", ValueKind.DAY, "the first day of this cover, if it is not the instrument's"),
    _statement("cover_ends", "ends", ValueKind.DAY, "the last day of this cover, if it is not the instrument's"),
    _statement("cover_seen", "seen", ValueKind.DAY, "a day on which somebody saw this cover, or what is observed"),
    _statement("cover_note", "note", ValueKind.TEXT, "a remark on this cover, such as why it is partial"),
    _statement("cover_sources", "sources", ValueKind.SOURCES, "where this cover is known from"),
)  # fmt: skip

BY_NAME = {column.name: column for column in COLUMNS}

_ABBREVIATED = frozenset({"id", "url"})


def heading(key: str) -> str:
    """Write a key of the data as the heading of a column, from which import finds the key again.

    >>> heading("managing_body"), heading("url")
    ('Managing body', 'URL')
    """
    return key.upper() if key in _ABBREVIATED else key.replace("_", " ").capitalize()


def key_of(text: str) -> str:
    """Read a heading as the key that it would be.

    >>> key_of(" Managing  body")
    'managing_body'
    """
    return "_".join(text.casefold().replace("_", " ").split())


_SEPARATOR = re.compile(r"[,;\n]")

_NAMED = re.compile(r".*\S\s*\(([A-Z0-9-]+)\)")
"""A place by its name, and its code in brackets."""

_EXCEPT = re.compile(r"(?:all |everywhere )?(?:except|but)(?: in| for)?\b:?", re.IGNORECASE)

_ESCAPES = {"\\": "\\\\", "|": "\\|", "\n": "\\n"}

_ESCAPED = re.compile(r"\\(.)|\|", re.DOTALL)


def write_day(day: date | None) -> str:
    """Write a date as the data say it: a day, a month or a year."""
    return as_written(day) if day else ""


def write_codes(territories: Territories | None) -> str:
    """Write where a statement applies.

    >>> write_codes(("AT", "BE"))
    'AT, BE'
    """
    if territories is None:
        return ""
    if isinstance(territories, Except):
        return f"except {', '.join(territories.codes)}"
    return ", ".join(territories)


def read_codes(text: str) -> list[str] | dict[str, list[str]]:
    """Read where a statement applies, as a data file says it; of a code in brackets after its name the code.

    >>> read_codes("except CY, MT"), read_codes("Nord-Vest (RO11), RO12")
    ({'except': ['CY', 'MT']}, ['RO11', 'RO12'])
    """
    match = _EXCEPT.match(text.strip())
    items = _SEPARATOR.split(text.strip()[match.end() if match else 0 :])
    codes = [code for item in items for code in _codes_in(item.strip())]
    return {"except": codes} if match else codes


def _codes_in(item: str) -> list[str]:
    named = _NAMED.fullmatch(item)
    return [named[1]] if named else item.split()


def write_places(codes: Iterable[str], names: PlaceNames) -> str:
    """Write places by name and code, by the code alone where ``read_codes`` would not read it back.

    >>> write_places(("RO11", "X-1"), PlaceNames({"X-1": "North, South"}, {}))
    'Nord-Vest (RO11), X-1'
    """
    named = ((code, names.with_code(code)) for code in codes)
    return ", ".join(name if read_codes(name) == [code] else code for code, name in named)


def write_ids(ids: Iterable[str]) -> str:
    """Write ids."""
    return ", ".join(ids)


def split_list(text: str) -> list[str]:
    """Read what is separated by commas, semicolons or line breaks.

    >>> split_list("H2020, KIC")
    ['H2020', 'KIC']
    """
    return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]


def write_refs(refs: Iterable[SourceRef]) -> str:
    """Write citations, one a line: the source's key, the place in it, its words.

    >>> write_refs([SourceRef(ref="deck", locator="SWOT")])
    'deck | SWOT'
    """
    return "\n".join(_write_parts((ref.ref, ref.locator or "", ref.quote or "")) for ref in refs)


def read_refs(text: str) -> list[dict[str, str]]:
    """Read citations, as a data file says them.

    >>> read_refs("deck | SWOT")
    [{'ref': 'deck', 'locator': 'SWOT'}]
    """
    keys = ("ref", "locator", "quote")
    return [
        {key: part for key, part in zip(keys, _read_parts(line), strict=False) if part}
        for line in text.split("\n")
        if line.strip()
    ]


def _write_parts(parts: Sequence[str]) -> str:
    escaped = ["".join(_ESCAPES.get(c, c) for c in part) for part in parts]
    while not escaped[-1]:
        escaped.pop()
    return " | ".join(escaped)


def _read_parts(line: str) -> list[str]:
    # A bar within a text is escaped; from the third part on, bars belong to the quote.
    parts: list[str] = []
    part, begin = "", 0
    for match in _ESCAPED.finditer(line):
        part += line[begin : match.start()]
        begin = match.end()
        if match[0] == "|" and len(parts) < 2:  # noqa: PLR2004 - key and place stand before the words
            parts.append(_trim(part, is_first=not parts))
            part = ""
        else:
            part += "\n" if match[1] == "n" else match[1] or "|"
    part += line[begin:]
    return [*parts, _trim(part, is_first=not parts, is_last=True)]


def _trim(part: str, *, is_first: bool, is_last: bool = False) -> str:
    # Only the spaces around the bars were added by us.
    part = part.strip() if is_first else part.removeprefix(" ")
    return part if is_last else part.removesuffix(" ")


def write_flag(flag: bool | None) -> str:
    """Write a flag; nothing if it is not set."""
    return "" if flag is None else "yes" if flag else "no"


def read_flag(text: str) -> str:
    """Read a flag as in a data file; any other text is returned unchanged.

    >>> read_flag("Yes")
    'true'
    """
    return {"yes": "true", "true": "true", "no": "false", "false": "false"}.get(
        text.casefold(), text
    )


def write_lines(words: Iterable[str]) -> str:
    """Write names, one a line: a name may hold commas."""
    return "\n".join(words)


def read_lines(text: str) -> list[str]:
    """Read names, one a line."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def write_text(value: str | None) -> str:
    """Write a text; nothing if it is left out."""
    return str(value or "")


ListRow = tuple[str, ...]
"""The texts of a row, in the order of ``COLUMNS``; missing values are empty."""

_WRITERS: Mapping[ValueKind, Callable[[Any], str]] = {
    ValueKind.DAY: write_day,
    ValueKind.IDS: write_ids,
    ValueKind.CODES: write_codes,
    ValueKind.SOURCES: write_refs,
    ValueKind.FLAG: lambda flag: write_flag(flag or None),
}
"""How values other than texts are written."""


def _writers(part: ColumnSubject) -> list[tuple[int, str, Callable[[Any], str]]]:
    return [
        (place, column.key, _WRITERS.get(column.holds, write_text))
        for place, column in enumerate(COLUMNS)
        if column.part is part
    ]


_INSTRUMENT, _CELL, _STATEMENT = map(_writers, ColumnSubject)
_KIND = next(place for place, column in enumerate(COLUMNS) if column.holds is ValueKind.KIND)


def list_rows(dataset: Dataset, cells: Collection[Cell] | None = None) -> Iterator[ListRow]:
    """Write every statement of a dataset, instruments first, then observations, in file order.

    An instrument that covers nothing has one row, without a cell. The instrument is repeated in each of its rows, so that
    rows can be filtered.

    Args:
        dataset: The dataset.
        cells: Only statements about these cells; None: all.
    """
    roles, levels = NameIndex(dataset.roles), NameIndex(dataset.levels)
    kinds = NameIndex(dataset.kinds)
    names = {cell: (roles.label(cell.role), levels.label(cell.level)) for cell in _cells(dataset)}
    for instrument in dataset.instruments:
        texts = _instrument_texts(instrument, kinds)
        covers = {
            cell: cover
            for cell, cover in instrument.covers.items()
            if cells is None or cell in cells
        }
        for cell, statements in covers.items():
            for statement in statements:
                yield _row_of(texts, names[cell], statement)
        if not instrument.covers and cells is None:
            yield _row_of(texts, ("", ""), None)
    for cell, statements in dataset.observations.items():
        if cells is None or cell in cells:
            for statement in statements:
                yield _row_of({}, names[cell], statement)


def _cells(dataset: Dataset) -> Iterator[Cell]:
    return (Cell(role.id, level.id) for role in dataset.roles for level in dataset.levels)


def _row_of(
    texts: Mapping[int, str], cell: tuple[str, str], statement: Statement | None
) -> ListRow:
    row = [""] * len(COLUMNS)
    for place, text in texts.items():
        row[place] = text
    for (place, *_), name in zip(_CELL, cell, strict=True):
        row[place] = name
    if statement is not None:
        for place, key, write in _STATEMENT:
            row[place] = write(getattr(statement, key))
    return tuple(row)


def _instrument_texts(instrument: Instrument, kinds: NameIndex) -> dict[int, str]:
    texts = {place: write(getattr(instrument, key)) for place, key, write in _INSTRUMENT}
    return {**texts, _KIND: kinds.label(instrument.kind) if instrument.kind else ""}
