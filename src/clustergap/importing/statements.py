"""The statements about one cell: which rows form one, which statement of the dataset it matches, how it is written."""

import enum
from collections import defaultdict, deque
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from clustergap.analysis.paired_statements import WHERE_AND_WHEN, pair_statements
from clustergap.importing.sheet_records import (
    STATEMENT_COLUMNS,
    UNSAID,
    Differences,
    InstrumentEntry,
    SheetValue,
    StatementEntry,
    normalized,
)
from clustergap.model.cell import Cell
from clustergap.model.dataset import Instrument, Plain, plain
from clustergap.model.places import FileTerritories
from clustergap.model.statement import Extent, Statement
from clustergap.spreadsheet.sheet import Address
from clustergap.yaml_edit.write import YamlValue

_NormalKeys = Mapping[str, object]
"""The values of a statement by key, in the normal form that makes equal ones the same."""

_NOTHING = Extent.NONE.value

_JOINED_KEYS = ("territories", "sources")
"""The keys in which the rows of one statement may differ."""


def _normal_keys(statement: StatementEntry) -> _NormalKeys:
    return {
        key: normalized(key, value)
        for key, (value, _) in statement.keys.items()
        if value != UNSAID.get(key)
    }


def _normal_known(statement: Mapping[str, Plain], keys: Collection[str]) -> _NormalKeys:
    # Only the keys for which the table has columns.
    return {key: normalized(key, value) for key, value in statement.items() if key in keys}


def repeated_rows(rows: Iterable[StatementEntry]) -> Iterator[Address]:
    """Walk through the rows that exactly repeat one above."""
    seen: dict[Hashable, set[Address]] = {}
    for row in rows:
        cells = seen.setdefault(_hashable(_normal_keys(row)), set())
        if cells and row.at not in cells:
            yield row.at
        cells.add(row.at)


def resolve_differences(rows: Sequence[StatementEntry], differences: Differences) -> None:
    """Resolve the allowed differences of rows that are otherwise one statement; the rows are changed."""
    differing = [
        key
        for key, column in STATEMENT_COLUMNS.items()
        if key not in _JOINED_KEYS and differences.may_differ(column)
    ]
    for group in _grouped(rows, differing) if differing else ():
        for key in differing:
            values = [row.keys[key] for row in group if key in row.keys]
            if values:
                taken = differences.resolve_all(key, STATEMENT_COLUMNS[key], values)
                for row in group:
                    row.keys[key] = taken


def join_rows(rows: Sequence[StatementEntry]) -> list[StatementEntry]:
    """Join rows to statements, in the order of the first row of each.

    Rows are one statement if they differ only in territories and sources, which are joined. A row without territories,
    or with exceptions, is joined only with rows that have exactly the same.
    """
    if len(rows) == 1:
        return list(rows)
    return [_join_group(group) for group in _grouped(rows)]


def _grouped(
    rows: Iterable[StatementEntry], ignored: Collection[str] = ()
) -> list[list[StatementEntry]]:
    """Group the rows that are one statement if the *ignored* keys do not count."""
    groups: dict[Hashable, list[StatementEntry]] = {}
    for row in rows:
        groups.setdefault(_group_key(_normal_keys(row), ignored), []).append(row)
    return list(groups.values())


def _group_key(keys: _NormalKeys, ignored: Collection[str] = ()) -> Hashable:
    """Return the values that must be equal in the rows of one statement."""
    where = keys.get("territories")
    rest = {
        key: value for key, value in keys.items() if key not in _JOINED_KEYS and key not in ignored
    }
    return _hashable(rest), None if isinstance(where, list) else (_hashable(where),)


def _join_group(rows: Sequence[StatementEntry]) -> StatementEntry:
    """Join rows that agree in everything but territories and sources."""
    first, *others = rows
    if not others:
        return first
    keys = dict(first.keys)
    for row in others:
        for key, value in row.keys.items():
            keys.setdefault(key, value)
    for key in _JOINED_KEYS:
        lists = [row.keys[key] for row in rows if key in row.keys]
        if lists and not isinstance(lists[0].value, Mapping):
            keys[key] = _join_lists(lists)
    codes = {
        str(code): where.at
        for row in rows
        if (where := row.keys.get("territories")) and not isinstance(where.value, Mapping)
        for code in where.value
    }
    return StatementEntry(first.at, keys, codes)


