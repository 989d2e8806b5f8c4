"""The steps of ``clustergap import``: reading the spreadsheet, options and dataset, marking problems, showing changes."""

import dataclasses
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer

from clustergap.analysis.diff import find_difference
from clustergap.analysis.matrix import build_matrix
from clustergap.answers.import_changes import Import, done, planned
from clustergap.api.locations import (
    DatasetLocation,
    file_limits,
    home_folder,
    locate_dataset,
    locate_nearest_dataset,
    named_path,
)
from clustergap.checks.files import TOO_LARGE
from clustergap.cli.data import (
    notice_before_reading,
    refuse_data_above,
    refuse_overlooked_data,
    refuse_stdin,
)
from clustergap.cli.options import Color, Output
from clustergap.cli.output import emit_document, emit_table
from clustergap.cli.streams import notice, show_progress, show_waiting
from clustergap.cli.table_options import TableOptions, read_pairs, read_rows
from clustergap.editing.destination import Destination, read_destination
from clustergap.errors import ClusterGapError
from clustergap.importing.days import FORMATS, read_format
from clustergap.importing.headers import LONGEST_HEADER
from clustergap.importing.import_context import ImportOptions, load_mapping
from clustergap.importing.import_plan import ImportPlan, propose_mapping
from clustergap.importing.problems import SheetError, naming
from clustergap.loading.discovery import DatasetFiles, all_beside, find_place, place_of_new
from clustergap.loading.files import HOME, MAIN, Refusal, read_anywhere
from clustergap.model.dataset import Dataset
from clustergap.model.mapping import KEYS
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.saving.atomic_write import write_file
from clustergap.spreadsheet.opening import open_sheets, suffix_of
from clustergap.spreadsheet.sheet import LIMITS, Sheet
from clustergap.text import as_typed, did_you_mean, meant_instead, quote, visible
from clustergap.writers.line_diff import FileChange, draw_changes
from clustergap.writers.marked_table import Mark, is_list_of_problems, write_marked

_MANY = 5
"""From so many problems on, a marked workbook is easier to work with than a list."""


def read_sheets(
    file: Path, encoding: str | None, delimiter: str | None
) -> tuple[list[Sheet], list[str]]:
    """Read the sheets of a spreadsheet, with remarks on what is read otherwise than people may expect.

    Args:
        file: The spreadsheet.
        encoding: The encoding of a text file; None: UTF-8, or as its byte-order mark says.
        delimiter: The delimiter of a text file; None: it is detected.

    Raises:
        ClusterGapError: It does not exist, is not a file, is too large, or is not a spreadsheet.
    """
    with naming(file.name):
        suffix_of(file.name)
        data = _read(file)
        with show_waiting("Opening"):
            limits = LIMITS._replace(unpacked=file_limits().size, text=file_limits().size)
            sheets, remarks = open_sheets(data, file.name, limits, encoding, delimiter)
    return [sheet for sheet in sheets if not is_list_of_problems(sheet)], remarks


