"""The records of ``instruments.yaml``, its fragments and ``swot.yaml``, and the dataset that all files make together.

Every record refuses unknown keys and cannot be changed. Those of which a dataset may have 100,000 are pydantic's
dataclasses with slots, which need two thirds of the time and a third of the memory of its models; all others are its
models, which start five times faster.
"""

import dataclasses
import enum
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    Tag,
    WrapSerializer,
    WrapValidator,
)
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticCustomError, PydanticKnownError
from pydantic_core.core_schema import ValidatorFunctionWrapHandler

from clustergap.model.cell import Cell, CellKey, LevelOrCell
from clustergap.model.dates import End, Start
from clustergap.model.record import (
    STRICT,
    Code,
    Flag,
    Id,
    Line,
    Name,
    Record,
    SchemaVersion,
    Short,
    Source,
    SourceRef,
    Text,
    Url,
    wrong_value,
)
from clustergap.reference.territories import (
    ELSEWHERE,
    LISTS,
    Territory,
    eurostat_code,
    territories,
)
from clustergap.text import did_you_mean, one_of, quote


class Extent(enum.StrEnum):
    """How far one cover or observation goes."""

    FULL = "full"
    PARTIAL = "partial"


class Status(enum.StrEnum):
    """Whether an instrument exists; a planned one counts only where it is asked for."""

    ACTIVE = "active"
    PLANNED = "planned"


def _each_once(codes: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(codes)) != len(codes):
        seen: set[str] = set()
        index = next(i for i, code in enumerate(codes) if code in seen or seen.add(code))  # type: ignore[func-returns-value]
        raise PydanticCustomError(
            "doubled",
            "{message}",
            {
                "message": f"{quote(codes[index])} is named twice",
                "hint": "name it once",
                "index": index,
            },
        )
    return codes


Codes = Annotated[
    tuple[Code, ...],
    Field(min_length=1, json_schema_extra={"uniqueItems": True}),
    AfterValidator(_each_once),
]


class Except(Record):
    """All territories of the level but these."""

    codes: Codes = Field(alias="except")


def _shape_of(value: object) -> str:
    return _CODES if isinstance(value, list | tuple) else _EXCEPT


# No key of a file can be one of these tags, which stand among the keys where pydantic says what is wrong.
_CODES, _EXCEPT = "\0codes", "\0except"


Territories = Annotated[
    Annotated[Codes, Tag(_CODES)] | Annotated[Except, Tag(_EXCEPT)], Discriminator(_shape_of)
]


class Unit(Record):
    """A territory of a level as its file lists it."""

    code: Code
    name: Name | None = None


def _expand_unit(value: object) -> object:
    return {"code": value} if isinstance(value, str) else value


def _read_units(value: object, handler: ValidatorFunctionWrapHandler) -> tuple[Territory, ...]:
    if isinstance(value, str):
        if value not in LISTS:
            raise wrong_value(
                f"{quote(value)} is not a list of territories",
                did_you_mean(value, LISTS) or f"write one of {one_of(LISTS)}, or a list of codes",
            )
        return territories(value)
    units: tuple[Unit, ...] = handler(value)
    codes = _each_once(tuple(unit.code for unit in units))
    for index, code in enumerate(codes):
        if code[:2] in ELSEWHERE and eurostat_code(code):
            raise _of_elsewhere(code, index)
    return tuple(Territory(unit.code, unit.name or unit.code) for unit in units)


def _of_elsewhere(code: str, index: int) -> PydanticCustomError:
    from clustergap.reference.remedies import Remedies  # noqa: PLC0415 - only a mistake needs it

    remedy = Remedies((), lambda other: other[:2] not in ELSEWHERE).find(code)
    context = {"message": f"{quote(code)} is not Eurostat's code", "hint": remedy, "index": index}
    return PydanticCustomError("wrong_value", "{message}", context)


_ListedUnit = Annotated[Unit, BeforeValidator(_expand_unit, json_schema_input_type=Code | Unit)]
_ListedUnits = Annotated[tuple[_ListedUnit, ...], Field(min_length=1)]
Units = Annotated[
    _ListedUnits,
    WrapValidator(_read_units, json_schema_input_type=Literal[tuple(LISTS)] | _ListedUnits),
    PlainSerializer(lambda units: [unit._asdict() for unit in units]),
]


class Level(Record):
    """A tier of government: a column. ``territories`` are its units; none: one nameless unit."""

    id: Id
    name: Name
    aliases: tuple[Name, ...] = ()
    territories: Units = ()
    description: Text | None = None

    @property
    def units(self) -> tuple[Territory, ...]:
        """The level's territories, in the order of its list."""
        return self.territories  # type: ignore[return-value]  # _read_units makes Territory of Unit


class Role(Record):
    """What clusters are to drive: a row."""

    id: Id
    name: Name
    aliases: tuple[Name, ...] = ()
    statement: Line | None = None
    description: Text | None = None


class Kind(Record):
    """A kind of instrument; ``funds``: whether instruments of it give money."""

    id: Id
    name: Name
    funds: Flag | None = None
    description: Text | None = None


class Target(Record):
    """A group that an instrument may be for."""

    id: Id
    name: Name
    description: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Statement:
    """What a cover or an observation says of a cell: how far, where, when, why.

    Without ``territories`` it does not say where. Its own dates hold beside its instrument's.
    """

    extent: Extent = Extent.FULL
    territories: Territories | None = None
    starts: Start = None
    ends: End = None
    note: Text | None = None
    sources: tuple[SourceRef, ...] = ()


