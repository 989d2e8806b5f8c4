"""What would be written, read as every data file is read; what is wrong with it is named by the cell that says so."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from clustergap.findings import DataPath, Severity, where
from clustergap.importing.places import Places
from clustergap.importing.problem import Problem, Problems
from clustergap.loading.folder import DatasetFiles
from clustergap.loading.limits import LIMITS
from clustergap.loading.reading import Reading
from clustergap.model.dataset import Dataset
from clustergap.yaml_edit.nodes import Tree


def check_result(
    files: DatasetFiles, written: Mapping[Path, bytes], places: Places, problems: Problems
) -> Dataset | None:
    """Read a dataset as it would be.

    Args:
        files: The dataset as it is.
        written: The files that would be written; those that are not are as they are.
        places: Which cells say what would be written.
        problems: What is wrong in the sheet already; takes what is wrong with the result.

    Returns:
        The dataset; None where something is wrong.
    """
    largest = max(map(len, written.values()))
    stored = files._replace(stored={**files.stored, **written})
    reading = Reading(
        stored, LIMITS._replace(size=max(largest, LIMITS.size)), lambda _done, _total: None
    )
    has_any = bool(problems)
    # Behind a doubt, what is wrong elsewhere may be no more than its shadow.
    wrong = [
        problem
        for problem in _wrong(reading, places)
        if not (problems.has_cell(problem.at) if problem.at else has_any)
    ]
    problems.extend(wrong)
    return reading.merged.dataset if reading.merged and not problems else None


def _wrong(reading: Reading, places: Places) -> Iterator[Problem]:
    for file in reading.files:
        for refusal in file.refusals:
            yield Problem(None, f"{file.source.path}: {refusal.message}", refusal.hint)
    ids = _Ids(reading)
    for number, rule, violation, first in reading.defects:
        if rule.severity is Severity.ERROR:
            at = places.find(ids.by_id(number, violation.path))
            other = places.find(ids.by_id(*first)) if first is not None else None
            path = reading.files[number].source.path
            place = "" if at else f"{path} ({where(violation.path)}): "
            there = f", first in {other}" if at and other and at != other else ""
            yield Problem(at, f"{place}{violation.message}{there}", violation.hint)


class _Ids:
    """Names records of lists by their ids; each file is looked at once."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._trees: dict[int, Tree] = {}

    def by_id(self, number: int, path: DataPath) -> DataPath:
        if len(path) < 2 or not isinstance(path[1], int):  # noqa: PLR2004 - section and record
            return path
        if number not in self._trees:
            self._trees[number] = Tree(self._reading.files[number].source.text)
        way = self._trees[number].find((*path[:2], "id"))
        if not way.rest:
            path = (path[0], way.last.value.value, *self._by_code(number, path)[2:])
        return path

    def _by_code(self, number: int, path: DataPath) -> DataPath:
        # Several rows may name the codes of one list.
        if path[-2:-1] != ("territories",):
            return path
        return *path[:-1], str(self._trees[number].find(path).last.value.value)
