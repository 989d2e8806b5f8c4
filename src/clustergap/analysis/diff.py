"""What changed between two datasets: in coverage, and in what their files say."""

from dataclasses import dataclass

from clustergap.analysis.compare import Change, Comparison, compare
from clustergap.analysis.edits import Edit, find_edits
from clustergap.analysis.matrix import Matrix


@dataclass(frozen=True, slots=True)
class Difference:
    """Two datasets under one question: the cells and the records that are not the same.

    ``may_widen``: it is meant that statements name no territories any more.
    """

    comparison: Comparison
    edits: tuple[Edit, ...]
    may_widen: bool = False

    @property
    def regressions(self) -> tuple[Change, ...]:
        """The cells of which something was lost, or that are better by a statement that lost its territories."""
        return tuple(
            change
            for change in self.comparison.changes
            if change.is_loss or (change.widened and not self.may_widen)
        )

    @property
    def has_changed(self) -> bool:
        """Whether anything is not the same."""
        return bool(self.comparison.changes or self.edits)


def find_difference(before: Matrix, after: Matrix) -> Difference:
    """Compare the cells that two matrices show, and all records of their datasets."""
    return Difference(compare(before, after), find_edits(before.dataset, after.dataset))
