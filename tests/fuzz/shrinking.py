"""A dataset that fails, made smaller as long as it fails in the same way."""

import re
import time
import traceback
from collections.abc import Callable, Iterator

from clustergap.loading.names import MAIN
from fuzz.target import BrokenPromiseError, Files, look_with_both

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


def _shortest(parts: list[bytes], fails: Callable[[list[bytes]], bool]) -> list[bytes]:
    size = len(parts)
    while size:
        shorter = next((some for some in _without(parts, size) if fails(some)), None)
        if shorter is None:
            size //= 2
        else:
            parts = shorter
    return parts


def _without(parts: list[bytes], size: int) -> Iterator[list[bytes]]:
    for start in range(0, len(parts), size):
        yield parts[:start] + parts[start + size :]
