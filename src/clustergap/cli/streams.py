"""Standard output and standard error, which take what is written whole or say why not."""

import errno
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

from clustergap.errors import ClusterGapError

LEAVING = (errno.EINVAL,) if os.name == "nt" else ()
"""What Windows says, besides that a pipe is broken, when its reader has gone: ``| more`` that is left early."""

_PAUSE = 0.01
"""Seconds between two tries to write, where nothing tells when there is room again."""


@contextmanager
def whole_streams() -> Iterator[None]:
    """Let all that the program prints, whoever prints it, arrive whole or raise, and all that it tells not fail.

    The stream that Python makes may write a part and say how much, as it does if it has no buffer
    (PYTHONUNBUFFERED) and a disk is full, or nothing for now, if it does not block; those who write do not look.
    """
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _whole(sys.stdout, _refuse), _whole(sys.stderr, _ignore)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def write_stdout(data: bytes) -> None:
    """Write a document to standard output; a reader that has gone away has seen enough.

    Raises:
        ClusterGapError: It cannot be written, or not all of it.
    """
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


class _Whole(io.RawIOBase):
    """Writes all that it is given to a stream that may take a part of it, or nothing for now."""

    def __init__(self, stream: TextIO | None, fail: Callable[[str], None]) -> None:
        # None: it was closed when the program began.
        self._raw = getattr(stream.buffer, "raw", stream.buffer) if stream else None
        self._is_terminal = stream is not None and stream.isatty()
        self._is_over = False
        self._fail = fail

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._is_terminal

    def fileno(self) -> int:
        return self._raw.fileno() if self._raw else super().fileno()

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # all of it
        left = memoryview(data)
        while left and not self._is_over:
            left = left[self._take(left) :]
        return len(data)

    def _take(self, data: memoryview) -> int:
        if self._raw is None:
            return self._end("it is closed")
        try:
            taken: int | None = self._raw.write(data)
        except OSError as error:
            has_left = isinstance(error, ConnectionError) or error.errno in LEAVING
            return self._end("" if has_left else error.strerror or str(error))
        if taken is None:
            _wait(self._raw)
        return taken or 0

    def _end(self, why: str) -> int:
        # Told once: what is written behind it goes nowhere.
        self._is_over = True
        if why:
            self._fail(why)
        return 0


def _whole(stream: TextIO | None, fail: Callable[[str], None]) -> TextIO:
    return io.TextIOWrapper(
        _Whole(stream, fail),  # type: ignore[type-var]  # typeshed asks for what it never calls
        encoding=stream.encoding if stream else "utf-8",
        errors="replace" if stream is None or stream.errors == "strict" else stream.errors,
        write_through=True,
    )


def _refuse(why: str) -> None:
    raise ClusterGapError(f"standard output cannot be written: {why}")


def _ignore(_why: str) -> None:
    """Tell nobody: where one would be told cannot be written."""


def _wait(raw: BinaryIO) -> None:
    from select import select

    try:
        select([], [raw], [])
    except (OSError, ValueError):  # Windows knows it of sockets alone
        from time import sleep

        sleep(_PAUSE)
