"""The program: its commands, and what every way of ending means."""

import io
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Annotated, Any

import typer

from clustergap import __version__
from clustergap.cli.exit import Exit
from clustergap.cli.light import LightCommand, LightGroup
from clustergap.cli.notices import say, tell
from clustergap.cli.options import takes_groups
from clustergap.errors import ClusterGapError
from clustergap.findings import DataError
from clustergap.wording import closest, quote

REPORT_TO = (
    "Please report it with the command and the data; CLUSTERGAP_DEBUG=1 shows where it happened"
)

USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
"""The class of every mistake on the command line."""

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
        sys.stdout.write(f"{NAME} {__version__}\n")
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
    try:
        if f"_{NAME}_COMPLETE".upper() in os.environ:
            _prepare_completion()
        app = build_app(argv[:1] if argv and argv[0] in COMMANDS else COMMANDS)
        return app(args=list(argv), prog_name=NAME, standalone_mode=False) or Exit.OK
    except SystemExit as end:  # completion ends so
        return end.code if isinstance(end.code, int) else Exit.OK
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last place where one can be told in words
        return _tell(error)


def _tell(error: Exception) -> int:
    if isinstance(error, USAGE_ERROR):
        return _tell_usage(error)
    if isinstance(error, DataError):
        return _tell_findings(error)
    if isinstance(error, ClusterGapError):
        for line in error.lines:
            tell(f"{line}\n")
        say(str(error))
        return Exit.UNUSABLE
    return _tell_defect(error)


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


def _tell_findings(error: DataError) -> int:
    from clustergap.cli.output import emit_error
    from clustergap.render import check_text

    emit_error(lambda shapes: check_text.render(error.report, shapes))
    return Exit.UNUSABLE


def _tell_defect(error: Exception) -> int:
    if os.environ.get("CLUSTERGAP_DEBUG"):
        traceback.print_exception(error)
    say(f"a defect of clustergap {__version__}: {type(error).__name__}. {REPORT_TO}")
    return Exit.DEFECT
