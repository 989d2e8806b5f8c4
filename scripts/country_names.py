"""Write ``src/clustergap/reference/country-names.tsv``: names of countries, and of some regions, in all languages of the EU.

They are those of Unicode's CLDR, which comes with the PyPI package Babel (BSD-3-Clause):

    .venv/bin/python scripts/country_names.py > src/clustergap/reference/country-names.tsv

Of the other countries of the world those names are taken that are nearly ones of these or of regions, so that nobody
is asked whether Austria is meant by Australia. Left out is what might be a code: "Beč", which is Croatian for Vienna. CLDR knows no regions, but territories beyond the seas and cities that are regions of NUTS 2024. Babel leaves out second
names ("Czech Republic"): these stand here, as do long forms and spellings of other sources.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import pairwise

from babel import Locale
from babel.core import get_cldr_version

from clustergap.reference.gazetteer import fold_name
from clustergap.reference.territories import LISTS, looks_like_nuts, territories
from clustergap.text import CLOSE, likeness

LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt",
    "pt_PT", "ro", "sk", "sl", "sv",
)  # fmt: skip
"""The 24 languages of the EU; ``pt`` alone is that of Brazil, which has other names of seven countries."""

COUNTRIES = (
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU", "LV"),
    *("MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "CH", "IS", "LI", "NO", "UK"),
    *("AL", "BA", "GE", "MD", "ME", "MK", "RS", "TR", "UA", "XK", "EU"),
)  # fmt: skip
"""The EU27, EFTA, the United Kingdom, candidate countries and Kosovo by Eurostat's codes, and the EU itself."""

EUROPE = "150"
"""The continent's code of the United Nations, as in CLDR."""

ISO = {"EL": "GR", "UK": "GB"}

TERRITORIES = {
    "AX": "FI2 FI20 FI200",
    "GP": "FRY1 FRY10",
    "MQ": "FRY2 FRY20",
    "GF": "FRY3 FRY30",
    "RE": "FRY4 FRY40",
    "YT": "FRY5 FRY50",
    "IC": "ES7 ES70",
}
"""Territories of CLDR that are regions, at all the levels where they are one region."""

