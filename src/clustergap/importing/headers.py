"""A table within a sheet: its columns by header, what a header may mean, and which rows may be the header."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from clustergap.importing.cell_texts import is_mark, is_nothing
from clustergap.importing.import_context import ImportOptions
from clustergap.importing.problems import refuse
from clustergap.list_format.reference_layout import HEADERS, headers_of
from clustergap.loading.files import forbidden_in_value
from clustergap.model.mapping import KEYS
from clustergap.model.query import Layout
from clustergap.spreadsheet.sheet import Address, Sheet, column_name
from clustergap.text import all_of, did_you_mean, fold, one_of, quote

JOINT = " / "
"""Separates the rows of a header that has several."""

_COLUMN = re.compile(r"column ([a-z]{1,3})", re.ASCII)

_MOST_BELOW = 2
"""Rows of a header below its first."""

LONGEST_HEADER = 5_000
"""Characters of a header that a mapping can name."""

_LOOKED_AT = 1_000
"""Rows in which columns without a header are looked for."""

_MOST_SAMPLED = 200
"""Rows that are sampled to find out what a column may hold."""

_LETTERS = 26

_WORDS = Path(__file__).with_name("headers.tsv")


@dataclass(frozen=True)
class SheetTable:
    """Where a table is: its sheet, the rows of its header, the first row of its data, and the last if it is known.

    Rows and columns are counted from 0.
    """

    sheet: Sheet
    header_rows: Sequence[int]
    first: int
    last: int | None = None

    @cached_property
    def headers(self) -> Sequence[str]:
        """The header of each column, with its line breaks; empty if it has none."""
        wide = max((len(self.sheet.rows[row]) for row in self.header_rows), default=0)
        rows = [self._spread(row, wide) for row in self.header_rows]
        return [
            JOINT.join(dict.fromkeys(text for text in texts if text))
            for texts in zip(*rows, strict=True)
        ]

    def _spread(self, row: int, wide: int) -> list[str]:
        # A merged cell in an upper row is the header of each column below it.
        texts = [self.sheet.text(row, column).strip() for column in range(wide)]
        if row == self.header_rows[-1]:
            return texts
        for merged in self.sheet.metadata.merged:
            if merged.first[0] <= row <= merged.last[0]:
                text = self.sheet.text(*merged.first).strip()
                last = min(merged.last[1] + 1, wide)
                texts[merged.first[1] : last] = [text] * (last - merged.first[1])
        return texts

    @property
    def header_place(self) -> str:
        """Where the header is, in words."""
        rows = [str(row + 1) for row in self.header_rows]
        return f"row {rows[0]}" if len(rows) == 1 else f"rows {all_of(rows)}"

    @cached_property
    def _by_header(self) -> dict[str, list[int]]:
        by_header = defaultdict(list)
        for column, text in enumerate(self.headers):
            if text:
                by_header[fold(text)].append(column)
        return by_header

    def find(self, header: str) -> list[int]:
        """Return the columns that a header, or ``column C``, means."""
        folded = fold(header)
        columns = self._by_header.get(folded, [])
        match = None if columns else _COLUMN.fullmatch(folded)
        column = _number(match[1]) if match else -1
        return [column] if 0 <= column < self.sheet.metadata.columns else columns

    def header(self, column: int) -> str:
        """Return the header of a column; empty if it has none, though it may have cells."""
        return self.headers[column] if column < len(self.headers) else ""

    def header_cell(self, column: int) -> Address:
        """Return the cell of a column's header, the lowest of several."""
        return self.sheet.at(self.header_rows[-1], column)

    def name(self, column: int) -> str:
        """Return an unambiguous name of a column: its header, or ``column C``."""
        text = self.header(column)
        can_be_named = (
            0 < len(text) <= LONGEST_HEADER and next(forbidden_in_value(text), None) is None
        )
        is_name = can_be_named and self.find(text) == [column]
        return text if is_name else f"column {column_name(column)}"

    @cached_property
    def named(self) -> Sequence[int]:
        """The columns that have a header or content."""
        rows = self.sheet.rows[self.first : self.first + _LOOKED_AT]
        filled = {column for texts in rows for column, text in enumerate(texts) if text.strip()}
        return sorted(filled | {column for column, text in enumerate(self.headers) if text})

    def first_texts(self, column: int) -> list[str]:
        """Return the texts in the first rows of a column."""
        rows = range(self.first, min(len(self.sheet.rows), self.first + _MOST_SAMPLED))
        return [text for row in rows if (text := self.sheet.text(row, column).strip())]

    def samples(self, column: int, most: int) -> list[str]:
        """Return the first distinct texts of a column, at most *most*."""
        texts: dict[str, None] = {}
        for row in range(self.first, len(self.sheet.rows)):
            text = self.sheet.text(row, column).strip()
            if text:
                texts[text] = None
            if len(texts) == most:
                break
        return list(texts)


