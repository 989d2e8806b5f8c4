"""What one of two places has and the other has not, and by which instruments: those that the other could join or copy."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from clustergap.analysis.compare import PlaceComparison, PlaceRating
from clustergap.analysis.counting import statements_in_force
from clustergap.analysis.coverage import Coverage, Rating
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


_RANKS = {Coverage.NONE: 0, Coverage.PARTIAL: 1, Coverage.FULL: 2}


def _rank(rating: Rating) -> tuple[int, Fraction, Fraction]:
    # Of two partial covers more is covered in the one with the larger share in full, then in part.
    share = rating.share
    if rating.coverage is not Coverage.PARTIAL or share is None or not share.of:
        return _RANKS[rating.coverage], Fraction(), Fraction()
    return (
        _RANKS[rating.coverage],
        Fraction(share.covered, share.of),
        Fraction(share.partial, share.of),
    )


def _can_rank(ratings: Sequence[Rating]) -> bool:
    coverages = {rating.coverage for rating in ratings}
    if Coverage.UNKNOWN in coverages:
        return False
    shares = [rating.share for rating in ratings]
    return coverages != {Coverage.PARTIAL} or all(share and not share.unknown for share in shares)


def find_advantages(comparison: PlaceComparison) -> tuple[Advantage, ...]:
    """Say where one of two places is covered more than the other: what the second has first, then what the first has.

    Where of one of them nobody knows, there is no difference. Two partial covers are ranked by their shares, if nothing is
    unknown in either.
    """
    found = [*_advantages(comparison)]
    return tuple(each for ahead in (1, 0) for each in found if each.ahead == ahead)


def _advantages(comparison: PlaceComparison) -> Iterator[Advantage]:
    units = [units_by_level(comparison.matrix.dataset, place.id) for place in comparison.places]
    instruments = {each.id: each for each in comparison.matrix.dataset.instruments}
    for cell, (first, second) in comparison.ratings.items():
        if not _can_rank((first.rating, second.rating)):
            continue
        ranks = _rank(first.rating), _rank(second.rating)
        if ranks[0] == ranks[1]:
            continue
        ahead = 1 if ranks[0] < ranks[1] else 0
        more, less = (second, first) if ahead else (first, second)
        lacking = [id_ for id_ in more.rating.instruments if id_ not in less.rating.instruments]
        precedents = [
            Precedent(
                id_, not _speaks_only_of(instruments[id_], units[ahead], comparison.matrix.query)
            )
            for id_ in lacking
        ]
        yield Advantage(cell, ahead, (first, second), tuple(precedents))


def _speaks_only_of(instrument: Instrument, units: Mapping[str, LevelUnits], query: Query) -> bool:
    # Of the units that a place selects at each level.
    for cell, covers in instrument.covers.items():
        level = units[cell.level]
        for _, cover in statements_in_force(covers, query, instrument):
            if not cover.names_places or level.rated_by(cover) & ~level.selected:
                return False
    return True
