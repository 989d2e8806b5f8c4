"""``clustergap matrix``: the whole picture."""

from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsOf, DataPath, Output, Question, Selection
from clustergap.render.choices import MatrixFormat


def matrix(
    *,
    names: Annotated[
        bool, typer.Option("--names", help="Name the instruments of each cell.")
    ] = False,
    selection: Selection,
    as_of: AsOf = None,
    question: Question,
    data: DataPath = None,
    format_: Annotated[
        MatrixFormat | None,
        typer.Option("--format", "-f", help="Default: table, or what the file's suffix means."),
    ] = None,
    size: Annotated[
        str | None,
        typer.Option(
            metavar="WIDTHxHEIGHT", help="Pixels of the picture (svg, png), such as 1920x1080."
        ),
    ] = None,
    out: Output,
) -> Exit:
    """Show how well each role is covered at each level.

    \b
    Examples:
      clustergap matrix
      clustergap matrix --names
      clustergap matrix --as-of 2021-01-01 --without interreg
      clustergap matrix --in RO11
      clustergap matrix --level region -o region.svg
      clustergap matrix --size 1920x1080 -o matrix.png
    """
    from clustergap.cli.ask import ask_matrix, select
    from clustergap.cli.data import find_data, read_data
    from clustergap.cli.output import choose_format, emit_document, emit_table
    from clustergap.cli.pictures import emit_picture, prepare
    from clustergap.document import Origin

    chosen = choose_format(format_, out.output, MatrixFormat.TABLE)
    pixels = prepare(chosen, size, out)
    found = find_data(data)
    loaded = read_data(found, out)
    shown = select(ask_matrix(loaded.dataset, question, as_of, quiet=out.quiet), selection)
    origin = Origin(found.path)
    if chosen is MatrixFormat.TABLE:
        from clustergap.render import matrix_table

        render = matrix_table.render_names if names else matrix_table.render
        more = (
            "Why: clustergap explain ROLE@LEVEL"
            if names
            else "With names: clustergap matrix --names"
        )
        emit_table(
            lambda shapes: render(shown, origin, shapes),
            out,
            more,
            "Gaps only: clustergap gaps",
            remark=origin.remark,
        )
        return Exit.OK
    from clustergap.render.formats.matrix import MATRIX, PICTURES

    if chosen in PICTURES:
        from clustergap.answers.phrases import describe

        emit_picture(lambda: PICTURES[chosen](shown, origin, pixels), describe(shown, origin), out)
    else:
        emit_document(MATRIX[chosen](shown, origin), out, bom=chosen is MatrixFormat.CSV)
    return Exit.OK
