"""A cell of the matrix: one role at one level."""

import re
from functools import lru_cache
from typing import Annotated, NamedTuple

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from clustergap.model.record import wrong_type, wrong_value
from clustergap.text import quote

_CELL = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)@([a-z0-9]+(?:-[a-z0-9]+)*)", re.ASCII)


class Cell(NamedTuple):
    """One role at one level, by their ids; printed ``role@level``, as everywhere."""

    role: str
    level: str

    def __str__(self) -> str:
        return f"{self.role}@{self.level}"


@lru_cache(maxsize=4096)
def parse_cell(text: str) -> Cell:
    """Read ``role@level``.

    Raises:
        ValueError: *text* is not an id, an @ and an id.

    >>> parse_cell("social-economy@eu")
    Cell(role='social-economy', level='eu')
    """
    match = _CELL.fullmatch(text)
    if match is None:
        raise ValueError("not role@level")
    return Cell(*match.groups())


def _read_cell(value: object) -> Cell:
    if not isinstance(value, str):
        raise wrong_type(
            "a cell is a text", "write role@level with their ids, such as social-economy@eu"
        )
    try:
        return parse_cell(value)
    except ValueError as error:
        raise wrong_value(
            f"{quote(value)} is not a cell",
            "write role@level with their ids, such as social-economy@eu",
        ) from error


def _read_place(value: object) -> Cell | str:
    # The key of an `assessed` list is a level or one cell.
    if isinstance(value, str) and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value, re.ASCII):
        return value
    return _read_cell(value)


_CELL_SCHEMA = WithJsonSchema({"type": "string", "pattern": f"^{_CELL.pattern}$"})

_AS_TEXT = PlainSerializer(str, return_type=str)

CellKey = Annotated[Cell, PlainValidator(_read_cell), _AS_TEXT, _CELL_SCHEMA]
LevelOrCell = Annotated[
    str | Cell, PlainValidator(_read_place), _AS_TEXT, WithJsonSchema({"type": "string"})
]
