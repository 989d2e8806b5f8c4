"""How well one cell is covered, and by what."""

import enum
from typing import NamedTuple

from clustergap.model.cell import Cell


class Coverage(enum.StrEnum):
    """How well one cell is covered by all statements together; UNKNOWN where nobody has looked."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"
    UNKNOWN = "unknown"

    @property
    def is_gap(self) -> bool:
        """Whether something is missing; nobody knows of UNKNOWN."""
        return self in (Coverage.NONE, Coverage.PARTIAL)


class Share(NamedTuple):
    """How many of a cell's units are covered. ``of`` counts the units that are not unknown."""

    covered: int
    partial: int
    of: int
    unknown: int
    missing: tuple[str, ...]
    """The codes of the units that nothing covers, in the order of the level's list."""


class Rating(NamedTuple):
    """How one cell is covered, and by what. ``instruments`` and ``rests_on`` hold ids, in file order.

    ``where_not_said``: the cell would be none or unknown but for a statement that says "not everywhere"
    without saying where. ``share`` is None where nobody said where at all. ``is_elsewhere``: the place that was asked for
    is no territory of the cell's level.
    """

    cell: Cell
    coverage: Coverage
    instruments: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    share: Share | None = None
    where_not_said: bool = False
    is_elsewhere: bool = False
