"""``clustergap report``: everything in one document."""

from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsOf, DataPath, Output, Question, Selection
from clustergap.render.choices import ReportFormat

NAMES = {
    ReportFormat.HTML: "gap-map",
    ReportFormat.XLSX: "report",
    ReportFormat.PPTX: "slides",
    ReportFormat.DOCX: "note",
}
"""What a file may be called, by the format that no terminal can show."""


def report(
    *,
    selection: Selection,
    as_of: AsOf = None,
    question: Question,
    data: DataPath = None,
    format_: Annotated[
        ReportFormat | None,
        typer.Option("--format", "-f", help="Default: html, or what the file's suffix means."),
    ] = None,
    out: Output,
) -> Exit:
    """Write all answers as a page, a workbook, slides or a note.

    html is the gap map: one page to open, print and mail, for every day, that needs nothing but itself; a cell's name
    behind # opens it: gap-map.html#ROLE@LEVEL. xlsx is a workbook with every table, whose sheet Instruments can be
    edited and imported again. pptx is slides, docx and md a note that stands by itself.

    \b
    Examples:
      clustergap report -o gap-map.html
      clustergap report -o report.xlsx
      clustergap report --level region -o slide.pptx
      clustergap report --in RO --as-of today -o romania.docx
    """
    from clustergap.cli.ask import ask_matrix, select
    from clustergap.cli.data import find_data, read_data
    from clustergap.cli.document import next_steps, write_document
    from clustergap.cli.output import (
        choose_format,
        emit_document,
        keep_off_terminal,
        tell_next_step,
    )
    from clustergap.document import Origin

    chosen = choose_format(format_, out.output, ReportFormat.HTML)
    if chosen is not ReportFormat.MD:
        keep_off_terminal(out, f"{NAMES[chosen]}.{chosen.value}")
    found = find_data(data)
    dataset = read_data(found, out).dataset
    shown = select(ask_matrix(dataset, question, as_of, quiet=out.quiet), selection)
    emit_document(write_document(chosen, shown, Origin(found.path)), out)
    tell_next_step(out, *next_steps(chosen, out.output))
    return Exit.OK
