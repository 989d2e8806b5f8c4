"""What a role, a level, a place, a source or a SWOT item is in the data: what is said of it, what it is linked to, what rests on it."""

import enum
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from clustergap.analysis.caveats import Caveats
from clustergap.analysis.explain import (
    CellExplanation,
    InstrumentExplanation,
    StatementReader,
    StatementRecord,
)
from clustergap.analysis.list import ListFilters, Matching
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import (
    Evidence,
    LinkedItem,
    level_link,
    levels_of,
    link_item,
    quadrant_items,
    role_link,
    roles_of,
)
from clustergap.analysis.units import units_by_level
from clustergap.findings import DataPath
from clustergap.model.cell import Cell
from clustergap.model.dataset import AcceptedGap, Dataset, Instrument, Level, Role
from clustergap.model.places import Except, Group, Unit
from clustergap.model.record import Source, SourceRef
from clustergap.model.statement import Statement
from clustergap.model.swot import Quadrant, SwotItem
from clustergap.reference.territories import lies_in

# A role or a level


@dataclass(frozen=True, slots=True)
class RoleOrLevelExplanation:
    """The cells of one role, or of one level.

    ``matrix``: shows these cells alone. ``statements``: every statement about them, by cell. ``accepted``: their gaps that
    somebody has decided to live with.
    """

    matrix: Matrix
    record: Role | Level
    data_path: DataPath
    statements: tuple[StatementRecord, ...]
    evidence: tuple[Evidence, ...]
    accepted: Mapping[Cell, AcceptedGap]

    @property
    def data_paths(self) -> tuple[DataPath, ...]:
        """Where it is written."""
        return (self.data_path,)

    def caveats(self) -> Caveats:
        """Say what a reader must know of these cells."""
        return self.matrix.caveats()


def explain_role(matrix: Matrix, role_id: str) -> RoleOrLevelExplanation:
    """Explain a role by its cells in a *matrix* of the whole dataset."""
    index = [role.id for role in matrix.dataset.roles].index(role_id)
    shown = matrix.select((role_id,), ())
    return _of_cells(shown, shown.roles[0], ("roles", index))


def explain_level(matrix: Matrix, level_id: str) -> RoleOrLevelExplanation:
    """Explain a level likewise."""
    index = [level.id for level in matrix.dataset.levels].index(level_id)
    shown = matrix.select((), (level_id,))
    return _of_cells(shown, shown.levels[0], ("levels", index))


def _of_cells(shown: Matrix, record: Role | Level, path: DataPath) -> RoleOrLevelExplanation:
    dataset, cells = shown.dataset, [rating.cell for rating in shown]
    accepted = dataset.accepted_gaps
    return RoleOrLevelExplanation(
        shown,
        record,
        path,
        tuple(StatementReader(dataset, shown.query).about(cells)),
        tuple(_evidence_about(dataset, record)),
        {cell: accepted[cell] for cell in cells if cell in accepted},
    )


def _evidence_about(dataset: Dataset, record: Role | Level) -> Iterator[Evidence]:
    """Find the SWOT items that name or mean a role or level, or cells of it; what is named goes before what is meant."""
    for quadrant, item in quadrant_items(dataset):
        why = _why_about(item, record)
        if why:
            yield Evidence(quadrant, item, why)


def _why_about(item: SwotItem, record: Role | Level) -> str:
    is_role = isinstance(record, Role)
    link = role_link(item, record.id) if is_role else level_link(item, record.id)
    if link:
        return link.value
    for verb, links in (("names", item), ("means", item.meant)):
        own = [cell for cell in links.cells if record.id == (cell.role if is_role else cell.level)]
        if own:
            return f"{verb} {', '.join(map(str, own))}"
    return ""


# A place


class PlaceLink(enum.StrEnum):
    """How a statement comes to speak of a place, in words, the nearest first."""

    NAMED = "names it"
    AROUND = "names what it lies in"
    WITHIN = "names what lies in it"
    NOT_LEFT_OUT = "names all but others"
    EVERYWHERE = "everywhere at this level"
    NOT_SAID = "does not say where"


