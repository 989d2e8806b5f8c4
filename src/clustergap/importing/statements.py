"""The statements about one cell: which rows are one, which statement of the data they mean, how it is written."""

from collections import defaultdict, deque
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from clustergap.analysis.diff import WHERE_AND_WHEN, pair_statements
from clustergap.importing.sheet_records import (
    STATEMENT_COLUMNS,
    Differences,
    InstrumentEntry,
    SheetValue,
    StatementEntry,
    normalized,
)
from clustergap.model.cell import Cell
from clustergap.model.dataset import DEFAULTS, Instrument, Plain
from clustergap.spreadsheet.sheet import Address
from clustergap.yaml_edit.write import YamlValue

_NormalKeys = Mapping[str, object]
"""What a statement says, by key, in one form for all that is the same."""

_JOINED_KEYS = ("territories", "sources")
"""What the rows of one statement may each say in their own way."""


def _normal_keys(statement: StatementEntry) -> _NormalKeys:
    return {
        key: normalized(key, value)
        for key, (value, _) in statement.keys.items()
        if value != DEFAULTS.get(key)
    }


def _normal_known(statement: Mapping[str, Plain], keys: Collection[str]) -> _NormalKeys:
    # Only of the keys of which a table speaks.
    return {key: normalized(key, value) for key, value in statement.items() if key in keys}


def repeated_rows(rows: Iterable[StatementEntry]) -> Iterator[Address]:
    """Walk through the rows that say just what one above says."""
    seen: dict[Hashable, set[Address]] = {}
    for row in rows:
        cells = seen.setdefault(_hashable(_normal_keys(row)), set())
        if cells and row.at not in cells:
            yield row.at
        cells.add(row.at)


