"""Finds territories by the names that people write, and suggests what an unknown word may mean.

Names are found in any letter case, without accents, by a part, or misspelt. Countries, and regions that are cities or lie
overseas, have names in all languages of the EU. Only names and unknown codes need this module. For an unknown code it never
suggests one of another country, except by name.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache

from clustergap.reference.territories import (
    COUNTRIES,
    ELSEWHERE,
    LONGEST,
    FormerCode,
    Territory,
    eurostat_code,
    former_code,
    former_in_words,
    lies_in,
    listed_name,
    looks_like_nuts,
    names,
    read_table,
    territories,
)
from clustergap.text import NearMisses, all_of, closest, either, fold, one_of, quote

LARGER, SMALLER = ("eu27", "nuts1-2024", "nuts2-2024"), ("nuts3-2024",)
"""The lists of the EU whose names are more likely meant, and the others."""

OUTSIDE = (
    *("efta", "candidates", "uk", "statistical1-2024", "statistical2-2024", "statistical3-2024"),
    *("uk-nuts1", "uk-nuts2", "uk-nuts3"),
)
"""The lists of other countries and their regions."""

_ABBREVIATIONS = ("prov ", "arr ")
"""Words before the names of Belgian provinces and districts that people leave out."""

_LEAST = 3
"""The fewest letters of a word that may be a part of a name."""

EUROPE = "150"
"""The continent's code of the United Nations."""

_OF_A_COUNTRY = 2
"""Letters of a country's code."""

_NO_DECOMPOSITION = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


_GREEK = str.maketrans("abehikmnoptxyz", "αβεηικμνορτχυζ")
"""Latin letters that look like Greek capitals: Eurostat's list writes EL30 and EL51 with a Latin A."""


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """Fold a name for comparison: without case, accents and signs between words.

    >>> fold_name("Severna i Yugoiztochna"), fold_name("Île-de-France"), fold_name("ŁÓDZKIE")
    ('severna i yugoiztochna', 'ile de france', 'lodzkie')
    """
    apart = unicodedata.normalize("NFKD", fold(name).translate(_NO_DECOMPOSITION))
    if "α" <= max(apart, default="") <= "ω":
        apart = apart.translate(_GREEK)
    signs = "".join(" " if not c.isalnum() else c for c in apart if not unicodedata.combining(c))
    return " ".join(signs.split())


class Gazetteer:
    """An index of the names of territories; Greek and Cyrillic names also in Latin letters."""

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
        """Return the territories with exactly this name."""
        return self._by_name.get(fold_name(name), ())

    def wholly_named(self, name: str) -> Sequence[Territory]:
        """Return the territories with this as their whole name, not one of two names or one without its qualifier."""
        return self._by_whole_name.get(fold_name(name), ())

    def bearing(self, name: str) -> Sequence[Territory]:
        """Return the territories with a name; if there are none, those with a name that contains it."""
        folded = fold_name(name)
        if len(folded) < _LEAST:
            return ()
        return self._by_name.get(folded) or self._with_words(folded.split())

    def nearly_bearing(self, name: str) -> Sequence[Territory]:
        """Return the territories with a name from which *name* differs in one or two letters of ten."""
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
    """Return the gazetteer of *units*."""
    return Gazetteer(units)


@cache
def shared_names(lists: tuple[str, ...]) -> Gazetteer:
    """Return the gazetteer of the countries and regions of some lists."""
    return Gazetteer(unit for name in lists for unit in territories(name))


def country_named(name: str) -> str | None:
    """Return the code of the country, in the EU or not, with this name in a language of the EU.

    The EU itself has the code ``EU``, Europe ``EUROPE``.

    >>> country_named("Griechenland"), country_named("Rusko"), country_named("Wien")
    ('EL', 'RU', None)
    """
    return _countries_by_name().get(fold_name(name))


def known_names() -> Iterator[str]:
    """Yield all names of countries and regions, as they are written."""
    yield from names().values()
    yield from _latin_names().values()
    yield from (name for _, _, name in _foreign_rows())


def english_name(code: str) -> str:
    """Return the name of a country inside or outside of the EU, or the code if none is known.

    >>> english_name("UK"), english_name("TR"), english_name("XX")
    ('United Kingdom', 'Türkiye', 'XX')
    """
    return _english_names().get(code, code)


