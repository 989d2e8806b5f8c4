"""Everything about one question in one result: for documents on the day asked for, for the page on every day."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from clustergap.analysis.explain import StatementRecord, statements_of
from clustergap.analysis.gaps import Gaps, find_gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Needs, find_needs
from clustergap.analysis.risks import Risks, find_risks, horizon
from clustergap.analysis.snapshots import Snapshots, build_snapshots
from clustergap.analysis.swot import SwotView, build_swot, narrowed
from clustergap.analysis.timeline import Progress, Timeline, build_timeline
from clustergap.model.cell import Cell
from clustergap.model.query import CROWDED


@dataclass(frozen=True, slots=True)
class FullReport:
    """All answers about the cells that *matrix* shows, as a workbook, slides or a note tell them.

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


@dataclass(frozen=True, slots=True)
class GapMap:
    """What is covered, what is missing and why, on the day asked for and on every other, as the page shows it.

    Attributes:
        matrix: The cells that are shown, on the day asked for.
        snapshots: The same cells on every day on which something changes.
        timeline: Because of what they change.
        statements: All about each of these cells, whatever the day: none is left out for its dates.
        swot: The items that name the roles and levels that are shown.
    """

    matrix: Matrix
    snapshots: Snapshots
    timeline: Timeline
    statements: Mapping[Cell, tuple[StatementRecord, ...]]
    swot: SwotView


def build_full_report(shown: Matrix, progress: Progress | None = None) -> FullReport:
    """Answer everything about the cells that a matrix shows, on its day.

    Args:
        shown: The rated cells; those that are not shown still tell what is elsewhere.
        progress: Told of the days that were looked at.
    """
    return FullReport(
        shown,
        find_gaps(shown),
        find_needs(shown),
        find_risks(shown, horizon(shown.query.as_of), CROWDED, progress),
        build_swot(shown, *narrowed(shown)),
    )


def build_gap_map(shown: Matrix, progress: Progress | None = None) -> GapMap:
    """Answer everything about the cells that a matrix shows, on every day.

    Args:
        shown: The rated cells, on the day asked for.
        progress: Told after each kind of instrument by which the question can be narrowed.
    """
    timeless = dataclasses.replace(shown.query, as_of=None)
    return GapMap(
        shown,
        build_snapshots(shown, progress),
        build_timeline(shown),
        {rating.cell: statements_of(shown.dataset, timeless, rating.cell) for rating in shown},
        build_swot(shown, *narrowed(shown)),
    )
