"""How two datasets differ, in coverage and in their records, key by key."""

import enum
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeGuard

from clustergap.analysis.matrix import CellChange, Comparison, Matrix, build_matrix, compare
from clustergap.analysis.paired_statements import LIKENESSES, pair_statements
from clustergap.model.dataset import (
    DEFAULTS,
    Dataset,
    Instrument,
    Plain,
    keys_of,
    plain,
    statements_in_short,
)
from clustergap.model.other_ids import NO_IDS, Ids, OtherIds, own_codes, with_other_ids
from clustergap.model.places import Unit
from clustergap.model.statement import Extent, Statement
from clustergap.model.swot import Quadrant, SwotItem
from clustergap.reference.territories import ancestors


class DatasetSection(enum.StrEnum):
    """The parts of a dataset whose records are compared; DATASET holds the dataset's own keys, such as its title.

    PLACES holds only places of the data's own that were renamed: what else happens to places is told of their levels.
    """

    INSTRUMENTS = "instruments"
    SWOT = "swot"
    OBSERVATIONS = "observations"
    ASSESSED = "assessed"
    ACCEPTED_GAPS = "accepted_gaps"
    DATASET = "dataset"
    LEVELS = "levels"
    PLACES = "places"
    GROUPS = "groups"
    ROLES = "roles"
    KINDS = "kinds"
    TARGETS = "targets"
    SOURCES = "sources"


class EditKind(enum.StrEnum):
    """What happened to a record."""

    ADDED = "added"
    RENAMED = "renamed"
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
    ``was``: its id before, if it was renamed; what else of it changed is in ``keys``.
    """

    section: DatasetSection
    id: str
    label: str
    kind: EditKind
    keys: tuple[KeyEdit, ...] = ()
    extents: tuple[Extent, ...] = ()
    was: str | None = None


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
    """Compare the cells that two matrices show, and all records of their datasets.

    Where records were renamed, both sides speak of them by their new ids, and show what either of them shows.
    """
    ids = find_renamed(before.dataset, after.dataset)
    if any(ids):
        dataset = with_other_ids(before.dataset, ids)
        shown = (
            {ids.roles.get(role.id, role.id) for role in (*before.roles, *after.roles)},
            {ids.levels.get(level.id, level.id) for level in (*before.levels, *after.levels)},
        )
        before = build_matrix(dataset, ids.query(before.query)).select(*shown)
        after = build_matrix(after.dataset, ids.query(after.query)).select(*shown)
    edits = _all_edits(before.dataset, after.dataset, ids)
    return Difference(compare(before, after), edits)


def find_edits(before: Dataset, after: Dataset) -> tuple[RecordEdit, ...]:
    """List the records that differ in two datasets, section by section.

    In each section those of *after* come first, in file order, then what was removed. The order of records is no
    difference, and neither is what names a renamed record by its new id.
    """
    ids = find_renamed(before, after)
    return _all_edits(with_other_ids(before, ids), after, ids)


def find_renamed(before: Dataset, after: Dataset) -> OtherIds:
    """Find the new ids of records that have the same name as before, and of instruments the same covers too.

    A source's name is its title, that of a SWOT item its text. A place of the data's own was renamed at its level, with what lies
    in it. Where several could be meant, none was renamed.
    """
    sections = [section for section in DatasetSection if section.value in OtherIds._fields]
    pairs = {
        section.value: dict(_same_names(_records(before, section), _records(after, section)))
        for section in sections
        if section is not DatasetSection.PLACES
    }
    instruments = pairs.pop("instruments")
    ids = OtherIds(**pairs, places=_renamed_places(before, after, pairs["levels"]))
    if not instruments:
        return ids
    candidates = ids._replace(instruments=instruments)
    was = {one.id: one.covers for one in with_other_ids(before, candidates).instruments}
    same = {one.id for one in after.instruments if was.get(one.id) == one.covers}
    return ids._replace(instruments={old: new for old, new in instruments.items() if new in same})


def _same_names(
    before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    gone, new = (
        _by_single_name({id_: record for id_, record in side.items() if id_ not in other})
        for side, other in ((before, after), (after, before))
    )
    return ((gone[name], id_) for name, id_ in new.items() if name in gone)


def _by_single_name(records: Mapping[str, object]) -> Mapping[str, str]:
    names = Counter(map(_name, records.values()))
    return {name: id_ for id_, record in records.items() if names[name := _name(record)] == 1}


def _renamed_places(before: Dataset, after: Dataset, levels: Ids) -> Ids:
    """Find the new codes of places that have the same name at the same level as before, of what lies in them and around them."""
    was, is_now = ({*own_codes(side)} for side in (before, after))
    gone, new = was - is_now, is_now - was
    earlier, later = (
        _single_place_names(side, codes, ids)
        for side, codes, ids in ((before, gone, levels), (after, new, NO_IDS))
    )
    named = {earlier[name]: code for name, code in later.items() if name in earlier}
    outer = _places_around(named)
    known = {**outer, **named}
    # Of several places around one the narrowest, which comes last.
    inner = {
        code: known[around] + code.removeprefix(around)
        for code in gone - known.keys()
        for around in reversed(ancestors(code))
        if around in known
    }
    pairs = {old: code for old, code in {**inner, **known}.items() if old in gone and code in new}
    bearers = Counter(pairs.values())
    return {old: code for old, code in sorted(pairs.items()) if bearers[code] == 1}


def _single_place_names(
    dataset: Dataset, codes: Collection[str], levels: Ids
) -> Mapping[tuple[str, str], str]:
    named = [
        ((levels.get(level.id, level.id), item.name), item.code)
        for level in dataset.levels
        for item in level.units.items
        if isinstance(item, Unit) and item.name and item.code in codes
    ]
    names = Counter(name for name, _ in named)
    return {name: code for name, code in named if names[name] == 1}


def _places_around(named: Ids) -> Ids:
    """Return the new codes of what renamed places lie in: if the ends of all codes there stay the same, it was renamed itself."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for old, new in named.items():
        for around, other in zip(ancestors(old), ancestors(new), strict=False):
            is_itself = old.removeprefix(around) == new.removeprefix(other)
            found[around].add(other if is_itself else around)
    return {old: code for old, (code, *more) in found.items() if not more}


