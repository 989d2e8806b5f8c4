"""A progress bar for what takes longer than a second, on a terminal only."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 1.0
"""Seconds before a person wonders."""

Progress = Callable[[int, int], None]
"""Told of how much is done, of how much."""


@contextmanager
def show_progress(task: str) -> Iterator[Progress | None]:
    """Give what is told how far the *task* is; None where nobody would see it."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    bar = _Bar(task, time.monotonic() + PATIENCE)
    try:
        yield bar.show
    finally:
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

    def open(self, done: int, total: int) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar

        bar = Bar(console=Console(stderr=True), transient=True)
        bar.start()
        task = bar.add_task(self.task)

        def update(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        self.close, self.update = bar.stop, update
        update(done, total)
