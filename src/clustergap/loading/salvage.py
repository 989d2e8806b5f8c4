"""What is taken out of a file's or a record's plain values so that the rest of them can be saved."""

from collections.abc import Collection, Iterable

from clustergap.findings import DataPath
from clustergap.loading.mistake import Mistake

_PLACEHOLDERS = {"name": "?", "title": "?", "text": "?", "reason": "?", "schema": "1"}
"""Required keys that no other record refers to: without them a record is wrong, but still there."""

_MOST_OF_ID = 64

_MOST_WHOLE = 2
"""Data paths up to this long are a file's key or a whole item of it."""


class Salvage:
    """Plain values that are changed, round by round, until they are right.

    ``kept`` holds, for each of the file's lists that lost an item, the indices of the others; ``damaged``
    the file's keys that lost anything whole.
    """

    def __init__(self, value: dict[str, object], *, is_of_file: bool) -> None:
        self.kept: dict[str, list[int]] = {}
        self.damaged: set[str] = set()
        self._value = value
        # Items of a file's own lists go one by one. A list inside a record goes whole: what is said of its
        # other items would stand at wrong indices.
        self._items_at = 1 if is_of_file else None

    def take_out(self, mistakes: Iterable[Mistake]) -> bool:
        """Take out what is wrong, or put something in the place of a missing key.

        Returns:
            Whether anything is left that could be right.
        """
        lost = [self._lost(mistake) for mistake in mistakes if not _fill_in(mistake)]
        if () in lost:
            return False
        self.damaged.update(str(path[0]) for path in lost if _is_damage(path))
        self._drop(lost)
        return True

    def _lost(self, mistake: Mistake) -> DataPath:
        path = mistake.path
        inner = (n for n, part in enumerate(path) if isinstance(part, int) and n != self._items_at)
        return path[: next(inner, len(path))]

    def _drop(self, lost: Collection[DataPath]) -> None:
        items: dict[str, set[int]] = {}
        for path in lost:
            if len(path) == _MOST_WHOLE and isinstance(path[1], int):
                items.setdefault(str(path[0]), set()).add(path[1])
        for path in sorted(lost, key=len):
            container = _container(self._value, path)
            if isinstance(container, dict):
                container.pop(path[-1], None)
        for key, indices in items.items():
            records = self._value.get(key)
            if isinstance(records, list):
                before = self.kept.get(key, range(len(records)))
                self.kept[key] = [own for n, own in enumerate(before) if n not in indices]
                self._value[key] = [item for n, item in enumerate(records) if n not in indices]


def _fill_in(mistake: Mistake) -> bool:
    record = mistake.at
    if mistake.details["type"] != "missing" or not isinstance(record, dict):
        return False
    key = str(mistake.details["loc"][-1])
    if key not in _PLACEHOLDERS:
        return False
    record[key] = _PLACEHOLDERS[key]
    id_ = record.get("id")
    if key == "name" and isinstance(
        id_, str
    ):  # like no other name, and shown where another has its id
        record[key] = f"{id_[:_MOST_OF_ID]} (no name)"
    return True


def _is_damage(path: DataPath) -> bool:
    # A level without its territories knows no code.
    return len(path) <= _MOST_WHOLE or (path[0] == "levels" and "territories" in path)


def _container(value: object, path: DataPath) -> object:
    # None where it went with the entry that held it.
    for part in path[:-1]:
        if isinstance(value, dict) and part not in value:
            return None
        value = value[part]  # type: ignore[index]  # the mistake was there
    return value
