"""Signals that tell the program to stop: Ctrl-C, the system's TERM, a terminal that is closed."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, NoReturn

SIGNAL_BASE = 128
"""The exit code after a signal is this plus its number."""

_Handler = Callable[[int, FrameType | None], None]


def stopping_signals(signals: object) -> Sequence[Any]:
    """Return those of a system's signals that tell the program to stop; *signals* has them by name, as Python's module has.

    Windows has no HUP, but BREAK: by Ctrl-Break, and when the window is closed or the user leaves.
    """
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    return [getattr(signals, name) for name in names if hasattr(signals, name)]


def exit_on_signals() -> None:
    """End the program silently when a signal comes, whatever it is doing."""
    _handle(lambda number, _frame: exit_by_signal(number))


@contextmanager
def unwind_on_signals() -> Iterator[None]:
    """Raise when a signal comes, so that every ``finally`` runs."""

    def unwind(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(SIGNAL_BASE + number)

    with _handled(unwind):
        yield


@contextmanager
def defer_signals() -> Iterator[Callable[[], None]]:
    """Hold back signals; the yielded function ends the program if one has come, at a step where it may stop.

    Nothing is interrupted between steps, so that it is known what was done. After a signal that comes after the last
    step everything is done, and then the program ends.
    """
    received: list[int] = []

    def exit_if_signalled() -> None:
        if received:
            raise SystemExit(SIGNAL_BASE + received[0])

    with _handled(lambda number, _frame: received.append(number)):
        yield exit_if_signalled
    exit_if_signalled()


def exit_by_signal(number: int, system: str = os.name) -> NoReturn:
    """End as the signal itself would end the program, so that a shell loop ends too; the exit code is 128 plus its number.

    On Windows, where ``os.name`` is another, no shell looks at more than the exit code.
    """
    if system == "posix":
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)  # the first process of a container survives this
    os._exit(SIGNAL_BASE + number)


@contextmanager
def _handled(handler: _Handler) -> Iterator[None]:
    before = _handle(handler)
    try:
        yield
    finally:
        for number, handler_before in before.items():
            signal.signal(number, handler_before)


def _handle(handler: _Handler) -> dict[int, Any]:
    # Signals that the program was started to ignore, such as HUP by nohup, stay ignored.
    before = {}
    with suppress(ValueError):  # not the main thread, which alone receives signals
        for number in stopping_signals(signal):
            if signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, handler)
    return before
