"""A record as plain values, written as a data file would write it: for those who compare or show records."""

import dataclasses
import enum
from collections.abc import Iterator, Sequence
from datetime import date
from functools import singledispatch

from clustergap.model.cell import Cell
from clustergap.model.dataset import Except, Extent, Statement, Status
from clustergap.model.record import Record
from clustergap.reference.territories import Territory

DEFAULTS = {"extent": Extent.FULL.value, "status": Status.ACTIVE.value}
"""What a key that is not given means, where that is not nothing."""

Plain = str | int | bool | list["Plain"] | dict[str, "Plain"] | None


@singledispatch
def plain(value: object) -> Plain:
    """Write a value of a record; of a record below it only what is not left out.

    >>> plain(Statement(starts="2020"))
    {'starts': '2020-01-01'}
    >>> plain((Cell("social-economy", "eu"), True, None))
    ['social-economy@eu', True, None]
    """
    if not isinstance(value, Record) and not dataclasses.is_dataclass(value):
        raise TypeError(f"no record holds a {type(value).__name__}")
    return {name: plain(one) for name, one, default in _fields(value) if one != default}


@plain.register
def _(value: dict) -> Plain:  # type: ignore[type-arg]
    return {str(key): plain(one) for key, one in value.items()}


@plain.register(int)
@plain.register(type(None))
def _(value: int | None) -> Plain:
    return value


@plain.register
def _(value: str) -> Plain:
    return value.value if isinstance(value, enum.StrEnum) else str(value)


@plain.register
def _(value: date) -> Plain:
    return value.isoformat()


@plain.register
def _(value: Cell) -> Plain:
    return str(value)


@plain.register
def _(value: Territory) -> Plain:
    return {"code": value.code, "name": value.name}


@plain.register
def _(value: Except) -> Plain:
    return {"except": list(value.codes)}


@plain.register
def _(value: tuple) -> Plain:  # type: ignore[type-arg]
    if len(value) == 1 and isinstance(value[0], Statement):
        return plain(value[0])  # one statement alone is in no list
    return [plain(one) for one in value]


def keys_of(record: object) -> dict[str, Plain]:
    """Return the keys of a record that are not left out, but its id; each cover of an instrument is a key of its own.

    >>> from clustergap.model.dataset import Instrument
    >>> keys_of(Instrument(id="a", name="A", covers={"social-economy@eu": "full"}))
    {'name': 'A', 'covers.social-economy@eu': 'full'}
    """
    keys: dict[str, Plain] = {}
    for name, value, default in _fields(record):
        if name == "covers" and isinstance(value, dict):
            keys |= {f"covers.{cell}": statements_in_short(said) for cell, said in value.items()}
        elif name != "id" and value != default:
            keys[name] = plain(value)
    return keys


def statements_in_short(statements: Sequence[Statement]) -> Plain:
    """Write what is said of a cell: one statement alone is in no list."""
    said = [statement_in_short(one) for one in statements]
    return said[0] if len(said) == 1 else said


def statement_in_short(statement: Statement) -> Plain:
    """Write a cover or observation: its extent where it says nothing else."""
    said = {name: plain(one) for name, one, default in _fields(statement) if one != default}
    extent = statement.extent.value
    return {**said, "extent": extent} if said.keys() - {"extent"} else extent


def _fields(record: object) -> Iterator[tuple[str, object, object]]:
    if isinstance(record, Record):
        for name, field in type(record).model_fields.items():
            yield name, getattr(record, name), field.get_default(call_default_factory=True)
    elif dataclasses.is_dataclass(record):
        for one in dataclasses.fields(record):
            yield one.name, getattr(record, one.name), one.default