def _join_lists(lists: Sequence[SheetValue]) -> SheetValue:
    """Join lists into one without duplicates."""
    values: dict[Hashable, YamlValue] = {}
    for value, _ in lists:
        for item in value:
            values.setdefault(_hashable(item), item)
    return SheetValue(list(values.values()), lists[0].at)


def _hashable(value: object) -> Hashable:
    """Return a hashable form of a value, the same for equal values.

    >>> _hashable({"b": ["x"], "a": None}) == _hashable({"a": None, "b": ["x"]})
    True
    """
    if isinstance(value, Mapping):
        return tuple(sorted((key, _hashable(item)) for key, item in value.items()))
    if isinstance(value, list | tuple):
        return tuple([_hashable(item) for item in value])
    return value


class StatementMatch(NamedTuple):
    """The rows that match each known statement of a cell, by its index, and the new statements."""

    by_number: Mapping[int, StatementEntry]
    new: Sequence[StatementEntry]


def match_statements(
    known: Sequence[Mapping[str, Plain]], rows: Sequence[StatementEntry], columns: frozenset[str]
) -> StatementMatch:
    """Find the known statement that each row means.

    First, rows match a statement with which they agree in everything but territories and sources, if they share a
    territory with it; if there are several such statements, each gets the rows with its territories. Next, rows match a
    statement with the same territories, and on the same days if there are several; then one with which they share a
    territory. If the same number is left on both sides, they match in their order; otherwise the rows are new statements.
    Nothing in one place never matches something in another: both may hold.
    """
    if len(known) == len(rows) == 1:
        extent = rows[0].keys.get("extent")
        if (known[0].get("extent") == _NOTHING) == (
            extent is not None and extent.value == _NOTHING
        ):
            return StatementMatch({0: rows[0]}, ())
    keys = columns.union(*(row.keys for row in rows))
    matcher = _Matcher([_normal_known(statement, keys) for statement in known])
    matcher.match_alike(_grouped(rows))
    matcher.match_places()
    matcher.match_overlapping()
    return matcher.result()


