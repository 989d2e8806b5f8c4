"""What each row of a sheet would say as the header of a table, and which of them is likeliest to be one."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from clustergap.importing.cell_words import is_mark, is_nothing
from clustergap.importing.headers import SheetTable, find_header_rows, keys_of, tier_of
from clustergap.importing.import_options import ImportOptions
from clustergap.importing.problems import refuse
from clustergap.importing.vocabulary import KnownRecords
from clustergap.list_format.reference_layout import HEADERS
from clustergap.model.cell import Cell
from clustergap.model.query import Layout
from clustergap.spreadsheet.sheet import Sheet
from clustergap.text import did_you_mean, fold, one_of, quote

MOST_ABOVE = 50
"""Rows in which a header is looked for: titles and remarks may stand above it."""

FIRST_CHOICE = "instruments"
"""The sheet that is read where several hold as good a list."""

_HALF = 2

_SHAPES = ("●", "◐", "○")
"""With these begins what clustergap itself writes about a cell."""


@dataclass
class HeaderGuess:
    """What a row would say as the header of its sheet's table.

    ``keys`` are what the columns may hold, the likeliest first; ``across`` are those whose header names a level, a role or
    a cell, and which of them; ``headed`` all that have a header. ``layout``: None where that is no layout.
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
        """The keys without which it is no list."""
        lacks = [] if self.has("name") or self.has("id") else ["name"]
        has_cell = self.has("cell")
        return lacks + [key for key in ("role", "level") if not (has_cell or self.has(key))]


def guess_headers(
    sheets: Sequence[Sheet],
    known: KnownRecords,
    options: ImportOptions,
    passed_over: Collection[str],
) -> list[HeaderGuess]:
    """Look at the first rows of all sheets, or of the one that is asked for, as headers."""
    finder = _Finder(known, options)
    looked_at = sheets_named(sheets, [options.sheet] if options.sheet else [])
    out = () if options.sheet else passed_over
    return [
        guess
        for sheet in looked_at
        if sheet.name not in out and not is_written_by_us(sheet)
        for guess in finder.guesses(sheet)
    ]


def likeliest_header(guesses: Sequence[HeaderGuess]) -> HeaderGuess:
    """Return the row that is likeliest to be a header where none fits a layout."""
    widest = max(len(guess.headed) for guess in guesses)
    return max(guesses, key=lambda guess: (len(guess.keys), len(guess.headed) == widest))


