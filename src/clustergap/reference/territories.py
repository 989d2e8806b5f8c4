"""Codes and names of territories: the lists that a level may name, what lies within what, and codes of older NUTS.

Codes are Eurostat's. Each table is read when a code of its countries is first looked up.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from clustergap.text import all_of


class TerritoryList(NamedTuple):
    """A list that a level may name: its rows in a table are those with codes of one length, of some countries or of all."""

    table: str
    length: int
    countries: frozenset[str] | None = None


_NUTS_2024, _NUTS_2021 = "nuts-2024.tsv", "nuts-2021.tsv"
_STATISTICAL, _UK = "statistical-2024.tsv", "uk-nuts-2018.tsv"

EFTA = frozenset({"CH", "IS", "LI", "NO"})
CANDIDATES = frozenset({"AL", "BA", "GE", "MD", "ME", "MK", "RS", "TR", "UA"})

LISTS = {
    "eu27": TerritoryList(_NUTS_2024, 2),
    "nuts1-2024": TerritoryList(_NUTS_2024, 3),
    "nuts2-2024": TerritoryList(_NUTS_2024, 4),
    "nuts3-2024": TerritoryList(_NUTS_2024, 5),
    "nuts1-2021": TerritoryList(_NUTS_2021, 3),
    "nuts2-2021": TerritoryList(_NUTS_2021, 4),
    "nuts3-2021": TerritoryList(_NUTS_2021, 5),
    "efta": TerritoryList(_STATISTICAL, 2, EFTA),
    "candidates": TerritoryList(_STATISTICAL, 2, CANDIDATES),
    "uk": TerritoryList(_UK, 2),
    "statistical1-2024": TerritoryList(_STATISTICAL, 3),
    "statistical2-2024": TerritoryList(_STATISTICAL, 4),
    "statistical3-2024": TerritoryList(_STATISTICAL, 5),
    "uk-nuts1": TerritoryList(_UK, 3),
    "uk-nuts2": TerritoryList(_UK, 4),
    "uk-nuts3": TerritoryList(_UK, 5),
}
"""The lists by name. NUTS adds one character at each level."""

KNOWN_LISTS = (
    "eu27, nuts1-2024 to nuts3-2024, nuts1-2021 to nuts3-2021, efta, candidates, uk, "
    "statistical1-2024 to statistical3-2024, and uk-nuts1 to uk-nuts3"
)
"""The lists in words."""

REUSED = frozenset((
    "CZ02", "NO02", "RO32", "AT221", "AT223", "AT224", "CZ020", "DE239", "DE255", "DE932", "DEB22", "FI196", "HU213",
    "ITC43", "ITH33", "NO072", "NO073", "RO321",
))  # fmt: skip
"""Codes of NUTS 2024 that meant another area in an older version; ``former_code`` tells which."""

ELSEWHERE = {"GR": "EL", "GB": "UK"}
"""ISO's two-letter codes that differ from Eurostat's."""

BY_ISO_3 = {
    "AUT": "AT", "BEL": "BE", "BGR": "BG", "CYP": "CY", "CZE": "CZ", "DEU": "DE", "DNK": "DK", "ESP": "ES",
    "EST": "EE", "FIN": "FI", "FRA": "FR", "GRC": "EL", "HRV": "HR", "HUN": "HU", "IRL": "IE", "ITA": "IT",
    "LTU": "LT", "LUX": "LU", "LVA": "LV", "MLT": "MT", "NLD": "NL", "POL": "PL", "PRT": "PT", "ROU": "RO",
    "SVK": "SK", "SVN": "SI", "SWE": "SE",
    # EFTA, the United Kingdom, candidates
    "CHE": "CH", "ISL": "IS", "LIE": "LI", "NOR": "NO", "GBR": "UK", "ALB": "AL", "BIH": "BA", "GEO": "GE",
    "MDA": "MD", "MKD": "MK", "MNE": "ME", "SRB": "RS", "TUR": "TR", "UKR": "UA",
}  # fmt: skip
"""ISO 3166-1 alpha-3, as the packages iso3166 3.0.0 and pycountry 26.2.16 have it, to Eurostat's."""

COUNTRIES = frozenset((*BY_ISO_3.values(), "XK"))
"""Countries with a code of Eurostat, including those without NUTS regions; ISO has none for Kosovo."""

_TABLE_OF = {
    **dict.fromkeys(COUNTRIES, _NUTS_2024),
    **dict.fromkeys((*EFTA, *CANDIDATES, "XK"), _STATISTICAL),
    "UK": _UK,
}
"""The table of each country; of those in the EU that of the newest version. Kosovo has regions there, though it is no candidate."""

