"""``clustergap matrix``: the whole picture."""

from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Output, Question, Selection


def matrix(
    *,
    names: Annotated[
        bool, typer.Option("--names", help="Name the instruments of each cell.")
    ] = False,
    selection: Selection,
    as_of: AsOf = None,
    question: Question,
    data: DataPath = None,
    format_: AsFormat = None,
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
    from clustergap.cli.output import choose_format, emit, emit_table
    from clustergap.cli.pictures import emit_picture, read_size
    from clustergap.document import Origin
    from clustergap.formats import PICTURES, Format, find_writer

    chosen = choose_format("matrix", format_, out.output)
    pixels = read_size(chosen, size)
    found = find_data(data)
    loaded = read_data(found, out)
    shown = select(ask_matrix(loaded.dataset, question, as_of, quiet=out.quiet), selection)
    origin = Origin(found.path)
    if chosen in PICTURES:
        draw = find_writer("matrix", chosen, origin, pixels)
        emit_picture(lambda: draw(shown), out)
        return Exit.OK
    if names and chosen is Format.TABLE:
        from clustergap.answers.matrix import document_with_names
        from clustergap.writers import terminal

        document = document_with_names(shown, origin)
        hints = ("Why: clustergap explain ROLE@LEVEL", "Gaps only: clustergap gaps")
        emit_table(lambda shapes: terminal.draw(document, shapes), out, *hints)
        return Exit.OK
    more = (
        "Why: clustergap explain ROLE@LEVEL" if names else "With names: clustergap matrix --names"
    )
    emit("matrix", shown, origin, chosen, out, more, "Gaps only: clustergap gaps")
    return Exit.OK
