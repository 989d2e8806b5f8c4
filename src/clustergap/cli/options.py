"""Options that several commands share, some of them in groups."""

import enum
import inspect
from collections.abc import Callable
from dataclasses import Field, dataclass, fields, is_dataclass
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from clustergap.cli.completion import (
    complete_instrument,
    complete_kind,
    complete_level,
    complete_place,
    complete_role,
    complete_target,
)
from clustergap.cli.exit import Exit
from clustergap.formats import FORMATS, Format


class Color(enum.StrEnum):
    """When the terminal's tables are coloured."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


DataPath = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="PATH",
        help="A dataset: its folder or its instruments.yaml; - is standard input. Else $CLUSTERGAP_DATA, else what clustergap.toml says, else the nearest: instruments.yaml or data/instruments.yaml here, then above; else the packaged deck.",
    ),
]


CONFIG = "config"
"""The parameter of the file of defaults, which every command that takes data has."""

_ConfigPath = Annotated[
    str | None,
    typer.Option(
        metavar="FILE|none",
        help="Defaults of options from this file, or from none. Else $CLUSTERGAP_CONFIG, else the nearest clustergap.toml, here or above.",
    ),
]

AsFormat = Format | None
"""The format of an answer; ``takes_groups`` makes it an option with the formats of the question."""


AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="DATE|today",
        help="Count what is in force on this day, month or year. Default: the dataset's date.",
    ),
]

Today = Annotated[
    str | None,
    typer.Option(
        metavar="DATE|today",
        help="The day on which reviews and accepted gaps must still hold; without it none is judged by its dates.",
    ),
]


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which cells are shown; no number in a cell depends on it."""

    role: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ROLE",
            help="Show this role only (id, name or alias; repeatable).",
            autocompletion=complete_role,
        ),
    ] = None
    level: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LEVEL",
            help="Show this level only (id, name or alias; repeatable).",
            autocompletion=complete_level,
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class InstrumentFilters:
    """Which instruments count."""

    target: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="Count instruments for this target group, or for no stated one.",
            autocompletion=complete_target,
        ),
    ] = None
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="Count only instruments of this kind (repeatable).",
            autocompletion=complete_kind,
        ),
    ] = None
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="INSTRUMENT",
            help="Count as if this instrument did not exist, nor what is part of it or paid by it alone (id, short or name; repeatable).",
            autocompletion=complete_instrument,
        ),
    ] = None
    alone: Annotated[
        bool, typer.Option("--alone", help="With --without: what hangs on it stays.")
    ] = False
    with_planned: Annotated[
        bool, typer.Option("--with-planned", help="Count planned instruments too.")
    ] = False


@dataclass(frozen=True, kw_only=True)
class Filters(InstrumentFilters):
    """Which instruments count, and where."""

    in_: Annotated[
        str | None,
        typer.Option(
            "--in",
            metavar="PLACE",
            help="Look at one territory, such as RO, RO11 or Nord-Vest, or at a group of the data.",
            autocompletion=complete_place,
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class OwnHead:
    """What stands at the head of a page, a picture, slides or a note."""

    title: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="A title of your own; the finding is the first sentence below it (pages, pictures, slides, notes).",
        ),
    ] = None
    logo: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.png",
            help="A logo at the head of pages, pictures, slides and notes; on pages and pictures an SVG too.",
        ),
    ] = None


STDOUT = Path("-")


def _name_stdout(path: Path) -> Path:
    # If the shell has opened the file, its earlier contents must stay.
    names = ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
    return STDOUT if path.as_posix() in names else path


def _name_stdout_in(paths: Path | list[Path] | None) -> Path | list[Path] | None:
    if isinstance(paths, Path):
        return _name_stdout(paths)
    return [_name_stdout(path) for path in paths] if paths else None


@dataclass(frozen=True, kw_only=True)
class Screen:
    """How much is said on a screen, and how it looks."""

    color: Annotated[Color, typer.Option(help="Colour the tables.")] = Color.AUTO
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notices on standard error.")] = (
        False
    )


@dataclass(frozen=True, kw_only=True)
class Output(Screen):
    """Where the document goes and how it looks."""

    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this file, whole or not at all; - is standard output.",
            callback=_name_stdout_in,
        ),
    ] = None

    @property
    def is_to_file(self) -> bool:
        """Whether the document is written to a file that the program itself opens."""
        return self.output not in (None, STDOUT)


@dataclass(frozen=True, kw_only=True)
class Outputs(Screen):
    """Where a document goes that may go to several places at once, and how it looks."""

    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write to this file, whole or not at all; - is standard output (repeatable: each suffix means its format, --format that of -).",
            callback=_name_stdout_in,
        ),
    ] = None

    def only(self, path: Path | None) -> Output:
        """Return one of the places, or standard output for None."""
        return Output(output=path, color=self.color, quiet=self.quiet)


def takes_groups(command: Callable[..., Exit]) -> Callable[..., None]:
    """Make a command of a function whose parameters may be groups of options.

    typer has no groups: it gets the fields of each group as separate parameters. The exit code that
    the function returns becomes that of the program.
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {
        name: hint for name, hint in hints.items() if name != "return" and is_dataclass(hint)
    }

    @wraps(command)
    def flat(**options: Any) -> None:  # noqa: ANN401 - typer passes every option's own type
        arguments = {
            name: group(**{field.name: options.pop(field.name) for field in fields(group)})
            for name, group in groups.items()
        }
        options.pop(CONFIG, None)  # what the file says has become the other options
        if options.get(FORMAT) is not None:
            options[FORMAT] = Format(options[FORMAT].value)
        code = command(**options, **arguments)
        if code:
            raise typer.Exit(code)

    flat.__signature__ = inspect.Signature(_flattened(command, hints, groups))  # type: ignore[attr-defined]
    return flat


def _flattened(
    command: Callable[..., Exit], hints: dict[str, Any], groups: dict[str, Any]
) -> list[inspect.Parameter]:
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = []
    for name, parameter in inspect.signature(command).parameters.items():
        if name in groups:
            group = get_type_hints(groups[name], include_extras=True)
            parameters += [
                inspect.Parameter(
                    field.name, keyword, default=field.default, annotation=group[field.name]
                )
                # What a group adds to another comes first.
                for field in sorted(fields(groups[name]), key=_is_inherited(groups[name]))
            ]
        else:
            hint = _format_option(command.__name__) if name == FORMAT else hints[name]
            parameters.append(parameter.replace(kind=keyword, annotation=hint))
        if name == "data":
            parameters.append(
                inspect.Parameter(CONFIG, keyword, default=None, annotation=_ConfigPath)
            )
    return parameters


def _is_inherited(group: Any) -> Callable[[Field[Any]], bool]:  # noqa: ANN401 - a class of options
    return lambda field: field.name not in group.__annotations__


FORMAT = "format_"
"""The parameter that takes a format."""


def _format_option(command: str) -> Any:  # noqa: ANN401 - an annotation as typer reads it
    # typer takes the choices of an option from an enum; each question has its own formats.
    formats = tuple(FORMATS[command.rstrip("_").replace("_", "-")])
    choices = enum.StrEnum("Choices", {format_.name: format_.value for format_ in formats})  # type: ignore[misc]
    words = f"Default: {formats[0].value}, or what the file's suffix means."
    return Annotated[choices | None, typer.Option("--format", "-f", help=words)]
