"""Validation errors of pydantic: located in the plain values, described for people, and removed from the values."""

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
from clustergap.model.record import (
    CODE_LENGTH,
    CODE_PATTERN,
    ID_PATTERN,
    PATTERNS,
    PLACE_PATTERN,
    TEXT_PATTERN,
    keys_at,
)
from clustergap.model.swot import Quadrant
from clustergap.text import closest, did_you_mean, one_of, quote

SPARE_ID = "no-id"
"""The beginning of the made-up id of a record without one."""

_PLACEHOLDERS = {"name": "?", "title": "?", "text": "?", "reason": "?", "schema": "1"}
"""Required keys to which no other record refers: a record without them is wrong, but can be used."""

_NAMELESS = ("levels", "roles")
"""Required lists of a file: without them it is wrong, but whatever does not depend on them can be checked."""

_SPEAKERS = frozenset(("instruments", *Quadrant))
"""Lists of records that are checked even without their id, as they have more than a name."""

_MOST_OF_ID = 64

_MOST_WHOLE = 2
"""Data paths up to this length are a top-level key or a whole item of it."""

_KEY_ERRORS = ("unexpected_keyword_argument", "extra_forbidden")

SURE = 0.75
"""The likeness from which a key is read as another one; a less similar key is only suggested."""

_HIDDEN = re.compile("[\t\n\u200c-\u200f]")
"""Characters that are allowed in a note, but not in an id, a code, a cell or a one-line text."""

_WANTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "dataclass_type": "a mapping",
    "model_type": "a mapping",
}
_WANTED_RECORDS = {
    "Statement": "full, partial or a mapping",
    "Observation": "full, partial, none or a mapping",
    "Except": "a list of codes, or {except: [codes]}",
    "Unit": "a code, or {code, name}",
    "Noun": "a mapping {one, many}",
}
_WORD = re.compile("[A-Za-z0-9-]+")

_RULES = {
    "missing": MISSING_KEY,
    "unexpected_keyword_argument": UNKNOWN_KEY,
    "extra_forbidden": UNKNOWN_KEY,
    "unsupported_schema": UNSUPPORTED_SCHEMA,
    "wrong_type": WRONG_TYPE,
    **dict.fromkeys(_WANTED, WRONG_TYPE),
}
"""The rule of each type of error; all other types are wrong values."""


class LocatedError(NamedTuple):
    """One of pydantic's errors, with the part of its location that the data itself has, and the value there.

    pydantic's location also has union members and key checks, and missing keys. ``siblings`` are the keys of the
    mapping that contains the value, if any.
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
        loc = loc[:-1]  # pydantic marks a bad key so; a real key may have the same name
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
    # A list whose only item is wrong is not also too short.
    return error.details["type"] == "too_short" and bool(error.value)


@dataclass(slots=True)
class OriginalPaths:
    """The original data paths of recovered values: with keys as they were typed, and the original indices.

    Attributes:
        names: The key as it was typed, by its data path with the corrected key.
        kept: The original indices of the remaining items, by the data path of a list in a record.
    """

    names: dict[DataPath, str] = field(default_factory=dict)
    kept: dict[DataPath, list[int]] = field(default_factory=dict)

    def find(self, path: DataPath) -> DataPath:
        """Return the original data path of an entry of the recovered values."""
        if not (self.names or self.kept):
            return path
        own: DataPath = ()
        for part in path:
            kept = self.kept.get(own, ())
            if isinstance(part, int):
                own = (*own, kept[part] if part < len(kept) else part)
            else:
                # A statement that remains alone of a list had an index there.
                own = (*own, *kept) if len(kept) == 1 else own
                own = (*own, self.names.get((*own, part), part))
        return own

    def add_below(self, path: DataPath, others: "OriginalPaths") -> None:
        """Add the original paths of the record at *path*."""
        self.names |= {(*path, *inner): typed for inner, typed in others.names.items()}
        self.kept |= {(*path, *inner): kept for inner, kept in others.kept.items()}


class Recovery:
    """Plain values that are changed, round by round, until they are valid.

    ``kept`` holds, for each list of the file that lost an item, the indices of the others; ``damaged`` the top-level keys
    that lost a whole entry; ``has_spare_id`` whether a record has a made-up id.
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
        """Return the data path of an entry before the values were changed."""
        if self._is_of_file and len(path) > 1 and isinstance(path[1], int):
            kept = self.kept.get(str(path[0]), ())
            index = kept[path[1]] if path[1] < len(kept) else path[1]
            path = (path[0], index, *path[2:])
        return self.originals.find(path)

    def rename(self, path: DataPath, meant: str) -> None:
        """Replace the key at the end of *path* by the one that is meant."""
        record = _at(self._value, path[:-1])
        if isinstance(record, dict):
            self.originals.names[self.original((*path[:-1], meant))] = str(path[-1])
            record[meant] = record.pop(path[-1])

    def take_out(self, errors: Iterable[LocatedError]) -> bool:
        """Remove what is wrong, or fill in a missing key.

        Returns:
            Whether anything is left that could be valid.
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
            # Differs from every other name, as it may be shown in a message about equal ids.
            record[key] = f"{id_[:_MOST_OF_ID]} (no name)"
        return True

    def _fill_in_id(self, record: dict[str, object], path: DataPath) -> bool:
        if self._is_of_file and (len(path) != _MOST_WHOLE or path[0] not in _SPEAKERS):
            return False
        parts = (SPARE_ID, self._spare_id, *self.original(path))
        record["id"] = "-".join(str(part) for part in parts if part != "")
        self.has_spare_id = True
        if isinstance(record.get("name"), str):
            # The made-up id must differ from those of all other records.
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
        # Inner lists first: they are found by the indices in the errors.
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
    # If a list has an item twice, the second is removed.
    index = error.details.get("ctx", {}).get("index")
    if isinstance(error.value, list) and isinstance(index, int):
        return (*error.path, index)
    return error.path


def _damaged_by(path: DataPath) -> Iterable[str]:
    if len(path) <= _MOST_WHOLE:
        return (str(path[0]),)
    # Without its territories a level knows no codes.
    return ("territories",) if path[0] == "levels" and "territories" in path else ()


def _at(value: object, path: DataPath) -> object:
    # None if it was removed with the entry that contained it.
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
        find_remedy: Returns what a wrong code of a territory may mean, or nothing.
    """
    path, details = error.path, error.details
    kind, context = details["type"], details.get("ctx", {})
    if kind == "string_too_long" and context["max_length"] == CODE_LENGTH:
        # A name in the place of a code is often longer than any code.
        kind, context = "string_pattern_mismatch", {"pattern": CODE_PATTERN}
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
    if context.get("pattern") in (CODE_PATTERN, PLACE_PATTERN):
        hint = find_remedy(str(bad)) or hint
    is_line = rule is WRONG_VALUE and context.get("pattern") != TEXT_PATTERN
    hidden = _HIDDEN.search(bad) if isinstance(bad, str) and is_line else None
    if hidden and kind != "string_too_long":
        return _hidden(path, bad, hidden, at)
    return rule, Violation(path, message, hint, at)


