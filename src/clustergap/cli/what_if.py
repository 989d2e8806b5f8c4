"""``clustergap what-if``: what becomes a gap, or is one no longer, without X, with file Y, at date Z."""

from pathlib import Path
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Filters, Output, Selection


def what_if(
    *,
    each: Annotated[
        bool,
        typer.Option(
            "--each", help="Rank all instruments by the gaps that would open without each."
        ),
    ] = False,
    add: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Read this fragment too: instruments, observations."),
    ] = None,
    selection: Selection,
    as_of: AsOf = None,
    filters: Filters,
    data: DataPath = None,
    format_: AsFormat = None,
    out: Output,
) -> Exit:
    """Show what a question changes, against the plain matrix.

    A cell becomes a gap where it is full and would not be; a cell weakens if less of it would be covered, and loses an
    instrument if it would be covered as before.

    \b
    Examples:
      clustergap what-if --without interreg
      clustergap what-if --as-of 2021-01-01 --level region
      clustergap what-if --add proposal.yaml --with-planned
      clustergap what-if --each
    """
    from clustergap.cli.data import query_options, read_data
    from clustergap.cli.output import choose_format, emit
    from clustergap.cli.streams import show_progress

    chosen = choose_format("what-if", format_, out.output)
    policy = read_data(data, out, add)
    options = query_options(filters, selection, as_of)
    with show_progress("Reading") as progress:
        if each:
            with_added = policy.with_fragment(add, progress) if add else policy
            answer = with_added.keystones(**options)
            hints = ["Why it counts: clustergap explain INSTRUMENT"]
        else:
            answer = policy.what_if(add=add, progress=progress, **options)
            hints = ["What all rests on: clustergap what-if --each", "Soon: clustergap risks"]
    emit(answer, chosen, out, *hints)
    return Exit.OK
