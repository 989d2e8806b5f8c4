"""``clustergap timeline``: which gaps open and close at which date."""

from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, DataPath, Output, Question, Selection


def timeline(
    *,
    first: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE|today",
            help="The first day to look at; a month or year means its first.",
        ),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="DATE|today",
            help="The last day to look at; a month or year means its last.",
        ),
    ] = None,
    selection: Selection,
    question: Question,
    data: DataPath = None,
    format_: AsFormat = None,
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
    from clustergap.analysis.timeline import build_timeline
    from clustergap.cli.ask import ask_matrix, read_period, select
    from clustergap.cli.data import find_data, read_data
    from clustergap.cli.output import choose_format, emit
    from clustergap.cli.streams import show_progress
    from clustergap.document import Origin
    from clustergap.formats import PICTURES, find_writer

    chosen = choose_format("timeline", format_, out.output)
    period = read_period(first, last)
    found = find_data(data)
    dataset = read_data(found, out).dataset
    shown = select(ask_matrix(dataset, question, None, quiet=out.quiet), selection)
    with show_progress("Following the dates") as progress:
        built = build_timeline(shown, *period, progress)
    origin = Origin(found.path)
    if chosen in PICTURES:
        from clustergap.cli.pictures import emit_picture

        draw = find_writer("timeline", chosen, origin)
        emit_picture(lambda: draw(built), out)
        return Exit.OK
    hints = ("As a picture: clustergap timeline -o timeline.svg", "Soon: clustergap risks")
    emit("timeline", built, origin, chosen, out, *hints)
    return Exit.OK
