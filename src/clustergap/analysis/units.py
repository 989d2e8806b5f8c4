"""The units of a level as bits, and how often each of them is counted.

A set of a level's territories (its units) is an integer whose n-th bit stands for the n-th unit of the level's list.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property, reduce
from itertools import chain
from operator import or_
from types import MappingProxyType

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Level
from clustergap.model.places import Except, Group, Territories
from clustergap.model.relations import Lifeline, Lifelines
from clustergap.model.statement import Statement
from clustergap.reference.territories import ancestors

NAMELESS = 1
"""The one unit of a level that declares no territories."""


class LevelUnits:
    """The units of one level under a query.

    ``selected`` holds the units in the query's place: all without a place, none if no unit matches it. A place is a code,
    or the id of one of *groups*, which means its codes together.
    """

    def __init__(self, level: Level, place: str | None, groups: Mapping[str, Group]) -> None:
        self._groups = groups
        self.noun = level.noun
        self.codes = tuple(unit.code for unit in level.units)
        self.is_located = bool(self.codes)
        self._bits: dict[str, int] = {}
        self._masks: dict[Territories, int] = {}
        self.all = (1 << len(self.codes)) - 1 if self.codes else NAMELESS
        self.selected = self._in(place)

    def narrowed(self, place: str) -> "LevelUnits":
        """Return the same units, asked for a place; what has been found of codes is found for both."""
        units = copy(self)
        units.selected = self._in(place)
        return units

    def named(self, code: str) -> int:
        """Return the unit *code*, else the units that lie within it; of a group's id, those of its codes."""
        if code not in self._bits:
            codes = self._groups[code].territories if code in self._groups else (code,)
            self._bits[code] = self._as_bits(chain(*(self._numbers.get(c, ()) for c in codes)))
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

    def rated_by(self, statement: Statement) -> int:
        """Return the units that a statement rates; none if it says "not everywhere", but not where."""
        named = statement.territories
        if named is not None:
            return self._masks[named] if named in self._masks else self.of(named)
        return 0 if self.says_not_where(statement) else self.all

    def says_not_where(self, statement: Statement) -> bool:
        """Tell whether a statement says "not everywhere" without saying where."""
        return self.is_located and statement.territories is None and statement.extent == "partial"

    def codes_of(self, units: int) -> tuple[str, ...]:
        """Return the codes of *units*, in the order of the level's list."""
        if not units:
            return ()
        return tuple([code for n, code in enumerate(self.codes) if units >> n & 1])

    def _in(self, place: str | None) -> int:
        return self.all if place is None or not self.codes else self._at(place)

    def _at(self, place: str) -> int:
        if place in self._groups:
            return reduce(or_, map(self._at, self._groups[place].territories))
        below = self.named(place)
        if below:
            return below
        around = (self.named(code) for code in ancestors(place) if code in self.codes)
        return next(around, 0)

    @cached_property
    def _numbers(self) -> Mapping[str, Sequence[int]]:
        # The numbers of the units in each place around them; a unit's own code means that unit alone.
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        for n, unit in enumerate(self.codes):
            for code in ancestors(unit):
                numbers[code].append(n)
        numbers.update({unit: [n] for n, unit in enumerate(self.codes)})
        return numbers

    def _as_bits(self, numbers: Iterable[int]) -> int:
        # Many units set bit by bit in an integer would take the square of their number.
        bits = bytearray(len(self.codes) // 8 + 1)
        for n in numbers:
            bits[n >> 3] |= 1 << (n & 7)
        return int.from_bytes(bits, "little")


def units_by_level(dataset: Dataset, place: str | None) -> dict[str, LevelUnits]:
    """Return the units of every level, by its id."""
    groups = dataset.groups_by_id
    return {level.id: LevelUnits(level, place, groups) for level in dataset.levels}


def assessed_units(dataset: Dataset, cell: Cell, units: LevelUnits) -> int | None:
    """Return the units that somebody has assessed, or None for all; a cell's own list takes precedence over its level's."""
    codes = dataset.assessed.get(cell, dataset.assessed.get(cell.level))
    return None if codes is None else units.of(codes)


class BitCounter:
    """A counter for each unit, kept as binary digits: bit *b* of ``_digits[n]`` is the *n*-th digit of its count.

    Adding or removing a set of units takes a few operations on whole integers, however many units it has.
    """

    __slots__ = ("_digits",)

    def __init__(self, digits: Iterable[int] = (0,)) -> None:
        self._digits = [*digits]

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

    def among(self, units: int) -> "BitCounter":
        """Return the counts of *units* alone."""
        return BitCounter([digit & units for digit in self._digits])

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


class ComponentCounter(BitCounter):
    """Counts for each unit the connected components of instruments that rate it: all that hangs together counts once.

    An instrument of which nothing is related is a component by itself; each of its statements counts.
    """

    __slots__ = ("_lifelines", "_members")

    def __init__(
        self,
        lifelines: Mapping[int, Lifeline],
        digits: Iterable[int] = (0,),
        members: Mapping[int | None, BitCounter] = MappingProxyType({}),
    ) -> None:
        super().__init__(digits)
        self._lifelines, self._members = lifelines, dict(members)

    def add_for(self, place: int, units: int) -> None:
        """Count each of *units* once more for the instrument at a place."""
        if place in self._lifelines:
            members = self._members.setdefault(self._lifelines[place].component, BitCounter())
            before = members.once
            members.add(units)
            units = members.once & ~before
        self.add(units)

    def remove_for(self, place: int, units: int) -> None:
        """Count each of *units* once less for the instrument at a place."""
        if place in self._lifelines:
            members = self._members[self._lifelines[place].component]
            before = members.once
            members.remove(units)
            units = before & ~members.once
        self.remove(units)

    def among(self, units: int) -> "ComponentCounter":
        """Return the counts of *units* alone."""
        digits = [digit & units for digit in self._digits]
        members = {id_: counter.among(units) for id_, counter in self._members.items()}
        return ComponentCounter(self._lifelines, digits, members)


class UnitOwners:
    """Which component of instruments alone rates a unit, in a time that does not grow with the number of instruments.

    Of each unit the exclusive or of the numbers of all components that rate it is kept: where that is one, its number. Bit *b*
    of the numbers of all units is kept in one integer, ``_digits[b]``, as counts are in ``BitCounter``.
    """

    __slots__ = ("_components", "_digits", "_members", "_numbers", "_rated")

    def __init__(self) -> None:
        self._components = BitCounter()
        self._digits: list[int] = []
        self._numbers: dict[int | None, int] = {}
        # What each statement of a component rates, by the component's number.
        self._rated: list[dict[tuple[int, int], tuple[Lifeline, int]]] = []
        # How many statements rate each unit, of a component that has had several at once.
        self._members: dict[int, BitCounter] = {}

    def add(self, lifeline: Lifeline, key: tuple[int, int], units: int) -> None:
        """Add a statement by which an instrument with this lifeline rates *units*."""
        number = self._numbers.setdefault(lifeline.component, len(self._numbers))
        if number == len(self._rated):
            self._rated.append({})
            self._digits += [0] * (number.bit_length() - len(self._digits))
        rated, gained = self._rated[number], units
        if rated or number in self._members:
            members = self._members_of(number)
            gained &= ~members.once
            members.add(units)
        rated[key] = lifeline, units
        self._components.add(gained)
        self._change(number, gained)

    def remove(self, lifeline: Lifeline, key: tuple[int, int]) -> None:
        """Remove a statement that was added with this lifeline and key."""
        number = self._numbers[lifeline.component]
        _, lost = self._rated[number].pop(key)
        members = self._members.get(number)
        if members is not None:
            members.remove(lost)
            lost &= ~members.once
        self._components.remove(lost)
        self._change(number, lost)

    def _members_of(self, number: int) -> BitCounter:
        if number not in self._members:
            members = self._members[number] = BitCounter()
            for _, units in self._rated[number].values():
                members.add(units)
        return self._members[number]

    def _change(self, number: int, units: int) -> None:
        digits, n = self._digits, 0
        while number:
            if number & 1:
                digits[n] ^= units
            number >>= 1
            n += 1

    def alone(self) -> Iterator[tuple[Lifeline, int]]:
        """Walk through the statements that rate units which no other component rates, each with these units."""
        once = self._components.once & ~self._components.twice
        for number in self._owning(once):
            for lifeline, units in self._rated[number].values():
                if units & once:
                    yield lifeline, units & once

    def _owning(self, units: int) -> Iterable[int]:
        numbers = {0: units} if units else {}
        for n, digit in enumerate(self._digits):
            divided = {number: zeros for number, own in numbers.items() if (zeros := own & ~digit)}
            divided |= {
                number | 1 << n: ones for number, own in numbers.items() if (ones := own & digit)
            }
            numbers = divided
        return numbers


def units_lost_without(
    lifelines: Lifelines, rated: Iterable[tuple[Lifeline, int]]
) -> Mapping[int, int]:
    """Return the units that nothing rates without an instrument and all that goes with it, by its place.

    Args:
        lifelines: What hangs on what among the instruments.
        rated: The lifeline of each statement's instrument, and the units that the statement rates.
    """
    pairs = list(rated)
    once = _rated_by_one_component(pairs)
    # Of each component, the units by what all that rates them goes with.
    components: defaultdict[int | None, dict[Lifeline, int]] = defaultdict(dict)
    for lifeline, units in pairs:
        if units & once:
            _hang(components[lifeline.component], lifeline, units & once)
    lost: dict[int, int] = {}
    for held in components.values():
        for lifeline, units in held.items():
            for place in lifelines.places(lifeline):
                lost[place] = lost.get(place, 0) | units
    return lost


def _rated_by_one_component(rated: Iterable[tuple[Lifeline, int]]) -> int:
    components: dict[int | None, int] = {}
    for lifeline, units in rated:
        components[lifeline.component] = components.get(lifeline.component, 0) | units
    counter = BitCounter()
    for units in components.values():
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
