"""The lists of territories that a level may name: ``eu27`` and ``nuts1-2024`` to ``nuts3-2024``."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("nuts-2024.tsv")

LISTS = {"eu27": 2, "nuts1-2024": 3, "nuts2-2024": 4, "nuts3-2024": 5}
"""A list's name and the length of its codes: NUTS adds one character a level."""

ELSEWHERE = {"GR": "EL"}
"""Codes that other lists use for a country, and Eurostat's."""


class Territory(NamedTuple):
    """A place with a code: a country or a region."""

    code: str
    name: str


@cache
def territories(list_name: str) -> tuple[Territory, ...]:
    """Return the territories of one of ``LISTS``, in code order.

    >>> len(territories("eu27")), len(territories("nuts2-2024"))
    (27, 244)
    >>> territories("nuts2-2024")[0]
    Territory(code='AT11', name='Burgenland')
    """
    length = LISTS[list_name]
    return tuple(
        Territory(code, name)
        for code, _, name in (line.partition("\t") for line in _lines())
        if len(code) == length
    )


@cache
def _lines() -> tuple[str, ...]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))
