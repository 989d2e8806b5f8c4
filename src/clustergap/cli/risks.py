"""``clustergap risks``: what is covered today, but fragile."""

from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Output, Question, Selection
from clustergap.model.query import CROWDED, WITHIN

MOST_MONTHS = 12_000


def risks(
    *,
    within: Annotated[
        int,
        typer.Option(
            min=1,
            max=MOST_MONTHS,
            metavar="MONTHS",
            help="How soon a cell must become a gap for its end to be told.",
        ),
    ] = WITHIN,
    crowded: Annotated[
        int,
        typer.Option(
            min=2, metavar="NUMBER", help="From how many instruments on a cell is crowded."
        ),
    ] = CROWDED,
    selection: Selection,
    as_of: AsOf = None,
    question: Question,
    data: DataPath = None,
    format_: AsFormat = None,
    out: Output,
) -> Exit:
    """Show what is covered, but fragile; what would lose most first.

    A cell may rest on a single instrument, become a gap soon as instruments end, have only instruments that give no
    money, be crowded with instruments, or be covered in some territories and not in others. Without a date, neither in
    the data nor as --as-of, what ends soon is not judged; all else is.

    \b
    Examples:
      clustergap risks
      clustergap risks --within 36 --level region
      clustergap risks --as-of today --crowded 3
      clustergap risks -o risks.csv
    """
    from clustergap.analysis.risks import find_risks, horizon
    from clustergap.cli.ask import ask_matrix, select
    from clustergap.cli.data import find_data, read_data
    from clustergap.cli.output import choose_format, emit
    from clustergap.cli.streams import show_progress
    from clustergap.document import Origin

    chosen = choose_format("risks", format_, out.output)
    found = find_data(data)
    dataset = read_data(found, out).dataset
    shown = select(ask_matrix(dataset, question, as_of, quiet=out.quiet), selection)
    with show_progress("Following the dates") as progress:
        fragile = find_risks(shown, horizon(shown.query.as_of, within), crowded, progress)
    hints = ("Without one: clustergap what-if --without ID", "All: clustergap what-if --each")
    emit("risks", fragile, Origin(found.path), chosen, out, *hints)
    return Exit.OK
