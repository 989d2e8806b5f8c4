"""What is said of a cell: the covers of instruments, and observations, which name no instrument."""

import enum
from typing import Annotated

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    WithJsonSchema,
    WrapSerializer,
)
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticKnownError

from clustergap.model.cell import CellKey
from clustergap.model.dates import FirstDay, LastDay
from clustergap.model.places import Except, Territories
from clustergap.model.record import STRICT, Flag, FreeText, SourceRef, wrong_value
from clustergap.text import did_you_mean, quote


class Extent(enum.StrEnum):
    """How far a statement goes: full, partial, or, of an observation alone, none: somebody looked, and there is nothing."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


_EXTENTS_OF_COVERS = (Extent.FULL.value, Extent.PARTIAL.value)


def _read_cover_extent(value: object) -> object:
    if value in _EXTENTS_OF_COVERS:
        return value
    if value == Extent.NONE.value:
        raise wrong_value(
            "a cover cannot be none", "write full or partial; what is missing is an observation"
        )
    raise PydanticKnownError("enum", {"expected": " or ".join(_EXTENTS_OF_COVERS)})


_CoverExtent = Annotated[
    Extent,
    BeforeValidator(_read_cover_extent),
    WithJsonSchema({"type": "string", "enum": list(_EXTENTS_OF_COVERS)}),
]


def _refuse_open_list(at_least: bool, info: ValidationInfo) -> bool:
    if at_least and "territories" in info.data and info.data["territories"] is None:
        raise wrong_value(
            "at_least says that a list of territories may not be whole, and there is none",
            "name the territories that are known, or leave at_least out",
        )
    return at_least


_CONFIG = ConfigDict(
    **STRICT,
    json_schema_extra={
        "if": {"properties": {"at_least": {"const": True}}, "required": ["at_least"]},
        "then": {
            "properties": {"territories": {"type": ["array", "object"]}},
            "required": ["territories"],
        },
    },
)


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Statement:
    """What a cover says of a cell: how far, where, when, why.

    Without ``territories`` it does not say where. Its own dates hold beside its instrument's.
    """

    extent: _CoverExtent = Extent.FULL
    """full, or partial: only somewhere, or only in part."""
    territories: Territories | None = None
    """Where: codes of territories and ids of groups, or {except: [these]}. Absent: everywhere at the level."""
    starts: FirstDay = None
    """First day: YYYY, YYYY-MM or YYYY-MM-DD; a month or a year means its first day. Null: open. The instrument's own dates must hold as well."""
    ends: LastDay = None
    """Last day: YYYY, YYYY-MM or YYYY-MM-DD; a month or a year means its last day. Null: open. The instrument's own dates must hold as well."""
    seen: FirstDay = None
    """A day on which somebody saw this in force: YYYY, YYYY-MM or YYYY-MM-DD. It stands for a first day where neither this nor the instrument has starts."""
    at_least: Annotated[Flag, AfterValidator(_refuse_open_list)] = False
    """Whether the list of territories may not be whole: elsewhere nobody knows."""
    note: FreeText | None = None
    """What is missing, or any other remark; shown as the reason of a gap."""
    sources: tuple[SourceRef, ...] = ()
    """Where this comes from: citations of sources by their keys. The instrument's if left out."""

    @property
    def names_places(self) -> bool:
        """Whether it names the places of which it speaks: neither all, nor all but some."""
        return self.territories is not None and not isinstance(self.territories, Except)


@dataclass(frozen=True, slots=True, kw_only=True, config=_CONFIG)
class Observation(Statement):
    """What somebody saw of a cell that no instrument accounts for: how far, where, when, why.

    It may also say that there is nothing. Without ``territories`` it does not say where.
    """

    extent: Extent = Extent.FULL
    """full, partial: only somewhere, or only in part; or none: somebody looked, and there is nothing."""


_COVERS_IN_SHORT = {extent: Statement(extent=Extent(extent)) for extent in _EXTENTS_OF_COVERS}
_OBSERVATIONS_IN_SHORT = {extent.value: Observation(extent=extent) for extent in Extent}


def _expand_cover(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value in _COVERS_IN_SHORT:
        return _COVERS_IN_SHORT[value]
    if value == Extent.NONE.value:
        return _read_cover_extent(value)
    raise wrong_value(
        f"{quote(value)} is neither full nor partial",
        did_you_mean(value, _COVERS_IN_SHORT) or "write full, partial or a mapping with extent",
    )


def _expand_observation(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value in _OBSERVATIONS_IN_SHORT:
        return _OBSERVATIONS_IN_SHORT[value]
    raise wrong_value(
        f"{quote(value)} is neither full nor partial nor none",
        did_you_mean(value, _OBSERVATIONS_IN_SHORT)
        or "write full, partial, none or a mapping with extent",
    )


_CoverOrExtent = Annotated[
    Statement, BeforeValidator(_expand_cover, json_schema_input_type=_CoverExtent | Statement)
]
_ObservationOrExtent = Annotated[
    Observation, BeforeValidator(_expand_observation, json_schema_input_type=Extent | Observation)
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


CoverList = Annotated[
    tuple[_CoverOrExtent, ...],
    BeforeValidator(
        _expand_statements,
        json_schema_input_type=_CoverExtent
        | Statement
        | Annotated[tuple[_CoverOrExtent, ...], Field(min_length=1)],
    ),
    WrapSerializer(_write_statements),
]
"""What an instrument says of one cell: a single statement, alone or in a list, or several."""

ObservationList = Annotated[
    tuple[_ObservationOrExtent, ...],
    BeforeValidator(
        _expand_statements,
        json_schema_input_type=Extent
        | Observation
        | Annotated[tuple[_ObservationOrExtent, ...], Field(min_length=1)],
    ),
    WrapSerializer(_write_statements),
]
"""What is observed of one cell: a single statement, alone or in a list, or several."""

Covers = dict[CellKey, CoverList]
Observations = dict[CellKey, ObservationList]
