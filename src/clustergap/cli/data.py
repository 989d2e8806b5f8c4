"""Which dataset a command speaks of, and reading it."""

import os
from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from clustergap.checks.run import RuleSelection
from clustergap.cli.options import Output
from clustergap.cli.streams import notice, show_progress
from clustergap.errors import ClusterGapError
from clustergap.findings import CheckResult, join_results, skipped_in_words
from clustergap.loading.dataset import Loaded, check_dataset, load_dataset
from clustergap.loading.discovery import (
    DatasetFiles,
    PassedOver,
    find_files,
    find_nearest,
    look_alikes,
)
from clustergap.loading.files import FILE_LIMITS, HOME, MAIN, MIB, FileLimits
from clustergap.loading.yaml_dialect import HAS_LIBYAML
from clustergap.text import one_of, quote, visible


class Data(NamedTuple):
    """A dataset that was found; ``path`` is as the user named it, None for the packaged deck.

    ``is_above``: nobody named it, and it lies in a folder above the working folder. ``named`` are files that the user
    names beside it.
    """

    files: DatasetFiles
    path: str | None
    is_above: bool = False
    named: tuple[Path, ...] = ()

    def with_added(self, fragment: Path) -> "Data":
        """Name a fragment that is to be read as well."""
        return self._replace(files=self.files._replace(added=(fragment,)))


def find_data(asked: Path | None) -> Data:
    """Find the dataset: as asked, else in the environment, else the nearest, else the packaged deck.

    Raises:
        ClusterGapError: There is no dataset where one was asked for.
    """
    own = _find_own(asked)
    if own is not None:
        return own
    return Data(find_files(packaged_folder())._replace(shown_as=HOME), None)


def find_own_data(asked: Path | None) -> Data:
    """Find the dataset as ``find_data`` does, but never the packaged deck: no gate is green on nothing.

    Raises:
        ClusterGapError: There is no dataset.
    """
    own = _find_own(asked)
    if own is None:
        missing = f"no data: there is no {MAIN} and no {HOME}/{MAIN} here{_but(look_alikes())}"
        raise ClusterGapError(f"{missing}. Name a dataset with --data PATH")
    return own


def read_data(data: Data, out: Output) -> Loaded:
    """Read the dataset for a command that needs it without errors.

    Raises:
        ClusterGapError: A file is to be written of the packaged deck, and the user's own data lie here.
        DataError: A file has an error.
    """
    if data.path is None:
        _stand_in(data, out)
    tell_before_reading(data, quiet=out.quiet)
    with show_progress("Reading") as progress:
        return load_dataset(data.files, file_limits(), progress)


def find_all(paths: Sequence[Path], asked: Path | None) -> list[Data]:
    """Find the datasets that *paths* mean, each once; without any, the one that ``find_own_data`` finds."""
    if not paths:
        return [find_own_data(asked)]
    found = [data_at(path) for path in paths]
    # realpath follows a loop of links as far as it goes; resolve() raises.
    by_file = {os.path.realpath(data.files.main): data for data in reversed(found)}
    return list(by_file.values())[::-1]


def check_data(
    datasets: Sequence[Data], today: date | None, selection: RuleSelection, *, quiet: bool
) -> CheckResult:
    """Read datasets and say what is wrong with them, one after the other."""
    reports = []
    for data in datasets:
        tell_before_reading(data, quiet=quiet)
        with show_progress("Reading") as progress:
            reports.append(check_dataset(data.files, file_limits(), progress, today, selection))
    silent = chain.from_iterable(report.silently_skipped for report in reports)
    for words in skipped_in_words(silent):
        notice(words, quiet=quiet)
    return join_results(reports)


