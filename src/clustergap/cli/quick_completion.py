"""Commands and options completed before typer is imported, which would take five times as long as Python takes to start.

What typer would offer is read from a file that ``make golden`` writes; what needs the data, or is written in a way that only
a shell's own rules can take apart, is left to typer. Imports nothing that Python has not loaded already.
"""

import os
from collections.abc import Callable, Mapping, Sequence

COMPLETE = "_CLUSTERGAP_COMPLETE"
"""The variable with which a shell asks for completions; typer's scripts set it."""

WORDS = os.path.join(os.path.dirname(__file__), "words.tsv")  # noqa: PTH118, PTH120 - pathlib takes longer to import than the answer
"""A line for each command, the empty one first; below it one for each of its options. Written by ``make golden``."""

VALUE, MULTIPLE = "value", "multiple"
"""What the file says of an option: it takes a value; it may be given again."""


class _Option:
    """An option; no NamedTuple, as typing takes longer to import than the answer."""

    __slots__ = ("help", "is_multiple", "names", "takes_value")

    def __init__(self, names: str, traits: str, help_: str) -> None:
        self.names, self.help = names.split(), help_
        self.takes_value, self.is_multiple = VALUE in traits, MULTIPLE in traits


_Words = tuple[Sequence[str], str]
"""What is in an unfinished line: the words before the one that is to be completed, and what is there of this one."""


def complete(environ: Mapping[str, str]) -> str | None:
    """Return what a shell is to be told; None: it asks nothing, or only typer knows.

    Args:
        environ: What the shell has set: the line, and which of its words is to be completed.
    """
    shell = environ.get(COMPLETE, "").removeprefix("complete_")
    words = _words_for(shell, environ)
    offered = _offered(*words) if words else None
    is_asked = shell != "fish" or environ.get("_TYPER_COMPLETE_FISH_ACTION") == "get-args"
    if not offered or not is_asked:
        return None
    answer = "\n".join(_FORMATS[shell](value, help_) for value, help_ in offered)
    return f"_arguments '*: :(({answer}))'" if shell == "zsh" else answer


def _words_for(shell: str, environ: Mapping[str, str]) -> _Words | None:
    line = environ.get("COMP_WORDS" if shell == "bash" else "_TYPER_COMPLETE_ARGS", "")
    if shell not in _FORMATS or any(mark in line for mark in "\"'\\#"):
        return None
    words = line.split()
    if shell == "bash":
        number = environ.get("COMP_CWORD", "")
        if not number.isdecimal():
            return None
        place = int(number)
        return words[1:place], words[place] if place < len(words) else ""
    if shell in ("powershell", "pwsh"):
        begun = environ.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
        return words[1:-1] if begun else words[1:], begun
    is_begun = len(words) > 1 and not line.endswith(" ")
    return (words[1:-1], words[-1]) if is_begun else (words[1:], "")


def _offered(before: Sequence[str], begun: str) -> list[tuple[str, str]] | None:
    commands = _read()
    if not before and not begun.startswith("-"):
        names = [name for name in commands if name and name.startswith(begun)]
        return [(name, commands[name][0]) for name in names]
    command, *given = before or ("",)
    if command not in commands or not begun.startswith("-") or "=" in begun:
        return None
    options = [_Option(*line.rstrip("\n").split("\t")) for line in commands[command][1]]
    said = _said(options, given)
    if said is None:
        return None
    return [
        (name, option.help)
        for option in options
        if option not in said or option.is_multiple
        for name in option.names
        if name.startswith(begun)
    ]


def _said(options: Sequence[_Option], words: Sequence[str]) -> list[_Option] | None:
    """Return the options among *words*; None if one is written in another way than whole and by itself."""
    by_name = {name: option for option in options for name in option.names}
    said, rest = list[_Option](), iter(words)
    for word in rest:
        option = by_name.get(word)
        if option is None:
            if word.startswith("-"):
                return None
            continue
        said.append(option)
        if option.takes_value and next(rest, "-").startswith("-"):
            return None
    return said


def _read() -> dict[str, tuple[str, list[str]]]:
    """Return for each command its help, and the lines of its options, which begin with a hyphen."""
    commands: dict[str, tuple[str, list[str]]] = {}
    options: list[str] = []
    with open(WORDS, encoding="utf-8") as file:  # noqa: PTH123 - as above
        for line in file:
            if line.startswith("-"):
                options.append(line)
            else:
                name, help_ = line.rstrip("\n").split("\t")
                options = []
                commands[name] = help_, options
    return commands


def _bash(value: str, _help: str) -> str:
    return value


def _zsh(value: str, help_: str) -> str:
    return f'"{_escaped(value)}":"{_escaped(help_)}"' if help_ else f'"{_escaped(value)}"'


def _escaped(text: str) -> str:
    for mark, written in (('"', '""'), ("'", "''"), ("$", r"\$"), ("`", r"\`"), (":", r"\\:")):
        text = text.replace(mark, written)
    return text


def _fish(value: str, help_: str) -> str:
    return f"{value}\t{help_}" if help_ else value


def _powershell(value: str, help_: str) -> str:
    return f"{value}:::{help_ or ' '}"


_FORMATS: Mapping[str, Callable[[str, str], str]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
    "powershell": _powershell,
    "pwsh": _powershell,
}
