"""``clustergap needs``: each gap with its SWOT evidence and what could close it."""

from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsOf, DataPath, Output, Question, Selection
from clustergap.render.choices import NeedsFormat


def needs(
    *,
    explain_order: Annotated[
        bool,
        typer.Option("--explain-order", help="Say of each need why it stands where it does."),
    ] = False,
    selection: Selection,
    as_of: AsOf = None,
    question: Question,
    data: DataPath = None,
    format_: Annotated[
        NeedsFormat | None,
        typer.Option("--format", "-f", help="Default: table, or what the file's suffix means."),
    ] = None,
    out: Output,
) -> Exit:
    """Make each gap a need: evidence, what to build on, priority.

    The evidence is what the SWOT says of it; to build on are instruments nearby, planned ones, and what follows ended
    ones. Level by level, the narrowest first. Within a level: what nothing covers before what is partly covered, fewer
    territories before more, more evidence before less, fewer other levels that cover the role before more.

    \b
    Examples:
      clustergap needs
      clustergap needs --level country --explain-order
      clustergap needs --level country -f md
      clustergap needs --as-of 2021-01-01 -o needs.csv
    """
    from clustergap.analysis.needs import find_needs
    from clustergap.cli.ask import ask_matrix, select
    from clustergap.cli.data import find_data, read_data
    from clustergap.cli.output import (
        choose_format,
        emit_document,
        emit_table,
        keep_off_terminal,
    )
    from clustergap.document import Origin

    chosen = choose_format(format_, out.output, NeedsFormat.TABLE)
    if chosen is NeedsFormat.XLSX:
        keep_off_terminal(out, "needs.xlsx")
    found = find_data(data)
    dataset = read_data(found, out).dataset
    shown = select(ask_matrix(dataset, question, as_of, quiet=out.quiet), selection)
    made, origin = find_needs(shown), Origin(found.path)
    if chosen is NeedsFormat.TABLE:
        from clustergap.render import needs_table

        render = needs_table.render_with_reasons if explain_order else needs_table.render
        hints = ("As a text: clustergap needs -f md", "The SWOT in pairs: clustergap swot --tows")
        emit_table(lambda shapes: render(made, origin, shapes), out, *hints, remark=origin.remark)
    else:
        from clustergap.render.formats.needs import NEEDS, WITH_REASONS

        documents = WITH_REASONS if explain_order else NEEDS
        emit_document(documents[chosen](made, origin), out, bom=chosen is NeedsFormat.CSV)
    return Exit.OK
