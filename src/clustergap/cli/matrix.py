"""``clustergap matrix``: the whole picture."""

from dataclasses import replace
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Filters, Output, OwnHead, Selection


def matrix(
    *,
    names: Annotated[
        bool | None,
        typer.Option(
            "--names/--counts",
            help="Name the instruments of each cell, or count them. Default: a table counts, a picture names if it has room.",
        ),
    ] = None,
    selection: Selection,
    as_of: AsOf = None,
    filters: Filters,
    data: DataPath = None,
    format_: AsFormat = None,
    head: OwnHead,
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
      clustergap matrix --counts -o matrix.svg
      clustergap matrix --size 1920x1080 -o matrix.png
    """
    from clustergap.api.answer import read_masthead
    from clustergap.api.query_options import read_size
    from clustergap.cli.data import query_options, read_data
    from clustergap.cli.output import choose_format, emit, emit_notes, emit_table
    from clustergap.errors import ClusterGapError
    from clustergap.formats import PICTURES, Format
    from clustergap.picture import Naming

    chosen = choose_format("matrix", format_, out.output)
    if size is not None and chosen not in PICTURES:
        raise ClusterGapError("--size is for pictures: say -o matrix.svg or -o matrix.png with it")
    if names is False and chosen not in (*PICTURES, Format.TABLE):
        raise ClusterGapError("--counts is for the table and for pictures (svg, png)")
    masthead = read_masthead(head.title, head.logo, chosen)
    pixels = read_size(size) if size is not None else None
    policy = read_data(data, out)
    answer = replace(policy.matrix(**query_options(filters, selection, as_of)), masthead=masthead)
    hints = ("Why: clustergap explain ROLE@LEVEL", "Gaps only: clustergap gaps")
    if chosen is Format.TABLE and names:
        from clustergap.answers.matrix import document_with_names
        from clustergap.writers import terminal

        emit_notes(answer, out)
        document = document_with_names(answer.result, policy.origin)
        emit_table(lambda shapes: terminal.draw(document, shapes), out, *hints)
        return Exit.OK
    hints = ("With names: clustergap matrix --names", hints[1])
    naming = {None: Naming.AS_FITS, True: Naming.NAMES, False: Naming.COUNTS}[names]
    drawn_as = (pixels, naming) if chosen in PICTURES else ()
    emit(answer, chosen, out, *hints, drawn_as=drawn_as)
    return Exit.OK