def read_names(file: Path) -> list[str]:
    """Read names from a text file, one a line; blank lines are skipped.

    Raises:
        ClusterGapError: It does not exist, is too large, or is not UTF-8.
    """
    try:
        text = _read(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ClusterGapError(
            f"{quote(file)}: it is no text in UTF-8: save it as UTF-8"
        ) from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def check_marked(marked: Path, file: Path) -> None:
    """Refuse a file to which marked problems cannot be written.

    Raises:
        ClusterGapError: It has another suffix, or is the table itself.
    """
    if marked.suffix.casefold() != ".xlsx":
        raise ClusterGapError(
            f"--marked writes a workbook: name it {quote(marked.stem + '.xlsx')}"
        )
    if marked.resolve() == file.resolve():
        raise ClusterGapError(f"--marked would overwrite the table itself, {quote(file)}")


@contextmanager
def marking(
    marked: Path | None, file: Path, sheets: Sequence[Sheet], words: Sequence[str], *, quiet: bool
) -> Iterator[None]:
    """Write the problems that are raised into a workbook that marks their cells, before the error is shown.

    Remarks on the table come first, as they may explain the problems.

    Args:
        marked: The workbook; None: if there are many problems, a terminal shows the command that writes one.
        file: The table.
        sheets: All of its sheets.
        words: The command as it was typed.
        quiet: Whether notices are suppressed.
    """
    try:
        yield
    except SheetError as error:
        for remark in error.remarks:
            notice(remark, quiet=quiet)
        is_long = len(error.groups) >= _MANY and sys.stderr.isatty() and not quiet
        step = ""
        if marked is not None:
            step = _write_marked(marked, error, file, sheets)
        elif is_long:
            command = as_typed([*words, "--marked", "problems.xlsx"])
            step = f"To see each at its cell: {visible(command)}"
        steps = [*error.choices, *([step] if step else [])]
        raise SheetError(error.problems, file.name, steps) from error
    if marked is not None:
        notice(f"there is no problem, so {quote(marked)} is not written", quiet=quiet)


def _write_marked(marked: Path, error: SheetError, file: Path, sheets: Sequence[Sheet]) -> str:
    marks = [
        Mark(group.problem.at_cells(""), at.sheet, at.column, group.rows)
        if (at := group.problem.at)
        else Mark(str(group.problem))
        for group in error.groups
    ]
    try:
        write_file(marked, write_marked(sheets, marks, f"{file.name}: {error.counted}"))
    except ClusterGapError as failure:
        return str(failure)  # shown together with the problems of the table
    return f"Each is marked at its cells in {quote(marked)}"


def _read(file: Path) -> bytes:
    try:
        return read_anywhere(file, file_limits().size)
    except Refusal as refusal:
        # The hint of a refusal is about data files, so it does not fit a spreadsheet.
        hint = ": raise CLUSTERGAP_MAX_MIB" if refusal.rule is TOO_LARGE else ""
        if not os.path.lexists(file):
            hint = meant_instead(str(file), all_beside(str(file)))
        raise ClusterGapError(f"{quote(file)}: {refusal.message}{hint}") from refusal


def read_options(
    table: TableOptions, command: str, new_names: Sequence[str], *, all_new: bool, prune: bool
) -> ImportOptions:
    """Read the options that say how a table is read, and its mapping file.

    Args:
        table: The options.
        command: The whole command as it was typed.
        new_names: Names that are new.
        all_new: Whether all names that are near only to other names of the table are new.
        prune: Whether what the table lacks is removed.

    Raises:
        DataError: The mapping file is not valid.
        typer.BadParameter: An option has an invalid value.
    """
    columns = read_pairs("--column", table.column)
    for option, keys in (("--column", columns), ("--fill-down", table.fill_down or ())):
        for key in keys:
            if key not in KEYS:
                hint = did_you_mean(key, KEYS) or f"the keys are {', '.join(KEYS)}"
                raise typer.BadParameter(
                    f"{quote(key)} is nothing that a column may hold: {hint}",
                    param_hint=quote(option),
                )
    _check_lengths(columns)
    if table.date_format is not None and read_format(table.date_format) is None:
        examples = ", ".join(FORMATS)
        raise typer.BadParameter(
            f"{quote(table.date_format)} is no format: write one such as {examples}",
            param_hint="'--date-format'",
        )
    loaded = load_mapping(table.mapping, file_limits()) if table.mapping else None
    mapping = loaded.mapping if loaded else None
    return ImportOptions(
        sheet=table.sheet,
        layout=table.layout,
        header=read_rows(table.header),
        last=table.last,
        columns=columns,
        leave_out=table.leave_out or (),
        date_format=table.date_format,
        fill_down=table.fill_down or (),
        levels=read_pairs("--level", table.level),
        new_names=new_names,
        all_new=all_new,
        prune=prune,
        encoding=table.encoding or (mapping.encoding if mapping else None),
        delimiter=mapping.delimiter if mapping else None,
        mapping_file=loaded,
        cites=loaded is not None or table.save_mapping is not None,
        command=command,
    )


def _check_lengths(columns: Mapping[str, str]) -> None:
    for key, header in columns.items():
        if len(header) > LONGEST_HEADER:
            raise typer.BadParameter(
                f"the header of {quote(key)} has more than {LONGEST_HEADER:,} characters: name its column, as in {key}=column C",
                param_hint="'--column'",
            )


def save_mapping(path: Path, text: str) -> None:
    """Write the mapping by which a table was read.

    Raises:
        ClusterGapError: Another mapping is there, which somebody may have written by hand, or it cannot be written.
    """
    data = text.encode("utf-8")
    if os.path.lexists(path) and _read(path) != data:
        raise ClusterGapError(
            f"{quote(path)} is there already, and says something else: name another file"
        )
    write_file(path, data)


def find_folder(path: Path | None, words: Sequence[str]) -> Path:
    """Find the folder of the dataset to import into, or of a new one.

    Args:
        path: The path that the option gives.
        words: The command as it was typed: the error shows how to name the dataset in it.

    Raises:
        ClusterGapError: The dataset lies above the working folder, and was not named.
    """
    data = _find_dataset(path)
    if not isinstance(data, DatasetLocation):
        return data.main.parent
    make_new = f" (--data {place_of_new().as_posix()} makes a new dataset here)"
    refuse_data_above(data, words, make_new)
    return data.files.main.parent


def find_destination(path: Path | None, *, quiet: bool) -> tuple[Destination, str]:
    """Read the dataset to import into, and return it with its name for messages; a new one is empty.

    Args:
        path: The path that the option gives.
        quiet: Whether notices are suppressed.

    Raises:
        DataError: A file of it has an error.
    """
    data = _find_dataset(path)
    if not isinstance(data, DatasetLocation):
        return Destination(data, {}), data.main.parent.as_posix()
    notice_before_reading(data, quiet=quiet)
    with show_progress("Reading") as progress:
        return read_destination(data.files, file_limits(), progress), data.path or ""


def _find_dataset(path: Path | None) -> DatasetLocation | DatasetFiles:
    refuse_stdin(path)
    named = named_path(path)
    data = locate_nearest_dataset(home_folder()) if named is None else _find_named(named)
    if data is not None:
        return data
    if named is None:
        refuse_overlooked_data()
    return find_place(named or place_of_new())


def _find_named(path: Path) -> DatasetLocation | None:
    is_there = any(os.path.lexists(path / name) for name in (MAIN, f"{HOME}/{MAIN}"))
    return locate_dataset(path) if is_there or path.is_file() else None


def emit_proposal(
    sheets: Sequence[Sheet],
    file: Path,
    data: Path | None,
    options: ImportOptions,
    save_to: Path | None,
    *,
    quiet: bool,
) -> None:
    """Write a proposed mapping of the table, to a file or to standard output."""
    destination, _ = find_destination(data, quiet=quiet)
    with naming(file.name):
        mapping = propose_mapping(sheets, file.name, destination, options)
    if save_to is not None:
        save_mapping(save_to, mapping)
    else:
        emit_document(mapping, Output(quiet=quiet))


def emit_plan(
    plan: ImportPlan,
    destination: Destination,
    place: str,
    file: Path,
    *,
    is_dry: bool,
    is_pruned: bool,
    with_lines: bool,
    color: Color,
) -> None:
    """Print the changes: in words, then the cells and the records, then the lines of the files."""
    before = destination.loaded.dataset if destination.loaded else _without_statements(plan.after)
    origins = (
        Origin(place if destination.loaded else "a new dataset"),
        Origin(f"{place} with {file.name}"),
    )
    files = [
        FileChange(path.as_posix(), destination.data.get(path, b"").decode(), data.decode())
        for path, data in plan.written.items()
    ]
    import_ = Import(
        plan.contents,
        find_difference(build_matrix(before, Query()), build_matrix(plan.after, Query())),
        origins,
        tuple(file.name for file in files),
        is_new=destination.loaded is None,
        is_pruned=is_pruned,
    )
    document = planned(import_) if is_dry else done(import_)
    lines = files if with_lines else []
    emit_table(lambda shapes: draw_changes(document, lines, shapes), Output(color=color))


def _without_statements(dataset: Dataset) -> Dataset:
    return dataclasses.replace(
        dataset, instruments=(), observations={}, assessed={}, accepted_gaps={}
    )
