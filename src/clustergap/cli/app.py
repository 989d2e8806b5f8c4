"""The program: its commands, and what every way of ending means."""

import io
import os
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Annotated, Any

import typer

from clustergap import __version__
from clustergap.cli.ending import end
from clustergap.cli.exit import Exit
from clustergap.cli.light import LightCommand, LightGroup
from clustergap.cli.notices import tell
from clustergap.cli.options import takes_groups
from clustergap.text import closest, quote

USAGE_ERROR: type[Exception] = [
    one for one in typer.BadParameter.__mro__ if getattr(one, "exit_code", None) == Exit.UNUSABLE
][-1]
"""The class of every mistake on the command line, which typer does not export: the widest that ends with this code."""

NAME = "clustergap"

COMMANDS = (
    "matrix",
    "gaps",
    "explain",
    "swot",
    "needs",
    "what-if",
    "diff",
    "timeline",
    "risks",
    "report",
    "check",
    "schema",
    "import",
    "init",
    "completion",
)
"""Each is the function of that name in the module of that name beside this one, which may have an EPILOG to its help.

A name that Python keeps for itself has an underscore behind it."""


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"{NAME} {__version__}")
        raise typer.Exit


def program(
    _version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Which policy instruments support which roles of clusters, at which level, and where is there nothing?

    \b
    A first look:       clustergap matrix
    What is missing:    clustergap gaps --level region
    Why:                clustergap explain social-economy@country
    Is the data right:  clustergap check data/
    """


def build_app(commands: Sequence[str] = COMMANDS) -> typer.Typer:
    """Build the program with these commands: who asks for one does not wait for the others."""
    app = typer.Typer(
        name=NAME,
        cls=LightGroup,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(program)
    for name in commands:
        word = name.replace("-", "_") + ("_" if iskeyword(name) else "")
        module = import_module(f"clustergap.cli.{word}")
        register = app.command(name, cls=LightCommand, epilog=getattr(module, "EPILOG", None))
        register(takes_groups(getattr(module, word)))
    return app


def main(argv: Sequence[str]) -> int:
    """Run the program with its arguments and return its exit code; nothing that a user did raises."""
    return end(answer, argv)


def answer(argv: list[str]) -> int:
    """Do what the arguments ask for and return the exit code; what the user can mend otherwise raises."""
    if f"_{NAME}_COMPLETE".upper() in os.environ:
        _prepare_completion()
    app = build_app(argv[:1] if argv and argv[0] in COMMANDS else COMMANDS)
    try:
        return app(args=argv, prog_name=NAME, standalone_mode=False) or Exit.OK
    except USAGE_ERROR as error:
        return _tell_usage(error)


def _prepare_completion() -> None:
    from typer.completion import completion_init  # type: ignore[attr-defined]

    completion_init()


def _tell_usage(error: Any) -> int:  # noqa: ANN401 - typer exports the class only as BadParameter's base
    possible = getattr(error, "possibilities", None)
    if possible:
        meant = closest(error.option_name, possible) or possible[0]
        error.message += f". Did you mean {quote(meant)}?"
        error.possibilities = None
    error.message = error.message.replace("Value error, ", "")  # pydantic's, not the user's
    words = io.StringIO()
    error.show(file=words)
    tell(words.getvalue())
    return Exit.UNUSABLE
