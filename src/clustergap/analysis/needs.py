"""Needs for policy action: each gap with the SWOT that speaks of it, what there is to build on (leads), and its priority."""

import dataclasses
import enum
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from clustergap.analysis.cell_state import CellState
from clustergap.analysis.counting import (
    Period,
    left_out,
    period_of,
    why_not_counted,
    why_not_stated,
)
from clustergap.analysis.coverage import Coverage, Degree, Rating
from clustergap.analysis.gaps import Gap, find_gaps
from clustergap.analysis.matrix import Matrix, cell_states
from clustergap.analysis.swot import Evidence, EvidenceFinder, cells_of, level_link, quadrant_items
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Level, Status
from clustergap.model.query import Query
from clustergap.model.swot import Quadrant, SwotItem

MOST_RELATED = 2
"""Roles that count as related: those that share the most instruments with the gap's role."""


class LeadKind(enum.StrEnum):
    """Why an instrument is something to build on.

    SAME_ROLE: it serves the same role at another level. RELATED_ROLE: it serves a related role at the same
    level. PLANNED: it is planned or begins later, and would cover more of the cell. SUCCESSOR: it follows an
    instrument that served the cell.
    """

    SAME_ROLE = "same-role"
    RELATED_ROLE = "related-role"
    PLANNED = "planned"
    SUCCESSOR = "successor"


class Lead(NamedTuple):
    """An instrument to build on.

    Attributes:
        instrument: The instrument.
        kind: Why it is a lead.
        cells: The cells that make it a lead; of a SUCCESSOR all cells that it covers.
        why_not: Why the query does not count it there; empty if it does.
        then: How well the gap would be covered with it, for PLANNED.
        starts: When its cover begins, if known, for PLANNED.
        follows: The ended instrument that it follows, for SUCCESSOR.
        ended: The last day of the ended instrument.
    """

    instrument: Instrument
    kind: LeadKind
    cells: tuple[Cell, ...]
    why_not: str
    then: Degree | None = None
    starts: date | None = None
    follows: Instrument | None = None
    ended: date | None = None


