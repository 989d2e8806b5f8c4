"""What is wrong in data files."""

import dataclasses
import os
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from clustergap.api.answer import Answer
from clustergap.api.keywords import Day
from clustergap.api.locations import DatasetLocation
from clustergap.api.query_options import read_day
from clustergap.checks.run import EVERYTHING, RuleSelection
from clustergap.findings import Severity, join_results, skipped_in_words
from clustergap.loading.file_reader import Progress
from clustergap.loading.files import FILE_LIMITS, FileLimits
from clustergap.loading.loader import check_dataset


def check_datasets(
    locations: Sequence[DatasetLocation],
    selection: RuleSelection = EVERYTHING,
    today: Day = None,
    limits: FileLimits = FILE_LIMITS,
    progress: Progress | None = None,
) -> Answer:
    """Say what is wrong in datasets, one after the other.

    Args:
        locations: Where they are; at least one.
        selection: The rules to check.
        today: The day for rules of upkeep; None: rules that need it are skipped.
        limits: How much of each file is read.
        progress: Called with the characters read of each dataset.
    """
    day = read_day("--today", today)
    results = [
        check_dataset(location.files, limits, progress, day, selection) for location in locations
    ]
    skipped = chain.from_iterable(result.silently_skipped for result in results)
    return Answer("check", join_results(results), notes=tuple(skipped_in_words(skipped)))


def check_again(
    location: DatasetLocation,
    selection: RuleSelection,
    today: Day,
    limits: FileLimits,
    *,
    is_strict: bool,
) -> Answer:
    """Say what is wrong in one dataset, in paths from where the program runs; *is_strict*: warnings fail too."""
    answer = check_datasets([location], selection, today, limits)
    fails_from = Severity.WARNING if is_strict else Severity.ERROR
    result = answer.result._replace(fails_from=fails_from).renamed(path_from_here)
    return dataclasses.replace(answer, result=result)


def path_from_here(path: str) -> str:
    """Return a path in the working folder as it is named from there.

    Programs that read the findings know paths in the repository, not on this machine or through links.
    """
    absolute = Path(path)
    if not absolute.is_absolute():
        return path
    folder = Path.cwd()
    for known in (absolute, Path(os.path.realpath(absolute.parent), absolute.name)):
        if known.is_relative_to(folder):
            return known.relative_to(folder).as_posix()
    return path