_CONTINUED = {"UKN1": "UKN0"}
"""Where the codes of a region went on when all with its own beginning were taken: UKN10 to UKN16 lie in UKN0."""

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
    table, length, countries = LISTS[list_name]
    return tuple(
        Territory(code, name)
        for code, name in _names_in(table).items()
        if len(code) == length and (countries is None or code in countries)
    )


@cache
def names() -> Mapping[str, str]:
    """Return the name of every country of the EU and every region of NUTS 2024, by its code."""
    return _names_in(_NUTS_2024)


def listed_name(code: str) -> str | None:
    """Return the name that the newest lists have for a code; None if none of them has it.

    >>> [listed_name(code) for code in ("RO11", "NO", "UKM8", "PT16", "RO99", "P1")]
    ['Nord-Vest', 'Norway', 'West Central Scotland', None, None, None]
    """
    table = _TABLE_OF.get(code[:2])
    return _names_in(table).get(code) if table else None


def territories_in(place: str) -> list[Territory]:
    """Return all territories of the newest lists that lie in a country or region, in code order.

    >>> territories_in("LU00")
    [Territory(code='LU000', name='Luxembourg')]
    """
    table = _TABLE_OF.get(place[:2])
    listed = _names_in(table).items() if table else ()
    return [Territory(code, name) for code, name in listed if place in ancestors(code)]


def ancestors(code: str) -> list[str]:
    """Return the codes of the places in which a place lies, the narrowest first.

    What the lists have, or an older NUTS had, lies in what its code begins with. Other codes nest at hyphens only.

    >>> ancestors("RO11-A"), ancestors("BM-KA-1"), ancestors("DEFENCE"), ancestors("UKN10")
    (['RO11', 'RO1', 'RO'], ['BM-KA', 'BM'], [], ['UKN0', 'UKN', 'UK'])
    """
    around = []
    while "-" in code:
        code = code.rpartition("-")[0]
        around.append(code)
    if listed_name(code) or (looks_like_nuts(code) and code in former_codes()):
        above = (code[:length] for length in range(len(code) - 1, 1, -1))
        around += [_CONTINUED.get(place, place) for place in above]
    return around


@cache
def country_of(code: str) -> str | None:
    """Return the country that a place is or lies in; None if it is one of a dataset's own that lies in none.

    >>> [country_of(code) for code in ("RO", "RO11-A", "XK-A", "DEFENCE", "BM-KA")]
    ['RO', 'RO', 'XK', None, None]
    """
    outermost = [code, *ancestors(code)][-1]
    return outermost if outermost in COUNTRIES else None


def is_region(code: str) -> bool:
    """Tell whether a code is that of a region of the lists, of NUTS 2024 or older.

    >>> [code for code in ("RO", "RO11", "PT16", "RO99", "RO11-A", "DEFENCE") if is_region(code)]
    ['RO11', 'PT16']
    """
    return "-" not in code and code not in COUNTRIES and country_of(code) is not None


def lies_in(code: str, other: str) -> bool:
    """Tell by the codes whether a place is the *other* one or lies in it.

    >>> lies_in("RO11", "RO"), lies_in("BM-KA", "BM"), lies_in("DEFENCE", "DE"), lies_in("RO", "RO11")
    (True, True, False, False)
    """
    return code == other or (code[0] == other[0] and other in ancestors(code))


def with_ancestors(units: Iterable[Territory]) -> frozenset[str]:
    """Return the codes of *units* and of all territories that contain them.

    >>> sorted(with_ancestors([Territory("RO11", "Nord-Vest")]))
    ['RO', 'RO1', 'RO11']
    """
    return frozenset(code for unit in units for code in (unit.code, *ancestors(unit.code)))


def eurostat_code(code: str) -> str | None:
    """Return Eurostat's code for an ISO code of a country or of a place in one; None if *code* is not one.

    >>> [eurostat_code(code) for code in ("ROU", "GRC", "GR", "GR30", "GB-ENG", "RO", "GREEN")]
    ['RO', 'EL', 'EL', 'EL30', 'UK-ENG', None, None]
    """
    if code in BY_ISO_3:
        return BY_ISO_3[code]
    country, rest = ELSEWHERE.get(code[:2]), code[2:]
    if country is None:
        return None
    # Codes of regions have a digit, except at NUTS level 1 in some countries: GREEN is a dataset's own code.
    is_region = len(code) <= LONGEST and any(map(str.isdigit, rest))
    return country + rest if not rest or rest[0] == "-" or is_region else None


