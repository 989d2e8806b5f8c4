"""The SWOT beside the matrix: what its links say under a query, what it says of a cell, and what it leaves unsaid."""

import enum
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from clustergap.analysis.caveats import Caveats
from clustergap.analysis.counting import lines_of, why_not_counted
from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import Matrix
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.query import CROWDED
from clustergap.model.swot import Quadrant, SwotItem


@dataclass(frozen=True, slots=True)
class LinkedItem:
    """A SWOT item, the ratings of its cells, and those of its instruments that the query does not count.

    ``ratings``: of the cells that it names, ``meant_ratings``: of those that it means. ``not_counted``: the id of each
    such instrument, and why. ``is_contradicted``: all cells that a weakness names are full, or all that a strength
    names are none; what somebody reads into its words is not held against it.
    """

    item: SwotItem
    ratings: tuple[Rating, ...]
    meant_ratings: tuple[Rating, ...]
    not_counted: tuple[tuple[str, str], ...]
    is_contradicted: bool


class LeftOut(NamedTuple):
    """How many items of a quadrant are not shown: those that name or mean other roles or levels, and those that do none."""

    elsewhere: int
    nowhere: int


@dataclass(frozen=True, slots=True)
class SwotView:
    """The four quadrants, narrowed to the items that name or mean the roles and levels asked for.

    ``roles``, ``levels``: their ids; empty: not narrowed.
    """

    matrix: Matrix
    quadrants: tuple[tuple[Quadrant, tuple[LinkedItem, ...]], ...]
    roles: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()

    def caveats(self) -> Caveats:
        """Say what a reader must know of the cells of the roles and levels asked for."""
        return self.matrix.select(self.roles, self.levels).caveats()

    def left_out(self, quadrant: Quadrant) -> LeftOut:
        """Count the items of a quadrant that are not shown."""
        items = self.matrix.dataset.swot.get(quadrant, ())
        hidden = [item for item in items if not is_about(item, self.roles, self.levels)]
        elsewhere = sum(
            bool((self.roles and roles_of(item)) or (self.levels and levels_of(item)))
            for item in hidden
        )
        return LeftOut(elsewhere, len(hidden) - elsewhere)


OPPOSITES = {Quadrant.WEAKNESSES: Coverage.FULL, Quadrant.STRENGTHS: Coverage.NONE}
"""The coverage of all its cells that contradicts an item of a quadrant."""


def is_contradicted(matrix: Matrix, quadrant: Quadrant, item: SwotItem) -> bool:
    """Tell whether the matrix contradicts an item in every cell that it names."""
    opposite = OPPOSITES.get(quadrant)
    return {matrix.ratings[cell].coverage for cell in item.cells} == {opposite}


def build_swot(matrix: Matrix, roles: Collection[str], levels: Collection[str]) -> SwotView:
    """Show the SWOT of a *matrix*' dataset.

    Args:
        matrix: All cells, rated.
        roles: Ids of roles; an item is shown if it, or a cell of it, names or means one. None: all items.
        levels: Ids of levels, likewise.
    """
    quadrants = []
    for quadrant in Quadrant:
        items = matrix.dataset.swot.get(quadrant, ())
        linked = (
            link_item(matrix, quadrant, item) for item in items if is_about(item, roles, levels)
        )
        quadrants.append((quadrant, tuple(linked)))
    return SwotView(matrix, tuple(quadrants), tuple(roles), tuple(levels))


def is_about(item: SwotItem, roles: Collection[str], levels: Collection[str]) -> bool:
    """Tell whether an item speaks of one of these roles and one of these levels; an empty list allows all."""
    return (not roles or not roles_of(item).isdisjoint(roles)) and (
        not levels or not levels_of(item).isdisjoint(levels)
    )


def roles_of(item: SwotItem) -> set[str]:
    """Return the roles that an item, or a cell of it, names or means."""
    cells = (*item.cells, *item.meant.cells)
    return {*item.roles, *item.meant.roles, *(cell.role for cell in cells)}


def levels_of(item: SwotItem) -> set[str]:
    """Return the levels that an item, or a cell of it, names or means."""
    cells = (*item.cells, *item.meant.cells)
    return {*item.levels, *item.meant.levels, *(cell.level for cell in cells)}


def cells_of(item: SwotItem) -> set[Cell]:
    """Return the cells that an item names or means."""
    return {*item.cells, *item.meant.cells}


def instruments_of(item: SwotItem) -> set[str]:
    """Return the instruments that an item names or means."""
    return {*item.instruments, *item.meant.instruments}