def file_limits() -> FileLimits:
    """Return how much of a file is read, of its size as much as the user has set.

    Raises:
        ClusterGapError: CLUSTERGAP_MAX_MIB is no number.
    """
    text = os.environ.get("CLUSTERGAP_MAX_MIB", "")
    if not text:
        return FILE_LIMITS
    if not text.isascii() or not text.isdecimal() or int(text[:9]) == 0:
        raise ClusterGapError(f"CLUSTERGAP_MAX_MIB is {quote(text)}, not a number of MiB")
    return FILE_LIMITS._replace(size=int(text[:9]) * MIB)


def tell_before_reading(data: Data, *, quiet: bool) -> None:
    """Tell where the data is if nobody named it, what makes reading slow, and which files look like data but are not read."""
    if data.is_above:
        notice(
            f"the data is {quote(data.path)}, the nearest above this folder; --data PATH names other data",
            quiet=quiet,
        )
    if not HAS_LIBYAML:
        notice(
            "PyYAML has no libyaml here: reading is the same, but ten times slower", quiet=quiet
        )
    whys: dict[str, list[str]] = {}
    for one in data.files.passed_over:
        whys.setdefault(one.why, []).append(f"'{visible(data.files.name_of(one.path))}'")
    for why, names in whys.items():
        verb = "is" if len(names) == 1 else "are"
        notice(f"{one_of(names)} {verb} not read: {why}", quiet=quiet)


def _stand_in(data: Data, out: Output) -> None:
    # The packaged deck answers, unless it would pass for the user's own data.
    overlooked = [one for one in look_alikes() if not any(map(one.is_file, data.named))]
    if overlooked and out.is_to_file:
        raise ClusterGapError(
            f"nothing was written: the packaged deck would answer{_but(overlooked)}. Mend that, or name the data with --data PATH"
        )
    for one in overlooked:
        notice(f"{quote(one.path.as_posix())} is not read: {one.why}", quiet=out.quiet)
    notice(
        "no dataset is found, so this is the packaged deck; --data PATH names other data",
        quiet=out.quiet,
    )


def refuse_the_overlooked() -> None:
    """Refuse to make a dataset beside data that lie here and cannot be taken.

    Raises:
        ClusterGapError: There are some.
    """
    overlooked = look_alikes()
    if overlooked:
        raise ClusterGapError(
            f"nothing was written: a new dataset would be made{_but(overlooked)}. Mend that, or name the data with --data PATH"
        )


def _but(overlooked: Sequence[PassedOver]) -> str:
    # Each has its own reason; the first is mended first.
    if not overlooked:
        return ""
    first, *others = overlooked
    more = f" ({len(others)} more)" if others else ""
    return f", but {quote(first.path.as_posix())} lies here and is not read: {first.why}{more}"


def _find_own(asked: Path | None) -> Data | None:
    named = named_path(asked)
    return data_at(named) if named is not None else find_nearest_data()


def named_path(asked: Path | None) -> Path | None:
    """Return the path of a dataset that the user names, by the option or in the environment."""
    named = os.environ.get("CLUSTERGAP_DATA")
    return Path(named) if asked is None and named else asked


def find_nearest_data() -> Data | None:
    """Find the dataset beside the user: in the working folder or above it.

    Raises:
        ClusterGapError: It cannot be read.
    """
    nearest = find_nearest(home_folder())
    return data_at(nearest.folder)._replace(is_above=nearest.is_above) if nearest else None


def home_folder() -> Path | None:
    """Return the user's home folder, if the system knows one."""
    try:
        return Path.home()
    except RuntimeError:  # neither the environment nor the system knows the user
        return None


def data_at(path: Path) -> Data:
    """Find the dataset that a path means.

    Raises:
        ClusterGapError: There is none.
    """
    # A project's folder is named by the dataset's folder in it, so that what is said of its files is right.
    files = find_files(path)
    named = files.main.parent if path.is_dir() else path
    return Data(files, named.as_posix())


def packaged_folder() -> Path:
    """Return the folder of the packaged deck."""
    # In a wheel the deck stands beside the package's modules; in a checkout it is the repository's data.
    package = Path(__file__).parent.parent
    return package / "data" if (package / "data").is_dir() else package.parent.parent / "data"