def sheets_named(sheets: Sequence[Sheet], names: Sequence[str]) -> Sequence[Sheet]:
    """Return the sheets of these names; of none all that are not hidden.

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


def best_guess(guesses: Iterable[HeaderGuess]) -> HeaderGuess:
    """Return the header that fits a layout best, of all sheets."""
    by_sheet: dict[int, HeaderGuess] = {}  # two may bear one name
    for guess in guesses:
        best = by_sheet.setdefault(id(guess.table.sheet), guess)
        if guess.score > best.score:
            by_sheet[id(guess.table.sheet)] = guess
    return max(by_sheet.values(), key=_fitness)


def _fitness(guess: HeaderGuess) -> tuple[bool, int, bool]:
    # A list without cells is one only where there are data: no other sheet must be read then than in a new dataset.
    is_whole = guess.layout is not Layout.LIST or not guess.lacking
    return is_whole, guess.score, fold(guess.table.sheet.name) == FIRST_CHOICE


def is_rival(guess: HeaderGuess, best: HeaderGuess) -> bool:
    """Tell whether another row of the same sheet is understood as well as its best header, though it fits no layout.

    A row below a header may look like one of a matrix; what it is must not depend on what the dataset knows.
    """
    if guess.layout is not None or guess.table.sheet is not best.table.sheet:
        return False
    is_above = guess.table.header_rows[-1] < best.table.header_rows[0]
    return 1 < len(guess.keys) >= best.score + (not is_above)


class _Finder:
    """Looks at rows as headers."""

    def __init__(self, known: KnownRecords, options: ImportOptions) -> None:
        self.known, self.options = known, options
        self.left_out = {fold(header) for header in options.leave_out}

    def guesses(self, sheet: Sheet) -> Iterator[HeaderGuess]:
        if self.options.header:
            rows = [row - 1 for row in self.options.header]
            if rows[-1] < len(sheet.rows):
                yield self.guess(sheet, rows)
            return
        for row, texts in enumerate(sheet.rows[:MOST_ABOVE]):
            if any(map(str.strip, texts)) and not (
                _is_title(sheet, row) or _is_small_table(texts)
            ):
                yield self.guess(sheet, find_header_rows(sheet, row))

    def guess(self, sheet: Sheet, rows: Sequence[int]) -> HeaderGuess:
        last = self.options.last
        table = SheetTable(sheet, rows, rows[-1] + 1, last - 1 if last else None)
        out = {column for header in self.left_out for column in table.find(header)}
        headed = [
            column for column, text in enumerate(table.headers) if text and column not in out
        ]
        chosen = {
            column: key
            for key, header in self.options.columns.items()
            for column in table.find(header)
        }
        keys = {
            column: [chosen[column]] if column in chosen else keys_of(table.headers[column])
            for column in {*headed, *chosen}
        }
        guess = HeaderGuess(
            table, {column: meant for column, meant in keys.items() if meant}, headed
        )
        if chosen or not self.options.columns:
            asked_layout = self.options.layout
            for layout in [asked_layout] if asked_layout else Layout:
                if self._fits[layout](self, guess):
                    guess.layout = layout
                    break
        return guess

    def _is_list(self, guess: HeaderGuess) -> bool:
        names = guess.has("name") or guess.has("id")
        cell = guess.has("cell") or guess.has("role", "level")
        knows = guess.has("id") and len(guess.keys) > 1 and not self.known.is_new
        forced = self.options.layout is Layout.LIST and bool(guess.keys)
        return (names and cell) or knows or forced

    def _is_matrix(self, guess: HeaderGuess) -> bool:
        table = guess.table
        first = first_column(table)
        behind = [column for column in guess.headed if column > first]
        levels = [column for column in behind if self._is_level(table.headers[column])]
        forced = self.options.layout is Layout.MATRIX
        names = {"name", "id"} & set(guess.keys.get(first, ()))
        if not behind or (not forced and (names or len(levels) * _HALF < len(behind))):
            return False
        guess.keys = {first: ["role"]}
        guess.across = dict.fromkeys(behind if forced else levels, "level")
        return True

    def _is_level(self, header: str) -> bool:
        if self.known.levels.is_open:
            return tier_of(header) is not None
        return bool(self.known.levels.names.meant(header))

    def _is_cross(self, guess: HeaderGuess) -> bool:
        table, forced = guess.table, self.options.layout is Layout.CROSS
        if self.known.is_new and not forced:
            return False
        marks = [
            column
            for column in guess.headed
            if column not in guess.keys and is_column_of_marks(table, column)
        ]
        across = {column: self._across(table.headers[column]) for column in marks}
        known = {column: what for column, what in across.items() if what}
        if not forced and (not known or len(known) * _HALF < len(marks)):
            return False
        guess.across = {
            column: what or "role" for column, what in (across if forced else known).items()
        }
        return bool(guess.across)

    def _across(self, header: str) -> str:
        role, _, level = header.rpartition("@")
        if role and (self.known.roles.is_open or self._cell(role, level)):
            return "cell"
        is_role = bool(self.known.roles.names.meant(header))
        return "role" if is_role else ""

    def _cell(self, role: str, level: str) -> Cell | None:
        roles, levels = self.known.roles.names.meant(role), self.known.levels.names.meant(level)
        return Cell(roles[0], levels[0]) if len(roles) == len(levels) == 1 else None

    _fits: Mapping[Layout, Callable[["_Finder", HeaderGuess], bool]] = {
        Layout.LIST: _is_list,
        Layout.MATRIX: _is_matrix,
        Layout.CROSS: _is_cross,
    }


def is_written_by_us(sheet: Sheet) -> bool:
    """Tell whether a sheet is the matrix as clustergap writes it, which names coverage and no instruments alone."""
    return any(text.startswith(_SHAPES) for cells in sheet.rows for text in cells[1:])


def first_column(table: SheetTable) -> int:
    """Return the first column of a table, which has no header in many a matrix."""
    # The roles may have no header.
    return min(table.named, default=0)


def is_column_of_marks(table: SheetTable, column: int) -> bool:
    """Tell whether the cells of a column hold marks, and nothing else that says something."""
    texts = table.first_texts(column)
    return any(map(is_mark, texts)) and all(is_mark(text) or is_nothing(text) for text in texts)


def _is_title(sheet: Sheet, row: int) -> bool:
    # One text over many columns is no header.
    return any(
        merged.first[0] == row
        and merged.last[1] - merged.first[1] >= _HALF
        and sum(map(bool, map(str.strip, sheet.rows[row]))) == 1
        for merged in sheet.metadata.merged
    )


_SMALL_TABLES = frozenset(map(tuple, HEADERS.values()))


def _is_small_table(texts: Sequence[str]) -> bool:
    # What the list takes for granted, below it or on a sheet of its own.
    return tuple(text.strip() for text in texts if text.strip()) in _SMALL_TABLES
