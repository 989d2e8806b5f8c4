"""Covered today, but fragile: which cells hang by a thread, end soon, or are covered in name only."""

import enum
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from clustergap.analysis.matrix import Matrix, tally_up
from clustergap.analysis.rating import Coverage, Rating
from clustergap.analysis.tally import Tally
from clustergap.analysis.timeline import build_timeline
from clustergap.analysis.turns import DAY, What
from clustergap.model.cell import Cell


class RiskKind(enum.StrEnum):
    """Why a cell is fragile.

    SINGLE: it rests on an instrument, and opens without it. ENDING: it opens soon, as instruments end.
    NO_FUNDING: all of its instruments are of kinds that give no money. CROWDED: many instruments serve it.
    ONE_SIDED: some of its territories are covered in full, others not at all.
    """

    SINGLE = "single"
    ENDING = "ending"
    NO_FUNDING = "no-funding"
    CROWDED = "crowded"
    ONE_SIDED = "one-sided"


class Risk(NamedTuple):
    """One reason why one cell is fragile.

    Attributes:
        kind: The reason.
        rating: How the cell is rated today.
        instruments: Ids, in file order: those without any one of which it opens, those that end, else all.
        left: What would be left of it, at the worst; None where nothing is known to go.
        worst: Without which instrument that would be left, for SINGLE.
        day: The first on which it is open, for ENDING.
        territories: Codes of those that would no longer be covered, or are not covered today (ONE_SIDED).
    """

    kind: RiskKind
    rating: Rating
    instruments: tuple[str, ...]
    left: Rating | None = None
    worst: str | None = None
    day: date | None = None
    territories: tuple[str, ...] = ()

    @property
    def loss(self) -> float:
        """The part of what is covered in full today that would go, from 0 to 1."""
        if self.left is None:
            return 0.0
        today, left = self.rating.share, self.left.share
        return 1 - left.covered / today.covered if today and left else 1.0


@dataclass(frozen=True, slots=True)
class Risks:
    """What is fragile among the cells that *matrix* shows; what would lose most first.

    ``until`` is the last day on which an end counts as near, ``crowded`` how many instruments are many.
    """

    matrix: Matrix
    risks: tuple[Risk, ...]
    until: date
    crowded: int


def find_risks(matrix: Matrix, until: date, crowded: int) -> Risks:
    """Find what is fragile on the day of a matrix' query, which must have one.

    Sorted by what would be lost, then by kind, then by date; else the matrix' order.
    """
    order = {rating.cell: n for n, rating in enumerate(matrix)}
    found = [
        *_single(matrix),
        *_ending(matrix, until),
        *_no_funding(matrix),
        *_crowded(matrix, crowded),
        *_one_sided(matrix),
    ]
    found.sort(
        key=lambda risk: (
            -risk.loss,
            _KINDS.index(risk.kind),
            risk.day or date.max,
            order[risk.rating.cell],
        )
    )
    return Risks(matrix, tuple(found), until, crowded)


_KINDS = tuple(RiskKind)


def _single(matrix: Matrix) -> Iterator[Risk]:
    tallies = tally_up(matrix.dataset, matrix.query)
    places = {one.id: place for place, one in enumerate(matrix.dataset.instruments)}
    for rating in matrix:
        if rating.rests_on:
            tally = tallies[rating.cell]
            without = {
                id_: _without(matrix, tally, rating.cell, places[id_]) for id_ in rating.rests_on
            }
            risks = [
                Risk(RiskKind.SINGLE, rating, rating.rests_on, left, id_)
                for id_, left in without.items()
            ]
            lost = {code for left in without.values() for code in _missing(left)}
            worst = max(risks, key=lambda risk: risk.loss)
            yield worst._replace(territories=_in_order(matrix, rating.cell, lost))


def _without(matrix: Matrix, tally: Tally, cell: Cell, place: int) -> Rating:
    instrument = matrix.dataset.instruments[place]
    tally.remove(place, instrument.covers[cell])
    left = tally.rate()
    tally.add(place, instrument.covers[cell], instrument.id)
    return left


def _ending(matrix: Matrix, until: date) -> Iterator[Risk]:
    today = matrix.query.as_of
    if today is None or today >= until:
        return
    covered = {rating.cell: rating for rating in matrix if rating.coverage is Coverage.FULL}
    for event in build_timeline(matrix, today + DAY, until).events:
        for change in event.changes:
            ends = [
                cause.instrument
                for cause in event.because
                if cause.what is What.ENDS and change.cell in cause.cells
            ]
            if change.cell in covered and change.after.coverage is not Coverage.FULL:
                rating = covered.pop(change.cell)
                if ends:
                    yield Risk(
                        RiskKind.ENDING,
                        rating,
                        tuple(id_ for id_ in ends if id_ is not None),
                        change.after,
                        day=event.date,
                        territories=_missing(change.after),
                    )


def _no_funding(matrix: Matrix) -> Iterator[Risk]:
    poor = {kind.id for kind in matrix.dataset.kinds if kind.funds is False}
    unfunded = {one.id for one in matrix.dataset.instruments if one.kind in poor}
    for rating in matrix:
        if rating.instruments and unfunded.issuperset(rating.instruments):
            yield Risk(RiskKind.NO_FUNDING, rating, rating.instruments)


def _crowded(matrix: Matrix, many: int) -> Iterator[Risk]:
    for rating in matrix:
        if len(rating.instruments) >= many:
            yield Risk(RiskKind.CROWDED, rating, rating.instruments)


def _one_sided(matrix: Matrix) -> Iterator[Risk]:
    for rating in matrix:
        missing = _missing(rating)
        if rating.share and rating.share.covered and missing:
            yield Risk(RiskKind.ONE_SIDED, rating, rating.instruments, territories=missing)


def _missing(rating: Rating) -> tuple[str, ...]:
    return rating.share.missing if rating.share else ()


def _in_order(matrix: Matrix, cell: Cell, codes: Collection[str]) -> tuple[str, ...]:
    units = next(level.units for level in matrix.levels if level.id == cell.level)
    return tuple(unit.code for unit in units if unit.code in codes)
