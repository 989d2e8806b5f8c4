"""Everything in one document, by its format."""

from pathlib import Path

from clustergap.analysis.matrix import Matrix
from clustergap.cli.data import file_limits
from clustergap.cli.progress import show_progress, show_waiting
from clustergap.document import Origin
from clustergap.errors import ClusterGapError
from clustergap.formats import Format, find_writer
from clustergap.text import sized, visible


def write_document(chosen: Format, shown: Matrix, origin: Origin) -> str | bytes:
    """Answer everything about the cells that a matrix shows: a page on every day, all else on the day asked for.

    Raises:
        MissingExtraError: What writes the format is not installed.
        ClusterGapError: It is a workbook that could not be imported again.
    """
    from clustergap.analysis.full_report import build_full_report, build_gap_map

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
    from clustergap.spreadsheet.package import largest_part

    if max(len(workbook), largest_part(workbook)) > most:
        raise ClusterGapError(
            f"a sheet of the workbook would hold more than {sized(most)}, which import would refuse to read: "
            "choose some roles or levels (--role, --level), write another format, or raise CLUSTERGAP_MAX_MIB"
        )


def next_steps(chosen: Format, file: Path | None) -> list[str]:
    """Say what to do with a document that has been written."""
    name = visible(file.name) if file else ""
    match chosen:
        case Format.HTML:
            return ["Open it in a browser.", f"A link to a cell: {name}#ROLE@LEVEL"]
        case Format.XLSX:
            return [f"Edit its sheet Instruments, then: clustergap import {name} --dry-run"]
        case _:
            return []