def resolve_differences(rows: Sequence[StatementEntry], differences: Differences) -> None:
    """Let rows that are one statement but for what may differ say the same: they are changed."""
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

    Rows are one statement if they say the same but for where and by which source: their territories and sources are
    its own. What says everywhere, or everywhere but somewhere, is joined only with what says just so.
    """
    if len(rows) == 1:
        return list(rows)
    return [_join_group(group) for group in _grouped(rows)]


def _grouped(
    rows: Iterable[StatementEntry], ignored: Collection[str] = ()
) -> list[list[StatementEntry]]:
    """Put those rows together that are one statement, whatever they say of the *ignored* keys."""
    groups: dict[Hashable, list[StatementEntry]] = {}
    for row in rows:
        groups.setdefault(_group_key(_normal_keys(row), ignored), []).append(row)
    return list(groups.values())


def _group_key(keys: _NormalKeys, ignored: Collection[str] = ()) -> Hashable:
    """Return what must be the same in the rows of one statement."""
    where = keys.get("territories")
    rest = {
        key: value for key, value in keys.items() if key not in _JOINED_KEYS and key not in ignored
    }
    return _hashable(rest), None if isinstance(where, list) else (_hashable(where),)


def _join_group(rows: Sequence[StatementEntry]) -> StatementEntry:
    """Make one statement of rows that agree in all but territories and sources."""
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
    """Join lists to one, without repeats."""
    values: dict[Hashable, YamlValue] = {}
    for value, _ in lists:
        for item in value:
            values.setdefault(_hashable(item), item)
    return SheetValue(list(values.values()), lists[0].at)


def _hashable(value: object) -> Hashable:
    """Return a value by which equal ones can be counted.

    >>> _hashable({"b": ["x"], "a": None}) == _hashable({"a": None, "b": ["x"]})
    True
    """
    if isinstance(value, Mapping):
        return tuple(sorted((key, _hashable(item)) for key, item in value.items()))
    if isinstance(value, list | tuple):
        return tuple([_hashable(item) for item in value])
    return value


class StatementMatch(NamedTuple):
    """What a table says of the statements of a cell, by their numbers, and what is new."""

    by_number: Mapping[int, StatementEntry]
    new: Sequence[StatementEntry]


def match_statements(
    known: Sequence[Mapping[str, Plain]], rows: Sequence[StatementEntry], columns: frozenset[str]
) -> StatementMatch:
    """Find which statement of the data each row means.

    Rows that agree with one in all but territories and sources are that one, if they share a territory with it; of
    several such statements each is the rows with its territories. Then go those with the same territories, on the same
    days if there are several; then those that share one. As many as are left on both sides are the same in their order;
    else the rows are new statements.
    """
    if len(known) == len(rows) == 1:
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
        """The rows that no statement has been found for, those of one statement together."""

    def match_alike(self, groups: Sequence[list[StatementEntry]]) -> None:
        """Match those that agree in all but territories and sources."""
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
                taken = free.take(_codes(_normal_keys(_join_group(rest))))
                if taken is None:
                    self.left.append(rest)
                else:
                    self.by_number[taken] = _join_group(rest)

    def match_places(self) -> None:
        """Match those with the same territories: first the rows of one statement together, then each."""
        likenesses = (WHERE_AND_WHEN, ("territories",))
        numbers = self._free(range(len(self.before)))
        joined = [_join_group(rows) for rows in self.left]
        keys = [_normal_keys(statement) for statement in joined]
        pairs = pair_statements(self._keys_of(numbers), keys, likenesses)
        self.by_number |= {numbers[number]: joined[index] for index, number in pairs.items()}
        rows = [row for n, group in enumerate(self.left) if n not in pairs for row in group]
        self.left = _grouped(self._match_each(rows, numbers, likenesses))

    def match_overlapping(self) -> None:
        """Match those that share a territory, and as many as are left then."""
        free = _FreeStatements(self.before, self._free(range(len(self.before))))
        left = []
        for rows in self.left:
            number = free.take(_codes(_normal_keys(_join_group(rows))))
            if number is None:
                left.append(rows)
            else:
                self.by_number[number] = _join_group(rows)
        numbers = self._free(range(len(self.before)))
        if len(left) == len(numbers):
            self.by_number |= dict(zip(numbers, map(_join_group, left), strict=True))
            left = []
        self.left = left

    def result(self) -> StatementMatch:
        """Return what was found."""
        return StatementMatch(self.by_number, [_join_group(rows) for rows in self.left])

    def _match_each(
        self,
        rows: Sequence[StatementEntry],
        numbers: Sequence[int],
        likenesses: Sequence[Sequence[str]],
    ) -> list[StatementEntry]:
        # Returns the rows that are left, but those that repeat one which is not.
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

    def _free(self, numbers: Sequence[int]) -> list[int]:
        return [number for number in numbers if number not in self.by_number]

    def _keys_of(self, numbers: Sequence[int]) -> list[_NormalKeys]:
        return [self.before[number] for number in numbers]


_ANY, _EVERYWHERE = "*", ""
"""Stand among the codes for all statements, and for those that name none."""


class _FreeStatements:
    """Statements of the data, by the codes that they name."""

    def __init__(self, before: Sequence[_NormalKeys], numbers: Sequence[int]) -> None:
        self.taken: set[int] = set()
        self.by_code: defaultdict[str, deque[int]] = defaultdict(deque)
        for number in numbers:
            for code in (_ANY, *_codes(before[number])):
                self.by_code[code].append(number)

    def take(self, named: Sequence[str]) -> int | None:
        """Take the first one that may share a place with what names these codes."""
        codes = [_ANY] if _EVERYWHERE in named else [*named, _EVERYWHERE]
        first = [number for code in codes if (number := self._first(code)) is not None]
        if not first:
            return None
        self.taken.add(min(first))
        return min(first)

    def _first(self, code: str) -> int | None:
        waiting = self.by_code[code]
        while waiting and waiting[0] in self.taken:
            waiting.popleft()
        return waiting[0] if waiting else None


def _codes(keys: _NormalKeys) -> Sequence[str]:
    where = keys.get("territories")
    return where if isinstance(where, list) else (_EVERYWHERE,)


_ORDER = tuple(Instrument.__dataclass_fields__)
"""The keys of an instrument as they stand in a data file."""

_STATEMENT_ORDER = ("extent", "territories", "starts", "ends", "note", "sources")


def instrument_record(entry: InstrumentEntry) -> dict[str, YamlValue]:
    """Write a new instrument."""
    keys = {"id": SheetValue(entry.id, entry.at), **entry.keys}
    record: dict[str, YamlValue] = {
        key: keys[key].value
        for key in _ORDER
        if key in keys and keys[key].value != DEFAULTS.get(key)
    }
    if entry.covers:
        record["covers"] = cell_records(entry.covers)
    return record


def cell_records(entries: Mapping[Cell, Sequence[StatementEntry]]) -> dict[str, YamlValue]:
    """Write covers or observations by their cells, of the rows about each."""
    return {str(cell): cell_record(join_rows(rows)) for cell, rows in entries.items()}


def cell_record(statements: Sequence[StatementEntry]) -> YamlValue:
    """Write what is said of a cell: one statement alone is in no list."""
    written = [statement_record(statement) for statement in statements]
    return written[0] if len(written) == 1 else written


def statement_record(statement: StatementEntry) -> YamlValue:
    """Write a cover or observation, its keys in order."""
    keys = statement.keys
    return short_record({key: keys[key].value for key in _STATEMENT_ORDER if key in keys})


def short_record(keys: Mapping[str, YamlValue]) -> YamlValue:
    """Write a cover or observation of its keys: its extent alone where nothing else is said.

    >>> short_record({"extent": "partial"}), short_record({"note": "x"})
    ('partial', {'extent': 'full', 'note': 'x'})
    """
    extent = keys.get("extent", DEFAULTS["extent"])
    rest = {key: value for key, value in keys.items() if key != "extent"}
    return {"extent": extent, **rest} if rest else extent
