"""Codes by which others know the countries that Eurostat has codes for."""

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
