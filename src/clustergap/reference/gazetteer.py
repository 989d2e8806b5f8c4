"""Names of territories to their codes, as people write them: any letter case, without accents, a part, misspelt.

Countries, and regions that are cities or lie beyond the seas, have names in all languages of the EU.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from clustergap.reference.territories import LISTS, Territory, read_table, territories
from clustergap.text import NearMisses, fold

LARGER, SMALLER = tuple(LISTS)[:-1], tuple(LISTS)[-1:]
"""The lists whose names are likelier to be meant, and the others."""

_ABBREVIATIONS = ("prov ", "arr ")
"""Words before the names of Belgian provinces and districts, which people leave out."""

_LEAST = 3
"""Letters of a word that may be a part of a name."""

EUROPE = "150"
"""The continent's code of the United Nations."""

_OF_A_COUNTRY = 2
"""Letters of a country's code."""

_NO_DECOMPOSITION = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


_GREEK = str.maketrans("abehikmnoptxyz", "αβεηικμνορτχυζ")
"""Latin letters that look like Greek capitals: Eurostat's list writes EL30 and EL51 with a Latin A."""


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """Write a name as it is compared: without case, accents and signs between words.

    >>> fold_name("Severna i Yugoiztochna"), fold_name("Île-de-France"), fold_name("ŁÓDZKIE")
    ('severna i yugoiztochna', 'ile de france', 'lodzkie')
    """
    apart = unicodedata.normalize("NFKD", fold(name).translate(_NO_DECOMPOSITION))
    if "α" <= max(apart, default="") <= "ω":
        apart = apart.translate(_GREEK)
    signs = "".join(" " if not c.isalnum() else c for c in apart if not unicodedata.combining(c))
    return " ".join(signs.split())


class Gazetteer:
    """The names of some territories; those that are written in Greek or Cyrillic also in Latin letters."""

    def __init__(self, units: Iterable[Territory]) -> None:
        self._by_name: defaultdict[str, list[Territory]] = defaultdict(list)
        self._by_whole_name: defaultdict[str, list[Territory]] = defaultdict(list)
        self._by_word: defaultdict[str, list[Territory]] = defaultdict(list)
        for unit in units:
            whole = dict.fromkeys(_whole_names_of(unit))
            for name in whole:
                self._by_whole_name[name].append(unit)
            for name in dict.fromkeys((*whole, *_short_names_of(unit))):
                self._by_name[name].append(unit)
                for word in dict.fromkeys(name.split()):
                    self._by_word[word].append(unit)
        self._near: NearMisses | None = None

    def named(self, name: str) -> Sequence[Territory]:
        """Return the territories that bear just this name."""
        return self._by_name.get(fold_name(name), ())

    def wholly_named(self, name: str) -> Sequence[Territory]:
        """Return the territories of which this is the whole name, not one of two or one without what tells it apart."""
        return self._by_whole_name.get(fold_name(name), ())

    def bearing(self, name: str) -> Sequence[Territory]:
        """Return the territories that bear a name; where there are none those with a name of which it is a part."""
        folded = fold_name(name)
        if len(folded) < _LEAST:
            return ()
        return self._by_name.get(folded) or self._with_words(folded.split())

    def nearly_bearing(self, name: str) -> Sequence[Territory]:
        """Return the territories with the name that *name* nearly is, a letter or two of ten apart."""
        folded = fold_name(name)
        if len(folded) < _LEAST:
            return ()
        if self._near is None:
            self._near = NearMisses(self._by_name)
        near = self._near.find(folded)
        return self._by_name[near] if near else ()

    def _with_words(self, words: Sequence[str]) -> Sequence[Territory]:
        matches = [dict.fromkeys(self._by_word.get(word, ())) for word in words]
        return [unit for unit in matches[0] if all(unit in others for others in matches[1:])]


def bears(unit: Territory, name: str) -> bool:
    """Tell whether *name* is a name of a territory of the lists, or a part of one.

    >>> unit = Territory("BE34", "Prov. Luxembourg (BE)")
    >>> bears(unit, "luxembourg"), bears(unit, "Namur")
    (True, False)
    """
    words = set(fold_name(name).split())
    return any(words <= set(whole_name.split()) for whole_name in _whole_names_of(unit))


@lru_cache(maxsize=8)
def gazetteer(units: tuple[Territory, ...]) -> Gazetteer:
    """Return the names of *units*."""
    return Gazetteer(units)


@cache
def shared_names(lists: tuple[str, ...]) -> Gazetteer:
    """Return the names of the countries and regions of some lists."""
    return Gazetteer(unit for name in lists for unit in territories(name))


def country_named(name: str) -> str | None:
    """Return the code of the country, of the EU or not, that has a name in a language of the EU.

    The EU itself has the code ``EU``, Europe ``EUROPE``.

    >>> country_named("Griechenland"), country_named("Rusko"), country_named("Wien")
    ('EL', 'RU', None)
    """
    return _countries_by_name().get(fold_name(name))


def known_names() -> Iterator[str]:
    """Yield all names of countries and regions, as they are written."""
    for list_name in LISTS:
        yield from (unit.name for unit in territories(list_name))
    yield from _latin_names().values()
    yield from (name for _, _, name in _foreign_rows())


def english_name(code: str) -> str:
    """Return the name of a country inside or outside of the EU, or the code where none is known.

    >>> english_name("UK"), english_name("TR"), english_name("XX")
    ('United Kingdom', 'Türkiye', 'XX')
    """
    return _english_names().get(code, code)


def _whole_names_of(unit: Territory) -> Iterator[str]:
    latin = _latin_names().get(unit.code)
    yield from map(fold_name, (unit.name, *([latin] if latin else ())))
    yield from map(fold_name, _foreign_names().get(unit.code, ()))


def _short_names_of(unit: Territory) -> Iterator[str]:
    # In two languages, or with what tells it from another: Hainaut/Henegouwen, Limburg (BE).
    for name in (unit.name, _latin_names().get(unit.code, "")):
        for part in map(fold_name, name.partition("(")[0].split("/")):
            if part:
                yield part
            for abbreviation in _ABBREVIATIONS:
                if part.startswith(abbreviation):
                    yield part.removeprefix(abbreviation)


@cache
def _latin_names() -> dict[str, str]:
    return dict(read_table("nuts-latin.tsv"))


@cache
def _foreign_names() -> dict[str, list[str]]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for codes, _, name in _foreign_rows():
        for code in codes.split():
            names[code].append(name)
    return names


@cache
def _english_names() -> dict[str, str]:
    # Of the two that have second names, "Czechia" and "Türkiye" stand behind these in the file.
    return {code: name for code, languages, name in _foreign_rows() if "en" in languages}


def _foreign_rows() -> Sequence[Sequence[str]]:
    return read_table("country-names.tsv")


@cache
def _countries_by_name() -> dict[str, str]:
    return {
        fold_name(name): code
        for code, names in _foreign_names().items()
        for name in names
        if len(code) == _OF_A_COUNTRY or code == EUROPE
    }
