"""How a cell is covered in each of its level's places: its units, and the countries in which they are."""

from collections.abc import Mapping
from typing import NamedTuple

from clustergap.analysis.bitset import units_by_level
from clustergap.analysis.coverage import CellState, Coverage
from clustergap.model.dataset import Dataset

Coverages = tuple[Coverage, ...]


class Places(NamedTuple):
    """The codes of the units of a level that a query shows, in the order of its list, and of their countries."""

    units: tuple[str, ...]
    countries: tuple[str, ...]


class PlaceRater:
    """Rates the cells of a level place by place; each place is a set of the units that a query shows."""

    __slots__ = ("_known", "_of_countries", "_of_units", "places")

    def __init__(self, units: Mapping[str, int], countries: Mapping[str, int]) -> None:
        self.places = Places(tuple(units), tuple(countries))
        self._of_units, self._of_countries = tuple(units.values()), tuple(countries.values())
        self._known: dict[object, tuple[Coverages, Coverages]] = {}

    def rate(self, tally: CellState) -> tuple[Coverages, Coverages]:
        """Rate a cell of the level in each unit and in each country, as ``--in`` that place would.

        Tallies that cover the same units are rated once.
        """
        outline = tally.outline
        if outline not in self._known:
            self._known[outline] = (
                tally.rate_places(self._of_units),
                tally.rate_places(self._of_countries),
            )
        return self._known[outline]


def raters_by_level(dataset: Dataset, place: str | None) -> dict[str, PlaceRater]:
    """Return what rates each level's cells under a query's place, by the level's id; in no place without territories."""
    found = {}
    for id_, units in units_by_level(dataset, place).items():
        codes = units.names(units.shown) if units.is_located else ()
        countries = {code[:2]: units.named(code[:2]) & units.shown for code in codes}
        # A country that is a unit itself, beside its regions, is not what a query for one of these shows.
        found[id_] = PlaceRater(
            {code: units.named(code) for code in codes},
            {code: mask for code, mask in countries.items() if mask},
        )
    return found
