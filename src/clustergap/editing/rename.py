"""Another id for a record: written wherever the files of a dataset name it, and nowhere else."""

import enum
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from clustergap.editing.destination import Destination, dataset_with, encode_as, paths_of
from clustergap.errors import ClusterGapError
from clustergap.loading.loader import Loaded
from clustergap.model.dataset import Dataset
from clustergap.model.other_ids import OtherIds, own_codes, with_other_ids
from clustergap.model.record import (
    CODE_LENGTH,
    CODE_PATTERN,
    ID_LENGTH,
    ID_PATTERN,
    OF_FILE,
    PATTERNS,
    key_in_file,
)
from clustergap.model.swot import Quadrant
from clustergap.reference.territories import ancestors, listed_name
from clustergap.text import count, did_you_mean, either, one_of, quote
from clustergap.yaml_edit.edit import KeyPath, respell_yaml


class RecordKind(enum.StrEnum):
    """What may get another id; with a colon the word before it on the command line."""

    ROLE = "role"
    LEVEL = "level"
    INSTRUMENT = "instrument"
    KIND = "kind"
    TARGET = "target"
    SOURCE = "source"
    GROUP = "group"
    PLACE = "place"
    SWOT = "swot"

    @property
    def noun(self) -> str:
        """The word for one of them in a sentence."""
        return {"swot": "SWOT item", "kind": "kind of instruments", "target": "target group"}.get(
            self.value, self.value
        )


class RecordId(NamedTuple):
    """A record by its kind and its id in the dataset, in which a fragment's source has the file's name (``ro/survey``)."""

    kind: RecordKind
    id: str

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.id}"


class Renaming(NamedTuple):
    """A record with a new id: the files to write, the dataset after that, and how often each file names the record."""

    record: RecordId
    new: str
    written: Mapping[Path, bytes]
    after: Dataset
    uses: Mapping[Path, int]


ANY = "*"
"""In a path: any key of a mapping whose keys are cells, levels or sources."""

_QUADRANTS = [(quadrant.value,) for quadrant in Quadrant]
_SWOT_LINKS = [*_QUADRANTS, *((*quadrant, "meant") for quadrant in _QUADRANTS)]
_STATEMENTS: Sequence[KeyPath] = (("instruments", "covers", ANY), ("observations", ANY))
_PLACES: Sequence[KeyPath] = (
    *((*path, "territories") for path in _STATEMENTS),
    *((*path, "territories", "except") for path in _STATEMENTS),
    ("assessed", ANY),
    ("territories",),
)
_CITING: Sequence[KeyPath] = (("instruments",), ("groups",), *_QUADRANTS, *_STATEMENTS)

USES: Mapping[RecordKind, frozenset[KeyPath]] = {
    RecordKind.ROLE: frozenset({("roles", "id"), *((*path, "roles") for path in _SWOT_LINKS)}),
    RecordKind.LEVEL: frozenset(
        {("levels", "id"), ("assessed", None), *((*path, "levels") for path in _SWOT_LINKS)}
    ),
    RecordKind.INSTRUMENT: frozenset(
        {
            *(("instruments", key) for key in ("id", "part_of", "funded_by", "succeeded_by")),
            *((*path, "instruments") for path in _SWOT_LINKS),
        }
    ),
    RecordKind.KIND: frozenset({("kinds", "id"), ("instruments", "kind")}),
    RecordKind.TARGET: frozenset({("targets", "id"), ("instruments", "targets")}),
    RecordKind.SOURCE: frozenset(
        {("sources", None), *((*path, "sources", "ref") for path in _CITING)}
    ),
    RecordKind.GROUP: frozenset({("groups", "id"), *_PLACES}),
    RecordKind.PLACE: frozenset(
        {
            ("levels", "territories"),
            ("levels", "territories", "code"),
            ("groups", "territories"),
            *_PLACES,
        }
    ),
    RecordKind.SWOT: frozenset((*quadrant, "id") for quadrant in _QUADRANTS),
}
"""Where files name a record of a kind by its id; None at the end of a path: as a key of the mapping there."""

CELLS: frozenset[KeyPath] = frozenset(
    {
        ("instruments", "covers", None),
        ("observations", None),
        ("assessed", None),
        ("accepted_gaps", None),
        *((*path, "cells") for path in _SWOT_LINKS),
    }
)
"""Where files write cells, which name a role and a level."""

_KEYED: Sequence[KeyPath] = (
    ("instruments", "covers"),
    ("observations",),
    ("assessed",),
    ("accepted_gaps",),
    ("sources",),
)


