"""``clustergap timeline``: what becomes a gap, or is one no longer, at which date."""

from dataclasses import replace
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import (
    AsFormat,
    DataPath,
    Filters,
    Output,
    OwnHead,
    Selection,
)


def timeline(
    *,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE|today",
            help="The first day to look at; a month or year means its first.",
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="DATE|today",
            help="The last day to look at; a month or year means its last.",
        ),
    ] = None,
    selection: Selection,
    filters: Filters,
    data: DataPath = None,
    format_: AsFormat = None,
    head: OwnHead,
    out: Output,
) -> Exit:
    """Show every day on which a cell changes, and because of what.

    The days are those on which instruments, covers and observations begin or have ended. What ended on the last day of
    a year changes its cells on the first day of the next.

    \b
    Examples:
      clustergap timeline
      clustergap timeline --from 2019 --to 2027 --level region
      clustergap timeline --in RO11 --with-planned
      clustergap timeline -o timeline.svg
    """
    from clustergap.api.answer import read_masthead
    from clustergap.api.query_options import read_period
    from clustergap.cli.data import query_options, read_data
    from clustergap.cli.output import choose_format, emit
    from clustergap.cli.streams import show_progress

    chosen = choose_format("timeline", format_, out.output)
    masthead = read_masthead(head.title, head.logo, chosen)
    read_period(from_, to)
    policy = read_data(data, out)
    with show_progress("Following the dates") as progress:
        answer = policy.timeline(
            from_=from_, to=to, progress=progress, **query_options(filters, selection)
        )
    hints = ("As a picture: clustergap timeline -o timeline.svg", "Soon: clustergap risks")
    emit(replace(answer, masthead=masthead), chosen, out, *hints)
    return Exit.OK
