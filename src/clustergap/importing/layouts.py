"""Which of a workbook's sheets is a table to import, where its header is, and how it is laid out, as a mapping says it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from clustergap.importing.cell_words import is_mark, is_nothing
from clustergap.importing.headers import answers, is_key, keys_of, tier_of
from clustergap.importing.known import Known
from clustergap.importing.options import ImportOptions
from clustergap.importing.problem import Problem, Problems, SheetError, refuse
from clustergap.importing.table import Table, find_header_rows
from clustergap.model.cell import Cell
from clustergap.model.layout import Layout
from clustergap.model.mapping import KEYS, MappingFile
from clustergap.near_misses import CLOSE, likeness
from clustergap.sheets.sections import HEADERS
from clustergap.spreadsheet.sheet import Address, Sheet, column_name, quote_sheet
from clustergap.wording import (
    all_of,
    as_typed,
    closest,
    did_you_mean,
    either,
    fold,
    one_of,
    quote,
    visible,
)

MOST_ABOVE = 50
"""Rows in which a header is looked for: titles and remarks may stand above it."""

FIRST_CHOICE = "instruments"
"""The sheet that is read where several hold as good a list."""

_HALF = 2
_MOST_LOOKED_AT = 200
_SAMPLES = 3
_LONGEST_SAMPLE = 30

_NOUNS = {
    "name": "name", "id": "id", "role": "role", "level": "level", "extent": "extent", "territories": "places",
    "starts": "first day", "ends": "last day", "url": "web address",
}  # fmt: skip
"""What keys are called where their own name says less."""

_KEY_OF = {"a place": "territories", "a status": "status"}
"""The keys that hold what a header seems to mean, where it is no date."""

_SHAPES = ("●", "◐", "○")
"""With these begins what clustergap itself writes about a cell."""


class Found(NamedTuple):
    """A table, and the mapping that its layout is."""

    table: Table
    mapping: MappingFile
    remarks: Sequence[str] = ()


@dataclass
class Guess:
    """What a row would say as the header of its sheet's table.

    ``keys`` are what the columns may hold, the likeliest first; ``across`` are those whose header names a level, a role or
    a cell, and which of them; ``headed`` all that have a header. ``layout``: None where that is no layout.
    """

    table: Table
    keys: dict[int, Sequence[str]]
    headed: list[int]
    across: dict[int, str] = field(default_factory=dict)
    layout: Layout | None = None

    @property
    def score(self) -> int:
        return len(self.keys.keys() | self.across.keys())

    def has(self, *keys: str) -> bool:
        held = {key for some in self.keys.values() for key in some}
        return held.issuperset(keys)


def find_layout(
    sheets: Sequence[Sheet],
    known: Known,
    options: ImportOptions,
    problems: Problems,
    passed_over: Collection[str] = (),
) -> Found:
    """Find the table to import, and how it is to be read.

    Args:
        sheets: All of them.
        known: What the dataset knows.
        options: What the user says of it.
        problems: Takes what is in doubt in its header.
        passed_over: Names of sheets that hold none, unless somebody asks for one of them.

    Raises:
        SheetError: There is no such sheet, or no table in one of the layouts; it says what there is instead.
    """
    guesses = _guesses(sheets, known, options, passed_over)
    found = [guess for guess in guesses if guess.layout]
    if not found:
        raise _no_layout(sheets, guesses, options)
    best = _best(found)
    if headers := [guess for guess in guesses if _is_header_above(guess, best)]:
        raise _no_layout(sheets, headers, options)
    columns = _resolve_columns(best, options, problems)
    mapping = _MAPPINGS[best.layout or Layout.LIST](best, columns)
    rest = _look_at_rest(best, columns, options, problems)
    remarks = [*_left_out(best.table, rest), *_other_sheets(best, found)]
    return Found(best.table, MappingFile.model_validate(mapping), remarks)


def guess_layout(
    sheets: Sequence[Sheet], known: Known, options: ImportOptions, passed_over: Collection[str]
) -> Guess:
    """Find the table that is most likely meant, and what its columns may hold, whether or not that is enough.

    Raises:
        SheetError: There is no table at all.
    """
    guesses = _guesses(sheets, known, options, passed_over)
    found = [guess for guess in guesses if guess.layout]
    if found or any(len(guess.headed) > 1 for guess in guesses):
        return _best(found) if found else _likeliest(guesses)
    raise _no_layout(sheets, guesses, options)


def _guesses(
    sheets: Sequence[Sheet], known: Known, options: ImportOptions, passed_over: Collection[str]
) -> list[Guess]:
    finder = _Finder(known, options)
    looked_at = asked_sheets(sheets, [options.sheet] if options.sheet else [])
    out = () if options.sheet else passed_over
    return [
        guess
        for sheet in looked_at
        if sheet.name not in out and not is_written_by_us(sheet)
        for guess in finder.guesses(sheet)
    ]


def _likeliest(guesses: Sequence[Guess]) -> Guess:
    widest = max(len(guess.headed) for guess in guesses)
    return max(guesses, key=lambda guess: (len(guess.keys), len(guess.headed) == widest))


def asked_sheets(sheets: Sequence[Sheet], names: Sequence[str]) -> Sequence[Sheet]:
    """Return the sheets of these names; of none all that are not hidden.

    Raises:
        SheetError: There is no such sheet.
    """
    if not names:
        return [sheet for sheet in sheets if not sheet.metadata.is_hidden]
    by_name = {sheet.name: sheet for sheet in sheets}
    for name in names:
        if name not in by_name:
            there = f"there are {one_of(list(map(quote, by_name)))}"
            raise refuse(f"there is no sheet {quote(name)}", did_you_mean(name, by_name) or there)
    return [by_name[name] for name in names]


def _best(found: Iterable[Guess]) -> Guess:
    by_sheet: dict[str, Guess] = {}
    for guess in found:
        best = by_sheet.setdefault(guess.table.sheet.name, guess)
        if guess.score > best.score:
            by_sheet[guess.table.sheet.name] = guess
    return max(by_sheet.values(), key=_fitness)


def _fitness(guess: Guess) -> tuple[bool, int, bool]:
    # A list without cells is one only where there are data: no other sheet must be read then than in a new dataset.
    is_whole = guess.layout is not Layout.LIST or not _lacking(guess)
    return is_whole, guess.score, fold(guess.table.sheet.name) == FIRST_CHOICE


def _is_header_above(guess: Guess, best: Guess) -> bool:
    # A row below the header may look like one of a matrix; what it is must not depend on what the dataset knows.
    return (
        guess.table.sheet is best.table.sheet
        and guess.layout is None
        and guess.table.header_rows[-1] < best.table.header_rows[0]
        and 1 < len(guess.keys) >= best.score
    )


class _Finder:
    """Looks at rows as headers."""

    def __init__(self, known: Known, options: ImportOptions) -> None:
        self.known, self.options = known, options
        self.left_out = {fold(header) for header in options.leave_out}

    def guesses(self, sheet: Sheet) -> Iterator[Guess]:
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

    def guess(self, sheet: Sheet, rows: Sequence[int]) -> Guess:
        last = self.options.last
        table = Table(sheet, rows, rows[-1] + 1, last - 1 if last else None)
        out = {column for header in self.left_out for column in table.find(header)}
        headed = [
            column for column, text in enumerate(table.headers) if text and column not in out
        ]
        said = {
            column: key
            for key, header in self.options.columns.items()
            for column in table.find(header)
        }
        keys = {
            column: [said[column]] if column in said else keys_of(table.headers[column])
            for column in {*headed, *said}
        }
        guess = Guess(table, {column: some for column, some in keys.items() if some}, headed)
        if said or not self.options.columns:
            asked = self.options.layout
            for layout in [asked] if asked else Layout:
                if self._fits[layout](self, guess):
                    guess.layout = layout
                    break
        return guess

    def _is_list(self, guess: Guess) -> bool:
        names = guess.has("name") or guess.has("id")
        cell = guess.has("cell") or guess.has("role", "level")
        knows = guess.has("id") and len(guess.keys) > 1 and not self.known.is_new
        forced = self.options.layout is Layout.LIST and bool(guess.keys)
        return (names and cell) or knows or forced

    def _is_matrix(self, guess: Guess) -> bool:
        table = guess.table
        first = _first_column(table)
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

    def _is_cross(self, guess: Guess) -> bool:
        table, forced = guess.table, self.options.layout is Layout.CROSS
        if self.known.is_new and not forced:
            return False
        marks = [
            column
            for column in guess.headed
            if column not in guess.keys and _has_only_marks(table, column)
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

    _fits: Mapping[Layout, Callable[["_Finder", Guess], bool]] = {
        Layout.LIST: _is_list,
        Layout.MATRIX: _is_matrix,
        Layout.CROSS: _is_cross,
    }


def is_written_by_us(sheet: Sheet) -> bool:
    """Tell whether a sheet is the matrix as clustergap writes it, which names coverage and no instruments alone."""
    return any(text.startswith(_SHAPES) for cells in sheet.rows for text in cells[1:])


def _first_column(table: Table) -> int:
    # The roles may have no header.
    return min(table.named, default=0)


def _has_only_marks(table: Table, column: int) -> bool:
    rows = range(table.first, min(len(table.sheet.rows), table.first + _MOST_LOOKED_AT))
    texts = [text for row in rows if (text := table.sheet.text(row, column).strip())]
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


def _resolve_columns(guess: Guess, options: ImportOptions, problems: Problems) -> dict[int, str]:
    # Two columns for one key are a question, but what the user says, and then a key's own name, go first.
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for column, keys in sorted(guess.keys.items()):
        by_key[keys[0]].append(column)
    table, columns = guess.table, {}
    for key, several in by_key.items():
        said = table.find(options.columns[key]) if key in options.columns else []
        own = [column for column in several if is_key(table.header(column))]
        chosen = said or (own if len(own) == 1 else several)
        columns[chosen[0]] = key
        if len(chosen) > 1:
            names = [quote(table.name(column)) for column in chosen]
            first = as_typed(["--column", f"{key}={table.name(chosen[0])}"])
            message = f"{all_of(names)} may each be the {_NOUNS.get(key, key)}"
            hint = f"say which: {first}; a mapping can take both (--propose)"
            at = table.sheet.at(table.header_rows[-1], chosen[1])
            problems.add(Problem(at, message, hint))
    return columns


def _look_at_rest(
    guess: Guess, columns: Mapping[int, str], options: ImportOptions, problems: Problems
) -> list[int]:
    """Ask about columns that are not read, where that may change an answer, and return the others."""
    table = guess.table
    _look_for_asked(table, options, problems)
    if guess.layout is Layout.MATRIX:
        first = _first_column(table)
        for column in guess.headed:
            if column > first and column not in guess.across:
                _ask_left(table, column, "is no level", problems)
        return []
    row = table.header_rows[-1]
    return [
        column
        for column in _rest(guess, columns)
        if not problems.has_cell(table.sheet.at(row, column))
        and not _is_asked_about(table, column, columns.values(), problems)
    ]


def _look_for_asked(table: Table, options: ImportOptions, problems: Problems) -> None:
    asked = [(f"--leave-out {quote(header)}", header) for header in options.leave_out]
    asked += [(f"--column {key}={quote(said)}", said) for key, said in options.columns.items()]
    for option, header in asked:
        if len(table.find(header)) != 1:
            message = f"{option}: no single column has this header"
            problems.add(Problem(None, message, _there_are(table)))


def _is_asked_about(table: Table, column: int, taken: Collection[str], problems: Problems) -> bool:
    header = table.header(column)
    what = answers(header)
    if meant := _meant_key(header, taken):
        hint = f"did you mean {quote(meant)}? Else {as_typed(['--leave-out', header])}"
        at = table.sheet.at(table.header_rows[-1], column)
        problems.add(Problem(at, f"{quote(header)} is not a column", hint))
    elif what:
        _ask_left(table, column, f"seems to hold {what}, and would not be read", problems)
    return bool(meant or what)


def _ask_left(table: Table, column: int, why: str, problems: Problems) -> None:
    header = table.name(column)
    at = table.sheet.at(table.header_rows[-1], column)
    key = _KEY_OF.get(answers(header), "starts")
    out, said = as_typed(["--leave-out", header]), as_typed(["--column", f"{key}={header}"])
    hint = f"{out}, or say what it holds, such as {said}"
    problems.add(Problem(at, f"the column {quote(header)} {why}", hint))


def _meant_key(header: str, taken: Iterable[str]) -> str | None:
    word = fold(header).replace(" ", "_").replace("-", "_")
    meant = closest(word, [key for key in KEYS if key not in set(taken)])
    return meant if meant and likeness(word, meant) >= CLOSE else None


def _rest(guess: Guess, columns: Mapping[int, str]) -> list[int]:
    # Two columns of one header are asked about together.
    headers = guess.table.headers
    read = {fold(headers[column]) for column in columns if column < len(headers)}
    return [
        column
        for column in guess.headed
        if column not in columns
        and column not in guess.across
        and fold(headers[column]) not in read
        and guess.table.samples(column, 1)
    ]


def _left_out(table: Table, rest: Sequence[int]) -> Iterator[str]:
    if rest:
        columns, verb = ("the column", "is") if len(rest) == 1 else ("the columns", "are")
        names = one_of([quote(table.name(column)) for column in rest])
        yield f"{quote_sheet(table.sheet.name)}: {columns} {names} {verb} not read"


def _other_sheets(best: Guess, found: Iterable[Guess]) -> Iterator[str]:
    names = dict.fromkeys(
        quote_sheet(guess.table.sheet.name)
        for guess in found
        if guess.table.sheet is not best.table.sheet
        and list(guess.table.headers) == list(best.table.headers)
    )
    if names:
        has, are = ("has", "is") if len(names) == 1 else ("have", "are")
        yield (
            f"{all_of(names)} {has} the same header, and {are} not read: --sheet NAME reads another, "
            'a mapping with sheet: "*" reads all'
        )


def _list_mapping(guess: Guess, columns: Mapping[int, str]) -> dict[str, Any]:
    table = guess.table
    return {
        "schema": "1",
        "layout": guess.layout and guess.layout.value,
        "columns": {key: table.name(column) for column, key in sorted(columns.items())},
    }


def _matrix_mapping(guess: Guess, columns: Mapping[int, str]) -> dict[str, Any]:
    levels = [guess.table.name(column) for column in sorted(guess.across)]
    wide = {"columns": levels, "are": "level", "cells": "names"}
    return {**_list_mapping(guess, columns), "wide": [wide]}


def _cross_mapping(guess: Guess, columns: Mapping[int, str]) -> dict[str, Any]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for column, what in sorted(guess.across.items()):
        names[what].append(guess.table.name(column))
    wide = [{"columns": some, "are": what} for what, some in names.items()]
    return {**_list_mapping(guess, columns), "wide": wide}


_MAPPINGS: Mapping[Layout, Callable[[Guess, Mapping[int, str]], dict[str, Any]]] = {
    Layout.LIST: _list_mapping,
    Layout.MATRIX: _matrix_mapping,
    Layout.CROSS: _cross_mapping,
}


def _no_layout(
    sheets: Sequence[Sheet], guesses: Sequence[Guess], options: ImportOptions
) -> SheetError:
    if any(map(is_written_by_us, sheets)):
        message = (
            "there is no table to import: what clustergap writes about cells names no instruments"
        )
        return refuse(message, "clustergap report -o report.xlsx has a list")
    if not any(len(guess.headed) > 1 for guess in guesses):
        return refuse(
            "there is no table to import",
            "clustergap init --template list.xlsx writes a list to fill in",
        )
    best = _likeliest(guesses)
    problems = Problems()
    _look_for_asked(best.table, options, problems)
    if len(problems):
        return SheetError(problems)
    at = best.table.sheet.at(best.table.header_rows[-1], min(best.headed, default=0))
    message = "this table is no list, no matrix and no cross"
    lacks = [_called(key) for key in _lacking(best)]
    if not lacks:
        return SheetError([_unlike(at, options)])
    hint = f"a list needs a name or an id, a role and a level, and no column is {all_of(lacks)}"
    choices = [visible(line) for line in _what_there_is(best, options)]
    return SheetError([Problem(at, message, hint)], choices=choices)


def _unlike(at: Address, options: ImportOptions) -> Problem:
    # It would be a list, if it were not asked for as something else.
    layout = options.layout or Layout.LIST
    lacks = {
        Layout.CROSS: "no column holds only marks, such as x",
        Layout.MATRIX: "no column stands behind the first",
    }
    hint = f"{lacks.get(layout, 'nothing stands below its header')}; import it without --layout"
    return Problem(at, f"this table is no {layout}", hint)


def _what_there_is(guess: Guess, options: ImportOptions) -> Iterator[str]:
    table = guess.table
    names = {column: _cut(table.name(column)) for column in table.named}
    widest = max(map(len, names.values()), default=0)
    for column, name in names.items():
        samples = ", ".join(quote(_cut(text)) for text in table.samples(column, _SAMPLES))
        keys = [_called(key) for key in guess.keys.get(column, ())]
        may_be = f"  may be {either(keys)}" if keys else ""
        yield f"  {column_name(column):<3}{name:<{widest}}  {samples or 'empty'}{may_be}"
    free = [column for column in names if column not in guess.keys]
    example = names[max(free, key=lambda one: _repeats(table, one))] if free else "HEADER"
    yield "Say which column is which, or how the table is laid out, or write down a mapping of it and mend that:"
    for key in _lacking(guess):
        yield f"  {options.command} {as_typed(['--column', f'{key}={example}'])}"
    yield f"  {options.command} --layout matrix     (roles down, levels across; or cross: instruments down, roles across)"
    yield f"  {options.command} --propose --save-mapping mapping.yaml"


def _repeats(table: Table, column: int) -> bool:
    # A role or a level says the same few words again and again, and a running number does not.
    rows = range(table.first, min(len(table.sheet.rows), table.first + _MOST_LOOKED_AT))
    texts = [text for row in rows if (text := table.sheet.text(row, column).strip())]
    return len(set(texts)) * _HALF <= len(texts)


def _lacking(guess: Guess) -> list[str]:
    lacks = [] if guess.has("name") or guess.has("id") else ["name"]
    has_cell = guess.has("cell")
    return lacks + [key for key in ("role", "level") if not (has_cell or guess.has(key))]


def _called(key: str) -> str:
    return f"the {_NOUNS.get(key, key.replace('_', ' '))}"


def _there_are(table: Table) -> str:
    return f"there are {one_of([quote(table.name(column)) for column in table.named])}"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SAMPLE else line[: _LONGEST_SAMPLE - 1] + "…"