class _Matcher:
    def __init__(self, before: Sequence[_NormalKeys]) -> None:
        self.before = before
        self.by_number: dict[int, StatementEntry] = {}
        self.left: list[list[StatementEntry]] = []
        """The rows without a match so far, grouped by statement."""

    def match_alike(self, groups: Sequence[list[StatementEntry]]) -> None:
        """Match rows that agree with a statement in everything but territories and sources."""
        alike: defaultdict[object, list[int]] = defaultdict(list)
        for number, statement in enumerate(self.before):
            alike[_group_key(statement)].append(number)
        for rows in groups:
            numbers = alike[_group_key(_normal_keys(rows[0]))]
            if len(numbers) > 1:
                rest = self._match_each(
                    rows, numbers, [("territories", "sources"), ("territories",)]
                )
            else:
                rest = rows
            if rest:
                free = _FreeStatements(self.before, self._free(numbers))
                taken = free.take(_normal_keys(_join_group(rest)))
                if taken is None:
                    self.left.append(rest)
                else:
                    self.by_number[taken] = _join_group(rest)

    def match_places(self) -> None:
        """Match rows with the same territories: first the rows of one statement together, then each."""
        likenesses = (WHERE_AND_WHEN, ("territories",))
        numbers = self._free(range(len(self.before)))
        joined = [_join_group(rows) for rows in self.left]
        keys = [_normal_keys(statement) for statement in joined]
        pairs = pair_statements(self._keys_of(numbers), keys, likenesses)
        self.by_number |= {numbers[number]: joined[index] for index, number in pairs.items()}
        rows = [row for n, group in enumerate(self.left) if n not in pairs for row in group]
        self.left = _grouped(self._match_each(rows, numbers, likenesses))

    def match_overlapping(self) -> None:
        """Match rows that share a territory, and then the rest if the numbers are equal."""
        free = _FreeStatements(self.before, self._free(range(len(self.before))))
        left = []
        for rows in self.left:
            number = free.take(_normal_keys(_join_group(rows)))
            if number is None:
                left.append(rows)
            else:
                self.by_number[number] = _join_group(rows)
        numbers = self._free(range(len(self.before)))
        if len(left) == len(numbers):
            pairs = list(zip(numbers, left, strict=True))
            left = [rows for number, rows in pairs if self._can_both_hold(number, rows)]
            apart = set(map(id, left))
            self.by_number |= {n: _join_group(rows) for n, rows in pairs if id(rows) not in apart}
        self.left = left

    def result(self) -> StatementMatch:
        """Return the matches."""
        return StatementMatch(self.by_number, [_join_group(rows) for rows in self.left])

    def _match_each(
        self,
        rows: Sequence[StatementEntry],
        numbers: Sequence[int],
        likenesses: Sequence[Sequence[str]],
    ) -> list[StatementEntry]:
        # Returns the rows without a match, except those that repeat a matched row.
        free = self._free(numbers)
        pairs = pair_statements(
            self._keys_of(free), [_normal_keys(row) for row in rows], likenesses
        )
        self.by_number |= {free[number]: rows[index] for index, number in pairs.items()}
        paired = {_hashable(_normal_keys(rows[index])) for index in pairs}
        return [
            row
            for index, row in enumerate(rows)
            if index not in pairs and _hashable(_normal_keys(row)) not in paired
        ]

    def _can_both_hold(self, number: int, rows: Sequence[StatementEntry]) -> bool:
        return _can_both_hold(self.before[number], _normal_keys(_join_group(rows)))

    def _free(self, numbers: Sequence[int]) -> list[int]:
        return [number for number in numbers if number not in self.by_number]

    def _keys_of(self, numbers: Sequence[int]) -> list[_NormalKeys]:
        return [self.before[number] for number in numbers]


_ANY, _EVERYWHERE = "*", ""
"""Stand for the codes of any statement, and of those without territories."""


class _Presence(enum.Enum):
    """Whether there is something or nothing, where two statements of a cell differ in that and can both hold."""

    SOMEWHERE = enum.auto()
    """There is something, and it is not said where."""
    NOTHING_HERE = enum.auto()
    """There is nothing in the places that are named."""
    OTHER = enum.auto()


_NOT_WITH = {
    _Presence.SOMEWHERE: _Presence.NOTHING_HERE, _Presence.NOTHING_HERE: _Presence.SOMEWHERE, _Presence.OTHER: None,
}  # fmt: skip


class _FreeStatements:
    """Unmatched statements of the dataset, by their codes."""

    def __init__(self, before: Sequence[_NormalKeys], numbers: Sequence[int]) -> None:
        self.taken: set[int] = set()
        self.waiting: defaultdict[tuple[str, _Presence], deque[int]] = defaultdict(deque)
        for number in numbers:
            presence = _presence(before[number])
            for code in (_ANY, *_codes(before[number])):
                self.waiting[code, presence].append(number)

    def take(self, row: _NormalKeys) -> int | None:
        """Take the first statement that shares a place with a row."""
        named, apart = _codes(row), _NOT_WITH[_presence(row)]
        codes = [_ANY] if _EVERYWHERE in named else [*named, _EVERYWHERE]
        keys = product(codes, (presence for presence in _Presence if presence is not apart))
        first = [number for key in keys if (number := self._first(*key)) is not None]
        if not first:
            return None
        self.taken.add(min(first))
        return min(first)

    def _first(self, code: str, presence: _Presence) -> int | None:
        waiting = self.waiting[code, presence]
        while waiting and waiting[0] in self.taken:
            waiting.popleft()
        return waiting[0] if waiting else None


