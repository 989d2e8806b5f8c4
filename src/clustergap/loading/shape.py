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
        self._adapter = TypeAdapter(record_type)

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
                shaped.broken.append(complain(self._type, path, details))

    def _save(self, error: ValidationError, value: object, shaped: Shaped[RecordT]) -> None:
        # Each round takes out at least one entry, so this ends; a root that is no mapping ends it at once.
        while isinstance(value, dict):
            lost = {_what_to_drop(value, details) for details in error.errors(include_url=False)}
            if () in lost:
                return
            shaped.damaged.update(
                str(path[0]) for path in lost if path and len(path) <= MOST_WHOLE
            )
            _drop(value, lost, shaped.kept)
            try:
                shaped.record = self._adapter.validate_python(value)
            except ValidationError as next_error:
                error = next_error
            else:
                return


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


def _what_to_drop(value: dict[str, object], details: ErrorDetails) -> DataPath | None:
    path = real_path(value, details)
    if details["type"] != "missing":
        # Items of a file's own lists go one by one. A list inside a record goes whole: what is said of
        # its other items would stand at wrong indices.
        index = next(
            (n for n, part in enumerate(path) if isinstance(part, int) and n != 1), len(path)
        )
        return path[:index]
    key = str(details["loc"][-1])
    if key not in _PLACEHOLDERS:
        return path
    record = value_at(value, path)
    if isinstance(record, dict):
        record[key] = _PLACEHOLDERS[key]
    return None


def _drop(
    value: dict[str, object], lost: Collection[DataPath | None], kept: dict[str, list[int]]
) -> None:
    # From the last to the first, so that indices hold until they are used.
    for path in sorted((path for path in lost if path), key=_order, reverse=True):
        try:
            container = value_at(value, path[:-1])
        except (KeyError, IndexError):
            continue  # went with the entry that held it
        if isinstance(container, list) and isinstance(path[-1], int):
            indices = kept.setdefault(str(path[0]), list(range(len(container))))
            del container[path[-1]], indices[path[-1]]
        elif isinstance(container, dict):
            container.pop(path[-1], None)


def _order(path: DataPath) -> tuple[tuple[bool, int, str], ...]:
    return tuple((isinstance(p, str), p if isinstance(p, int) else 0, str(p)) for p in path)
