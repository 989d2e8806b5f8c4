"""``clustergap explain``: why a cell is rated so, what an instrument does, what a rule means."""

import re
from typing import Annotated, Any

import typer

from clustergap.cli.completion import complete_subject
from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Output, Question


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
    from clustergap.cli.ask import ask_matrix
    from clustergap.cli.data import find_data, read_data
    from clustergap.cli.output import choose_format, emit
    from clustergap.document import Origin

    chosen = choose_format("explain", format_, out.output)
    if re.fullmatch(r"CG[0-9]{3}", subject, re.IGNORECASE):
        emit("explain", _rule(subject.upper()), Origin("."), chosen, out)
        return Exit.OK
    found = find_data(data)
    loaded = read_data(found, out)
    matrix = ask_matrix(loaded.dataset, question, as_of, quiet=out.quiet)
    explain_it = _explain_cell if "@" in subject else _explain_instrument
    answer, origin = explain_it(subject, matrix, found.path, loaded.sources)
    emit("explain", answer, origin, chosen, out)
    return Exit.OK


def _rule(code: str) -> Any:  # noqa: ANN401 - heavy types
    from clustergap.checks.run import CATALOGUE
    from clustergap.cli.names import not_known

    if code not in CATALOGUE:
        raise not_known(code, "rule", CATALOGUE)
    return CATALOGUE[code]


def _explain_cell(words: str, matrix: Any, path: str | None, sources: Any) -> tuple[Any, Any]:  # noqa: ANN401 - as above
    from clustergap.analysis.explain import explain_cell
    from clustergap.cli.names import cell_of
    from clustergap.document import Origin

    explained = explain_cell(matrix, cell_of(matrix.dataset, words))
    closing = explained.closing
    places = sources.locate(statement.data_path for statement in explained.statements)
    holders = sources.files_of((closing.holders or ((),)) if closing else ())
    return explained, Origin(path, places, holders=holders)


def _explain_instrument(word: str, matrix: Any, path: str | None, sources: Any) -> tuple[Any, Any]:  # noqa: ANN401 - as above
    from clustergap.analysis.explain import explain_instrument
    from clustergap.cli.names import explained_instrument_id
    from clustergap.document import Origin

    explained = explain_instrument(matrix, explained_instrument_id(matrix.dataset, word))
    places = [explained.data_path, *(statement.data_path for statement in explained.statements)]
    return explained, Origin(path, sources.locate(places))
