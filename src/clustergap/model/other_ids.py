"""A dataset in which records have other ids: the same statements in other words."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Kind, Level, Role, Target
from clustergap.model.places import Except, FileTerritories, Group, Territories, Units
from clustergap.model.query import Query
from clustergap.model.record import SourceRef, altered
from clustergap.model.statement import Statement
from clustergap.model.swot import MeantLinks, SwotItem
from clustergap.reference.territories import ancestors, listed_name

NamedT = TypeVar("NamedT", Level, Role, Kind, Target, Group)

Ids = Mapping[str, str]
"""Other ids, by the present ones; what is missing keeps its id."""

NO_IDS: Ids = {}


class OtherIds(NamedTuple):
    """Other ids of the records of a dataset, by the key under which they stand in its files.

    ``places``: other codes of places of its own (``own_codes``), each by its whole code.
    """

    levels: Ids = NO_IDS
    groups: Ids = NO_IDS
    roles: Ids = NO_IDS
    kinds: Ids = NO_IDS
    targets: Ids = NO_IDS
    sources: Ids = NO_IDS
    instruments: Ids = NO_IDS
    swot: Ids = NO_IDS
    places: Ids = NO_IDS

    @property
    def territories(self) -> Ids:
        """Other codes of places and ids of groups, as statements name either."""
        return {**self.groups, **self.places}

    def cell(self, cell: Cell) -> Cell:
        """Return a cell with the other ids of its role and level."""
        return Cell(self.roles.get(cell.role, cell.role), self.levels.get(cell.level, cell.level))

    def query(self, query: Query) -> Query:
        """Return the same question of a dataset in which records have the other ids."""
        return replace(
            query,
            place=_other(query.place, self.territories),
            target=_other(query.target, self.targets),
            kinds=_others(query.kinds, self.kinds),
            without=_others(query.without, self.instruments),
        )


def with_other_ids(dataset: Dataset, ids: OtherIds) -> Dataset:
    """Return the dataset that its files would be if they named some records by other ids, everywhere."""
    if not any(ids):
        return dataset
    writer = _OtherWords(ids)
    return replace(
        dataset,
        sources={ids.sources.get(key, key): source for key, source in dataset.sources.items()},
        levels=tuple(_level(level, ids) for level in dataset.levels),
        roles=tuple(_named(role, ids.roles) for role in dataset.roles),
        kinds=tuple(_named(kind, ids.kinds) for kind in dataset.kinds),
        targets=tuple(_named(target, ids.targets) for target in dataset.targets),
        groups=tuple(
            _named(group, ids.groups).model_copy(
                update={
                    "sources": writer.cite(group.sources),
                    "territories": _others(group.territories, ids.places),
                }
            )
            for group in dataset.groups
        ),
        instruments=tuple(map(writer.instrument, dataset.instruments)),
        observations=writer.cells(dataset.observations),
        assessed={
            ids.cell(at) if isinstance(at, Cell) else ids.levels.get(at, at): writer.codes(codes)
            for at, codes in dataset.assessed.items()
        },
        accepted_gaps={ids.cell(cell): gap for cell, gap in dataset.accepted_gaps.items()},
        swot={
            quadrant: tuple(map(writer.item, items)) for quadrant, items in dataset.swot.items()
        },
    )


def _named(record: NamedT, ids: Ids) -> NamedT:
    id_ = ids.get(record.id)
    return record if id_ is None else record.model_copy(update={"id": id_})


def _level(level: Level, ids: OtherIds) -> Level:
    named = _named(level, ids.levels)
    if not ids.places:
        return named
    items = [
        item
        if isinstance(item, str)
        else item.model_copy(update={"code": ids.places.get(item.code, item.code)})
        for item in level.units.items
    ]
    return named.model_copy(update={"territories": Units.of(items)})


def own_codes(dataset: Dataset) -> Iterable[str]:
    """Return the codes of the units that no list has, and of what these lie in, as often as a unit brings them."""
    codes = (unit.code for level in dataset.levels for unit in level.units)
    return (code for own in codes for code in (own, *ancestors(own)) if listed_name(code) is None)


class _OtherWords:
    """Writes records with other ids."""

    def __init__(self, ids: OtherIds) -> None:
        self.ids, self.territories = ids, ids.territories
        self.has_new_statements = bool(self.territories or ids.sources)

    def instrument(self, instrument: Instrument) -> Instrument:
        """Return an instrument with its own other id, and those that it names."""
        ids = self.ids
        return altered(
            instrument,
            id=ids.instruments.get(instrument.id, instrument.id),
            kind=_other(instrument.kind, ids.kinds),
            part_of=_other(instrument.part_of, ids.instruments),
            targets=_others(instrument.targets, ids.targets),
            funded_by=_others(instrument.funded_by, ids.instruments),
            succeeded_by=_others(instrument.succeeded_by, ids.instruments),
            sources=self.cite(instrument.sources),
            covers=self.cells(instrument.covers),
        )

    def cells(
        self, stated: Mapping[Cell, tuple[Statement, ...]]
    ) -> dict[Cell, tuple[Statement, ...]]:
        """Return statements by their cells."""
        return {
            self.ids.cell(cell): tuple(map(self.statement, row))
            if self.has_new_statements
            else row
            for cell, row in stated.items()
        }

    def statement(self, statement: Statement) -> Statement:
        """Return a statement that names groups and sources by their other ids."""
        return altered(
            statement,
            territories=self.where(statement.territories),
            sources=self.cite(statement.sources),
        )

    def where(self, territories: Territories | None) -> Territories | None:
        """Return the places of a statement."""
        match territories:
            case None:
                return None
            case Except(codes=codes):
                return Except.model_validate({"except": self.codes(codes)})
            case FileTerritories(written=written):
                left_out = self.where(written)
                assert left_out is None or isinstance(left_out, Except)  # noqa: S101 - as above
                return FileTerritories(self.codes(territories), left_out)
            case _:
                return self.codes(territories)

    def codes(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Return codes of places and ids of groups."""
        return _others(codes, self.territories)

    def cite(self, refs: tuple[SourceRef, ...]) -> tuple[SourceRef, ...]:
        """Return citations."""
        sources = self.ids.sources
        if not any(ref.ref in sources for ref in refs):
            return refs
        return tuple(altered(ref, ref=sources.get(ref.ref, ref.ref)) for ref in refs)

    def item(self, item: SwotItem) -> SwotItem:
        """Return an item of the SWOT."""
        return item.model_copy(
            update={
                "id": self.ids.swot.get(item.id, item.id),
                **self.links(item),
                "meant": item.meant.model_copy(update=self.links(item.meant)),
                "sources": self.cite(item.sources),
            }
        )

    def links(self, linked: SwotItem | MeantLinks) -> dict[str, object]:
        """Return what an item is linked to."""
        return {
            "levels": _others(linked.levels, self.ids.levels),
            "roles": _others(linked.roles, self.ids.roles),
            "instruments": _others(linked.instruments, self.ids.instruments),
            "cells": tuple(map(self.ids.cell, linked.cells)),
        }


def _other(id_: str | None, ids: Ids) -> str | None:
    return None if id_ is None else ids.get(id_, id_)


def _others(named: tuple[str, ...], ids: Ids) -> tuple[str, ...]:
    return tuple(ids.get(id_, id_) for id_ in named) if ids else named
