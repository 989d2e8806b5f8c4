"""Covered today, but fragile: which cells hang by a thread, end soon, or are covered in name only."""

import enum
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from clustergap.analysis.compare import Change
from clustergap.analysis.matrix import Matrix, tally_up
from clustergap.analysis.rating import Coverage, Rating
from clustergap.analysis.tally import Tally
from clustergap.analysis.timeline import Progress, build_timeline
from clustergap.analysis.turns import DAY
from clustergap.model.cell import Cell
from clustergap.model.dataset import Extent, Statement


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
        day: The first on which it is open, for ENDING.
        again: The first after that on which it is full again, if that is near too.
        territories: Codes of those that would no longer be covered, or are not covered today (ONE_SIDED).
    """

    kind: RiskKind
    rating: Rating
    instruments: tuple[str, ...]
    left: Rating | None = None
    day: date | None = None
    again: date | None = None
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

    ``until`` is the last day on which an opening counts as near, ``crowded`` how many instruments are many.
    """

    matrix: Matrix
    risks: tuple[Risk, ...]
    until: date
    crowded: int


def find_risks(
    matrix: Matrix, until: date, crowded: int, progress: Progress | None = None
) -> Risks:
    """Find what is fragile on the day of a matrix' query, which must have one.

    Sorted by what would be lost, then by kind, then by date; else in the matrix' order.

    Args:
        matrix: The cells to look at, rated on that day.
        until: The last day on which an opening counts as near.
        crowded: From how many instruments on a cell is crowded.
        progress: Told of the days that were looked at.
    """
    order = {rating.cell: n for n, rating in enumerate(matrix)}
    found = [
        *_single(matrix),
        *_ending(matrix, until, progress),
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
            left = [_without(matrix, tally, rating.cell, places[id_]) for id_ in rating.rests_on]
            lost = {code for one in left for code in _missing(one)}
            risks = [Risk(RiskKind.SINGLE, rating, rating.rests_on, one) for one in left]
            worst = max(risks, key=lambda risk: risk.loss)
            yield worst._replace(territories=_in_order(matrix, rating.cell, lost))


def _without(matrix: Matrix, tally: Tally, cell: Cell, place: int) -> Rating:
    instrument = matrix.dataset.instruments[place]
    tally.remove(place, instrument.covers[cell])
    left = tally.rate()
    tally.add(place, instrument.covers[cell], instrument.id)
    return left


def _ending(matrix: Matrix, until: date, progress: Progress | None) -> Iterable[Risk]:
    today = matrix.query.as_of
    if today is None or today >= until:
        return ()
    full = {rating.cell: rating for rating in matrix if rating.coverage is Coverage.FULL}
    covers = {one.id: one.covers for one in matrix.dataset.instruments}
    opened: dict[Cell, Risk] = {}
    for event in build_timeline(matrix, today + DAY, until, progress).events:
        for change in event.changes:
            is_full, cell = change.after.coverage is Coverage.FULL, change.cell
            if cell in full and cell not in opened and not is_full:
                opened[cell] = _opening(covers, full[cell], change, event.date)
            elif cell in opened and opened[cell].again is None and is_full:
                opened[cell] = opened[cell]._replace(again=event.date)
    return opened.values()


def _opening(
    covers: Mapping[str, Mapping[Cell, Statement]], today: Rating, change: Change, day: date
) -> Risk:
    # Whatever has covered the cell in full and has ended by then has its part in it.
    still = set(change.after.instruments)
    ended = [
        id_
        for id_ in today.instruments
        if id_ not in still and covers[id_][today.cell].extent is Extent.FULL
    ]
    return Risk(
        RiskKind.ENDING,
        today,
        tuple(ended),
        change.after,
        day,
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
