"""Finds and reads the dataset of a command, and makes a query of its options."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from clustergap.api.locations import (
    DatasetLocation,
    locate_dataset,
    locate_deck,
    locate_nearest_dataset,
)
from clustergap.api.policy_data import PolicyData
from clustergap.cli.options import InstrumentFilters, Output, Selection
from clustergap.cli.streams import notice, show_progress
from clustergap.errors import ClusterGapError
from clustergap.loading.discovery import PassedOver, find_nearest, look_alikes
from clustergap.loading.files import FILE_LIMITS, HOME, MAIN, MIB, FileLimits
from clustergap.loading.yaml_dialect import HAS_LIBYAML
from clustergap.text import one_of, quote, visible


def find_data(path: Path | None) -> DatasetLocation:
    """Find the dataset: at the path, else where the environment says, else the nearest, else the packaged deck.

    Raises:
        ClusterGapError: There is no dataset at the path.
    """
    return _find_own(path) or locate_deck()


def find_own_data(path: Path | None) -> DatasetLocation:
    """Find the dataset as ``find_data`` does, but never the packaged deck: a gate must not pass without data.

    Raises:
        ClusterGapError: There is no dataset.
    """
    own = _find_own(path)
    if own is None:
        missing = f"no data: there is no {MAIN} and no {HOME}/{MAIN} here{_overlooked_in_words(look_alikes())}"
        raise ClusterGapError(f"{missing}. Name a dataset with --data PATH")
    return own


def read_data(path: Path | None, out: Output, fragment: Path | None = None) -> PolicyData:
    """Read the dataset that ``find_data`` finds, as ``read_location`` does."""
    return read_location(find_data(path), out, fragment)


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
    if location.path is None:
        _answer_with_deck(out, fragment)
    notice_before_reading(location, quiet=out.quiet)
    with show_progress("Reading") as progress:
        return PolicyData.read(location, file_limits(), progress)


def find_all(paths: Sequence[Path], default: Path | None) -> list[DatasetLocation]:
    """Find the datasets at *paths*, each once; without paths, the one that ``find_own_data`` finds."""
    if not paths:
        return [find_own_data(default)]
    locations = [locate_dataset(path) for path in paths]
    # For a loop of links realpath goes as far as it can; resolve() raises.
    by_file = {os.path.realpath(each.files.main): each for each in reversed(locations)}
    return list(by_file.values())[::-1]


def query_options(
    filters: InstrumentFilters, selection: Selection | None = None, as_of: str | None = None
) -> dict[str, Any]:
    """Return the options of a query, as they were typed, as keywords of the question."""
    typed = {"as_of": as_of, **vars(selection or Selection()), **vars(filters)}
    return {name: value for name, value in typed.items() if value is not None}


def file_limits() -> FileLimits:
    """Return the limits of files, with the size that the user has set.

    Raises:
        ClusterGapError: CLUSTERGAP_MAX_MIB is not a number.
    """
    text = os.environ.get("CLUSTERGAP_MAX_MIB", "")
    if not text:
        return FILE_LIMITS
    if not text.isascii() or not text.isdecimal() or int(text[:9]) == 0:
        raise ClusterGapError(f"CLUSTERGAP_MAX_MIB is {quote(text)}, not a number of MiB")
    return FILE_LIMITS._replace(size=int(text[:9]) * MIB)


def notice_before_reading(location: DatasetLocation, *, quiet: bool) -> None:
    """Write notices: where the data is if it was not named, what makes reading slow, which files look like data but are not read."""
    if location.is_above:
        notice(
            f"the data is {quote(location.path)}, the nearest above this folder; --data PATH names other data",
            quiet=quiet,
        )
    if not HAS_LIBYAML:
        notice(
            "PyYAML has no libyaml here: reading is the same, but ten times slower", quiet=quiet
        )
    files = location.files
    names_by_reason: dict[str, list[str]] = {}
    for passed_over in files.passed_over:
        name = f"'{visible(files.name_of(passed_over.path))}'"
        names_by_reason.setdefault(passed_over.why, []).append(name)
    for why, names in names_by_reason.items():
        verb = "is" if len(names) == 1 else "are"
        notice(f"{one_of(names)} {verb} not read: {why}", quiet=quiet)


def _answer_with_deck(out: Output, fragment: Path | None) -> None:
    # Answers from the packaged deck, unless it could be mistaken for the user's own data.
    overlooked = [file for file in look_alikes() if fragment is None or not file.is_file(fragment)]
    if overlooked and out.is_to_file:
        raise ClusterGapError(
            f"nothing was written: the packaged deck would answer{_overlooked_in_words(overlooked)}. Mend that, or name the data with --data PATH"
        )
    for file in overlooked:
        notice(f"{quote(file.path.as_posix())} is not read: {file.why}", quiet=out.quiet)
    notice(
        "no dataset is found, so this is the packaged deck; --data PATH names other data",
        quiet=out.quiet,
    )


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


def _find_own(path: Path | None) -> DatasetLocation | None:
    named = named_path(path)
    return locate_dataset(named) if named is not None else locate_nearest_dataset(home_folder())


def named_path(option: Path | None) -> Path | None:
    """Return the path that the user gives, by the option or in the environment."""
    named = os.environ.get("CLUSTERGAP_DATA")
    return Path(named) if option is None and named else option


def default_path(option: Path | None) -> Path:
    """Return the path to look at in a revision of git: as named, else that of the nearest dataset, else the usual one."""
    named = named_path(option)
    if named is not None:
        return named
    nearest = find_nearest(home_folder())
    return nearest.folder if nearest else Path(HOME)


def home_folder() -> Path | None:
    """Return the user's home folder, if the system knows one."""
    try:
        return Path.home()
    except RuntimeError:  # neither the environment nor the system knows the user
        return None