class LeadFinder:
    """Finds leads for the gaps of a matrix; the instruments around its cells are looked up once."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix, self.query = matrix, matrix.query
        self.left_out = left_out(matrix.dataset, matrix.query)
        self.places = matrix.dataset.instrument_places
        self.by_cell: dict[Cell, list[Instrument]] = defaultdict(list)
        for instrument in matrix.dataset.instruments:
            for cell in instrument.covers:
                self.by_cell[cell].append(instrument)
        self.counted = {
            cell: frozenset(rating.instruments) for cell, rating in matrix.ratings.items()
        }
        self.related = _related_roles(matrix)

    @cached_property
    def states(self) -> Mapping[Cell, CellState]:
        """The states of all cells; only planned leads need them."""
        return cell_states(self.matrix.dataset, self.query)

    def find(self, gap: Rating) -> tuple[Lead, ...]:
        """List what there is to build on, each instrument once; those that count today come first."""
        leads: dict[str, Lead] = {}
        is_none = self.left_out.union(gap.instruments)
        for lead in (
            *self._planned(gap),
            *self._successors(gap),
            *self._same_role(gap.cell),
            *self._related(gap.cell),
        ):
            # Instruments that the query leaves out are no leads either.
            if lead.instrument.id not in is_none:
                leads.setdefault(lead.instrument.id, lead)
        order = list(LeadKind)
        return tuple(
            sorted(leads.values(), key=lambda lead: (order.index(lead.kind), bool(lead.why_not)))
        )

    def _same_role(self, cell: Cell) -> Iterator[Lead]:
        levels = (level.id for level in self.matrix.dataset.levels if level.id != cell.level)
        return self._serving(LeadKind.SAME_ROLE, [Cell(cell.role, level) for level in levels])

    def _related(self, cell: Cell) -> Iterator[Lead]:
        roles = self.related.get(cell.role, ())
        return self._serving(LeadKind.RELATED_ROLE, [Cell(role, cell.level) for role in roles])

    def _serving(self, kind: LeadKind, cells: Iterable[Cell]) -> Iterator[Lead]:
        serves: dict[str, list[Cell]] = defaultdict(list)
        for cell in cells:
            for instrument in self.by_cell[cell]:
                serves[instrument.id].append(cell)
        for id_ in sorted(serves, key=self.places.__getitem__):
            instrument = self.matrix.dataset.instruments[self.places[id_]]
            counted = [cell for cell in serves[id_] if id_ in self.counted[cell]]
            if counted:
                yield Lead(instrument, kind, tuple(counted), "")
            elif instrument.status is Status.ACTIVE:
                why_not = self._why_not(instrument, serves[id_])
                yield Lead(instrument, kind, tuple(serves[id_]), why_not)

    def _planned(self, gap: Rating) -> Iterator[Lead]:
        sometime = dataclasses.replace(self.query, as_of=None, with_planned=True)
        for instrument in self.by_cell[gap.cell]:
            if not why_not_counted(self.matrix.dataset, instrument, sometime):
                # The first day on which it covers more: its statements about the cell may begin one after another.
                periods = _to_come(self.matrix.dataset, instrument, gap.cell, self.query.as_of)
                for starts in sorted({period.starts or date.min for period in periods.values()}):
                    then = self._with(gap.cell, instrument, _in_force(periods, starts))
                    if _covers_more(gap, then):
                        why_not = self._why_not(instrument, [gap.cell])
                        day = starts if starts > date.min else None
                        yield Lead(instrument, LeadKind.PLANNED, (gap.cell,), why_not, then, day)
                        break

    def _with(self, cell: Cell, instrument: Instrument, numbers: Iterable[int]) -> Degree:
        state, place = self.states[cell], self.places[instrument.id]
        added = [(number, instrument.covers[cell][number]) for number in numbers]
        for number, statement in added:
            state.add(place, statement, instrument.id, number)
        then = state.degree()
        for number, statement in added:
            state.remove(place, statement, number)
        return then

    def _successors(self, gap: Rating) -> Iterator[Lead]:
        today = self.query.as_of
        if today is None:
            return iter(())
        ended = (
            (instrument, last)
            for instrument in self.by_cell[gap.cell]
            if (last := _ended(self.matrix.dataset, instrument, gap.cell)) is not None
            and last < today
            and instrument.status is not Status.PLANNED
        )
        return self._followers(ended)

    def _followers(self, ended: Iterable[tuple[Instrument, date]]) -> Iterator[Lead]:
        # All are followed at once, a step at a time, so that each successor comes first with the nearest instrument that
        # it follows; goes on to the successors of successors that have ended too. Two ways to each will do: the
        # nearest may be its own, in a circle.
        waiting = deque(
            (id_, instrument, last)
            for instrument, last in ended
            for id_ in instrument.succeeded_by
        )
        followed: dict[str, list[str]] = defaultdict(list)
        while waiting:
            id_, first, last = waiting.popleft()
            if id_ == first.id or first.id in followed[id_] or len(followed[id_]) > 1:
                continue
            followed[id_].append(first.id)
            follower = self.matrix.dataset.instruments[self.places[id_]]
            why_not = why_not_counted(self.matrix.dataset, follower, self.query)
            if why_not:
                waiting += ((after, first, last) for after in follower.succeeded_by)
            yield Lead(
                follower,
                LeadKind.SUCCESSOR,
                tuple(follower.covers),
                why_not,
                follows=first,
                ended=last,
            )

    def _why_not(self, instrument: Instrument, cells: Iterable[Cell]) -> str:
        reasons = (_why_none_in_force(instrument, cell, self.query) for cell in cells)
        why_not = why_not_counted(self.matrix.dataset, instrument, self.query)
        reason = why_not or next(filter(None, reasons), "")
        return reason or (
            f"elsewhere than in {self.query.place_in_words}" if self.query.place else "nowhere"
        )


Periods = Mapping[int, Period]
"""When each statement of an instrument about a cell is in force, by its index."""


def _periods(dataset: Dataset, instrument: Instrument, cell: Cell) -> Periods:
    # Without those that are never in force.
    statements = instrument.covers[cell]
    periods = (period_of(dataset, instrument, statement) for statement in statements)
    return {number: period for number, period in enumerate(periods) if not period.is_empty}


def _to_come(dataset: Dataset, instrument: Instrument, cell: Cell, today: date | None) -> Periods:
    is_planned = instrument.status is Status.PLANNED
    return {
        number: period
        for number, period in _periods(dataset, instrument, cell).items()
        if is_planned or (period.starts and today and today < period.starts)
        if not (period.ends and today and period.ends < today)
    }


def _in_force(periods: Periods, day: date) -> list[int]:
    return [number for number, period in periods.items() if period.holds(day)]


def _ended(dataset: Dataset, instrument: Instrument, cell: Cell) -> date | None:
    # The last day of the last statement; None if one has no end or none is ever in force.
    ends = [period.ends or date.max for period in _periods(dataset, instrument, cell).values()]
    last = max(ends, default=date.max)
    return last if last < date.max else None


def _covers_more(gap: Rating, then: Degree) -> bool:
    if then.coverage is not gap.coverage:
        worst_first = (Coverage.UNKNOWN, Coverage.NONE, Coverage.PARTIAL, Coverage.FULL)
        return worst_first.index(then.coverage) > worst_first.index(gap.coverage)
    was, is_then = (
        (share.covered, share.covered + share.partial) if share else (0, 0)
        for share in (gap.share, then.share)
    )
    return is_then[0] > was[0] or is_then[1] > was[1]


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


def _why_none_in_force(instrument: Instrument, cell: Cell, query: Query) -> str:
    """Say in words why none of an instrument's covers of a cell is in force: the reason of the first; nothing if one is."""
    reasons = [
        why_not_stated(statement, query, instrument) for statement in instrument.covers[cell]
    ]
    return reasons[0] if all(reasons) else ""


