"""Completion before typer is imported: it says what typer says, or leaves it to typer."""

import re
from typing import Any

import pytest

from clustergap.cli.app import COMMANDS
from clustergap.cli.quick_completion import complete
from running import run

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")

LEFT_TO_TYPER = (
    "matrix --role soc",  # an id of the data
    "matrix ",
    "matrix --role=soc",
    "matrix --rol x --w",  # no option of this name
    "matrix -qf json --w",
    "matrix --data --w",
    "matrix --title 'Two words' --w",
    "nothing --w",
    "explain -- --w",
    "x",
)


def asked(shell: str, line: str) -> dict[str, Any]:
    """Return what a shell sets when somebody asks for completions at the end of a line."""
    words = line.split(" ")
    return {
        "_CLUSTERGAP_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1],
    }


def offers(answer: str | None) -> list[str]:
    """Return what an answer offers, each with its help; the names of --help have no order of their own in typer."""
    return sorted(re.sub(r"^_arguments '\*: :\(\(|\)\)'$", "", answer or "").split("\n"))


def typer_says(shell: str, line: str) -> list[str]:
    """Return what typer offers; on a narrow terminal it breaks a long help, and a shell takes its end for a word to offer."""
    return offers(run(columns=1000, **asked(shell, line)).out.rstrip("\n"))


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("begun", ["", "m", "w", "re", "-", "--", "--v"])
def test_commands_are_completed_as_typer_completes_them(shell: str, begun: str) -> None:
    line = f"clustergap {begun}"

    assert offers(complete(asked(shell, line))) == typer_says(shell, line)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_a_command_is_completed_as_typer_completes_it(
    command: str, shell: str
) -> None:
    for begun in ("-", "--", "--f", "-q"):
        line = f"clustergap {command} {begun}"
        quick = complete(asked(shell, line))

        if quick is not None:  # none begins so: typer says what to do then
            assert offers(quick) == typer_says(shell, line)
        else:
            assert begun not in ("-", "--")


@pytest.mark.parametrize(
    "words",
    [
        "matrix --role social-economy --r",
        "matrix --data data --d",
        "matrix -q --q",
        "matrix --names --c",
        "gaps eu --a",
        "explain social-economy@eu --as-of 2020 --a",
        "matrix --output --f",
    ],
)
def test_what_is_said_already_is_offered_again_only_where_it_may_be_said_twice(words: str) -> None:
    line = f"clustergap {words}"
    quick = complete(asked("bash", line))

    assert quick is None or offers(quick) == typer_says("bash", line)


def test_an_option_that_may_be_said_twice_is_offered_again() -> None:
    offered = complete(asked("bash", "clustergap matrix --role social-economy --data . --"))

    assert offered is not None
    assert "--role" in offered.split("\n")
    assert "--data" not in offered.split("\n")


@pytest.mark.parametrize("words", LEFT_TO_TYPER)
def test_what_needs_the_data_or_a_shells_rules_is_left_to_typer(words: str) -> None:
    assert complete(asked("bash", f"clustergap {words}")) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"_CLUSTERGAP_COMPLETE": "source_bash"},
        {"_CLUSTERGAP_COMPLETE": "complete_nushell"},
        {"COMP_CWORD": "two"},
        {"COMP_CWORD": ""},
    ],
    ids=str,
)
def test_what_no_shell_asks_is_left_to_typer(changed: dict[str, str]) -> None:
    assert complete({**asked("bash", "clustergap m"), **changed}) is None


def test_fish_asks_whether_there_is_anything_and_typer_says_so() -> None:
    question = asked("fish", "clustergap m") | {"_TYPER_COMPLETE_FISH_ACTION": "is-args"}

    assert complete(question) is None
    assert run(**question).code == 0
