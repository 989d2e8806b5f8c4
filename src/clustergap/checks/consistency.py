"""CG205, CG208 and CG212: nothing is duplicated, looks like another, or contradicts itself."""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from clustergap.analysis.counting import Period, period_of
from clustergap.analysis.units import BitCounter, LevelUnits
from clustergap.checks.traversal import Check, Violations, statement_lists, swot_items
from clustergap.findings import DataPath, Rule, Severity, Violation, statement_path
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Level, Role
from clustergap.model.record import Named
from clustergap.model.statement import Extent, Statement
from clustergap.reference.territories import LISTS, listed_name, with_ancestors
from clustergap.text import one_of, quote

DUPLICATE = Rule(
    code="CG205",
    name="duplicate",
    severity=Severity.ERROR,
    why="An id, an alias or a source key stands twice, in one file or in two, or a group of territories is called as a code "
    "or a list is; which one is meant would depend on the order of reading. The finding stands at the second.",
    fix="Keep one of the two, or give the second another id.",
    bad="""\
instruments:
  - {id: dih, name: Digital Innovation Hubs, covers: {industry-4-0@eu: full}}
  - {id: dih, name: Regional hubs, covers: {industry-4-0@country: full}}
""",
    good="""\
instruments:
  - {id: dih, name: Digital Innovation Hubs, covers: {industry-4-0@eu: full}}
  - {id: regional-hubs, name: Regional hubs, covers: {industry-4-0@country: full}}
""",
)


def duplicate(dataset: Dataset) -> Violations:
    """Find ids of one kind that are used twice, and aliases that already mean something else."""
    for kind in _record_kinds(dataset):
        for i, first in _repeated(kind.ids):
            owner = kind.names[first] if kind.names else kind.ids[first]
            message = f"the id {quote(kind.ids[i])} is taken already, by {quote(owner)}"
            hint = "give one of the two another id"
            yield Violation((*kind.path(i), "id"), message, hint, first=(*kind.path(first), "id"))
    yield from _doubled_aliases("levels", dataset.levels)
    yield from _doubled_aliases("roles", dataset.roles)
    yield from _groups_like_codes(dataset)


LOOK_ALIKE = Rule(
    code="CG208",
    name="look-alike",
    severity=Severity.WARNING,
    why="Two ids of one kind differ only in 0 and o or in 1 and l, or two names only in case or form. People will take "
    "the one for the other, and so will whoever reviews a change.",
    fix="Give one of them another id or name; if they are the same thing, keep one.",
    bad="""\
instruments:
  - {id: h2020, name: Horizon 2020, covers: {industry-4-0@eu: full}}
  - {id: h2o2o, name: Water and oxygen, covers: {industry-4-0@country: full}}
""",
    good="""\
instruments:
  - {id: h2020, name: Horizon 2020, covers: {industry-4-0@eu: full}}
  - {id: water-and-oxygen, name: Water and oxygen, covers: {industry-4-0@country: full}}
""",
)


def look_alike(dataset: Dataset) -> Violations:
    """Find ids and names of one kind that people will take for each other."""
    for kind in _record_kinds(dataset):
        ids = [id_.replace("0", "o").replace("l", "1") for id_ in kind.ids]
        yield from _alike(kind, "id", kind.ids, ids)
        yield from _alike(kind, "name", kind.names, [_folded(name) for name in kind.names])