def find_header_rows(sheet: Sheet, row: int) -> Sequence[int]:
    """Return the rows of a header that begins with *row*: several only if merged cells leave no doubt.

    Each text of an upper row then spans the rows down to the last one, or the columns below it.
    """
    starting = {
        merged.first[1]: merged for merged in sheet.metadata.merged if merged.first[0] == row
    }
    last = max((merged.last[0] for merged in starting.values()), default=row)
    headed = [column for column, text in enumerate(sheet.rows[row]) if text.strip()]
    if not row < last <= row + _MOST_BELOW or last >= len(sheet.rows):
        return [row]
    across = [
        merged
        for column in headed
        if (merged := starting.get(column)) and merged.last[1] > merged.first[1]
    ]
    down = [column for column in headed if column in starting and starting[column].last[0] == last]
    is_whole = across and len({*down, *(merged.first[1] for merged in across)}) == len(headed)
    return list(range(row, last + 1)) if is_whole else [row]


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("a") + 1
    return number - 1


_PARTS = re.compile(r"[\n()\[\]]|\s/\s")
"""Separates parts of a header that are looked up one by one: two languages, or a unit in brackets."""

_HINT, _TIER = "hint-", "tier-"

_HINTS = {"date": "a date", "place": "a place", "status": "a status"}


def keys_of(header: str) -> tuple[str, ...]:
    """Return the keys that a header may mean, the likeliest first; a key's own name means that key alone.

    >>> keys_of("Start date"), keys_of("Cover_starts"), keys_of("Land / Country"), keys_of("Budget")
    (('starts',), ('cover_starts',), ('territories',), ())
    """
    return tuple(dict.fromkeys(key for part in _parts_of(header) for key in _keys_of_part(part)))


def is_key(header: str) -> bool:
    """Tell whether a header is a key's own name.

    >>> is_key("managing body"), is_key("Responsible")
    (True, False)
    """
    return _as_key(fold(header)) in KEYS


def seems_to_hold(header: str) -> str:
    """Say what a column without a known key seems to hold, if an answer may depend on it; else nothing.

    >>> seems_to_hold("Date of adoption"), seems_to_hold("Budget")
    ('a date', '')
    """
    words = set(re.findall(r"\w+", fold(header)))
    known = _by_word()
    hints = (
        key.removeprefix(_HINT)
        for word in words | {fold(header)}
        for key in known.get(word, ())
        if key.startswith(_HINT)
    )
    return _HINTS.get(min(hints, default=""), "")


def tier_of(word: str) -> int | None:
    """Return which tier of government a word names, from 1, the broadest; None if it names none.

    >>> tier_of("European"), tier_of("Länderebene"), tier_of("Budget")
    (1, 3, None)
    """
    tiers = [
        int(key.removeprefix(_TIER))
        for part in _parts_of(word)
        for key in _by_word().get(part, ())
        if key.startswith(_TIER)
    ]
    return min(tiers, default=None)


