"""What hangs on what: of what an instrument is part, who pays it, what goes with it, and with what it ends.

An instrument goes with the one that it is part of, and once nobody is left who pays it: either suffices. All this is in
the files, whatever the day, the plans or the question.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import NamedTuple, Protocol


class Related(Protocol):
    """An instrument, as far as others hang on it or it on them."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def ends(self) -> date | None:
        """Its own last day."""

    @property
    def part_of(self) -> str | None:
        """The id of the instrument of which it is a part."""

    @property
    def funded_by(self) -> Sequence[str]:
        """The ids of those that pay it."""


class Reference(NamedTuple):
    """A reference of the instrument at a *place* in file order to another: its key, and its index if that holds a list."""

    place: int
    key: str
    number: int | None
    id: str


class InheritedEnd(NamedTuple):
    """A last day that is not an instrument's own, and the id of the one whose own it is."""

    day: date
    owner: str


class Lifeline(NamedTuple):
    """All that an instrument goes with, itself included.

    Attributes:
        place: Its own in file order; None where something hangs on it, and of what several instruments have in common.
        component: The number of its connected component: of all that hangs together, directly or not; None of an observation.
        holders: All those on which something hangs, as bits of ``Lifelines.holders`` of the component.
    """

    place: int | None
    component: int | None
    holders: int = 0

    def __and__(self, other: "Lifeline") -> "Lifeline":
        """Return that with which both go."""
        place = self.place if self.place == other.place else None
        holders = self.holders & other.holders if self.component == other.component else 0
        return Lifeline(place, self.component, holders)


NOTHING = Lifeline(None, None)
"""What an observation goes with."""


class Lifelines(NamedTuple):
    """The lifelines of *instruments*.

    Attributes:
        instruments: All, in file order.
        related: The lifelines of those that hang together with others, by their place.
        holders: The places of those on which something hangs, by component.
    """

    instruments: Sequence[Related]
    related: Mapping[int, Lifeline]
    holders: Mapping[int | None, Sequence[int]]

    def of(self, place: int) -> Lifeline:
        """Return the lifeline of the instrument at a place; what hangs together with nothing is a component by itself."""
        lifeline = self.related.get(place)
        return Lifeline(place, ~place) if lifeline is None else lifeline

    def places(self, lifeline: Lifeline) -> Iterator[int]:
        """Walk through the places of all with which it goes."""
        if lifeline.place is not None:
            yield lifeline.place
        for number in bits_in(lifeline.holders):
            yield self.holders[lifeline.component][number]


