"""What researchers measure of portfolios of instruments, place by place; docs/reference/measures.md has the formulas and their sources."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from heapq import nsmallest
from typing import NamedTuple

from clustergap.analysis.compare import PlaceComparison, PlaceRating
from clustergap.analysis.coverage import Coverage

NEAREST = 3
"""The places that are named as nearest to another."""


class Near(NamedTuple):
    """How alike another place is, by its index: of the cells that are known in both, how many are equal.

    Equal are cells that are covered equally well, by whatever instruments.
    """

    place: int
    equal: int
    known: int

    @property
    def share(self) -> float:
        """The share of equal cells."""
        return self.equal / self.known


class Measures(NamedTuple):
    """What is measured of one place, over the cells that are shown.

    Attributes:
        full: Cells covered in full.
        partial: Cells covered in part.
        known: Cells of which it is known whether anything covers them.
        instruments: Different instruments that serve a cell; only a covered one has any.
        per_covered_cell: Instruments of a covered cell, on average; None: no cell is covered.
        diversity: The Gini-Simpson index of the kinds of its instruments, 0 to below 1; None: none has a kind.
        of_no_kind: Instruments of no stated kind, which the index leaves out.
        nearest: The places most like it, at most ``NEAREST``; only those with a cell that is known in both.
        as_near: How many more places are exactly as near as the last of these.
    """

    full: int
    partial: int
    known: int
    instruments: int
    per_covered_cell: float | None
    diversity: float | None
    of_no_kind: int
    nearest: tuple[Near, ...]
    as_near: int

    @property
    def covered(self) -> int:
        """Cells covered in full or in part."""
        return self.full + self.partial


def measure_places(comparison: PlaceComparison) -> tuple[Measures, ...]:
    """Measure each place of a comparison, in their order."""
    kinds = {each.id: each.kind for each in comparison.matrix.dataset.instruments}
    cells = [list(comparison.of_place(n)) for n in range(len(comparison.places))]
    nearest = _nearest([_Pattern.of(own) for own in cells])
    return tuple(_measure(own, kinds, *near) for own, near in zip(cells, nearest, strict=True))


def _measure(
    cells: Sequence[PlaceRating],
    kinds: Mapping[str, str | None],
    nearest: tuple[Near, ...],
    as_near: int,
) -> Measures:
    counts = Counter(each.rating.coverage for each in cells)
    full, partial = counts[Coverage.FULL], counts[Coverage.PARTIAL]
    serving = Counter(id_ for each in cells for id_ in each.rating.instruments)
    by_kind = Counter(kinds[id_] for id_ in serving)
    of_no_kind = by_kind.pop(None, 0)
    return Measures(
        full,
        partial,
        len(cells) - counts[Coverage.UNKNOWN],
        len(serving),
        serving.total() / (full + partial) if full + partial else None,
        _gini_simpson(by_kind.values()),
        of_no_kind,
        nearest,
        as_near,
    )


def _gini_simpson(numbers: Iterable[int]) -> float | None:
    # In whole numbers until the last division, so that it is the same everywhere.
    every = [*numbers]
    total = sum(every)
    return (total**2 - sum(n**2 for n in every)) / total**2 if total else None


class _Pattern(NamedTuple):
    """The cells of a place by how they are covered: a bit a cell."""

    full: int
    partial: int
    none: int

    @classmethod
    def of(cls, cells: Sequence[PlaceRating]) -> "_Pattern":
        bits = Counter[Coverage]()
        for n, each in enumerate(cells):
            bits[each.rating.coverage] |= 1 << n
        return cls(bits[Coverage.FULL], bits[Coverage.PARTIAL], bits[Coverage.NONE])

    @property
    def known(self) -> int:
        return self.full | self.partial | self.none

    def likeness(self, other: "_Pattern") -> tuple[int, int]:
        """Return how many cells are equal in both, of how many that are known in both."""
        equal = self.full & other.full | self.partial & other.partial | self.none & other.none
        return equal.bit_count(), (self.known & other.known).bit_count()


def _nearest(patterns: Sequence[_Pattern]) -> Iterator[tuple[tuple[Near, ...], int]]:
    """Find for each place the nearest ones, and how many more are as near as the last of these."""
    # Places with the same pattern are equally near to all others, and there are few patterns.
    bearers: dict[_Pattern, list[int]] = {}
    for place, pattern in enumerate(patterns):
        bearers.setdefault(pattern, []).append(place)
    ranked = {pattern: _near_to(pattern, bearers) for pattern in bearers}
    for place, pattern in enumerate(patterns):
        nears, alike = ranked[pattern]
        named = tuple(near for near in nears if near.place != place)[:NEAREST]
        if not named:
            yield (), 0
            continue
        last = named[-1].equal, named[-1].known
        counted = sum((near.equal, near.known) == last for near in named)
        is_itself_as_near = pattern.likeness(pattern) == last
        yield named, alike[last] - counted - is_itself_as_near


def _near_to(
    own: _Pattern, bearers: Mapping[_Pattern, Sequence[int]]
) -> tuple[Sequence[Near], Mapping[tuple[int, int], int]]:
    """Rank the places by how alike they are, and count those that are alike in the same way; both with the place itself."""
    nears, alike = [], Counter[tuple[int, int]]()
    for other, places in bearers.items():
        likeness = own.likeness(other)
        alike[likeness] += len(places)
        if likeness[1]:
            # One more than are named, as one may be the place itself.
            nears += [Near(place, *likeness) for place in places[: NEAREST + 1]]
    nearest = nsmallest(
        NEAREST + 1, nears, key=lambda near: (-near.share, -near.known, near.place)
    )
    return nearest, alike


def rank_places(measures: Sequence[Measures]) -> Sequence[int]:
    """Return the places, by their index, from the one of which the least is covered to the one of which most is.

    That is the share of covered cells among the known ones, then that of cells covered in full. Places of which nothing is
    known are not ranked; equal ones keep their order.
    """
    known = [n for n, each in enumerate(measures) if each.known]
    return sorted(known, key=lambda n: _rank_key(measures[n]))


class Extreme(NamedTuple):
    """Places, by their index, and how many others are covered as much as the last of them."""

    places: Sequence[int]
    equal: int = 0


def find_extremes(measures: Sequence[Measures], number: int) -> tuple[Extreme, ...]:
    """Choose so many places of which the least is covered, and so many of which the most is; both from the utmost on.

    Where all are equal, or something is known of no more than these, there are no extremes, but only so many places: those of
    which something is known, then others.
    """
    ranked = rank_places(measures)
    keys = [_rank_key(measures[n]) for n in ranked]
    if len(ranked) <= 2 * number or keys[0] == keys[-1]:
        unknown = [n for n, each in enumerate(measures) if not each.known]
        return (Extreme([*ranked, *unknown][: 2 * number]),)
    # Of many equal places none stands in both, and those shown are the first in the question.
    least = ranked[:number]
    others = (n for n in range(len(measures)) if measures[n].known and n not in least)
    most = sorted(others, key=lambda n: _rank_key(measures[n]), reverse=True)[:number]
    return (
        Extreme(least, keys[number:].count(keys[number - 1])),
        Extreme(most, keys[:-number].count(keys[-number])),
    )


def _rank_key(measures: Measures) -> tuple[Fraction, Fraction]:
    return Fraction(measures.covered, measures.known), Fraction(measures.full, measures.known)
