"""Needs for policy action: each gap with the SWOT that speaks of it, what there is to build on, and its priority."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.gaps import Gap, find_gaps
from clustergap.analysis.leads import Lead, LeadFinder
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import Evidence, EvidenceLink, evidence_for, quadrant_items
from clustergap.model.dataset import Level, Quadrant, SwotItem


class Priority(NamedTuple):
    """Why a need stands where it does within its level.

    Attributes:
        is_covered: Whether anything covers the cell at all; a need of which nothing does goes first.
        share: The part of the territories that are covered in full, 0 where nothing covers the cell; None where
            nobody said how many, which goes last.
        evidence: How many SWOT items speak of it by its cell, role or instruments; more go first.
        elsewhere: How many other levels cover the role in full or in part; fewer go first.
    """

    is_covered: bool
    share: float | None
    evidence: int
    elsewhere: int

    @property
    def key(self) -> tuple[bool, bool, float, int, int]:
        """What needs are sorted by."""
        return (
            self.is_covered,
            self.share is None,
            self.share or 0.0,
            -self.evidence,
            self.elsewhere,
        )


@dataclass(frozen=True, slots=True)
class Need:
    """A gap, what speaks of it, by quadrant, in each the nearest link first, and what there is to build on."""

    gap: Gap
    evidence: tuple[Evidence, ...]
    leads: tuple[Lead, ...]
    priority: Priority


class Unlinked(NamedTuple):
    """A SWOT item that speaks of nothing that is shown; ``names_nothing``: it has no links at all."""

    quadrant: Quadrant
    item: SwotItem
    names_nothing: bool


@dataclass(frozen=True, slots=True)
class Needs:
    """The gaps among the cells that *matrix* shows, as needs.

    Attributes:
        matrix: The rated cells.
        by_level: The needs of every level that is shown, the narrowest level first; the most pressing first.
        speaking: For every such level the SWOT items that name it, but none of its gaps' cells.
        unlinked: All other SWOT items.
        explains_order: Whether it is asked why a need stands where it does.
    """

    matrix: Matrix
    by_level: tuple[tuple[Level, tuple[Need, ...]], ...]
    speaking: tuple[tuple[Level, tuple[Evidence, ...]], ...]
    unlinked: tuple[Unlinked, ...]
    explains_order: bool = False

    @property
    def needs(self) -> tuple[Need, ...]:
        """All needs, level by level."""
        return tuple(need for _, needs in self.by_level for need in needs)


def find_needs(matrix: Matrix) -> Needs:
    """Make needs of the gaps among the cells that *matrix* shows.

    Every gap is one need, and every item of the SWOT speaks of a need or of a level, or is unlinked.
    """
    finder = LeadFinder(matrix)
    needs = [_need(matrix, gap, finder) for gap in find_gaps(matrix).gaps]
    needs.sort(key=lambda need: need.priority.key)
    levels = matrix.levels[::-1]
    speaking = tuple((level, _speaking(matrix, level, needs)) for level in levels)
    linked = {evidence.item.id for need in needs for evidence in need.evidence}
    linked |= {evidence.item.id for _, row in speaking for evidence in row}
    return Needs(
        matrix,
        tuple(
            (level, tuple(need for need in needs if need.gap.rating.cell.level == level.id))
            for level in levels
        ),
        speaking,
        tuple(
            Unlinked(quadrant, item, not item.has_links)
            for quadrant, item in quadrant_items(matrix.dataset)
            if item.id not in linked
        ),
    )


def _need(matrix: Matrix, gap: Gap, finder: LeadFinder) -> Need:
    rating = gap.rating
    order = list(Quadrant)
    evidence = sorted(
        evidence_for(matrix.dataset, rating.cell, rating.instruments),
        key=lambda evidence: order.index(evidence.quadrant),
    )
    share, is_covered = rating.share, rating.coverage is not Coverage.NONE
    return Need(
        gap,
        tuple(evidence),
        finder.find(rating),
        Priority(
            is_covered,
            (share.covered / share.of if share and share.of else None) if is_covered else 0.0,
            sum(row.why != EvidenceLink.LEVEL for row in evidence),
            len(gap.elsewhere),
        ),
    )


def _speaking(matrix: Matrix, level: Level, needs: Collection[Need]) -> tuple[Evidence, ...]:
    gaps = {need.gap.rating.cell for need in needs if need.gap.rating.cell.level == level.id}
    return tuple(
        Evidence(quadrant, item, EvidenceLink.LEVEL.value)
        for quadrant, item in quadrant_items(matrix.dataset)
        if level.id in item.levels and gaps.isdisjoint(item.cells)
    )
