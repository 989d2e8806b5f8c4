"""CG205, CG208, CG209: nothing stands twice, nothing is mistaken for another, nothing ends before it starts."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from clustergap.checks.walk import Violations, statement_path, statements, swot_items
from clustergap.findings import DataPath, Violation
from clustergap.model.dataset import Dataset, Level, Role
from clustergap.wording import quote

_LOOK_ALIKE = str.maketrans("0l", "o1")


class _HasName(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class _Named(NamedTuple):
    path: DataPath
    id: str
    name: str


def duplicate(dataset: Dataset) -> Violations:
    """Find ids of one kind that stand twice, and aliases that mean something else already."""
    for named in _kinds_of_record(dataset):
        first: dict[str, str] = {}
        for path, id_, name in named:
            if id_ in first:
                message = f"the id {quote(id_)} is taken already, by {quote(first[id_])}"
                yield Violation((*path, "id"), message, "give one of the two another id")
            first.setdefault(id_, name)
    yield from _doubled_aliases("levels", dataset.levels)
    yield from _doubled_aliases("roles", dataset.roles)


def look_alike(dataset: Dataset) -> Violations:
    """Find ids and names of one kind that people will take for each other."""
    for named in _kinds_of_record(dataset):
        rows = list(named)
        yield from _alike(rows, "id", lambda row: row.id, lambda text: text.translate(_LOOK_ALIKE))
        yield from _alike(rows, "name", lambda row: row.name, _folded)


def ends_before_starts(dataset: Dataset) -> Violations:
    """Find instruments and statements that are never in force."""
    for i, instrument in enumerate(dataset.instruments):
        if instrument.ends is not None:
            yield from _never(("instruments", i), instrument.starts, instrument.ends)
    for holder, cell, statement in statements(dataset):
        if statement.ends is not None:
            yield from _never(statement_path(holder, cell), statement.starts, statement.ends)


def _kinds_of_record(dataset: Dataset) -> Iterator[Iterable[_Named]]:
    kinds: dict[str, Sequence[_HasName]] = {
        "levels": dataset.levels,
        "roles": dataset.roles,
        "kinds": dataset.kinds,
        "targets": dataset.targets,
        "instruments": dataset.instruments,
    }
    for key, records in kinds.items():
        yield [_Named((key, i), record.id, record.name) for i, record in enumerate(records)]
    # An item of the SWOT has no name, and two may well say the same.
    yield [_Named(path, item.id, "") for path, item in swot_items(dataset)]


def _doubled_aliases(key: str, records: Sequence[Level | Role]) -> Violations:
    owners: dict[str, list[Level | Role]] = {}
    for record in records:
        for word in (record.id, record.name):
            owners.setdefault(word.casefold(), []).append(record)
    aliases: dict[str, Level | Role] = {}
    for i, record in enumerate(records):
        for k, alias in enumerate(record.aliases):
            folded = alias.casefold()
            others = [other for other in owners.get(folded, ()) if other is not record]
            other = aliases.get(folded) or next(iter(others), None)
            if other is not None:
                message = f"the alias {quote(alias)} means {quote(other.name)} already"
                yield Violation((key, i, "aliases", k), message, "take another alias, or none")
            aliases.setdefault(folded, record)


def _alike(
    rows: Iterable[_Named],
    key: str,
    text_of: Callable[[_Named], str],
    folded: Callable[[str], str],
) -> Violations:
    first: dict[str, _Named] = {}
    for row in rows:
        text = text_of(row)
        if not text:
            continue
        other = first.setdefault(folded(text), row)
        same_id = other.id == row.id  # another rule's finding
        if other is not row and not same_id:
            message = f"{quote(text)} looks like {quote(text_of(other))} of {quote(other.id)}"
            yield Violation((*row.path, key), message, f"give one of the two another {key}")


def _folded(name: str) -> str:
    if name.isascii():
        return name.casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _never(path: DataPath, starts: date | None, ends: date) -> Violations:
    if starts is not None and ends < starts:
        message = f"it ends on {ends.isoformat()}, before it starts on {starts.isoformat()}"
        yield Violation((*path, "ends"), message, "correct one of the two dates")
