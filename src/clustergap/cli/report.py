"""``clustergap report``: everything in one document."""

from pathlib import Path
from typing import Any

from clustergap.cli.exit import Exit
from clustergap.cli.options import AsFormat, AsOf, DataPath, Output, Question, Selection
from clustergap.formats import Format, find_writer
from clustergap.text import sized, visible


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
    from clustergap.cli.output import (
        choose_format,
        emit_document,
        tell_next_step,
    )
    from clustergap.document import Origin

    chosen = choose_format("report", format_, out.output)
    found = find_data(data)
    dataset = read_data(found, out).dataset
    shown = select(ask_matrix(dataset, question, as_of, quiet=out.quiet), selection)
    emit_document(_write(chosen, shown, Origin(found.path)), out)
    tell_next_step(out, *_next_steps(chosen, out.output))
    return Exit.OK


def _write(chosen: Format, shown: Any, origin: Any) -> str | bytes:  # noqa: ANN401 - heavy types
    """Answer everything about the cells that a matrix shows: a page on every day, all else on the day asked for.

    Raises:
        MissingExtraError: What writes the format is not installed.
        ClusterGapError: It is a workbook that could not be imported again.
    """
    from clustergap.analysis.gap_map import build_gap_map
    from clustergap.analysis.report import build_full_report
    from clustergap.cli.data import file_limits
    from clustergap.cli.streams import show_progress, show_waiting

    if chosen is Format.HTML:
        with show_progress("Rating every state") as progress:
            gap_map = build_gap_map(shown, progress)
        with show_waiting("Writing"):
            page: str = find_writer("report", chosen, origin)(gap_map)
            return page

    with show_progress("Following the dates") as progress:
        report = build_full_report(shown, progress)
    with show_waiting("Writing"):
        document: str | bytes = find_writer("report", chosen, origin)(report)
    if chosen is Format.XLSX and isinstance(document, bytes):
        _refuse_unreadable(document, file_limits().size)
    return document


def _refuse_unreadable(workbook: bytes, most: int) -> None:
    from clustergap.errors import ClusterGapError
    from clustergap.spreadsheet.package import largest_part

    if max(len(workbook), largest_part(workbook)) > most:
        raise ClusterGapError(
            f"a sheet of the workbook would hold more than {sized(most)}, which import would refuse to read: "
            "choose some roles or levels (--role, --level), write another format, or raise CLUSTERGAP_MAX_MIB"
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
