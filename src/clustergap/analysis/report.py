"""Everything about one question in one result, on the day asked for."""

from dataclasses import dataclass

from clustergap.analysis.gaps import Gaps, find_gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Needs, find_needs
from clustergap.analysis.risks import Risks, find_risks, horizon
from clustergap.analysis.swot import SwotView, build_swot, narrowed
from clustergap.analysis.timeline import Progress
from clustergap.model.query import CROWDED


@dataclass(frozen=True, slots=True)
class FullReport:
    """All answers about the cells that *matrix* shows, for a workbook, slides or a note.

    Attributes:
        matrix: The cells that are shown.
        gaps: Those that are not covered, or only partly.
        needs: The same as needs, with what speaks of them.
        risks: What is covered, but fragile.
        swot: The items that name the roles and levels that are shown.
    """

    matrix: Matrix
    gaps: Gaps
    needs: Needs
    risks: Risks
    swot: SwotView

    @property
    def is_narrowed(self) -> bool:
        """Whether not all roles and levels are shown."""
        return any(narrowed(self.matrix))


def build_full_report(matrix: Matrix, progress: Progress | None = None) -> FullReport:
    """Answer everything about the cells that a matrix shows, on its day.

    Args:
        matrix: The rated cells; those that are not shown still tell what is elsewhere.
        progress: Called with the days that were looked at.
    """
    return FullReport(
        matrix,
        find_gaps(matrix),
        find_needs(matrix),
        find_risks(matrix, horizon(matrix.query.as_of), CROWDED, progress),
        build_swot(matrix, *narrowed(matrix)),
    )
