"""``clustergap risks``: what is covered today, but fragile."""

from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Filters, Output, Selection
from clustergap.model.query import CROWDED, LEAST_CROWDED, LEAST_WITHIN, MOST_WITHIN, WITHIN


def risks(
    *,
    within: Annotated[
        int,
        typer.Option(
            min=LEAST_WITHIN,
            max=MOST_WITHIN,
            metavar="MONTHS",
            help="How soon a cell must become a gap for its end to be told.",
        ),
    ] = WITHIN,
    crowded: Annotated[
        int,
        typer.Option(
            min=LEAST_CROWDED,
            metavar="NUMBER",
            help="From how many instruments on a cell is crowded.",
        ),
    ] = CROWDED,
    selection: Selection,
    as_of: AsOf = None,
    filters: Filters,
    data: DataPath = None,
    format_: AsFormat = None,
    out: Output,
) -> Exit:
    """Show what is covered, but fragile; what would lose most first.

    A cell may rest on a single instrument, become a gap soon as instruments end, be covered in full only by what takes
    no new commitments, now or soon, have only instruments that give no money, be crowded with instruments, or be covered
    in some territories and not in others. Without a date, neither in the data nor as --as-of, what ends or winds down
    is not judged; all else is.

    \b
    Examples:
      clustergap risks
      clustergap risks --within 36 --level region
      clustergap risks --as-of today --crowded 3
      clustergap risks -o risks.csv
    """
    from clustergap.cli.data import query_options, read_data
    from clustergap.cli.output import choose_format, emit
    from clustergap.cli.streams import show_progress

    chosen = choose_format("risks", format_, out.output)
    policy = read_data(data, out)
    options = query_options(filters, selection, as_of)
    with show_progress("Following the dates") as progress:
        answer = policy.risks(within=within, crowded=crowded, progress=progress, **options)
    first = (
        "Judge endings too: clustergap risks --as-of today"
        if answer.result.unjudged
        else "Without one: clustergap what-if --without ID"
    )
    hints = (first, "All: clustergap what-if --each")
    emit(answer, chosen, out, *hints)
    return Exit.OK
