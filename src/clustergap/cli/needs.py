"""``clustergap needs``: each gap with its SWOT evidence and what could close it."""

import dataclasses
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Output, Question, Selection


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
    format_: AsFormat = None,
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
    from clustergap.cli.output import choose_format, emit
    from clustergap.document import Origin

    chosen = choose_format("needs", format_, out.output)
    found = find_data(data)
    dataset = read_data(found, out).dataset
    shown = select(ask_matrix(dataset, question, as_of, quiet=out.quiet), selection)
    made = dataclasses.replace(find_needs(shown), explains_order=explain_order)
    hints = ("As a text: clustergap needs -f md", "The SWOT in pairs: clustergap swot --tows")
    emit("needs", made, Origin(found.path), chosen, out, *hints)
    return Exit.OK
