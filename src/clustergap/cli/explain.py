"""``clustergap explain``: why a cell is rated so, what an instrument does, what a rule means."""

import re
from typing import Annotated

import typer

from clustergap.cli.complete import complete_subject
from clustergap.cli.exit import Exit
from clustergap.cli.options import AsOf, AsText, DataPath, Output, Question
from clustergap.render.choices import TextFormat


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
    question: Question,
    data: DataPath = None,
    format_: AsText = None,
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
    from clustergap.cli.ask import ask_matrix
    from clustergap.cli.data import find_data, read_data
    from clustergap.cli.explanations import of_cell, of_instrument, of_rule
    from clustergap.cli.output import choose_format, emit_document, emit_table

    chosen = choose_format(format_, out.output, TextFormat.TABLE)
    if re.fullmatch(r"CG[0-9]{3}", subject, re.IGNORECASE):
        explanation = of_rule(subject.upper())
    else:
        found = find_data(data)
        loaded = read_data(found, out)
        matrix = ask_matrix(loaded.dataset, question, as_of, quiet=out.quiet)
        of_subject = of_cell if "@" in subject else of_instrument
        explanation = of_subject(subject, matrix, found.path, loaded.sources)
    if chosen is TextFormat.TABLE:
        emit_table(explanation.table, out, remark=explanation.remark)
    else:
        emit_document(explanation.document(chosen), out)
    return Exit.OK
