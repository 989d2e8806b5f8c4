"""A record as plain values, written as a data file would write it: for those who compare or show records."""

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from clustergap.model.cell import Cell
from clustergap.model.dataset import Extent, Statement, Status
from clustergap.reference.territories import Territory

DEFAULTS = {"extent": Extent.FULL.value, "status": Status.ACTIVE.value}
"""What a key that is not given means, where that is not nothing."""

Plain = str | int | bool | list["Plain"] | dict[str, "Plain"] | None

_RECORD = TypeAdapter[Any](Any)
"""Writes any record as its model says."""


def plain(value: object) -> Plain:
    """Write a value of a record; of a record below it only what is not left out.

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
            written: Plain = _RECORD.dump_python(
                value, mode="json", by_alias=True, exclude_defaults=True
            )
            return written


def keys_of(record: object) -> dict[str, Plain]:
    """Return the keys of a record that are not left out, but its id; each cover of an instrument is a key of its own.

    >>> from clustergap.model.dataset import Instrument
    >>> keys_of(Instrument(id="a", name="A", covers={"social-economy@eu": "full"}))
    {'name': 'A', 'covers.social-economy@eu': 'full'}
    """
    keys = plain(record)
    assert isinstance(keys, dict)  # noqa: S101 - a record is a mapping
    covers = keys.pop("covers", None)
    keys.pop("id", None)
    if isinstance(covers, dict):
        keys |= {f"covers.{cell}": _in_short(statements) for cell, statements in covers.items()}
    return keys


def statements_in_short(statements: Sequence[Statement]) -> Plain:
    """Write what is said of a cell: one statement alone is in no list, and is its extent if it says nothing else."""
    return _in_short(plain(tuple(statements)))


def _in_short(statements: Plain) -> Plain:
    if isinstance(statements, list):
        return [_in_short(statement) for statement in statements]
    assert isinstance(statements, dict)  # noqa: S101 - a statement is a mapping
    extent = statements.get("extent", DEFAULTS["extent"])
    return {**statements, "extent": extent} if statements.keys() - {"extent"} else extent
