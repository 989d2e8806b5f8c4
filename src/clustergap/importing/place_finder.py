"""Reads cells of places: codes as data files write them, notices and problems to report.

Codes that meant another area in an older NUTS can be judged only after a whole table has been read, by ``check_reused``.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from clustergap.importing.cell_texts import after_except, is_nothing
from clustergap.importing.place_words import (
    PlaceMeaning,
    PlaceNotice,
    PlaceProblem,
    PlaceWords,
)
from clustergap.model.dataset import Level
from clustergap.model.mapping import Codes
from clustergap.model.places import Group
from clustergap.reference.territories import (
    COUNTRIES,
    ELSEWHERE,
    ancestors,
    former_codes,
    listed_name,
    reused_in_words,
)
from clustergap.text import fold, quote

_BETWEEN_CODES = re.compile(r"[\s,;|]+")
_HARD = re.compile(r"[;|\r\n\v\f\u2028\u2029]+")
_COMMA = re.compile(r"\s*,\s*(?:(?:and|und|et|y|og|och|oraz|&)\s+)?", re.IGNORECASE)
_COUNTRY = "|".join(sorted({*COUNTRIES, *ELSEWHERE}))
_AND = re.compile(
    rf"\s*[&/+]\s*|(?<=\b(?:{_COUNTRY}))\s*[-–]\s*(?=(?:{_COUNTRY})\b)|\s+(?:and|und|et|y|e|i|oraz|og|och|en|ja|és|și|şi|si|a|in|un|ir|u|agus|και|и)\s+",
    re.IGNORECASE,
)
_BLANK = re.compile(r"\s+")
_MOST_JOINED = 6
"""Parts of one name that are joined by commas, "and" or blanks."""

_CODE = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}|[A-Z]{2}[A-Z0-9]*-[A-Z0-9-]+")
_MOST_WORDS_BEFORE_EXCEPT = 8
_ANYWHERE = "\0"
"""Stands for the id of a level at which every known place is allowed."""

_MOST_REMEMBERED = 10_000
"""Distinct cells whose results are cached: columns of places repeat themselves."""


class FoundPlaces(NamedTuple):
    """The places in a cell.

    ``territories`` are written as in a data file: codes, or ``{"except": codes}``. They are None if no place is named:
    the cell says nothing, names the whole level (``is_everywhere``), or has ``problems``, beside which what could be read
    is kept. If they are everywhere, a full statement may leave them out. ``check_reused`` decides about ``reused`` words.
    """

    territories: Sequence[str] | Mapping[str, Sequence[str]] | None = None
    is_everywhere: bool = False
    notices: tuple[PlaceNotice, ...] = ()
    problems: tuple[PlaceProblem, ...] = ()
    reused: tuple[str, ...] = ()


class PlaceFinder:
    """Reads the places of a table.

    Args:
        levels: The levels of the dataset. A level without territories takes no places. A level that is not among them
            has no territories yet: every known place is allowed there, and ``propose_territories`` proposes a list.
        groups: The groups of territories, whose ids and names are read as well.
    """

    def __init__(self, levels: Iterable[Level], groups: Iterable[Group] = ()) -> None:
        self._levels = {level.id: level for level in levels}
        self.groups = {group.id: group for group in groups}
        self._words: dict[str, PlaceWords] = {}
        self._found: dict[tuple[object, ...], FoundPlaces] = {}
        self._reused: dict[str, str] = {}
        self._former: str | None = None

    def group_named(self, text: str) -> Group | None:
        """Return the group whose id or name a text is."""
        words = (text.strip(), fold(text))
        return next(
            (g for g in self.groups.values() if g.id in words or fold(g.name) in words), None
        )

    def find(
        self,
        texts: str | Sequence[str],
        level_id: str,
        within: Collection[str] = (),
        codes: Codes | None = None,
    ) -> FoundPlaces:
        """Read a cell.

        Args:
            texts: The cell's text, or its parts where a mapping has split it.
            level_id: The level of the row.
            within: Codes of the countries that the row names elsewhere.
            codes: The kind of codes that is meant; None: any. Names are always read.
        """
        parts = (texts,) if isinstance(texts, str) else tuple(texts)
        key = (parts, level_id, tuple(within), codes)
        if key not in self._found:
            if len(self._found) == _MOST_REMEMBERED:
                self._found.clear()
            cell = _PlaceCell(self._words_of(level_id), tuple(within), codes)
            for text in parts:
                cell.read(text)
            self._reused |= {word: word.upper() for word in cell.reused}
            self._former = self._former or next(iter(cell.former), None)
            self._found[key] = cell.result()
        return self._found[key]

    def is_known(
        self,
        text: str,
        level_id: str,
        within: Collection[str] = (),
        codes: Codes | None = None,
    ) -> bool:
        """Tell whether a text as a whole means places of a level: a territory called ``NA`` is no missing value."""
        meaning = self._words_of(level_id).known(text, tuple(within), codes)
        return meaning is not None and meaning.problem is None

    def places_beside(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the places that other columns of a row name, for the argument ``within`` of ``find``.

        An unknown text stands for itself, as a place in which no known one lies: Córdoba in Colombia is not the one in
        Spain.

        >>> PlaceFinder([]).places_beside(["Roumanie", "n/a", "EU", "Colombia"])
        ('RO', 'Colombia')
        """
        places: list[str] = []
        for text in filter(None, map(str.strip, texts)):
            meant = self.find(text, _ANYWHERE)
            if isinstance(meant.territories, Sequence):
                places += meant.territories
            if meant.problems:
                places.append(text)
        return tuple(dict.fromkeys(places))

    def check_reused(self) -> FoundPlaces:
        """Judge the codes that meant another area in an older NUTS, after all cells have been read.

        They are taken as codes of 2024, with a notice; next to codes that no longer exist they are a question.
        """
        if not self._reused:
            return FoundPlaces()
        remedies = {
            word: reused_in_words(former_codes()[code]) for word, code in self._reused.items()
        }
        if self._former is None:
            return FoundPlaces(notices=tuple(PlaceNotice(*remedy) for remedy in remedies.items()))
        why = f"{quote(self._former)} is of an older NUTS, so this code may be, too"
        return FoundPlaces(
            problems=tuple(
                PlaceProblem(word, f"{text}; {why}", _by_name(self._reused[word]))
                for word, text in remedies.items()
            )
        )

    def _words_of(self, level_id: str) -> PlaceWords:
        if level_id not in self._words:
            others = (
                (unit, level.name)
                for level in self._levels.values()
                if level.id != level_id
                for unit in level.units
                if listed_name(unit.code) is None
            )
            self._words[level_id] = PlaceWords(self._levels.get(level_id), others, self.groups)
        return self._words[level_id]


