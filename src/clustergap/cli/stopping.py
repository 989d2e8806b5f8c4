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


def stop_at_once() -> None:
    """Let the program end without a word when it is told to stop, whatever it is doing."""
    _handle(lambda number, _frame: end_as_stopped(number))


@contextmanager
def tidied_when_stopped() -> Iterator[None]:
    """Leave what is being done by all of its ``finally`` when the program is told to stop meanwhile."""

    def stop(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(STOPPED + number)

    before = _handle(stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def end_as_stopped(number: int) -> NoReturn:
    """End as the signal itself ends a program, so that a shell's loop over many ends too; its exit code is 128 more."""
    if os.name == "posix":
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)  # which the first process of a container survives
    os._exit(STOPPED + number)


def _handle(handler: Callable[[int, FrameType | None], None]) -> dict[int, Any]:
    # What whoever started the program has it ignore, such as HUP by nohup, it goes on ignoring.
    before = {}
    with suppress(ValueError):  # not the main thread, which alone hears signals
        for number in _SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, handler)
    return before
