"""What pydantic found wrong in a file or record: where it stands, in a person's words, and what is left without it.

Errors are located in the plain values, described, and taken out of them, so that the rest can be used.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from clustergap import __version__
from clustergap.checks.files import (
    FORBIDDEN_CHARACTER,
    MISSING_KEY,
    UNKNOWN_KEY,
    UNSUPPORTED_SCHEMA,
    WRONG_TYPE,
    WRONG_VALUE,
)
from clustergap.findings import At, DataPath, Rule, Violation
from clustergap.loading.files import character_name
from clustergap.model.dataset import Quadrant
from clustergap.model.record import CODE_PATTERN, ID_PATTERN, PATTERNS, TEXT_PATTERN, keys_at
from clustergap.text import closest, did_you_mean, one_of, quote

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

_KEY_ERRORS = ("unexpected_keyword_argument", "extra_forbidden")

SURE = 0.75
"""How like a key must be to another to be read as that one; less is suggested."""

_HIDDEN = re.compile("[\t\n\u200c-\u200f]")
"""What a note may hold, and an id, a code, a cell or a text on one line may not."""

_WANTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "dataclass_type": "a mapping",
    "model_type": "a mapping",
}
_WANTED_RECORDS = {
    "Statement": "full, partial or a mapping",
    "Except": "a list of codes, or {except: [codes]}",
    "Unit": "a code, or {code, name}",
}

_RULES = {
    "missing": MISSING_KEY,
    "unexpected_keyword_argument": UNKNOWN_KEY,
    "extra_forbidden": UNKNOWN_KEY,
    "unsupported_schema": UNSUPPORTED_SCHEMA,
    "wrong_type": WRONG_TYPE,
    **dict.fromkeys(_WANTED, WRONG_TYPE),
}
"""Everything else is a wrong value."""


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
    if loc[-1:] == ("[key]",) and details["type"] not in _KEY_ERRORS:
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
            # No other record shall look like one without an id.
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


def describe_error(
    record_type: type, error: LocatedError, find_remedy: Callable[[str], str]
) -> tuple[Rule, Violation]:
    """Turn one of pydantic's errors into a violation.

    Args:
        record_type: The type of the record that was read.
        error: The error, with its place in the record's plain values.
        find_remedy: Says what a wrong code of a territory may mean, or nothing.
    """
    path, details = error.path, error.details
    kind, context = details["type"], details.get("ctx", {})
    rule = _RULES.get(kind, WRONG_VALUE)
    bad = details["input"]
    if kind == "missing":
        key = details["loc"][-1]
        return rule, Violation(path, f"the key {quote(key)} is missing", f"add {key}: …")
    if rule is UNKNOWN_KEY:
        hidden_key = _HIDDEN.search(str(path[-1]))
        if hidden_key:
            return _hidden(path, str(path[-1]), hidden_key, At.KEY)
        keys = _keys_beside(record_type, path)
        hint = did_you_mean(str(path[-1]), keys) or (
            f"the keys here are {one_of(keys)}; a clustergap newer than {__version__} may know more"
        )
        return rule, Violation(path, f"{quote(path[-1])} is not a key here", hint, At.KEY)
    if "index" in context:
        path = (*path, context["index"])
    at = At.KEY if details["loc"][-1:] == ("[key]",) else At.VALUE
    message, hint = _WORDS.get(kind, _wrong)(_InvalidValue(bad, path, context, kind))
    if context.get("pattern") == CODE_PATTERN:
        hint = find_remedy(str(bad)) or hint
    is_line = rule is WRONG_VALUE and context.get("pattern") != TEXT_PATTERN
    hidden = _HIDDEN.search(bad) if isinstance(bad, str) and is_line else None
    if hidden and kind != "string_too_long":
        return _hidden(path, bad, hidden, at)
    return rule, Violation(path, message, hint, at)


def meant_key(record_type: type, error: LocatedError) -> str | None:
    """Return the key that an unknown one surely means, if it does not stand beside it as well."""
    if _RULES.get(error.details["type"]) is not UNKNOWN_KEY:
        return None
    meant = closest(str(error.path[-1]), _keys_beside(record_type, error.path), SURE)
    return None if meant in error.siblings else meant


def _keys_beside(record_type: type, path: DataPath) -> list[str]:
    return keys_at(record_type, tuple(0 if isinstance(part, int) else part for part in path[:-1]))


def _hidden(path: DataPath, text: str, match: re.Match[str], at: At) -> tuple[Rule, Violation]:
    message = f"the character {character_name(match[0])} may not stand in {quote(text)}"
    return FORBIDDEN_CHARACTER, Violation(path, message, "delete the character", at)


class _InvalidValue(NamedTuple):
    """What pydantic says of one value: where it stands, of which kind the error is, and what the kind knows of it."""

    value: object
    path: DataPath
    context: Mapping[str, Any]
    kind: str

    @property
    def key(self) -> str:
        """The key of the value, quoted; in a list there is none."""
        return quote(self.path[-1]) if self.path and isinstance(self.path[-1], str) else "this"


def _our_own(invalid: _InvalidValue) -> tuple[str, str]:
    return invalid.context["message"], invalid.context["hint"]


def _wrong(invalid: _InvalidValue) -> tuple[str, str]:
    return f"{quote(invalid.value)} is not a value that this key can have", "see the data model"


def _type(invalid: _InvalidValue) -> tuple[str, str]:
    value = invalid.value
    wanted = _WANTED_RECORDS.get(invalid.context.get("class_name", ""), _WANTED[invalid.kind])
    actual = {list: "a list", dict: "a mapping", type(None): "nothing"}.get(type(value), "text")
    hint = f"write {wanted}"
    if value is None and invalid.path:
        hint += ", or leave the key out; if you mean the word null, put it in quotes"
    return f"{invalid.key} must be {wanted}, not {actual}", hint


def _choice(invalid: _InvalidValue) -> tuple[str, str]:
    value = invalid.value
    choices = invalid.context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
    actual = quote(value) if isinstance(value, str) else "this"
    hint = did_you_mean(value, choices) if isinstance(value, str) else ""
    return f"{actual} is not one of {one_of(choices)}", hint or f"write {' or '.join(choices)}"


def _pattern(invalid: _InvalidValue) -> tuple[str, str]:
    pattern = invalid.context["pattern"]
    message = f"{quote(invalid.value)} is not {PATTERNS[pattern]}"
    if pattern != ID_PATTERN:
        return message, "correct it"
    letters = (c if c.isalnum() and c.isascii() else " " for c in str(invalid.value).lower())
    slug = "-".join("".join(letters).split())
    hint = f"write {quote(slug[:64])}" if slug else "write a word or two in lower-case letters"
    return message, hint


def _too_long(invalid: _InvalidValue) -> tuple[str, str]:
    most, length = invalid.context["max_length"], len(str(invalid.value))
    return f"{invalid.key} has {length:,} characters, at most {most:,} are read", "shorten it"


def _too_short(invalid: _InvalidValue) -> tuple[str, str]:
    path, hint = invalid.path, "name at least one"
    if path[-1:] == ("territories",) and path[0] != "levels":
        hint += "; without the key it would be everywhere"
    elif path[-1:] != ("except",) and path not in (("levels",), ("roles",)):
        hint += ", or leave the key out"
    return f"the list {invalid.key} is empty", hint


_WORDS: Mapping[str, Callable[[_InvalidValue], tuple[str, str]]] = {
    **dict.fromkeys(("wrong_value", "wrong_type", "unsupported_schema", "doubled"), _our_own),
    **dict.fromkeys(_WANTED, _type),
    "enum": _choice,
    "string_pattern_mismatch": _pattern,
    "string_too_long": _too_long,
    "too_short": _too_short,
}
