"""How two datasets differ, in coverage and in their records, key by key; and what of a dataset an imported table lacks."""

import enum
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, TypeGuard

from clustergap.analysis.matrix import CellChange, Comparison, Matrix, compare
from clustergap.model.cell import Cell
from clustergap.model.dataset import (
    DEFAULTS,
    Dataset,
    Instrument,
    Plain,
    keys_of,
    plain,
    statements_in_short,
)
from clustergap.model.statement import Extent, Statement
from clustergap.model.swot import Quadrant, SwotItem


class DatasetSection(enum.StrEnum):
    """The parts of a dataset whose records are compared; DATASET holds the dataset's own keys, such as its title."""

    INSTRUMENTS = "instruments"
    SWOT = "swot"
    OBSERVATIONS = "observations"
    ASSESSED = "assessed"
    ACCEPTED_GAPS = "accepted_gaps"
    DATASET = "dataset"
    LEVELS = "levels"
    GROUPS = "groups"
    ROLES = "roles"
    KINDS = "kinds"
    TARGETS = "targets"
    SOURCES = "sources"


class EditKind(enum.StrEnum):
    """What happened to a record."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


STATEMENTS = "statements"
"""The key of an observation that has several statements, before or after."""

STATEMENT = "statement"
"""The key of one of several statements."""


class KeyEdit(NamedTuple):
    """A key of a record whose value changed; None: the key is absent. The key of a cover is ``covers.role@level``."""

    key: str
    before: Plain
    after: Plain

    @property
    def parts(self) -> tuple["KeyEdit", ...]:
        """The changed keys of a cover; none if the whole cover was added or removed.

        If a side has several statements, the changed statements, each under the key STATEMENT.
        """
        if not self.is_of_statements or None in (self.before, self.after):
            return ()
        if isinstance(self.before, list) or isinstance(self.after, list):
            return tuple(_statement_edits(_listed(self.before), _listed(self.after)))
        return tuple(_key_edits(_keys_of_statement(self.before), _keys_of_statement(self.after)))

    @property
    def is_of_statements(self) -> bool:
        """Whether the key holds statements about a cell."""
        return self.key.startswith("covers.") or self.key in (STATEMENTS, STATEMENT)


class RecordEdit(NamedTuple):
    """A changed record. ``id`` is its id, its key in the section, or its cell; ``label`` is its name.

    ``keys`` is empty if the whole record was added or removed. ``extents``: those of an observation, before and after.
    """

    section: DatasetSection
    id: str
    label: str
    kind: EditKind
    keys: tuple[KeyEdit, ...] = ()
    extents: tuple[Extent, ...] = ()


class _QuadrantItem(NamedTuple):
    """A SWOT item in its quadrant."""

    quadrant: Quadrant
    item: SwotItem


@dataclass(frozen=True, slots=True)
class Difference:
    """Two datasets under one query: the cells and the records that differ.

    ``may_widen``: statements may drop their territories; that is no regression.
    """

    comparison: Comparison
    edits: tuple[RecordEdit, ...]
    may_widen: bool = False

    @property
    def regressions(self) -> tuple[CellChange, ...]:
        """The cells that lost something, or that improved only because a statement dropped its territories."""
        return tuple(
            change
            for change in self.comparison.changes
            if change.is_loss or (change.widened and not self.may_widen)
        )

    @property
    def has_changed(self) -> bool:
        """Whether anything differs."""
        return bool(self.comparison.changes or self.edits)


def find_difference(before: Matrix, after: Matrix) -> Difference:
    """Compare the cells that two matrices show, and all records of their datasets."""
    return Difference(compare(before, after), find_edits(before.dataset, after.dataset))


def find_edits(before: Dataset, after: Dataset) -> tuple[RecordEdit, ...]:
    """List the records that differ in two datasets, section by section.

    In each section those of *after* come first, in file order, then what was removed. The order of records is no
    difference.
    """
    return tuple(
        edit
        for section in DatasetSection
        for edit in _edits(section, _records(before, section), _records(after, section))
    )


def _edits(
    section: DatasetSection, before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[RecordEdit]:
    for id_, record in after.items():
        if id_ not in before:
            yield RecordEdit(section, id_, _label(record), EditKind.ADDED)
        elif record != before[id_]:
            keys = tuple(_key_edits(*_both_keys(before[id_], record)))
            if keys:
                extents = tuple(
                    side[0].extent for side in (before[id_], record) if _is_statement(side)
                )
                yield RecordEdit(section, id_, _label(record), EditKind.CHANGED, keys, extents)
    for id_, record in before.items():
        if id_ not in after:
            yield RecordEdit(section, id_, _label(record), EditKind.REMOVED)


def _key_edits(before: Mapping[str, Plain], after: Mapping[str, Plain]) -> Iterator[KeyEdit]:
    for key in dict.fromkeys([*after, *before]):
        was, is_now = (record.get(key, DEFAULTS.get(key)) for record in (before, after))
        edit = KeyEdit(key, was, is_now)
        # The order of statements is no difference.
        is_moved = isinstance(was, list) and isinstance(is_now, list) and edit.is_of_statements
        if was != is_now and (edit.parts or not is_moved):
            yield edit


def _keys_of_statement(statement: Plain) -> Mapping[str, Plain]:
    """Return the keys of a statement; one that is written as its extent alone has only that key."""
    return statement if isinstance(statement, dict) else {"extent": statement}


def _listed(statements: Plain) -> list[Plain]:
    return statements if isinstance(statements, list) else [statements]


def _statement_edits(before: list[Plain], after: list[Plain]) -> Iterator[KeyEdit]:
    was, is_now = (
        [{"extent": DEFAULTS["extent"], **_keys_of_statement(statement)} for statement in side]
        for side in (before, after)
    )
    pairs = pair_statements(was, is_now, (*LIKENESSES, ("extent", "starts", "ends")))
    for index, statement in enumerate(after):
        if index not in pairs:
            yield KeyEdit(STATEMENT, None, statement)
        elif any(True for _ in _key_edits(was[pairs[index]], is_now[index])):
            yield KeyEdit(STATEMENT, before[pairs[index]], statement)
    kept = set(pairs.values())
    for index, statement in enumerate(before):
        if index not in kept:
            yield KeyEdit(STATEMENT, statement, None)


def _records(dataset: Dataset, section: DatasetSection) -> Mapping[str, object]:
    match section:
        case (
            DatasetSection.INSTRUMENTS
            | DatasetSection.LEVELS
            | DatasetSection.ROLES
            | DatasetSection.KINDS
            | DatasetSection.TARGETS
            | DatasetSection.GROUPS
        ):
            return {record.id: record for record in getattr(dataset, section.value)}
        case DatasetSection.SWOT:
            return {
                item.id: _QuadrantItem(quadrant, item)
                for quadrant, items in dataset.swot.items()
                for item in items
            }
        case DatasetSection.ASSESSED:
            return {str(at): {"territories": plain(c)} for at, c in dataset.assessed.items()}
        case DatasetSection.OBSERVATIONS | DatasetSection.ACCEPTED_GAPS | DatasetSection.SOURCES:
            return {str(key): record for key, record in getattr(dataset, section.value).items()}
        case DatasetSection.DATASET:
            head = {"title": dataset.title, "as_of": plain(dataset.as_of)}
            return {"dataset": {key: value for key, value in head.items() if value is not None}}


def _both_keys(before: object, after: object) -> tuple[Mapping[str, Plain], Mapping[str, Plain]]:
    if (
        isinstance(before, tuple)
        and isinstance(after, tuple)
        and not isinstance(after, _QuadrantItem)
    ):
        if not (_is_statement(before) and _is_statement(after)):
            return _statements(before), _statements(after)
        before, after = before[0], after[0]
    return _keys(before), _keys(after)


def _statements(record: tuple[Statement, ...]) -> Mapping[str, Plain]:
    return {STATEMENTS: statements_in_short(record)}


def _is_statement(record: object) -> TypeGuard[tuple[Statement]]:
    return isinstance(record, tuple) and len(record) == 1 and isinstance(record[0], Statement)


def _keys(record: object) -> Mapping[str, Plain]:
    if isinstance(record, _QuadrantItem):
        return {"quadrant": record.quadrant.value, **keys_of(record.item)}
    return record if isinstance(record, dict) else keys_of(record)


def _label(record: object) -> str:
    if isinstance(record, Instrument):
        return record.label
    if isinstance(record, _QuadrantItem):
        return record.item.text
    return str(getattr(record, "name", getattr(record, "title", "")))


StatementKeys = Mapping[str, object]
"""The keys of a statement, with their values."""

WHERE_AND_WHEN = ("territories", "starts", "ends", "seen")

LIKENESSES: tuple[tuple[str, ...], ...] = (
    ("extent", *WHERE_AND_WHEN, "note", "sources"),
    WHERE_AND_WHEN,
    ("territories",),
)
"""Keys in which two statements must agree to be the same one, the surest first."""


def pair_statements(
    before: Sequence[StatementKeys],
    after: Sequence[StatementKeys],
    likenesses: Iterable[Sequence[str]],
) -> dict[int, int]:
    """Find each statement of *after* in *before*. Statements have no ids, so they are matched by their keys.

    Returns:
        The index in *before* by the index in *after*; statements without a match are left out.
    """
    pairs: dict[int, int] = {}
    for keys in likenesses:
        _pair_by(keys, before, after, pairs)
    return pairs


def _pair_by(
    keys: Sequence[str],
    before: Sequence[StatementKeys],
    after: Sequence[StatementKeys],
    pairs: dict[int, int],
) -> None:
    taken = set(pairs.values())
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for index in reversed(range(len(before))):
        if index not in taken:
            waiting[_likeness(before[index], keys)].append(index)
    for index, statement in enumerate(after):
        if index not in pairs:
            alike = waiting[_likeness(statement, keys)]
            if alike:
                pairs[index] = alike.pop()


def _likeness(statement: StatementKeys, keys: Iterable[str]) -> Hashable:
    return tuple(_hashable(statement.get(key), is_set=key == "territories") for key in keys)


def _hashable(value: object, *, is_set: bool = False) -> Hashable:
    # The order of codes has no meaning.
    if isinstance(value, Mapping):
        return tuple((key, _hashable(part, is_set=is_set)) for key, part in sorted(value.items()))
    if isinstance(value, list):
        parts = [_hashable(part, is_set=is_set) for part in value]
        return tuple(sorted(map(str, parts)) if is_set else parts)
    return value


def may_have_stated(source: str | None, statement: Statement) -> bool:
    """Tell whether a statement may have come from a table: the statement cites the table alone.

    The sources of its instrument do not count: a table that adds itself to them did not write the older statements.

    Args:
        source: The key under which the table is a source; None: it is cited nowhere, so anything may have come from it.
        statement: The statement.
    """
    return source is None or {citation.ref for citation in statement.sources} == {source}


def may_have_listed(source: str | None, instrument: Instrument) -> bool:
    """Tell whether an instrument may have come from a table: it has statements, and all may have come from it."""
    statements = list(chain(*instrument.covers.values()))
    return source is None or (
        bool(statements) and all(may_have_stated(source, statement) for statement in statements)
    )


class Unlisted(NamedTuple):
    """What a dataset has and a table lacks: whole instruments, covers of other instruments, and observations."""

    instruments: tuple[Instrument, ...] = ()
    covers: tuple[tuple[Instrument, Cell], ...] = ()
    observations: tuple[Cell, ...] = ()


class TableContents(NamedTuple):
    """What a table contains.

    ``rows`` counts the rows that are read, ``left_out`` the others, by the reason: "where …". ``covers`` holds the cells that
    each instrument covers, by its id. ``is_part``: the table is known to hold only some of the cells.
    ``source`` is the key under which the table is a source: what cites other sources is not expected in it.
    """

    rows: int
    left_out: Mapping[str, int]
    covers: Mapping[str, Collection[Cell]]
    observations: Collection[Cell]
    is_part: bool = False
    source: str | None = None

    def unlisted(self, dataset: Dataset) -> Unlisted:
        """Return what of a dataset the table lacks; nothing if the table is known to be a part."""
        if self.is_part:
            return Unlisted()
        listed, unlisted = [], []
        for instrument in dataset.instruments:
            if instrument.id in self.covers:
                listed.append(instrument)
            elif may_have_listed(self.source, instrument):
                unlisted.append(instrument)
        return Unlisted(
            tuple(unlisted),
            tuple(
                (instrument, cell)
                for instrument in listed
                for cell, statements in instrument.covers.items()
                if cell not in self.covers[instrument.id] and self._may_have_stated(statements)
            ),
            tuple(
                cell
                for cell, statements in dataset.observations.items()
                if cell not in self.observations and self._may_have_stated(statements)
            ),
        )

    def _may_have_stated(self, statements: Iterable[Statement]) -> bool:
        return any(may_have_stated(self.source, statement) for statement in statements)
