"""``clustergap list``: the instruments, statements, sources or territories that match."""

from typing import Annotated

import typer

from clustergap.cli.completion import (
    complete_covered,
    complete_kind,
    complete_listed,
    complete_place,
    complete_source,
)
from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, DataPath, Output


def list_(
    *,
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="instruments, statements, sources or territories.",
            autocompletion=complete_listed,
        ),
    ],
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help="Of this kind (repeatable).", autocompletion=complete_kind
        ),
    ] = None,
    in_: Annotated[
        str | None,
        typer.Option(
            "--in",
            metavar="PLACE",
            help="Speaking of this territory or group; territories: that lie in it.",
            autocompletion=complete_place,
        ),
    ] = None,
    covers: Annotated[
        str | None,
        typer.Option(
            metavar="ROLE|LEVEL|CELL",
            help="Speaking of this role, this level, or this role@level.",
            autocompletion=complete_covered,
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            metavar="KEY",
            help="Citing this source (key or title).",
            autocompletion=complete_source,
        ),
    ] = None,
    undated: Annotated[
        bool,
        typer.Option(
            "--undated",
            help="Without a first or a last day, of its own or from another; sources: without a date.",
        ),
    ] = False,
    unreviewed_since: Annotated[
        str | None,
        typer.Option(
            metavar="DATE|today",
            help="Of instruments that nobody has reviewed on this day or later.",
        ),
    ] = None,
    data: DataPath = None,
    format_: AsFormat = None,
    out: Output,
) -> Exit:
    """List the records that match, in file order.

    They are instruments, statements, sources or territories, and match all options.
    Every day counts, and what is planned too. A statement speaks of a place if it names it, lies in it or around it, or says
    everywhere: as --in everywhere. Instruments have a statement that does; sources are cited by what matches; of territories
    something that matches speaks. On the terminal stand the columns to find a record by; csv, json and xlsx have all.

    \b
    Examples:
      clustergap list instruments --kind network --undated
      clustergap list instruments --covers social-economy --in RO
      clustergap list statements --source deck
      clustergap list sources --covers region -f csv
      clustergap list territories --in RO
    """
    from clustergap.cli.data import read_data
    from clustergap.cli.output import choose_format, emit

    chosen = choose_format("list", format_, out.output)
    policy = read_data(data, out)
    answer = policy.list(
        what,
        kind=kind,
        in_=in_,
        covers=covers,
        source=source,
        undated=undated,
        unreviewed_since=unreviewed_since,
    )
    emit(answer, chosen, out, "One of them: clustergap explain ID")
    return Exit.OK
