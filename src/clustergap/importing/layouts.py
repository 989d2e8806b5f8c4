"""Which sheet of a workbook is the table to import, and its layout, expressed as a mapping."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from clustergap.importing.headers import (
    HeaderGuess,
    SheetTable,
    Spreadsheet,
    best_guess,
    first_column,
    guess_headers,
    is_column_of_marks,
    is_key,
    is_own_matrix,
    is_rival,
    likeliest_header,
    seems_to_hold,
    tier_of,
)
from clustergap.importing.import_context import ImportOptions, KnownRecords
from clustergap.importing.problems import NoTableError, Problem, Problems, SheetError
from clustergap.model.mapping import KEYS, MappingFile
from clustergap.model.query import Layout
from clustergap.spreadsheet.sheet import Address, Sheet, column_name, quote_sheet
from clustergap.text import (
    CLOSE,
    all_of,
    as_typed,
    closest,
    count,
    either,
    fold,
    likeness,
    one_of,
    quote,
    visible,
)

_HALF = 2
_SAMPLES = 3
_MOST_COLUMNS = 60
_LONGEST_SAMPLE = 30

_NOUNS = {
    "name": "name", "id": "id", "role": "role", "level": "level", "extent": "extent", "territories": "places",
    "starts": "first day", "ends": "last day",
    "commits_until": "last day for commitments", "url": "web address",
}  # fmt: skip
"""Names of keys that are clearer than the keys themselves."""

_ALTERNATIVES = (
    ("matrix", "roles down, levels across"),
    ("cross", "instruments down, roles across"),
)

_KEY_OF = {"a place": "territories", "a status": "status"}
"""The key for what a header seems to mean, unless it is a date."""


class MappedTable(NamedTuple):
    """A table, and its layout expressed as a mapping."""

    table: SheetTable
    mapping: MappingFile
    remarks: Sequence[str] = ()


def find_layout(
    spreadsheet: Spreadsheet, known: KnownRecords, options: ImportOptions, problems: Problems
) -> MappedTable:
    """Find the table to import, and how to read it.

    Doubts about its header are added to *problems*. Ignored sheets have no table, unless the user selects one of them.

    Raises:
        SheetError: There is no such sheet, or no table in one of the layouts; the error says what there is instead.
    """
    guesses = _guess_tables(spreadsheet, known, options)
    fitting = [guess for guess in guesses if guess.layout]
    if not fitting:
        raise _no_layout(spreadsheet.sheets, guesses, options)
    best = best_guess(fitting)
    if headers := [guess for guess in guesses if is_rival(guess, best)]:
        raise _no_layout(spreadsheet.sheets, headers, options)
    columns = _resolve_columns(best, options, problems)
    mapping = _MAPPINGS[best.layout or Layout.LIST](best, columns)
    if best.layout is Layout.CROSS and not _names_instruments(best):
        problems.add(_without_names(best))
    rest = _find_unread(best, columns, options, problems)
    remarks = [*unread_remarks(best.table, rest), *_other_sheets(best, fitting)]
    return MappedTable(best.table, MappingFile.model_validate(mapping), remarks)


def guess_layout(
    spreadsheet: Spreadsheet, known: KnownRecords, options: ImportOptions
) -> HeaderGuess:
    """Find the table that is most likely meant, and what its columns may hold, even if required keys are missing.

    Raises:
        SheetError: There is no table at all.
    """
    guesses = _guess_tables(spreadsheet, known, options)
    fitting = [guess for guess in guesses if guess.layout]
    if fitting or any(len(guess.headed) > 1 for guess in guesses):
        return best_guess(fitting) if fitting else likeliest_header(guesses)
    raise _no_layout(spreadsheet.sheets, guesses, options)


def _guess_tables(
    spreadsheet: Spreadsheet, known: KnownRecords, options: ImportOptions
) -> list[HeaderGuess]:
    guesses = list(guess_headers(spreadsheet, options))
    for guess in guesses:
        headers = options.columns.values()
        if not headers or any(map(guess.table.find, headers)):
            layouts = [options.layout] if options.layout else Layout
            fitting = (layout for layout in layouts if _FITS[layout](guess, known, options))
            guess.layout = next(fitting, None)
    return guesses


def _is_list(guess: HeaderGuess, known: KnownRecords, options: ImportOptions) -> bool:
    names = guess.has("name") or guess.has("id")
    cell = guess.has("cell") or guess.has("role", "level")
    knows = guess.has("id") and len(guess.keys) > 1 and not known.is_new
    forced = options.layout is Layout.LIST and bool(guess.keys)
    return (names and cell) or knows or forced


def _is_matrix(guess: HeaderGuess, known: KnownRecords, options: ImportOptions) -> bool:
    table = guess.table
    first = first_column(table)
    behind = [column for column in guess.headed if column > first]
    levels = [column for column in behind if _is_level(table.headers[column], known)]
    forced = options.layout is Layout.MATRIX
    names = {"name", "id"} & set(guess.keys.get(first, ()))
    if not behind or (not forced and (names or len(levels) * _HALF < len(behind))):
        return False
    guess.keys = {first: ["role"]}
    guess.across = dict.fromkeys(behind if forced else levels, "level")
    return True


def _is_level(header: str, known: KnownRecords) -> bool:
    if known.levels.is_open:
        return tier_of(header) is not None
    return bool(known.levels.names.meant(header))


def _is_cross(guess: HeaderGuess, known: KnownRecords, options: ImportOptions) -> bool:
    table, forced = guess.table, options.layout is Layout.CROSS
    if known.is_new and not forced:
        return False
    marks = [
        column
        for column in guess.headed
        if column not in guess.keys and is_column_of_marks(table, column)
    ]
    across = {column: _across(table.headers[column], known) for column in marks}
    meant = {column: axis for column, axis in across.items() if axis}
    if not forced and (not meant or len(meant) * _HALF < len(marks)):
        return False
    guess.across = {
        column: axis or "role" for column, axis in (across if forced else meant).items()
    }
    first = first_column(table)
    if guess.across and not (_names_instruments(guess) or table.header(first)):
        guess.keys = {**guess.keys, first: ["name"]}  # the corner of such a table is often empty
    return bool(guess.across)


def _names_instruments(guess: HeaderGuess) -> bool:
    return guess.has("name") or guess.has("id")


def _across(header: str, known: KnownRecords) -> str:
    role, _, level = header.rpartition("@")
    is_cell = len(known.roles.names.meant(role)) == len(known.levels.names.meant(level)) == 1
    if role and (known.roles.is_open or is_cell):
        return "cell"
    return "role" if known.roles.names.meant(header) else ""


_FITS: Mapping[Layout, Callable[[HeaderGuess, KnownRecords, ImportOptions], bool]] = {
    Layout.LIST: _is_list,
    Layout.MATRIX: _is_matrix,
    Layout.CROSS: _is_cross,
}


def _resolve_columns(
    guess: HeaderGuess, options: ImportOptions, problems: Problems
) -> dict[int, str]:
    # Two columns for one key are a question, unless the user or a header that is the key's own name decides.
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for column, keys in sorted(guess.keys.items()):
        by_key[keys[0]].append(column)
    table, columns = guess.table, {}
    for key, candidates in by_key.items():
        requested = table.find(options.columns[key]) if key in options.columns else []
        own = [column for column in candidates if is_key(table.header(column))]
        chosen = requested or (own if len(own) == 1 else candidates)
        columns[chosen[0]] = key
        if len(chosen) > 1:
            names = [quote(table.name(column)) for column in chosen]
            first = as_typed(["--column", f"{key}={table.name(chosen[0])}"])
            message = f"{all_of(names)} may each be the {_NOUNS.get(key, key)}"
            hint = f"say which: {first}; a mapping can take both (--propose)"
            problems.add(Problem(table.header_cell(chosen[1]), message, hint))
    return columns


def _without_names(guess: HeaderGuess) -> Problem:
    # Marks without names would be observations, and close gaps.
    unread = [column for column in guess.headed if column not in guess.across]
    column = next((one for one in unread if one not in guess.keys), first_column(guess.table))
    name = as_typed(["--column", f"name={guess.table.name(column)}"])
    message = "no column seems to name the instruments that the marks are of"
    return Problem(guess.table.header_cell(column), message, f"say which does: {name}")


def _find_unread(
    guess: HeaderGuess, columns: Mapping[int, str], options: ImportOptions, problems: Problems
) -> list[int]:
    """Report unread columns that may change an answer, and return the others."""
    table = guess.table
    _check_options(table, options, problems)
    if guess.layout is Layout.MATRIX:
        first = first_column(table)
        for column in guess.headed:
            if column > first and column not in guess.across:
                _report_unread(table, column, "is no level", problems)
        return []
    return [
        column
        for column in _unused_columns(guess, columns)
        if not problems.has_cell(table.header_cell(column))
        and not _is_reported(table, column, columns.values(), problems)
    ]


def _check_options(table: SheetTable, options: ImportOptions, problems: Problems) -> None:
    headers = [(f"--leave-out {quote(header)}", header) for header in options.leave_out]
    headers += [(f"--column {key}={quote(text)}", text) for key, text in options.columns.items()]
    for option, header in headers:
        if len(table.find(header)) != 1:
            message = f"{option}: no single column has this header"
            problems.add(Problem(None, message, _header_hint(table)))


def _is_reported(
    table: SheetTable, column: int, taken: Collection[str], problems: Problems
) -> bool:
    header = table.header(column)
    content = seems_to_hold(header)
    if meant := _closest_key(header, taken):
        hint = f"did you mean {quote(meant)}? Else {as_typed(['--leave-out', header])}"
        message = f"{quote(header)} is not a column"
        problems.add(Problem(table.header_cell(column), message, hint))
    elif content:
        _report_unread(table, column, f"seems to hold {content}, and would not be read", problems)
    return bool(meant or content)


def _report_unread(table: SheetTable, column: int, why: str, problems: Problems) -> None:
    header = table.name(column)
    key = _KEY_OF.get(seems_to_hold(header), "starts")
    out = as_typed(["--leave-out", header])
    hint = f"{out}, or say what it holds, such as {as_typed(['--column', f'{key}={header}'])}"
    message = f"the column {quote(header)} {why}"
    problems.add(Problem(table.header_cell(column), message, hint))


def _closest_key(header: str, taken: Iterable[str]) -> str | None:
    word = fold(header).replace(" ", "_").replace("-", "_")
    meant = closest(word, [key for key in KEYS if key not in set(taken)])
    return meant if meant and likeness(word, meant) >= CLOSE else None


def _unused_columns(guess: HeaderGuess, columns: Mapping[int, str]) -> list[int]:
    # Two columns with the same header are one question.
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


def unread_remarks(table: SheetTable, rest: Sequence[int]) -> Iterator[str]:
    """Say in one remark which columns of a table are not read; nothing if there are none."""
    if rest:
        columns, verb = ("the column", "is") if len(rest) == 1 else ("the columns", "are")
        names = one_of([quote(table.name(column)) for column in rest])
        yield f"{quote_sheet(table.sheet.name)}: {columns} {names} {verb} not read"


def _other_sheets(best: HeaderGuess, guesses: Iterable[HeaderGuess]) -> Iterator[str]:
    names = dict.fromkeys(
        quote_sheet(guess.table.sheet.name)
        for guess in guesses
        if guess.table.sheet is not best.table.sheet
        and list(guess.table.headers) == list(best.table.headers)
    )
    if names:
        has, are = ("has", "is") if len(names) == 1 else ("have", "are")
        yield (
            f"{all_of(names)} {has} the same header, and {are} not read: --sheet NAME reads another, "
            'a mapping with sheet: "*" reads all'
        )


def _list_mapping(guess: HeaderGuess, columns: Mapping[int, str]) -> dict[str, Any]:
    table = guess.table
    return {
        "schema": "1",
        "layout": guess.layout and guess.layout.value,
        "columns": {key: table.name(column) for column, key in sorted(columns.items())},
    }


def _matrix_mapping(guess: HeaderGuess, columns: Mapping[int, str]) -> dict[str, Any]:
    levels = [guess.table.name(column) for column in sorted(guess.across)]
    wide = {"columns": levels, "are": "level", "cells": "names"}
    return {**_list_mapping(guess, columns), "wide": [wide]}


def _cross_mapping(guess: HeaderGuess, columns: Mapping[int, str]) -> dict[str, Any]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for column, axis in sorted(guess.across.items()):
        names[axis].append(guess.table.name(column))
    wide = [{"columns": headers, "are": axis} for axis, headers in names.items()]
    return {**_list_mapping(guess, columns), "wide": wide}


_MAPPINGS: Mapping[Layout, Callable[[HeaderGuess, Mapping[int, str]], dict[str, Any]]] = {
    Layout.LIST: _list_mapping,
    Layout.MATRIX: _matrix_mapping,
    Layout.CROSS: _cross_mapping,
}


def _no_layout(
    sheets: Sequence[Sheet], guesses: Sequence[HeaderGuess], options: ImportOptions
) -> SheetError:
    if any(map(is_own_matrix, sheets)):
        message = (
            "there is no table to import: what clustergap writes about cells names no instruments"
        )
        problem = Problem(None, message, "clustergap report -o report.xlsx has a list")
        return NoTableError([problem])
    if not any(len(guess.headed) > 1 for guess in guesses):
        hint = "clustergap init --template list.xlsx writes a list to fill in"
        return NoTableError([Problem(None, "there is no table to import", hint)])
    best = likeliest_header(guesses)
    problems = Problems()
    _check_options(best.table, options, problems)
    if len(problems):
        return SheetError(problems)
    at = best.table.header_cell(min(best.headed, default=0))
    message = "this table is no list, no matrix and no cross"
    lacks = [_noun_of(key) for key in best.lacking]
    if not lacks:
        return NoTableError([_other_layout_problem(at, options)])
    hint = f"a list needs a name or an id, a role and a level, and no column is {all_of(lacks)}"
    choices = [visible(line) for line in _choices(best, options)]
    return NoTableError([Problem(at, message, hint)], choices=choices)


def _other_layout_problem(at: Address, options: ImportOptions) -> Problem:
    # It would be a list, but the user asked for another layout.
    layout = options.layout or Layout.LIST
    lacks = {
        Layout.CROSS: "no column holds only marks, such as x",
        Layout.MATRIX: "no column stands behind the first",
    }
    hint = f"{lacks.get(layout, 'nothing stands below its header')}; import it without --layout"
    return Problem(at, f"this table is no {layout}", hint)


def _choices(guess: HeaderGuess, options: ImportOptions) -> Iterator[str]:
    table = guess.table
    names = {column: _shorten(table.name(column)) for column in table.named}
    # Columns that may hold a key are listed before others, in the order of the table.
    listed = sorted(sorted(names, key=lambda column: column not in guess.keys)[:_MOST_COLUMNS])
    widest = max((len(names[column]) for column in listed), default=0)
    for column in listed:
        name = names[column]
        samples = ", ".join(quote(_shorten(text)) for text in table.samples(column, _SAMPLES))
        keys = [_noun_of(key) for key in guess.keys.get(column, ())]
        may_be = f"  may be {either(keys)}" if keys else ""
        yield f"  {column_name(column):<3}{name:<{widest}}  {samples or 'empty'}{may_be}"
    if len(listed) < len(names):
        yield f"  … and {count(len(names) - len(listed), 'more column')}"
    marks = [column for column in guess.headed if is_column_of_marks(table, column)]
    free = [column for column in names if column not in {*guess.keys, *marks}]
    yield "Say which column is which, or how the table is laid out, or write down a mapping of it and mend that:"
    example = names[max(free, key=lambda column: _repeats(table, column))] if free else "HEADER"
    for key in guess.lacking:
        yield f"  {options.command} {as_typed(['--column', f'{key}={example}'])}"
    likelier, other = reversed(_ALTERNATIVES) if len(marks) > 1 else _ALTERNATIVES
    yield f"  {options.command} --layout {likelier[0]}     ({likelier[1]}; or {other[0]}: {other[1]})"
    yield f"  {options.command} --propose --save-mapping mapping.yaml"


def _repeats(table: SheetTable, column: int) -> bool:
    # A column of roles or levels repeats a few words; a running number does not.
    texts = table.first_texts(column)
    return len(set(texts)) * _HALF <= len(texts)


def _noun_of(key: str) -> str:
    return f"the {_NOUNS.get(key, key.replace('_', ' '))}"


def _header_hint(table: SheetTable) -> str:
    return f"there are {one_of([quote(table.name(column)) for column in table.named])}"


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_SAMPLE else line[: _LONGEST_SAMPLE - 1] + "…"
