"""Standard input; standard output, on which documents arrive as a whole or raise; standard error with notices and progress bars."""

import errno
import io
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, TextIO

from clustergap.errors import ClusterGapError, reason
from clustergap.saving.signals import unwind_on_signals
from clustergap.text import visible

_UNDERSTANDS_CODES = 0x0004
"""ENABLE_VIRTUAL_TERMINAL_PROCESSING: the mode of a console of Windows in which codes are colours, and not shown."""

_STANDARD_OUTPUT, _STANDARD_ERROR = -11, -12
"""What Windows calls the two streams."""

_PAUSE = 0.01
"""Seconds between two attempts to write, if the system cannot wait until there is room."""

_PART = 1024 * 1024
"""Bytes that are read at once."""

PATIENCE = 1.0
"""Seconds after which progress is shown."""

Progress = Callable[[int, int], None]
"""Called with the amount done and the total."""


@contextmanager
def whole_streams() -> Iterator[None]:
    """Make standard output write everything or raise, and standard error never fail.

    Python's own stream may write only a part and return its length: without a buffer (PYTHONUNBUFFERED) on a full disk.
    If it does not block, it may write nothing for now. ``print`` ignores both.
    """
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _whole(sys.stdout, _refuse), _whole(sys.stderr, _ignore)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def write_stdout(data: bytes) -> None:
    """Write a document to standard output; it is no error if the reader closes it early.

    Raises:
        ClusterGapError: It cannot be written in full.
    """
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def read_stdin(content: str, most: int) -> bytes:
    """Read standard input to its end, but at most *most* bytes; on a terminal, say what is waited for: *content*.

    Raises:
        ClusterGapError: It cannot be read.
    """
    if sys.stdin is None:
        raise ClusterGapError("standard input cannot be read: it is closed")
    if sys.stdin.isatty() and sys.stderr.isatty():
        notice(f"waiting for {content} on standard input; {end_of_input()} ends it")
    raw = getattr(sys.stdin.buffer, "raw", sys.stdin.buffer)
    data = bytearray()
    try:
        # Python's own read returns only a part if the stream does not block.
        while len(data) < most:
            part: bytes | None = raw.read(min(most - len(data), _PART))
            if part is None:
                wait(reading=[raw])
            elif part:
                data += part
            else:
                break
    except (OSError, ValueError) as error:
        raise ClusterGapError(
            f"standard input cannot be read: {reason(error, 'it is not open')}"
        ) from error
    return bytes(data)


def end_of_input(system: str = os.name) -> str:
    """Return the keys that end what is typed on a terminal of a system, by its ``os.name``."""
    return "Ctrl-Z and Enter" if system == "nt" else "Ctrl-D"


def write_stderr(text: str) -> None:
    """Write lines for people to standard error."""
    encoding = sys.stderr.encoding
    sys.stderr.write(disarm_on_github(text).encode(encoding, "replace").decode(encoding))


def notice(message: str, *, label: str = "note", quiet: bool = False) -> None:
    """Write one line to standard error; *quiet* is the option that suppresses notices."""
    if not quiet:
        write_stderr(f"{label}: {visible(message)}\n")


def has_reader_gone(error: OSError, system: str = os.name) -> bool:
    """Tell whether an error of writing means that the reader has left; *system* is ``os.name``.

    Windows calls the argument invalid then, such as for ``| more`` that was quit.
    """
    is_theirs = system == "nt" and error.errno == errno.EINVAL
    return isinstance(error, ConnectionError) or is_theirs


def shows_colours() -> bool:
    """Tell whether a terminal of this system shows codes as colours; where it must be told to, it is."""
    if sys.platform == "win32":
        import ctypes

        kernel32 = ctypes.WinDLL("kernel32")
        kernel32.GetStdHandle.restype = ctypes.c_void_p
        kernel32.GetConsoleMode.argtypes = ctypes.c_void_p, ctypes.c_void_p
        kernel32.SetConsoleMode.argtypes = ctypes.c_void_p, ctypes.c_uint32
        return switch_on_colours(kernel32)
    else:  # noqa: RET505 - mypy takes what follows for unreachable on Windows
        return True


def switch_on_colours(kernel32: Any) -> bool:  # noqa: ANN401 - a library of Windows, which has no type elsewhere
    """Have the console of Windows show codes as colours, as older ones do only if told; return whether it does.

    Args:
        kernel32: The library of Windows that knows the console: ``GetStdHandle``, ``GetConsoleMode`` (not 0 if the
            stream is a console) and ``SetConsoleMode`` (not 0 if the console knows that mode).
    """
    from ctypes import byref, c_uint32

    for stream in (_STANDARD_OUTPUT, _STANDARD_ERROR):
        handle, mode = kernel32.GetStdHandle(stream), c_uint32()
        if kernel32.GetConsoleMode(handle, byref(mode)):
            # Both streams have one screen, if both are consoles.
            is_on = mode.value & _UNDERSTANDS_CODES
            return bool(is_on or kernel32.SetConsoleMode(handle, mode.value | _UNDERSTANDS_CODES))
    return False


def disarm_on_github(text: str) -> str:
    """Disarm what GitHub, which scans the output for commands, would take for one."""
    if not os.environ.get("GITHUB_ACTIONS"):
        return text
    from clustergap.writers.github import disarm

    return disarm(text)


@contextmanager
def show_progress(task: str) -> Iterator[Progress | None]:
    """Yield a function that shows the progress of a *task*; None if nobody would see it."""
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
    """Show that a *task* without a count is running, if it takes long and somebody would see it."""
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

        # It has no colours, so options about colour do not matter.
        bar = Bar(console=Console(stderr=True, color_system=None), transient=True)
        bar.start()
        task = bar.add_task(self.task, total=total)

        def update(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        self.close, self.update = bar.stop, update
        if total is not None:
            update(done, total)


class _WholeStream(io.RawIOBase):
    """Writes everything to a stream that may take only a part at once, or nothing for now."""

    def __init__(self, stream: TextIO | None, fail: Callable[[str], None]) -> None:
        # None: it was closed when the program started.
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
            return self._end("" if has_reader_gone(error) else error.strerror or str(error))
        if taken is None:
            wait(writing=[self._raw])
        return taken or 0

    def _end(self, why: str) -> int:
        # Reported once; whatever is written later is dropped.
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
    """Report nothing, as standard error itself cannot be written."""


def wait(
    reading: Sequence[BinaryIO] = (),
    writing: Sequence[BinaryIO] = (),
    select: Callable[..., object] | None = None,
) -> None:
    """Wait until a stream has something, or room; *select* is the system's own, which on Windows refuses all but sockets."""
    import select as system

    try:
        (select or system.select)(reading, writing, [])
    except (OSError, ValueError):
        time.sleep(_PAUSE)
