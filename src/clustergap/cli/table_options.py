"""The options that say how a table is read: where it is, its layout, the keys of its columns."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from clustergap.model.query import Layout


@dataclass(frozen=True, kw_only=True)
class TableOptions:
    """How to read the table, where the program cannot find out by itself."""

    sheet: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The sheet to read. Default: the one that fits best."),
    ] = None
    layout: Annotated[
        Layout | None,
        typer.Option(
            help="A list (one row for each instrument and cell), a matrix (roles down, levels across) or a cross (instruments down, roles across)."
        ),
    ] = None
    header: Annotated[
        str | None,
        typer.Option(metavar="ROWS", help="The row of the header, or its rows: 4, or 4,5."),
    ] = None
    last: Annotated[
        int | None, typer.Option(metavar="ROW", min=1, help="The last row of the table.")
    ] = None
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=HEADER",
            help="What a column holds: role=Sector, or level=column C (repeatable).",
        ),
    ] = None
    leave_out: Annotated[
        list[str] | None,
        typer.Option(metavar="HEADER", help="Do not read this column (repeatable)."),
    ] = None
    fill_down: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY", help="An empty cell of this key means the one above it (repeatable)."
        ),
    ] = None
    date_format: Annotated[
        str | None,
        typer.Option(metavar="FORMAT", help="How dates are written: D/M/Y, M/D/Y, D.M.YY …"),
    ] = None
    encoding: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The encoding of a text file that is not UTF-8, such as windows-1250.",
        ),
    ] = None
    level: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID=TERRITORIES",
            help="The territories of a new dataset's level: country=eu27, or region=RO11,RO12 (repeatable).",
        ),
    ] = None
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Read the table as this mapping file says."),
    ] = None
    save_mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write down how the table is read, as a mapping file."),
    ] = None

    def words(self) -> Iterator[str]:
        """Return the options as they were typed."""
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            values = value if isinstance(value, list) else [] if value is None else [value]
            yield from (word for text in values for word in (option_of(name), str(text)))


def option_of(name: str) -> str:
    """Return the option that sets a parameter."""
    return f"--{name.replace('_', '-')}"


def read_pairs(option: str, texts: Sequence[str] | None) -> dict[str, str]:
    """Read values of an option that are written as ``KEY=VALUE``.

    Raises:
        typer.BadParameter: A value is not written so, or repeats a key.
    """
    pairs: dict[str, str] = {}
    for text in texts or ():
        key, equals, value = (part.strip() for part in text.partition("="))
        if not (key and equals and value) or key in pairs:
            why = f"{key!r} is there already" if key in pairs else "write KEY=VALUE"
            raise typer.BadParameter(f"{text!r}: {why}", param_hint=repr(option))
        pairs[key] = value
    return pairs


def read_rows(text: str | None) -> tuple[int, ...]:
    """Read the rows of a header.

    Raises:
        typer.BadParameter: They are not row numbers.
    """
    if text is None:
        return ()
    if re.fullmatch(r"\s*[1-9][0-9]{0,6}\s*(,\s*[1-9][0-9]{0,6}\s*){0,2}", text, re.ASCII) is None:
        why = f"{text!r}: write the number of a row, or of two or three: 4,5"
        raise typer.BadParameter(why, param_hint="'--header'")
    return tuple(sorted(map(int, text.split(","))))
