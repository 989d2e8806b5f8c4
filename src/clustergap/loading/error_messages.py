"""What pydantic found wrong, in a person's words: which rule, where, and what to write instead."""

import re
import typing
from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic_core import ErrorDetails

from clustergap import __version__
from clustergap.checks.files import FORBIDDEN_CHARACTER
from clustergap.checks.shape import (
    MISSING_KEY,
    UNKNOWN_KEY,
    UNSUPPORTED_SCHEMA,
    WRONG_TYPE,
    WRONG_VALUE,
)
from clustergap.findings import At, DataPath, Rule, Violation
from clustergap.loading.files import character_name
from clustergap.model.record import CODE_PATTERN, ID_PATTERN, PATTERNS, TEXT_PATTERN
from clustergap.reference.remedies import Remedies
from clustergap.text import closest, did_you_mean, one_of, quote

_RULES = {
    "missing": MISSING_KEY,
    "unexpected_keyword_argument": UNKNOWN_KEY,
    "extra_forbidden": UNKNOWN_KEY,
    "unsupported_schema": UNSUPPORTED_SCHEMA,
    "wrong_type": WRONG_TYPE,
    "string_type": WRONG_TYPE,
    "tuple_type": WRONG_TYPE,
    "dict_type": WRONG_TYPE,
    "dataclass_type": WRONG_TYPE,
    "model_type": WRONG_TYPE,
}
"""Everything else is a wrong value."""

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
    "Statement": "full, partial or a mapping",
    "Except": "a list of codes, or {except: [codes]}",
    "Unit": "a code, or {code, name}",
}


def describe_error(
    record_type: type, path: DataPath, details: ErrorDetails, remedies: Remedies
) -> tuple[Rule, Violation]:
    """Turn one of pydantic's errors into a violation.

    Args:
        record_type: The type of the record that was read, a dataclass.
        path: Where in the record's plain values the error is.
        details: The error.
        remedies: What codes of territories may mean.
    """
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
    message, hint = _WORDS.get(kind, _wrong)(bad, path, context, kind)
    if context.get("pattern") == CODE_PATTERN:
        hint = remedies.find(str(bad)) or hint
    is_line = rule is WRONG_VALUE and context.get("pattern") != TEXT_PATTERN
    hidden = _HIDDEN.search(bad) if isinstance(bad, str) and is_line else None
    if hidden and kind != "string_too_long":
        return _hidden(path, bad, hidden, at)
    return rule, Violation(path, message, hint, at)


def meant_key(
    record_type: type, path: DataPath, details: ErrorDetails, siblings: Collection[object]
) -> str | None:
    """Return the key that the unknown one at the end of *path* surely means and that is not among its *siblings*."""
    if _RULES.get(details["type"]) is not UNKNOWN_KEY:
        return None
    meant = closest(str(path[-1]), _keys_beside(record_type, path), SURE)
    return None if meant in siblings else meant


def _keys_beside(record_type: type, path: DataPath) -> list[str]:
    return keys_at(record_type, tuple(0 if isinstance(part, int) else part for part in path[:-1]))


def _hidden(path: DataPath, text: str, match: re.Match[str], at: At) -> tuple[Rule, Violation]:
    message = f"the character {character_name(match[0])} may not stand in {quote(text)}"
    return FORBIDDEN_CHARACTER, Violation(path, message, "delete the character", at)


Words = Callable[[object, DataPath, Mapping[str, Any], str], tuple[str, str]]


def _our_own(
    _bad: object, _path: DataPath, context: Mapping[str, Any], _kind: str
) -> tuple[str, str]:
    return context["message"], context["hint"]


def _wrong(
    bad: object, _path: DataPath, _context: Mapping[str, Any], _kind: str
) -> tuple[str, str]:
    return f"{quote(bad)} is not a value that this key can have", "see the data model"


