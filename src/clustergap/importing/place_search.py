"""Finds what a word means that is not a code of its level: a name, a code of another list, an older code, a near miss."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from clustergap.importing.cell_texts import is_all
from clustergap.importing.place_words import (
    LONGEST,
    PlaceMeaning,
    PlaceProblem,
    PlaceWords,
    lies_within,
)
from clustergap.model.mapping import Codes
from clustergap.model.record import CODE_LENGTH
from clustergap.reference.gazetteer import (
    EUROPE,
    LARGER,
    SMALLER,
    Gazetteer,
    Remedies,
    country_named,
    english_name,
    fold_name,
    gazetteer,
    known_names,
    shared_names,
)
from clustergap.reference.territories import (
    BY_ISO_3,
    COUNTRIES,
    ELSEWHERE,
    LISTS,
    REUSED,
    Territory,
    eurostat_code,
    former_in_words,
    former_meanings,
    former_with_shares,
    lies_in,
    listed_name,
    looks_like_nuts,
    territories,
)
from clustergap.text import all_of, either, fold, one_of, quote

_EU = "EU"
_LETTERS_OF_ISO = 3
_MOST_COMPARED = 1_000_000
"""Names that the words of a level may be compared to: some seconds, or 10,000 unknown words."""

_MOST_PARTS, _LEAST_LETTERS = 10, 4
"""The most words of a text in which a name is looked for, and the fewest letters of that name."""

_MOST_COUNTRIES = 1_000
"""Places of rows for which the names within them are cached."""

_OTHER_GROUPS = re.compile(r"(?:eu|ue|ea|euro area|eurozone) ?\d{0,2}(?: \d{4})?")
_IN_BRACKETS = re.compile(r"(?P<first>.+?)\s*[(\[](?P<other>[^()\[\]]+)[)\]]")
_TWO_NAMES = (
    re.compile(r"(?P<first>[A-Za-z]{2}[A-Za-z0-9]{0,3})(?:\s*[:–—]\s*|\s+)(?P<other>[^\s-].*)"),
    re.compile(r"(?P<first>.+?)\s+[-–—]\s+(?P<other>.+)"),
)
_NAME_AND_COUNTRY = re.compile(r"(?P<first>[^,]+),\s*(?P<other>[^,]+)")
_FOOTNOTE = re.compile(r"(?:[¹²³⁴⁵⁶⁷⁸⁹⁰*†‡]+|\s+\d\))$")
_OWN_CODE = re.compile(r"[A-Z]{2}[A-Z0-9]*(-[A-Z0-9]+)*")
"""A code of one's own as it is guessed where no level lists it: "2" and "P1" may mean anything."""


class PlaceSearch:
    """Reads the words of one level that are not its codes."""

    def __init__(self, words: PlaceWords) -> None:
        self.words = words
        self._remedies: dict[tuple[str, ...], Remedies] = {}
        self._beginnings: dict[re.Pattern[str], frozenset[str]] = {}

    @cached_property
    def names(self) -> Gazetteer:
        """The names of the level's territories."""
        return gazetteer(self.words.units)

    def read(self, word: str, within: tuple[str, ...], codes: Codes | None) -> PlaceMeaning | None:
        """Return what a word means; None if no list knows it."""
        return _WordSearch(self, _FOOTNOTE.sub("", word.strip()), within, codes).run()

    def begins_name(self, word: str, separator: re.Pattern[str]) -> bool:
        """Tell whether a word is the first part of a known name that contains a separator."""
        if separator not in self._beginnings:
            known = {*(unit.name for unit in self.words.units), *known_names()}
            parts = (separator.split(name, maxsplit=1) for name in known)
            self._beginnings[separator] = frozenset(
                fold_name(first) for first, *others in parts if others
            )
        return fold_name(word[:LONGEST]) in self._beginnings[separator]

    def miss(self, word: str, within: tuple[str, ...], codes: Codes | None) -> PlaceMeaning:
        """Return the problem of a word that no list knows."""
        words, word = self.words, word.strip()
        is_iso = (
            codes in (Codes.ISO2, Codes.ISO3) and word.isalpha() and len(word) <= _LETTERS_OF_ISO
        )
        remedy = "" if is_iso or len(word) > LONGEST else self._remedy(word, within)
        if not remedy and words.is_open and _is_own_code(word):
            notice = f"{quote(word)} is taken for a code of one's own: no list of countries and regions has it"
            return PlaceMeaning((word,), notice=notice)
        # After too many comparisons it is no longer known whether something is near.
        is_compared = is_iso or len(word) > LONGEST or self._remedies[within].compares
        held = "" if remedy else self._contained_name(word)
        remedy = remedy or (held and f"if {quote(held)} in it is meant, write that alone")
        is_unknown = not remedy and is_compared
        message = f"{quote(word)} is not {words.in_words}"
        country = word[:2].upper() if looks_like_nuts(word.upper()) else ""
        nearby = words.listing_in(within[0]) if len(within) == 1 else ""
        hint = remedy or nearby or words.listing(country)
        return PlaceMeaning(problem=PlaceProblem(word, message, hint, is_unknown=is_unknown))

    def _contained_name(self, word: str) -> str:
        # "Province of Antwerpen": ask, even if the mapping leaves out unknown words.
        parts = fold_name(word).split()
        if len(parts) > _MOST_PARTS:
            return ""
        spans = (
            " ".join(parts[start : start + length])
            for length in range(len(parts) - 1, 0, -1)
            for start in range(len(parts) - length + 1)
        )
        named = (self.names.wholly_named(span) for span in spans if len(span) >= _LEAST_LETTERS)
        return next((units[0].name for units in named if units), "")

    def _remedy(self, word: str, within: tuple[str, ...]) -> str:
        if within not in self._remedies:
            if len(self._remedies) == _MOST_COUNTRIES:
                self._remedies.clear()
            units = _known_units() if self.words.is_open else self.words.units
            self._remedies[within] = Remedies(
                (unit for unit in units if lies_within(unit.code, within)),
                lambda code: self.words.is_place(code) and lies_within(code, within),
                _MOST_COMPARED,
            )
        return self._remedies[within].find(word)


