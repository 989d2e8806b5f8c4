"""The SWOT, with what its links say under a query."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import Matrix, why_not_counted
from clustergap.model.dataset import Quadrant, SwotItem


@dataclass(frozen=True, slots=True)
class LinkedItem:
    """A SWOT item, the ratings of the cells that it names, and what the query does not count of its instruments.

    ``not_counted``: the id of each such instrument, and why. ``is_contradicted``: every cell that a weakness
    names is full, or every one that a strength names is none.
    """

    item: SwotItem
    ratings: tuple[Rating, ...]
    not_counted: tuple[tuple[str, str], ...]
    is_contradicted: bool


class LeftOut(NamedTuple):
    """How many items of a quadrant are not shown: those that name other roles or levels, and those that name none."""

    elsewhere: int
    nowhere: int


@dataclass(frozen=True, slots=True)
class SwotView:
    """The four quadrants, narrowed to the items that name the roles and levels asked for.

    ``roles``, ``levels``: the ids of these; none: not narrowed by them.
    """

    matrix: Matrix
    quadrants: tuple[tuple[Quadrant, tuple[LinkedItem, ...]], ...]
    roles: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    def left_out(self, quadrant: Quadrant) -> LeftOut:
        """Count the items of a quadrant that are not shown."""
        rows = self.matrix.dataset.swot.get(quadrant, ())
        hidden = [item for item in rows if not names(item, self.roles, self.levels)]
        elsewhere = sum(
            bool((self.roles and roles_of(item)) or (self.levels and levels_of(item)))
            for item in hidden
        )
        return LeftOut(elsewhere, len(hidden) - elsewhere)


OPPOSITES = {Quadrant.WEAKNESSES: Coverage.FULL, Quadrant.STRENGTHS: Coverage.NONE}
"""The coverage of all its cells that says the opposite of a quadrant's item."""


def is_contradicted(matrix: Matrix, quadrant: Quadrant, item: SwotItem) -> bool:
    """Tell whether the matrix says the opposite of an item by every cell that it names."""
    opposite = OPPOSITES.get(quadrant)
    return {matrix.ratings[cell].coverage for cell in item.cells} == {opposite}


def build_swot(matrix: Matrix, roles: Collection[str], levels: Collection[str]) -> SwotView:
    """Show the SWOT of a *matrix*' dataset.

    Args:
        matrix: All cells, rated.
        roles: Ids of roles; an item is shown if it, or a cell of it, names one. None: all items.
        levels: Ids of levels, likewise.
    """
    quadrants = []
    for quadrant in Quadrant:
        rows = matrix.dataset.swot.get(quadrant, ())
        shown = (item for item in rows if names(item, roles, levels))
        quadrants.append((quadrant, tuple(_linked(matrix, quadrant, item) for item in shown)))
    return SwotView(matrix, tuple(quadrants), tuple(roles), tuple(levels))


def names(item: SwotItem, roles: Collection[str], levels: Collection[str]) -> bool:
    """Tell whether an item, or a cell of it, names one of these roles and one of these levels; none asked: yes."""
    return (not roles or not roles_of(item).isdisjoint(roles)) and (
        not levels or not levels_of(item).isdisjoint(levels)
    )


def roles_of(item: SwotItem) -> set[str]:
    """Return the roles that an item, or a cell of it, names."""
    return {*item.roles, *(cell.role for cell in item.cells)}


def levels_of(item: SwotItem) -> set[str]:
    """Return the levels that an item, or a cell of it, names."""
    return {*item.levels, *(cell.level for cell in item.cells)}


def _linked(matrix: Matrix, quadrant: Quadrant, item: SwotItem) -> LinkedItem:
    reasons = (
        (instrument.id, why_not_counted(instrument, matrix.query))
        for instrument in matrix.dataset.instruments
        if instrument.id in item.instruments
    )
    return LinkedItem(
        item,
        tuple(matrix.ratings[cell] for cell in item.cells),
        tuple((id_, why) for id_, why in reasons if why),
        is_contradicted(matrix, quadrant, item),
    )


def narrowed(shown: Matrix) -> tuple[list[str], list[str]]:
    """Return the roles and levels by which a *shown* matrix narrows the SWOT: the whole matrix goes with the whole SWOT."""
    dataset = shown.dataset
    roles = [role.id for role in shown.roles] if len(shown.roles) < len(dataset.roles) else []
    levels = (
        [level.id for level in shown.levels] if len(shown.levels) < len(dataset.levels) else []
    )
    return roles, levels