class PlaceStatement(NamedTuple):
    """A statement that speaks of a place; ``through``: the codes, or ids of groups, by which it does."""

    record: StatementRecord
    link: PlaceLink
    through: tuple[str, ...]


class PlaceUnits(NamedTuple):
    """The units of a level that a place is: itself, those in it, or the one in which it lies."""

    level: Level
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceExplanation:
    """A territory, or a group of them.

    ``matrix``: of the query in this place. ``units``: of each level that has it. ``data_path``: where the data give it a name;
    None: it is of the lists alone. ``statements``: those that speak of it, the nearest link first, then in file order.
    """

    matrix: Matrix
    place: str
    group: Group | None
    units: tuple[PlaceUnits, ...]
    data_path: DataPath | None
    statements: tuple[PlaceStatement, ...]

    @property
    def data_paths(self) -> tuple[DataPath, ...]:
        """Where its name, and all that is said of it, is written."""
        return (
            *([] if self.data_path is None else [self.data_path]),
            *(each.record.data_path for each in self.statements),
        )

    def caveats(self) -> Caveats:
        """Say what a reader must know of all cells in the place."""
        return self.matrix.caveats()


def explain_place(matrix: Matrix) -> PlaceExplanation:
    """Explain the place of which a *matrix* of the whole dataset is asked."""
    dataset, place = matrix.dataset, matrix.query.place
    assert place is not None  # noqa: S101 - whoever explains a place asks for it
    reader = StatementReader(dataset, matrix.query)
    finder = _PlaceFinder(dataset, place)
    statements = [
        PlaceStatement(record, *link)
        for record in reader.about(matrix.ratings)
        if (link := finder.link(record.cell, record.statement))
    ]
    order = [*PlaceLink]
    return PlaceExplanation(
        matrix,
        place,
        dataset.groups_by_id.get(place),
        tuple(finder.units()),
        _path_of_place(dataset, place),
        tuple(sorted(statements, key=lambda each: order.index(each.link))),
    )


class _PlaceFinder:
    """Finds how statements come to speak of a place."""

    def __init__(self, dataset: Dataset, place: str) -> None:
        self._dataset, self._place = dataset, place
        self._codes = self._codes_of(place)
        self._units = units_by_level(dataset, place)

    def units(self) -> Iterator[PlaceUnits]:
        """Return the units of each level that has the place."""
        for level in self._dataset.levels:
            units = self._units[level.id]
            if units.is_located and units.selected:
                yield PlaceUnits(level, units.codes_of(units.selected))

    def link(self, cell: Cell, statement: Statement) -> tuple[PlaceLink, tuple[str, ...]] | None:
        """Return how a statement speaks of the place, and by which codes; None: it does not."""
        units = self._units[cell.level]
        if not units.selected:
            return None
        if units.says_not_where(statement):
            return PlaceLink.NOT_SAID, ()
        if not units.rated_by(statement) & units.selected:
            return None
        match statement.territories:
            case None:
                return PlaceLink.EVERYWHERE, ()
            case Except():
                return PlaceLink.NOT_LEFT_OUT, ()
            case words:
                return self._nearest(words)

    def _nearest(self, words: Sequence[str]) -> tuple[PlaceLink, tuple[str, ...]]:
        if self._place in words:
            return PlaceLink.NAMED, (self._place,)
        around = tuple(word for word in words if self._all_lie_in(self._codes_of(word)))
        if around:
            return PlaceLink.AROUND, around
        return PlaceLink.WITHIN, tuple(word for word in words if self._meets(word))

    def _codes_of(self, word: str) -> Collection[str]:
        group = self._dataset.groups_by_id.get(word)
        return group.territories if group else (word,)

    def _all_lie_in(self, places: Collection[str]) -> bool:
        return all(any(lies_in(code, around) for around in places) for code in self._codes)

    def _meets(self, word: str) -> bool:
        return any(
            lies_in(one, other) or lies_in(other, one)
            for one in self._codes_of(word)
            for other in self._codes
        )


