"""``clustergap explain``: why a cell is rated so, and what stands behind any other record or a rule."""

from typing import Annotated

import typer

from clustergap.cli.completion import complete_subject
from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Filters, Output


def explain(
    *,
    subject: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="A cell (role@level), a code of check (CG201), or an instrument, role, level, place, source or SWOT item by id or name; where several have it, with what it is: role:ID, level:ID, instrument:ID, place:CODE, source:KEY, swot:ID.",
            autocompletion=complete_subject,
        ),
    ],
    as_of: AsOf = None,
    filters: Filters,
    data: DataPath = None,
    format_: AsFormat = None,
    out: Output,
) -> Exit:
    """Show why: every statement, with its source.

    Of a cell: what covers it, what is elsewhere, what the SWOT says, how to close it. Of an instrument: what it
    covers and which gaps would open without it. Of a role or a level: its cells, and what is missing. Of a place: the cells
    there, and which statements speak of it how. Of a source: what rests on it. Of a SWOT item: what it is linked to, and
    whether the matrix contradicts it. Of a code of check: what it means.

    \b
    Examples:
      clustergap explain social-economy@country
      clustergap explain "Circular economy@Regional" --as-of 2021
      clustergap explain interreg
      clustergap explain social-economy
      clustergap explain place:RO
      clustergap explain source:deck
      clustergap explain CG201
    """
    from clustergap.api.explaining import explain_rule, is_rule_code
    from clustergap.cli.data import query_options, read_data
    from clustergap.cli.output import choose_format, emit

    chosen = choose_format("explain", format_, out.output)
    if is_rule_code(subject):
        answer = explain_rule(subject)
    else:
        policy = read_data(data, out)
        answer = policy.explain(subject, **query_options(filters, as_of=as_of))
    emit(answer, chosen, out)
    return Exit.OK
