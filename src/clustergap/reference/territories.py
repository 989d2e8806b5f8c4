"""The lists of territories that a level may name: ``eu27`` and ``nuts1-2024`` to ``nuts3-2024``."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("nuts-2024.tsv")

LISTS = {"eu27": 2, "nuts1-2024": 3, "nuts2-2024": 4, "nuts3-2024": 5}
"""A list's name and the length of its codes: NUTS adds one character a level."""

REUSED = frozenset(
    {
        "CZ02",
        "NO02",
        "RO32",
        "AT221",
        "AT223",
        "AT224",
        "CZ020",
        "DE239",
        "DE255",
        "DE932",
        "DEB22",
    }
    | {"FI196", "HU213", "ITC43", "ITH33", "NO072", "NO073", "RO321"}
)
"""Codes of NUTS 2024 that were another area's in an older version; ``former_codes`` knows which."""


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
def names() -> Mapping[str, str]:
    """Return the name of every country and region of the lists, by its code."""
    return {code: name for code, _, name in (line.partition("\t") for line in _lines())}


def with_ancestors(units: Iterable[Territory]) -> frozenset[str]:
    """Return the codes of *units*, and of all in which these lie.

    >>> sorted(with_ancestors([Territory("RO11", "Nord-Vest")]))
    ['RO', 'RO1', 'RO11']
    """
    return frozenset(
        unit.code[:length] for unit in units for length in range(2, len(unit.code) + 1)
    )


@cache
def _lines() -> tuple[str, ...]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))