def _presence(keys: _NormalKeys) -> _Presence:
    if keys.get("extent") == _NOTHING and isinstance(keys.get("territories"), list):
        return _Presence.NOTHING_HERE
    is_somewhere = keys.get("extent") == Extent.PARTIAL.value and "territories" not in keys
    return _Presence.SOMEWHERE if is_somewhere else _Presence.OTHER


def _can_both_hold(one: _NormalKeys, other: _NormalKeys) -> bool:
    """Tell whether one statement says that there is nothing, and the other that there is something elsewhere."""
    if (one.get("extent") == _NOTHING) == (other.get("extent") == _NOTHING):
        return False
    named, others = set(_codes(one)), set(_codes(other))
    if _EVERYWHERE in named | others:
        return _NOT_WITH[_presence(one)] is _presence(other)
    return named.isdisjoint(others)


def _codes(keys: _NormalKeys) -> Sequence[str]:
    where = keys.get("territories")
    return where if isinstance(where, list) else (_EVERYWHERE,)


_ORDER = tuple(Instrument.__dataclass_fields__)
"""The keys of an instrument in the order of a data file."""

_STATEMENT_ORDER = tuple(Statement.__dataclass_fields__)


def instrument_record(entry: InstrumentEntry) -> dict[str, YamlValue]:
    """Write a new instrument."""
    keys = {"id": SheetValue(entry.id, entry.at), **entry.keys}
    record: dict[str, YamlValue] = {
        key: keys[key].value
        for key in _ORDER
        if key in keys and keys[key].value != UNSAID.get(key)
    }
    if entry.covers:
        record["covers"] = cell_records(entry.covers)
    return record


def cell_records(entries: Mapping[Cell, Sequence[StatementEntry]]) -> dict[str, YamlValue]:
    """Write the rows about each cell as its covers or observations."""
    return {str(cell): cell_record(join_rows(rows)) for cell, rows in entries.items()}


def cell_record(statements: Sequence[StatementEntry]) -> YamlValue:
    """Write the statements about a cell; a single one is not in a list."""
    written = [statement_record(statement) for statement in statements]
    return written[0] if len(written) == 1 else written


def statement_record(statement: StatementEntry) -> YamlValue:
    """Write a cover or observation, its keys in order."""
    keys = statement.keys
    return short_record(
        {
            key: keys[key].value
            for key in _STATEMENT_ORDER
            if key in keys and (key == "extent" or keys[key].value != UNSAID.get(key))
        }
    )


def short_record(keys: Mapping[str, YamlValue]) -> YamlValue:
    """Write the keys of a cover or observation; one with only an extent is written as that.

    >>> short_record({"extent": "partial"}), short_record({"note": "x"})
    ('partial', {'extent': 'full', 'note': 'x'})
    """
    extent = keys.get("extent", UNSAID["extent"])
    rest = {key: value for key, value in keys.items() if key != "extent"}
    return {"extent": extent, **rest} if rest else extent


KnownKeys = Mapping[str, Plain]
"""The values of a record of the dataset, by key."""


def keys_in_dataset(known: Instrument | Statement) -> KnownKeys:
    """Return what a record of the dataset says, a flag as a data file says it."""
    keys = plain(known)
    assert isinstance(keys, dict)  # noqa: S101 - a record is a mapping
    return {key: "true" if value is True else value for key, value in keys.items()}


def keys_in_file(known: Statement) -> KnownKeys:
    """Return what a statement of the dataset says in its file, which may say for all of them where they hold."""
    keys, where = keys_in_dataset(known), known.territories
    if not isinstance(where, FileTerritories):
        return keys
    others = {key: value for key, value in keys.items() if key != "territories"}
    return others if where.written is None else {**others, "territories": plain(where.written)}


def writable(keys: KnownKeys) -> dict[str, YamlValue]:
    """Return the values of a statement that can be written."""
    return {key: value for key, value in keys.items() if isinstance(value, str | list | dict)}  # type: ignore[misc]


def cited_in(sources: object) -> list[Mapping[str, YamlValue]]:
    """Return the citations of a record; none if it has no list of them."""
    if not isinstance(sources, list):
        return []
    return [source for source in sources if isinstance(source, Mapping)]
