"""What one of two places has and the other has not, and by which instruments: those that the other could join or copy."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from clustergap.analysis.compare import PlaceComparison, PlaceRating
from clustergap.analysis.counting import statements_in_force
from clustergap.analysis.coverage import Coverage, Rating, Share
from clustergap.analysis.units import LevelUnits, units_by_level
from clustergap.model.cell import Cell
from clustergap.model.dataset import Instrument
from clustergap.model.query import Query


class Precedent(NamedTuple):
    """An instrument that one place has and the other lacks.

    ``can_join``: it speaks of other places too, which the other place could join; else it is one of that place alone, which
    the other could copy.
    """

    instrument: str
    can_join: bool


class Advantage(NamedTuple):
    """A cell of which more is known to be covered in one place than in the other.

    Attributes:
        cell: The cell.
        ahead: The index of the place in which more is covered: 0 or 1.
        ratings: The cell in both places.
        precedents: The instruments of the place ahead that the other lacks, in file order; none, if the same cover more of it,
            or only an observation does.
    """

    cell: Cell
    ahead: int
    ratings: tuple[PlaceRating, PlaceRating]
    precedents: tuple[Precedent, ...]

    @property
    def to_join(self) -> list[str]:
        """Ids of the instruments that the other place could join."""
        return [each.instrument for each in self.precedents if each.can_join]

    @property
    def to_copy(self) -> list[str]:
        """Ids of the instruments that the other place could copy."""
        return [each.instrument for each in self.precedents if not each.can_join]


def find_advantages(comparison: PlaceComparison) -> tuple[Advantage, ...]:
    """Say where one of two places is covered more than the other: what the second has first, then what the first has.

    Where of one of them nobody knows, there is no difference. Two partial covers are ranked by their shares, if nothing is
    unknown in either; a full one of which something is unknown is not ranked beside a partial one.
    """
    found = [*_advantages(comparison)]
    return tuple(each for ahead in (1, 0) for each in found if each.ahead == ahead)


def _advantages(comparison: PlaceComparison) -> Iterator[Advantage]:
    dataset, query = comparison.matrix.dataset, comparison.matrix.query
    units = [units_by_level(dataset, place.id) for place in comparison.places]
    instruments = dataset.instruments_by_id
    for cell, (first, second) in comparison.ratings.items():
        ahead = _ahead(first.rating, second.rating)
        if ahead is None:
            continue
        more, less = (second, first) if ahead else (first, second)
        precedents = tuple(
            Precedent(id_, not _speaks_only_of(instruments[id_], units[ahead], query))
            for id_ in more.rating.instruments
            if id_ not in less.rating.instruments
        )
        yield Advantage(cell, ahead, (first, second), precedents)


_LEAST_FIRST = (Coverage.NONE, Coverage.PARTIAL, Coverage.FULL)


def _ahead(first: Rating, second: Rating) -> int | None:
    """Return the index of the place in which more is known to be covered; None: it is neither."""
    coverages = first.coverage, second.coverage
    if Coverage.UNKNOWN in coverages:
        return None
    ranks = tuple(map(_LEAST_FIRST.index, coverages))
    if ranks[0] != ranks[1]:
        ahead = int(ranks[0] < ranks[1])
        more, less = (second, first) if ahead else (first, second)
        return None if _may_be_less(more, less) else ahead
    # Both are partial, else their sizes are equal.
    one, other = _size(first.share), _size(second.share)
    if one is None or other is None or one == other:
        return None
    return int(one < other)


def _may_be_less(more: Rating, less: Rating) -> bool:
    # What is full as far as anybody knows, beside what is known to be partial.
    return less.coverage is Coverage.PARTIAL and more.share is not None and more.share.unknown > 0


def _size(share: Share | None) -> tuple[Fraction, Fraction] | None:
    """Return which part of a place is covered in full, and which in part; None: nobody knows."""
    if share is None or share.unknown:
        return None
    return Fraction(share.covered, share.of), Fraction(share.partial, share.of)


def _speaks_only_of(instrument: Instrument, units: Mapping[str, LevelUnits], query: Query) -> bool:
    # Of the units that a place selects at each level.
    for cell, covers in instrument.covers.items():
        level = units[cell.level]
        for _, cover in statements_in_force(covers, query, instrument):
            if not cover.names_places or level.rated_by(cover) & ~level.selected:
                return False
    return True
