"""The program: its commands, their completion, and the messages about mistakes on the command line."""

import builtins
import copy
import enum
import inspect
import io
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Annotated, Any, get_args

import typer
from typer.core import TyperCommand, TyperGroup

from clustergap import __version__
from clustergap.cli.exit import EXIT_CODES, Exit, exit_code_of
from clustergap.cli.options import CONFIG, Color, takes_groups
from clustergap.cli.quick_completion import COMPLETE
from clustergap.cli.streams import notice, write_stderr
from clustergap.findings import CheckResult, DataError
from clustergap.text import all_of, closest, did_you_mean, quote

USAGE_ERROR: type[Exception] = [
    base
    for base in typer.BadParameter.__mro__
    if getattr(base, "exit_code", None) == Exit.UNUSABLE
][-1]
"""The base class of all usage errors, which typer does not export: the widest class with this exit code."""

NAME = "clustergap"

COMMANDS = (
    "matrix",
    "gaps",
    "explain",
    "swot",
    "needs",
    "what-if",
    "diff",
    "compare",
    "timeline",
    "risks",
    "list",
    "report",
    "check",
    "schema",
    "export",
    "import",
    "rename",
    "init",
    "completion",
)
"""Each is a function in the module of the same name in this package, which may have an EPILOG for its help.

A word that Python itself has gets an underscore at its end."""

INSTEAD = {("compare", "--in"): "Places stand behind the command: clustergap compare RO BG"}
"""What to write instead of an option that a command has not, though others have."""


ENVIRONMENT = {
    "CLUSTERGAP_DATA": "the dataset, where no --data names one",
    "CLUSTERGAP_CONFIG": "the file of defaults, or none, where no --config says",
    "CLUSTERGAP_MAX_MIB": "the largest file that is read, in MiB",
    "CLUSTERGAP_DEBUG": "not empty: show where a defect happened",
    "NO_COLOR": "not empty: no colours; so does TERM=dumb",
    "FORCE_COLOR": "colours in files and pipes too; 0: no colours",
}
"""What a user may say in the environment, by variable."""


def _listed(title: str, meanings: Mapping[Any, str]) -> str:
    widest = max(len(str(each)) for each in meanings)
    rows = (f"  {each!s:{widest}}  {meaning}\n" for each, meaning in meanings.items())
    return f"\b\n{title}:\n{''.join(rows)}"


EPILOG = f"{_listed('Exit codes', EXIT_CODES)}\n{_listed('Environment', ENVIRONMENT)}"
"""What stands below the list of commands in the program's help."""


