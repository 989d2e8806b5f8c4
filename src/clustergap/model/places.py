"""Territories as the data files write them: those of a statement, and the units of a level."""

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    PlainSerializer,
    Tag,
    WrapValidator,
)
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ValidatorFunctionWrapHandler

from clustergap.model.record import Name, Record, UnitCode, wrong_value
from clustergap.reference.territories import (
    ELSEWHERE,
    LISTS,
    Territory,
    eurostat_code,
    territories,
)
from clustergap.text import did_you_mean, one_of, quote


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


TerritoryCodes = Annotated[
    tuple[UnitCode, ...],
    Field(min_length=1, json_schema_extra={"uniqueItems": True}),
    AfterValidator(_each_once),
]


class Except(Record):
    """All territories of the level but these."""

    codes: TerritoryCodes = Field(alias="except")
    """Codes of the territories that are left out."""


def _shape_of(value: object) -> str:
    return _CODES if isinstance(value, list | tuple) else _EXCEPT


# pydantic puts these tags among the keys of an error's location; no key of a file can equal one.
_CODES, _EXCEPT = "\0codes", "\0except"


Territories = Annotated[
    Annotated[TerritoryCodes, Tag(_CODES)] | Annotated[Except, Tag(_EXCEPT)],
    Discriminator(_shape_of),
]


class FileTerritories(tuple[str, ...]):
    """The territories that a statement has from its fragment; *written* is what it says itself: nothing, or what it leaves out."""

    written: Except | None

    def __new__(cls, codes: Iterable[str], written: Except | None = None) -> Self:
        """Make them of codes."""
        territories = super().__new__(cls, codes)
        territories.written = written
        return territories


class Unit(Record):
    """A territory of a level."""

    code: UnitCode
    """Its code, such as RO or RO11."""
    name: Name | None = None
    """Its name; the code if left out."""


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
    from clustergap.reference.gazetteer import Remedies  # noqa: PLC0415 - only a mistake needs it

    remedy = Remedies((), lambda other: other[:2] not in ELSEWHERE).find(code)
    context = {"message": f"{quote(code)} is not Eurostat's code", "hint": remedy, "index": index}
    return PydanticCustomError("wrong_value", "{message}", context)


_ListedUnit = Annotated[
    Unit, BeforeValidator(_expand_unit, json_schema_input_type=UnitCode | Unit)
]
_ListedUnits = Annotated[tuple[_ListedUnit, ...], Field(min_length=1)]
Units = Annotated[
    _ListedUnits,
    WrapValidator(_read_units, json_schema_input_type=Literal[tuple(LISTS)] | _ListedUnits),
    PlainSerializer(lambda units: [unit._asdict() for unit in units]),
]
