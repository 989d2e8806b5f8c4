"""A cell that is followed through time: each of its ratings shares the names of the instruments that serve it with all others.

A cell may change on as many days as it has instruments: with all their names in each rating, memory and time would grow with
the square of their number. A set of instruments is an integer here, whose n-th bit stands for the n-th that came.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import compress
from operator import xor

from clustergap.analysis.cell_state import CellState
from clustergap.analysis.coverage import Rating, UnitRatings
from clustergap.analysis.units import LevelUnits, UnitOwners, units_lost_without
from clustergap.model.cell import Cell
from clustergap.model.relations import NOTHING, Lifeline, Lifelines, Related, bits_in
from clustergap.model.statement import Extent, Statement


class Roll:
    """The instruments that have served a cell since it is followed, in the order in which they came.

    Args:
        instruments: Those of the dataset, in file order.
    """

    __slots__ = ("_instruments", "_numbers", "_places")

    def __init__(self, instruments: Sequence[Related]) -> None:
        self._instruments = instruments
        self._numbers: dict[str, int] = {}
        self._places: list[int] = []

    def enter(self, place: int, id_: str) -> int:
        """Return the bit of the instrument at a place; one that is new is entered."""
        number = self._numbers.setdefault(id_, len(self._places))
        if number == len(self._places):
            self._places.append(place)
        return 1 << number

    def has(self, id_: object, bits: int) -> bool:
        """Tell whether an instrument is in a set."""
        number = self._numbers.get(id_) if isinstance(id_, str) else None
        return number is not None and bool(bits >> number & 1)

    def named(self, bits: int) -> list[str]:
        """Return the ids of a whole set, in file order."""
        # Linear: to take away one bit after another would copy the set for each.
        digits = map(int, reversed(f"{bits:b}"))
        return self._in_file_order(compress(self._places, digits))

    def named_of_few(self, bits: int) -> list[str]:
        """Return the ids of a set of a few, in file order."""
        return self._in_file_order(self._places[number] for number in bits_in(bits))

    def _in_file_order(self, places: Iterator[int]) -> list[str]:
        return [self._instruments[place].id for place in sorted(places)]


class Serving(Sequence[str]):
    """The ids of the instruments that serve a cell on a day, in file order: equal to the tuple of these.

    Args:
        roll: The cell's.
        bits: Which of the roll.
        mark: The exclusive or of the hashes of the ids: all have it that name the same, and hardly any others.
    """

    __slots__ = ("bits", "mark", "roll")

    def __init__(self, roll: Roll, bits: int, mark: int) -> None:
        self.roll, self.bits, self.mark = roll, bits, mark

    def __len__(self) -> int:
        """Count them, without naming them."""
        return self.bits.bit_count()

    def __iter__(self) -> Iterator[str]:
        """Name them."""
        return iter(self.roll.named(self.bits))

    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:  # type: ignore[override]
        """Name one, or some."""
        return tuple(self)[index]

    def __contains__(self, id_: object) -> bool:
        """Tell whether one of them has an id."""
        return self.roll.has(id_, self.bits)

    def __eq__(self, other: object) -> bool:
        """Tell whether they are the same, in the same order."""
        if isinstance(other, Serving) and other.roll is self.roll:
            return self.bits == other.bits
        if not isinstance(other, Serving | tuple):
            return NotImplemented
        is_alike = len(self) == len(other) and self.mark == mark_of(other)
        return is_alike and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """Return the hash of the tuple, for which all are named."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Show them as the tuple."""
        return repr(tuple(self))

    def without(self, others: Sequence[str]) -> list[str]:
        """Return those that are not among *others*; of the same cell in a time that grows with their number alone."""
        if isinstance(others, Serving) and others.roll is self.roll:
            return self.roll.named_of_few(self.bits & ~others.bits)
        return _without(tuple(self), others)


def mark_of(instruments: Sequence[str]) -> int:
    """Return a number that all have which name the same instruments, and hardly any others."""
    if isinstance(instruments, Serving):
        return instruments.mark
    return reduce(xor, map(hash, instruments), 0)


def lost_and_gained(before: Rating, after: Rating) -> tuple[list[str], list[str]]:
    """Return the instruments that no longer serve a cell, and those that newly serve it, in file order."""
    was, is_now = before.instruments, after.instruments
    return _without(was, is_now), _without(is_now, was)


