"""Everything of one question in one result, on every day: what a page shows."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from clustergap.analysis.explain import StatementRecord, statements_of
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.snapshots import Snapshots, build_snapshots
from clustergap.analysis.swot import SwotView, build_swot, narrowed
from clustergap.analysis.timeline import Progress, Timeline, build_timeline
from clustergap.model.cell import Cell


@dataclass(frozen=True, slots=True)
class Report:
    """What is covered, what is missing and why, on the day asked for and on every other.

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


def build_report(shown: Matrix, progress: Progress | None = None) -> Report:
    """Answer everything of the cells that a matrix shows.

    Args:
        shown: The rated cells; those that are not shown still tell what is elsewhere.
        progress: Told after each kind of instrument by which the question can be narrowed.
    """
    timeless = dataclasses.replace(shown.query, as_of=None)
    return Report(
        shown,
        build_snapshots(shown, progress),
        build_timeline(shown),
        {rating.cell: statements_of(shown.dataset, timeless, rating.cell) for rating in shown},
        build_swot(shown, *narrowed(shown)),
    )
