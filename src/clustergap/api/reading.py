"""Reading a dataset in Python: from where a path says, from where the command line finds it, or the packaged deck."""

import warnings
from pathlib import Path

from clustergap.api.keywords import FilePath
from clustergap.api.locations import (
    default_path,
    file_limits,
    find_data,
    locate_deck,
    locate_in_revision,
    reading_notes,
)
from clustergap.api.policy_data import PolicyData
from clustergap.loading.discovery import look_alikes


def read(path: FilePath | None = None, *, revision: str | None = None) -> PolicyData:
    """Read a dataset, as ``--data`` does.

    Whatever the command line notes of where the data is, and which files beside it are not read, is a warning (``UserWarning``).

    Args:
        path: The dataset: its folder or its ``instruments.yaml``. Without it the dataset is where ``CLUSTERGAP_DATA`` says, else
            the nearest in or above the working folder, else the packaged deck.
        revision: The commit, branch or tag of git in which it is read.

    Raises:
        DataError: A file has an error; the message shows each with file and line.
        ClusterGapError: There is no dataset at the path, or no such revision.
    """
    named, limits = None if path is None else Path(path), file_limits()
    if revision is None:
        location = find_data(named)
    else:
        location = locate_in_revision(revision, None, default_path(named), limits.size)
    for note in reading_notes(location, look_alikes() if location.path is None else ()):
        warnings.warn(note, stacklevel=2)
    return PolicyData.load(location, limits)


def deck() -> PolicyData:
    """Read the packaged deck, the example that the command line answers from where there are no data."""
    return PolicyData.load(locate_deck(), file_limits())
