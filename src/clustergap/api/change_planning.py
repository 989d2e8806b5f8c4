"""What a change of the data files needs before it is planned: the files as they are, what is accepted, who has decided."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clustergap.analysis.gaps import Gaps, find_gaps
from clustergap.analysis.matrix import build_matrix
from clustergap.api.keywords import Day
from clustergap.api.locations import DatasetLocation
from clustergap.api.query_options import read_day, read_question
from clustergap.editing.accepted_gaps import Decision
from clustergap.editing.destination import Destination, paths_of, read_destination
from clustergap.errors import ClusterGapError
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.files import FileLimits
from clustergap.model.dataset import Dataset
from clustergap.saving.atomic_write import read_files, write_files
from clustergap.saving.locking import lock_dataset
from clustergap.text import quote


def open_destination(
    dataset: Dataset, location: DatasetLocation, limits: FileLimits
) -> Destination:
    """Read the files of a *dataset* anew, to plan a change of them.

    Raises:
        ClusterGapError: They are nobody's to change, or are no longer as they were when the dataset was read.
        DataError: One of them has an error.
    """
    files = location.files
    if location.path is None:
        raise ClusterGapError(
            "the packaged deck is nobody's to change: make data of your own with clustergap init"
        )
    if files.commit is not None or files.stored:
        raise ClusterGapError(f"{quote(location.path)} is no folder whose files could be changed")
    if files.added:
        raise ClusterGapError("a dataset with a fragment from elsewhere is changed without it")
    if location.is_above:
        raise ClusterGapError(
            f"the nearest data, {quote(location.path)}, lies above this folder, and is changed only if it is named: read({quote(location.path)})"
        )
    destination = read_destination(files, limits, None)
    if destination.loaded is None or destination.loaded.dataset != dataset:
        raise _changed(files.main.parent)
    return destination


def save_unchanged(
    files: DatasetFiles, before: Mapping[Path, bytes], written: Mapping[Path, bytes]
) -> None:
    """Write files of a dataset, all or none, while nobody else changes it by clustergap.

    Raises:
        ClusterGapError: A file of the dataset is not as it was *before*, the dataset is locked, or a file cannot be written.
    """
    with lock_dataset(files.main.parent):
        if read_files(paths_of(files)) != before:
            raise _changed(files.main.parent)
        write_files(written, before)


def _changed(folder: Path) -> ClusterGapError:
    return ClusterGapError(
        f"the data in {quote(folder)} have changed since they were read: nothing was written; read them again"
    )


def gaps_to_accept(dataset: Dataset, today: Day, options: Mapping[str, Any]) -> Gaps:
    """Return the gaps of the whole dataset on its own day, at the roles and levels that the options show."""
    query, shown = read_question(dataset, options)
    return find_gaps(build_matrix(dataset, query).select(*shown), read_day("--today", today))


def read_decision(reason: str, by: str | None, until: Day) -> Decision:
    """Read a decision to live with gaps; its last day stays as exact as it is said.

    Raises:
        ClusterGapError: The day is none.
    """
    day = read_day("--until", until)
    if isinstance(until, str) and until != "today":
        return Decision(reason, by, until)
    return Decision(reason, by, day.isoformat() if day else None)
