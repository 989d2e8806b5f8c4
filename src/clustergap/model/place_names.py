"""Names of places as people read them: as the data call them, else as the lists do; long lists of them by country."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

from clustergap.model.places import Group, Unit, Units
from clustergap.reference.territories import country_of, is_region, listed_name
from clustergap.text import MOST_LISTED, all_of, one_of


class PlaceNames(Mapping[str, str]):
    """The names of places by code, or by a group's id; those that only the lists have can be looked up too.

    Where several places of a level, or several of the data's own, have one name, the code stands beside it; so it does beside
    a list's name in Greek or Cyrillic letters, as a code can be told apart by every reader and on every screen.
    """

    def __init__(self, given: Mapping[str, str], levels: Mapping[str, Units]) -> None:
        """Take the names that the data give, and the units of each level by its id."""
        self.given, self.levels = given, levels
        self._in_countries: dict[str, Counter[str]] = {}

    @classmethod
    def of(cls, levels: Mapping[str, Units], groups: Iterable[Group]) -> Self:
        """Return the names in a dataset, of the units of its *levels* and of its *groups*."""
        of_groups = {group.id: group.name for group in groups}
        # To a unit without a name of its own the data give its code.
        named = {unit.code: unit.name for units in levels.values() for unit in units}
        by_data = _named(levels)
        named = {code: name for code, name in named.items() if name != code} | by_data
        own = {code: name for code, name in by_data.items() if listed_name(code) is None}
        bearers = Counter([*own.values(), *of_groups.values()])
        doubled = {code for code, name in own.items() if bearers[name] > 1}
        for units in levels.values():
            at_level = Counter(named.get(unit.code) for unit in units)
            doubled |= {unit.code for unit in units if at_level[named.get(unit.code)] > 1}
        given = {
            code: f"{name} ({code})" if code in doubled else name for code, name in named.items()
        }
        return cls({**given, **of_groups}, levels)

    def after(self, earlier: "PlaceNames") -> "PlaceNames":
        """Return these names, and those of an *earlier* dataset for what this one does not name."""
        return PlaceNames({**earlier.given, **self.given}, {**earlier.levels, **self.levels})

    def __getitem__(self, place: str) -> str:
        """Return the name of a place; KeyError: neither the data nor the lists have one."""
        listed = listed_name(place)
        name = self.given.get(place) or listed
        if name is None:
            raise KeyError(place)
        # A name of the data's own is in letters that its people chose.
        return f"{name} ({place})" if name == listed and not _is_latin(name) else name

    def __iter__(self) -> Iterator[str]:
        """Return the places that the data name."""
        return iter(self.given)

    def __len__(self) -> int:
        """Return the number of places that the data name."""
        return len(self.given)

    def headline(self, place: str) -> str:
        """Name a place in a headline: beside the name of a region of the lists stands its code.

        >>> names = PlaceNames({}, {})
        >>> [names.headline(place) for place in ("RO11", "RO", "BM-KA")]
        ['Nord-Vest (RO11)', 'Romania', 'BM-KA']
        """
        return self.with_code(place) if is_region(place) else self.get(place, place)

    def with_code(self, place: str) -> str:
        """Name a place with its code beside its name, in a list whose readers look codes up.

        >>> names = PlaceNames({}, {})
        >>> [names.with_code(place) for place in ("RO11", "RO", "BM-KA")]
        ['Nord-Vest (RO11)', 'Romania (RO)', 'BM-KA']
        """
        name = self.get(place, place)
        return name if name.endswith((place, f"({place})")) else f"{name} ({place})"

    def list_with_codes(self, places: Iterable[str]) -> str:
        """Name several places with their codes, separated by commas.

        >>> PlaceNames({}, {}).list_with_codes(["RO11", "BG"])
        'Nord-Vest (RO11), Bulgaria (BG)'
        """
        return ", ".join(map(self.with_code, places))

    def listed(self, places: Iterable[str]) -> list[str]:
        """Name several places; one without a name by its code.

        >>> PlaceNames({"BM-KA": "Kapital"}, {}).listed(["BM-KA", "RO11", "BM-IS"])
        ['Kapital', 'Nord-Vest', 'BM-IS']
        """
        return [self.get(place, place) for place in places]

    def few(self, level: str, codes: Sequence[str]) -> str:
        """Name places of a *level*, but of more than a dozen their countries, if these have several."""
        return self.folded(level, codes) or one_of(self.listed(codes))

    def folded(self, level: str, codes: Sequence[str]) -> str:
        """Name the countries of more than a dozen places of a *level*; empty: there are fewer, or no country has several.

        >>> units = Units.of(["nuts2-2024"])
        >>> codes = [unit.code for unit in units if unit.code[:2] in ("BG", "CY") or "ES1" <= unit.code < "ES6"]
        >>> PlaceNames({}, {"region": units}).folded("region", codes)
        'all of Bulgaria and Cyprus; 14 of 19 in Spain'
        """
        if len(codes) <= MOST_LISTED:
            return ""
        every = self._in_countries.get(level)
        if every is None:
            every = _by_country(unit.code for unit in self.levels[level])
            self._in_countries[level] = every
        here = _by_country(codes)
        if all(every[country] == 1 for country in here):
            return ""
        whole = self.listed(country for country in here if here[country] == every[country])
        parts = [
            f"{number:,} of {every[country]:,} in {self.get(country, country)}"
            for country, number in here.items()
            if number < every[country]
        ]
        others = self.listed(code for code in codes if country_of(code) is None)
        clauses = (f"all of {all_of(whole)}" if whole else "", one_of(parts), one_of(others))
        return "; ".join(filter(None, clauses))


def _named(levels: Mapping[str, Units]) -> dict[str, str]:
    """Return the names that the data give to units themselves, by code."""
    items = (item for units in levels.values() for item in units.items)
    return {item.code: item.name for item in items if isinstance(item, Unit) and item.name}


def _by_country(codes: Iterable[str]) -> Counter[str]:
    return Counter(country for code in codes if (country := country_of(code)) is not None)


def _is_latin(name: str) -> bool:
    return name.isascii() or all(
        unicodedata.name(letter, "").startswith("LATIN") for letter in name if letter.isalpha()
    )
