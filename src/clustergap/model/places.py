"""Territories as the data files write them: those of a statement, and the units of a level."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    PlainSerializer,
    Tag,
    WithJsonSchema,
    WrapValidator,
)
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ValidatorFunctionWrapHandler

from clustergap.model.record import (
    Id,
    Name,
    PlaceCode,
    Record,
    Short,
    SourceRef,
    UnitCode,
    wrong_value,
)
from clustergap.reference.territories import (
    COUNTRIES,
    ELSEWHERE,
    KNOWN_LISTS,
    LISTS,
    Territory,
    ancestors,
    eurostat_code,
    is_region,
    territories,
)
from clustergap.text import closest, did_you_mean, quote


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
    tuple[PlaceCode, ...],
    Field(min_length=1, json_schema_extra={"uniqueItems": True}),
    AfterValidator(_each_once),
]
"""Codes, and ids of groups."""


class Group(Record):
    """Territories that have a name together; its id stands wherever statements and files take a code."""

    id: Id
    """Its id: none of a code or of a list, in any letter case."""
    name: Name
    """Its name."""
    territories: Annotated[
        tuple[UnitCode, ...],
        Field(min_length=1, json_schema_extra={"uniqueItems": True}),
        AfterValidator(_each_once),
    ]
    """Codes of its territories. At a level where one has no unit it adds nothing."""
    sources: tuple[SourceRef, ...] = ()
    """Where this definition comes from: citations of sources by their keys."""


class Except(Record):
    """All territories of the level but these."""

    codes: TerritoryCodes = Field(alias="except")
    """Codes of the territories, or ids of groups, that are left out."""


_SURE = 0.75
"""The likeness from which a word is taken for that of a group rather than of a territory."""


def group_meant(word: str, groups: Mapping[str, Group]) -> str:
    """Suggest the group that a word surely means, by its id or name; nothing if there is none."""
    ids = {name: group.id for group in groups.values() for name in (group.name, group.id)}
    near = closest(word, ids, _SURE)
    return f"did you mean {quote(ids[near])} ({groups[ids[near]].name})?" if near else ""


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


def _known_list(name: str) -> str:
    if name not in LISTS:
        message = f"{quote(name)} is neither a list of territories nor a code"
        raise wrong_value(message, did_you_mean(name, LISTS))
    return name


def _kind_of(value: object) -> str:
    # No code has small letters.
    is_list = isinstance(value, str) and value != value.upper() and did_you_mean(value, LISTS)
    return _LIST if is_list else _UNIT


_LIST, _UNIT = "\0list", "\0unit"
_ListName = Annotated[
    str, AfterValidator(_known_list), WithJsonSchema({"enum": list(LISTS), "type": "string"})
]
_ListedUnit = Annotated[
    Unit,
    BeforeValidator(_expand_unit, json_schema_input_type=UnitCode | Unit),
]


class Noun(Record):
    """What the places of a level are called."""

    one: Short
    """One of them, such as region."""
    many: Short
    """Several of them, such as regions."""


Item = Annotated[
    Annotated[_ListName, Tag(_LIST)] | Annotated[_ListedUnit, Tag(_UNIT)],
    Discriminator(_kind_of),
]
"""An item of a level's territories: the name of a list, or a unit."""


PLACES = "place", "places"
"""What places are called of which no more is known."""

COUNTRIES_NOUN = "country", "countries"
"""What the places of a list of countries are called."""

_REGIONS = "region", "regions"

_COUNTRY = 2
"""Characters of a country's code."""


def usual_noun(items: Iterable[Item]) -> tuple[str, str]:
    """Return what the places of a level are called, one and several, whose data do not say: places, if its items are mixed.

    >>> usual_noun(["eu27", Unit(code="NO")]), usual_noun(["nuts2-2024"])
    (('country', 'countries'), ('region', 'regions'))
    >>> usual_noun([Unit(code="BM-KA")]), usual_noun(["eu27", "uk-nuts1"])
    (('place', 'places'), ('place', 'places'))
    """
    nouns = {_usual_noun(item) for item in items}
    return nouns.pop() if len(nouns) == 1 else PLACES