_IN_SHORT = {extent.value: Statement(extent=extent) for extent in Extent}


def _expand_statement(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value not in _IN_SHORT:
        raise wrong_value(
            f"{quote(value)} is neither full nor partial",
            did_you_mean(value, _IN_SHORT) or "write full, partial or a mapping with extent",
        )
    return _IN_SHORT[value]


_Statement = Annotated[
    Statement, BeforeValidator(_expand_statement, json_schema_input_type=Extent | Statement)
]


def _expand_statements(value: object) -> object:
    if not isinstance(value, list | tuple):
        return (value,)
    if not value:
        # pydantic would say so of a list whose only item is wrong, too.
        lengths = {"field_type": "Tuple", "min_length": 1, "actual_length": 0}
        raise PydanticKnownError("too_short", lengths)
    return value


def _write_statements(value: object, handler: SerializerFunctionWrapHandler) -> object:
    statements = handler(value)
    return statements[0] if len(statements) == 1 else statements  # one alone is in no list


Statements = Annotated[
    tuple[_Statement, ...],
    BeforeValidator(
        _expand_statements,
        json_schema_input_type=Extent
        | Statement
        | Annotated[tuple[_Statement, ...], Field(min_length=1)],
    ),
    WrapSerializer(_write_statements),
]
"""What is said of one cell: one statement, alone or in a list, or several."""

Covers = dict[CellKey, Statements]


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Instrument:
    """A policy instrument and the cells that it covers."""

    id: Id
    name: Name
    short: Short | None = None
    kind: Id | None = None
    starts: Start = None
    ends: End = None
    status: Status = Status.ACTIVE
    targets: tuple[Id, ...] = ()
    managing_body: Line | None = None
    legal_basis: Line | None = None
    url: Url | None = None
    succeeded_by: tuple[Id, ...] = ()
    reviewed: End = None
    sources: tuple[SourceRef, ...] = ()
    note: Text | None = None
    description: Text | None = None
    covers: Covers = Field(default_factory=dict)

    @property
    def label(self) -> str:
        """What stands in a cell: the short name, or the name."""
        return self.short or self.name


class AcceptedGap(Record):
    """A gap that somebody has decided to live with, and until when."""

    reason: Text
    by: Line | None = None
    until: End = None


class InstrumentsFile(Record):
    """The whole of ``instruments.yaml``; its instruments may stand in fragments."""

    schema_version: SchemaVersion = Field(alias="schema")
    title: Name
    as_of: End = None
    sources: dict[Id, Source] = Field(default_factory=dict)
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)] = ()
    targets: Annotated[tuple[Target, ...], Field(min_length=1)] = ()
    instruments: tuple[Instrument, ...] = ()
    observations: Covers = Field(default_factory=dict)
    assessed: dict[LevelOrCell, Codes] = Field(default_factory=dict)
    accepted_gaps: dict[CellKey, AcceptedGap] = Field(default_factory=dict)


class FragmentFile(Record):
    """The whole of a file in ``instruments/``: one country's or team's part."""

    instruments: tuple[Instrument, ...] = ()
    observations: Covers = Field(default_factory=dict)
    assessed: dict[LevelOrCell, Codes] = Field(default_factory=dict)


class Quadrant(enum.StrEnum):
    """The four fields of a SWOT, in the order of speech."""

    STRENGTHS = "strengths"
    WEAKNESSES = "weaknesses"
    OPPORTUNITIES = "opportunities"
    THREATS = "threats"


class SwotItem(Record):
    """One line of the SWOT. Links say that its words name the thing; all may be empty."""

    id: Id
    text: Line
    levels: tuple[Id, ...] = ()
    roles: tuple[Id, ...] = ()
    instruments: tuple[Id, ...] = ()
    cells: tuple[CellKey, ...] = ()
    sources: tuple[SourceRef, ...] = ()

    @property
    def has_links(self) -> bool:
        """Whether its words name anything."""
        return bool(self.levels or self.roles or self.instruments or self.cells)


class SwotFile(Record):
    """The whole of ``swot.yaml``."""

    schema_version: SchemaVersion = Field(alias="schema")
    sources: dict[Id, Source] = Field(default_factory=dict)
    strengths: tuple[SwotItem, ...] = ()
    weaknesses: tuple[SwotItem, ...] = ()
    opportunities: tuple[SwotItem, ...] = ()
    threats: tuple[SwotItem, ...] = ()


Swot = Mapping[Quadrant, tuple[SwotItem, ...]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """All files of a dataset together, in file order."""

    title: str
    as_of: date | None = None
    sources: Mapping[str, Source] = dataclasses.field(default_factory=dict)
    levels: tuple[Level, ...]
    roles: tuple[Role, ...]
    kinds: tuple[Kind, ...] = ()
    targets: tuple[Target, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    observations: Mapping[Cell, tuple[Statement, ...]] = dataclasses.field(default_factory=dict)
    assessed: Mapping[str | Cell, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    accepted_gaps: Mapping[Cell, AcceptedGap] = dataclasses.field(default_factory=dict)
    swot: Swot = dataclasses.field(default_factory=dict)
