"""The SWOT in pairs: internal items (strengths, weaknesses) with external ones (opportunities, threats)."""

import enum
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from clustergap.analysis.coverage import Rating
from clustergap.analysis.gaps import find_gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import (
    EvidenceFinder,
    cells_of,
    instruments_of,
    is_about,
    levels_of,
    quadrant_items,
    roles_of,
)
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.swot import MeantLinks, Quadrant, SwotItem


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
    """What two items share, in the dataset's order. The role and level of a cell count like the cell."""

    cells: tuple[Cell, ...]
    roles: tuple[str, ...]
    instruments: tuple[str, ...]
    levels: tuple[str, ...]


class TowsPair(NamedTuple):
    """Two items that share something, and the gaps among the shown cells of which both speak.

    ``shares``: what both name. ``meant``: what else they share, which at least one of them means without naming it.
    """

    within: SwotItem
    around: SwotItem
    shares: SharedLinks
    meant: SharedLinks
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
            TowsPair(within, around, *shared, _gaps_of_both(gaps, within, around))
            for within in _of(items, inner)
            for around in _of(items, outer)
            if any(map(any, shared := _named_and_meant(matrix.dataset, within, around)))
        ]
        pairs.sort(
            key=lambda pair: [
                -len(named) - len(meant)
                for named, meant in zip(pair.shares, pair.meant, strict=True)
            ]
        )
        fields.append((field, tuple(pairs)))
    paired = {
        item.id for _, pairs in fields for pair in pairs for item in (pair.within, pair.around)
    }
    unpaired = ((quadrant, item) for quadrant, item in items if item.id not in paired)
    return Tows(matrix, tuple(fields), tuple(unpaired))


def _of(items: Sequence[tuple[Quadrant, SwotItem]], quadrant: Quadrant) -> Iterator[SwotItem]:
    return (item for own_quadrant, item in items if own_quadrant is quadrant)


def _named_and_meant(
    dataset: Dataset, within: SwotItem, around: SwotItem
) -> tuple[SharedLinks, SharedLinks]:
    every = _shared(dataset, within, around)
    if not (within.meant or around.meant):
        return every, SharedLinks((), (), (), ())
    named = _shared(dataset, _without_meant(within), _without_meant(around))
    meant = SharedLinks(
        tuple(cell for cell in every.cells if cell not in named.cells),
        tuple(role for role in every.roles if role not in named.roles),
        tuple(id_ for id_ in every.instruments if id_ not in named.instruments),
        tuple(level for level in every.levels if level not in named.levels),
    )
    return named, meant


def _without_meant(item: SwotItem) -> SwotItem:
    return item.model_copy(update={"meant": MeantLinks()})


def _shared(dataset: Dataset, within: SwotItem, around: SwotItem) -> SharedLinks:
    roles, levels = roles_of(within) & roles_of(around), levels_of(within) & levels_of(around)
    cells = cells_of(within) & cells_of(around)
    instruments = instruments_of(within) & instruments_of(around)
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
    finder = EvidenceFinder(matrix.dataset)
    ratings = [gap.rating for gap in find_gaps(matrix).gaps]
    return [
        (rating, {each.item.id for each in finder.find(rating.cell, rating.instruments)})
        for rating in ratings
    ]


def _gaps_of_both(gaps: _LinkedGaps, within: SwotItem, around: SwotItem) -> tuple[Rating, ...]:
    return tuple(rating for rating, ids in gaps if {within.id, around.id} <= ids)
