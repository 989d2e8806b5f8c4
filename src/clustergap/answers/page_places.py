"""Places on the page: on which role and level they open, and in words where it is covered and where not.

The script says the same of every other role, level, day and kind (``script/places.js``).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage, Rating, Share
from clustergap.analysis.gaps import known_share
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.report import LevelPlaces, Snapshot, Snapshots
from clustergap.answers.phrases import Names, at_level, names_of
from clustergap.answers.ratings import covered_in_words
from clustergap.model.cell import Cell
from clustergap.model.dataset import Level
from clustergap.model.places import COUNTRIES_NOUN, PLACES
from clustergap.reference.territories import country_of
from clustergap.text import count
from clustergap.theme import WORDS

MOST_OPEN = 60
"""Names of places that are listed without a click."""


class PlaceGroup(NamedTuple):
    """Places that are covered alike: what they have in common, and all by name, if only in part with how much of each.

    ``is_long``: so many that a reader unfolds their names.
    """

    title: str
    names: str
    is_long: bool


class PlacesAnswer(NamedTuple):
    """How a role is covered at a level, place by place.

    Attributes:
        cell: The role and the level.
        title: The role, the level, and how many places are covered.
        coverage: The value of the coverage of the whole.
        word: What that is called.
        somewhere: If it is not said which places are covered, who says that some are; else empty.
        groups: The places, by how they are covered, those without an instrument first.
        notes: What the sources say, if ``somewhere`` does not.
    """

    cell: Cell
    title: str
    coverage: str
    word: str
    somewhere: str
    groups: tuple[PlaceGroup, ...]
    notes: tuple[str, ...]


def opening_answer(snapshots: Snapshots) -> PlacesAnswer | None:
    """Put in words the role and level on which the places open, of the least known share; None: no level has places."""
    matrix = snapshots.matrix
    located = [rating for rating in matrix if snapshots.places[rating.cell.level].units]
    if not located:
        return None
    worst = min(located, key=_opening_rank)
    snapshot = snapshots.at(0, snapshots.start, worst.cell)
    return places_answer(matrix, snapshots.places[worst.cell.level], snapshot)


_WORTH_A_LOOK = (Coverage.PARTIAL, Coverage.NONE, Coverage.FULL, Coverage.UNKNOWN)


def _opening_rank(rating: Rating) -> tuple[bool, int, float]:
    # Places tell most of what is covered in some of them; of equals the first stays.
    share = rating.share
    is_known = share is not None and share.of > 0 and not rating.where_not_said
    is_known &= rating.coverage is Coverage.PARTIAL
    return not is_known, _WORTH_A_LOOK.index(rating.coverage), known_share(rating)


def places_answer(matrix: Matrix, places: LevelPlaces, snapshot: Snapshot) -> PlacesAnswer:
    """Say where a cell is covered and where not."""
    names, cell = names_of(matrix), snapshot.rating.cell
    level = matrix.dataset.levels_by_id[cell.level]
    told = _Told(level, places, snapshot, names)
    return PlacesAnswer(
        cell,
        f"{names.roles[cell.role]}, {at_level(level)}: {told.count()}",
        snapshot.rating.coverage.value,
        WORDS[snapshot.rating.coverage],
        told.somewhere(),
        tuple(told.groups()),
        () if told.is_unsaid else snapshot.rating.notes,
    )


class _Told:
    """What is told of the places of a level, tile by tile: a tile is a place of the level, or a country that holds several."""

    def __init__(
        self, level: Level, places: LevelPlaces, snapshot: Snapshot, names: Names
    ) -> None:
        self._noun, self._snapshot, self._names = level.noun, snapshot, names
        self._units = dict(zip(places.units, snapshot.units, strict=True))
        tiles = dict(zip(places.tiles, snapshot.tiles, strict=True))
        # The places of a single country, or of none, are a tile each.
        is_one = len(tiles) == 1
        self._tiles: Mapping[str, Coverage] = self._units if is_one else tiles
        self._is_finer = not self._tiles.keys() <= self._units.keys()
        self._tile_noun = self._name_tiles()
        self.is_unsaid = snapshot.leaves_open_where and Coverage.UNKNOWN in snapshot.units

    def _name_tiles(self) -> tuple[str, str]:
        if not self._is_finer:
            return self._noun
        are_countries = all(country_of(code) == code for code in self._tiles)
        return COUNTRIES_NOUN if are_countries else PLACES

    def count(self) -> str:
        """Say how many places are covered."""
        numbers = Counter(self._units.values())
        if self.is_unsaid:
            open_ = count(numbers[Coverage.UNKNOWN], *self._noun)
            return f"somewhere in {open_}; where is not said"
        if len(self._units) == 1:
            return _ALONE[next(iter(numbers))]
        words = _share_in_words(numbers, self._noun)
        covered = sum(coverage in _COVERED for coverage in self._tiles.values())
        if self._is_finer and 0 < covered < len(self._tiles):
            words += f", in {count(covered, *self._tile_noun)}"
        return words

    def somewhere(self) -> str:
        """Say who says that something is somewhere, but not where."""
        if not self.is_unsaid:
            return ""
        rating = self._snapshot.rating
        notes = " and ".join(f"\u201c{note}\u201d" for note in rating.notes)
        return f"The source says {notes} and names none." if notes else "No source names a place."

    def groups(self) -> Iterator[PlaceGroup]:
        """Walk through the places by how they are covered."""
        for coverage in (Coverage.NONE, Coverage.PARTIAL, Coverage.FULL, Coverage.UNKNOWN):
            codes = [code for code, each in self._tiles.items() if each is coverage]
            if codes:
                where = count(len(codes), *self._tile_noun)
                title, is_long = f"{self._title(coverage)} in {where}", len(codes) > MOST_OPEN
                yield PlaceGroup(title, self._listed(codes), is_long)

    def _title(self, coverage: Coverage) -> str:
        one, many = self._noun
        if coverage is Coverage.NONE:
            return f"No {one}" if self._is_finer else "No instrument"
        if coverage is Coverage.PARTIAL:
            return "Somewhere" if self._is_finer else "Covered in part"
        if coverage is Coverage.FULL:
            return f"All {many}" if self._is_finer else "Covered"
        return "Not said" if self.is_unsaid else "Unknown"

    def _listed(self, codes: Sequence[str]) -> str:
        named = {code: self._names.places.get(code, code) for code in codes}
        if self._tile_noun == COUNTRIES_NOUN:
            named = dict(sorted(named.items(), key=lambda item: item[1].casefold()))
        parts = [f"{name}{self._part(code)}" for code, name in named.items()]
        # What has a number, too, is set apart more clearly.
        return ("; " if self._is_finer and any(map(self._part, codes)) else ", ").join(parts)

    def _part(self, code: str) -> str:
        if self._tiles[code] is not Coverage.PARTIAL or code in self._units:
            return ""
        inside = (each for unit, each in self._units.items() if (country_of(unit) or unit) == code)
        return f" {_share_in_words(Counter(inside), self._noun)}"


_COVERED = (Coverage.FULL, Coverage.PARTIAL)
_ALONE = {
    Coverage.NONE: "no instrument",
    Coverage.PARTIAL: "covered in part",
    Coverage.FULL: "covered",
    Coverage.UNKNOWN: "unknown",
}
"""How a single place is covered, of which nothing is counted."""


def _share_in_words(numbers: Counter[Coverage], noun: tuple[str, str]) -> str:
    unknown = numbers[Coverage.UNKNOWN]
    covered, partial = numbers[Coverage.FULL], numbers[Coverage.PARTIAL]
    return covered_in_words(Share(covered, partial, numbers.total() - unknown, unknown, (), noun))
