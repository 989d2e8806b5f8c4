"""Finds and reads the dataset of a command, and makes a query of its options."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from clustergap.api.locations import (
    DatasetLocation,
    file_limits,
    find_data,
    find_own_location,
    locate_dataset,
    named_path,
    reading_notes,
)
from clustergap.api.policy_data import PolicyData
from clustergap.cli.options import InstrumentFilters, Output, Selection
from clustergap.cli.streams import notice, read_stdin, show_progress
from clustergap.errors import ClusterGapError
from clustergap.loading.discovery import DatasetFiles, PassedOver, look_alikes
from clustergap.loading.files import HOME, MAIN, too_large
from clustergap.text import as_typed, quote

STDIN = Path("-")
"""The path that means standard input."""

_STDIN_NAME = "<stdin>"
"""What answers and findings call it."""


def is_stdin(option: Path | None) -> bool:
    """Tell whether the data is what comes on standard input, by the option or in the environment."""
    return named_path(option) == STDIN


def refuse_stdin(option: Path | None) -> None:
    """Refuse to change what comes on standard input.

    Raises:
        ClusterGapError: The path means it.
    """
    if is_stdin(option):
        raise ClusterGapError(
            "the data is changed where it lies, and standard input lies nowhere: name a folder with --data PATH"
        )


def _locate_stdin() -> DatasetLocation:
    # One file, a dataset by itself; a dataset that is too large is found so, as on disk.
    most = file_limits().size
    data = read_stdin("a dataset in YAML", most + 1)
    main = Path(_STDIN_NAME)
    files = DatasetFiles(main, stored={main: too_large(most) if len(data) > most else data})
    return DatasetLocation(files, _STDIN_NAME)


def find_own_data(path: Path | None) -> DatasetLocation:
    """Find the dataset as ``find_data`` does, but never the packaged deck: a gate must not pass without data.

    Raises:
        ClusterGapError: There is no dataset.
    """
    if is_stdin(path):
        return _locate_stdin()
    own = find_own_location(path)
    if own is None:
        missing = f"no data: there is no {MAIN} and no {HOME}/{MAIN} here{_overlooked_in_words(look_alikes())}"
        raise ClusterGapError(f"{missing}. Name a dataset with --data PATH")
    return own


def refuse_data_above(location: DatasetLocation, words: Sequence[str], instead: str = "") -> None:
    """Refuse to change a dataset above the working folder that was not named.

    Args:
        location: The dataset.
        words: The command as it was typed: the error shows how to name the dataset in it.
        instead: What else could be done.

    Raises:
        ClusterGapError: The dataset lies above the working folder, and was not named.
    """
    if location.is_above:
        command = as_typed([*words, "--data", location.path or ""])
        raise ClusterGapError(
            f"the nearest data, {quote(location.path)}, lies above this folder, and is changed only if it is named{instead}. To change it: {command}"
        )


def read_data(path: Path | None, out: Output, fragment: Path | None = None) -> PolicyData:
    """Read the dataset that ``find_data`` finds, or that on standard input, as ``read_location`` does."""
    location = _locate_stdin() if is_stdin(path) else find_data(path)
    return read_location(location, out, fragment)


def read_location(
    location: DatasetLocation, out: Output, fragment: Path | None = None
) -> PolicyData:
    """Read a dataset for a command that needs it without errors, with notices about where it is.

    Args:
        location: Where it is.
        out: Where the document goes.
        fragment: A further file that the user names; it does not count as overlooked.

    Raises:
        ClusterGapError: A file would be written from the packaged deck although the user's own data are here.
        DataError: A file has an error.
    """
    overlooked = _files_overlooked(out, fragment) if location.path is None else ()
    notice_before_reading(location, overlooked, quiet=out.quiet)
    with show_progress("Reading") as progress:
        return PolicyData.load(location, file_limits(), progress)


def find_all(paths: Sequence[Path], default: Path | None) -> list[DatasetLocation]:
    """Find the datasets at *paths*, each once; without paths, the one that ``find_own_data`` finds."""
    if not paths:
        return [find_own_data(default)]
    # Standard input can be read once.
    locations = [
        _locate_stdin() if path == STDIN else locate_dataset(path) for path in dict.fromkeys(paths)
    ]
    # For a loop of links realpath goes as far as it can; resolve() raises.
    by_file = {
        STDIN if each.files.stored else os.path.realpath(each.files.main): each
        for each in reversed(locations)
    }
    return list(by_file.values())[::-1]


def query_options(
    filters: InstrumentFilters, selection: Selection | None = None, as_of: str | None = None
) -> dict[str, Any]:
    """Return the options of a query, as they were typed, as keywords of the question."""
    typed = {"as_of": as_of, **vars(selection or Selection()), **vars(filters)}
    return {name: value for name, value in typed.items() if value is not None}


def notice_before_reading(
    location: DatasetLocation, overlooked: Iterable[PassedOver] = (), *, quiet: bool
) -> None:
    """Write the notices of ``reading_notes``."""
    for note in reading_notes(location, overlooked):
        notice(note, quiet=quiet)


def _files_overlooked(out: Output, fragment: Path | None) -> Sequence[PassedOver]:
    # The packaged deck answers, unless it could be mistaken for the user's own data.
    overlooked = [file for file in look_alikes() if fragment is None or not file.is_file(fragment)]
    if overlooked and out.is_to_file:
        raise ClusterGapError(
            f"nothing was written: the packaged deck would answer{_overlooked_in_words(overlooked)}. Mend that, or name the data with --data PATH"
        )
    return overlooked


def refuse_overlooked_data() -> None:
    """Refuse to make a dataset beside data in the working folder that cannot be used.

    Raises:
        ClusterGapError: There are such data.
    """
    overlooked = look_alikes()
    if overlooked:
        raise ClusterGapError(
            f"nothing was written: a new dataset would be made{_overlooked_in_words(overlooked)}. Mend that, or name the data with --data PATH"
        )


def _overlooked_in_words(overlooked: Sequence[PassedOver]) -> str:
    # Each has its own reason; the first one is explained.
    if not overlooked:
        return ""
    first, *others = overlooked
    more = f" ({len(others)} more)" if others else ""
    return f", but {quote(first.path.as_posix())} lies here and is not read: {first.why}{more}"
