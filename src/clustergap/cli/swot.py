"""``clustergap swot``: the four fields, their pairs, and what they do not say."""

from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsOf, AsText, DataPath, Output, Question, Selection
from clustergap.render.choices import TextFormat


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
    format_: AsText = None,
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
    from clustergap.cli.output import choose_format, emit_document, emit_table
    from clustergap.document import Origin
    from clustergap.errors import ClusterGapError

    if candidates and (format_ is not None or tows):
        raise ClusterGapError("--candidates writes YAML: it takes neither --format nor --tows")
    chosen = (
        TextFormat.TABLE if candidates else choose_format(format_, out.output, TextFormat.TABLE)
    )
    found = find_data(data)
    origin = Origin(found.path)
    loaded = read_data(found, out)
    matrix = ask_matrix(loaded.dataset, question, as_of, quiet=out.quiet)
    shown = selected_ids(loaded.dataset, selection)
    if candidates:
        from clustergap.analysis.swot import find_candidates
        from clustergap.render import candidates_yaml

        narrowed = matrix.select(*shown)
        emit_document(candidates_yaml.render(find_candidates(narrowed), narrowed, origin), out)
        return Exit.OK
    view = build_swot(matrix, *shown)
    if tows:
        from clustergap.analysis.tows import build_tows
        from clustergap.render import tows_json, tows_md, tows_table

        pairs = build_tows(matrix.select(*shown), *shown)
        match chosen:
            case TextFormat.TABLE:
                hint = "As needs: clustergap needs"
                emit_table(
                    lambda shapes: tows_table.render(pairs, shapes),
                    out,
                    hint,
                    remark=origin.remark,
                )
            case TextFormat.JSON:
                emit_document(tows_json.render(view, pairs, origin), out)
            case TextFormat.MD:
                emit_document(tows_md.render(pairs, origin), out)
    elif chosen is TextFormat.TABLE:
        from clustergap.render import swot_table

        hints = (
            "In pairs: clustergap swot --tows",
            "What it does not say: clustergap swot --candidates",
        )
        emit_table(
            lambda shapes: swot_table.render(view, shapes), out, *hints, remark=origin.remark
        )
    else:
        from clustergap.render.formats.swot import SWOT

        emit_document(SWOT[chosen](view, origin), out)
    return Exit.OK
