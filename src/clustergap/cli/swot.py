"""``clustergap swot``: the four quadrants."""

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsOf, AsText, DataPath, Output, Question, Selection
from clustergap.render.choices import TextFormat


def swot(
    *,
    selection: Selection,
    as_of: AsOf = None,
    question: Question,
    data: DataPath = None,
    format_: AsText = None,
    out: Output,
) -> Exit:
    """Show the SWOT, with what it is linked to.

    The query tells which of the linked instruments count, and how the linked cells are covered.

    \b
    Examples:
      clustergap swot
      clustergap swot --level region
      clustergap swot --role "social economy" -f json
    """
    from clustergap.analysis.swot import build_swot
    from clustergap.cli.ask import ask_matrix, selected_ids
    from clustergap.cli.data import find_data, read_data
    from clustergap.cli.output import choose_format, emit_document, emit_table
    from clustergap.render.origin import Origin

    chosen = choose_format(format_, out.output, TextFormat.TABLE)
    found = find_data(data)
    loaded = read_data(found, quiet=out.quiet)
    matrix = ask_matrix(loaded.dataset, question, as_of, quiet=out.quiet)
    view = build_swot(matrix, *selected_ids(loaded.dataset, selection))
    if chosen is TextFormat.TABLE:
        from clustergap.render import swot_table

        emit_table(
            lambda shapes: swot_table.render(view, shapes), out, "What is missing: clustergap gaps"
        )
    else:
        from clustergap.render.formats.swot import SWOT

        emit_document(SWOT[chosen](view, Origin(found.path)), out)
    return Exit.OK