def _whole_names_of(unit: Territory) -> Iterator[str]:
    latin = _latin_names().get(unit.code)
    yield from map(fold_name, (unit.name, *([latin] if latin else ())))
    yield from map(fold_name, _foreign_names().get(unit.code, ()))


def _short_names_of(unit: Territory) -> Iterator[str]:
    # Names in two languages, or with a qualifier: Hainaut/Henegouwen, Limburg (BE).
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
    # Two countries have a second name: "Czechia" and "Türkiye" come after it in the file.
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


MOST_MEANT = 4
"""Codes that are suggested for a word; if there are more, none is."""

_MOST_COMPARED = 50_000
"""Comparisons of names that one object makes: a few tenths of a second."""

_DIGITS_FOR_LETTERS = str.maketrans("015", "OIS")


class Remedies:
    """Suggests what a word may mean that is not a territory of a level, or of any level.

    Args:
        units: The territories that may be meant, the more likely ones first.
        is_place: Whether a code of the shared lists is allowed too, as it contains units or lies in one.
        most_compared: How many comparisons with names are made.
    """

    def __init__(
        self,
        units: Iterable[Territory],
        is_place: Callable[[str], bool],
        most_compared: int = _MOST_COMPARED,
    ) -> None:
        by_code: dict[str, Territory] = {}
        for unit in units:
            by_code.setdefault(unit.code, unit)
        self._units, self._is_place = tuple(by_code.values()), is_place
        self._left = most_compared

    @property
    def compares(self) -> bool:
        """Whether words are still compared with names; if not, near misses are no longer noticed."""
        return self._left > 0

    def find(self, word: str) -> str:
        """Suggest what *word* may mean; nothing if nothing is near.

        >>> Remedies([Territory("RO11", "Nord-Vest")], {"RO", "RO1", "RO11"}.__contains__).find("ro 11")
        "did you mean 'RO11' (Nord-Vest)?"
        """
        code = word.strip().upper()
        return (
            self._written_otherwise(code)
            or self._of_another_list(code)
            or self._by_name(word)
            or self._by_code(word, code)
        )

    def _by_code(self, word: str, code: str) -> str:
        # A word without digits is more likely a name.
        if any(map(str.isdigit, code)):
            return self.nearby(code) or self._own(code) or self._by_like_name(word)
        return self._by_like_name(word) or self.nearby(code) or self._own(code)

    def _written_otherwise(self, code: str) -> str:
        bare = "".join(filter(str.isalnum, code))
        for meant in (bare, bare[:2].translate(_DIGITS_FOR_LETTERS) + bare[2:]):
            if self._is_place(meant):
                return self._meant([meant])
        return ""

    def _of_another_list(self, code: str) -> str:
        remedies = []
        at_eurostat = eurostat_code(code)
        former = former_code(code)
        if at_eurostat and (former is None or code[:2] == former.successors[0][:2]):
            remedies.append(self._of_iso(code, at_eurostat))
        if former and not former.is_reused:
            remedies.append(self._of_older_nuts(former))
        return " ".join(remedies)

    def _of_iso(self, code: str, at_eurostat: str) -> str:
        is_country = at_eurostat in COUNTRIES
        theirs, ours = (code, at_eurostat) if is_country else (code[:2], at_eurostat[:2])
        remedy = f"Eurostat writes {ours} for {theirs}"
        if self._is_place(at_eurostat):
            return f"{remedy}: {self._meant([at_eurostat])}"
        near = self.nearby(at_eurostat)
        return f"{remedy}: {near}" if near else remedy

    def _of_older_nuts(self, former: FormerCode) -> str:
        remedy = former_in_words(former)
        if any(map(self._is_place, former.successors)):
            return remedy
        where = self._around(former.successors)
        lie = "lies" if len(former.successors) == 1 else "lie"
        return f"{remedy}, which {lie} in {all_of(where)}" if where else remedy

    def _around(self, codes: Sequence[str]) -> list[str]:
        # The units that contain the regions of a finer level.
        around = (unit.code for code in codes for unit in self._units if lies_in(code, unit.code))
        return list(dict.fromkeys(around))

    def _by_name(self, word: str) -> str:
        for known in self._gazetteers():
            codes = self._usable(
                known.wholly_named(word) or _of_its_country(word, known.bearing(word))
            )
            if codes:
                return self._meant(codes)
        return ""

    def _by_like_name(self, word: str) -> str:
        if country_named(word):
            # Russia is not a misspelling of Austria, though "Rusko" is near "Rakúsko".
            return ""
        for known in self._gazetteers():
            self._left -= _MOST_COMPARED // 500
            near = known.nearly_bearing(word) if self._left > 0 else ()
            codes = self._usable(_of_its_country(word, near))
            if codes:
                return self._meant(codes)
        return ""

    def _gazetteers(self) -> Iterable[Gazetteer]:
        if self._units:
            yield gazetteer(self._units)
        yield from map(shared_names, (LARGER, SMALLER))

    def _usable(self, units: Iterable[Territory]) -> list[str]:
        codes = [
            unit.code for unit in units if unit.code in self._codes or self._is_place(unit.code)
        ]
        return codes if len(codes) <= MOST_MEANT else []

    def nearby(self, code: str) -> str:
        """Suggest the codes of the same country that begin most like *code*; nothing if there are none."""
        same = self._of_country(code[:2])
        if looks_like_nuts(code):
            same = [unit for unit in same if looks_like_nuts(unit.code)]
        elif len(code) > LONGEST and not _may_be_slip(code):
            # DEFENCE begins like regions of Germany, but has nothing to do with them.
            same = [unit for unit in same if not looks_like_nuts(unit.code)]
        if listed_name(code):
            # It is right elsewhere, so it is not a mistyped code of another region.
            around = [unit.code for unit in same if lies_in(code, unit.code)]
            return self._meant(around[-1:]) or self._listing(code[:2], same)
        for length in range(len(code), 1, -1):
            near = [unit for unit in same if unit.code.startswith(code[:length])]
            if near:
                within = [unit for unit in near if len(unit.code) > length]
                alike = [unit for unit in near if len(unit.code) == len(code)] or within or near
                codes = [unit.code for unit in alike]
                return self._meant(codes) or self._listing(code[:length], alike)
        return ""

    def _of_country(self, country: str) -> Sequence[Territory]:
        return self._by_country.get(country, ())

    @cached_property
    def _by_country(self) -> Mapping[str, Sequence[Territory]]:
        by_country: dict[str, list[Territory]] = {}
        for unit in self._units:
            by_country.setdefault(unit.code[:2], []).append(unit)
        return by_country

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(unit.code for unit in self._units)

    @cached_property
    def _own_codes(self) -> Sequence[str]:
        return [unit.code for unit in self._units if not looks_like_nuts(unit.code)]

    def _listing(self, place: str, units: Sequence[Territory]) -> str:
        return f"in {place} there are {one_of([unit.code for unit in units])}" if units else ""

    def _own(self, code: str) -> str:
        if looks_like_nuts(code):
            return ""
        self._left -= len(self._own_codes)
        known = [own for own in self._own_codes if _country_of(own) == _country_of(code)]
        meant = closest(code, known) if self._left > 0 else None
        return self._meant([meant]) if meant else ""

    def _meant(self, codes: Sequence[str]) -> str:
        if not codes or len(codes) > MOST_MEANT:
            return ""
        return f"did you mean {either([self._with_name(code) for code in codes])}?"

    def _with_name(self, code: str) -> str:
        unit = next((unit for unit in self._of_country(code[:2]) if unit.code == code), None)
        name = unit.name if unit else listed_name(code) or code
        return quote(code) if name == code else f"{quote(code)} ({visible_name(name)})"


def _may_be_slip(code: str) -> bool:
    # One sign too many, or another sign between them; not "Denmark 1)".
    return any(map(str.isdigit, code)) and sum(map(str.isalnum, code)) <= LONGEST + 1


def _country_of(own_code: str) -> str:
    # DK-1 lies in Denmark, so it is not a mistyped DE-1.
    return own_code[:2] if looks_like_nuts(own_code.partition("-")[0]) else ""


def _of_its_country(word: str, units: Sequence[Territory]) -> Sequence[Territory]:
    # FRG is a mistyped code of France rather than a part of a name of Germany.
    code = word.strip().upper()
    country = ELSEWHERE.get(code[:2], code[:2])
    is_code = looks_like_nuts(country + code[2:])
    return [unit for unit in units if unit.code[:2] == country] if is_code else units


def visible_name(name: str) -> str:
    """Return the name of a territory with invisible characters escaped, without quotes."""
    return quote(name)[1:-1]
