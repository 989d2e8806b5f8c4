"""Writing what a new project begins with: its files, or a spreadsheet to fill in."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from clustergap.analysis.matrix import build_matrix
from clustergap.cli.atomic_write import read_files, write_file, write_files
from clustergap.cli.data import (
    data_at,
    file_limits,
    find_data,
    packaged_folder,
    read_data,
    refuse_the_overlooked,
)
from clustergap.cli.locking import lock_dataset
from clustergap.cli.options import Output
from clustergap.cli.streams import notice
from clustergap.document import Origin
from clustergap.errors import ClusterGapError
from clustergap.loading.dataset import load_dataset
from clustergap.loading.discovery import find_files
from clustergap.loading.files import HOME, MAIN, character_name, forbidden_in_value
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query
from clustergap.starter.choices import Beginning
from clustergap.starter.files import EXAMPLE, data_files, empty_data_files, helping_files
from clustergap.text import quote

_SUFFIX = ".xlsx"
_LONGEST_TITLE = 300
_FOLDERS = {Beginning.EXAMPLE: lambda: EXAMPLE, Beginning.DECK: packaged_folder}


class Empty(NamedTuple):
    """A dataset that says nothing yet, but perhaps what it is called."""

    title: str | None


def read_beginning(
    from_: Beginning | None, title: str | None, *, is_empty: bool
) -> Beginning | Empty | None:
    """Say what the options for a new dataset ask for; None if they ask for nothing.

    Raises:
        ClusterGapError: They contradict each other, or no dataset may have that title.
    """
    if not is_empty and title is None:
        return from_
    if from_ is not None:
        other = "--empty" if is_empty else "--title"
        raise ClusterGapError(f"--from and {other} contradict each other: leave one out")
    if title is not None:
        _refuse_odd(title)
    return Empty(title)


def _refuse_odd(title: str) -> None:
    if not title.strip() or len(title) > _LONGEST_TITLE or set(title) & {"\n", "\t"}:
        raise ClusterGapError(
            f"--title is a text on one line, of at most {_LONGEST_TITLE} characters"
        )
    match = next(forbidden_in_value(title), None)
    if match is not None:
        raise ClusterGapError(
            f"the character {character_name(match[0][0])} may not stand in a data file: leave it out of --title"
        )


def has_data(folder: Path) -> bool:
    """Tell whether a project has data files already."""
    return any(os.path.lexists(folder / name) for name in (MAIN, *data_files(EXAMPLE)))


def data_files_of(beginning: Beginning | Empty | None, *, is_imported: bool) -> Mapping[str, str]:
    """Return the data files of a new project by their names in it.

    Args:
        beginning: What to begin with.
        is_imported: Its data come from a spreadsheet: an empty one has no files before.
    """
    if isinstance(beginning, Empty):
        return {} if is_imported else empty_data_files(beginning.title)
    return data_files(_FOLDERS[beginning or Beginning.EXAMPLE]())


def write_project(
    folder: Path, data: Mapping[str, str], *, is_forced: bool, quiet: bool
) -> list[Path]:
    """Write a new project's files, and return which.

    Args:
        folder: The project's.
        data: Its data files by their names in it.
        is_forced: Data files that are there are overwritten.
        quiet: Nobody wants to hear notices.

    Raises:
        ClusterGapError: There is data already, and nobody forces its overwriting; nothing was written.
    """
    if os.path.lexists(folder / MAIN):
        # It goes before what would be written into data: nobody would read that.
        raise ClusterGapError(
            f"{quote((folder / MAIN).as_posix())} is there already, so this is a dataset; nothing was written"
            " (for another one name another folder: clustergap init DIR)"
        )
    there = [folder / name for name in data if os.path.lexists(folder / name)]
    if there and not is_forced:
        raise _is_there(there[0])
    files: dict[Path, bytes] = {}
    for name, text in {**data, **helping_files()}.items():
        path = folder / name
        if name not in data and os.path.lexists(path):
            notice(f"{quote(path.as_posix())} is there already, and kept", quiet=quiet)
        else:
            files[path] = text.encode()
    with lock_dataset(folder / HOME):
        write_files(files, read_files(there))
    return list(files)


def refuse_template(path: Path, *, is_forced: bool) -> None:
    """Refuse to write a template into what is there already, or is no workbook by its name.

    Raises:
        ClusterGapError: It is, and nobody forces its overwriting.
    """
    if path.suffix.lower() != _SUFFIX:
        raise ClusterGapError(f"a template is a workbook: {quote(path)} must end in {_SUFFIX}")
    if os.path.lexists(path) and not is_forced:
        raise _is_there(path)


def dataset_of(
    beginning: Beginning | Empty | None, folder: Path | None, out: Output
) -> tuple[Dataset, Origin]:
    """Return what a list to fill in begins with: what is asked for, else the dataset of a project or of here, else nothing.

    Raises:
        ClusterGapError: The user's own data lie here and cannot be read.
        DataError: A file has an error.
    """
    if isinstance(beginning, Empty):
        return _empty(beginning.title), Origin("")
    if folder is None and beginning is not None:
        files = find_files(_FOLDERS[beginning]())._replace(shown_as=HOME)
        return load_dataset(files, file_limits()).dataset, Origin()
    found = find_data(None) if folder is None else data_at(folder)
    if found.path is None:
        refuse_the_overlooked()
        return _empty(None), Origin("")
    return read_data(found, out).dataset, Origin(found.path)


def _empty(title: str | None) -> Dataset:
    return Dataset(title=title or "", levels=(), roles=())


def option_for(home: Path) -> str:
    """Return the option that names the dataset of a project, also one that is still to be made; none for that of here."""
    if home == Path():
        return ""
    return f" --data {(home if has_data(home) else home / HOME).as_posix()}"


def write_template(path: Path, dataset: Dataset, origin: Origin) -> None:
    """Write a list to fill in, with what a dataset knows.

    Raises:
        ClusterGapError: It cannot be written.
    """
    from clustergap.render.workbooks.template_workbook import template_workbook

    write_file(path, template_workbook(build_matrix(dataset, Query()), origin))


def _is_there(path: Path) -> ClusterGapError:
    return ClusterGapError(
        f"{quote(path.as_posix())} is there already; nothing was written (--force overwrites it)"
    )
