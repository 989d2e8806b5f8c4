"""``clustergap swot``: the four fields, their pairs, and what they do not say."""

from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Output, Question, Selection


def swot(
    *,
    tows: Annotated[
        bool,
        typer.Option("--tows", help="Pair what is within with what is around, by what both name."),
    ] = False,
    candidates: Annotated[
        bool,
        typer.Option(
            "--candidates", help="Propose items for gaps that none names, as YAML to paste."
        ),
    ] = False,
    selection: Selection,
    as_of: AsOf = None,
    question: Question,
    data: DataPath = None,
    format_: AsFormat = None,
    out: Output,
) -> Exit:
    """Show the SWOT, with what it is linked to, beside the matrix.

    The query tells which of the linked instruments count, and how the linked cells are covered. A weakness whose gaps
    have closed, and a strength that is gone, are marked.

    \b
    Examples:
      clustergap swot
      clustergap swot --level region
      clustergap swot --tows
      clustergap swot --candidates
      clustergap swot --role "social economy" -f json
    """
    from clustergap.analysis.swot import build_swot
    from clustergap.cli.ask import ask_matrix, selected_ids
    from clustergap.cli.data import find_data, read_data
    from clustergap.cli.output import choose_format, emit, emit_document
    from clustergap.document import Origin
    from clustergap.errors import ClusterGapError
    from clustergap.formats import Format

    if candidates and (format_ is not None or tows):
        raise ClusterGapError("--candidates writes YAML: it takes neither --format nor --tows")
    chosen = Format.TABLE if candidates else choose_format("swot", format_, out.output)
    found = find_data(data)
    origin = Origin(found.path)
    loaded = read_data(found, out)
    matrix = ask_matrix(loaded.dataset, question, as_of, quiet=out.quiet)
    shown = selected_ids(loaded.dataset, selection)
    if candidates:
        from clustergap.analysis.swot import find_candidates
        from clustergap.answers.swot import candidate_comments, candidate_items
        from clustergap.writers import swot_yaml

        narrowed = matrix.select(*shown)
        proposed = find_candidates(narrowed)
        comments = candidate_comments(proposed, narrowed, origin)
        emit_document(swot_yaml.write(candidate_items(proposed, narrowed), comments), out)
        return Exit.OK
    view = build_swot(matrix, *shown)
    if tows:
        from clustergap.analysis.tows import build_tows
        from clustergap.answers.tows import TowsAnswer

        pairs = build_tows(matrix.select(*shown), *shown)
        emit("tows", TowsAnswer(view, pairs), origin, chosen, out, "As needs: clustergap needs")
        return Exit.OK
    hints = (
        "In pairs: clustergap swot --tows",
        "What it does not say: clustergap swot --candidates",
    )
    emit("swot", view, origin, chosen, out, *hints)
    return Exit.OK
