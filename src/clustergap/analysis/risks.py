"""Covered today, but fragile: which cells hang by a thread, end soon, or are covered in name only."""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple

from clustergap.analysis.counting import stated
from clustergap.analysis.endings import Ending, find_endings
from clustergap.analysis.matrix import Matrix, tally_up
from clustergap.analysis.rating import Rating
from clustergap.analysis.tally import Tally
from clustergap.analysis.timeline import Progress
from clustergap.model.cell import Cell


class RiskKind(enum.StrEnum):
    """Why a cell is fragile.

    SINGLE: it rests on an instrument, a gap without it. ENDING: it is a gap soon, as instruments end.
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
        instruments: Ids, in file order: those without any one of which it is a gap, those that end, else all.
        loss: The part of its units that are full today which would no longer be, at the worst, from 0 to 1.
        left: How it would be rated then; None where nothing is known to go.
        territories: Codes of those that nothing would cover any more, if somebody said where, or that nothing covers
            today (ONE_SIDED).
        day: The first day on which it is a gap, for ENDING.
        again: The first day after that on which it is full again, if that is near too.
        by_observation: Whether the end of an observation has a part in it, for ENDING.
    """

    kind: RiskKind
    rating: Rating
    instruments: tuple[str, ...]
    loss: float = 0.0
    left: Rating | None = None
    territories: tuple[str, ...] = ()
    day: date | None = None
    again: date | None = None
    by_observation: bool = False


@dataclass(frozen=True, slots=True)
class Risks:
    """What is fragile among the cells that *matrix* shows; what would lose most first.

    ``until`` is the last day on which a gap that opens counts as near, None where the question has no day to count from;
    ``crowded`` is how many instruments are many.
    """

    matrix: Matrix
    risks: tuple[Risk, ...]
    until: date | None
    crowded: int

    @property
    def unjudged(self) -> tuple[RiskKind, ...]:
        """The kinds of risk that nobody can look for without a day."""
        return (RiskKind.ENDING,) if self.until is None else ()


def find_risks(
    matrix: Matrix, until: date | None, crowded: int, progress: Progress | None = None
) -> Risks:
    """Find what is fragile on the day of a matrix' query; where it has none, all but what ends.

    Sorted by what would be lost, then by kind, then by date; else in the matrix' order.

    Args:
        matrix: The cells to look at, rated on that day.
        until: The last day on which a gap that opens counts as near; None: endings are not judged.
        crowded: From how many instruments on a cell is crowded.
        progress: Told of the days that were looked at.
    """
    order = {rating.cell: n for n, rating in enumerate(matrix)}
    tallies = tally_up(matrix.dataset, matrix.query)
    found = [
        *_single(matrix, tallies),
        *(map(_ending, find_endings(matrix, tallies, until, progress)) if until else ()),
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


def _single(matrix: Matrix, tallies: Mapping[Cell, Tally]) -> Iterator[Risk]:
    places = {one.id: place for place, one in enumerate(matrix.dataset.instruments)}
    for rating in matrix:
        tally = tallies[rating.cell]
        losses = [_without(matrix, tally, rating.cell, places[id_]) for id_ in rating.rests_on]
        if losses:
            worst = max(losses, key=lambda loss: loss.units.bit_count())
            gone = reduce(or_, (loss.gone for loss in losses))
            yield Risk(
                RiskKind.SINGLE,
                rating,
                rating.rests_on,
                worst.units.bit_count() / tally.full.bit_count(),
                worst.left,
                tally.codes(gone) if rating.share or worst.left.share else (),
            )


class _Loss(NamedTuple):
    """What a cell is without one of its instruments: the units no longer full, those that nothing covers, its rating."""

    units: int
    gone: int
    left: Rating


def _without(matrix: Matrix, tally: Tally, cell: Cell, place: int) -> _Loss:
    instrument, full = matrix.dataset.instruments[place], tally.full
    counted = stated(instrument.covers[cell], matrix.query)
    for number, statement in counted:
        tally.remove(place, statement, number)
    units = full & ~tally.full
    loss = _Loss(units, units & ~tally.stated, tally.rate())
    for number, statement in counted:
        tally.add(place, statement, instrument.id, number)
    return loss


def _ending(ending: Ending) -> Risk:
    return Risk(
        RiskKind.ENDING,
        ending.today,
        tuple(id_ for id_ in ending.ended if id_ is not None),
        ending.loss,
        ending.left,
        ending.gone,
        ending.day,
        ending.again,
        None in ending.ended,
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
        share = rating.share
        if share and share.covered and share.missing:
            yield Risk(RiskKind.ONE_SIDED, rating, rating.instruments, territories=share.missing)
