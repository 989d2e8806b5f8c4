"""The words for places at one level: which codes are allowed there, and what each word means, with a cache."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeVar

from clustergap.model.dataset import Level
from clustergap.model.mapping import Codes
from clustergap.model.places import Group, group_meant
from clustergap.reference.territories import (
    COUNTRIES,
    LISTS,
    REUSED,
    Territory,
    ancestors,
    country_of,
    lies_in,
    listed_name,
    names,
    territories_in,
)
from clustergap.text import fold, one_of, quote

_Key = tuple[str, tuple[str, ...], Codes | None]
"""A word, the places within which it is looked for, and the kind of codes."""

LONGEST = 300
"""Characters of a name; a longer text is not a place."""

_MOST_LISTED = 12
_MOST_REMEMBERED = 100_000
"""Words whose meaning is cached: a table may have millions."""

_T = TypeVar("_T")


class PlaceNotice(NamedTuple):
    """How an ambiguous *word* was read."""

    word: str
    text: str


class PlaceProblem(NamedTuple):
    """Why a *word* is not a place of its level, and what to do.

    ``is_unknown``: nothing is known that the word could mean at this level, so a mapping may leave it out. Otherwise the
    word is a question: a near miss, an older code, a name of several places.
    """

    word: str
    message: str
    hint: str = ""
    is_unknown: bool = False


class PlaceMeaning(NamedTuple):
    """What a word means: codes, the whole level, or a problem. ``is_reused``: only the whole column can decide."""

    codes: tuple[str, ...] = ()
    is_everywhere: bool = False
    notice: str = ""
    problem: PlaceProblem | None = None
    is_reused: bool = False
    is_former: bool = False


class _UnusualWords(Protocol):
    """Reads the words of a level that are not its codes, which few tables have."""

    def read(
        self, word: str, within: tuple[str, ...], codes: Codes | None
    ) -> PlaceMeaning | None: ...
    def begins_name(self, word: str, separator: re.Pattern[str]) -> bool: ...
    def miss(self, word: str, within: tuple[str, ...], codes: Codes | None) -> PlaceMeaning: ...


def propose_territories(codes: Collection[str]) -> str | list[str]:
    """Propose the territories of a level at which *codes* occur: the name of a list, or codes.

    Countries whose regions occur too are not units. Regions of a single country become all its regions of that kind.

    >>> propose_territories(["AT", "BE"]), propose_territories(["RO11", "AT"])
    ('eu27', 'nuts2-2024')
    >>> propose_territories(["BM-KA", "BM-OS"]), propose_territories(["NO", "AT"])
    (['BM-KA', 'BM-OS'], ['AT', 'NO'])
    >>> propose_territories(["CZ01", "CZ"])
    ['CZ01', 'CZ02', 'CZ03', 'CZ04', 'CZ05', 'CZ06', 'CZ07', 'CZ08']
    """
    if codes and all(code in names() for code in codes):
        length = max(map(len, codes))
        (country, *others) = {code[:2] for code in codes}
        if not others and length > len(country):
            return [unit.code for unit in territories_in(country) if len(unit.code) == length]
        return next(name for name, of_list in LISTS.items() if of_list.length == length)
    units = sorted(set(codes))
    return [
        code
        for code in units
        if not any(other != code and lies_in(other, code) for other in units)
    ]


def lies_within(code: str, places: Collection[str]) -> bool:
    """Tell whether a place lies in one of *places* or contains one; without *places* it does."""
    return not places or any(lies_in(code, place) or lies_in(place, code) for place in places)


def _make_room(remembered: dict[_Key, _T]) -> None:
    if len(remembered) == _MOST_REMEMBERED:
        remembered.clear()


class PlaceWords:
    """The words for places at one level.

    Args:
        level: The level, or None for one without territories yet, at which any known place is allowed.
        other_units: Territories of other levels, each with the name of its level.
        groups: The dataset's groups of territories, by their ids.
    """

    def __init__(
        self,
        level: Level | None,
        other_units: Iterable[tuple[Territory, str]] = (),
        groups: Mapping[str, Group] = MappingProxyType({}),
    ) -> None:
        self.groups = groups
        self._group_ids = {
            fold(word): group.id for group in groups.values() for word in (group.name, group.id)
        }
        self.name = level.name if level else ""
        self.units = tuple(level.units) if level else ()
        self.is_open, self.is_whole = level is None, level is not None and not level.units
        self._others = {
            fold(word): name for unit, name in other_units for word in (unit.name, unit.code)
        }
        self._by_code = {unit.code: unit for unit in self.units}
        self._meant: dict[_Key, PlaceMeaning | None] = {}
        self._missed: dict[_Key, PlaceMeaning] = {}

    def known(
        self, word: str, within: tuple[str, ...] = (), codes: Codes | None = None
    ) -> PlaceMeaning | None:
        """Return what a word means; None if it is unknown. A known word may have a problem, such as a name of several places."""
        if len(word) > LONGEST:
            return None
        key = (word, within, codes)
        if key not in self._meant:
            _make_room(self._meant)
            self._meant[key] = self.plain(word, within, codes) or self._read(*key)
        return self._meant[key]

    def _read(
        self, word: str, within: tuple[str, ...], codes: Codes | None
    ) -> PlaceMeaning | None:
        meaning, group = self._reader.read(word, within, codes), self._group_ids.get(fold(word))
        if group is None or codes is not None:
            return meaning
        if meaning is None or meaning.problem or fold(word) == group:
            return PlaceMeaning((group,))
        message = f"{quote(word)} may mean the group {quote(group)} or {one_of(meaning.codes)}"
        return PlaceMeaning(problem=PlaceProblem(word, message, "write the id or the code"))

    def missed(
        self, word: str, within: tuple[str, ...] = (), codes: Codes | None = None
    ) -> PlaceMeaning:
        """Return the problem of an unknown word: a question if another one is near, else that it is unknown."""
        key = (word[: LONGEST + 1], within, codes)
        if key not in self._missed:
            _make_room(self._missed)
            self._missed[key] = self._miss(*key)
        return self._missed[key]

    def _miss(self, word: str, within: tuple[str, ...], codes: Codes | None) -> PlaceMeaning:
        hint = group_meant(word, self.groups)
        if not hint or codes is not None:
            return self._reader.miss(word, within, codes)
        message = f"{quote(word)} is not {self.in_words}"
        return PlaceMeaning(problem=PlaceProblem(word, message, hint))

    def plain(
        self, word: str, within: tuple[str, ...], codes: Codes | None
    ) -> PlaceMeaning | None:
        """Return the meaning of a word that is the code of one of the level's units, as nearly all are, else None."""
        code = word.strip().upper()
        is_plain = code in self._by_code and codes in (None, Codes.NUTS) and not within
        return PlaceMeaning((code,), is_reused=code in REUSED) if is_plain else None

    def begins_name(self, word: str, separator: re.Pattern[str]) -> bool:
        """Tell whether a word is the first part of a known name that contains a separator."""
        return bool(word) and self._reader.begins_name(word, separator)

    @cached_property
    def _reader(self) -> _UnusualWords:
        from clustergap.importing.place_search import PlaceSearch

        return PlaceSearch(self)

    def is_place(self, code: str) -> bool:
        """Tell whether a code is allowed at this level: it is a unit, or contains one."""
        if self.is_open:
            return code in COUNTRIES or listed_name(code) is not None
        return code in self._by_code or code in self._holders

    def is_unit(self, code: str) -> bool:
        """Tell whether a code is a unit of the level itself."""
        return code in self._by_code

    def holds(self, place: str, code: str) -> bool:
        """Tell whether a code lies in a place, or in one of a group."""
        group = self.groups.get(place)
        return any(lies_in(code, held) for held in (group.territories if group else (place,)))

    def is_all(self, codes: Collection[str]) -> bool:
        """Tell whether *codes* contain every unit of the level."""
        return bool(self.units) and all(
            any(lies_in(unit.code, code) for code in codes) for unit in self.units
        )

    @cached_property
    def roots(self) -> tuple[str, ...]:
        """The fewest codes that cover the whole level: countries of its regions, and its own territories."""
        tops = (country_of(unit.code) or unit.code for unit in self.units)
        return tuple(dict.fromkeys(tops))

    @cached_property
    def _holders(self) -> frozenset[str]:
        return frozenset(code for unit in self.units for code in ancestors(unit.code))

    def other(self, word: str) -> str:
        """Return the name of another level that has a territory of the dataset's own with this code or name."""
        return self._others.get(fold(word), "")

    def listing_in(self, place: str) -> str:
        """Say which territories of this level lie in a place; nothing if there are none."""
        codes = [unit.code for unit in self.units if lies_in(unit.code, place)]
        return f"in {place} the level lists {one_of(codes)}" if codes else ""

    def listing(self, country: str = "") -> str:
        """Say which territories this level has, and that none of many lies in *country* if one is given."""
        codes = [unit.code for unit in self.units]
        if self.is_whole:
            return "the level has no territories: leave the place out"
        if not codes:
            return "write a code or a name of a country or a region of NUTS 2024"
        if len(codes) <= _MOST_LISTED:
            return f"the level lists {one_of(codes)}"
        none = f", none of them in {country}" if country else ""
        return f"the level lists {len(codes):,} territories{none}"

    @property
    def in_words(self) -> str:
        """The words for a place of the level in messages."""
        return "a known place" if self.is_open else f"a territory of the level {quote(self.name)}"
