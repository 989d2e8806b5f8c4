"""Rows that speak of one cell: which of them repeat another, and which are one statement together."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence

from clustergap.importing.claims import Said
from clustergap.importing.differing import STATEMENT_COLUMNS, Differences
from clustergap.importing.entries import StatementEntry
from clustergap.importing.sameness import normal
from clustergap.model.plain import DEFAULTS, Plain
from clustergap.spreadsheet.sheet import Address
from clustergap.yaml_edit.write import YamlValue

_UNITED = ("territories", "sources")
"""What the rows of one statement may each say in their own way."""


def says(statement: StatementEntry) -> dict[str, object]:
    """Return what a row says, by key, in one form for all that is the same."""
    return {
        key: normal(key, said.value)
        for key, said in statement.keys.items()
        if said.value != DEFAULTS.get(key)
    }


def known_says(statement: Mapping[str, Plain], keys: Collection[str]) -> dict[str, object]:
    """Return in the same form what a statement of the data says, of the *keys* of which a table speaks."""
    return {key: normal(key, value) for key, value in statement.items() if key in keys}


def repeats(rows: Iterable[StatementEntry]) -> Iterator[Address]:
    """Walk through the rows that say just what one above says."""
    seen: dict[Hashable, set[Address]] = {}
    for row in rows:
        there = seen.setdefault(frozen(says(row)), set())
        if there and row.at not in there:
            yield row.at
        there.add(row.at)


def settle(rows: Sequence[StatementEntry], differences: Differences) -> None:
    """Let rows that are one statement but for what may differ say the same: they are changed."""
    apart = frozenset(
        key
        for key, column in STATEMENT_COLUMNS.items()
        if key not in _UNITED and differences.may_differ(column)
    )
    for group in _groups(rows, apart).values() if apart else ():
        for key in apart:
            values = [row.keys[key] for row in group if key in row.keys]
            if values:
                taken = differences.settle_all(key, STATEMENT_COLUMNS[key], values)
                for row in group:
                    row.keys[key] = taken


def joined(rows: Sequence[StatementEntry]) -> list[StatementEntry]:
    """Join rows to statements, in the order of the first row of each.

    Rows are one statement if they say the same but for where and by which source: their territories and sources are
    its own. What says everywhere, or everywhere but somewhere, is joined only with what says just so.
    """
    if len(rows) == 1:
        return list(rows)
    return [united(group) for group in grouped(rows)]


def grouped(rows: Iterable[StatementEntry]) -> list[list[StatementEntry]]:
    """Put those rows together that are one statement."""
    return list(_groups(rows, frozenset()).values())


def kind_of(said: Mapping[str, object], apart: frozenset[str] = frozenset()) -> Hashable:
    """Return what must be the same in the rows of one statement, of what one *said*, but for some keys."""
    where = said.get("territories")
    rest = {key: value for key, value in said.items() if key not in _UNITED and key not in apart}
    return frozen(rest), None if isinstance(where, list) else (frozen(where),)


def _groups(
    rows: Iterable[StatementEntry], apart: frozenset[str]
) -> Mapping[Hashable, list[StatementEntry]]:
    groups: dict[Hashable, list[StatementEntry]] = {}
    for row in rows:
        groups.setdefault(kind_of(says(row), apart), []).append(row)
    return groups


def united(rows: Sequence[StatementEntry]) -> StatementEntry:
    """Make one statement of rows that agree in all but territories and sources."""
    first, *others = rows
    if not others:
        return first
    keys = dict(first.keys)
    for row in others:
        for key, said in row.keys.items():
            keys.setdefault(key, said)
    for key in _UNITED:
        lists = [row.keys[key] for row in rows if key in row.keys]
        if lists and not isinstance(lists[0].value, Mapping):
            keys[key] = unite(lists)
    at = {
        str(code): said.at
        for row in rows
        for said in [row.keys.get("territories")]
        if said and not isinstance(said.value, Mapping)
        for code in said.value
    }
    return StatementEntry(first.at, keys, at)


def unite(lists: Sequence[Said]) -> Said:
    """Join lists to one, without repeats."""
    values: dict[Hashable, YamlValue] = {}
    for said in lists:
        for value in said.value:
            values.setdefault(frozen(value), value)
    return Said(list(values.values()), lists[0].at)


def frozen(value: object) -> Hashable:
    """Return a value by which equal ones can be counted.

    >>> frozen({"b": ["x"], "a": None}) == frozen({"a": None, "b": ["x"]})
    True
    """
    if isinstance(value, Mapping):
        return tuple(sorted((key, frozen(one)) for key, one in value.items()))
    if isinstance(value, list | tuple):
        return tuple([frozen(one) for one in value])
    return value
