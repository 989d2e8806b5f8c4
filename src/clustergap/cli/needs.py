"""``clustergap needs``: each gap with its SWOT evidence and what could close it."""

from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Filters, Output, Selection


def needs(
    *,
    explain_order: Annotated[
        bool,
        typer.Option("--explain-order", help="Say of each need why it stands where it does."),
    ] = False,
    selection: Selection,
    as_of: AsOf = None,
    filters: Filters,
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
    from clustergap.cli.data import query_options, read_data
    from clustergap.cli.output import choose_format, emit

    chosen = choose_format("needs", format_, out.output)
    policy = read_data(data, out)
    answer = policy.needs(explain_order=explain_order, **query_options(filters, selection, as_of))
    hints = ("As a text: clustergap needs -f md", "The SWOT in pairs: clustergap swot --tows")
    emit(answer, chosen, out, *hints)
    return Exit.OK