def _path_of_place(dataset: Dataset, place: str) -> DataPath | None:
    for n, group in enumerate(dataset.groups):
        if group.id == place:
            return ("groups", n)
    for n, level in enumerate(dataset.levels):
        for k, item in enumerate(level.units.items):
            if isinstance(item, Unit) and item.code == place:
                return ("levels", n, "territories", k)
    return None


# A source


class Citing(NamedTuple):
    """A record that cites a source, and what it cites of it."""

    record: Instrument | Group | SwotItem
    refs: tuple[SourceRef, ...]
    data_path: DataPath


@dataclass(frozen=True, slots=True)
class SourceExplanation:
    """A source, and what rests on it.

    ``citing``: the instruments, groups and SWOT items that cite it themselves. ``statements``: those that cite it, or whose
    instrument does while they cite nothing, counted or not.
    """

    matrix: Matrix
    key: str
    source: Source
    data_path: DataPath
    citing: tuple[Citing, ...]
    statements: tuple[StatementRecord, ...]

    @property
    def data_paths(self) -> tuple[DataPath, ...]:
        """Where it, and all that rests on it, is written."""
        return (
            self.data_path,
            *(each.data_path for each in self.citing),
            *(record.data_path for record in self.statements),
        )

    def caveats(self) -> Caveats:
        """Say what a reader must know of all cells."""
        return self.matrix.caveats()


def explain_source(matrix: Matrix, key: str) -> SourceExplanation:
    """Explain a source by what rests on it in a *matrix* of the whole dataset."""
    dataset = matrix.dataset
    matching = Matching(dataset, ListFilters(source=key))
    statements = (
        record
        for record in StatementReader(dataset, matrix.query).about(matrix.ratings)
        if matching.statement(record.cell, record.instrument, record.statement)
    )
    return SourceExplanation(
        matrix,
        key,
        dataset.sources[key],
        ("sources", key),
        tuple(_citing(dataset, key)),
        tuple(statements),
    )


def _citing(dataset: Dataset, key: str) -> Iterator[Citing]:
    holders: list[tuple[Instrument | Group | SwotItem, DataPath]] = [
        *((each, ("instruments", n)) for n, each in enumerate(dataset.instruments)),
        *((each, ("groups", n)) for n, each in enumerate(dataset.groups)),
        *(
            (each, ("swot", quadrant.value, n))
            for quadrant, items in dataset.swot.items()
            for n, each in enumerate(items)
        ),
    ]
    for record, path in holders:
        refs = tuple(ref for ref in record.sources if ref.ref == key)
        if refs:
            yield Citing(record, refs, path)


# A SWOT item


@dataclass(frozen=True, slots=True)
class SwotItemExplanation:
    """A SWOT item beside the matrix."""

    matrix: Matrix
    quadrant: Quadrant
    linked: LinkedItem
    data_path: DataPath

    @property
    def data_paths(self) -> tuple[DataPath, ...]:
        """Where it is written."""
        return (self.data_path,)

    def caveats(self) -> Caveats:
        """Say what a reader must know of the cells of the roles and levels of which it speaks."""
        item = self.linked.item
        return self.matrix.select(roles_of(item), levels_of(item)).caveats()


def explain_swot_item(matrix: Matrix, item_id: str) -> SwotItemExplanation:
    """Explain a SWOT item by what it is linked to in a *matrix* of the whole dataset."""
    quadrant, index, item = next(
        (quadrant, n, item)
        for quadrant, items in matrix.dataset.swot.items()
        for n, item in enumerate(items)
        if item.id == item_id
    )
    path: DataPath = ("swot", quadrant.value, index)
    return SwotItemExplanation(matrix, quadrant, link_item(matrix, quadrant, item), path)


SubjectExplanation = (
    CellExplanation
    | InstrumentExplanation
    | RoleOrLevelExplanation
    | PlaceExplanation
    | SourceExplanation
    | SwotItemExplanation
)
"""Whatever the data have that can be explained."""