def _type(bad: object, path: DataPath, context: Mapping[str, Any], kind: str) -> tuple[str, str]:
    wanted = _WANTED.get(context.get("class_name", ""), _WANTED[kind])
    what = _named(path)
    actual = {list: "a list", dict: "a mapping", type(None): "nothing"}.get(type(bad), "text")
    hint = f"write {wanted}"
    if bad is None and path:
        hint += ", or leave the key out; if you mean the word null, put it in quotes"
    return f"{what} must be {wanted}, not {actual}", hint


def _choice(
    bad: object, _path: DataPath, context: Mapping[str, Any], _kind: str
) -> tuple[str, str]:
    choices = context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
    actual = quote(bad) if isinstance(bad, str) else "this"
    hint = did_you_mean(bad, choices) if isinstance(bad, str) else ""
    return f"{actual} is not one of {one_of(choices)}", hint or f"write {' or '.join(choices)}"


def _pattern(
    bad: object, _path: DataPath, context: Mapping[str, Any], _kind: str
) -> tuple[str, str]:
    message = f"{quote(bad)} is not {PATTERNS[context['pattern']]}"
    if context["pattern"] != ID_PATTERN:
        return message, "correct it"
    slug = "-".join(
        "".join(c if c.isalnum() and c.isascii() else " " for c in str(bad).lower()).split()
    )
    return (
        message,
        f"write {quote(slug[:64])}" if slug else "write a word or two in lower-case letters",
    )


def _too_long(
    bad: object, path: DataPath, context: Mapping[str, Any], _kind: str
) -> tuple[str, str]:
    most = context["max_length"]
    return (
        f"{_named(path)} has {len(str(bad)):,} characters, at most {most:,} are read",
        "shorten it",
    )


def _too_short(
    _bad: object, path: DataPath, _context: Mapping[str, Any], _kind: str
) -> tuple[str, str]:
    hint = "name at least one"
    if path[-1:] == ("territories",) and path[0] != "levels":
        hint += "; without the key it would be everywhere"
    elif path[-1:] != ("except",) and path not in (("levels",), ("roles",)):
        hint += ", or leave the key out"
    return f"the list {_named(path)} is empty", hint


_WORDS: Mapping[str, Words] = {
    "wrong_value": _our_own,
    "wrong_type": _our_own,
    "unsupported_schema": _our_own,
    "doubled": _our_own,
    "string_type": _type,
    "tuple_type": _type,
    "dict_type": _type,
    "dataclass_type": _type,
    "model_type": _type,
    "enum": _choice,
    "string_pattern_mismatch": _pattern,
    "string_too_long": _too_long,
    "too_short": _too_short,
}


def _named(path: DataPath) -> str:
    return quote(path[-1]) if path and isinstance(path[-1], str) else "this"


@lru_cache(maxsize=1024)
def keys_at(record_type: type, path: DataPath) -> list[str]:
    """Return the keys that the record at *path* of a *record_type* may have, in the model's order."""
    hint: Any = record_type
    for part in path:
        if isinstance(part, str):
            hint = _item(hint)
        elif _is_record(hint):
            continue  # the item of a list, which may also stand alone
        if _is_record(hint):
            fields = hint.__pydantic_fields__
            name = next(name for name, info in fields.items() if part in (name, info.alias))
            hint = typing.get_type_hints(hint, include_extras=True)[name]
        else:
            hint = get_args(hint)[-1 if get_origin(hint) is dict else 0]
        hint = _plain(hint)
    fields = getattr(_item(hint), "__pydantic_fields__", {})
    return [info.alias or name for name, info in fields.items()]


def _item(hint: Any) -> Any:  # noqa: ANN401 - type hints have no type of their own
    # What may stand alone instead of in a list is read as the list's item.
    return _plain(get_args(hint)[0]) if get_origin(hint) is tuple else hint


def _plain(hint: Any) -> Any:  # noqa: ANN401 - type hints have no type of their own
    # Annotated[X, ...] is X; of a union the member that can hold keys.
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if get_origin(hint) in (Union, UnionType):
        members = [_plain(member) for member in get_args(hint)]
        return next((member for member in members if _is_record(member)), members[0])
    return hint


def _is_record(hint: Any) -> bool:  # noqa: ANN401 - type hints have no type of their own
    return hasattr(hint, "__pydantic_fields__")
