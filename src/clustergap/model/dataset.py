"""The records of ``instruments.yaml`` and its fragments, and the dataset that all files make together.

Every record refuses unknown keys and cannot be changed. Those of which a dataset may have 100,000 are pydantic's
dataclasses with slots, which need two thirds of the time and a third of the memory of its models; all others are its
models, which start five times faster. ``plain`` writes a record as plain values, to compare or show it.
"""

import dataclasses
import enum
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from typing import Annotated, Any

from pydantic import Field, TypeAdapter
from pydantic.dataclasses import dataclass

from clustergap.model.cell import Cell, CellKey, LevelOrCell
from clustergap.model.dates import FirstDay, LastDay
from clustergap.model.place_names import PlaceNames
from clustergap.model.places import (
    Group,
    Items,
    Noun,
    TerritoryCodes,
    Units,
    usual_noun,
)
from clustergap.model.record import (
    SCHEMA,
    STRICT,
    Flag,
    FreeText,
    Id,
    Name,
    OneLine,
    Record,
    SchemaVersion,
    Short,
    Source,
    SourceRef,
    Url,
)
from clustergap.model.relations import Relations
from clustergap.model.statement import Covers, Extent, Observations, Statement
from clustergap.model.swot import Swot
from clustergap.reference.territories import Territory


class Status(enum.StrEnum):
    """Whether the instrument exists: active, or planned (counted only with --with-planned)."""

    ACTIVE = "active"
    PLANNED = "planned"


class Level(Record):
    """A tier of government: a column of the matrix.

    ``territories`` are its units; none: one nameless unit.
    """

    id: Id
    """Its id, as in role@level."""
    name: Name
    """Its name: the header of the column."""
    aliases: tuple[Name, ...] = ()
    """Other names that may be typed on the command line."""
    territories: Items = Units()  # type: ignore[assignment]  # _read_units makes them of items
    """Its territories: names of lists (eu27, nuts2-2024, …), codes, or codes with names, mixed as is needed."""
    unit: Noun | None = None
    """What its territories are called, one and several of them: {one: region, many: regions}.

    Absent: countries or regions where all are of the lists' countries or regions, else places.
    """
    description: FreeText | None = None
    """What it means."""

    @property
    def noun(self) -> tuple[str, str]:
        """The words for one of its territories and for several."""
        return (self.unit.one, self.unit.many) if self.unit else usual_noun(self.units.items)

    @property
    def units(self) -> Units:
        """The level's territories: in file order, those of a list in code order."""
        return self.territories  # type: ignore[return-value]


class Role(Record):
    """What clusters are to drive: a row of the matrix."""

    id: Id
    """Its id, as in role@level."""
    name: Name
    """Its name: the header of the row."""
    aliases: tuple[Name, ...] = ()
    """Other names that may be typed on the command line."""
    statement: OneLine | None = None
    """The role in the words of its source."""
    description: FreeText | None = None
    """What it means."""


class Kind(Record):
    """A kind of instrument."""

    id: Id
    """Its id."""
    name: Name
    """Its name."""
    funds: Flag | None = None
    """Whether instruments of this kind give money."""
    description: FreeText | None = None
    """What it means."""


class Target(Record):
    """A group that instruments may be for."""

    id: Id
    """Its id."""
    name: Name
    """Its name."""
    description: FreeText | None = None
    """Who belongs to it."""


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Instrument:
    """A policy instrument and the cells that it covers."""

    id: Id
    """Its id: lower-case letters and digits, joined by hyphens. Never reused."""
    name: Name
    """Its full name."""
    short: Short | None = None
    """The label in a cell; the name if left out."""
    kind: Id | None = None
    """The id of its kind."""
    starts: FirstDay = None
    """First day: YYYY, YYYY-MM or YYYY-MM-DD; a month or a year means its first day. Null: open."""
    ends: LastDay = None
    """Last day: YYYY, YYYY-MM or YYYY-MM-DD; a month or a year means its last day. Null: open."""
    seen: FirstDay = None
    """A day on which somebody saw it in force: YYYY, YYYY-MM or YYYY-MM-DD. It stands for a first day where starts is missing."""
    status: Status = Status.ACTIVE
    """active, or planned: counted only with --with-planned."""
    targets: tuple[Id, ...] = ()
    """Ids of the target groups that it is for. None: not stated."""
    part_of: Id | None = None
    """The id of the instrument of which it is a part, with which it goes and, where it has no last day of its own, ends."""
    funded_by: tuple[Id, ...] = ()
    """Ids of the instruments that pay it: any of them suffices. Without all of them it goes; where it has no last day, it ends with the last."""
    commits_until: LastDay = None
    """Last day for new commitments: YYYY, YYYY-MM or YYYY-MM-DD; a month or a year means its last day. From then to its end it winds down, and counts as before. Null: not stated."""
    managing_body: OneLine | None = None
    """Who runs it."""
    legal_basis: OneLine | None = None
    """The act or decision that it rests on."""
    url: Url | None = None
    """Its web address: http or https."""
    succeeded_by: tuple[Id, ...] = ()
    """Ids of the instruments that follow it."""
    reviewed: LastDay = None
    """When someone last checked this record: YYYY, YYYY-MM or YYYY-MM-DD."""
    sources: tuple[SourceRef, ...] = ()
    """Where this comes from: citations of sources by their keys."""
    note: FreeText | None = None
    """A remark; shown with every cell's explanation."""
    description: FreeText | None = None
    """What it is, in a few sentences."""
    covers: Covers = Field(default_factory=dict)
    """By cell, role@level with their ids: how far the instrument serves it: full, partial, a mapping, or a list of these."""

    @property
    def label(self) -> str:
        """The label in a cell: the short name, or the name."""
        return self.short or self.name


