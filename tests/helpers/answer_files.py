"""Answers to every question, as files in each format that any answer has."""

from functools import cache
from pathlib import Path

from running import run

QUESTIONS = {
    "matrix": ("matrix",),
    "gaps": ("gaps",),
    "needs": ("needs", "--explain-order"),
    "risks": ("risks",),
    "timeline": ("timeline",),
    "swot": ("swot",),
    "tows": ("swot", "--tows"),
    "what-if": ("what-if", "--with-planned"),
    "keystones": ("what-if", "--each"),
    "diff": ("diff", "tests/hostile-old"),
    "compare": ("compare", "RO", "BG"),
    "measures": ("compare", "--each", "country", "--measures"),
    "list": ("list", "instruments"),
    "rule": ("explain", "CG201"),
}
"""What any data can be asked."""

CELLS = {
    "data": ("explain", "internationalisation@region"),
    "tests/hostile": ("explain", "markup@country"),
}
INSTRUMENTS = {"data": ("explain", "interreg"), "tests/hostile": ("explain", "a")}
OVER = {"data": ("social-economy", "country"), "tests/hostile": ("markup", "country")}


def questions_of(data: str) -> dict[str, tuple[str, ...]]:
    """Return what a dataset can be asked, by a name, as words of the command line."""
    role, level = OVER[data]
    over = ("compare", "RO", "BE", "--over", "2024-06-30,2030", "--role", role, "--level", level)
    asked = {**QUESTIONS, "over": over, "cell": CELLS[data], "instrument": INSTRUMENTS[data]}
    return {
        name: words if words[-1] == "CG201" else (*words, "--data", data)
        for name, words in asked.items()
    }


@cache
def answer(words: tuple[str, ...], format_: str) -> bytes:
    """Return an answer in a format."""
    outcome = run(*words, "-f", format_, "-o", "-", "-q")
    assert outcome.code == 0, outcome.err
    return outcome.stdout


def write_answer(folder: Path, data: str, name: str, format_: str) -> Path:
    """Write the answer to a question about a dataset into a folder; return the file."""
    file = folder / f"{Path(data).name}-{name}.{format_}"
    file.write_bytes(answer(questions_of(data)[name], format_))
    return file
