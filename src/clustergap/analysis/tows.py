"""The SWOT in pairs: internal items (strengths, weaknesses) with external ones (opportunities, threats)."""

import enum
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from clustergap.analysis.coverage import Rating
from clustergap.analysis.gaps import find_gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import (
    Evidence,
    evidence_for,
    is_about,
    levels_of,
    quadrant_items,
    roles_of,
)
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.swot import Quadrant, SwotItem


class TowsField(enum.StrEnum):
    """The four fields of a TOWS matrix (Weihrich 1982), in its order."""

    SO = "strength-opportunity"
    WO = "weakness-opportunity"
    ST = "strength-threat"
    WT = "weakness-threat"


QUADRANTS = {
    TowsField.SO: (Quadrant.STRENGTHS, Quadrant.OPPORTUNITIES),
    TowsField.WO: (Quadrant.WEAKNESSES, Quadrant.OPPORTUNITIES),
    TowsField.ST: (Quadrant.STRENGTHS, Quadrant.THREATS),
    TowsField.WT: (Quadrant.WEAKNESSES, Quadrant.THREATS),
}


class SharedLinks(NamedTuple):
    """What both of two items name, in the dataset's order. The role and level of a named cell count as named."""

    cells: tuple[Cell, ...]
    roles: tuple[str, ...]
    instruments: tuple[str, ...]
    levels: tuple[str, ...]


class TowsPair(NamedTuple):
    """Two items that share something, and the gaps among the shown cells of which both speak."""

    within: SwotItem
    around: SwotItem
    shares: SharedLinks
    gaps: tuple[Rating, ...]


@dataclass(frozen=True, slots=True)
class Tows:
    """The pairs of each field, those with the nearest shared links first, and the items without a pair."""

    matrix: Matrix
    fields: tuple[tuple[TowsField, tuple[TowsPair, ...]], ...]
    unpaired: tuple[tuple[Quadrant, SwotItem], ...]


def build_tows(matrix: Matrix, roles: Collection[str], levels: Collection[str]) -> Tows:
    """Pair the items of the SWOT that share a cell, a role, an instrument or a level.

    Args:
        matrix: The rated cells; only those that are shown can be gaps of a pair.
        roles: Ids of roles; an item is shown if it, or a cell of it, names one. None: all items.
        levels: Ids of levels, likewise.
    """
    items = [
        (quadrant, item)
        for quadrant, item in quadrant_items(matrix.dataset)
        if is_about(item, roles, levels)
    ]
    gaps = _gaps(matrix)
    fields = []
    for field, (inner, outer) in QUADRANTS.items():
        pairs = [
            TowsPair(within, around, shares, _gaps_of_both(gaps, within, around))
            for within in _of(items, inner)
            for around in _of(items, outer)
            if any(shares := _shared(matrix.dataset, within, around))
        ]
        pairs.sort(key=lambda pair: [-len(things) for things in pair.shares])
        fields.append((field, tuple(pairs)))
    paired = {
        item.id for _, pairs in fields for pair in pairs for item in (pair.within, pair.around)
    }
    unpaired = ((quadrant, item) for quadrant, item in items if item.id not in paired)
    return Tows(matrix, tuple(fields), tuple(unpaired))


def _of(items: Sequence[tuple[Quadrant, SwotItem]], quadrant: Quadrant) -> Iterator[SwotItem]:
    return (item for own_quadrant, item in items if own_quadrant is quadrant)


def _shared(dataset: Dataset, within: SwotItem, around: SwotItem) -> SharedLinks:
    roles, levels = roles_of(within) & roles_of(around), levels_of(within) & levels_of(around)
    cells = set(within.cells).intersection(around.cells)
    instruments = set(within.instruments).intersection(around.instruments)
    every = (Cell(role.id, level.id) for role in dataset.roles for level in dataset.levels)
    return SharedLinks(
        tuple(cell for cell in every if cell in cells) if cells else (),
        tuple(role.id for role in dataset.roles if role.id in roles),
        tuple(record.id for record in dataset.instruments if record.id in instruments)
        if instruments
        else (),
        tuple(level.id for level in dataset.levels if level.id in levels),
    )


_LinkedGaps = Sequence[tuple[Rating, set[str]]]
"""Gaps, each with the ids of the items that speak of it."""


def _gaps(matrix: Matrix) -> _LinkedGaps:
    ratings = [gap.rating for gap in find_gaps(matrix).gaps]
    return [
        (rating, {evidence.item.id for evidence in _evidence(matrix, rating)})
        for rating in ratings
    ]


def _evidence(matrix: Matrix, rating: Rating) -> tuple[Evidence, ...]:
    return evidence_for(matrix.dataset, rating.cell, rating.instruments)


def _gaps_of_both(gaps: _LinkedGaps, within: SwotItem, around: SwotItem) -> tuple[Rating, ...]:
    return tuple(rating for rating, ids in gaps if {within.id, around.id} <= ids)