NO_COUNTRIES = {"EA", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
"""What else CLDR has codes for."""

CITIES = {
    "Europe/Vienna": "AT13 AT130",
    "Europe/Brussels": "BE1 BE10 BE100",
    "Europe/Prague": "CZ01 CZ010",
    "Europe/Berlin": "DE3 DE30 DE300",
    "Europe/Budapest": "HU11 HU110",
    "Atlantic/Azores": "PT2 PT20 PT200",
    "Atlantic/Madeira": "PT3 PT30 PT300",
}
"""Time zones of CLDR whose city or islands are a region."""

ARTICLES = {
    "ga": ("an t", "an ", "na "),
    "mt": ("il-", "l-", "id-", "in-", "ir-", "is-", "it-", "iċ-", "ix-"),
}
"""With them CLDR writes names in these languages; people write them without, too."""

SECOND_NAMES = {
    "CZ": {
        "bg": "Чешка република",
        "cs": "Česká republika",
        "da": "Den Tjekkiske Republik",
        "de": "Tschechische Republik",
        "el": "Τσεχική Δημοκρατία",
        "en": "Czech Republic",
        "es": "República Checa",
        "et": "Tšehhi Vabariik",
        "fi": "Tšekin tasavalta",
        "fr": "République tchèque",
        "ga": "Poblacht na Seice",
        "hr": "Češka Republika",
        "hu": "Cseh Köztársaság",
        "it": "Repubblica Ceca",
        "lt": "Čekijos Respublika",
        "lv": "Čehijas Republika",
        "nl": "Tsjechische Republiek",
        "pl": "Republika Czeska",
        "pt": "República Tcheca",
        "pt_PT": "República Checa",
        "ro": "Republica Cehă",
    },
    "TR": {"en": "Turkey", "fr": "Türkiye"},
}
"""CLDR's second names (alt="variant"), as the npm package cldr-localenames-full 48.2.0 has them."""

OTHERS = {
    "CZ": ("Czech Rep", "Rép. tchèque"),
    "SK": ("Slovak Republic", "Slovak Rep", "Slovakische Republik", "République slovaque", "Slovenská republika"),
    "NL": ("The Netherlands", "Netherlands (Kingdom of the)", "Kingdom of the Netherlands", "Olanda", "Holanda", "Hollande", "Ολλανδία"),
    "EL": ("Hellas", "Hellenic Republic", "Elláda", "Ελληνική Δημοκρατία"),
    "DE": (
        "Federal Republic of Germany",
        "Germany, Federal Republic of",
        "Bundesrepublik Deutschland",
        "Germany (until 1990 former territory of the FRG)",
        "Germany (including former GDR)",
        "Germany (including former GDR from 1991)",
    ),
    "IE": ("Republic of Ireland", "Ireland, Republic of"),
    "CY": ("Republic of Cyprus", "Cyprus (Republic)"),
    "AT": ("Republic of Austria", "Oesterreich"),
    "HR": ("Republic of Croatia", "Croatia (Hrvatska)"),
    "RO": ("Roumania",),
    "FR": ("French Republic", "France (metropolitan)"),
    "TR": ("Turkiye",),
    "BA": ("Bosnia and Herzegovina", "Bosnia-Herzegovina", "Bosnia and Herz"),
    "MK": ("FYR Macedonia", "Former Yugoslav Republic of Macedonia, the", "Macedonia"),
    "MD": ("Republic of Moldova", "Moldova, Republic of"),
    "UK": ("Great Britain", "United Kingdom of Great Britain and Northern Ireland"),
    "EU": (
        "EU", "EU27", "EU-27", "EU27_2020", "EU-27 (from 2020)", "European Union - 27 countries (from 2020)",
        "EU Member States", "All EU Member States", "EU countries", "All EU countries", "EU-wide", "UE", "UE27", "UE-27", "ЕС", "ΕΕ",
    ),
    "XK": ("Kosovo (under United Nations Security Council Resolution 1244/99)",),
    "BE": ("Kingdom of Belgium",),
    "BG": ("Republic of Bulgaria",),
    "DK": ("Kingdom of Denmark",),
    "EE": ("Republic of Estonia",),
    "FI": ("Republic of Finland",),
    "IT": ("Italian Republic",),
    "LV": ("Republic of Latvia",),
    "LT": ("Republic of Lithuania",),
    "LU": ("Grand Duchy of Luxembourg",),
    "MT": ("Republic of Malta",),
    "PL": ("Republic of Poland",),
    "PT": ("Portuguese Republic",),
    "SI": ("Republic of Slovenia",),
    "ES": ("Kingdom of Spain",),
    "SE": ("Kingdom of Sweden",),
    "NO": ("Kingdom of Norway",),
}  # fmt: skip
"""Long forms and spellings that CLDR has not: of ISO 3166-1 (as in Debian's iso-codes), of the npm packages
i18n-iso-countries 7.14 and world-countries 5.1, of Eurostat's labels, and of public tables that turn names into codes."""

HEAD = """\
# Names of countries of the EU, EFTA, candidate countries and the United Kingdom, and of regions that are cities or lie beyond
# the seas, in the languages of the EU; of other countries those names that are nearly one of these or a region's.
# Codes of 2024 with that area, languages (none: seen in tables of others), name.
# Generated by scripts/country_names.py, which names the sources; do not edit by hand.
# Source: Unicode CLDR {cldr} as shipped in Babel {babel}; second names of CLDR 48.2; other spellings as the script says.
# Licence: Unicode-3.0, (c) 2004-2025 Unicode, Inc.; see UNICODE.txt beside this file.
"""


def names() -> dict[tuple[str, str], tuple[str, list[str]]]:
    """Return languages and spelling of each name, by codes and by how it is compared."""
    found: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for codes, language, name in _all():
        if looks_like_nuts(fold_name(name).upper()):
            continue
        _, languages = found.setdefault((codes, fold_name(name)), (name, []))
        languages += [language] if language and language not in languages else []
    known = {key for _, key in found} | {
        fold_name(unit.name) for list_name in LISTS for unit in territories(list_name)
    }
    near = Near(known)
    for code, language, name in _elsewhere():
        key = fold_name(name)
        if key not in known and near.has(key):
            _, languages = found.setdefault((code, key), (name, []))
            languages += [language] if language not in languages else []
    return found


class Near:
    """Known names by their pairs of letters: any that is nearly another shares most of these with it."""

    def __init__(self, known: Iterable[str]) -> None:
        self._by_pair: defaultdict[str, list[str]] = defaultdict(list)
        for name in known:
            for pair in {*map("".join, pairwise(name))}:
                self._by_pair[pair].append(name)

    def has(self, name: str) -> bool:
        """Tell whether *name* is nearly one of them."""
        pairs = {*map("".join, pairwise(name))}
        shared = Counter(other for pair in pairs for other in self._by_pair.get(pair, ()))
        least = len(pairs) // 3
        return any(
            likeness(name, other) >= CLOSE for other, number in shared.items() if number > least
        )


def clashes(found: dict[tuple[str, str], tuple[str, list[str]]]) -> list[str]:
    """Return the names that two places bear."""
    places = defaultdict(set)
    for codes, key in found:
        places[key].add(codes)
    return sorted(key for key, several in places.items() if len(several) > 1)


def _all() -> Iterator[tuple[str, str, str]]:
    for language in LANGUAGES:
        code = language[:2]
        for codes, name in _of_cldr(Locale.parse(language)):
            yield codes, code, name
            article = next((one for one in ARTICLES.get(code, ()) if name.startswith(one)), "")
            yield codes, code, name.removeprefix(article)
    for country, by_language in SECOND_NAMES.items():
        yield from ((country, language[:2], name) for language, name in by_language.items())
    for country, spellings in OTHERS.items():
        yield from ((country, "", name) for name in spellings)


def _elsewhere() -> Iterator[tuple[str, str, str]]:
    ours = {*(ISO.get(country, country) for country in COUNTRIES), *TERRITORIES, *NO_COUNTRIES}
    for language in LANGUAGES:
        for code, name in sorted(Locale.parse(language).territories.items()):
            if code.isalpha() and code not in ours:
                yield code, language[:2], name


def _of_cldr(locale: Locale) -> Iterator[tuple[str, str]]:
    for country in COUNTRIES:
        yield country, locale.territories[ISO.get(country, country)]
    yield EUROPE, locale.territories[EUROPE]
    for territory, codes in TERRITORIES.items():
        yield codes, locale.territories[territory]
    for zone, codes in CITIES.items():
        # Where CLDR says none, a city is called as its time zone is.
        city = dict(locale.time_zones.get(zone, {})).get("city")
        yield codes, city or zone.partition("/")[2]


def main() -> None:
    """Print the file.

    Raises:
        SystemExit: A name is that of two places.
    """
    found = names()
    if wrong := clashes(found):
        raise SystemExit(f"two places bear one name: {', '.join(wrong)}")
    sys.stdout.write(HEAD.format(cldr=get_cldr_version(), babel=version("babel")))
    for (codes, _), (name, languages) in sorted(found.items()):
        sys.stdout.write(f"{codes}\t{','.join(languages)}\t{name}\n")


if __name__ == "__main__":
    main()
