"""``clustergap what-if``: which gaps open or close without X, with file Y, at date Z."""

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Output, Question, Selection


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
    format_: AsFormat = None,
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
    from clustergap.analysis.what_if import build_what_if, rank_keystones
    from clustergap.cli.ask import ask_query, select
    from clustergap.cli.data import find_data, read_data
    from clustergap.cli.output import choose_format, emit
    from clustergap.document import Origin
    from clustergap.model.query import Query

    chosen = choose_format("what-if", format_, out.output)
    found = find_data(data)._replace(named=(add,) if add else ())
    plain = read_data(found, out).dataset
    silently = dataclasses.replace(out, quiet=True)
    otherwise = plain if add is None else read_data(found.with_added(add), silently).dataset
    query = ask_query(otherwise, question, as_of, quiet=out.quiet)
    origin = Origin(found.path)
    if each:
        ranked = rank_keystones(select(build_matrix(otherwise, query), selection))
        hint = "Why it counts: clustergap explain INSTRUMENT"
        emit("keystones", ranked, origin, chosen, out, hint)
        return Exit.OK
    answer = build_what_if(
        select(build_matrix(plain, Query()), selection),
        select(build_matrix(otherwise, query), selection),
        query,
        add.as_posix() if add else None,
    )
    hints = ("What all rests on: clustergap what-if --each", "Soon: clustergap risks")
    emit("what-if", answer, origin, chosen, out, *hints)
    return Exit.OK