def link_item(matrix: Matrix, quadrant: Quadrant, item: SwotItem) -> LinkedItem:
    """Link an item of a quadrant to what it names and means, beside a *matrix* of the whole dataset."""
    dataset = matrix.dataset
    known = instruments_of(item) & dataset.instruments_by_id.keys()
    reasons = (
        (id_, why_not_counted(dataset, dataset.instruments_by_id[id_], matrix.query))
        for id_ in sorted(known, key=dataset.instrument_places.__getitem__)
    )
    return LinkedItem(
        item,
        tuple(matrix.ratings[cell] for cell in item.cells),
        tuple(matrix.ratings[cell] for cell in item.meant.cells),
        tuple((id_, why) for id_, why in reasons if why),
        is_contradicted(matrix, quadrant, item),
    )


def narrowed(matrix: Matrix) -> tuple[list[str], list[str]]:
    """Return the roles and levels to which a *matrix* narrows the SWOT: none for a dimension that is shown whole."""
    dataset = matrix.dataset
    has_all_roles = len(matrix.roles) == len(dataset.roles)
    has_all_levels = len(matrix.levels) == len(dataset.levels)
    return (
        [] if has_all_roles else [role.id for role in matrix.roles],
        [] if has_all_levels else [level.id for level in matrix.levels],
    )


class EvidenceLink(enum.StrEnum):
    """How a SWOT item is linked to a cell, in words, the nearest link first; what is named is nearer than what is meant."""

    CELL = "names the role at the level"
    MEANT_CELL = "means the role at the level"
    ROLE = "names the role"
    MEANT_ROLE = "means the role"
    INSTRUMENT = "names an instrument"
    MEANT_INSTRUMENT = "means an instrument"
    LEVEL = "names the level"
    MEANT_LEVEL = "means the level"


NAMES_IT, MEANS_IT = "names the instrument", "means the instrument"
"""How a SWOT item is linked to an instrument of which alone is asked, in words."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A SWOT item that speaks of a cell; ``why`` names the link."""

    quadrant: Quadrant
    item: SwotItem
    why: str

    @property
    def is_of_level(self) -> bool:
        """Whether it speaks of the cell's level only."""
        return self.why in (EvidenceLink.LEVEL, EvidenceLink.MEANT_LEVEL)


class EvidenceFinder:
    """Finds the SWOT items that speak of a cell; what each item names and means is looked up once."""

    def __init__(self, dataset: Dataset) -> None:
        self._items = tuple(quadrant_items(dataset))
        self._linked: Mapping[EvidenceLink, dict[Cell | str, list[int]]] = {
            link: defaultdict(list) for link in EvidenceLink
        }
        for place, (_, item) in enumerate(self._items):
            for link, subjects in _links_of(item):
                for subject in subjects:
                    self._linked[link][subject].append(place)

    @property
    def instruments(self) -> Collection[Cell | str]:
        """The ids of the instruments that an item names or means."""
        linked = self._linked
        return (
            linked[EvidenceLink.INSTRUMENT].keys() | linked[EvidenceLink.MEANT_INSTRUMENT].keys()
        )

    def find(self, cell: Cell, instruments: Collection[str]) -> tuple[Evidence, ...]:
        """Return the SWOT items linked to *cell*, its role, one of its *instruments* or its level.

        The nearest link comes first, in the order of ``EvidenceLink``; items with equal links are in the SWOT's order.
        """
        subjects: Mapping[EvidenceLink, Iterable[Cell | str]] = {
            EvidenceLink.CELL: (cell,),
            EvidenceLink.MEANT_CELL: (cell,),
            EvidenceLink.ROLE: (cell.role,),
            EvidenceLink.MEANT_ROLE: (cell.role,),
            EvidenceLink.INSTRUMENT: instruments,
            EvidenceLink.MEANT_INSTRUMENT: instruments,
            EvidenceLink.LEVEL: (cell.level,),
            EvidenceLink.MEANT_LEVEL: (cell.level,),
        }
        nearest: dict[int, EvidenceLink] = {}
        for link in EvidenceLink:
            linked = self._linked[link]
            found = {place for subject in subjects[link] for place in linked.get(subject, ())}
            for place in sorted(found):
                nearest.setdefault(place, link)
        return tuple(Evidence(*self._items[place], link.value) for place, link in nearest.items())


