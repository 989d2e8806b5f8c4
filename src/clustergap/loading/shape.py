"""Plain values to records: what pydantic refuses becomes violations, and the rest is saved.

A record with one wrong key still counts for the checks that come later, without that key, so that one run
reports all findings. Only a record that lacks its id is left out.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from clustergap.findings import DataPath, Rule, Violation
from clustergap.model.dataset import FragmentFile, InstrumentsFile
from clustergap.model.swot import SwotFile

RecordT = TypeVar("RecordT")

_PLACEHOLDERS = {"name": "?", "title": "?", "text": "?", "reason": "?", "schema": "1"}
"""Required keys that no other record refers to: without them a record is wrong, but still there."""

MOST_WHOLE = 2
"""Data paths up to this long are a file's key or a whole item of it."""


@dataclass(slots=True)
class Shaped(Generic[RecordT]):
    """What could be made of a value.

    ``record`` is None where not even its required keys could be saved. ``kept`` holds, for each of the
    file's lists that lost an item, the indices of the others; ``damaged`` the file's keys that lost
    anything whole.
    """

    record: RecordT | None = None
    broken: list[tuple[Rule, Violation]] = field(default_factory=list)
    kept: dict[str, list[int]] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)


class Shape(Generic[RecordT]):
    """The shape that a file, or one record of it, must have."""

    def __init__(self, record_type: type[RecordT]) -> None:
        self._type = record_type
        self._is_of_file = issubclass(record_type, InstrumentsFile | FragmentFile | SwotFile)
        self.has_instruments = issubclass(record_type, InstrumentsFile | FragmentFile)
        self._adapter = TypeAdapter(record_type)
        self.validate = self._adapter.validate_python

    def read(self, value: object) -> Shaped[RecordT]:
        """Validate *value*, taking out of it (it is changed) what is wrong until the rest is right."""
        shaped: Shaped[RecordT] = Shaped()
        try:
            shaped.record = self._adapter.validate_python(value)
        except ValidationError as error:
            self._complain(error, value, shaped)
            self._save(error, value, shaped)
        return shaped

    def _complain(self, error: ValidationError, value: object, shaped: Shaped[RecordT]) -> None:
        from clustergap.loading.complaint import complain  # noqa: PLC0415 - only mistakes need it

        for details in error.errors(include_url=False):
            path = real_path(value, details)
            if not _is_artefact(details, value, path):
                rule, violation = complain(self._type, path, details)
                if not path and self._is_of_file:
                    words = violation.message.replace("this must", "the file must")
                    violation = violation._replace(message=words)
                shaped.broken.append((rule, violation))

    def _save(self, error: ValidationError, value: object, shaped: Shaped[RecordT]) -> None:
        # Each round takes out at least one entry, so this ends; a root that is no mapping ends it at once.
        while isinstance(value, dict):
            lost = {
                self._what_to_drop(value, details)
                for details in error.errors(include_url=False)
                if not _is_artefact(details, value, real_path(value, details))
            }
            if () in lost:
                return
            shaped.damaged.update(str(path[0]) for path in lost if path and _is_damage(path))
            _drop(value, lost, shaped.kept)
            try:
                shaped.record = self._adapter.validate_python(value)
            except ValidationError as next_error:
                error = next_error
            else:
                return

    def _what_to_drop(self, value: dict[str, object], details: ErrorDetails) -> DataPath | None:
        path = real_path(value, details)
        if details["type"] == "missing":
            key = str(details["loc"][-1])
            record = value_at(value, path)
            if key in _PLACEHOLDERS and isinstance(record, dict):
                id_ = record.get("id")
                record[key] = id_ if key == "name" and isinstance(id_, str) else _PLACEHOLDERS[key]
                return None
        # Items of a file's own lists go one by one. A list inside a record goes whole: what is said of its
        # other items would stand at wrong indices.
        items_at = 1 if self._is_of_file else None
        inner = (n for n, part in enumerate(path) if isinstance(part, int) and n != items_at)
        return path[: next(inner, len(path))]


def real_path(value: object, details: ErrorDetails) -> DataPath:
    """Return the part of pydantic's location that the data itself has.

    pydantic also names union members and key checks; a missing key is not there either.
    """
    path: list[str | int] = []
    for part in details["loc"]:
        if _has(value, part):
            value = value_at(value, (part,))
            path.append(part)
    return tuple(path)


def value_at(value: object, path: DataPath) -> object:
    """Follow *path* into plain values."""
    for part in path:
        value = value[part]  # type: ignore[index]  # real_path has been there
    return value


def _has(value: object, part: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value


def _is_artefact(details: ErrorDetails, value: object, path: DataPath) -> bool:
    # A list whose only item is wrong is not too short as well.
    return details["type"] == "too_short" and bool(value_at(value, path))


def _is_damage(path: DataPath) -> bool:
    # A level without its territories knows no code.
    return len(path) <= MOST_WHOLE or (path[0] == "levels" and "territories" in path)


def _drop(
    value: dict[str, object], lost: Collection[DataPath | None], kept: dict[str, list[int]]
) -> None:
    items: dict[str, set[int]] = {}
    for path in lost:
        if path and len(path) == MOST_WHOLE and isinstance(path[1], int):
            items.setdefault(str(path[0]), set()).add(path[1])
    for path in sorted((path for path in lost if path), key=len):
        container = _container(value, path)
        if isinstance(container, dict):
            container.pop(path[-1], None)
    for key, indices in items.items():
        records = value.get(key)
        if isinstance(records, list):
            before = kept.get(key, range(len(records)))
            kept[key] = [own for n, own in enumerate(before) if n not in indices]
            value[key] = [record for n, record in enumerate(records) if n not in indices]


def _container(value: object, path: DataPath) -> object:
    # None where it went with the entry that held it.
    for part in path[:-1]:
        if not _has(value, part):
            return None
        value = value_at(value, (part,))
    return value
