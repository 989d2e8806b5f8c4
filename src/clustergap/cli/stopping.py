"""Being told to stop: Ctrl-C, the system's TERM, a terminal that is closed."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, NoReturn

STOPPED = 128
"""What the number of the signal is added to for the exit code."""

_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]  # Windows has no HUP

_Handler = Callable[[int, FrameType | None], None]


def stop_at_once() -> None:
    """Let the program end without a word when it is told to stop, whatever it is doing."""
    _handle(lambda number, _frame: end_as_stopped(number))


@contextmanager
def tidied_when_stopped() -> Iterator[None]:
    """Leave what is being done by all of its ``finally`` when the program is told to stop meanwhile."""

    def stop(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(STOPPED + number)

    with _handled(stop):
        yield


@contextmanager
def stopped_between_steps() -> Iterator[Callable[[], None]]:
    """Let the program stop only at certain steps when it is told to meanwhile: what is given stops it there.

    Nothing is cut short by an exception out of nowhere, so that what was done is known. Whoever is told behind the last
    step has done all of it, and stops then.
    """
    told: list[int] = []

    def stop_if_told() -> None:
        if told:
            raise SystemExit(STOPPED + told[0])

    with _handled(lambda number, _frame: told.append(number)):
        yield stop_if_told
    stop_if_told()


def end_as_stopped(number: int) -> NoReturn:
    """End as the signal itself ends a program, so that a shell's loop over many ends too; its exit code is 128 more."""
    if os.name == "posix":
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)  # which the first process of a container survives
    os._exit(STOPPED + number)


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
