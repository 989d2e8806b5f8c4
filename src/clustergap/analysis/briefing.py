"""What a workbook, slides or a note tell of one question: all answers about the same cells, on the day asked for."""

from dataclasses import dataclass

from clustergap.analysis.gaps import Gaps, find_gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Needs, find_needs
from clustergap.analysis.risks import Risks, find_risks
from clustergap.analysis.swot import SwotView, build_swot, narrowed
from clustergap.analysis.thresholds import CROWDED, horizon
from clustergap.analysis.timeline import Progress


@dataclass(frozen=True, slots=True)
class Briefing:
    """All answers about the cells that *matrix* shows.

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


def build_briefing(shown: Matrix, progress: Progress | None = None) -> Briefing:
    """Answer everything about the cells that a matrix shows.

    Args:
        shown: The rated cells; those that are not shown still tell what is elsewhere.
        progress: Told of the days that were looked at.
    """
    return Briefing(
        shown,
        find_gaps(shown),
        find_needs(shown),
        find_risks(shown, horizon(shown.query.as_of), CROWDED, progress),
        build_swot(shown, *narrowed(shown)),
    )
