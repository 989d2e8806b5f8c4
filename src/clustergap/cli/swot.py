"""``clustergap swot``: the four fields, their pairs, and what they do not say."""

from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Filters, Output, Selection


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
    filters: Filters,
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
    from clustergap.cli.data import query_options, read_data
    from clustergap.cli.output import choose_format, emit, emit_document, emit_notes
    from clustergap.errors import ClusterGapError
    from clustergap.formats import Format

    if candidates and (format_ is not None or tows):
        raise ClusterGapError("--candidates writes YAML: it takes neither --format nor --tows")
    chosen = Format.TABLE if candidates else choose_format("swot", format_, out.output)
    policy = read_data(data, out)
    options = query_options(filters, selection, as_of)
    if candidates:
        from clustergap.analysis.swot import find_candidates
        from clustergap.answers.swot import candidate_comments, candidate_items
        from clustergap.writers import swot_yaml

        answer = policy.matrix(**options)
        emit_notes(answer, out)
        matrix = answer.result
        proposed = find_candidates(matrix)
        comments = candidate_comments(proposed, matrix, policy.origin)
        emit_document(swot_yaml.write(candidate_items(proposed, matrix), comments), out)
    elif tows:
        emit(policy.tows(**options), chosen, out, "As needs: clustergap needs")
    else:
        hints = (
            "In pairs: clustergap swot --tows",
            "What it does not say: clustergap swot --candidates",
        )
        emit(policy.swot(**options), chosen, out, *hints)
    return Exit.OK
