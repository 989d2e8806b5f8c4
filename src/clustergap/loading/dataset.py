"""A folder of data files to a dataset: each file is read once, and every finding of all of them is told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from clustergap.checks.selection import EVERYTHING, RuleSelection
from clustergap.findings import CheckResult, DataError, DataPath, Location
from clustergap.loading.datafile import Progress
from clustergap.loading.discovery import DatasetFiles
from clustergap.loading.files import LIMITS, Limits
from clustergap.loading.merge import Origins
from clustergap.loading.reading import Reading
from clustergap.loading.report import build_report
from clustergap.loading.source import Source
from clustergap.model.dataset import Dataset


class Sources(NamedTuple):
    """The files of a dataset, and where in them its entries stand."""

    files: tuple[Source, ...]
    origins: Origins

    def locate(self, paths: Iterable[DataPath]) -> Mapping[DataPath, Location]:
        """Say where the entries at the dataset's *paths* begin, reading each file at most once more."""
        by_file: dict[int, dict[DataPath, DataPath]] = defaultdict(dict)
        for path in paths:
            number, local = self.origins.resolve(path)
            by_file[number][path] = local
        locations: dict[DataPath, Location] = {}
        for number, local_paths in by_file.items():
            file = self.files[number]
            places = file.places(local_paths.values())
            for path, local in local_paths.items():
                locations[path] = file.location(places[local].key.start)
        return locations

    def files_of(self, paths: Iterable[DataPath]) -> tuple[str, ...]:
        """Name the files in which the entries at the dataset's *paths* stand, each once, in the order of reading."""
        numbers = {self.origins.resolve(path)[0] for path in paths}
        return tuple(self.files[number].path for number in sorted(numbers))


class Loaded(NamedTuple):
    """A dataset without errors, and where it came from."""

    dataset: Dataset
    sources: Sources


def load_dataset(
    files: DatasetFiles, limits: Limits = LIMITS, progress: Progress | None = None
) -> Loaded:
    """Read a dataset that every command can trust.

    Raises:
        DataError: A file has an error; the error holds all findings of all files, as ``check`` tells them.
    """
    reading = Reading(files, limits, progress or _unheard)
    if reading.merged is None or reading.has_errors:
        raise DataError(build_report(reading, None, EVERYTHING))
    sources = Sources(tuple(file.source for file in reading.files), reading.merged.origins)
    return Loaded(reading.merged.dataset, sources)


def check_dataset(
    files: DatasetFiles,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    today: date | None = None,
    selection: RuleSelection = EVERYTHING,
) -> CheckResult:
    """Read a dataset and say what is wrong with it.

    Args:
        files: Where it stands.
        limits: How much of each file is read.
        progress: Told of the characters read.
        today: The day of upkeep; None: nothing that depends on it is judged.
        selection: The rules asked for.
    """
    reading = Reading(files, limits, progress or _unheard)
    return build_report(reading, today, selection)


def _unheard(_done: int, _total: int) -> None:
    pass
