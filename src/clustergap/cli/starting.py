"""Writing what a new project begins with: its files, or a spreadsheet to fill in."""

import os
from pathlib import Path

from clustergap.analysis.matrix import build_matrix
from clustergap.cli.data import data_at, find_data, packaged_folder, read_data
from clustergap.cli.locking import held
from clustergap.cli.notices import notice
from clustergap.cli.options import Output
from clustergap.cli.writing import read_all, write_file, write_files
from clustergap.errors import ClusterGapError
from clustergap.loading.names import HOME, MAIN
from clustergap.model.query import Query
from clustergap.starter.choices import Beginning
from clustergap.starter.files import EXAMPLE, data_files, helping_files
from clustergap.wording import quote

_SUFFIX = ".xlsx"


def has_data(folder: Path) -> bool:
    """Tell whether a project has data files already."""
    return any(os.path.lexists(folder / name) for name in (MAIN, *data_files(EXAMPLE)))


def write_project(
    folder: Path, beginning: Beginning, *, is_forced: bool, quiet: bool
) -> list[Path]:
    """Write a new project's files, and return which.

    Raises:
        ClusterGapError: There is data already, and nobody forces its overwriting; nothing was written.
    """
    if os.path.lexists(folder / MAIN):
        # It goes before what would be written into data: nobody would read that.
        raise ClusterGapError(
            f"{quote((folder / MAIN).as_posix())} is there already, so this is a dataset; nothing was written"
            " (for another one name another folder: clustergap init DIR)"
        )
    data = data_files(packaged_folder() if beginning is Beginning.DECK else EXAMPLE)
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
    with held(folder / HOME):
        write_files(files, read_all(there))
    return list(files)


def write_template(path: Path, folder: Path | None, *, is_forced: bool, quiet: bool) -> Path:
    """Write a list to fill in, with what the dataset of a project knows; without one, that of here.

    Raises:
        ClusterGapError: The file is there already, and nobody forces its overwriting, or it is no workbook by its name.
    """
    from clustergap.render import template_xlsx
    from clustergap.render.origin import Origin

    if path.suffix.lower() != _SUFFIX:
        raise ClusterGapError(f"a template is a workbook: {quote(path)} must end in {_SUFFIX}")
    if os.path.lexists(path) and not is_forced:
        raise _is_there(path)
    found = find_data(None) if folder is None else data_at(folder)
    dataset = read_data(found, Output(output=path, quiet=quiet)).dataset
    document = template_xlsx.render(build_matrix(dataset, Query()), Origin(found.path))
    write_file(path, document)
    return path


def _is_there(path: Path) -> ClusterGapError:
    return ClusterGapError(
        f"{quote(path.as_posix())} is there already; nothing was written (--force overwrites it)"
    )
