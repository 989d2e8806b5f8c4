"""One of pydantic's errors, found again in the plain values that it is about."""

from collections.abc import Collection
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from clustergap.findings import DataPath

_OF_KEYS = ("unexpected_keyword_argument", "extra_forbidden")


class Mistake(NamedTuple):
    """What pydantic says, the part of its location that the data itself has, and what stands there.

    pydantic also names union members and key checks; a missing key is not there either. ``siblings`` are the keys
    of the mapping, if it stands in one.
    """

    path: DataPath
    at: object
    details: ErrorDetails
    siblings: Collection[object] = ()


def mistakes_in(value: object, error: ValidationError) -> list[Mistake]:
    """Return what is wrong in *value*, the plain values that *error* is about."""
    mistakes = (_find(value, details) for details in error.errors(include_url=False))
    return [mistake for mistake in mistakes if not _is_artefact(mistake)]


def _find(value: object, details: ErrorDetails) -> Mistake:
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
    return Mistake(tuple(path), value, details, siblings)


def _has(value: object, part: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value


def _is_artefact(mistake: Mistake) -> bool:
    # A list whose only item is wrong is not too short as well.
    return mistake.details["type"] == "too_short" and bool(mistake.at)
