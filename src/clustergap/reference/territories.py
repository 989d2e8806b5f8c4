"""Codes and names of territories: the lists that a level may name, and other codes of the countries in them.

The lists are ``eu27`` and ``nuts1-2024`` to ``nuts3-2024``; codes are Eurostat's.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

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
"""Codes of NUTS 2024 that were another area's in an older version; ``remedies`` knows which."""

ELSEWHERE = {"GR": "EL", "GB": "UK"}
"""ISO's codes of two letters that are not Eurostat's."""

BY_ISO_3 = {
    "AUT": "AT",
    "BEL": "BE",
    "BGR": "BG",
    "CYP": "CY",
    "CZE": "CZ",
    "DEU": "DE",
    "DNK": "DK",
    "ESP": "ES",
    "EST": "EE",
    "FIN": "FI",
    "FRA": "FR",
    "GRC": "EL",
    "HRV": "HR",
    "HUN": "HU",
    "IRL": "IE",
    "ITA": "IT",
    "LTU": "LT",
    "LUX": "LU",
    "LVA": "LV",
    "MLT": "MT",
    "NLD": "NL",
    "POL": "PL",
    "PRT": "PT",
    "ROU": "RO",
    "SVK": "SK",
    "SVN": "SI",
    "SWE": "SE",
    # EFTA, the United Kingdom, candidates
    "CHE": "CH",
    "ISL": "IS",
    "LIE": "LI",
    "NOR": "NO",
    "GBR": "UK",
    "ALB": "AL",
    "BIH": "BA",
    "GEO": "GE",
    "MDA": "MD",
    "MKD": "MK",
    "MNE": "ME",
    "SRB": "RS",
    "TUR": "TR",
    "UKR": "UA",
}
"""ISO 3166-1 alpha-3, as the packages iso3166 3.0.0 and pycountry 26.2.16 have it, to Eurostat's."""

COUNTRIES = frozenset(BY_ISO_3.values())
"""Countries that Eurostat has a code for, the ones without NUTS regions too."""

LONGEST = 5
"""Characters of a code of NUTS."""


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
    return tuple(Territory(code, name) for code, name in _rows() if len(code) == length)


@cache
def names() -> Mapping[str, str]:
    """Return the name of every country and region of the lists, by its code."""
    return dict(_rows())


def with_ancestors(units: Iterable[Territory]) -> frozenset[str]:
    """Return the codes of *units*, and of all in which these lie.

    >>> sorted(with_ancestors([Territory("RO11", "Nord-Vest")]))
    ['RO', 'RO1', 'RO11']
    """
    return frozenset(
        unit.code[:length] for unit in units for length in range(2, len(unit.code) + 1)
    )


def eurostat_code(code: str) -> str | None:
    """Return Eurostat's code for what *code* names as ISO does, a country or a place in one; None if it does not.

    >>> [eurostat_code(code) for code in ("ROU", "GRC", "GR", "GR30", "GB-ENG", "RO", "GREEN")]
    ['RO', 'EL', 'EL', 'EL30', 'UK-ENG', None, None]
    """
    if code in BY_ISO_3:
        return BY_ISO_3[code]
    country, rest = ELSEWHERE.get(code[:2]), code[2:]
    if country is None:
        return None
    # A region's code has a digit but at NUTS level 1 in some countries: GREEN is a dataset's own.
    is_region = len(code) <= LONGEST and any(map(str.isdigit, rest))
    return country + rest if not rest or rest[0] == "-" or is_region else None


def looks_like_nuts(code: str) -> bool:
    """Tell whether a code is written as those of countries and of regions in them are.

    >>> [code for code in ("RO", "FRB", "RO99", "NORTH", "XX", "BM-KA") if looks_like_nuts(code)]
    ['RO', 'FRB', 'RO99']
    """
    if code[:2] not in COUNTRIES or len(code) > LONGEST or not code.isalnum():
        return False
    return len(code) <= LONGEST - 2 or any(map(str.isdigit, code))


def read_table(name: str) -> Sequence[list[str]]:
    """Read the rows of a table of this package, without its comments."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@cache
def _rows() -> Sequence[list[str]]:
    return read_table("nuts-2024.tsv")