class Priority(NamedTuple):
    """Why a need stands where it does within its level.

    Attributes:
        is_covered: Whether anything covers the cell at all; a need without coverage goes first.
        share: The part of the territories that are covered in full, 0 if nothing covers the cell; None if
            it is not known, which goes last.
        evidence: How many SWOT items speak of it by its cell, role or instruments; more go first.
        elsewhere: How many other levels cover the role in full or in part; fewer go first.
    """

    is_covered: bool
    share: float | None
    evidence: int
    elsewhere: int

    @property
    def key(self) -> tuple[bool, bool, float, int, int]:
        """The sort key of the needs of a level."""
        return (
            self.is_covered,
            self.share is None,
            self.share or 0.0,
            -self.evidence,
            self.elsewhere,
        )


@dataclass(frozen=True, slots=True)
class Need:
    """A gap, its evidence (by quadrant, in each the nearest link first), and what there is to build on."""

    gap: Gap
    evidence: tuple[Evidence, ...]
    leads: tuple[Lead, ...]
    priority: Priority


class Unlinked(NamedTuple):
    """A SWOT item that speaks of nothing that is shown; ``names_nothing``: it has no links at all."""

    quadrant: Quadrant
    item: SwotItem
    names_nothing: bool


@dataclass(frozen=True, slots=True)
class Needs:
    """The gaps among the cells that *matrix* shows, as needs.

    Attributes:
        matrix: The rated cells.
        by_level: The needs of every level that is shown, the narrowest level first; the most pressing first.
        speaking: For each of these levels the SWOT items that name or mean the level, but none of its gaps' cells.
        unlinked: All other SWOT items.
        explains_order: Whether the answer says why a need stands where it does.
    """

    matrix: Matrix
    by_level: tuple[tuple[Level, tuple[Need, ...]], ...]
    speaking: tuple[tuple[Level, tuple[Evidence, ...]], ...]
    unlinked: tuple[Unlinked, ...]
    explains_order: bool = False

    @property
    def needs(self) -> tuple[Need, ...]:
        """All needs, level by level."""
        return tuple(need for _, needs in self.by_level for need in needs)


def find_needs(matrix: Matrix) -> Needs:
    """Make needs of the gaps among the cells that *matrix* shows.

    Every gap is one need, and every item of the SWOT speaks of a need or of a level, or is unlinked.
    """
    leads, evidence = LeadFinder(matrix), EvidenceFinder(matrix.dataset)
    needs = [_need(gap, leads, evidence) for gap in find_gaps(matrix).gaps]
    needs.sort(key=lambda need: need.priority.key)
    levels = matrix.levels[::-1]
    speaking = tuple((level, _speaking(matrix, level, needs)) for level in levels)
    linked = {evidence.item.id for need in needs for evidence in need.evidence}
    linked |= {evidence.item.id for _, row in speaking for evidence in row}
    return Needs(
        matrix,
        tuple(
            (level, tuple(need for need in needs if need.gap.rating.cell.level == level.id))
            for level in levels
        ),
        speaking,
        tuple(
            Unlinked(quadrant, item, not item.has_links)
            for quadrant, item in quadrant_items(matrix.dataset)
            if item.id not in linked
        ),
    )


def _need(gap: Gap, leads: LeadFinder, finder: EvidenceFinder) -> Need:
    rating = gap.rating
    order = list(Quadrant)
    evidence = sorted(
        finder.find(rating.cell, rating.instruments),
        key=lambda evidence: order.index(evidence.quadrant),
    )
    share, is_covered = rating.share, rating.coverage is not Coverage.NONE
    return Need(
        gap,
        tuple(evidence),
        leads.find(rating),
        Priority(
            is_covered,
            (share.covered / share.of if share and share.of else None) if is_covered else 0.0,
            sum(not row.is_of_level for row in evidence),
            len(gap.elsewhere),
        ),
    )


def _speaking(matrix: Matrix, level: Level, needs: Collection[Need]) -> tuple[Evidence, ...]:
    gaps = {need.gap.rating.cell for need in needs if need.gap.rating.cell.level == level.id}
    return tuple(
        Evidence(quadrant, item, link.value)
        for quadrant, item in quadrant_items(matrix.dataset)
        if (link := level_link(item, level.id)) and gaps.isdisjoint(cells_of(item))
    )
