"""What would be written, read as every data file is read; what is wrong with it is named by the cell that says so."""

from collections.abc import Mapping
from pathlib import Path

from clustergap.findings import DataPath, Severity, where
from clustergap.importing.places import Places
from clustergap.importing.problem import Problem
from clustergap.importing.yaml_nodes import compose, find
from clustergap.loading.files import MIB
from clustergap.loading.folder import DatasetFiles
from clustergap.loading.reading import Reading
from clustergap.model.dataset import Dataset


def check_result(
    files: DatasetFiles, written: Mapping[Path, bytes], places: Places
) -> tuple[Dataset | None, list[Problem]]:
    """Read a dataset as it would be.

    Args:
        files: The dataset as it is.
        written: The files that would be written; those that are not are as they are.
        places: Which cells say what would be written.

    Returns:
        The dataset, None where it has errors; and the errors.
    """
    largest = max(len(data) for data in written.values()) // MIB + 1
    stored = files._replace(stored={**files.stored, **written})
    reading = Reading(stored, max(largest, 64), lambda _done, _total: None)
    problems = [
        Problem(None, f"{file.source.path}: {refusal.message}", refusal.hint)
        for file in reading.files
        for refusal in file.refusals
    ]
    for number, rule, violation in reading.defects:
        if rule.severity is Severity.ERROR:
            source = reading.files[number].source
            at = places.find(_by_id(source.text, violation.path))
            place = "" if at else f"{source.path} ({where(violation.path)}): "
            problems.append(Problem(at, f"{place}{violation.message}", violation.hint))
    merged = reading.merged
    return (merged.dataset if merged and not problems else None), problems


def _by_id(text: str, path: DataPath) -> DataPath:
    """Name a record of a list by its id."""
    if len(path) < 2 or not isinstance(path[1], int):  # noqa: PLR2004 - section and record
        return path
    way = find(compose(text), (*path[:2], "id"))
    return path if way.rest else (path[0], way.last.value.value, *path[2:])
