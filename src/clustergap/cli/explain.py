"""``clustergap explain``: why a cell is rated so, what an instrument does, what a rule means."""

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
            metavar="CELL|INSTRUMENT|RULE",
            help="A cell (role@level), an instrument (id, short or name) or a code of check (CG201).",
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
    covers and which gaps would open without it. Of a code of check: what it means.

    \b
    Examples:
      clustergap explain social-economy@country
      clustergap explain "Circular economy@Regional" --as-of 2021
      clustergap explain interreg
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
