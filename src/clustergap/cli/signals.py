"""Signals that tell the program to stop: Ctrl-C, the system's TERM, a terminal that is closed."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, NoReturn

SIGNAL_BASE = 128
"""What a signal's number is added to for the exit code."""

_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]  # Windows has no HUP

_Handler = Callable[[int, FrameType | None], None]


def exit_on_signals() -> None:
    """End the program without a word when a signal comes, whatever it is doing."""
    _handle(lambda number, _frame: exit_by_signal(number))


@contextmanager
def unwind_on_signals() -> Iterator[None]:
    """Leave what is being done by all of its ``finally`` when a signal comes meanwhile."""

    def unwind(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(SIGNAL_BASE + number)

    with _handled(unwind):
        yield


@contextmanager
def defer_signals() -> Iterator[Callable[[], None]]:
    """Keep a signal until a step at which the program may stop; the function that is given stops it there.

    Nothing is cut short by an exception out of nowhere, so that what was done is known. A signal behind the last step
    finds all of it done, and stops the program then.
    """
    received: list[int] = []

    def exit_if_signalled() -> None:
        if received:
            raise SystemExit(SIGNAL_BASE + received[0])

    with _handled(lambda number, _frame: received.append(number)):
        yield exit_if_signalled
    exit_if_signalled()


def exit_by_signal(number: int) -> NoReturn:
    """End as the signal itself ends a program, so that a shell's loop over many ends too; its exit code is 128 more."""
    if os.name == "posix":
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)  # which the first process of a container survives
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
    # What whoever started the program has it ignore, such as HUP by nohup, it goes on ignoring.
    before = {}
    with suppress(ValueError):  # not the main thread, which alone hears signals
        for number in _SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, handler)
    return before
