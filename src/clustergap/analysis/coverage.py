"""How well one cell is covered and by what: its rating, and the statements that add up to it, unit by unit.

A set of a level's territories (its units) is an integer whose n-th bit stands for the n-th unit of the level's list.
"""

import enum
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Extent, Level, Statement
from clustergap.model.places import Except, Territories


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


NAMELESS = 1
"""The one unit of a level that declares no territories."""


class LevelUnits:
    """The units of one level under a query.

    ``selected`` holds the units in the query's place: all without a place, none if no unit matches it.
    """

    def __init__(self, level: Level, place: str | None) -> None:
        self.codes = tuple(unit.code for unit in level.units)
        self.is_located = bool(self.codes)
        self._bits: dict[str, int] = {}
        self._masks: dict[Territories, int] = {}
        self.all = (1 << len(self.codes)) - 1 if self.codes else NAMELESS
        self.selected = self.all if place is None or not self.codes else self._at(place)

    def named(self, code: str) -> int:
        """Return the unit *code*, else the units that begin with it."""
        if not self._bits:
            self._bits = {unit: 1 << n for n, unit in enumerate(self.codes)}
        if code not in self._bits:
            bits = (1 << n for n, unit in enumerate(self.codes) if unit.startswith(code))
            self._bits[code] = sum(bits)
        return self._bits[code]

    def of(self, territories: Territories) -> int:
        """Return the units that a statement's or an ``assessed`` list of territories names."""
        if territories not in self._masks:
            excepted = isinstance(territories, Except)
            codes = territories.codes if isinstance(territories, Except) else territories
            mask = 0
            for code in codes:
                mask |= self.named(code)
            self._masks[territories] = self.all & ~mask if excepted else mask
        return self._masks[territories]

    def says_not_where(self, statement: Statement) -> bool:
        """Tell whether a statement says "not everywhere" without saying where."""
        return self.is_located and statement.territories is None and statement.extent == "partial"

    def codes_of(self, units: int) -> tuple[str, ...]:
        """Return the codes of *units*, in the order of the level's list."""
        if not units:
            return ()
        return tuple([code for n, code in enumerate(self.codes) if units >> n & 1])

    def _at(self, place: str) -> int:
        below = self.named(place)
        if below:
            return below
        above = [unit for unit in self.codes if place.startswith(unit)]
        return self.named(max(above, key=len)) if above else 0


def units_by_level(dataset: Dataset, place: str | None) -> dict[str, LevelUnits]:
    """Return the units of every level, by its id."""
    return {level.id: LevelUnits(level, place) for level in dataset.levels}


def assessed_units(dataset: Dataset, cell: Cell, units: LevelUnits) -> int | None:
    """Return the units that somebody has assessed, or None for all; a cell's own list takes precedence over its level's."""
    codes = dataset.assessed.get(cell, dataset.assessed.get(cell.level))
    return None if codes is None else units.of(codes)


class BitCounter:
    """A counter for each unit, kept as binary digits: bit *b* of ``_digits[n]`` is the *n*-th digit of its count.

    Adding or removing a set of units takes a few operations on whole integers, however many units it has.
    """

    __slots__ = ("_digits",)

    def __init__(self) -> None:
        self._digits = [0]

    def add(self, units: int) -> None:
        """Count each of *units* once more."""
        digits, n = self._digits, 0
        while units:
            if n == len(digits):
                digits.append(0)
            digits[n], units = digits[n] ^ units, digits[n] & units  # what carries over
            n += 1

    def remove(self, units: int) -> None:
        """Count each of *units* once less; each must have been counted before."""
        digits, n = self._digits, 0
        while units:
            digits[n], units = digits[n] ^ units, units & ~digits[n]  # what is borrowed
            n += 1

    @property
    def once(self) -> int:
        """The units counted at least once."""
        return self._digits[0] | self.twice

    @property
    def twice(self) -> int:
        """The units counted at least twice."""
        units = 0
        for digit in self._digits[1:]:
            units |= digit
        return units


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
    """

    __slots__ = (
        "_assessed",
        "_beside",
        "_cell",
        "_entries",
        "_full",
        "_instruments",
        "_lifts",
        "_located",
        "_notes",
        "_partial",
        "_units",
    )

    def __init__(self, cell: Cell, units: LevelUnits, assessed: int | None) -> None:
        self._cell, self._units, self._assessed = cell, units, assessed
        self._full, self._partial = BitCounter(), BitCounter()
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
        (self._full if statement.extent is Extent.FULL else self._partial).remove(where)
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
        if self._beside:
            return self._rests_on_whole(full)
        once = full & ~self._full.twice
        if not once:
            return ()
        counts = full if self._assessed is None else self._assessed | partial
        return tuple(
            [
                entry.instrument
                for entry in self._entries
                if entry.instrument
                and (entry.full & once & counts or not full & ~(entry.full & once))
            ]
        )

    def _rests_on_whole(self, full: int) -> tuple[str, ...]:
        # If an instrument has several statements about the cell, all of them go with it.
        fulls, partials = BitCounter(), BitCounter()
        owns: dict[str | None, tuple[int, int]] = {}
        for entry in self._entries:
            own_full, own_partial = owns.get(entry.instrument, (0, 0))
            owns[entry.instrument] = own_full | entry.full, own_partial | entry.partial
        for own_full, own_partial in owns.values():
            fulls.add(own_full)
            partials.add(own_partial)
        once, all_partial = full & ~fulls.twice, partials.once
        partial_once = all_partial & ~partials.twice
        needed = []
        for instrument, (own_full, own_partial) in owns.items():
            lost = own_full & once
            left = all_partial & ~(own_partial & partial_once)
            counts = full if self._assessed is None else self._assessed | left
            if instrument and lost and (lost & counts or not full & ~lost):
                needed.append(instrument)
        return tuple(needed)

    def _is_beside(self, index: int) -> bool:
        # Entries of one instrument stand next to each other.
        entries, place = self._entries, self._entries[index].place
        return (index > 0 and entries[index - 1].place == place) or (
            index + 1 < len(entries) and entries[index + 1].place == place
        )


def _coverage(known: int, full: int, stated: int) -> Coverage:
    if not known:
        return Coverage.UNKNOWN
    if known & ~full == 0:
        return Coverage.FULL
    return Coverage.PARTIAL if stated else Coverage.NONE
