"""What two datasets do not say alike, in coverage and in their records, key by key; and what an imported table leaves unsaid."""

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
    Extent,
    Instrument,
    Plain,
    Quadrant,
    Statement,
    SwotItem,
    keys_of,
    plain,
    statements_in_short,
)


class DatasetSection(enum.StrEnum):
    """The parts of a dataset whose records are compared; DATASET is the frame, such as its title."""

    INSTRUMENTS = "instruments"
    SWOT = "swot"
    OBSERVATIONS = "observations"
    ASSESSED = "assessed"
    ACCEPTED_GAPS = "accepted_gaps"
    DATASET = "dataset"
    LEVELS = "levels"
    ROLES = "roles"
    KINDS = "kinds"
    TARGETS = "targets"
    SOURCES = "sources"


class EditKind(enum.StrEnum):
    """What became of a record."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


STATEMENTS = "statements"
"""The key of an observation that is several statements, before or after."""

STATEMENT = "statement"
"""The key of one of several statements."""


class KeyEdit(NamedTuple):
    """A key of a record that is not as it was; None where it is not given. A cover is ``covers.role@level``."""

    key: str
    before: Plain
    after: Plain

    @property
    def parts(self) -> tuple["KeyEdit", ...]:
        """The keys of a cover that are not as they were; none where the whole cover was added or removed.

        Where there are several statements on a side, those that are not as they were, each as the key STATEMENT.
        """
        if not self.is_of_statements or None in (self.before, self.after):
            return ()
        if isinstance(self.before, list) or isinstance(self.after, list):
            return tuple(_statement_edits(_listed(self.before), _listed(self.after)))
        return tuple(_key_edits(_keys_of_statement(self.before), _keys_of_statement(self.after)))

    @property
    def is_of_statements(self) -> bool:
        """Whether the key holds what is said of a cell."""
        return self.key.startswith("covers.") or self.key in (STATEMENTS, STATEMENT)


class RecordEdit(NamedTuple):
    """A record that is not as it was: by its id, its key in the section, or its cell; ``label`` is its name.

    ``keys`` is empty where the whole record was added or removed. ``extents``: how far an observation went and goes.
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
    """Two datasets under one question: the cells and the records that are not the same.

    ``may_widen``: it is meant that statements name no territories any more.
    """

    comparison: Comparison
    edits: tuple[RecordEdit, ...]
    may_widen: bool = False

    @property
    def regressions(self) -> tuple[CellChange, ...]:
        """The cells of which something was lost, or that are better by a statement that lost its territories."""
        return tuple(
            change
            for change in self.comparison.changes
            if change.is_loss or (change.widened and not self.may_widen)
        )

    @property
    def has_changed(self) -> bool:
        """Whether anything is not the same."""
        return bool(self.comparison.changes or self.edits)


def find_difference(before: Matrix, after: Matrix) -> Difference:
    """Compare the cells that two matrices show, and all records of their datasets."""
    return Difference(compare(before, after), find_edits(before.dataset, after.dataset))


def find_edits(before: Dataset, after: Dataset) -> tuple[RecordEdit, ...]:
    """List the records of which two datasets do not say the same.

    Section by section; in each those of *after* in file order, then what was removed. The order of records is no
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
    """Return what a statement says, by key: one that says nothing else is its extent."""
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
"""What a statement says, by key."""

WHERE_AND_WHEN = ("territories", "starts", "ends")

LIKENESSES: tuple[tuple[str, ...], ...] = (
    ("extent", *WHERE_AND_WHEN, "note", "sources"),
    WHERE_AND_WHEN,
    ("territories",),
)
"""Keys in which two statements must agree to be one, the surest first."""


def pair_statements(
    before: Sequence[StatementKeys],
    after: Sequence[StatementKeys],
    likenesses: Iterable[Sequence[str]],
) -> dict[int, int]:
    """Find each statement of *after* in *before*: statements have no names, so they go by what they say.

    Returns:
        Their indices in *before*, by that in *after*; what has no match is left out.
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
    # The order of codes says nothing.
    if isinstance(value, Mapping):
        return tuple((key, _hashable(part, is_set=is_set)) for key, part in sorted(value.items()))
    if isinstance(value, list):
        parts = [_hashable(part, is_set=is_set) for part in value]
        return tuple(sorted(map(str, parts)) if is_set else parts)
    return value


def may_have_stated(source: str | None, statement: Statement) -> bool:
    """Tell whether a table may have said all of a statement: it cites the table alone.

    Its instrument's sources do not count: a table that adds itself to them has not said what stood there without a source.

    Args:
        source: The key of the source that the table is; None: it is cited nowhere, and may have said anything.
        statement: The statement.
    """
    return source is None or {citation.ref for citation in statement.sources} == {source}


def may_have_listed(source: str | None, instrument: Instrument) -> bool:
    """Tell whether an instrument may have come from a table: all of its statements have, and there are some."""
    statements = list(chain(*instrument.covers.values()))
    return source is None or (
        bool(statements) and all(may_have_stated(source, statement) for statement in statements)
    )


class Unlisted(NamedTuple):
    """What a dataset says and a table does not: whole instruments, covers of others, and observations."""

    instruments: tuple[Instrument, ...] = ()
    covers: tuple[tuple[Instrument, Cell], ...] = ()
    observations: tuple[Cell, ...] = ()


class TableContents(NamedTuple):
    """What a table speaks of.

    ``rows`` are those that are read, ``left_out`` those that are not, by the reason: "where …". ``covers`` are the cells of the
    covers of each instrument, by its id. ``is_part``: it is known to hold only some of the cells.
    ``source`` is the key of the source that the table is: then what others have said is not looked for in it.
    """

    rows: int
    left_out: Mapping[str, int]
    covers: Mapping[str, Collection[Cell]]
    observations: Collection[Cell]
    is_part: bool = False
    source: str | None = None

    def unlisted(self, dataset: Dataset) -> Unlisted:
        """Return what of a dataset is not in the table; nothing where the table is known to be a part."""
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
