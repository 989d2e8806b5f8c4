"""``clustergap report``: everything in one document."""

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Output, Question, Selection
from clustergap.formats import Format

NAMES = {Format.HTML: "gap-map", Format.PPTX: "slides", Format.DOCX: "note"}
"""What a file may be called, by its format."""


def report(
    *,
    selection: Selection,
    as_of: AsOf = None,
    question: Question,
    data: DataPath = None,
    format_: AsFormat = None,
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

    chosen = choose_format("report", format_, out.output)
    if chosen is not Format.MD:
        keep_off_terminal(out.output, f"{NAMES.get(chosen, 'report')}.{chosen.value}")
    found = find_data(data)
    dataset = read_data(found, out).dataset
    shown = select(ask_matrix(dataset, question, as_of, quiet=out.quiet), selection)
    emit_document(write_document(chosen, shown, Origin(found.path)), out)
    tell_next_step(out, *next_steps(chosen, out.output))
    return Exit.OK