def place_of(path: KeyPath) -> KeyPath:
    """Return the path of a scalar with ``ANY`` for keys that are cells, levels or sources.

    >>> place_of(("instruments", "covers", "social-economy@eu", "note"))
    ('instruments', 'covers', '*', 'note')
    """
    for keyed in _KEYED:
        length = len(keyed)
        if path[:length] == keyed and len(path) > length and path[length] is not None:
            return (*keyed, ANY, *path[length + 1 :])
    return path


def find_record(dataset: Dataset, word: str) -> RecordId:
    """Find the record that an id means, such as ``dih`` or ``instrument:dih``.

    Raises:
        ClusterGapError: No record has this id, or records of several kinds have it.
    """
    prefix, colon, id_ = word.partition(":")
    is_sure = bool(colon) and prefix in {*RecordKind}
    kinds = [RecordKind(prefix)] if is_sure else [*RecordKind]
    ids = ids_by_kind(dataset)
    wanted = id_ if is_sure else word
    found = [RecordId(kind, wanted) for kind in kinds if wanted in ids[kind]]
    if RecordKind.SOURCE in kinds and not (is_sure and found):
        # As a fragment writes the key of its source.
        found += [
            RecordId(RecordKind.SOURCE, key)
            for key in ids[RecordKind.SOURCE]
            if key != wanted and key_in_file(key) == wanted
        ]
    if len(found) == 1:
        return found[0]
    if found:
        raise ClusterGapError(f"{quote(word)} is several: write {either([*map(str, found)])}")
    known = {id_: None for kind in kinds for id_ in ids[kind]}
    noun = f"{kinds[0].noun} has" if is_sure else "record of this dataset has"
    raise ClusterGapError(f"no {noun} the id {quote(wanted)}{_meant(wanted, known, dataset)}")


def _meant(word: str, ids: Iterable[str], dataset: Dataset) -> str:
    if listed_name(word) is not None:
        return ": it is a code of the lists, which is nobody's to change"
    named = (dataset.roles, dataset.levels, dataset.instruments, dataset.kinds, dataset.targets)
    by_name = [record.id for records in named for record in records if record.name == word]
    if by_name:
        return f": it is the name of {one_of(by_name)}"
    hint = did_you_mean(word, ids)
    return f": {hint}" if hint else ""


def ids_by_kind(dataset: Dataset) -> Mapping[RecordKind, Mapping[str, None]]:
    """Return the ids of a dataset, by what has them; kinds and targets need no vocabulary."""
    instruments = dataset.instruments
    found: dict[RecordKind, Iterable[str]] = {
        RecordKind.ROLE: (role.id for role in dataset.roles),
        RecordKind.LEVEL: (level.id for level in dataset.levels),
        RecordKind.INSTRUMENT: (instrument.id for instrument in instruments),
        RecordKind.KIND: (
            *(kind.id for kind in dataset.kinds),
            *(instrument.kind for instrument in instruments if instrument.kind),
        ),
        RecordKind.TARGET: (
            *(target.id for target in dataset.targets),
            *(target for instrument in instruments for target in instrument.targets),
        ),
        RecordKind.SOURCE: dataset.sources,
        RecordKind.GROUP: dataset.groups_by_id,
        RecordKind.PLACE: own_codes(dataset),
        RecordKind.SWOT: (item.id for items in dataset.swot.values() for item in items),
    }
    return {kind: dict.fromkeys(ids) for kind, ids in found.items()}


def rename_record(destination: Destination, record: RecordId, new: str) -> Renaming:
    """Plan another id for a record.

    A place of the dataset's own keeps what lies in it: ``P1-A`` becomes ``P2-A`` with ``P1``.

    Args:
        destination: The dataset.
        record: The record, as ``find_record`` finds it.
        new: Its new id; of a source, as its file is to write it.

    Raises:
        ClusterGapError: The new id is not valid, is in use, or would make an error of the data.
    """
    loaded = destination.loaded
    assert loaded is not None  # noqa: S101 - only a dataset that is read has a record
    _check_new(loaded.dataset, record, new)
    uses: dict[Path, int] = {}
    written: dict[Path, bytes] = {}
    for number, path in enumerate(paths_of(destination.files)):
        if record.kind is RecordKind.SOURCE and not _is_seen_in(loaded, record.id, number):
            continue
        text = loaded.sources.files[number].text
        if key_in_file(record.id) not in text and "\\" not in text:
            continue
        respelt, times = respell_yaml(text, key_in_file(record.id), _respelling(record, new))
        if times:
            uses[path] = times
            written[path] = encode_as(destination.data[path], respelt)
    after = dataset_with(destination, written)
    if after != _with_new_id(loaded.dataset, record, new):
        raise AssertionError(
            "a new id would change what the data say"
        )  # a defect: nothing is written
    return Renaming(record, new, written, after, uses)


