"""What the matrix says and the SWOT does not: candidates for weaknesses and threats."""

import enum
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from clustergap.analysis.coverage import Rating
from clustergap.analysis.evidence import items
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.thresholds import CROWDED
from clustergap.model.dataset import Dataset, Quadrant


class Why(enum.StrEnum):
    """Why a cell is a candidate: it has a gap, it rests on a single instrument, or many serve it."""

    GAP = "gap"
    SINGLE = "single"
    CROWDED = "crowded"


_QUADRANTS = {
    Why.GAP: Quadrant.WEAKNESSES,
    Why.CROWDED: Quadrant.WEAKNESSES,
    Why.SINGLE: Quadrant.THREATS,
}


class Candidate(NamedTuple):
    """A cell of which no item of the SWOT speaks; ``id`` is free for an item about it."""

    id: str
    quadrant: Quadrant
    why: Why
    rating: Rating


def find_candidates(matrix: Matrix) -> tuple[Candidate, ...]:
    """Find the cells that are shown, have a gap or hang by a thread, and that no item names, nor their role.

    Weaknesses before threats; gaps before what is crowded; else in the matrix' order.
    """
    named_cells = {cell for _, item in items(matrix.dataset) for cell in item.cells}
    named_roles = {role for _, item in items(matrix.dataset) for role in item.roles}
    unnamed = [
        rating
        for rating in matrix
        if rating.cell not in named_cells and rating.cell.role not in named_roles
    ]
    ids = {
        quadrant: _free_ids(matrix.dataset, quadrant)
        for quadrant in (Quadrant.WEAKNESSES, Quadrant.THREATS)
    }
    return tuple(
        Candidate(next(ids[quadrant]), quadrant, why, rating)
        for why, quadrant in _QUADRANTS.items()
        for rating in unnamed
        if _is(why, rating)
    )


def _is(why: Why, rating: Rating) -> bool:
    if why is Why.GAP:
        return rating.coverage.is_gap
    return len(rating.rests_on) == 1 if why is Why.SINGLE else len(rating.instruments) >= CROWDED


def _free_ids(dataset: Dataset, quadrant: Quadrant) -> Iterator[str]:
    taken = {item.id for _, item in items(dataset)}
    numbers = count(len(dataset.swot.get(quadrant, ())) + 1)
    return (id_ for id_ in (f"{quadrant.value[0]}{n}" for n in numbers) if id_ not in taken)
