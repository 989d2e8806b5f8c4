"""Follow a first hour as a newcomer does: its commands one after another, in one folder that begins empty.

What a reader types stands in the page, and is done as it stands there: commands in ``console`` blocks, Python in ``pycon`` blocks,
what is changed in a text file in a ``diff`` block, and what is filled in below a sheet's header, or a new workbook holds, in a table. The
last three say before them, in a comment, which file they are about. What follows a command is replaced by what it prints today, notices too.
"""

import contextlib
import os
import re
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook, load_workbook

PAGE = "<!-- one session -->\n"
"""Stands in a page whose commands go on from those above."""

_STEP = re.compile(
    r"```(?P<kind>console|pycon)\n(?P<typed>.*?)```"
    r"|<!-- change (?P<changed>\S+) -->\n```diff\n(?P<lines>.*?)```"
    r"|<!-- fill in (?P<book>\S+) (?P<sheet>\S+) -->\n(?P<rows>(?:\|[^\n]*\n)+)"
    r"|<!-- workbook (?P<made>\S+) -->\n(?P<table>(?:\|[^\n]*\n)+)",
    re.DOTALL,
)
_COMMAND = re.compile(r"^\$ (.*)$", re.MULTILINE)
_GIT = {
    "GIT_AUTHOR_DATE": "2026-01-05T09:00:00+00:00",
    "GIT_COMMITTER_DATE": "2026-01-05T09:00:00+00:00",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_DEFAULT_HASH": "sha1",
}


def follow(text: str, program: Callable[[str], str], python: Callable[[str], str]) -> str:
    """Return the page with what its commands print today; *program* runs a clustergap command, *python* a block."""

    def do(step: re.Match[str]) -> str:
        if step["kind"] == "pycon":
            return f"```pycon\n{python(step['typed'])}```"
        if step["kind"]:
            commands = _COMMAND.findall(step["typed"])
            return f"```console\n{''.join(_typed(each, program) for each in commands)}```"
        if step["changed"]:
            change(Path(step["changed"]), step["lines"])
        elif step["made"]:
            make(Path(step["made"]), step["table"])
        else:
            fill_in(Path(step["book"]), step["sheet"], step["rows"])
        return step[0]

    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        return _STEP.sub(do, text)


def _typed(command: str, program: Callable[[str], str]) -> str:
    return f"$ {command}\n{_run(command, program)}"


def _run(command: str, program: Callable[[str], str]) -> str:
    words = shlex.split(command)
    match words:
        case ["clustergap", *_]:
            return program(command)
        case ["mkdir", folder]:
            Path(folder).mkdir()
        case ["cd", folder]:
            os.chdir(folder)
        case ["git", *_]:
            environment = {"PATH": os.environ["PATH"], **_GIT}
            return subprocess.check_output(words, env=environment, text=True)  # noqa: S603 - our own page
        case _:
            raise ValueError(f"a first hour has no {command!r}")
    return ""


def change(path: Path, lines: str) -> None:
    """Change a text file as the lines of a difference say, which must fit one place of it."""
    old = "".join(f"{line[1:]}\n" for line in lines.splitlines() if line[0] != "+")
    new = "".join(f"{line[1:]}\n" for line in lines.splitlines() if line[0] != "-")
    text = path.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{path} has {text.count(old)} places for {old!r}")
    path.write_text(text.replace(old, new), encoding="utf-8")


def fill_in(path: Path, name: str, rows: str) -> None:
    """Type a table's rows into a sheet, from its second row on, each under the header of that name."""
    header, *others = _cells(rows)
    book = load_workbook(path)
    sheet = book[name]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for number, row in enumerate(others, start=2):
        for title, text in zip(header, row, strict=True):
            sheet.cell(number, columns[title], text or None)
    book.save(path)


def make(path: Path, table: str) -> None:
    """Make a workbook whose only sheet holds a table, its header in the first row."""
    book = Workbook()
    sheet = book[book.sheetnames[0]]
    for row in _cells(table):
        sheet.append([text or None for text in row])
    book.save(path)


def _cells(table: str) -> list[list[str]]:
    header, _line, *others = [
        [cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()
    ]
    return [header, *others]
