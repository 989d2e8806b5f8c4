"""Words on the command line: an option is given once, and a word that is none of the fixed ones is met with the nearest."""

import enum
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
from typer.main import get_command

from clustergap.cli.app import COMMANDS, build_app, word_for
from clustergap.cli.exit import Exit
from clustergap.cli.options import takes_groups
from running import run

ARGUMENTS = {
    "export": ["tables"],
    "compare": ["RO"],
    "diff": ["data"],
    "explain": ["CG201"],
    "import": ["x.csv"],
    "list": ["sources"],
    "rename": ["dih", "hubs"],
}


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class Parameter(NamedTuple):
    """One parameter of a command, and the fixed words that it takes, if it does."""

    command: str
    found: Any
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.command} {self.found.opts[0]}"


def _words(hint: Any) -> tuple[str, ...]:
    if isinstance(hint, type) and issubclass(hint, enum.StrEnum):
        return tuple(hint)
    return next((words for part in get_args(hint) if (words := _words(part))), ())


def _parameters() -> Iterator[Parameter]:
    program: Any = get_command(build_app())
    for name in COMMANDS:
        word = word_for(name)
        function = takes_groups(getattr(import_module(f"clustergap.cli.{word}"), word))
        hints = inspect.signature(function).parameters
        for one in program.commands[name].params:
            yield Parameter(name, one, _words(hints[one.name].annotation))


PARAMETERS = list(_parameters())
WITH_VALUE = [
    one for one in PARAMETERS if one.found.param_type_name == "option" and not one.found.is_flag
]
SINGLE = [one for one in WITH_VALUE if not one.found.multiple]
FIXED = [one for one in PARAMETERS if one.words]


def arguments(command: str) -> list[str]:
    """Return what a command needs besides options."""
    if command in ("schema", "completion"):
        return [next(one.words[0] for one in FIXED if one.command == command)]
    return ARGUMENTS.get(command, [])


@pytest.mark.sampled(10)
@pytest.mark.parametrize("one", SINGLE, ids=str)
def test_a_second_value_is_refused_in_every_form(one: Parameter) -> None:
    name, *others = one.found.opts
    value = one.words[0] if one.words else "3"
    forms = [[name, value, f"{name}={value}"], [f"{name}={value}", name, value]]
    forms += [[f"{short}{value}", short, value] for short in others]

    for form in forms:
        outcome = run(one.command, *arguments(one.command), *form)

        assert outcome.code == Exit.UNUSABLE
        assert f"it takes one value, not '{value}' and '{value}'" in outcome.err
        assert f"'{name}'" in outcome.err


@pytest.mark.parametrize(
    "argv",
    [
        ["--role", "social-economy", "--role", "industry-4-0"],
        ["-q", "-q"],
        ["--with-planned", "--with-planned"],
        ["--in", "RO", "--as-of", "2019"],
        ["--as-of", "--in"],  # the value of an option, however it looks
    ],
)
def test_what_may_be_said_twice_may(argv: list[str]) -> None:
    assert "takes one value" not in run("matrix", *argv).err


def test_what_stands_behind_two_hyphens_is_no_option(tmp_path: Path) -> None:
    outcome = run("check", "-f", "json", "--", "-f", str(tmp_path))

    assert outcome.err == "clustergap: '-f' does not exist\n"


def test_three_values_are_all_named_and_so_are_the_options_that_may_be_repeated() -> None:
    outcome = run("matrix", "--in", "RO", "--in=PL", "--in", "BG")

    assert "it takes one value, not 'RO', 'PL' and 'BG'" in outcome.err
    assert "Repeatable here: --role, --level, --kind, --without" in outcome.err


def test_help_is_shown_whatever_else_is_said() -> None:
    assert run("matrix", "--in", "RO", "--in", "PL", "--help").code == Exit.OK


@pytest.mark.sampled(10)
@pytest.mark.parametrize("one", FIXED, ids=str)
def test_a_misspelt_fixed_word_is_met_with_the_right_one(one: Parameter) -> None:
    for word in one.words:
        typo = word + word[-1]
        option = [one.found.opts[0], typo] if one in WITH_VALUE else [typo]
        argv = [*(arguments(one.command) if one in WITH_VALUE else []), *option]

        outcome = run(one.command, *argv)

        assert outcome.code == Exit.UNUSABLE
        assert f"did you mean '{word}'?" in outcome.err


@pytest.mark.parametrize(
    ("argv", "meant"),
    [
        (["matrix", "-f", "jsno"], "json"),
        (["matrix", "--format=JSON5"], "json"),
        (["gaps", "--fail-on", "non"], "none"),
        (["schema", "instrumnts"], "instruments"),
        (["matrix", "--color", "alwyas"], "always"),
        (["completion", "bahs"], "bash"),
    ],
)
def test_the_word_that_is_meant_is_named(argv: list[str], meant: str) -> None:
    outcome = run(*argv)

    assert f"did you mean '{meant}'?" in outcome.err
    assert outcome.code == Exit.UNUSABLE


def test_a_word_that_is_near_to_none_is_met_with_all_of_them() -> None:
    err = run("matrix", "-f", "xyz").err

    assert "'xyz' is not one of 'table', 'json'" in err
    assert "mean" not in err