def _by_name(code: str) -> str:
    return f"if the area of 2024 is meant, write its name: {listed_name(code) or code}; else the codes of the other"


class _PlaceCell:
    """Collects the places in the texts of one cell."""

    def __init__(self, places: PlaceWords, within: tuple[str, ...], codes: Codes | None) -> None:
        self.places, self.within, self.codes = places, within, codes
        self.named: dict[str, None] = {}
        self.excepted: dict[str, None] = {}
        self.by_name: set[str] = set()
        self.is_everywhere = False
        self.notices: dict[PlaceNotice, None] = {}
        self.problems: dict[PlaceProblem, None] = {}
        self.reused: dict[str, None] = {}
        self.former: dict[str, None] = {}

    def read(self, text: str) -> None:
        text = text.strip()
        if self._take_codes(text):
            return
        if self._known(text) is None:
            head, rest = _split_at_except(text)
            if rest:
                self._take_all(head or "all", self.named)
                self._take_all(rest, self.excepted)
                self._check_exception(text)
                return
        self._take_all(text, self.named)
        self._check_nested(text)

    def _check_nested(self, text: str) -> None:
        # "Germany, Bayern" may mean either; codes are taken literally.
        nested = (
            f"{code} in {around}"
            for code in self.named
            if code not in self.places.groups
            for around in ancestors(code)
            if around in self.named and (code in self.by_name or around in self.by_name)
        )
        if first := next(nested, ""):
            message = f"of {quote(text)} one lies in the other: {first}"
            self.problems[PlaceProblem(text, message, "write the one that is meant")] = None

    def _take_codes(self, text: str) -> bool:
        # Nearly all cells have only codes of the level.
        parts = dict.fromkeys(filter(None, _BETWEEN_CODES.split(text)))
        plain = {part: self.places.plain(part, self.within, self.codes) for part in parts}
        if not all(plain.values()):
            return False
        for part, meaning in plain.items():
            if meaning:
                self._take(part, meaning, self.named)
        return True

    def result(self) -> FoundPlaces:
        return FoundPlaces(
            self._territories(),
            self.is_everywhere and not self.excepted,
            tuple(self.notices),
            tuple(self.problems),
            tuple(self.reused),
        )

    def _territories(self) -> list[str] | dict[str, list[str]] | None:
        if not self.excepted:
            return list(self.named) or None
        return {"except": list(self.excepted)} if self.is_everywhere else self._remaining() or None

    def _remaining(self) -> list[str]:
        return [
            unit.code
            for unit in self.places.units
            if (
                self.is_everywhere
                or any(self.places.holds(code, unit.code) for code in self.named)
            )
            and not any(self.places.holds(code, unit.code) for code in self.excepted)
        ]

    def _check_exception(self, text: str) -> None:
        # Without codes a data file would mean everywhere. An exception written code by code may leave nothing.
        words = _BETWEEN_CODES.split(_split_at_except(text)[1].strip())
        is_of_data = self.is_everywhere and set(words) == self.excepted.keys()
        if self.excepted and not is_of_data and not self._remaining():
            message = f"{quote(text)} leaves none of the level's territories"
            self.problems[PlaceProblem(text, message, "write those that are meant")] = None

    def _take_all(self, text: str, into: dict[str, None]) -> None:
        whole = self._known(text)
        if whole:
            self._take(text, whole, into)
            return
        # Joins runs of blanks: each could begin a separator, which would take quadratic time.
        parts = dict.fromkeys(" ".join(part.split()) for part in _HARD.split(text))
        for part in filter(None, parts):
            known = self._known(part)
            if known:
                self._take(part, known, into)
            elif not is_nothing(part, "territories"):
                for word, meaning in self._separated(part):
                    self._take(word, meaning, into)

    def _take(self, word: str, meaning: PlaceMeaning, into: dict[str, None]) -> None:
        into |= dict.fromkeys(meaning.codes)
        self.by_name.update(code for code in meaning.codes if code != word.upper())
        self.is_everywhere |= meaning.is_everywhere and into is self.named
        if meaning.notice:
            self.notices[PlaceNotice(word, meaning.notice)] = None
        if meaning.problem:
            # A place that is not excepted would be covered, so an unknown one must not be skipped.
            is_unknown = meaning.problem.is_unknown and into is self.named
            self.problems[meaning.problem._replace(is_unknown=is_unknown)] = None
        if meaning.is_reused:
            self.reused[word] = None
        if meaning.is_former:
            self.former[word] = None

    def _separated(self, text: str) -> Iterator[tuple[str, PlaceMeaning]]:
        """Read parts that commas separate; the longest names are tried first."""
        parts = [
            pair
            for part, meaning in self._longest_first(text, _COMMA)
            for pair in ([(part, meaning)] if meaning else self._joined(part))
        ]
        unknown = [
            part for part, meaning in parts if meaning.problem and meaning.problem.is_unknown
        ]
        if unknown and any(self._is_around(meaning) for _, meaning in parts):
            # As in "Bavaria, Germany" at a level where only the country is known.
            yield text, self._part_known(text, unknown[0])
        else:
            yield from parts

    def _is_around(self, meaning: PlaceMeaning) -> bool:
        return any(not self.places.is_unit(code) for code in meaning.codes)

    def _part_known(self, text: str, unknown: str) -> PlaceMeaning:
        message = (
            f"of {quote(text)} not all is known: {quote(unknown)} is not {self.places.in_words}"
        )
        missed = self._missed(unknown).problem
        return PlaceMeaning(problem=PlaceProblem(text, message, missed.hint if missed else ""))

    def _joined(self, text: str) -> Iterator[tuple[str, PlaceMeaning]]:
        """Read parts that "and" joins, if all are known; else the text may be one unknown name."""
        codes = self._codes(text)
        if codes:
            yield from codes
            return
        parts = list(self._longest_first(text, _AND))
        unknown = [part for part, meaning in parts if meaning is None]
        if not unknown:
            yield from ((part, meaning) for part, meaning in parts if meaning)
        elif len(unknown) == len(parts):
            yield text, self._joined_names(text) or self._missed(text)
        else:
            yield text, self._part_known(text, unknown[0])

    def _joined_names(self, text: str) -> PlaceMeaning | None:
        parts = list(self._longest_first(text, _BLANK))
        if not all(meaning for _, meaning in parts):
            return None
        message = f"a separator is missing in {quote(text)}"
        hint = f"write {quote('; '.join(part for part, _ in parts))}"
        return PlaceMeaning(problem=PlaceProblem(text, message, hint))

    def _longest_first(
        self, text: str, separator: re.Pattern[str]
    ) -> Iterator[tuple[str, PlaceMeaning | None]]:
        # Few parts begin a name with a separator in it, and many are repeated.
        parts = list(filter(None, dict.fromkeys(separator.split(text))))
        beginnings = {part for part in parts if self.places.begins_name(part, separator)}
        if not beginnings:
            yield from ((part, self._known(part)) for part in parts)
            return
        spans = _spans(text, separator)
        first, seen = 0, set[str]()
        while first < len(spans):
            begin, end = spans[first]
            last = first + 1
            if text[begin:end] in beginnings:
                last = min(first + _MOST_JOINED, len(spans))
                while last > first + 1 and not self._known(text[begin : spans[last - 1][1]]):
                    last -= 1
            part = text[begin : spans[last - 1][1]]
            if part not in seen:
                yield part, self._known(part)
            seen.add(part)
            first = last

    def _codes(self, text: str) -> list[tuple[str, PlaceMeaning]]:
        """Read codes with blanks between them."""
        parts = text.split()
        known = {part: self._known(part) for part in dict.fromkeys(parts)}
        are_codes = len(parts) > 1 and all(
            _CODE.fullmatch(part) or (meaning and part.upper() in meaning.codes)
            for part, meaning in known.items()
        )
        is_any_sure = any(known.values()) or not any(map(str.isalpha, parts))
        if not are_codes or not is_any_sure:
            return []
        return [(part, meaning or self._as_question(part)) for part, meaning in known.items()]

    def _as_question(self, part: str) -> PlaceMeaning:
        missed = self._missed(part)
        problem = missed.problem and missed.problem._replace(is_unknown=False)
        return missed._replace(problem=problem)

    def _known(self, text: str) -> PlaceMeaning | None:
        return self.places.known(text, self.within, self.codes)

    def _missed(self, text: str) -> PlaceMeaning:
        return self.places.missed(text, self.within, self.codes)


def _spans(text: str, separator: re.Pattern[str]) -> list[tuple[int, int]]:
    ends = [match.span() for match in separator.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(text)]
    return [(start, stop) for start, stop in zip(starts, stops, strict=True) if start < stop]


def _split_at_except(text: str) -> tuple[str, str]:
    """Split "EU27 except MT" and "all except MT"; the first part is empty for all, both are if there is no exception."""
    rest = after_except(text)
    if rest is not None:
        return "", rest
    before = text.split(maxsplit=_MOST_WORDS_BEFORE_EXCEPT + 1)
    for number in range(1, min(len(before), _MOST_WORDS_BEFORE_EXCEPT + 1)):
        head, tail = " ".join(before[:number]), " ".join(before[number:])
        rest = after_except(tail)
        if rest is not None:
            return head.rstrip(","), rest
    return "", ""
