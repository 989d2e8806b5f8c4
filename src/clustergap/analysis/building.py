"""What there is to build on where a cell has a gap: instruments nearby, planned ones, successors of ended ones."""

import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from clustergap.analysis.counting import period_of, why_not_counted, why_not_stated
from clustergap.analysis.matrix import Matrix, tally_up
from clustergap.analysis.rating import Coverage, Rating
from clustergap.model.cell import Cell
from clustergap.model.dataset import Instrument, Status

MOST_RELATED = 2
"""Roles that count as related: those that share the most instruments with the gap's role."""


class How(enum.StrEnum):
    """Why an instrument is something to build on.

    SAME_ROLE: it serves the same role at another level. RELATED_ROLE: it serves a related role at the same
    level. PLANNED: it is planned, and would serve the cell. SUCCESSOR: it follows an instrument that served it.
    """

    SAME_ROLE = "same-role"
    RELATED_ROLE = "related-role"
    PLANNED = "planned"
    SUCCESSOR = "successor"


class BuildOn(NamedTuple):
    """An instrument to build on.

    Attributes:
        instrument: The instrument.
        how: Why it is here.
        cells: The cells that it serves because of which it is here; of a SUCCESSOR those that it states now.
        why_not: Why the query does not count it; nothing if it does.
        then: How the gap would be rated with it, for PLANNED.
        follows: The ended instrument that it follows, for SUCCESSOR.
        ended: That one's last day.
    """

    instrument: Instrument
    how: How
    cells: tuple[Cell, ...]
    why_not: str
    then: Rating | None = None
    follows: Instrument | None = None
    ended: date | None = None


class Neighbourhood:
    """The instruments around the cells of a matrix, each looked up once."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix, self.query = matrix, matrix.query
        self.tallies = tally_up(matrix.dataset, matrix.query)
        self.places = {one.id: place for place, one in enumerate(matrix.dataset.instruments)}
        self.by_cell: dict[Cell, list[Instrument]] = defaultdict(list)
        for instrument in matrix.dataset.instruments:
            for cell in instrument.covers:
                self.by_cell[cell].append(instrument)
        self.related = _related_roles(matrix)

    def around(self, gap: Rating) -> tuple[BuildOn, ...]:
        """List what there is to build on, each instrument once; what counts today goes before what does not."""
        found: dict[str, BuildOn] = {}
        for one in (
            *self._planned(gap),
            *self._successors(gap),
            *self._same_role(gap.cell),
            *self._related(gap.cell),
        ):
            if one.instrument.id not in gap.instruments:
                found.setdefault(one.instrument.id, one)
        order = list(How)
        return tuple(
            sorted(found.values(), key=lambda one: (order.index(one.how), bool(one.why_not)))
        )

    def _same_role(self, cell: Cell) -> Iterator[BuildOn]:
        levels = (level.id for level in self.matrix.dataset.levels if level.id != cell.level)
        return self._serving(How.SAME_ROLE, [Cell(cell.role, level) for level in levels])

    def _related(self, cell: Cell) -> Iterator[BuildOn]:
        roles = self.related.get(cell.role, ())
        return self._serving(How.RELATED_ROLE, [Cell(role, cell.level) for role in roles])

    def _serving(self, how: How, cells: Iterable[Cell]) -> Iterator[BuildOn]:
        serves: dict[str, list[Cell]] = defaultdict(list)
        for cell in cells:
            for instrument in self.by_cell[cell]:
                serves[instrument.id].append(cell)
        for id_ in sorted(serves, key=self.places.__getitem__):
            instrument = self.matrix.dataset.instruments[self.places[id_]]
            if instrument.status is Status.ACTIVE:
                why_not = self._why_not(instrument, serves[id_])
                yield BuildOn(instrument, how, tuple(serves[id_]), why_not)

    def _planned(self, gap: Rating) -> Iterator[BuildOn]:
        for instrument in self.by_cell[gap.cell]:
            if instrument.status is Status.PLANNED:
                then = self._with(gap.cell, instrument)
                if then.coverage is Coverage.FULL or then != gap:
                    why_not = why_not_counted(instrument, self.query)
                    yield BuildOn(instrument, How.PLANNED, (gap.cell,), why_not, then)

    def _with(self, cell: Cell, instrument: Instrument) -> Rating:
        tally, place = self.tallies[cell], self.places[instrument.id]
        tally.add(place, instrument.covers[cell], instrument.id)
        then = tally.rate()
        tally.remove(place, instrument.covers[cell])
        return then

    def _successors(self, gap: Rating) -> Iterator[BuildOn]:
        today = self.query.as_of
        if today is None:
            return
        for instrument in self.by_cell[gap.cell]:
            _, ended = period_of(instrument, instrument.covers[gap.cell])
            if ended is None or ended >= today:
                continue
            for id_ in instrument.succeeded_by:
                follower = self.matrix.dataset.instruments[self.places[id_]]
                cells = tuple(follower.covers)
                why_not = why_not_counted(follower, self.query)
                yield BuildOn(
                    follower, How.SUCCESSOR, cells, why_not, follows=instrument, ended=ended
                )

    def _why_not(self, instrument: Instrument, cells: Iterable[Cell]) -> str:
        covers = (instrument.covers[cell] for cell in cells)
        reasons = [why_not_stated(cover, self.query) for cover in covers]
        return why_not_counted(instrument, self.query) or (reasons[0] if all(reasons) else "")


def _related_roles(matrix: Matrix) -> Mapping[str, tuple[str, ...]]:
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for instrument in matrix.dataset.instruments:
        roles = list(dict.fromkeys(cell.role for cell in instrument.covers))
        for role in roles:
            shared[role].update(other for other in roles if other != role)
    order = [role.id for role in matrix.dataset.roles]
    return {
        role: tuple(
            sorted(others, key=lambda other: (-others[other], order.index(other)))[:MOST_RELATED]
        )
        for role, others in shared.items()
    }
