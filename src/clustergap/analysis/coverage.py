"""How well one cell is covered: its rating, and all that the ratings of its units depend on.

A set of units is an integer whose n-th bit stands for the n-th unit of the level's list.
"""

import enum
from collections.abc import Sequence
from typing import NamedTuple

from clustergap.model.cell import Cell
from clustergap.model.places import PLACES
from clustergap.model.statement import Statement


class Coverage(enum.StrEnum):
    """How well one cell is covered by all statements together; UNKNOWN where nobody knows."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"
    UNKNOWN = "unknown"

    @property
    def is_gap(self) -> bool:
        """Whether something is known to be missing; UNKNOWN is no gap."""
        return self in (Coverage.NONE, Coverage.PARTIAL)


class Share(NamedTuple):
    """How many of a cell's units are covered. ``of`` counts the units that are not unknown."""

    covered: int
    partial: int
    of: int
    unknown: int
    missing: tuple[str, ...]
    """The codes of the units that nothing covers, in the order of the level's list."""
    noun: tuple[str, str] = PLACES
    """What one of the units is called, and what several are."""


class Degree(NamedTuple):
    """How well a cell is covered, without by what; ``share`` is None if no statement names territories."""

    coverage: Coverage
    share: Share | None


class Absence(NamedTuple):
    """An observation that there is nothing; ``codes``: where, unless it says so of everything that is asked for."""

    statement: Statement
    codes: tuple[str, ...]


class Rating(NamedTuple):
    """How one cell is covered, and by what. ``instruments`` and ``rests_on`` hold ids, in file order.

    ``where_not_said``: a statement says "not everywhere" and names no territories, and this decides. Of the whole level it makes
    a cell partial that would be none, unknown, or full where it is known; of a place it leaves territories unknown.
    ``share`` is None if no statement names territories. ``is_elsewhere``: the place of the query is no territory of the
    cell's level. ``has_open_list``: some territories are unknown, as the list of those that a statement names may not be whole.
    ``absences``: what is observed to be missing; their notes are among ``notes``. ``instruments`` is a tuple, or equal to one.
    """

    cell: Cell
    coverage: Coverage
    instruments: Sequence[str] = ()
    rests_on: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    share: Share | None = None
    where_not_said: bool = False
    is_elsewhere: bool = False
    has_open_list: bool = False
    absences: tuple[Absence, ...] = ()


class UnitRatings(NamedTuple):
    """All that the rating of a cell for any of its level's units depends on, as bits.

    Attributes:
        full: The units that are covered in full.
        stated: The units that are covered in full or in part.
        absent: The units of which an observation says that there is nothing.
        open: The units that are unknown if nothing rates them.
        is_somewhere: Whether a statement says "not everywhere", but not where.
    """

    full: int
    stated: int
    absent: int
    open: int
    is_somewhere: bool

    def unknown(self, units: int) -> int:
        """Return those of *units* of which nobody knows."""
        return units & self.open & ~self.stated & ~self.absent

    def coverage(self, units: int) -> Coverage:
        """Rate *units* by what is known of each of them."""
        known = units & ~self.unknown(units)
        if not known:
            return Coverage.UNKNOWN
        if known & ~self.full == 0:
            return Coverage.FULL
        return Coverage.PARTIAL if units & self.stated else Coverage.NONE

    def coverage_of_all(self, units: int) -> Coverage:
        """Rate *units*, which are a whole level: what is said to be somewhere is somewhere in it."""
        coverage = self.coverage(units)
        is_full = coverage is Coverage.FULL and not self.unknown(units)
        return Coverage.PARTIAL if self.is_somewhere and units and not is_full else coverage
