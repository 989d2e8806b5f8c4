"""A program that is told to stop at each of its steps in turn: what it then leaves.

The steps are counted in a program of its own, which this is too: it has a process for each of them.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from clustergap.cli import app, import_steps
from clustergap.cli.exit import exit_code_of
from clustergap.saving import atomic_write, locking, signals, whole_file

WATCHED = {module.__file__ for module in (atomic_write, locking, signals, whole_file)}
"""What changes files: a step is a line of these that is run."""

DONE = 1
"""What a run ends with that was done before its step came."""

__all__ = ["import_steps"]  # else each run would import it anew


class End(NamedTuple):
    """What a run ended with, the number of a signal below zero, and the files that it left."""

    step: int
    code: int
    files: dict[str, str]

    @property
    def notes(self) -> set[str]:
        """What the notes of the fragments say: one word if all are of one time."""
        texts = [text for name, text in self.files.items() if name.startswith("data/instruments/")]
        return {word for text in texts for word in re.findall(r"note: (\w+)", text)}


def stopped(case: Path, folder: Path, number: int, every: int, *argv: str) -> list[End]:
    """Tell a program to stop at every so manieth of its steps, each in a copy of *case* made in *folder*.

    Args:
        case: The folder to run in.
        folder: Where there is room for copies of it.
        number: The signal.
        every: How many steps are gone on with each time.
        argv: What the program is asked for.
    """
    copies = folder / "copies"
    copies.mkdir()
    ended = subprocess.run(
        [sys.executable, __file__, case, copies, str(number), str(every), *argv],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        text=True,
        check=True,
        timeout=600,
    )
    return [End(*json.loads(line)) for line in ended.stdout.splitlines()]


def _ends(case: Path, folder: Path, number: int, every: int, argv: list[str]) -> Iterator[End]:
    for step in range(1, 100_000, every):
        here = shutil.copytree(case, folder / str(step))
        child = os.fork()
        if not child:
            _run_until(step, number, here, argv)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        if code == DONE:
            return
        files = (path for path in sorted(here.rglob("*")) if path.is_file())
        texts = {p.relative_to(here).as_posix(): p.read_text(encoding="utf-8") for p in files}
        yield End(step, code, texts)
        shutil.rmtree(here)


def _run_until(step: int, number: int, here: Path, argv: list[str]) -> None:
    lines = 0

    def watch(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal lines
        if frame.f_code.co_filename not in WATCHED:
            return None
        if event == "line":
            lines += 1
            if lines == step:
                signal.raise_signal(number)
        return watch

    os.chdir(here)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    signals.exit_on_signals()
    sys.settrace(watch)
    code = exit_code_of(app.answer, argv)
    sys.settrace(None)
    if code > signals.SIGNAL_BASE:
        signals.exit_by_signal(code - signals.SIGNAL_BASE)
    os._exit(code or (0 if lines >= step else DONE))


if __name__ == "__main__":
    case, folder, number, every, *argv = sys.argv[1:]
    for end in _ends(Path(case), Path(folder), int(number), int(every), argv):
        sys.stdout.write(json.dumps(end) + "\n")