def _known_units() -> Iterable[Territory]:
    return (unit for list_name in (*LARGER, *SMALLER) for unit in territories(list_name))


def _is_own_code(word: str) -> bool:
    # NORTH may be a heading and CLUJ a town: only a digit or a hyphen makes it a code.
    is_code = len(word) <= CODE_LENGTH and bool(_OWN_CODE.fullmatch(word)) and not word.isalpha()
    return is_code and not looks_like_nuts(word)


class _WordSearch:
    """Searches for one word."""

    def __init__(
        self, reader: PlaceSearch, word: str, within: tuple[str, ...], codes: Codes | None
    ) -> None:
        self.reader, self.words = reader, reader.words
        self.word, self.within, self.codes = word, within, codes
        self.code = word.upper()
        self.reads_nuts = codes in (None, Codes.NUTS)

    def run(self) -> PlaceMeaning | None:
        """Return the first meaning that is found."""
        if not self.word:
            return None
        steps = (
            self._unit, self._unit_named, self._all_places, self._country, self._region, self._former, self._otherwise_iso,
            self._region_named, self._other_level, self._doubly_named, self._other_group, self._outside,
        )  # fmt: skip
        return next(filter(None, (step() for step in steps)), None)

    # The level's own

    def _unit(self) -> PlaceMeaning | None:
        code = self.code
        if not self.words.is_place(code) or not self.reads_nuts:
            return None
        # At a level without territories, a country's three-letter code is not read as a region of NUTS 1.
        return None if self._is_iso_3 and self.words.is_open else self._placed(code)

    def _unit_named(self) -> PlaceMeaning | None:
        known = self.reader.names
        wholly = self._within(known.wholly_named(self.word))
        units = wholly or self._within(known.named(self.word))
        is_own_name = any(fold_name(unit.name) == fold_name(self.word) for unit in units)
        return self._one_of(units if is_own_name else [*units, *self._namesakes(units)])

    def _namesakes(self, units: Sequence[Territory]) -> Sequence[Territory]:
        # "Vienne" is French for Vienna, but also a region of France.
        bearers = shared_names((*LARGER, *SMALLER)).wholly_named(self.word) if units else ()
        return [
            unit
            for unit in self._within(bearers)
            if not any(
                lies_in(unit.code, other.code) or lies_in(other.code, unit.code) for other in units
            )
        ]

    def _all_places(self) -> PlaceMeaning | None:
        if is_all(self.word) or fold(self.word) in LISTS:
            is_eu = not is_all(self.word)
        else:
            country = country_named(self.word)
            if country not in (_EU, EUROPE) or (country == EUROPE and not self.words.is_whole):
                return None
            is_eu = True
        if not self.words.units:
            narrowed = () if is_eu or self.words.is_whole else self.within
            return PlaceMeaning(narrowed, is_everywhere=not narrowed)
        places = tuple(filter(self.words.is_place, self.within)) or self.words.roots
        codes = self._of_the_eu() if is_eu else places
        if not codes:
            message = (
                f"{quote(self.word)} names no territory of the level {quote(self.words.name)}"
            )
            return self._question(message, self.words.listing())
        return PlaceMeaning(codes, self.words.is_all(codes))

    def _of_the_eu(self) -> tuple[str, ...]:
        return tuple(unit.code for unit in territories("eu27") if self.words.is_place(unit.code))

    # Countries

    @property
    def _is_iso_3(self) -> bool:
        return self.codes is not Codes.NUTS and self.code in BY_ISO_3

    def _country(self) -> PlaceMeaning | None:
        code = self.code
        if self._is_iso_3 and self.codes is not Codes.ISO2:
            return self._placed(BY_ISO_3[code])
        if code in ELSEWHERE:
            return self._placed(ELSEWHERE[code])
        if code in COUNTRIES:
            return self._placed(code)
        named = country_named(self.word)
        return self._placed(named) if named and named not in (_EU, EUROPE) else None

    # Regions

    def _region(self) -> PlaceMeaning | None:
        return self._placed(self.code) if self.reads_nuts and listed_name(self.code) else None

    def _former(self) -> PlaceMeaning | None:
        if not self.reads_nuts or not looks_like_nuts(self.code.replace("GR", "EL", 1)):
            return None
        meanings = () if self.code in REUSED else former_meanings(self.code)
        successors = list(
            dict.fromkeys(successor for former in meanings for successor in former.successors)
        )
        if not successors:
            return None
        if len(successors) > 1:
            message = "; ".join(map(former_with_shares, reversed(meanings)))
            rest = [code for former in meanings for code in former.rest if code not in successors]
            hint = self._successor_hint([*successors, *dict.fromkeys(rest)])
            return self._question(message, hint)._replace(is_former=True)
        meant = self._placed(successors[0])
        if meant.problem:
            message = former_in_words(meanings[-1])
            return self._question(message, self._successor_hint(successors))._replace(
                is_former=True
            )
        return PlaceMeaning(meant.codes, notice=former_in_words(meanings[-1]), is_former=True)

    def _successor_hint(self, successors: Sequence[str]) -> str:
        places = [code for code in successors if self.words.is_place(code)]
        if places:
            values = f"values: {{{self.code}: [{', '.join(places)}]}}"
            return f"write what is meant of {one_of(places)}; in a mapping {values}"
        around = [
            unit.code
            for unit in self.words.units
            if any(lies_in(code, unit.code) for code in successors)
        ]
        return f"at this level write {all_of(around)}" if around else self._listing(successors[0])

    def _otherwise_iso(self) -> PlaceMeaning | None:
        is_read = self.reads_nuts and self.code not in BY_ISO_3
        code = eurostat_code(self.code) if is_read else None
        is_known = code is not None and bool(listed_name(code) or self.words.is_place(code))
        return self._placed(code) if code and is_known else None

    def _region_named(self) -> PlaceMeaning | None:
        known = shared_names((*LARGER, *SMALLER))
        bearers = self._within(known.wholly_named(self.word)) or self._within(
            known.named(self.word)
        )
        outermost = [
            unit
            for unit in bearers
            if not any(lies_in(unit.code, other.code) for other in bearers if other != unit)
        ]
        units = [unit for unit in outermost if self.words.is_place(unit.code)]
        return self._one_of(units or outermost)

    def _other_level(self) -> PlaceMeaning | None:
        level = self.words.other(self.word)
        if not level or self.words.is_open:
            return None
        message = f"{quote(self.word)} is a territory of the level {quote(level)}, not of {quote(self.words.name)}"
        return self._question(message, "correct the level or the place")

    def _doubly_named(self) -> PlaceMeaning | None:
        """Read a name with its code or country: "Luxembourg (BE)", "Croatia (HR)", "AT11 Burgenland", "Bayern, Germany"."""
        if match := _IN_BRACKETS.fullmatch(self.word):
            return self._in_brackets(*match.group("first", "other"))
        if match := _NAME_AND_COUNTRY.fullmatch(self.word):
            inner = self._inner(*match.group("first", "other"))
            # Two codes with a comma are a list.
            is_list = inner is None or match["first"].strip().upper() in inner.codes
            return None if is_list else inner
        for pattern in _TWO_NAMES:
            if match := pattern.fullmatch(self.word):
                first, other = match.group("first", "other")
                if inner := self._inner(first, other) or self._inner(other, first):
                    return inner
        return None

    def _inner(self, name: str, around: str) -> PlaceMeaning | None:
        outer = self.words.known(around, self.within, self.codes)
        if outer is None or outer.problem or len(outer.codes) != 1:
            return None
        if outer.codes[0] in self.words.groups:
            return None  # what stands beside a group is another place, not one in it
        inner = self.words.known(name, outer.codes, self.codes)
        is_in = inner is not None and any(lies_in(code, outer.codes[0]) for code in inner.codes)
        return inner if is_in else None

    def _in_brackets(self, name: str, added: str) -> PlaceMeaning | None:
        inner = self._inner(name, added) or self._inner(added, name)
        known = [self.words.known(part, self.within, self.codes) for part in (name, added)]
        if inner or not any(known):
            return inner
        wrong = next((meaning.problem for meaning in known if meaning and meaning.problem), None)
        if all(known) and wrong and not wrong.is_unknown:
            return PlaceMeaning(problem=wrong._replace(word=self.word))
        message = f"{quote(self.word)} is not {self.words.in_words}, though a part of it is known"
        return self._question(message, "write the place alone")

    def _other_group(self) -> PlaceMeaning | None:
        signs = str.maketrans("-_", "  ")
        is_group = _OTHER_GROUPS.fullmatch(fold(self.word).translate(signs)) is not None
        if not is_group and country_named(self.word) != EUROPE:
            return None
        message = f"{quote(self.word)} is not the EU of today's 27 countries"
        return self._question(message, "write EU27 if these are meant, else the countries")

    def _outside(self) -> PlaceMeaning | None:
        # Known, but not within the other places of the row.
        meant = self.words.known(self.word, (), self.codes) if self.within else None
        is_unknown = meant is None or (meant.problem is not None and meant.problem.is_unknown)
        return meant if is_unknown else self._contradicted()

    # What comes of it

    def _within(self, units: Sequence[Territory]) -> Sequence[Territory]:
        return [unit for unit in units if lies_within(unit.code, self.within)]

    def _one_of(self, units: Sequence[Territory]) -> PlaceMeaning | None:
        if len(units) <= 1:
            return self._placed(units[0].code) if units else None
        codes = either([_with_name(unit) for unit in units])
        message = f"{quote(self.word)} is the name of {codes}"
        return self._question(message, "write the code of the one that is meant")

    def _placed(self, code: str) -> PlaceMeaning:
        words = self.words
        if words.is_whole:
            message = f"the level {quote(words.name)} has no territories, so {quote(self.word)} cannot be one"
            return self._question(message, "leave the place out, or correct the level")
        if not words.is_place(code):
            return self._out_of_place(code)
        if not lies_within(code, self.within):
            return self._contradicted()
        return PlaceMeaning((code,), is_reused=code in REUSED and self.code == code)

    def _contradicted(self) -> PlaceMeaning:
        known = [code if self._is_code(code) else quote(code) for code in self.within]
        message = f"{quote(self.word)} does not lie in {either(known)}, which the row names too"
        return self._question(message, "correct one of them, or leave the row out")

    def _is_code(self, text: str) -> bool:
        return text in COUNTRIES or bool(listed_name(text)) or self.words.is_place(text)

    def _out_of_place(self, code: str) -> PlaceMeaning:
        name = _with_name(Territory(code, listed_name(code) or english_name(code)))
        place = quote(self.word) if self.code == code else f"{quote(self.word)}, {name},"
        holders = [unit for unit in self.words.units if lies_in(code, unit.code)]
        if holders:
            message = (
                f"{place} is smaller than the territories of the level {quote(self.words.name)}"
            )
            return self._question(
                message, f"it lies in {_with_name(holders[-1])}: write that, or correct the level"
            )
        message = f"{place} is not {self.words.in_words}"
        problem = PlaceProblem(self.word, message, self._listing(code), is_unknown=True)
        return PlaceMeaning(problem=problem)

    def _listing(self, code: str) -> str:
        return self.words.listing_in(code[:2]) or self.words.listing(code[:2])

    def _question(self, message: str, hint: str) -> PlaceMeaning:
        return PlaceMeaning(problem=PlaceProblem(self.word, message, hint))


def _with_name(unit: Territory) -> str:
    return unit.code if unit.name == unit.code else f"{unit.code} ({quote(unit.name)[1:-1]})"
