"""What was edited between two datasets, record by record: added, removed, or which of its keys changed."""

import enum
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeGuard

from clustergap.analysis.pairing import LIKENESSES, pair
from clustergap.model.dataset import Dataset, Extent, Instrument, Quadrant, Statement, SwotItem
from clustergap.model.plain import DEFAULTS, Plain, keys_of, plain, statements_in_short


class Section(enum.StrEnum):
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


class Became(enum.StrEnum):
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
        return tuple(_key_edits(said(self.before), said(self.after)))

    @property
    def is_of_statements(self) -> bool:
        """Whether the key holds what is said of a cell."""
        return self.key.startswith("covers.") or self.key in (STATEMENTS, STATEMENT)


class Edit(NamedTuple):
    """A record that is not as it was: by its id, its key in the section, or its cell; ``label`` is its name.

    ``keys`` is empty where the whole record was added or removed. ``extents``: how far an observation went and goes.
    """

    section: Section
    id: str
    label: str
    what: Became
    keys: tuple[KeyEdit, ...] = ()
    extents: tuple[Extent, ...] = ()


class _Item(NamedTuple):
    """A SWOT item in its quadrant."""

    quadrant: Quadrant
    item: SwotItem


def find_edits(before: Dataset, after: Dataset) -> tuple[Edit, ...]:
    """List the records of which two datasets do not say the same.

    Section by section; in each those of *after* in file order, then what was removed. The order of records is no
    difference.
    """
    return tuple(
        edit
        for section in Section
        for edit in _edits(section, _records(before, section), _records(after, section))
    )


def _edits(
    section: Section, before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[Edit]:
    for id_, record in after.items():
        if id_ not in before:
            yield Edit(section, id_, _label(record), Became.ADDED)
        elif record != before[id_]:
            keys = tuple(_key_edits(*_both_keys(before[id_], record)))
            if keys:
                extents = tuple(
                    one[0].extent for one in (before[id_], record) if _is_statement(one)
                )
                yield Edit(section, id_, _label(record), Became.CHANGED, keys, extents)
    for id_, record in before.items():
        if id_ not in after:
            yield Edit(section, id_, _label(record), Became.REMOVED)


def _key_edits(before: Mapping[str, Plain], after: Mapping[str, Plain]) -> Iterator[KeyEdit]:
    for key in dict.fromkeys([*after, *before]):
        was, is_now = (record.get(key, DEFAULTS.get(key)) for record in (before, after))
        edit = KeyEdit(key, was, is_now)
        # The order of statements is no difference.
        is_moved = isinstance(was, list) and isinstance(is_now, list) and edit.is_of_statements
        if was != is_now and (edit.parts or not is_moved):
            yield edit


def said(statement: Plain) -> Mapping[str, Plain]:
    """Return what a statement says, by key: one that says nothing else is its extent."""
    return statement if isinstance(statement, dict) else {"extent": statement}


def _listed(statements: Plain) -> list[Plain]:
    return statements if isinstance(statements, list) else [statements]


def _statement_edits(before: list[Plain], after: list[Plain]) -> Iterator[KeyEdit]:
    was, is_now = (
        [{"extent": DEFAULTS["extent"], **said(one)} for one in side] for side in (before, after)
    )
    pairs = pair(was, is_now, (*LIKENESSES, ("extent", "starts", "ends")))
    for index, one in enumerate(after):
        if index not in pairs:
            yield KeyEdit(STATEMENT, None, one)
        elif any(True for _ in _key_edits(was[pairs[index]], is_now[index])):
            yield KeyEdit(STATEMENT, before[pairs[index]], one)
    kept = set(pairs.values())
    for index, one in enumerate(before):
        if index not in kept:
            yield KeyEdit(STATEMENT, one, None)


def _records(dataset: Dataset, section: Section) -> Mapping[str, object]:
    match section:
        case (
            Section.INSTRUMENTS | Section.LEVELS | Section.ROLES | Section.KINDS | Section.TARGETS
        ):
            return {record.id: record for record in getattr(dataset, section.value)}
        case Section.SWOT:
            return {
                item.id: _Item(quadrant, item)
                for quadrant, items in dataset.swot.items()
                for item in items
            }
        case Section.ASSESSED:
            return {str(at): {"territories": plain(c)} for at, c in dataset.assessed.items()}
        case Section.OBSERVATIONS | Section.ACCEPTED_GAPS | Section.SOURCES:
            return {str(key): record for key, record in getattr(dataset, section.value).items()}
        case Section.DATASET:
            frame = {"title": dataset.title, "as_of": plain(dataset.as_of)}
            return {"dataset": {key: value for key, value in frame.items() if value is not None}}


def _both_keys(before: object, after: object) -> tuple[Mapping[str, Plain], Mapping[str, Plain]]:
    if isinstance(before, tuple) and isinstance(after, tuple) and not isinstance(after, _Item):
        if not (_is_statement(before) and _is_statement(after)):
            return _statements(before), _statements(after)
        before, after = before[0], after[0]
    return _keys(before), _keys(after)


def _statements(record: tuple[Statement, ...]) -> Mapping[str, Plain]:
    return {STATEMENTS: statements_in_short(record)}


def _is_statement(record: object) -> TypeGuard[tuple[Statement]]:
    return isinstance(record, tuple) and len(record) == 1 and isinstance(record[0], Statement)


def _keys(record: object) -> Mapping[str, Plain]:
    if isinstance(record, _Item):
        return {"quadrant": record.quadrant.value, **keys_of(record.item)}
    return record if isinstance(record, dict) else keys_of(record)


def _label(record: object) -> str:
    if isinstance(record, Instrument):
        return record.label
    if isinstance(record, _Item):
        return record.item.text
    return str(getattr(record, "name", getattr(record, "title", "")))
