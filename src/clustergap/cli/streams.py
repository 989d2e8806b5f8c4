"""Standard output and standard error: documents arrive whole or raise; notices and progress bars stand beside them."""

import errno
import io
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

from clustergap.cli.signals import unwind_on_signals
from clustergap.errors import ClusterGapError
from clustergap.text import visible

READER_GONE = (errno.EINVAL,) if os.name == "nt" else ()
"""Errors by which Windows, besides the broken pipe, says that a reader has gone: ``| more`` that is left early."""

_PAUSE = 0.01
"""Seconds between two tries to write, where the system does not say when there is room again."""

PATIENCE = 1.0
"""Seconds before a person wonders whether anything happens."""

Progress = Callable[[int, int], None]
"""Takes how much is done, and of how much."""


@contextmanager
def whole_streams() -> Iterator[None]:
    """Let whatever is printed to standard output arrive whole or raise, and no writing to standard error fail.

    Python's own stream may write a part and return how much: if it has no buffer (PYTHONUNBUFFERED) and a disk is
    full. If it does not block, it may write nothing for now. Whoever prints does not look.
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


def write_stderr(text: str) -> None:
    """Write lines for people to standard error."""
    encoding = sys.stderr.encoding
    sys.stderr.write(disarm_on_github(text).encode(encoding, "replace").decode(encoding))


def notice(message: str, *, label: str = "note", quiet: bool = False) -> None:
    """Write one line to standard error, beside the document; *quiet* is the option by which a user wants none."""
    if not quiet:
        write_stderr(f"{label}: {visible(message)}\n")


def disarm_on_github(text: str) -> str:
    """Take the effect from what GitHub, which reads the output for commands, would take for one."""
    if not os.environ.get("GITHUB_ACTIONS"):
        return text
    from clustergap.writers.github import disarm

    return disarm(text)


@contextmanager
def show_progress(task: str) -> Iterator[Progress | None]:
    """Yield what takes how far the *task* is; None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = _ProgressBar(task, time.monotonic() + PATIENCE)
    with unwind_on_signals():  # a bar hides the cursor
        try:
            yield bar.show
        finally:
            bar.close()


@contextmanager
def show_waiting(task: str) -> Iterator[None]:
    """Show that a *task* that cannot be counted is being done, if it takes long and somebody would see it."""
    if not sys.stderr.isatty():
        yield
        return
    from threading import Timer

    bar = _ProgressBar(task, begin=0.0)
    timer = Timer(PATIENCE, bar.open, (0, None))
    with unwind_on_signals():
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            bar.close()


class _ProgressBar:
    def __init__(self, task: str, begin: float) -> None:
        self.task, self.next_update = task, begin
        self.close: Callable[[], None] = lambda: None
        self.update: Progress = self.open

    def show(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self.next_update:
            self.next_update = now + 0.1
            self.update(done, total)

    def open(self, done: int, total: int | None) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar

        # It needs no colours, so nothing has to be known of who wants none.
        bar = Bar(console=Console(stderr=True, color_system=None), transient=True)
        bar.start()
        task = bar.add_task(self.task, total=total)

        def update(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        self.close, self.update = bar.stop, update
        if total is not None:
            update(done, total)


class _WholeStream(io.RawIOBase):
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
            left = left[self._write_part(left) :]
        return len(data)

    def _write_part(self, data: memoryview) -> int:
        if self._raw is None:
            return self._end("it is closed")
        try:
            taken: int | None = self._raw.write(data)
        except OSError as error:
            has_left = isinstance(error, ConnectionError) or error.errno in READER_GONE
            return self._end("" if has_left else error.strerror or str(error))
        if taken is None:
            _wait(self._raw)
        return taken or 0

    def _end(self, why: str) -> int:
        # Reported once: what is written behind it goes nowhere.
        self._is_over = True
        if why:
            self._fail(why)
        return 0


def _whole(stream: TextIO | None, fail: Callable[[str], None]) -> TextIO:
    return io.TextIOWrapper(
        _WholeStream(stream, fail),  # type: ignore[type-var]  # typeshed asks for what it never calls
        encoding=stream.encoding if stream else "utf-8",
        errors="replace" if stream is None or stream.errors == "strict" else stream.errors,
        write_through=True,
    )


def _refuse(why: str) -> None:
    raise ClusterGapError(f"standard output cannot be written: {why}")


def _ignore(_why: str) -> None:
    """Report nothing: it is standard error that cannot be written."""


def _wait(raw: BinaryIO) -> None:
    from select import select

    try:
        select([], [raw], [])
    except (OSError, ValueError):  # Windows knows this of sockets alone
        time.sleep(_PAUSE)