def _usual_noun(item: Item) -> tuple[str, str]:
    if isinstance(item, str):
        return COUNTRIES_NOUN if LISTS[item].length == _COUNTRY else _REGIONS
    if item.code in COUNTRIES:
        return COUNTRIES_NOUN
    return _REGIONS if is_region(item.code) else PLACES


class Units(tuple[Territory, ...]):
    """The units of a level, in its order, and the items of its file that bring them."""

    items: Sequence[Item] = ()

    @classmethod
    def of(cls, items: Sequence[Item]) -> Self:
        """Return the units that some items bring: in their order, those of a list in code order."""
        units = cls(unit for item in items for unit in _units_of(item))
        units.items = items
        return units


def _read_units(value: object, handler: ValidatorFunctionWrapHandler) -> Units:
    if isinstance(value, str):
        if value not in LISTS:
            remedy = f"write names of lists, or codes; the lists are {KNOWN_LISTS}"
            message = f"{quote(value)} is not a list of territories"
            raise wrong_value(message, did_you_mean(value, LISTS) or remedy)
        return Units.of((value,))
    items: tuple[Item, ...] = handler(value)
    _check_codes(items)
    _check_apart(items)
    return Units.of(items)


def _units_of(item: Item) -> Sequence[Territory]:
    return (
        territories(item)
        if isinstance(item, str)
        else (Territory(item.code, item.name or item.code),)
    )


def _check_codes(items: Sequence[Item]) -> None:
    for index, item in enumerate(items):
        if isinstance(item, Unit) and item.code[:2] in ELSEWHERE and eurostat_code(item.code):
            raise _of_elsewhere(item.code, index)


def _check_apart(items: Sequence[Item]) -> None:
    # No place is counted twice: neither by two items, nor as a part of another unit.
    brought_by: dict[str, int] = {}
    for index, item in enumerate(items):
        for unit in _units_of(item):
            if unit.code in brought_by:
                raise _counted_twice(items, unit.code, brought_by[unit.code], index)
            brought_by[unit.code] = index
    if len(items) == 1:
        return
    for code, index in brought_by.items():
        for around in ancestors(code):
            if around in brought_by:
                raise _within_another(items, (code, index), (around, brought_by[around]))


def _counted_twice(
    items: Sequence[Item], code: str, first: int, second: int
) -> PydanticCustomError:
    before, item = items[first], items[second]
    if not isinstance(before, str):
        return _at_item(second, f"{_brought(code, item)} is named twice", "name it once")
    if before == item:
        return _at_item(second, f"{quote(item)} is named twice", "name it once")
    remedy = "keep one of the two lists" if isinstance(item, str) else "name it once"
    return _at_item(second, f"{_brought(code, item)} is in {quote(before)} too", remedy)


def _within_another(
    items: Sequence[Item], inner: tuple[str, int], outer: tuple[str, int]
) -> PydanticCustomError:
    (code, index), (around, index_around) = inner, outer
    message = (
        f"{_brought(code, items[index])} lies in {_brought(around, items[index_around])}, "
        "and a unit of a level cannot lie in another"
    )
    return _at_item(max(index, index_around), message, "keep one of the two, or give each a level")


def _brought(code: str, item: Item) -> str:
    return f"{code} of {quote(item)}" if isinstance(item, str) else quote(code)


def _of_elsewhere(code: str, index: int) -> PydanticCustomError:
    from clustergap.reference.gazetteer import Remedies  # noqa: PLC0415 - only a mistake needs it

    remedy = Remedies((), lambda other: other[:2] not in ELSEWHERE).find(code)
    return _at_item(index, f"{quote(code)} is not Eurostat's code", remedy)


def _at_item(index: int, message: str, hint: str) -> PydanticCustomError:
    context = {"message": message, "hint": hint, "index": index}
    return PydanticCustomError("wrong_value", "{message}", context)


_ListedItems = Annotated[tuple[Item, ...], Field(min_length=1)]
Items = Annotated[
    _ListedItems,
    WrapValidator(_read_units, json_schema_input_type=_ListName | _ListedItems),
    PlainSerializer(lambda units: [unit._asdict() for unit in units]),
]
"""A level's territories as a file writes them; read, they are ``Units``."""
