"""The SWOT in pairs: what is within, strengths and weaknesses, beside what is around, opportunities and threats."""

import enum
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from clustergap.analysis.coverage import Rating
from clustergap.analysis.evidence import evidence_for, items
from clustergap.analysis.gaps import find_gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import levels_of, names, roles_of
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Quadrant, SwotItem


class Field(enum.StrEnum):
    """The four fields of a TOWS matrix (Weihrich 1982), in its order."""

    SO = "strength-opportunity"
    WO = "weakness-opportunity"
    ST = "strength-threat"
    WT = "weakness-threat"


QUADRANTS = {
    Field.SO: (Quadrant.STRENGTHS, Quadrant.OPPORTUNITIES),
    Field.WO: (Quadrant.WEAKNESSES, Quadrant.OPPORTUNITIES),
    Field.ST: (Quadrant.STRENGTHS, Quadrant.THREATS),
    Field.WT: (Quadrant.WEAKNESSES, Quadrant.THREATS),
}


class Shared(NamedTuple):
    """What two items both name, in the dataset's order. A cell's role and level count as named."""

    cells: tuple[Cell, ...]
    roles: tuple[str, ...]
    instruments: tuple[str, ...]
    levels: tuple[str, ...]


class Pair(NamedTuple):
    """Two items that share something, and the gaps among the shown cells of which both speak."""

    within: SwotItem
    around: SwotItem
    shares: Shared
    gaps: tuple[Rating, ...]


@dataclass(frozen=True, slots=True)
class Tows:
    """The pairs of every field, those that share the nearest things first, and the items that are in none."""

    matrix: Matrix
    fields: tuple[tuple[Field, tuple[Pair, ...]], ...]
    unpaired: tuple[tuple[Quadrant, SwotItem], ...]


def pair_up(matrix: Matrix, roles: Collection[str], levels: Collection[str]) -> Tows:
    """Pair the items of the SWOT that share a cell, a role, an instrument or a level.

    Args:
        matrix: The rated cells; those that are shown may be gaps behind a pair.
        roles: Ids of roles; an item is shown if it, or a cell of it, names one. None: all items.
        levels: Ids of levels, likewise.
    """
    rows = [row for row in items(matrix.dataset) if names(row[1], roles, levels)]
    spoken = _spoken_gaps(matrix)
    fields = []
    for field, (inner, outer) in QUADRANTS.items():
        pairs = [
            Pair(one, other, shares, _both(spoken, one, other))
            for one in _of(rows, inner)
            for other in _of(rows, outer)
            if any(shares := _shared(matrix.dataset, one, other))
        ]
        pairs.sort(key=lambda pair: [-len(things) for things in pair.shares])
        fields.append((field, tuple(pairs)))
    paired = {
        id_ for _, pairs in fields for one in pairs for id_ in (one.within.id, one.around.id)
    }
    return Tows(matrix, tuple(fields), tuple(row for row in rows if row[1].id not in paired))


def _of(rows: Sequence[tuple[Quadrant, SwotItem]], quadrant: Quadrant) -> Iterator[SwotItem]:
    return (item for where, item in rows if where is quadrant)


def _shared(dataset: Dataset, one: SwotItem, other: SwotItem) -> Shared:
    roles, levels = roles_of(one) & roles_of(other), levels_of(one) & levels_of(other)
    cells = set(one.cells).intersection(other.cells)
    instruments = set(one.instruments).intersection(other.instruments)
    every = (Cell(role.id, level.id) for role in dataset.roles for level in dataset.levels)
    return Shared(
        tuple(cell for cell in every if cell in cells) if cells else (),
        tuple(role.id for role in dataset.roles if role.id in roles),
        tuple(it.id for it in dataset.instruments if it.id in instruments) if instruments else (),
        tuple(level.id for level in dataset.levels if level.id in levels),
    )


def _spoken_gaps(matrix: Matrix) -> Sequence[tuple[Rating, set[str]]]:
    ratings = [gap.rating for gap in find_gaps(matrix).gaps]
    return [
        (one, {found.item.id for found in evidence_for(matrix.dataset, one.cell, one.instruments)})
        for one in ratings
    ]


def _both(
    spoken: Sequence[tuple[Rating, set[str]]], one: SwotItem, other: SwotItem
) -> tuple[Rating, ...]:
    return tuple(rating for rating, ids in spoken if {one.id, other.id} <= ids)