def _show_version(is_requested: bool) -> None:
    if is_requested:
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
    """Build the program with these commands; a single one is built without importing the others."""
    app = typer.Typer(
        name=NAME,
        cls=CommandGroup,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback(epilog=EPILOG)(program)
    for name in commands:
        word = word_for(name)
        module = import_module(f"clustergap.cli.{word}")
        register = app.command(name, cls=Command, epilog=getattr(module, "EPILOG", None))
        register(takes_groups(getattr(module, word)))
    return app


def word_for(command: str) -> str:
    """Return the name of a command's module, and of the function in it.

    >>> word_for("what-if"), word_for("import"), word_for("list")
    ('what_if', 'import_', 'list_')
    """
    is_taken = iskeyword(command) or hasattr(builtins, command)
    return command.replace("-", "_") + ("_" if is_taken else "")


def main(argv: Sequence[str]) -> int:
    """Run the program with its arguments and return its exit code; no mistake of a user raises."""
    return exit_code_of(answer, argv)


def answer(argv: list[str]) -> int:
    """Run the command of the arguments and return the exit code; errors other than usage errors are raised."""
    if COMPLETE in os.environ:
        _prepare_completion()
    app = build_app(argv[:1] if argv and argv[0] in COMMANDS else COMMANDS)
    try:
        return app(args=argv, prog_name=NAME, standalone_mode=False) or Exit.OK
    except USAGE_ERROR as error:
        return _report_usage(error)


def _prepare_completion() -> None:
    from typer.completion import completion_init  # type: ignore[attr-defined]

    completion_init()


def _report_usage(error: Any) -> int:  # noqa: ANN401 - typer exports the class only as BadParameter's base
    possible = getattr(error, "possibilities", None)
    asked = getattr(error.ctx, "info_name", None), getattr(error, "option_name", None)
    if asked in INSTEAD:
        error.message += f". {INSTEAD[asked]}"
        error.possibilities = None
    elif possible:
        meant = closest(error.option_name, possible) or possible[0]
        error.message += f". Did you mean {quote(meant)}?"
        error.possibilities = None
    error.message = error.message.replace("Value error, ", "")  # pydantic's, not the user's
    words = io.StringIO()
    error.show(file=words)
    write_stderr(words.getvalue())
    return Exit.UNUSABLE


class Command(TyperCommand):
    """A command that can be completed without pydantic, and that refuses a second value of an option.

    typer needs pydantic to convert values. Completion needs no conversion: values stay as typed.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer exports no Context type here
        if ctx.resilient_parsing:  # only completion: nothing is run
            _keep_as_typed(self, ctx)
            return super().parse_args(ctx, args)
        typed = self._typed(ctx, args)
        said = ""
        if not typed.get("help"):  # which is shown whatever else is said
            self._refuse_second_values(ctx, typed)
            said = self._take_defaults(ctx, typed)
        try:
            remaining = super().parse_args(ctx, args)
        except typer.BadParameter as error:
            self._suggest(error, typed)
            raise
        if said:
            notice(said, quiet=ctx.params["quiet"])
        return remaining

    def _take_defaults(self, ctx: Any, typed: Mapping[str, Any]) -> str:  # noqa: ANN401 - as above
        # typer takes them for options that are not typed. Returns what is to be said of them.
        options = {param.name: param.opts[0] for param in self.params}
        if CONFIG not in options:
            return ""
        from clustergap.cli.config import find_defaults

        file = find_defaults(ctx.info_name, options, typed)
        ctx.default_map = file.values
        names = ", ".join(options[key] for key in file.values)
        return f"options from {quote(file.path)}: {names}" if names else ""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as above
        """Run the command; findings that prevent an answer are shown as its option --color says."""
        try:
            return super().invoke(ctx)
        except DataError as error:
            # As typed: before 0.29 typer converts a value only when it calls the command.
            _report_findings(error.report, Color(ctx.params.get("color", Color.AUTO)))
            raise typer.Exit(Exit.UNUSABLE) from error

    def _typed(self, ctx: Any, args: Iterable[str]) -> Mapping[str, Any]:  # noqa: ANN401 - as above
        # The values as typed, by parameter: for an option with values a list of all.
        repeatable = copy.copy(self)
        repeatable.params = [_repeatable(param) for param in self.params]
        values, _rest, _order = repeatable.make_parser(ctx).parse_args(args=list(args))
        return values

    def _refuse_second_values(self, ctx: Any, typed: Mapping[str, Any]) -> None:  # noqa: ANN401 - as above
        # typer lets the last value win: half of a query would be answered as if it were the whole.
        for param in self.params:
            values = typed.get(param.name) or ()
            if _takes_value(param) and not param.multiple and len(values) > 1:
                words = all_of([quote(value) for value in values])
                raise typer.BadParameter(
                    f"it takes one value, not {words}{self._repeatable_options()}",
                    ctx=ctx,
                    param_hint=param.opts,
                )

    def _suggest(self, error: Any, typed: Mapping[str, Any]) -> None:  # noqa: ANN401 - as above
        # For a value that must be one of fixed words, typer only lists them.
        words = _choices(self.callback, getattr(error.param, "name", None))
        given = typed.get(error.param.name) if words else None
        for value in [given] if isinstance(given, str) else given or ():
            hint = "" if value in words else did_you_mean(value, words)
            if hint:
                error.message = f"{error.message.rstrip('.')}: {hint}"
                return

    def _repeatable_options(self) -> str:
        names = [param.opts[0] for param in self.params if _takes_value(param) and param.multiple]
        return f". Repeatable here: {', '.join(names)}" if names else ""


class CommandGroup(TyperGroup):
    """The group of all commands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer exports no Context type here
        if ctx.resilient_parsing:
            _keep_as_typed(self, ctx)
        return super().parse_args(ctx, args)


def _report_findings(report: CheckResult, color: Color) -> None:
    from clustergap.cli.output import emit_error
    from clustergap.writers import findings_text

    emit_error(lambda shapes: findings_text.write_findings(report, shapes), color)


def _takes_value(param: Any) -> bool:  # noqa: ANN401 - typer exports no Parameter type
    return param.param_type_name == "option" and not param.is_flag


def _choices(command: Callable[..., object] | None, name: str | None) -> list[str]:
    # The words that a parameter may have, if its type holds an enumeration.
    if command is None or name is None:
        return []
    hints = [inspect.signature(command).parameters[name].annotation]
    for hint in hints:  # grows in the loop
        if isinstance(hint, type) and issubclass(hint, enum.StrEnum):
            return list(hint)
        hints += [part for part in get_args(hint) if isinstance(part, type) or get_args(part)]
    return []


def _repeatable(param: Any) -> Any:  # noqa: ANN401 - as above
    if not _takes_value(param):
        return param
    repeatable = copy.copy(param)
    repeatable.multiple = True
    return repeatable


def _keep_as_typed(command: TyperCommand | TyperGroup, ctx: Any) -> None:  # noqa: ANN401
    parameters: list[Any] = [*command.get_params(ctx)]
    for parameter in parameters:
        parameter.process_value = _as_typed


def _as_typed(_ctx: object, value: object) -> object:
    return value
