"""A dataset or a table that fails, made smaller as long as it fails in the same way."""

import re
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from clustergap.loading.files import MAIN
from fuzz.table_files import FORMS, Cell
from fuzz.table_target import look_at_import
from fuzz.tables import Case
from fuzz.target import BrokenPromiseError, Files, look_with_both

Part = TypeVar("Part")

PATIENCE = 60.0
"""Seconds that one dataset is worth."""


def failure_of(files: Files) -> str | None:
    """Say in what way *files* fail, without what differs from one dataset to the next."""
    try:
        look_with_both(files)
    except Exception as error:  # noqa: BLE001 - whatever comes out is the failure
        return name_of(error)
    return None


def name_of(error: Exception) -> str:
    """Name a failure: the promise that is broken, or the place that let an exception through."""
    if isinstance(error, BrokenPromiseError):
        return error.promise
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {last.name}: {re.sub('[0-9]+', 'N', str(error))[:80]}"


def shrink(files: Files, failure: str) -> Files:
    """Make *files* smaller as long as *failure* is what comes of them."""
    end = time.monotonic() + PATIENCE

    def fails(smaller: Files) -> bool:
        return time.monotonic() < end and failure_of(smaller) == failure

    for name in sorted(files):
        without = {other: data for other, data in files.items() if other != name}
        if name != MAIN and fails(without):
            files = without
    for name in sorted(files):
        for separator in (b"\n", b""):
            parts = _shortest(_split(files[name], separator), _with(files, name, separator, fails))
            files = {**files, name: separator.join(parts)}
    return files


def shrink_case(case: Case, failure: str, folder: Path) -> Case:
    """Make a table and what is said of it smaller as long as importing it fails in the same way."""
    end = time.monotonic() + PATIENCE / 3

    def fails(smaller: Case) -> bool:
        if time.monotonic() > end:
            return False
        try:
            look_at_import(smaller, folder)
        except Exception as error:  # noqa: BLE001 - whatever comes out is the failure
            return name_of(error) == failure
        return False

    def first(*smaller: Case) -> None:
        nonlocal case
        case = next((one for one in smaller if fails(one)), case)

    first(case._replace(raw=None))
    first(case._replace(raw=None, form=FORMS[0]))
    first(case._replace(into=""), case._replace(into="small"))
    first(case._replace(mapping=None, options=[]), case._replace(options=[]))
    case = case._replace(
        options=_shortest(case.options, lambda some: fails(case._replace(options=some)))
    )
    if case.raw is not None:
        parts = _split(case.raw, b"")
        return case._replace(
            raw=b"".join(_shortest(parts, lambda some: fails(case._replace(raw=b"".join(some)))))
        )
    case = case._replace(
        sheets=_shortest(case.sheets, lambda some: fails(case._replace(sheets=some)))
    )
    for number in range(len(case.sheets)):
        case = _shrink_sheet(case, number, fails)
    return case._replace(mapping=_shrink_mapping(case, fails))


def _shrink_sheet(case: Case, number: int, fails: Callable[[Case], bool]) -> Case:
    def with_rows(rows: Sequence[Sequence[Cell]]) -> Case:
        sheets = [*case.sheets]
        sheets[number] = sheets[number]._replace(rows=rows)
        return case._replace(sheets=sheets)

    some_rows = _shortest(case.sheets[number].rows, lambda some: fails(with_rows(some)))
    width = max(map(len, some_rows), default=0)
    columns = _shortest(range(width), lambda some: fails(with_rows(_only(some_rows, some))))
    rows = _only(some_rows, columns)
    for row in rows:
        for at, cell in enumerate(row):
            row[at] = ""
            if not fails(with_rows(rows)):
                row[at] = cell
            if isinstance(row[at], str):
                text = str(row[at])
                row[at] = (
                    text
                    if len(text) < 50
                    else _shorter(row, at, text, lambda: fails(with_rows(rows)))
                )
    return with_rows(rows)


def _shorter(row: list[Cell], at: int, text: str, still_fails: Callable[[], bool]) -> str:
    while len(text) > 1:
        row[at] = text[: len(text) // 2]
        if not still_fails():
            break
        text = text[: len(text) // 2]
    return text


def _only(rows: Sequence[Sequence[Cell]], columns: Sequence[int]) -> list[list[Cell]]:
    return [[row[column] for column in columns if column < len(row)] for row in rows]


def _shrink_mapping(case: Case, fails: Callable[[Case], bool]) -> bytes | None:
    if case.mapping is None:
        return None
    lines = case.mapping.split(b"\n")
    lines = _shortest(lines, lambda some: fails(case._replace(mapping=b"\n".join(some))))
    return b"\n".join(lines)


def _split(data: bytes, separator: bytes) -> list[bytes]:
    # Characters where it is text, as no character of a text is to become half of one.
    if separator:
        return data.split(separator)
    try:
        return [character.encode() for character in data.decode()]
    except UnicodeDecodeError:
        return [bytes([byte]) for byte in data]


def _with(
    files: Files, name: str, separator: bytes, fails: Callable[[Files], bool]
) -> Callable[[list[bytes]], bool]:
    return lambda parts: fails({**files, name: separator.join(parts)})


def _shortest(all_of_them: Sequence[Part], fails: Callable[[list[Part]], bool]) -> list[Part]:
    parts = [*all_of_them]
    size = len(parts)
    while size:
        shorter = next((some for some in _without(parts, size) if fails(some)), None)
        if shorter is None:
            size //= 2
        else:
            parts = shorter
    return parts


def _without(parts: list[Part], size: int) -> Iterator[list[Part]]:
    for start in range(0, len(parts), size):
        yield parts[:start] + parts[start + size :]
