"""A spreadsheet to import: reading it, the dataset that it goes into, and telling what changes."""

import dataclasses
import os
from pathlib import Path

from clustergap.analysis.diff import find_difference
from clustergap.analysis.matrix import build_matrix
from clustergap.checks.rules.files import TOO_LARGE
from clustergap.cli.data import data_at, most_mib, named_path, tell_before_reading
from clustergap.cli.options import Color, Output
from clustergap.cli.output import emit_table
from clustergap.cli.progress import show_progress, show_waiting
from clustergap.errors import ClusterGapError
from clustergap.importing.opening import open_sheets, suffix_of
from clustergap.importing.plan import Plan, Target
from clustergap.importing.sheet import Sheet
from clustergap.importing.target import read_target
from clustergap.loading.files import MIB, Refusal, read_anywhere
from clustergap.loading.folder import HOME, MAIN, find_place
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.render import import_table
from clustergap.render.origin import Origin
from clustergap.wording import quote


def read_sheets(file: Path) -> tuple[list[Sheet], list[str]]:
    """Read a spreadsheet's sheets, and say what had to be guessed.

    Raises:
        ClusterGapError: It is not there, is no file, is too large, or is no spreadsheet.
    """
    suffix_of(file.name)
    most = most_mib() * MIB
    try:
        data = read_anywhere(file, most)
    except Refusal as refusal:
        # What to do about a data file is no advice for a spreadsheet.
        hint = ": raise CLUSTERGAP_MAX_MIB" if refusal.rule is TOO_LARGE else ""
        raise ClusterGapError(f"{quote(file)}: {refusal.message}{hint}") from refusal
    with show_waiting("Opening"):
        return open_sheets(data, file.name, most)


def find_target(asked: Path | None, *, quiet: bool) -> tuple[Target, str]:
    """Find and read the dataset to import into, and how the user names it; where there is none, say where it is made.

    Raises:
        DataError: A file of it has an error.
    """
    path = named_path(asked, os.environ) or Path(HOME)
    is_there = any(os.path.lexists(path / name) for name in (MAIN, f"{HOME}/{MAIN}"))
    if not is_there and not path.is_file():
        files = find_place(path)
        return Target(files, {}), files.main.parent.as_posix()
    found = data_at(path)
    tell_before_reading(found, quiet=quiet)
    with show_progress("Reading") as progress:
        return read_target(found.files, most_mib(), progress), found.path or path.as_posix()


def emit_plan(
    plan: Plan, target: Target, place: str, file: Path, *, is_dry: bool, color: Color
) -> None:
    """Tell what changes: the cells and the records as ``diff`` does, then the files, line by line if nothing was written."""
    before = target.loaded.dataset if target.loaded else _nothing(plan.after)
    found = find_difference(build_matrix(before, Query()), build_matrix(plan.after, Query()))
    origins = (
        Origin(place if target.loaded else "a new dataset"),
        Origin(f"{place} with {file.name}"),
    )
    files = [
        import_table.File(path.as_posix(), target.data.get(path, b"").decode(), data.decode())
        for path, data in plan.written.items()
    ]
    render = import_table.render_lines if is_dry else import_table.render
    emit_table(lambda shapes: render(found, origins, files, shapes), Output(color=color))


def _nothing(after: Dataset) -> Dataset:
    return dataclasses.replace(
        after, instruments=(), observations={}, assessed={}, accepted_gaps={}
    )
