"""What is changed in a file's or a record's plain values so that the rest of them can be saved."""

from collections.abc import Collection, Iterable

from clustergap.findings import DataPath
from clustergap.loading.detours import Detours
from clustergap.loading.mistake import Mistake
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


class Salvage:
    """Plain values that are changed, round by round, until they are right.

    ``kept`` holds, for each of the file's lists that lost an item, the indices of the others; ``damaged``
    the file's keys that lost anything whole; ``has_spare_id`` whether a record has an id that is not its own.
    """

    def __init__(self, value: dict[str, object], spare_id: str, *, is_of_file: bool) -> None:
        self.kept: dict[str, list[int]] = {}
        self.detours = Detours()
        self.damaged: set[str] = set()
        self.has_spare_id = False
        self._value = value
        self._spare_id = spare_id
        self._is_of_file = is_of_file

    def own(self, path: DataPath) -> DataPath:
        """Return where an entry of the values stood before they were changed."""
        if self._is_of_file and len(path) > 1 and isinstance(path[1], int):
            kept = self.kept.get(str(path[0]), ())
            index = kept[path[1]] if path[1] < len(kept) else path[1]
            path = (path[0], index, *path[2:])
        return self.detours.own(path)

    def rename(self, path: DataPath, meant: str) -> None:
        """Take the key at the end of *path* for the one that is meant."""
        record = _container(self._value, path)
        if isinstance(record, dict):
            self.detours.names[self.own((*path[:-1], meant))] = str(path[-1])
            record[meant] = record.pop(path[-1])

    def take_out(self, mistakes: Iterable[Mistake]) -> bool:
        """Take out what is wrong, or put something in the place of a missing key.

        Returns:
            Whether anything is left that could be right.
        """
        lost = [_lost(mistake) for mistake in mistakes if not self._fill_in(mistake)]
        if () in lost:
            return False
        self.damaged.update(key for path in lost for key in _damaged_by(path))
        self._drop(lost)
        return True

    def _fill_in(self, mistake: Mistake) -> bool:
        record = mistake.at
        if mistake.details["type"] != "missing" or not isinstance(record, dict):
            return False
        key = str(mistake.details["loc"][-1])
        if key == "id":
            return self._fill_in_id(record, mistake.path)
        if key in _NAMELESS and not mistake.path and self._is_of_file:
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
        own = self.own(path)
        record["id"] = "-".join(
            str(part) for part in (SPARE_ID, self._spare_id, *own) if part != ""
        )
        self.has_spare_id = True
        if isinstance(record.get("name"), str):
            record["name"] = (
                f"{record['name']} (no id)"  # nothing looks like a record that nobody can name
            )
        if path:
            self.damaged.add(str(path[0]))
        return True

    def _drop(self, lost: Collection[DataPath]) -> None:
        items: dict[DataPath, set[int]] = {}
        for path in sorted(lost, key=len):
            container = _container(self._value, path)
            if isinstance(container, dict):
                container.pop(path[-1], None)
            elif isinstance(container, list) and isinstance(path[-1], int):
                items.setdefault(path[:-1], set()).add(path[-1])
        # The inner lists first: they are found by the indices that the mistakes name.
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
            self.detours.kept[self.own(path)] = kept
        records[:] = [item for n, item in enumerate(records) if n not in indices]

    def _kept_at(self, path: DataPath) -> list[int]:
        if len(path) == 1 and self._is_of_file:
            return self.kept.get(str(path[0]), [])
        return self.detours.kept.get(self.own(path), [])


def _lost(mistake: Mistake) -> DataPath:
    # Of a list in which something stands twice, the second goes.
    index = mistake.details.get("ctx", {}).get("index")
    if isinstance(mistake.at, list) and isinstance(index, int):
        return (*mistake.path, index)
    return mistake.path


def _damaged_by(path: DataPath) -> Iterable[str]:
    if len(path) <= _MOST_WHOLE:
        return (str(path[0]),)
    # A level without its territories knows no code.
    return ("territories",) if path[0] == "levels" and "territories" in path else ()


def _container(value: object, path: DataPath) -> object:
    return _at(value, path[:-1])


def _at(value: object, path: DataPath) -> object:
    # None where it went with the entry that held it.
    for part in path:
        if isinstance(value, dict) and part not in value:
            return None
        value = value[part]  # type: ignore[index]  # the mistake was there
    return value
