"""The statements of one cell that count, unit by unit: what adds up to its rating.

A set of units is an integer whose n-th bit stands for the n-th unit of the level's list.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from clustergap.analysis.coverage import Absence, Coverage, Degree, Rating, Share, UnitRatings
from clustergap.analysis.units import BitCounter, ComponentCounter, LevelUnits, units_lost_without
from clustergap.model.cell import Cell
from clustergap.model.relations import NOTHING, Lifeline, Lifelines
from clustergap.model.statement import Extent, Statement


class _Entry(NamedTuple):
    """A statement that counts: its place in file order, its instrument's id, the selected units that it covers.

    ``place`` is the instrument's index, ``number`` the statement's index among those of the instrument about the cell.
    An observation has no instrument.
    """

    place: int
    number: int
    instrument: str | None
    statement: Statement
    full: int
    partial: int


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
        "_absent",
        "_aside",
        "_asked_before",
        "_beside",
        "_cell",
        "_entries",
        "_full",
        "_instruments",
        "_lifelines",
        "_located",
        "_notes",
        "_open_lists",
        "_partial",
        "_somewhere",
        "_unassessed",
        "_units",
        "_where",
    )

    def __init__(
        self, cell: Cell, units: LevelUnits, assessed: int | None, lifelines: Lifelines
    ) -> None:
        self._cell, self._units = cell, units
        self._unassessed = None if assessed is None else units.all & ~assessed
        self._lifelines, self._full = lifelines, ComponentCounter(lifelines.related)
        self._partial, self._absent = BitCounter(), BitCounter()
        # How many statements name territories, say "not everywhere" but not where, do say where, have lists that may
        # not be whole; how many entries have a note, how many are not their instrument's only one.
        self._located = self._somewhere = self._where = self._open_lists = 0
        self._notes = self._beside = 0
        self._entries: list[_Entry] = []
        # Attributes of the entries, at the same indices. An observation comes last.
        self._instruments: list[str] = []
        # Statements about none of the selected units, by place and number: some may leave these unknown.
        self._aside: dict[tuple[int, int], _Entry] = {}
        # The entries before a place was asked for: those that are none any more are put aside when one of these is needed.
        self._asked_before: Sequence[_Entry] = ()

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
        rated, extent = self._count(statement, 1), statement.extent
        full = rated if extent is Extent.FULL else 0
        partial = rated if extent is Extent.PARTIAL else 0
        entry = _Entry(place, number, instrument, statement, full, partial)
        if not rated and not self._lifts(statement):
            self._all_aside()[place, number] = entry
            return
        if extent is Extent.FULL:
            self._full.add_for(place, rated)
        else:
            (self._partial if extent is Extent.PARTIAL else self._absent).add(rated)
        index = bisect_left(self._entries, entry[:2])
        self._entries.insert(index, entry)
        self._beside += self._is_beside(index)
        self._notes += statement.note is not None
        if instrument is not None:
            self._instruments.insert(index, instrument)

    def remove(self, place: int, statement: Statement, number: int = 0) -> None:
        """Remove a statement that was added with this place and number."""
        rated = self._count(statement, -1)
        if not rated and not self._lifts(statement):
            del self._all_aside()[place, number]
            return
        self._all_aside()
        index = bisect_left(self._entries, (place, number))
        self._beside -= self._is_beside(index)
        entry = self._entries.pop(index)
        if statement.extent is Extent.FULL:
            self._full.remove_for(place, rated)
        else:
            (self._partial if entry.partial else self._absent).remove(rated)
        self._notes -= statement.note is not None
        if entry.instrument is not None:
            del self._instruments[index]

    def select(self, units: LevelUnits) -> None:
        """Ask for a place: the state becomes what it would be if it had been made with the place's units.

        It takes no statement anew: what is counted by unit is counted of these units alone. A copy shares nothing that this
        changes.

        Args:
            units: The units of the cell's level, of which the place selects some; this state must have all of these.
        """
        selected, before = units.selected, self._entries
        self._units, self._aside = units, dict(self._all_aside())
        self._full, self._partial = self._full.among(selected), self._partial.among(selected)
        self._absent = self._absent.among(selected)
        entries = [
            entry
            for entry in before
            if (covered := entry.full or entry.partial) & selected
            or (not covered and self._concerns(entry.statement))
        ]
        self._entries, self._asked_before = entries, tuple(before)
        self._instruments = [e.instrument for e in entries if e.instrument is not None]
        self._notes = self._notes and sum(e.statement.note is not None for e in entries)
        self._beside = self._beside and len(entries) - len({e.place for e in entries})

    def _concerns(self, statement: Statement) -> bool:
        return bool(self.rated_by(statement)) or self._lifts(statement)

    def _all_aside(self) -> dict[tuple[int, int], _Entry]:
        if self._asked_before:
            left = {entry[:2] for entry in self._entries}
            before = ((entry[:2], entry) for entry in self._asked_before)
            # A copy may have the same of earlier.
            self._aside = self._aside | {key: entry for key, entry in before if key not in left}
            self._asked_before = ()
        return self._aside

    def reaches(self, statement: Statement) -> bool:
        """Tell whether a statement concerns any of the selected units, though it may not say which."""
        rated = self.rated_by(statement)
        return bool(rated or (self._units.selected and self._units.says_not_where(statement)))

    def depends_on(self, statement: Statement) -> bool:
        """Tell whether a statement that was added is behind the rating: it rates a unit, lifts the cell or leaves a unit unknown."""
        if self.rated_by(statement) or self._lifts(statement):
            return True
        says_not_where = self._units.says_not_where(statement)
        leaves_open = statement.at_least or (says_not_where and not self._where)
        return leaves_open and bool(self.outline.unknown(self._units.selected))

    def behind(self) -> set[tuple[int, int]]:
        """Return place and number of each statement that is behind the rating."""
        entries = (*self._entries, *self._all_aside().values())
        return {entry[:2] for entry in entries if self.depends_on(entry.statement)}

    def rated_by(self, statement: Statement) -> int:
        """Return the selected units that a statement rates."""
        return self._units.rated_by(statement) & self._units.selected

    def own_instruments(self) -> tuple[str, ...]:
        """Return the ids of the instruments of which a statement about the selected units names them, in file order."""
        own = [e.instrument for e in self._entries if e.instrument and e.statement.names_places]
        return tuple(dict.fromkeys(own))

    def instruments_somewhere(self) -> tuple[str, ...]:
        """Return the ids of the instruments that serve the cell, but of which no statement says where, in file order."""
        if not self._somewhere:
            return ()
        says_not_where = self._units.says_not_where
        say = {e.instrument for e in self._entries if not says_not_where(e.statement)}
        return tuple(id_ for id_ in dict.fromkeys(self._instruments) if id_ not in say)

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
        """The selected units that a statement must cover in full to make the cell full: it says where, but not of the others."""
        selected, outline = self._units.selected, self.outline
        if self._somewhere and selected == self._units.all:
            return selected & ~outline.full  # what is somewhere may be wherever nobody knows
        is_open = outline.open if self._open_lists else self._unassessed or 0
        return selected & ~outline._replace(open=is_open).unknown(selected) & ~outline.full

    @property
    def is_observed(self) -> bool:
        """Whether one of the statements is an observation, which is the last in file order."""
        return bool(self._entries) and self._entries[-1].instrument is None

    def codes(self, units: int) -> tuple[str, ...]:
        """Return the codes of units, in the order of the level's list."""
        return self._units.codes_of(units)

    @property
    def outline(self) -> UnitRatings:
        """All that ``rate_places`` depends on: two states with equal outlines rate the places of one level equally."""
        is_somewhere = bool(self._somewhere)
        is_open = self._open_lists or (is_somewhere and not self._where)
        return UnitRatings(
            self.full,
            self.stated,
            self._absent.once,
            self._units.all if is_open else self._unassessed or 0,
            is_somewhere,
        )

    def degree(self) -> Degree:
        """Rate the cell without the instruments, in a time that does not grow with their number."""
        selected = self._units.selected
        is_located = self._located or self._unassessed is not None
        share = self.share_of(selected) if is_located else None
        return Degree(self._coverage(self.outline, selected), share)

    def rate(self) -> Rating:
        """Rate the cell by the statements that have been added."""
        selected, outline = self._units.selected, self.outline
        unknown = outline.unknown(selected)
        coverage, share = self.degree()
        is_left_open = bool(self._somewhere and unknown and not self._where)
        return Rating(
            self._cell,
            coverage,
            self._served_by(),
            self._rests_on(outline) if coverage is Coverage.FULL else (),
            self._notes_beside(self._aside_not_saying_where() if is_left_open else ()),
            share,
            coverage is not outline.coverage(selected)
            or (is_left_open and selected != self._units.all),
            not selected,
            bool(self._open_lists and unknown),
            self._absences() if outline.absent else (),
        )

    def _served_by(self) -> Sequence[str]:
        return tuple(dict.fromkeys(self._instruments) if self._beside else self._instruments)

    def _absences(self) -> tuple[Absence, ...]:
        selected, absences = self._units.selected, []
        for entry in self._entries:
            if entry.statement.extent is Extent.NONE:
                units = self.rated_by(entry.statement)
                codes = () if units == selected else self._units.codes_of(units)
                absences.append(Absence(entry.statement, codes))
        return tuple(absences)

    def share_of(self, units: int) -> Share:
        """Return how many of *units*, which are selected, are covered."""
        outline = self.outline
        unknown = outline.unknown(units)
        known = units & ~unknown
        return Share(
            covered=(units & outline.full).bit_count(),
            partial=(units & outline.stated & ~outline.full).bit_count(),
            of=known.bit_count(),
            unknown=unknown.bit_count(),
            missing=self._units.codes_of(known & ~outline.stated),
            noun=self._units.noun,
        )

    def rate_places(self, places: Iterable[int]) -> tuple[Coverage, ...]:
        """Rate the cell for each of *places* alone, which are non-empty sets of selected units."""
        outline = self.outline
        return tuple([self._coverage(outline, units) for units in places])

    def _coverage(self, outline: UnitRatings, units: int) -> Coverage:
        is_whole = units == self._units.all
        return outline.coverage_of_all(units) if is_whole else outline.coverage(units)

    def _aside_not_saying_where(self) -> Sequence[_Entry]:
        entries = self._all_aside().values()
        return [entry for entry in entries if self._units.says_not_where(entry.statement)]

    def _notes_beside(self, aside: Sequence[_Entry]) -> tuple[str, ...]:
        if not self._notes and not aside:
            return ()
        entries = sorted([*self._entries, *aside], key=lambda entry: entry[:2])
        return tuple(
            [entry.statement.note for entry in entries if entry.statement.note is not None]
        )

    def _lifts(self, statement: Statement) -> bool:
        # What is somewhere in the level is somewhere in all of it; of a place nobody knows.
        return self._units.selected == self._units.all and self._units.says_not_where(statement)

    def _count(self, statement: Statement, step: int) -> int:
        """Count what a statement says of the whole level; return the selected units that it rates."""
        rated = self._units.rated_by(statement)
        if statement.territories is not None:
            self._located += step
            self._open_lists += step * statement.at_least
        elif not rated:
            self._somewhere += step * self._units.says_not_where(statement)
        if rated and statement.extent is not Extent.NONE:
            self._where += step
        return rated & self._units.selected

    def _rests_on(self, outline: UnitRatings) -> tuple[str, ...]:
        # Without an instrument, the units that only it covers in full fall to partial, none or unknown. An
        # unknown unit does not count against the cell, unless no known unit is left.
        full = outline.full
        once = full if self._beside else full & ~self._full.twice
        if not once and not self._open_lists:
            return ()
        if self._beside or self._open_lists or self._somewhere or self._lifelines.related:
            return self._rests_on_components(outline, once)
        return self._needed_alone(full, once, ~outline.open | self._partial.once | outline.absent)

    def _needed_alone(self, full: int, once: int, counts: int) -> tuple[str, ...]:
        return tuple(
            [
                entry.instrument
                for entry in self._entries
                if entry.instrument
                and (entry.full & once & counts or not full & ~(entry.full & once))
            ]
        )

    def _rests_on_components(self, outline: UnitRatings, once: int) -> tuple[str, ...]:
        # With an instrument goes all that it says of the cell, and all that hangs on it.
        full_lost = self._full_lost(once)
        partial_lost: Mapping[int, int] = {}
        if outline.open or self._somewhere:
            partial_lost = self._partial_lost()
        lists = self._takes_all(self._open_lists, lambda statement: statement.at_least)
        not_where = self._takes_all(self._somewhere, self._units.says_not_where)
        where = self._takes_all(self._somewhere and self._where, self._says_where)
        needed = []
        for place in sorted({*full_lost, *lists}):
            full = outline.full & ~full_lost.get(place, 0)
            partial = self._partial.once & ~partial_lost.get(place, 0)
            is_somewhere = bool(self._somewhere) and place not in not_where
            has_open_list = self._open_lists and place not in lists
            is_open = has_open_list or (is_somewhere and place in where)
            left = UnitRatings(
                full,
                full | partial,
                outline.absent,
                self._units.all if is_open else self._unassessed or 0,
                is_somewhere,
            )
            if self._coverage(left, self._units.selected) is not Coverage.FULL:
                needed.append(self._lifelines.instruments[place].id)
        return tuple(needed)

    def _takes_all(self, number: int, is_meant: Callable[[Statement], bool]) -> Collection[int]:
        """Return the places of the instruments without any of which nothing is left of a *number* of statements."""
        if not number:
            return ()
        entries = chain(self._entries, self._all_aside().values())
        lifelines = (self._lifeline(entry) for entry in entries if is_meant(entry.statement))
        common = next(lifelines)
        for lifeline in lifelines:
            common &= lifeline
            if common.place is None and not common.holders:
                return ()
        return tuple(self._lifelines.places(common))

    def _says_where(self, statement: Statement) -> bool:
        return bool(self._units.rated_by(statement)) and statement.extent is not Extent.NONE

    def _lifeline(self, entry: _Entry) -> Lifeline:
        return self._lifelines.of(entry.place) if entry.instrument else NOTHING

    def _full_lost(self, once: int) -> Mapping[int, int]:
        return self._lost_without([entry.full & once for entry in self._entries])

    def _partial_lost(self) -> Mapping[int, int]:
        return self._lost_without([entry.partial for entry in self._entries])

    def _lost_without(self, rated: Sequence[int]) -> Mapping[int, int]:
        rows = zip(self._entries, rated, strict=True)
        hanging = [(self._lifeline(entry), units) for entry, units in rows if units]
        return units_lost_without(self._lifelines, hanging)

    def _is_beside(self, index: int) -> bool:
        # Entries of one instrument stand next to each other.
        entries, place = self._entries, self._entries[index].place
        return (index > 0 and entries[index - 1].place == place) or (
            index + 1 < len(entries) and entries[index + 1].place == place
        )