STATEMENTS_CONTRADICT = Rule(
    code="CG212",
    name="statements-contradict",
    severity=Severity.ERROR,
    why="Two statements of one list, or two observations of one cell in several files, say of one place on one day that "
    "it is covered in full and in part; or one says full and names no territories, and the other says that it is not so "
    "everywhere. What is meant nobody knows. The finding stands at the second.",
    fix="Give each statement its own territories, or its own starts and ends, or keep one of the two.",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers:
      industry-4-0@country:
        - {extent: full, territories: [AT, BE]}
        - {extent: partial, territories: [BE, RO]}
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers:
      industry-4-0@country:
        - {extent: full, territories: [AT, BE]}
        - {extent: partial, territories: [RO], ends: 2018}
        - {extent: full, territories: [RO], starts: 2019}
""",
)


def statements_contradict(dataset: Dataset) -> Violations:
    """Find statements of one list that rate the same place differently on the same day."""
    levels = dataset.levels_by_id
    units: dict[str, LevelUnits] = {}
    for holder, cell, stated in statement_lists(dataset):
        if len(stated) > 1 and cell.level in levels:
            if cell.level not in units:
                units[cell.level] = LevelUnits(levels[cell.level], None, dataset.groups_by_id)
            is_cover = holder[0] == "instruments"
            instrument = dataset.instruments[int(holder[1])] if is_cover else None
            rated = [
                rate_statement(
                    statement, period_of(dataset, instrument, statement), units[cell.level]
                )
                for statement in stated
            ]
            yield from _contradictions(holder, cell, stated, rated, units[cell.level])


DEFECTS = (
    Check(DUPLICATE, duplicate),
    Check(LOOK_ALIKE, look_alike),
    Check(STATEMENTS_CONTRADICT, statements_contradict, frozenset({"levels", "territories"})),
)


class _RecordKind(NamedTuple):
    """All records of one kind: their key in the dataset, or the data path of each; their ids; their names."""

    key: str
    ids: list[str]
    names: list[str]
    paths: Sequence[DataPath] = ()

    def path(self, i: int) -> DataPath:
        """Return the data path of the *i*-th record."""
        return self.paths[i] if self.paths else (self.key, i)


def _record_kinds(dataset: Dataset) -> Iterator[_RecordKind]:
    kinds: dict[str, Sequence[Named]] = {
        "levels": dataset.levels,
        "roles": dataset.roles,
        "kinds": dataset.kinds,
        "targets": dataset.targets,
        "groups": dataset.groups,
        "instruments": dataset.instruments,
    }
    for key, records in kinds.items():
        ids, names = [record.id for record in records], [record.name for record in records]
        yield _RecordKind(key, ids, names)
    # A SWOT item has no name, and two items may say the same.
    rows = list(swot_items(dataset))
    yield _RecordKind("swot", [item.id for _, item in rows], [], [path for path, _ in rows])


def _groups_like_codes(dataset: Dataset) -> Violations:
    if not dataset.groups:
        return
    codes = with_ancestors(unit for level in dataset.levels for unit in level.units)
    for i, group in enumerate(dataset.groups):
        code = group.id.upper()
        if group.id in LISTS:
            message = f"the id {quote(group.id)} is the name of a list of territories"
        elif code in codes or listed_name(code):
            name = listed_name(code)
            message = f"the id {quote(group.id)} is a territory's code, {code}{f' ({name})' if name else ''}"
        else:
            continue
        yield Violation(("groups", i, "id"), message, "give the group another id")


def _repeated(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    # The index of each repeated word, with that of its first use; nearly always there is none.
    if len(set(words)) == len(words):
        return
    first: dict[str, int] = {}
    for i, word in enumerate(words):
        if word in first:
            yield i, first[word]
        first.setdefault(word, i)


def _doubled_aliases(key: str, records: Sequence[Level | Role]) -> Violations:
    owners: dict[str, list[tuple[Level | Role, DataPath]]] = {}
    for i, record in enumerate(records):
        for part, word in (("id", record.id), ("name", record.name)):
            owners.setdefault(word.casefold(), []).append((record, (key, i, part)))
    aliases: dict[str, tuple[Level | Role, DataPath]] = {}
    for i, record in enumerate(records):
        for k, alias in enumerate(record.aliases):
            path, folded = (key, i, "aliases", k), alias.casefold()
            others = (row for row in owners.get(folded, ()) if row[0] is not record)
            other = aliases.get(folded) or next(others, None)
            if other is not None:
                message = f"the alias {quote(alias)} means {quote(other[0].name)} already"
                yield Violation(path, message, "take another alias, or none", first=other[1])
            aliases.setdefault(folded, (record, path))


def _alike(kind: _RecordKind, key: str, texts: Sequence[str], folded: Sequence[str]) -> Violations:
    for i, first in _repeated(folded):
        if kind.ids[i] != kind.ids[first]:  # else another rule's finding
            message = (
                f"{quote(texts[i])} looks like {quote(texts[first])} of {quote(kind.ids[first])}"
            )
            hint, other = f"give one of the two another {key}", (*kind.path(first), key)
            yield Violation((*kind.path(i), key), message, hint, first=other)


def _folded(name: str) -> str:
    if name.isascii():
        return name.casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


MOST_CONTRADICTIONS = 100
"""Contradictions that are reported of one list, which in a stranger's file may hold millions."""


def _contradictions(
    holder: DataPath,
    cell: Cell,
    stated: Sequence[Statement],
    rated: Sequence["RatedStatement"],
    units: LevelUnits,
) -> Violations:
    clashes = islice(find_clashes(rated), MOST_CONTRADICTIONS)
    for second, first in dict(sorted(clashes, reverse=True)).items():
        extent, other = stated[second].extent, stated[first].extent
        where = units.codes_of(rated[second].clash(rated[first]) & units.all)
        day = max(rated[second].starts, rated[first].starts)
        at = [f" in {one_of(where)}"] if where else []
        at += [f" on {date.fromordinal(day).isoformat()}"] if day > date.min.toordinal() else []
        message = (
            f"{quote(str(cell))} is {extent} here, and {other} by another statement{''.join(at)}"
        )
        paths = (statement_path(holder, cell, number, len(stated)) for number in (second, first))
        hint = "give each its own territories, or its own starts and ends"
        yield Violation(next(paths), message, hint, first=next(paths))


class RatedStatement(NamedTuple):
    """What a statement rates: sets of units, from the day ``starts`` to before ``until``, as ordinals."""

    starts: int
    until: int
    full: int
    partial: int
    none: int

    def clash(self, other: "RatedStatement") -> int:
        """Return the units that two statements rate differently."""
        return (
            self.full & (other.partial | other.none)
            | self.partial & (other.full | other.none)
            | self.none & (other.full | other.partial)
        )


def rate_statement(statement: Statement, period: Period, units: LevelUnits) -> RatedStatement:
    """Say what a statement rates, and when."""
    where = units.all if statement.territories is None else units.of(statement.territories)
    # "Full" and "none" without territories contradict "not everywhere": all rate one further unit that stands for the whole.
    whole = (units.all + 1) * (units.is_located and statement.territories is None)
    rates = whole if units.says_not_where(statement) else where | whole
    return RatedStatement(
        (period.starts or date.min).toordinal(),
        (period.ends or date.max).toordinal() + 1,
        *(rates if statement.extent is extent else 0 for extent in Extent),
    )


def find_clashes(rated: Sequence[RatedStatement]) -> Iterator[tuple[int, int]]:
    """Find pairs of statements that rate a unit differently on one day: the index of the later one, and of the other.

    Goes from day to day with the units that each extent has on it: most lists are clean, and some are long.
    """
    in_force = [(n, row) for n, row in enumerate(rated) if row.starts < row.until]
    events = [(row.starts, True, n) for n, row in in_force]
    events += [(row.until, False, n) for n, row in in_force]
    full, partial, none = BitCounter(), BitCounter(), BitCounter()
    current: dict[int, RatedStatement] = {}
    for _, begins, number in sorted(events):
        row = rated[number]
        if begins:
            all_now = RatedStatement(row.starts, row.until, full.once, partial.once, none.once)
            if row.clash(all_now):
                for n, other in current.items():
                    if row.clash(other):
                        yield max(number, n), min(number, n)
            full.add(row.full)
            partial.add(row.partial)
            none.add(row.none)
            current[number] = row
        else:
            full.remove(row.full)
            partial.remove(row.partial)
            none.remove(row.none)
            del current[number]
