"""``clustergap matrix``: the whole picture."""

from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Filters, Output, Selection


def matrix(
    *,
    names: Annotated[
        bool, typer.Option("--names", help="Name the instruments of each cell.")
    ] = False,
    selection: Selection,
    as_of: AsOf = None,
    filters: Filters,
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
    from clustergap.api.names import read_size
    from clustergap.cli.data import query_options, read_data
    from clustergap.cli.output import choose_format, emit, emit_notes, emit_table
    from clustergap.errors import ClusterGapError
    from clustergap.formats import PICTURES, Format

    chosen = choose_format("matrix", format_, out.output)
    if size is not None and chosen not in PICTURES:
        raise ClusterGapError("--size is for pictures: say -o matrix.svg or -o matrix.png with it")
    pixels = read_size(size) if size is not None else None
    policy = read_data(data, out)
    answer = policy.matrix(query_options(filters, selection, as_of))
    hints = ("Why: clustergap explain ROLE@LEVEL", "Gaps only: clustergap gaps")
    if not names:
        hints = ("With names: clustergap matrix --names", hints[1])
    elif chosen is Format.TABLE:
        from clustergap.answers.matrix import document_with_names
        from clustergap.writers import terminal

        emit_notes(answer, out)
        document = document_with_names(answer.result, policy.origin)
        emit_table(lambda shapes: terminal.draw(document, shapes), out, *hints)
        return Exit.OK
    emit(answer, chosen, out, *hints, size=pixels)
    return Exit.OK
