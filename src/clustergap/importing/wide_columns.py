"""Wide columns, whose headers are values: roles, levels, cells, places or target groups, and what their cells say in a row."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from clustergap.importing.binding import BoundWide
from clustergap.importing.cell_texts import MATRIX
from clustergap.importing.headers import SheetTable
from clustergap.importing.key_reader import (
    TERRITORIES,
    CurrentRow,
    KeyReader,
    ParsedText,
    RuleReader,
    as_territories,
)
from clustergap.importing.sheet_records import SheetName, SheetValue
from clustergap.importing.values import NAMES, Values
from clustergap.model.mapping import Across, ColumnRule, Inside
from clustergap.spreadsheet.sheet import Address
from clustergap.yaml_edit.write import YamlValue

_INSIDE = {
    Inside.EXTENT: MATRIX, Inside.NAMES: NAMES, Inside.TERRITORIES: "territories", Inside.NOTE: "note",
}  # fmt: skip
"""The key by which cells below headers that are values are understood."""


class Variant(NamedTuple):
    """What one of several wide columns says in a row: the values of its header, and what its cell says of them.

    ``is_empty``: no column of the group says anything.
    """

    key: Across
    values: Sequence[YamlValue]
    at: Address
    statement: Mapping[str, SheetValue]
    names: Sequence[SheetName] = ()
    is_empty: bool = False


class _WideReader:
    """Reads wide columns: their headers are values of one key."""

    def __init__(self, bound: BoundWide, values: Values) -> None:
        wide = bound.wide
        self.key, self.inside, self.words = wide.are, wide.cells, bound.words
        header_rule = ColumnRule.model_construct(codes=wide.codes)
        self.headers = RuleReader(wide.are.value, header_rule, values)
        rule = ColumnRule.model_construct(
            values=wide.values, split=wide.split, unknown=wide.unknown, codes=wide.codes
        )
        self.cells = RuleReader(_INSIDE[wide.cells], rule, values)

    def level_of(self, word: str) -> str | None:
        """Return the level that a header itself names."""
        if self.key not in (Across.LEVEL, Across.CELL):
            return None
        values = self.headers.read(word).values
        return str(values[0]).rpartition("@")[2] if values else None


class WideColumns:
    """Reads all wide columns, whose headers are values: roles, levels, cells, places or target groups."""

    def __init__(self, wide: Sequence[BoundWide], keys: KeyReader) -> None:
        self.keys, self.sheet = keys, keys.sheet
        self._readers = [_WideReader(bound, keys.values) for bound in wide]

    def __bool__(self) -> bool:
        return bool(self._readers)

    def are(self, *kinds: Across) -> bool:
        """Tell whether the headers of some of them are of one of these *kinds*."""
        return any(wide.key in kinds for wide in self._readers)

    def report_headers(self, table: SheetTable) -> None:
        """Report problems of their headers."""
        for wide in self._readers:
            for column, word in wide.words.items():
                if wide.key is not Across.TERRITORIES:  # whose meaning depends on the row's level
                    self.keys.note(wide.headers.read(word), table.header_cell(column))

    def read(self, row: CurrentRow, level: str | None) -> list[list[Variant]]:
        """Return what each group of them says in a row; *level* is the row's own."""
        # Columns of roles and columns of places combine; two groups of roles are read one by one.
        groups: dict[Across, list[_WideReader]] = {}
        for wide in self._readers:
            groups.setdefault(wide.key, []).append(wide)
        # Places come last: they may say that there is no cell.
        ordered = sorted(groups, key=lambda key: key is Across.TERRITORIES)
        return [self._variants(row, key, groups[key], level) for key in ordered]

    def _variants(
        self, row: CurrentRow, key: Across, group: Sequence[_WideReader], level: str | None
    ) -> list[Variant]:
        variants: list[Variant] = []
        left = None
        for wide in group:
            for column, word in wide.words.items():
                at, text = self.sheet.at(row.number, column), self.keys.text(row, column)
                outcome = wide.cells.read(text, wide.level_of(word) or level)
                self.keys.note(outcome, at)
                left = left or outcome.left_out
                if outcome.values or outcome.is_everywhere:
                    header = wide.headers.read(word, level)
                    if key is Across.TERRITORIES:
                        self.keys.note(header, at)
                    variants += self._inside(wide, header, outcome.values, at)
        if left is not None and not variants:
            row.reason = (key.value, left)
        variants = variants or [Variant(key, (), self.keys.first_cell(row), {}, is_empty=True)]
        if key is Across.TARGETS:
            every = [value for variant in variants for value in variant.values]
            return [variants[0]._replace(values=every)]
        return variants

    def _inside(
        self, wide: _WideReader, header: ParsedText, values: Sequence[YamlValue], at: Address
    ) -> Iterator[Variant]:
        headers = header.values
        if not headers and not header.is_everywhere:
            return
        is_place = wide.key is Across.TERRITORIES and bool(headers)
        where = {TERRITORIES: SheetValue(as_territories(headers), at)} if is_place else {}
        match wide.inside:
            case Inside.NAMES:
                for value in values:
                    assert isinstance(value, Mapping)  # noqa: S101 - names are read so
                    keys = [key for key in ("extent", "note") if key in value]
                    statement = {key: SheetValue(value[key], at) for key in keys}
                    names = [SheetName(str(value["name"]), at)] if "name" in value else []
                    yield Variant(wide.key, headers, at, {**statement, **where}, names)
            case Inside.TERRITORIES:
                where = {TERRITORIES: SheetValue(as_territories(values), at)} if values else {}
                yield Variant(wide.key, headers, at, where)
            case Inside.EXTENT | Inside.NOTE:
                statement = {wide.inside.value: SheetValue(values[0], at)}
                yield Variant(wide.key, headers, at, {**statement, **where})