def meant_key(record_type: type, error: LocatedError) -> str | None:
    """Return the key that an unknown one surely means, unless that is present too."""
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
    """An invalid value: its path, the kind of the error, and the context of that kind."""

    value: object
    path: DataPath
    context: Mapping[str, Any]
    kind: str

    @property
    def key(self) -> str:
        """The key of the value, quoted; empty in a list."""
        return quote(self.path[-1]) if self.path and isinstance(self.path[-1], str) else "this"


def _our_own(invalid: _InvalidValue) -> tuple[str, str]:
    return invalid.context["message"], invalid.context["hint"]


def _wrong(invalid: _InvalidValue) -> tuple[str, str]:
    return f"{quote(invalid.value)} is not a value that this key can have", "see the data model"


def _type(invalid: _InvalidValue) -> tuple[str, str]:
    value = invalid.value
    wanted = _WANTED_RECORDS.get(invalid.context.get("class_name", ""), _WANTED[invalid.kind])
    actual = {list: "a list", dict: "a mapping", type(None): "nothing"}.get(type(value), "text")
    hint = _in_brackets(wanted, value) or f"write {wanted}"
    if value is None and invalid.path:
        hint += ", or leave the key out; if you mean the word null, put it in quotes"
    return f"{invalid.key} must be {wanted}, not {actual}", hint


def _in_brackets(wanted: str, value: object) -> str:
    # One word where a list is wanted, or a list of one word where a word is: which of the two is the slip is plain.
    if wanted.startswith("a list") and isinstance(value, str) and _WORD.fullmatch(value):
        return f"write it in brackets: [{value}]"
    match value:
        case [str(word)] if wanted == "text" and _WORD.fullmatch(word):
            return f"write it without brackets: {word}"
    return ""


def _choice(invalid: _InvalidValue) -> tuple[str, str]:
    value = invalid.value
    choices = invalid.context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
    actual = quote(value) if isinstance(value, str) else "this"
    hint = did_you_mean(value, choices) if isinstance(value, str) else ""
    *others, last = choices
    return (
        f"{actual} is not one of {one_of(choices)}",
        hint or f"write {', '.join(others)} or {last}",
    )


def _pattern(invalid: _InvalidValue) -> tuple[str, str]:
    pattern = invalid.context["pattern"]
    message = f"{quote(invalid.value)} is not {PATTERNS[pattern]}"
    if pattern == PLACE_PATTERN:
        return (
            message,
            "write a code, in capitals (RO11), or a group's id, in small letters; a name is neither",
        )
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
    is_of_group = len(path) > 1 and path[0] == "groups"
    if path[-1:] == ("territories",) and path[0] != "levels" and not is_of_group:
        hint += "; without the key it would be everywhere"
    elif path[-1:] != ("except",) and path not in (("levels",), ("roles",)) and not is_of_group:
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