def _without(some: Sequence[str], others: Sequence[str]) -> list[str]:
    if isinstance(some, Serving):
        return some.without(others)
    known = set(others)
    return [id_ for id_ in some if id_ not in known]


FEW_A_CHANGE = 16
"""So many statements are looked through in the time in which it is kept up who owns the units of one that comes or goes."""


class FollowedState(CellState):
    """The statements of one cell that count, as they come and go.

    A rating after another takes a time that grows with what changes and with the level's units, not with the number of the
    cell's instruments. It must not be copied, and is asked for one place.
    """

    __slots__ = (
        "_bits",
        "_came",
        "_changes",
        "_looks_through",
        "_mark",
        "_owners",
        "_roll",
        "_statements",
        "_went",
    )

    def __init__(
        self, cell: Cell, units: LevelUnits, assessed: int | None, lifelines: Lifelines
    ) -> None:
        super().__init__(cell, units, assessed, lifelines)
        self._roll, self._bits, self._mark = Roll(lifelines.instruments), 0, 0
        # How many statements of each instrument concern the selected units, by its place.
        self._statements: dict[int, int] = {}
        # Who owns which units, and the statements that have come and gone since that was known, by place and number.
        self._owners = {Extent.FULL: UnitOwners(), Extent.PARTIAL: UnitOwners()}
        self._came: dict[tuple[int, int], Statement] = {}
        self._went: dict[tuple[int, int], Statement] = {}
        self._changes, self._looks_through = 0, False

    def add(
        self, place: int, statement: Statement, instrument: str | None = None, number: int = 0
    ) -> None:
        """Count a statement; the arguments are those of ``CellState.add``."""
        super().add(place, statement, instrument, number)
        if not self._concerns(statement):
            return
        self._changes += 1
        self._came[place, number] = statement
        before = self._statements.get(place, 0)
        self._statements[place] = before + 1
        if not before and instrument is not None:
            self._come_or_go(place, instrument)

    def remove(self, place: int, statement: Statement, number: int = 0) -> None:
        """Remove a statement that was added with this place and number."""
        super().remove(place, statement, number)
        if not self._concerns(statement):
            return
        self._changes += 1
        if self._came.pop((place, number), None) is None:
            self._went[place, number] = statement
        left = self._statements[place] = self._statements[place] - 1
        if not left and place < len(self._lifelines.instruments):
            self._come_or_go(place, self._lifelines.instruments[place].id)

    def _lifeline_at(self, place: int) -> Lifeline:
        is_instrument = place < len(self._lifelines.instruments)
        return self._lifelines.of(place) if is_instrument else NOTHING

    def _come_or_go(self, place: int, instrument: str) -> None:
        self._bits ^= self._roll.enter(place, instrument)
        self._mark ^= hash(instrument)

    def _served_by(self) -> Sequence[str]:
        return Serving(self._roll, self._bits, self._mark)

    def _rests_on(self, outline: UnitRatings) -> tuple[str, ...]:
        # After many changes, as on the few days that most data know, it costs less to look through all statements once.
        self._looks_through = len(self._entries) <= FEW_A_CHANGE * self._changes
        self._changes = 0
        return super()._rests_on(outline)

    def _needed_alone(self, full: int, once: int, counts: int) -> tuple[str, ...]:
        if self._looks_through:
            return super()._needed_alone(full, once, counts)
        covered = sorted(
            (lifeline.place, units & once)
            for lifeline, units in self._alone(Extent.FULL)
            if lifeline.place is not None
        )
        return tuple(
            self._lifelines.instruments[place].id
            for place, units in covered
            if units & counts or not full & ~units
        )

    def _full_lost(self, once: int) -> Mapping[int, int]:
        if self._looks_through:
            return super()._full_lost(once)
        return units_lost_without(self._lifelines, self._alone(Extent.FULL))

    def _partial_lost(self) -> Mapping[int, int]:
        if self._looks_through:
            return super()._partial_lost()
        return units_lost_without(self._lifelines, self._alone(Extent.PARTIAL))

    def _alone(self, extent: Extent) -> Iterator[tuple[Lifeline, int]]:
        for key, statement in self._went.items():
            if statement.extent in self._owners:
                self._owners[statement.extent].remove(self._lifeline_at(key[0]), key)
        for key, statement in self._came.items():
            if statement.extent in self._owners:
                owners = self._owners[statement.extent]
                owners.add(self._lifeline_at(key[0]), key, self.rated_by(statement))
        self._went.clear()
        self._came.clear()
        return self._owners[extent].alone()