def in_words(renaming: Renaming, *, is_dry: bool) -> Iterator[str]:
    """Say which id a record has now, or would have, and how often the files name it: a title, then a sentence."""
    record, uses = renaming.record, renaming.uses
    does = "would become" if is_dry else "is now"
    yield f"The id of the {record.kind.noun} {quote(record.id)} {does} {quote(renaming.new)}"
    yield f"It stands {count(sum(uses.values()), 'time')} in {count(len(uses), 'file')}."


_SECTIONS = {
    RecordKind.ROLE: "roles",
    RecordKind.LEVEL: "levels",
    RecordKind.INSTRUMENT: "instruments",
    RecordKind.KIND: "kinds",
    RecordKind.TARGET: "targets",
    RecordKind.SOURCE: "sources",
    RecordKind.GROUP: "groups",
    RecordKind.PLACE: "places",
    RecordKind.SWOT: "swot",
}


def _with_new_id(dataset: Dataset, record: RecordId, new: str) -> Dataset:
    if record.kind is RecordKind.PLACE:
        codes = {*own_codes(dataset)}
        ids = {old: new + old.removeprefix(record.id) for old in codes if _lies_in(old, record.id)}
    else:
        ids = {record.id: record.id.rpartition(key_in_file(record.id))[0] + new}
    return with_other_ids(dataset, OtherIds(**{_SECTIONS[record.kind]: ids}))


def _check_new(dataset: Dataset, record: RecordId, new: str) -> None:
    kind, old = record
    is_code = kind is RecordKind.PLACE
    pattern, longest = (CODE_PATTERN, CODE_LENGTH) if is_code else (ID_PATTERN, ID_LENGTH)
    if not re.fullmatch(pattern, new) or len(new) > longest:
        length = "" if is_code else f", {longest} characters at most"
        raise ClusterGapError(f"{quote(new)} is not {PATTERNS[pattern]}{length}")
    if new == key_in_file(old):
        raise ClusterGapError(f"{quote(new)} is the id of this {kind.noun} already")
    if kind is RecordKind.SOURCE:
        others = [key for key in dataset.sources if _meet(old, key)]
        is_used = new in map(key_in_file, others)
    else:
        is_used = any(
            _lies_in(id_, new) if is_code else id_ == new for id_ in ids_by_kind(dataset)[kind]
        )
    if is_used:
        raise ClusterGapError(f"{quote(new)} is already the id of another {kind.noun}")
    if not is_code:
        return
    if listed_name(new) is not None:
        raise ClusterGapError(f"{quote(new)} is a code of the lists: {listed_name(new)}")
    if ancestors(new) != ancestors(old):
        around = ancestors(old)
        within = f"in {quote(around[0])}" if around else "in no other place"
        raise ClusterGapError(
            f"{quote(old)} lies {within} by its code, and {quote(new)} does not: that would change what is asked of places"
        )


def _meet(key: str, other: str) -> bool:
    # Whether a file sees both sources: two fragments may use one key for different sources.
    files = {of.rpartition(OF_FILE)[0] for of in (key, other)}
    return len(files) == 1 or "" in files


def _lies_in(code: str, other: str) -> bool:
    return code == other or code.startswith(f"{other}-")


def _is_seen_in(loaded: Loaded, key: str, number: int) -> bool:
    """Tell whether a file means this source by its key, and not one of its own."""
    origins = loaded.sources.origins
    own = {of: file for (section, of, *_), file in origins.owners.items() if section == "sources"}
    if own[key] == number or key != key_in_file(key):
        return own[key] == number
    return not any(file == number and key_in_file(str(of)) == key for of, file in own.items())


def _respelling(record: RecordId, new: str) -> Callable[[KeyPath, str], str | None]:
    kind, old = record.kind, key_in_file(record.id)
    in_cells = kind in (RecordKind.ROLE, RecordKind.LEVEL)

    def respell(path: KeyPath, text: str) -> str | None:
        place = place_of(path)
        if in_cells and place in CELLS and "@" in text:
            role, level = text.split("@")
            parts = (role, level) if kind is RecordKind.ROLE else (level, role)
            if parts[0] != old:
                return None
            return f"{new}@{level}" if kind is RecordKind.ROLE else f"{role}@{new}"
        if place not in USES[kind]:
            return None
        if kind is RecordKind.PLACE and _lies_in(text, old):
            return new + text.removeprefix(old)
        return new if text == old else None

    return respell