def looks_like_nuts(code: str) -> bool:
    """Tell whether a code is written like that of a country or of a region in one.

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
def _names_in(table: str) -> Mapping[str, str]:
    """Read the names of a table, by code, in code order."""
    if table != _NUTS_2021:
        return {code: name for code, name in read_table(table)}  # noqa: C416 - each row has two cells
    # The table says only where 2021 differs from 2024.
    rows = read_table(table)
    newer = {code for code, version, _ in rows if version == "2024"}
    kept = [row for row in _names_in(_NUTS_2024).items() if row[0] not in newer]
    return dict(
        sorted([*kept, *((code, name) for code, version, name in rows if version == "2021")])
    )


_SMALL = 5
"""Per cent of an area; a region that covers less is not a successor to write instead."""


_NOT_MEASURED = frozenset({"LV007", "PT17", "PT170", "NO074", "NO082", "NO091"})
"""Codes whose successors in the table are known, but whose shares are guesses."""

_MOST_NAMED = 3
"""Successors that are listed with their names."""


class FormerCode(NamedTuple):
    """What a code meant up to a ``version`` of NUTS: the regions of 2024 that cover its area, the largest share first.

    ``rest`` are regions that cover hardly any of it. ``shares`` are the per cent of its area that ``successors`` and
    ``rest`` cover, in this order; empty if unknown.
    """

    code: str
    version: str
    successors: tuple[str, ...]
    rest: tuple[str, ...] = ()
    shares: tuple[int, ...] = ()

    @property
    def is_reused(self) -> bool:
        """Whether NUTS 2024 has the code too, for another area."""
        return self.code in self.successors


def former_code(code: str) -> FormerCode | None:
    """Return what *code* last meant before NUTS 2024, if it meant another area or no longer exists.

    >>> former_code("DE415")
    FormerCode(code='DE415', version='2006', successors=('DE40C',), rest=(), shares=(100,))
    """
    return former_codes().get(code)


def former_meanings(code: str) -> tuple[FormerCode, ...]:
    """Return all that *code* meant before NUTS 2024, the oldest first.

    >>> [(former.version, former.successors) for former in former_meanings("NL324")]
    [('2016', ('NL32A', 'NL32B')), ('2021', ('NL32A',))]
    """
    return _meanings().get(code, ())


@cache
def former_codes() -> dict[str, FormerCode]:
    """Return all former codes; for a code that meant several areas, the last one."""
    return {code: meanings[-1] for code, meanings in _meanings().items()}


@cache
def _meanings() -> dict[str, tuple[FormerCode, ...]]:
    # The rows of a code are in the order of their versions.
    read = (_read_former_code(*row) for row in read_table("nuts-former.tsv"))
    return {code: tuple(same) for code, same in groupby(read, lambda former: former.code)}


def _read_former_code(code: str, versions: str, successors: str) -> FormerCode:
    parts = (part.partition(":") for part in successors.split(" "))
    shares = [(region, int(share or "100")) for region, _, share in parts]
    return FormerCode(
        code,
        versions.rpartition("-")[2],
        tuple(region for region, share in shares if share >= _SMALL),
        tuple(region for region, share in shares if share < _SMALL),
        () if code in _NOT_MEASURED else tuple(share for _, share in shares),
    )


def former_in_words(former: FormerCode) -> str:
    """Say what a code of an older version of NUTS is now.

    >>> former_in_words(former_code("NL31"))
    'NL31 is a code of NUTS 2021; in 2024 it is NL35 (Utrecht)'
    """
    return f"{former.code} is a code of NUTS {former.version}; in 2024 it is {_area(former)}"


def former_with_shares(former: FormerCode) -> str:
    """Say what a code of an older version of NUTS is now, with the share of each region if there are several.

    >>> former_with_shares(former_code("PT16"))
    'PT16 is a code of NUTS 2021; in 2024 80 % of it are PT19 (Centro (PT)) and 20 % PT1D (Oeste e Vale do Tejo)'
    """
    codes = (*former.successors, *former.rest)
    if not former.shares or len(codes) == 1:
        return former_in_words(former)
    first, *others = [
        (share, _with_listed_name(code, codes))
        for code, share in zip(codes, former.shares, strict=True)
    ]
    parts = all_of(
        [f"{first[0]} % of it are {first[1]}", *(f"{n} % {region}" for n, region in others)]
    )
    return f"{former.code} is a code of NUTS {former.version}; in 2024 {parts}"


def reused_in_words(former: FormerCode) -> str:
    """Say what a code meant before that means another area in NUTS 2024.

    >>> reused_in_words(former_code("CZ020"))
    'CZ020 is that of NUTS 2024; in NUTS 2013 it was CZ020 (Středočeský kraj) and a small part of CZ032 (Plzeňský kraj)'
    """
    return f"{former.code} is that of NUTS 2024; in NUTS {former.version} it was {_area(former)}"


def _area(former: FormerCode) -> str:
    large = [_with_listed_name(code, former.successors) for code in former.successors]
    small = [_with_listed_name(code, former.successors) for code in former.rest]
    return all_of([*large, *(f"a small part of {region}" for region in small)])


def _with_listed_name(code: str, listed: Sequence[str]) -> str:
    known = names() if len(listed) <= _MOST_NAMED else {}
    return f"{code} ({known[code]})" if code in known else code