def _links_of(item: SwotItem) -> Iterator[tuple[EvidenceLink, Iterable[Cell | str]]]:
    yield EvidenceLink.CELL, item.cells
    yield EvidenceLink.MEANT_CELL, item.meant.cells
    yield EvidenceLink.ROLE, item.roles
    yield EvidenceLink.MEANT_ROLE, item.meant.roles
    yield EvidenceLink.INSTRUMENT, item.instruments
    yield EvidenceLink.MEANT_INSTRUMENT, item.meant.instruments
    yield EvidenceLink.LEVEL, item.levels
    yield EvidenceLink.MEANT_LEVEL, item.meant.levels


def level_link(item: SwotItem, level: str) -> EvidenceLink | None:
    """Return how an item is linked to a *level* by the level's own id; None: not at all."""
    if level in item.levels:
        return EvidenceLink.LEVEL
    return EvidenceLink.MEANT_LEVEL if level in item.meant.levels else None


def role_link(item: SwotItem, role: str) -> EvidenceLink | None:
    """Return how an item is linked to a *role* by the role's own id likewise."""
    if role in item.roles:
        return EvidenceLink.ROLE
    return EvidenceLink.MEANT_ROLE if role in item.meant.roles else None


def evidence_naming(dataset: Dataset, instrument: str) -> tuple[Evidence, ...]:
    """Return the SWOT items that name or mean an *instrument* by its id, in the SWOT's order."""
    return tuple(
        Evidence(
            quadrant,
            item,
            NAMES_IT if instrument in item.instruments else MEANS_IT,
        )
        for quadrant, item in quadrant_items(dataset)
        if instrument in instruments_of(item)
    )


def quadrant_items(dataset: Dataset) -> Iterator[tuple[Quadrant, SwotItem]]:
    """Walk through the SWOT, quadrant by quadrant."""
    for quadrant, rows in dataset.swot.items():
        for item in rows:
            yield quadrant, item


class CandidateKind(enum.StrEnum):
    """Why a cell is a candidate: it has a gap, it rests on a single instrument, or many serve it."""

    GAP = "gap"
    SINGLE = "single"
    CROWDED = "crowded"


_CANDIDATES_IN = {
    CandidateKind.GAP: Quadrant.WEAKNESSES,
    CandidateKind.CROWDED: Quadrant.WEAKNESSES,
    CandidateKind.SINGLE: Quadrant.THREATS,
}


class Candidate(NamedTuple):
    """A cell of which no SWOT item speaks; ``id`` is an unused id for an item about it."""

    id: str
    quadrant: Quadrant
    kind: CandidateKind
    rating: Rating


def find_candidates(matrix: Matrix) -> tuple[Candidate, ...]:
    """Find the cells that are shown and are gaps, rest on a single instrument or are crowded, if no item names or means them or their role.

    Weaknesses before threats; gaps before what is crowded; else in the matrix' order.
    """
    items = [item for _, item in quadrant_items(matrix.dataset)]
    cells = {cell for item in items for cell in cells_of(item)}
    roles = {role for item in items for role in (*item.roles, *item.meant.roles)}
    unspoken = [
        rating for rating in matrix if rating.cell not in cells and rating.cell.role not in roles
    ]
    ids = {
        quadrant: _free_ids(matrix.dataset, quadrant)
        for quadrant in (Quadrant.WEAKNESSES, Quadrant.THREATS)
    }
    return tuple(
        Candidate(next(ids[quadrant]), quadrant, kind, rating)
        for kind, quadrant in _CANDIDATES_IN.items()
        for rating in unspoken
        if _is_candidate(kind, rating, matrix)
    )


def _is_candidate(kind: CandidateKind, rating: Rating, matrix: Matrix) -> bool:
    match kind:
        case CandidateKind.GAP:
            return rating.coverage.is_gap
        case CandidateKind.SINGLE:
            return _rests_on_one(rating, matrix)
        case CandidateKind.CROWDED:
            return len(lines_of(matrix.dataset, rating.instruments)) >= CROWDED


def _rests_on_one(rating: Rating, matrix: Matrix) -> bool:
    # On one alone, or on one with which the others go.
    rests_on, relations = frozenset(rating.rests_on), matrix.dataset.relations
    return any(rests_on <= relations.with_dependants(frozenset({id_})) for id_ in rests_on)


def _free_ids(dataset: Dataset, quadrant: Quadrant) -> Iterator[str]:
    taken = {item.id for _, item in quadrant_items(dataset)}
    numbers = count(len(dataset.swot.get(quadrant, ())) + 1)
    return (id_ for id_ in (f"{quadrant.value[0]}{n}" for n in numbers) if id_ not in taken)
