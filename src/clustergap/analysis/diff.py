"""What changed between two datasets: in coverage, and in what their files say."""

from dataclasses import dataclass

from clustergap.analysis.compare import Comparison, compare
from clustergap.analysis.edits import Edit, find_edits
from clustergap.analysis.matrix import Matrix


@dataclass(frozen=True, slots=True)
class Difference:
    """Two datasets under one question: the cells and the records that are not the same."""

    comparison: Comparison
    edits: tuple[Edit, ...]

    @property
    def has_changed(self) -> bool:
        """Whether anything is not the same."""
        return bool(self.comparison.changes or self.edits)


def find_difference(before: Matrix, after: Matrix) -> Difference:
    """Compare the cells that two matrices show, and all records of their datasets."""
    return Difference(compare(before, after), find_edits(before.dataset, after.dataset))
