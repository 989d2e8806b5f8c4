"""``clustergap report``: everything in one document."""

from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsOf, DataPath, Output, Question, Selection
from clustergap.render.choices import ReportFormat


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
    """Write the gap map: one page to open, print and mail.

    What is covered, what is missing and why, on the day asked for and on every other on which something changes. The
    page needs nothing but itself: no network, no other file. A cell's name behind # opens it: gap-map.html#ROLE@LEVEL.

    \b
    Examples:
      clustergap report -o gap-map.html
      clustergap report --level region -o region.html
      clustergap report --in RO --as-of today -o romania.html
    """
    from clustergap.analysis.report import build_report
    from clustergap.cli.ask import ask_matrix, select
    from clustergap.cli.data import find_data, read_data
    from clustergap.cli.output import (
        choose_format,
        emit_document,
        keep_off_terminal,
        tell_next_step,
    )
    from clustergap.cli.progress import show_progress, show_waiting
    from clustergap.render.formats.report import REPORT
    from clustergap.render.origin import Origin
    from clustergap.wording import visible

    chosen = choose_format(format_, out.output, ReportFormat.HTML)
    keep_off_terminal(out, f"gap-map.{chosen.value}")
    found = find_data(data)
    dataset = read_data(found, quiet=out.quiet).dataset
    shown = select(ask_matrix(dataset, question, as_of, quiet=out.quiet), selection)
    with show_progress("Rating every state") as progress:
        built = build_report(shown, progress)
    with show_waiting("Writing"):
        document = REPORT[chosen](built, Origin(found.path))
    emit_document(document, out)
    name = out.output.name if out.output else ""
    tell_next_step(out, "Open it in a browser.", f"A link to a cell: {visible(name)}#ROLE@LEVEL")
    return Exit.OK