def tier_in(word: str) -> int | None:
    """Return the broadest tier of government in the name of a level, from 1; None if there is none.

    >>> tier_in("Supranational region"), tier_in("Land Tirol"), tier_in("Tier A")
    (1, 2, None)
    """
    tiers = [tier_of(word), *map(tier_of, word.split())]
    return min((tier for tier in tiers if tier is not None), default=None)


def _parts_of(header: str) -> Iterator[str]:
    yield fold(header)
    for part in _PARTS.split(header):
        if part.strip():
            yield fold(part)


def _keys_of_part(part: str) -> Sequence[str]:
    key = _as_key(part)
    if key in KEYS:
        return (key,)
    return [key for key in _by_word().get(part.strip(" :.*#"), ()) if key in KEYS]


def _as_key(folded: str) -> str:
    return folded.replace(" ", "_").replace("-", "_")


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    by_word: dict[str, tuple[str, ...]] = {}
    for line in _WORDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        key, _language, words = line.split("\t")
        for word in map(fold, words.split("|")):
            if key not in by_word.get(word, ()):
                by_word[word] = (*by_word.get(word, ()), key)
    return by_word


MOST_ABOVE = 50
"""Rows in which a header is looked for, as titles and remarks may precede it."""

FIRST_CHOICE = "instruments"
"""The sheet that is read if several have an equally good list."""

_TITLE_WIDTH = 2
"""Columns beside its own that a title spans at least."""

_COVERAGE_SIGNS = ("●", "◐", "○")
"""What clustergap itself writes about a cell begins with one of these."""


@dataclass
class HeaderGuess:
    """What a row would mean as the header of its sheet's table.

    ``keys`` holds the keys that each column may have, the likeliest first; ``across`` the columns whose header names a
    level, a role or a cell, and which of these; ``headed`` all columns with a header. ``layout``: None if it fits no layout.
    """

    table: SheetTable
    keys: dict[int, Sequence[str]]
    headed: list[int]
    across: dict[int, str] = field(default_factory=dict)
    layout: Layout | None = None

    @property
    def score(self) -> int:
        return len(self.keys.keys() | self.across.keys())

    def has(self, *keys: str) -> bool:
        held = {key for meant in self.keys.values() for key in meant}
        return held.issuperset(keys)

    @property
    def lacking(self) -> list[str]:
        """The missing keys that a list must have."""
        lacks = [] if self.has("name") or self.has("id") else ["name"]
        has_cell = self.has("cell")
        return lacks + [key for key in ("role", "level") if not (has_cell or self.has(key))]


class Spreadsheet(NamedTuple):
    """A file: its sheets, the names of sheets without a table, its own name, and its key as a source, if it is cited."""

    sheets: Sequence[Sheet]
    ignored_sheets: Collection[str] = ()
    name: str = ""
    source: str | None = None


def guess_headers(spreadsheet: Spreadsheet, options: ImportOptions) -> Iterator[HeaderGuess]:
    """Try the first rows of all sheets, or of the selected one, as headers."""
    ignored = () if options.sheet else spreadsheet.ignored_sheets
    for sheet in sheets_named(spreadsheet.sheets, [options.sheet] if options.sheet else []):
        if sheet.name not in ignored and not is_own_matrix(sheet):
            for rows in _possible_headers(sheet, options):
                yield _guess_header(sheet, rows, options)


def _possible_headers(sheet: Sheet, options: ImportOptions) -> Iterator[Sequence[int]]:
    if options.header:
        rows = [row - 1 for row in options.header]
        if rows[-1] < len(sheet.rows):
            yield rows
        return
    for row, texts in enumerate(sheet.rows[:MOST_ABOVE]):
        if any(map(str.strip, texts)) and not (_is_title(sheet, row) or _is_small_table(texts)):
            yield find_header_rows(sheet, row)


