"""Columns side by side whose headers are values: roles, levels, cells, places or target groups across."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from clustergap.importing.binding import BoundWide
from clustergap.importing.cell_words import MATRIX
from clustergap.importing.claims import Said, Word
from clustergap.importing.key_reader import WHERE, KeyReader, Row, as_territories
from clustergap.importing.rule_reader import Outcome, RuleReader
from clustergap.importing.values import NAMES, Values
from clustergap.model.mapping import Across, ColumnRule, Inside
from clustergap.spreadsheet.sheet import Address
from clustergap.yaml_edit.write import YamlValue

_INSIDE = {
    Inside.EXTENT: MATRIX,
    Inside.NAMES: NAMES,
    Inside.TERRITORIES: "territories",
    Inside.NOTE: "note",
}
"""As what cells below headers that are values are understood."""


class Variant(NamedTuple):
    """What one of several columns side by side says in a row: its header's values, and what its cell says of them.

    ``is_empty``: none of the columns says anything.
    """

    key: Across
    values: Sequence[YamlValue]
    at: Address
    statement: Mapping[str, Said]
    names: Sequence[Word] = ()
    is_empty: bool = False


class _WideReader:
    """Reads columns side by side whose headers are values of one key."""

    def __init__(self, bound: BoundWide, values: Values) -> None:
        wide = bound.wide
        self.key, self.inside, self.words = wide.are, wide.cells, bound.words
        self.headers = RuleReader(
            wide.are.value, ColumnRule.model_construct(codes=wide.codes), values
        )
        rule = ColumnRule.model_construct(
            values=wide.values, split=wide.split, unknown=wide.unknown, codes=wide.codes
        )
        self.cells = RuleReader(_INSIDE[wide.cells], rule, values)

    def level_of(self, word: str) -> str | None:
        """Return the level of which a header speaks by itself."""
        if self.key not in (Across.LEVEL, Across.CELL):
            return None
        values = self.headers.read(word).values
        return str(values[0]).rpartition("@")[2] if values else None


class WideColumns:
    """Reads all such columns of a row.

    Args:
        wide: They, as a mapping has them.
        keys: Reads the texts of the row.
    """

    def __init__(self, wide: Sequence[BoundWide], keys: KeyReader) -> None:
        self.keys, self.sheet = keys, keys.sheet
        self._readers = [_WideReader(one, keys.values) for one in wide]

    def __bool__(self) -> bool:
        return bool(self._readers)

    def are(self, *kinds: Across) -> bool:
        """Tell whether some of their headers name one of these."""
        return any(one.key in kinds for one in self._readers)

    def tell_of_headers(self, row: int) -> None:
        """Say what is wrong with their headers, which stand in this row."""
        for wide in self._readers:
            for column, word in wide.words.items():
                if wide.key is not Across.TERRITORIES:  # whose meaning depends on the row's level
                    self.keys.tell(wide.headers.read(word), self.sheet.at(row, column))

    def read(self, row: Row, level: str | None) -> list[list[Variant]]:
        """Return what each group of them says: columns of roles and columns of places combine.

        Args:
            row: The row.
            level: The level that it names beside them.
        """
        return [self._variants(row, several, level) for several in self._by_key()]

    def _by_key(self) -> list[list[_WideReader]]:
        # Columns of roles and columns of places combine; of two groups of roles each speaks for itself.
        groups: dict[Across, list[_WideReader]] = {}
        for wide in self._readers:
            groups.setdefault(wide.key, []).append(wide)
        # Places last: they may say that there is no cell.
        return sorted(groups.values(), key=lambda some: some[0].key is Across.TERRITORIES)

    def _variants(
        self, row: Row, several: Sequence[_WideReader], level: str | None
    ) -> list[Variant]:
        found: list[Variant] = []
        left = None
        for wide in several:
            for column, word in wide.words.items():
                at = self.sheet.at(row.number, column)
                outcome = wide.cells.read(
                    self.keys.text(row, column), wide.level_of(word) or level
                )
                self.keys.tell(outcome, at)
                left = left or outcome.left
                if outcome.values or outcome.is_everywhere:
                    header = wide.headers.read(word, level)
                    if wide.key is Across.TERRITORIES:
                        self.keys.tell(header, at)
                    found += self._inside(wide, header, outcome.values, at)
        key = several[0].key
        nothing = Variant(key, (), self.keys.first(row), {}, is_empty=True)
        if left is not None and not found:
            row.left = (key.value, left)
        if key is Across.TARGETS:
            every = [value for one in found for value in one.values]
            return [(found or [nothing])[0]._replace(values=every)]
        return found or [nothing]

    def _inside(
        self, wide: _WideReader, header: Outcome, values: Sequence[YamlValue], at: Address
    ) -> Iterator[Variant]:
        headers = header.values
        if not headers and not header.is_everywhere:
            return
        is_place = wide.key is Across.TERRITORIES and bool(headers)
        where = {WHERE: Said(as_territories(headers), at)} if is_place else {}
        match wide.inside:
            case Inside.NAMES:
                for one in values:
                    assert isinstance(one, Mapping)  # noqa: S101 - names are read so
                    said = {key: Said(one[key], at) for key in ("extent", "note") if key in one}
                    names = [Word(str(one["name"]), at)] if "name" in one else []
                    yield Variant(wide.key, headers, at, {**said, **where}, names)
            case Inside.TERRITORIES:
                where = {WHERE: Said(as_territories(values), at)} if values else {}
                yield Variant(wide.key, headers, at, where)
            case Inside.EXTENT | Inside.NOTE:
                said = {wide.inside.value: Said(values[0], at)}
                yield Variant(wide.key, headers, at, {**said, **where})