def bits_in(bits: int) -> Iterator[int]:
    """Walk through the numbers of the bits that are set, of which there are few."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


class Relations:
    """What hangs on what among *instruments*.

    References to what is not there count for nothing, nor do those that close a circle.

    Attributes:
        circles: The references that close a circle.
        inherited_ends: By id, the last days that instruments without one of their own have from others.
    """

    def __init__(self, instruments: Sequence[Related]) -> None:
        self._instruments = instruments
        self._parent: dict[int, int] = {}
        self._payers: defaultdict[int, list[int]] = defaultdict(list)
        self._parts: defaultdict[int, list[int]] = defaultdict(list)
        self._paid: defaultdict[int, list[int]] = defaultdict(list)
        self._order: list[int] = []
        self._known: dict[tuple[frozenset[str], frozenset[str]], frozenset[str]] = {}
        self._lifelines: dict[frozenset[str], Lifelines] = {}
        self.circles: tuple[Reference, ...] = ()
        related = [n for n, one in enumerate(instruments) if one.part_of or one.funded_by]
        self._places = {one.id: n for n, one in enumerate(instruments)} if related else {}
        if related:
            self.circles = tuple(self._link(related))
        self.inherited_ends = dict(self._find_inherited_ends())
        self._outermost: dict[int, int] = {}
        for place in self._order:
            parent = self._parent.get(place)
            self._outermost[place] = place if parent is None else self._outermost[parent]

    def end_of(self, instrument: Related) -> date | None:
        """Return an instrument's last day: its own, else its parent's, else the last of those who pay it, if all end."""
        inherited = self.inherited_ends.get(instrument.id) if self.inherited_ends else None
        return inherited.day if inherited else instrument.ends

    def outermost(self, id_: str) -> str:
        """Return the instrument of which another is part in the end; itself if it is part of none."""
        place = self._places.get(id_, -1)
        return self._instruments[self._outermost[place]].id if place in self._outermost else id_

    def direct_dependants(self, id_: str) -> tuple[str, ...]:
        """Return what is part of an instrument, or paid by it, in file order."""
        if id_ not in self._places:
            return ()
        place = self._places[id_]
        hanging = {*self._parts.get(place, ()), *self._paid.get(place, ())}
        return tuple(self._instruments[n].id for n in sorted(hanging))

    def with_dependants(
        self, ids: frozenset[str], gone: frozenset[str] = frozenset()
    ) -> frozenset[str]:
        """Return *ids* and all that goes with them, where those of *gone* are out already."""
        if not self._order:
            return ids
        if (ids, gone) not in self._known:
            self._known[ids, gone] = self._find_dependants(ids, gone)
        return self._known[ids, gone]

    def carriers(self, ids: Iterable[str]) -> frozenset[str]:
        """Return *ids* and all on which these hang, directly or not."""
        carriers = frozenset(ids)
        places = self._places_of(carriers) if self._order else set[int]()
        for place in reversed(self._order):
            if place in places:
                places.update((self._parent.get(place, place), *self._payers.get(place, ())))
        return carriers | {self._instruments[place].id for place in places}

    def lifelines(self, gone: frozenset[str] = frozenset()) -> Lifelines:
        """Return with what each instrument goes, where those of *gone* are out already."""
        if gone not in self._lifelines:
            self._lifelines[gone] = self._find_lifelines(self._places_of(gone))
        return self._lifelines[gone]

    def _link(self, related: Iterable[int]) -> Iterator[Reference]:
        # From each instrument on to what it hangs on, which so comes before it in the order. A reference to one that is
        # on the way closes a circle.
        walked: set[int] = set()
        for start in related:
            way = {start: self._references(start)} if start not in walked else {}
            while way:
                place, references = next(reversed(way.items()))
                for reference in references:
                    other = self._places.get(reference.id)
                    if other is None:
                        continue
                    if other in way:
                        yield reference
                        continue
                    self._connect(place, other, reference.key)
                    if other not in walked:
                        way[other] = self._references(other)
                        break
                else:
                    del way[place]
                    walked.add(place)
                    self._order.append(place)

    def _references(self, place: int) -> Iterator[Reference]:
        instrument = self._instruments[place]
        if instrument.part_of is not None:
            yield Reference(place, "part_of", None, instrument.part_of)
        for number, payer in enumerate(instrument.funded_by):
            yield Reference(place, "funded_by", number, payer)

    def _connect(self, place: int, other: int, key: str) -> None:
        if key == "part_of":
            self._parent[place] = other
            self._parts[other].append(place)
        elif other not in self._payers[place]:
            self._payers[place].append(other)
            self._paid[other].append(place)

    def _find_inherited_ends(self) -> Iterator[tuple[str, InheritedEnd]]:
        ends: dict[int, InheritedEnd] = {}
        for place in self._order:
            instrument = self._instruments[place]
            if instrument.ends is not None:
                ends[place] = InheritedEnd(instrument.ends, instrument.id)
                continue
            inherited = ends.get(self._parent.get(place, -1))
            payers = [ends[payer] for payer in self._payers.get(place, ()) if payer in ends]
            if inherited is None and payers and len(payers) == len({*instrument.funded_by}):
                inherited = max(payers, key=lambda end: end.day)
            if inherited is not None:
                ends[place] = inherited
                yield instrument.id, inherited

    def _find_dependants(self, ids: frozenset[str], gone: frozenset[str]) -> frozenset[str]:
        going = self._places_of(ids)
        out = self._places_of(gone)
        waiting, unpaid = [*going], dict[int, int]()
        while waiting:
            place = waiting.pop()
            freed = [*self._parts.get(place, ())]
            for payee in self._paid.get(place, ()):
                if payee not in unpaid:
                    unpaid[payee] = len({*self._payers[payee]} - out - {place})
                elif place not in out:
                    unpaid[payee] -= 1
                if not unpaid[payee]:
                    freed.append(payee)
            waiting += [each for each in dict.fromkeys(freed) if each not in going]
            going.update(freed)
        return ids | {self._instruments[place].id for place in going}

    def _find_lifelines(self, gone: Collection[int]) -> Lifelines:
        components = self._components()
        holders: defaultdict[int | None, list[int]] = defaultdict(list)
        bits: dict[int, int] = {}
        found: dict[int, Lifeline] = {}
        for place in self._order:
            component, is_holder = components[place], place in self._parts or place in self._paid
            bits[place] = self._above(place, bits, gone)
            if is_holder and place not in gone:
                bits[place] |= 1 << len(holders[component])
                holders[component].append(place)
            found[place] = Lifeline(None if is_holder else place, component, bits[place])
        return Lifelines(self._instruments, found, holders)

    def _above(self, place: int, bits: Mapping[int, int], gone: Collection[int]) -> int:
        # With its parent, and with that with which all those go who are left to pay it.
        payers = self._payers.get(place, ())
        left = [bits[payer] for payer in payers if payer not in gone]
        by_payers = reduce(and_, left) if left else reduce(or_, (bits[p] for p in payers), 0)
        parent = self._parent.get(place)
        return by_payers if parent is None else by_payers | bits[parent]

    def _components(self) -> Mapping[int, int]:
        # What is joined has the number of one of its own, looked up at the end of a chain, which is cut short.
        joined = {place: place for place in self._order}

        def find(place: int) -> int:
            while joined[place] != place:
                joined[place] = joined[joined[place]]
                place = joined[place]
            return place

        for place in self._order:
            for other in (self._parent.get(place, place), *self._payers.get(place, ())):
                joined[find(place)] = find(other)
        return {place: find(place) for place in self._order}

    def _places_of(self, ids: Iterable[str]) -> set[int]:
        return {self._places[id_] for id_ in ids if id_ in self._places}
