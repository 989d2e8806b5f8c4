"""A progress bar for what takes longer than a second, on a terminal only."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from clustergap.cli.stopping import tidied_when_stopped

PATIENCE = 1.0
"""Seconds before a person wonders."""

Progress = Callable[[int, int], None]
"""Told of how much is done, of how much."""


@contextmanager
def show_progress(task: str) -> Iterator[Progress | None]:
    """Give what is told how far the *task* is; None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar(task, time.monotonic() + PATIENCE)
    with tidied_when_stopped():  # a bar hides the cursor
        try:
            yield bar.show
        finally:
            bar.close()


@contextmanager
def show_waiting(task: str) -> Iterator[None]:
    """Show that something is being done that cannot be counted, if it takes long and somebody would see it."""
    if not sys.stderr.isatty():
        yield
        return
    bar = _Bar(task, begin=0.0)
    timer = Timer(PATIENCE, bar.open, (0, None))
    with tidied_when_stopped():
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            bar.close()


class _Bar:
    def __init__(self, task: str, begin: float) -> None:
        self.task, self.next = task, begin
        self.close: Callable[[], None] = lambda: None
        self.update: Progress = self.open

    def show(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self.next:
            self.next = now + 0.1
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
