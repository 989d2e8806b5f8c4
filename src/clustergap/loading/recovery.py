"""Saving what is right of a file or record: errors are located in its plain values and taken out of them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from clustergap.findings import DataPath
from clustergap.model.dataset import Quadrant

SPARE_ID = "no-id"
"""How the id of a record begins that has lost its own."""

_PLACEHOLDERS = {"name": "?", "title": "?", "text": "?", "reason": "?", "schema": "1"}
"""Required keys that no other record refers to: without them a record is wrong, but still there."""

_NAMELESS = ("levels", "roles")
"""Required lists of a file: without them it is wrong, but what does not depend on them can be judged."""

_SPEAKERS = frozenset(("instruments", *Quadrant))
"""Lists of records that say more than what they are: without their id they are judged still."""

_MOST_OF_ID = 64

_MOST_WHOLE = 2
"""Data paths up to this long are a file's key or a whole item of it."""

_OF_KEYS = ("unexpected_keyword_argument", "extra_forbidden")


class LocatedError(NamedTuple):
    """One of pydantic's errors, with the part of its location that the data itself has, and the value there.

    pydantic also names union members and key checks; a missing key is not there either. ``siblings`` are the keys
    of the mapping, if it stands in one.
    """

    path: DataPath
    value: object
    details: ErrorDetails
    siblings: Collection[object] = ()


def locate_errors(value: object, error: ValidationError) -> list[LocatedError]:
    """Return what is wrong in *value*, the plain values that *error* is about."""
    errors = (_locate(value, details) for details in error.errors(include_url=False))
    return [located for located in errors if not _is_artefact(located)]


def _locate(value: object, details: ErrorDetails) -> LocatedError:
    path: list[str | int] = []
    holder: object = None
    loc = details["loc"]
    if loc[-1:] == ("[key]",) and details["type"] not in _OF_KEYS:
        loc = loc[:-1]  # pydantic's mark of a bad key; there may be a key of that name below
    for part in loc:
        if _has(value, part):
            holder, value = value, value[part]  # type: ignore[index]  # it is a list or a mapping
            path.append(part)
    siblings = holder.keys() if isinstance(holder, dict) else ()
    return LocatedError(tuple(path), value, details, siblings)


