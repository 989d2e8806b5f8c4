"""A progress bar for what takes longer than a second, on a terminal only."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 1.0
"""Seconds before a person wonders."""


@contextmanager
def loading_progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """Give what is told of characters read; None where nobody would see it."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    bar = _Bar(time.monotonic() + PATIENCE)
    try:
        yield bar.show
    finally:
        bar.close()


class _Bar:
    def __init__(self, begin: float) -> None:
        self.next = begin
        self.close: Callable[[], None] = lambda: None
        self.update: Callable[[str, int, int], None] = self.open

    def show(self, path: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self.next:
            self.next = now + 0.1
            self.update(path, done, total)

    def open(self, path: str, done: int, total: int) -> None:
        from rich.console import Console
        from rich.progress import Progress

        progress = Progress(console=Console(stderr=True), transient=True)
        progress.start()
        task = progress.add_task("Reading")

        def update(_path: str, done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        self.close, self.update = progress.stop, update
        update(path, done, total)