class AcceptedGap(Record):
    """A gap that somebody has decided to live with."""

    reason: FreeText
    """Why the gap is accepted."""
    by: OneLine | None = None
    """Who has decided."""
    until: LastDay = None
    """Last day of the decision: YYYY, YYYY-MM or YYYY-MM-DD. Null: open."""


class InstrumentsFile(Record):
    """The main file of a clustergap dataset.

    The whole of ``instruments.yaml``; its instruments may stand in fragments.
    """

    schema_version: SchemaVersion = Field(alias="schema")
    """The data format. Write 1."""
    title: Name
    """What the dataset is about; stands above every output."""
    as_of: LastDay = None
    """The day of every question that names no other. Without it dates are ignored."""
    sources: dict[Id, Source] = Field(default_factory=dict)
    """Documents and pages that records cite, by a key of your choice."""
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    """The tiers of government, broad to narrow: the columns of the matrix."""
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    """What clusters are to drive: the rows of the matrix."""
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)] = ()
    """The vocabulary of kinds of instruments. Once given, kinds are checked against it."""
    targets: Annotated[tuple[Target, ...], Field(min_length=1)] = ()
    """The vocabulary of target groups. Once given, targets are checked against it."""
    groups: Annotated[tuple[Group, ...], Field(min_length=1)] = ()
    """Territories that have a name together, such as East."""
    instruments: tuple[Instrument, ...] = ()
    """The policy instruments: programmes, platforms, networks, forums, strategies, policies."""
    observations: Observations = Field(default_factory=dict)
    """By cell, role@level with their ids: a statement that names no instrument, such as 'Not in every country'; none: there is nothing."""
    assessed: dict[LevelOrCell, TerritoryCodes] = Field(default_factory=dict)
    """Where somebody has looked, by level or cell; what is not listed is unknown. Absent: everywhere."""
    accepted_gaps: dict[CellKey, AcceptedGap] = Field(default_factory=dict)
    """By cell, role@level with their ids: a gap that somebody has decided to live with."""


