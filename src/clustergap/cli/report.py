"""``clustergap report``: everything in one document."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Filters, Output, OwnHead, Selection
from clustergap.formats import FORMATS, Format
from clustergap.text import count, either, visible


def report(
    *,
    brief: Annotated[
        bool, typer.Option("--brief", help="One slide or one page instead of everything.")
    ] = False,
    all_: Annotated[
        bool,
        typer.Option("--all", help="Every slide; without it 20 at most say the most important."),
    ] = False,
    selection: Selection,
    as_of: AsOf = None,
    filters: Filters,
    data: DataPath = None,
    format_: AsFormat = None,
    head: OwnHead,
    out: Output,
) -> Exit:
    """Write all answers as a page, a workbook, slides or a note.

    html is the gap map: one page to open, print and mail, for every day, that needs nothing but itself; a cell's name
    behind # opens it: gap-map.html#ROLE@LEVEL. xlsx is a workbook with every table, whose sheet Instruments can be
    edited and imported again. pptx is slides, docx, pdf and md a note that stands by itself.

    \b
    Examples:
      clustergap report -o gap-map.html
      clustergap report -o report.xlsx
      clustergap report --brief -o slide.pptx
      clustergap report --brief -o brief.pdf
      clustergap report --level region -o slides.pptx
      clustergap report --in RO --as-of today -o romania.docx
    """
    from clustergap.api.answer import answer_report, read_masthead, refuse_unreadable
    from clustergap.cli.data import query_options, read_data
    from clustergap.cli.output import (
        choose_format,
        emit_document,
        emit_notes,
        notice_next_step,
    )
    from clustergap.cli.streams import notice, show_progress, show_waiting
    from clustergap.errors import ClusterGapError

    if brief:
        _refuse_long(format_, out.output)
    chosen = choose_format("brief" if brief else "report", format_, out.output)
    has_many = chosen is Format.PPTX and not brief
    if all_ and not has_many:
        raise ClusterGapError(
            "--all is for the slides of a report, as all else is whole: leave it out, or say -o slides.pptx"
        )
    masthead = read_masthead(head.title, head.logo, chosen)
    policy = read_data(data, out)
    options = query_options(filters, selection, as_of)
    if brief:
        answer = policy.brief(**options)
    else:
        task = "Rating every state" if chosen is Format.HTML else "Following the dates"
        with show_progress(task) as progress:
            answer = answer_report(policy.matrix(**options), chosen, progress)
    emit_notes(answer, out)
    with show_waiting("Writing"):
        document = replace(answer, masthead=masthead).write(chosen, *([None] if all_ else []))
    if has_many:
        document, left_out = document
        if left_out:
            words = count(left_out, "slide is", "slides are")
            notice(f"{words} left out, as the last one says; --all writes all", quiet=out.quiet)
    if chosen is Format.XLSX:
        refuse_unreadable(document, policy.limits.size)
    emit_document(document, out)
    notice_next_step(out, *_next_steps(chosen, out.output))
    return Exit.OK


def _refuse_long(format_: Format | None, file: Path | None) -> None:
    """Refuse a format that has no brief.

    Raises:
        ClusterGapError: The format, or the suffix of the file, is one of the whole report alone.
    """
    from clustergap.errors import ClusterGapError

    name = file.name.lower() if file else ""
    suffixes = (each for each in FORMATS["report"] if name.endswith(f".{each.value}"))
    asked = format_ or next(suffixes, None)
    if asked is not None and asked not in FORMATS["brief"]:
        raise ClusterGapError(
            f"--brief writes {either(FORMATS['brief'])}, not {asked.value}: leave it out, or choose one of these"
        )


def _next_steps(chosen: Format, file: Path | None) -> list[str]:
    """Say what to do with a document that has been written."""
    name = visible(file.name) if file else ""
    match chosen:
        case Format.HTML:
            return ["Open it in a browser.", f"A link to a cell: {name}#ROLE@LEVEL"]
        case Format.XLSX:
            return [f"Edit its sheet Instruments, then: clustergap import {name} --dry-run"]
        case _:
            return []
