"""``clustergap risks``: what is covered today, but fragile."""

from typing import Annotated

import typer

from clustergap.analysis.thresholds import CROWDED, WITHIN, horizon
from clustergap.cli.exit import Exit
from clustergap.cli.options import AsOf, DataPath, Output, Question, Selection
from clustergap.render.choices import RisksFormat

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
    format_: Annotated[
        RisksFormat | None,
        typer.Option("--format", "-f", help="Default: table, or what the file's suffix means."),
    ] = None,
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
    from clustergap.analysis.risks import find_risks
    from clustergap.cli.ask import ask_matrix, select
    from clustergap.cli.data import find_data, read_data
    from clustergap.cli.output import choose_format, emit_document, emit_table
    from clustergap.cli.progress import show_progress
    from clustergap.document import Origin

    chosen = choose_format(format_, out.output, RisksFormat.TABLE)
    found = find_data(data)
    dataset = read_data(found, out).dataset
    shown = select(ask_matrix(dataset, question, as_of, quiet=out.quiet), selection)
    with show_progress("Following the dates") as progress:
        fragile = find_risks(shown, horizon(shown.query.as_of, within), crowded, progress)
    origin = Origin(found.path)
    if chosen is RisksFormat.TABLE:
        from clustergap.render import risks_table

        hints = ("Without one: clustergap what-if --without ID", "All: clustergap what-if --each")
        emit_table(
            lambda shapes: risks_table.render(fragile, origin, shapes),
            out,
            *hints,
            remark=origin.remark,
        )
    else:
        from clustergap.render.formats.risks import RISKS

        emit_document(RISKS[chosen](fragile, origin), out, bom=chosen is RisksFormat.CSV)
    return Exit.OK