class FragmentFile(Record):
    """A fragment of a clustergap dataset: one country's or team's part.

    The whole of a file in ``instruments/``.
    """

    schema_version: SchemaVersion = Field(default=SCHEMA, alias="schema")
    """The data format. Write 1."""
    sources: dict[Id, Source] = Field(default_factory=dict)
    """Sources that only this file cites; the main file's can be cited too. Another fragment may use the same keys for others."""
    territories: TerritoryCodes = ()
    """What the file speaks of: codes of territories and ids of groups. A statement in it that names none means these."""
    instruments: tuple[Instrument, ...] = ()
    """The policy instruments: programmes, platforms, networks, forums, strategies, policies."""
    observations: Observations = Field(default_factory=dict)
    """By cell, role@level with their ids: a statement that names no instrument, such as 'Not in every country'; none: there is nothing."""
    assessed: dict[LevelOrCell, TerritoryCodes] = Field(default_factory=dict)
    """Where somebody has looked, by level or cell; what is not listed is unknown. Absent: everywhere."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Dataset:
    """All files of a dataset together, in file order."""

    title: str
    as_of: date | None = None
    sources: Mapping[str, Source] = dataclasses.field(default_factory=dict)
    levels: tuple[Level, ...]
    roles: tuple[Role, ...]
    kinds: tuple[Kind, ...] = ()
    targets: tuple[Target, ...] = ()
    groups: tuple[Group, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    observations: Mapping[Cell, tuple[Statement, ...]] = dataclasses.field(default_factory=dict)
    assessed: Mapping[str | Cell, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    accepted_gaps: Mapping[Cell, AcceptedGap] = dataclasses.field(default_factory=dict)
    swot: Swot = dataclasses.field(default_factory=dict)

    @cached_property
    def instruments_by_id(self) -> dict[str, Instrument]:
        """The instruments by their ids, in file order."""
        return {instrument.id: instrument for instrument in self.instruments}

    @cached_property
    def instrument_places(self) -> Mapping[str, int]:
        """Where the instruments stand in file order, by their ids."""
        return {instrument.id: place for place, instrument in enumerate(self.instruments)}

    @cached_property
    def levels_by_id(self) -> Mapping[str, Level]:
        """The levels by their ids, in file order."""
        return {level.id: level for level in self.levels}

    @cached_property
    def roles_by_id(self) -> Mapping[str, Role]:
        """The roles by their ids, in file order."""
        return {role.id: role for role in self.roles}

    @cached_property
    def role_names(self) -> dict[str, str]:
        """The names of the roles, by their ids."""
        return {role.id: role.name for role in self.roles}

    @cached_property
    def level_names(self) -> dict[str, str]:
        """The names of the levels, by their ids."""
        return {level.id: level.name for level in self.levels}

    @cached_property
    def instrument_labels(self) -> dict[str, str]:
        """The instruments' labels in a cell, by their ids."""
        return {instrument.id: instrument.label for instrument in self.instruments}

    @cached_property
    def kind_names(self) -> Mapping[str, str]:
        """The names of the kinds, by their ids; none if the dataset has no vocabulary."""
        return {kind.id: kind.name for kind in self.kinds}

    @cached_property
    def target_names(self) -> Mapping[str, str]:
        """The names of the target groups, by their ids."""
        return {target.id: target.name for target in self.targets}

    @cached_property
    def groups_by_id(self) -> Mapping[str, Group]:
        """The groups of territories, by their ids."""
        return {group.id: group for group in self.groups}

    @cached_property
    def place_names(self) -> PlaceNames:
        """The names of places, by code or by a group's id."""
        return PlaceNames.of({level.id: level.units for level in self.levels}, self.groups)

    @cached_property
    def relations(self) -> Relations:
        """What hangs on what among the instruments."""
        return Relations(self.instruments)


DEFAULTS = {"extent": Extent.FULL.value, "status": Status.ACTIVE.value}
"""The defaults of keys that are not given, other than nothing."""

Plain = str | int | bool | list["Plain"] | dict[str, "Plain"] | None


@cache
def _adapter(type_: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - whatever pydantic can write
    return TypeAdapter(type_)


def plain(value: object) -> Plain:
    """Write a value of a record as plain values; keys that are left out of a record below it stay out.

    >>> plain(Statement(starts="2020"))
    {'starts': '2020-01-01'}
    >>> plain((Cell("social-economy", "eu"), True, None))
    ['social-economy@eu', True, None]
    """
    match value:
        case Cell():
            return str(value)
        case Territory():
            return value._asdict()
        case (Statement() as statement,):
            return plain(statement)  # one statement alone is in no list
        case tuple():
            return [plain(item) for item in value]
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case _:
            # A record by the adapter of its class: pydantic 2.12 finds its serializer nowhere else before the first use.
            adapter = _adapter(type(value) if isinstance(value, Record) else Any)
            written: Plain = adapter.dump_python(
                value, mode="json", by_alias=True, exclude_defaults=True
            )
            return written


def keys_of(record: object) -> dict[str, Plain]:
    """Return the keys of a record that are given, without its id; each cover and each key of what is meant is one of its own.

    >>> keys_of(Instrument(id="a", name="A", covers={"social-economy@eu": "full"}))
    {'name': 'A', 'covers.social-economy@eu': 'full'}
    """
    keys = plain(record)
    assert isinstance(keys, dict)  # noqa: S101 - a record is a mapping
    covers, meant = keys.pop("covers", None), keys.pop("meant", None)
    keys.pop("id", None)
    if isinstance(covers, dict):
        keys |= {f"covers.{cell}": _in_short(statements) for cell, statements in covers.items()}
    if isinstance(meant, dict):
        keys |= {f"meant.{link}": names for link, names in meant.items()}
    return keys


def statements_in_short(statements: Sequence[Statement]) -> Plain:
    """Write the statements about a cell: a single one is not in a list, and is its extent if it says nothing else."""
    return _in_short(plain(tuple(statements)))


def _in_short(statements: Plain) -> Plain:
    if isinstance(statements, list):
        return [_in_short(statement) for statement in statements]
    assert isinstance(statements, dict)  # noqa: S101 - a statement is a mapping
    extent = statements.get("extent", DEFAULTS["extent"])
    return {**statements, "extent": extent} if statements.keys() - {"extent"} else extent
