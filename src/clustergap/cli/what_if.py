"""``clustergap what-if``: which gaps open or close without X, with file Y, at date Z."""

import dataclasses
from pathlib import Path
from typing import Annotated, Any

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsOf, AsText, DataPath, Output, Question, Selection
from clustergap.render.choices import TextFormat


def what_if(
    *,
    each: Annotated[
        bool,
        typer.Option(
            "--each", help="Rank all instruments by the gaps that would open without each."
        ),
    ] = False,
    add: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Read this fragment too: instruments, observations."),
    ] = None,
    selection: Selection,
    as_of: AsOf = None,
    question: Question,
    data: DataPath = None,
    format_: AsText = None,
    out: Output,
) -> Exit:
    """Show what a question changes, against the plain matrix.

    A gap opens where a full cell would not be full; a cell weakens if less of it would be covered, and loses an
    instrument if it would be covered as before.

    \b
    Examples:
      clustergap what-if --without interreg
      clustergap what-if --as-of 2021-01-01 --level region
      clustergap what-if --add proposal.yaml --with-planned
      clustergap what-if --each
    """
    from clustergap.analysis.matrix import build_matrix
    from clustergap.analysis.what_if import ask_what_if
    from clustergap.cli.ask import ask_query, select
    from clustergap.cli.data import find_data, read_data
    from clustergap.cli.output import choose_format, emit_document, emit_table
    from clustergap.document import Origin
    from clustergap.model.query import Query

    chosen = choose_format(format_, out.output, TextFormat.TABLE)
    found = find_data(data)._replace(named=(add,) if add else ())
    plain = read_data(found, out).dataset
    silently = dataclasses.replace(out, quiet=True)
    otherwise = plain if add is None else read_data(found.with_added(add), silently).dataset
    query = ask_query(otherwise, question, as_of, quiet=out.quiet)
    origin = Origin(found.path)
    if each:
        return _rank(select(build_matrix(otherwise, query), selection), origin, chosen, out)
    answer = ask_what_if(
        select(build_matrix(plain, Query()), selection),
        select(build_matrix(otherwise, query), selection),
        query,
        add.as_posix() if add else None,
    )
    if chosen is TextFormat.TABLE:
        from clustergap.render import what_if_table

        hints = ("What all rests on: clustergap what-if --each", "Soon: clustergap risks")
        emit_table(
            lambda shapes: what_if_table.render(answer, origin, shapes),
            out,
            *hints,
            remark=origin.remark,
        )
    else:
        from clustergap.render.formats.what_if import WHAT_IF

        emit_document(WHAT_IF[chosen](answer, origin), out)
    return Exit.OK


def _rank(matrix: Any, origin: Any, chosen: TextFormat, out: Output) -> Exit:  # noqa: ANN401 - heavy types
    from clustergap.analysis.what_if import rank_keystones
    from clustergap.cli.output import emit_document, emit_table

    found = rank_keystones(matrix)
    if chosen is TextFormat.TABLE:
        from clustergap.render import keystones_table

        hint = "Why it counts: clustergap explain INSTRUMENT"
        emit_table(
            lambda shapes: keystones_table.render(found, origin, shapes),
            out,
            hint,
            remark=origin.remark,
        )
    else:
        from clustergap.render.formats.what_if import KEYSTONES

        emit_document(KEYSTONES[chosen](found, origin), out)
    return Exit.OK
