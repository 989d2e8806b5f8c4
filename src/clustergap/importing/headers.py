"""A table within a sheet, its columns by what heads them, and what a header may mean: a key, a tier, a date."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from clustergap.loading.files import forbidden_in_value
from clustergap.model.mapping import KEYS
from clustergap.spreadsheet.sheet import Sheet, column_name
from clustergap.text import all_of, fold

JOINT = " / "
"""Between the rows of a header that has several."""

_COLUMN = re.compile(r"column ([a-z]{1,3})", re.ASCII)

_MOST_BELOW = 2
"""Rows of a header below its first."""

_LONGEST_HEADER = 5_000
"""Characters of a header that a mapping can name."""

_LOOKED_AT = 1_000
"""Rows in which columns without a header are looked for."""

_MOST_SAMPLED = 200
"""Rows by which it is judged what a column may hold."""

_LETTERS = 26

_WORDS = Path(__file__).with_name("headers.tsv")


@dataclass(frozen=True)
class SheetTable:
    """Where a table stands: its sheet, the rows of its header, the first row of its data, and the last if it is known.

    Rows and columns are counted from 0.
    """

    sheet: Sheet
    header_rows: Sequence[int]
    first: int
    last: int | None = None

    @cached_property
    def headers(self) -> Sequence[str]:
        """What heads each column, its lines as they are; empty where nothing does."""
        wide = max((len(self.sheet.rows[row]) for row in self.header_rows), default=0)
        rows = [self._spread(row, wide) for row in self.header_rows]
        return [
            JOINT.join(dict.fromkeys(text for text in texts if text))
            for texts in zip(*rows, strict=True)
        ]

    def _spread(self, row: int, wide: int) -> list[str]:
        # A merged cell of an upper row heads each of the columns below it.
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
        """Where the header stands, in words."""
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
        """Return what heads a column; nothing where nothing does, though cells may stand below."""
        return self.headers[column] if column < len(self.headers) else ""

    def name(self, column: int) -> str:
        """Return what means one column alone: its header, or ``column C``."""
        text = self.header(column)
        can_be_named = (
            0 < len(text) <= _LONGEST_HEADER and next(forbidden_in_value(text), None) is None
        )
        is_name = can_be_named and self.find(text) == [column]
        return text if is_name else f"column {column_name(column)}"

    @cached_property
    def named(self) -> Sequence[int]:
        """The columns that a header heads, or in which something stands."""
        rows = self.sheet.rows[self.first : self.first + _LOOKED_AT]
        filled = {column for texts in rows for column, text in enumerate(texts) if text.strip()}
        return sorted(filled | {column for column, text in enumerate(self.headers) if text})

    def first_texts(self, column: int) -> list[str]:
        """Return what stands in the first rows of a column."""
        rows = range(self.first, min(len(self.sheet.rows), self.first + _MOST_SAMPLED))
        return [text for row in rows if (text := self.sheet.text(row, column).strip())]

    def samples(self, column: int, most: int) -> list[str]:
        """Return the first different texts of a column."""
        texts: dict[str, None] = {}
        for row in range(self.first, len(self.sheet.rows)):
            text = self.sheet.text(row, column).strip()
            if text:
                texts[text] = None
            if len(texts) == most:
                break
        return list(texts)


def find_header_rows(sheet: Sheet, row: int) -> Sequence[int]:
    """Return the rows of a header that begins with a row: more than one only where merged cells leave no doubt of it.

    Each text of an upper row then reaches down to the last of them, or over the columns that stand below it.
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
"""Between what is asked for by itself: a header in two languages, or with its unit in brackets."""

_HINT, _TIER = "hint-", "tier-"

_ANSWERING = {"date": "a date", "place": "a place", "status": "a status"}


def keys_of(header: str) -> tuple[str, ...]:
    """Return the keys that a header may mean, the likeliest first; a key's own name means that key alone.

    >>> keys_of("Start date"), keys_of("Cover_starts"), keys_of("Land / Country"), keys_of("Budget")
    (('starts',), ('cover_starts',), ('territories',), ())
    """
    return tuple(dict.fromkeys(key for part in _asked(header) for key in _keys(part)))


def is_key(header: str) -> bool:
    """Tell whether a header is a key's own name.

    >>> is_key("managing body"), is_key("Responsible")
    (True, False)
    """
    return _as_key(fold(header)) in KEYS


def seems_to_hold(header: str) -> str:
    """Say what a column seems to hold whose header means no key, where an answer may depend on it; else nothing.

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
    return _ANSWERING.get(min(hints, default=""), "")


def tier_of(word: str) -> int | None:
    """Return which tier of government a word names, from 1, the broadest; None if it names none.

    >>> tier_of("European"), tier_of("Länderebene"), tier_of("Budget")
    (1, 3, None)
    """
    tiers = [
        int(key.removeprefix(_TIER))
        for part in _asked(word)
        for key in _by_word().get(part, ())
        if key.startswith(_TIER)
    ]
    return min(tiers, default=None)


def tier_in(word: str) -> int | None:
    """Return the broadest tier of government that a name of a level speaks of, from 1; None if it speaks of none.

    >>> tier_in("Supranational region"), tier_in("Land Tirol"), tier_in("Tier A")
    (1, 2, None)
    """
    tiers = [tier_of(word), *map(tier_of, word.split())]
    return min((tier for tier in tiers if tier is not None), default=None)


def _asked(header: str) -> Iterator[str]:
    yield fold(header)
    for part in _PARTS.split(header):
        if part.strip():
            yield fold(part)


def _keys(part: str) -> Sequence[str]:
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