def _guess_header(sheet: Sheet, rows: Sequence[int], options: ImportOptions) -> HeaderGuess:
    last = options.last
    table = SheetTable(sheet, rows, rows[-1] + 1, last - 1 if last else None)
    out = {column for header in options.leave_out for column in table.find(header)}
    headed = [column for column, text in enumerate(table.headers) if text and column not in out]
    chosen = {
        column: key for key, header in options.columns.items() for column in table.find(header)
    }
    keys = {
        column: [chosen[column]] if column in chosen else keys_of(table.headers[column])
        for column in {*headed, *chosen}
    }
    return HeaderGuess(table, {column: meant for column, meant in keys.items() if meant}, headed)


def sheets_named(sheets: Sequence[Sheet], names: Sequence[str]) -> Sequence[Sheet]:
    """Return the sheets with these names; without names, all that are not hidden.

    Raises:
        SheetError: There is no such sheet.
    """
    if not names:
        return [sheet for sheet in sheets if not sheet.metadata.is_hidden]
    by_name = {sheet.name: sheet for sheet in sheets}
    for name in names:
        if name not in by_name:
            listing = f"there are {one_of(list(map(quote, by_name)))}"
            hint = did_you_mean(name, by_name) or listing
            raise refuse(f"there is no sheet {quote(name)}", hint)
    return [by_name[name] for name in names]


def likeliest_header(guesses: Sequence[HeaderGuess]) -> HeaderGuess:
    """Return the row that is most likely a header if none fits a layout."""
    widest = max(len(guess.headed) for guess in guesses)
    return max(guesses, key=lambda guess: (len(guess.keys), len(guess.headed) == widest))


def best_guess(guesses: Iterable[HeaderGuess]) -> HeaderGuess:
    """Return the header that fits a layout best, of all sheets."""
    by_sheet: dict[int, HeaderGuess] = {}  # by identity: two sheets may have one name
    for guess in guesses:
        best = by_sheet.setdefault(id(guess.table.sheet), guess)
        if guess.score > best.score:
            by_sheet[id(guess.table.sheet)] = guess
    return max(by_sheet.values(), key=_fitness)


def _fitness(guess: HeaderGuess) -> tuple[bool, int, bool]:
    # A list without cells counts only if a dataset exists; a new dataset must not read another sheet than an existing one.
    is_whole = guess.layout is not Layout.LIST or not guess.lacking
    return is_whole, guess.score, fold(guess.table.sheet.name) == FIRST_CHOICE


def is_rival(guess: HeaderGuess, best: HeaderGuess) -> bool:
    """Tell whether another row of the same sheet is understood as well as its best header, though it fits no layout.

    A row below a header may look like that of a matrix; the decision must not depend on what the dataset has.
    """
    if guess.layout is not None or guess.table.sheet is not best.table.sheet:
        return False
    is_above = guess.table.header_rows[-1] < best.table.header_rows[0]
    return 1 < len(guess.keys) >= best.score + (not is_above)


def is_own_matrix(sheet: Sheet) -> bool:
    """Tell whether a sheet is a matrix that clustergap wrote, whose cells say coverage rather than only instruments."""
    return any(text.startswith(_COVERAGE_SIGNS) for cells in sheet.rows for text in cells[1:])


def first_column(table: SheetTable) -> int:
    """Return the first column of a table, which often has no header in a matrix."""
    # The roles may have no header.
    return min(table.named, default=0)


def is_column_of_marks(table: SheetTable, column: int) -> bool:
    """Tell whether the cells of a column hold only marks, beside empty ones."""
    texts = table.first_texts(column)
    return any(map(is_mark, texts)) and all(is_mark(text) or is_nothing(text) for text in texts)


def _is_title(sheet: Sheet, row: int) -> bool:
    # A single text over many columns is not a header.
    return any(
        merged.first[0] == row
        and merged.last[1] - merged.first[1] >= _TITLE_WIDTH
        and sum(map(bool, map(str.strip, sheet.rows[row]))) == 1
        for merged in sheet.metadata.merged
    )


_SMALL_TABLES = frozenset(header for title in HEADERS for header in headers_of(title))


def _is_small_table(texts: Sequence[str]) -> bool:
    # A reference table, below the list or on a sheet of its own.
    return tuple(text.strip() for text in texts if text.strip()) in _SMALL_TABLES