def _has(value: object, part: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value


def _is_artefact(error: LocatedError) -> bool:
    # A list whose only item is wrong is not too short as well.
    return error.details["type"] == "too_short" and bool(error.value)


@dataclass(slots=True)
class OriginalPaths:
    """Where entries of recovered values stand in their file: under the key that was typed, at their own index.

    Attributes:
        names: The key that was typed, by the file's own data path with the key that is meant instead.
        kept: The indices of the items that are left, by the file's own data path of the list in a record.
    """

    names: dict[DataPath, str] = field(default_factory=dict)
    kept: dict[DataPath, list[int]] = field(default_factory=dict)

    def find(self, path: DataPath) -> DataPath:
        """Return the file's own data path of an entry of the recovered values."""
        if not (self.names or self.kept):
            return path
        own: DataPath = ()
        for part in path:
            kept = self.kept.get(own, ())
            if isinstance(part, int):
                own = (*own, kept[part] if part < len(kept) else part)
            else:
                # A statement that is left alone of a list stood at an index there.
                own = (*own, *kept) if len(kept) == 1 else own
                own = (*own, self.names.get((*own, part), part))
        return own

    def add_below(self, path: DataPath, others: "OriginalPaths") -> None:
        """Add those of the record at *path*."""
        self.names |= {(*path, *inner): typed for inner, typed in others.names.items()}
        self.kept |= {(*path, *inner): kept for inner, kept in others.kept.items()}


class Recovery:
    """Plain values that are changed, round by round, until they are right.

    ``kept`` holds, for each of the file's lists that lost an item, the indices of the others; ``damaged``
    the file's keys that lost anything whole; ``has_spare_id`` whether a record has an id that is not its own.
    """

    def __init__(self, value: dict[str, object], spare_id: str, *, is_of_file: bool) -> None:
        self.kept: dict[str, list[int]] = {}
        self.originals = OriginalPaths()
        self.damaged: set[str] = set()
        self.has_spare_id = False
        self._value = value
        self._spare_id = spare_id
        self._is_of_file = is_of_file

    def original(self, path: DataPath) -> DataPath:
        """Return where an entry of the values stood before they were changed."""
        if self._is_of_file and len(path) > 1 and isinstance(path[1], int):
            kept = self.kept.get(str(path[0]), ())
            index = kept[path[1]] if path[1] < len(kept) else path[1]
            path = (path[0], index, *path[2:])
        return self.originals.find(path)

    def rename(self, path: DataPath, meant: str) -> None:
        """Take the key at the end of *path* for the one that is meant."""
        record = _at(self._value, path[:-1])
        if isinstance(record, dict):
            self.originals.names[self.original((*path[:-1], meant))] = str(path[-1])
            record[meant] = record.pop(path[-1])

    def take_out(self, errors: Iterable[LocatedError]) -> bool:
        """Take out what is wrong, or put something in the place of a missing key.

        Returns:
            Whether anything is left that could be right.
        """
        lost = [_lost(error) for error in errors if not self._fill_in(error)]
        if () in lost:
            return False
        self.damaged.update(key for path in lost for key in _damaged_by(path))
        self._drop(lost)
        return True

    def _fill_in(self, error: LocatedError) -> bool:
        record = error.value
        if error.details["type"] != "missing" or not isinstance(record, dict):
            return False
        key = str(error.details["loc"][-1])
        if key == "id":
            return self._fill_in_id(record, error.path)
        if key in _NAMELESS and not error.path and self._is_of_file:
            record[key] = [{"id": SPARE_ID, "name": "?"}]
            self.damaged.add(key)
            return True
        if key not in _PLACEHOLDERS:
            return False
        record[key] = _PLACEHOLDERS[key]
        id_ = record.get("id")
        if key == "name" and isinstance(id_, str):
            # Like no other name, and shown where another has its id.
            record[key] = f"{id_[:_MOST_OF_ID]} (no name)"
        return True

    def _fill_in_id(self, record: dict[str, object], path: DataPath) -> bool:
        if self._is_of_file and (len(path) != _MOST_WHOLE or path[0] not in _SPEAKERS):
            return False
        parts = (SPARE_ID, self._spare_id, *self.original(path))
        record["id"] = "-".join(str(part) for part in parts if part != "")
        self.has_spare_id = True
        if isinstance(record.get("name"), str):
            # Nothing looks like a record that nobody can name.
            record["name"] = f"{record['name']} (no id)"
        if path:
            self.damaged.add(str(path[0]))
        return True

    def _drop(self, lost: Collection[DataPath]) -> None:
        items: dict[DataPath, set[int]] = {}
        for path in sorted(lost, key=len):
            container = _at(self._value, path[:-1])
            if isinstance(container, dict):
                container.pop(path[-1], None)
            elif isinstance(container, list) and isinstance(path[-1], int):
                items.setdefault(path[:-1], set()).add(path[-1])
        # The inner lists first: they are found by the indices that the errors name.
        for path in sorted(items, key=len, reverse=True):
            self._leave_out(path, items[path])

    def _leave_out(self, path: DataPath, indices: Collection[int]) -> None:
        records = _at(self._value, path)
        if not isinstance(records, list):
            return
        before = self._kept_at(path) or list(range(len(records)))
        kept = [own for n, own in enumerate(before) if n not in indices]
        if len(path) == 1 and self._is_of_file:
            self.kept[str(path[0])] = kept
        else:
            self.originals.kept[self.original(path)] = kept
        records[:] = [item for n, item in enumerate(records) if n not in indices]

    def _kept_at(self, path: DataPath) -> list[int]:
        if len(path) == 1 and self._is_of_file:
            return self.kept.get(str(path[0]), [])
        return self.originals.kept.get(self.original(path), [])


def _lost(error: LocatedError) -> DataPath:
    # Of a list in which something stands twice, the second goes.
    index = error.details.get("ctx", {}).get("index")
    if isinstance(error.value, list) and isinstance(index, int):
        return (*error.path, index)
    return error.path


def _damaged_by(path: DataPath) -> Iterable[str]:
    if len(path) <= _MOST_WHOLE:
        return (str(path[0]),)
    # A level without its territories knows no code.
    return ("territories",) if path[0] == "levels" and "territories" in path else ()


def _at(value: object, path: DataPath) -> object:
    # None where it went with the entry that held it.
    for part in path:
        if isinstance(value, dict) and part not in value:
            return None
        value = value[part]  # type: ignore[index]  # the error was there
    return value