def _place_edits(after: Dataset, places: Ids) -> Iterator[RecordEdit]:
    # What lies in a renamed place has its code from it.
    for old, new in places.items():
        if not any(around in places for around in ancestors(old)):
            label = after.place_names.get(new, "")
            yield RecordEdit(DatasetSection.PLACES, new, label, EditKind.RENAMED, was=old)


def _all_edits(before: Dataset, after: Dataset, ids: OtherIds) -> tuple[RecordEdit, ...]:
    # Of datasets that speak of renamed records by the same ids.
    return tuple(
        edit
        for section in DatasetSection
        for edit in (
            _place_edits(after, ids.places)
            if section is DatasetSection.PLACES
            else _edits(
                section,
                _records(before, section),
                _records(after, section),
                {new: old for old, new in getattr(ids, section.value, NO_IDS).items()},
            )
        )
    )


def _edits(
    section: DatasetSection,
    before: Mapping[str, object],
    after: Mapping[str, object],
    earlier_ids: Ids,
) -> Iterator[RecordEdit]:
    for id_, record in after.items():
        label, was = _label(record), earlier_ids.get(id_)
        if id_ not in before:
            yield RecordEdit(section, id_, label, EditKind.ADDED)
        elif was is not None or record != before[id_]:
            keys = tuple(_key_edits(*_both_keys(before[id_], record)))
            extents = tuple(
                side[0].extent for side in (before[id_], record) if _is_statement(side)
            )
            kind = EditKind.CHANGED if was is None else EditKind.RENAMED
            if keys or was is not None:
                yield RecordEdit(section, id_, label, kind, keys, extents, was)
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
        case DatasetSection.PLACES:
            return {}
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
    return record.label if isinstance(record, Instrument) else _name(record)


def _name(record: object) -> str:
    if isinstance(record, _QuadrantItem):
        return record.item.text
    return str(getattr(record, "name", getattr(record, "title", "")))
