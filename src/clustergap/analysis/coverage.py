"""How well one cell is covered and by what: its rating, and the statements that add up to it, unit by unit.

A set of units is an integer whose n-th bit stands for the n-th unit of the level's list.
"""

import enum
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from clustergap.analysis.units import BitCounter, LevelUnits, LineCounter
from clustergap.model.cell import Cell
from clustergap.model.dataset import Extent, Statement
from clustergap.model.relations import NOTHING, Lifeline, Lifelines


class Coverage(enum.StrEnum):
    """How well one cell is covered by all statements together; UNKNOWN where nobody has looked."""

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


class Rating(NamedTuple):
    """How one cell is covered, and by what. ``instruments`` and ``rests_on`` hold ids, in file order.

    ``where_not_said``: the cell would be none or unknown without a statement that says "not everywhere" and
    names no territories. ``share`` is None if no statement names territories. ``is_elsewhere``: the place of the query
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


class _Entry(NamedTuple):
    """A statement that counts: its place in file order, its instrument's id, the units that it rates.

    ``place`` is the instrument's index, ``number`` the statement's index among those of the instrument about the cell.
    An observation has no instrument.
    """

    place: int
    number: int
    instrument: str | None
    full: int
    partial: int
    note: str | None


class CellState:
    """The statements of one cell that count, unit by unit, as bits: the rules of "Coverage of a cell" in the data model's page.

    Statements can be added and removed; the rating follows from those that are present.

    Args:
        cell: The cell.
        units: The units of its level.
        assessed: The units that somebody has assessed; None: all.
        lifelines: What hangs on what among the dataset's instruments.
    """

    __slots__ = (
        "_assessed",
        "_beside",
        "_cell",
        "_entries",
        "_full",
        "_instruments",
        "_lifelines",
        "_lifts",
        "_lines",
        "_located",
        "_notes",
        "_partial",
        "_units",
    )

    def __init__(
        self, cell: Cell, units: LevelUnits, assessed: int | None, lifelines: Lifelines
    ) -> None:
        self._cell, self._units, self._assessed = cell, units, assessed
        self._full, self._partial = BitCounter(), BitCounter()
        self._lifelines = lifelines
        self._lines = LineCounter(lifelines.related) if lifelines.related else None
        self._lifts = self._located = self._notes = 0
        self._beside = 0  # entries that are not their instrument's only one
        self._entries: list[_Entry] = []
        # Attributes of the entries, at the same indices. An observation comes last.
        self._instruments: list[str] = []

    def add(
        self, place: int, statement: Statement, instrument: str | None = None, number: int = 0
    ) -> None:
        """Count a statement.

        Args:
            place: The index of its instrument in file order; that of an observation comes after all instruments.
            statement: The statement.
            instrument: The instrument's id; None: an observation.
            number: Its index among the instrument's statements about the cell.
        """
        where, lifts = self._reach(statement)
        self._located += statement.territories is not None
        self._lifts += lifts
        if not where and not lifts:
            return
        is_full = statement.extent is Extent.FULL
        (self._full if is_full else self._partial).add(where)
        if self._lines and is_full:
            self._lines.add(place, where)
        full, partial = (where, 0) if is_full else (0, where)
        entry = _Entry(place, number, instrument, full, partial, statement.note)
        index = bisect_left(self._entries, entry)
        self._entries.insert(index, entry)
        self._beside += self._is_beside(index)
        self._notes += entry.note is not None
        if instrument is not None:
            self._instruments.insert(index, instrument)

    def remove(self, place: int, statement: Statement, number: int = 0) -> None:
        """Remove a statement that was added with this place and number."""
        where, lifts = self._reach(statement)
        self._located -= statement.territories is not None
        self._lifts -= lifts
        if not where and not lifts:
            return
        is_full = statement.extent is Extent.FULL
        (self._full if is_full else self._partial).remove(where)
        if self._lines and is_full:
            self._lines.remove(place, where)
        index = bisect_left(self._entries, (place, number))
        self._beside -= self._is_beside(index)
        entry = self._entries.pop(index)
        self._notes -= entry.note is not None
        if entry.instrument is not None:
            del self._instruments[index]

    def reaches(self, statement: Statement) -> bool:
        """Tell whether a statement concerns any of the selected units."""
        return any(self._reach(statement))

    def rated_by(self, statement: Statement) -> int:
        """Return the selected units that a statement rates."""
        return self._reach(statement)[0]

    @property
    def full(self) -> int:
        """The units that are covered in full."""
        return self._full.once

    @property
    def stated(self) -> int:
        """The units that are covered in full or in part."""
        return self._full.once | self._partial.once

    @property
    def lacking(self) -> int:
        """The selected units that are assessed but not covered in full."""
        return self._units.selected & ~self._unknown(self._units.selected) & ~self.full

    @property
    def is_observed(self) -> bool:
        """Whether one of the statements is an observation, which is the last in file order."""
        return bool(self._entries) and self._entries[-1].instrument is None

    def codes(self, units: int) -> tuple[str, ...]:
        """Return the codes of units, in the order of the level's list."""
        return self._units.codes_of(units)

    def rate(self) -> Rating:
        """Rate the cell by the statements that have been added."""
        selected, full, partial = self._units.selected, self._full.once, self._partial.once
        stated = full | partial
        unknown = self._unknown(selected)
        known = selected & ~unknown
        coverage = _coverage(known, full, stated)
        is_lifted = self._is_lifted(coverage)
        if is_lifted:
            coverage = Coverage.PARTIAL
        share = None
        if self._located or self._assessed is not None:
            share = Share(
                covered=full.bit_count(),
                partial=(partial & ~full).bit_count(),
                of=known.bit_count(),
                unknown=unknown.bit_count(),
                missing=self._units.codes_of(known & ~stated),
            )
        return Rating(
            self._cell,
            coverage,
            tuple(dict.fromkeys(self._instruments) if self._beside else self._instruments),
            self._rests_on(full, partial) if coverage is Coverage.FULL else (),
            self._all_notes() if self._notes else (),
            share,
            is_lifted,
            not selected,
        )

    @property
    def outline(self) -> tuple[int, int, int | None, bool]:
        """All that ``rate_places`` depends on: two states with equal outlines rate the places of one level equally."""
        return self.full, self.stated, self._assessed, bool(self._lifts)

    def rate_places(self, places: Iterable[int]) -> tuple[Coverage, ...]:
        """Rate the cell for each of *places* alone, which are non-empty sets of selected units."""
        full, stated = self.full, self.stated
        rated = (
            _coverage(units & ~self._unknown(units), full & units, stated & units)
            for units in places
        )
        return tuple(
            [Coverage.PARTIAL if self._is_lifted(coverage) else coverage for coverage in rated]
        )

    def _unknown(self, units: int) -> int:
        return 0 if self._assessed is None else units & ~self._assessed & ~self.stated

    def _is_lifted(self, coverage: Coverage) -> bool:
        return bool(self._lifts) and coverage in (Coverage.NONE, Coverage.UNKNOWN)

    def _all_notes(self) -> tuple[str, ...]:
        return tuple([entry.note for entry in self._entries if entry.note is not None])

    def _reach(self, statement: Statement) -> tuple[int, bool]:
        # The units that a statement rates, and whether it lifts the cell because it says "not everywhere".
        units = self._units
        if units.says_not_where(statement):
            return 0, bool(units.selected)
        if statement.territories is None:
            return units.selected, False
        return units.selected & units.of(statement.territories), False

    def _rests_on(self, full: int, partial: int) -> tuple[str, ...]:
        # Without an instrument, the units that only it covers in full fall to partial, none or unknown. An
        # unknown unit does not count against the cell, unless no known unit is left.
        once = full if self._beside else full & ~(self._lines or self._full).twice
        if not once:
            return ()
        if self._beside or self._lifelines.related:
            return self._rests_on_lines(full, partial)
        counts = full if self._assessed is None else self._assessed | partial
        return tuple(
            [
                entry.instrument
                for entry in self._entries
                if entry.instrument
                and (entry.full & once & counts or not full & ~(entry.full & once))
            ]
        )

    def _rests_on_lines(self, full: int, partial: int) -> tuple[str, ...]:
        # With an instrument goes all that it says of the cell, and all that hangs on it.
        full_lost = self._lost_without([entry.full for entry in self._entries])
        partial_lost: Mapping[int, int] = {}
        if self._assessed is not None:
            partial_lost = self._lost_without([entry.partial for entry in self._entries])
        needed = []
        for place, lost in sorted(full_lost.items()):
            left = partial & ~partial_lost.get(place, 0)
            counts = full if self._assessed is None else self._assessed | left
            if lost & counts or not full & ~lost:
                needed.append(self._lifelines.instruments[place].id)
        return tuple(needed)

    def _lost_without(self, rated: Sequence[int]) -> Mapping[int, int]:
        """Return the units that nothing rates without an instrument, by its place; *rated* holds those of each entry."""
        lifelines = [
            self._lifelines.of(entry.place) if entry.instrument else NOTHING
            for entry in self._entries
        ]
        once = _rated_by_one_line(lifelines, rated)
        # Of each line, the units by what all that rates them goes with.
        lines: defaultdict[int | None, dict[Lifeline, int]] = defaultdict(dict)
        for lifeline, units in zip(lifelines, rated, strict=True):
            if units & once:
                _hang(lines[lifeline.line], lifeline, units & once)
        lost: dict[int, int] = {}
        for held in lines.values():
            for lifeline, units in held.items():
                for place in self._lifelines.places(lifeline):
                    lost[place] = lost.get(place, 0) | units
        return lost

    def _is_beside(self, index: int) -> bool:
        # Entries of one instrument stand next to each other.
        entries, place = self._entries, self._entries[index].place
        return (index > 0 and entries[index - 1].place == place) or (
            index + 1 < len(entries) and entries[index + 1].place == place
        )


def _rated_by_one_line(lifelines: Sequence[Lifeline], rated: Sequence[int]) -> int:
    lines: dict[int | None, int] = {}
    for lifeline, units in zip(lifelines, rated, strict=True):
        lines[lifeline.line] = lines.get(lifeline.line, 0) | units
    counter = BitCounter()
    for units in lines.values():
        counter.add(units)
    return counter.once & ~counter.twice


def _hang(held: dict[Lifeline, int], lifeline: Lifeline, units: int) -> None:
    # Units that hang by something already hang from now on by what both have in common.
    for other, hanging in list(held.items()):
        common = other & lifeline
        shared = hanging & units
        if shared and common != other:
            held[common] = held.get(common, 0) | shared
            held[other] ^= shared
            if not held[other]:
                del held[other]
        units ^= shared
    if units:
        held[lifeline] = held.get(lifeline, 0) | units


def _coverage(known: int, full: int, stated: int) -> Coverage:
    if not known:
        return Coverage.UNKNOWN
    if known & ~full == 0:
        return Coverage.FULL
    return Coverage.PARTIAL if stated else Coverage.NONE
