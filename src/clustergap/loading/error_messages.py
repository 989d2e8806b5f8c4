"""What pydantic found wrong, in a person's words: which rule, where, and what to write instead."""

import re
import typing
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

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
from clustergap.loading.recovery import LocatedError
from clustergap.model.record import CODE_PATTERN, ID_PATTERN, PATTERNS, TEXT_PATTERN
from clustergap.reference.gazetteer import Remedies
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
    record_type: type, error: LocatedError, remedies: Remedies
) -> tuple[Rule, Violation]:
    """Turn one of pydantic's errors into a violation.

    Args:
        record_type: The type of the record that was read.
        error: The error, with its place in the record's plain values.
        remedies: What codes of territories may mean.
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
    message, hint = _WORDS.get(kind, _wrong)(_Mistake(bad, path, context, kind))
    if context.get("pattern") == CODE_PATTERN:
        hint = remedies.find(str(bad)) or hint
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


class _Mistake(NamedTuple):
    """What pydantic says of one value: where it stands, of which kind the error is, and what the kind knows of it."""

    value: object
    path: DataPath
    context: Mapping[str, Any]
    kind: str

    @property
    def key(self) -> str:
        """The key of the value, quoted; in a list there is none."""
        return quote(self.path[-1]) if self.path and isinstance(self.path[-1], str) else "this"


def _our_own(mistake: _Mistake) -> tuple[str, str]:
    return mistake.context["message"], mistake.context["hint"]


def _wrong(mistake: _Mistake) -> tuple[str, str]:
    return f"{quote(mistake.value)} is not a value that this key can have", "see the data model"


def _type(mistake: _Mistake) -> tuple[str, str]:
    value = mistake.value
    wanted = _WANTED.get(mistake.context.get("class_name", ""), _WANTED[mistake.kind])
    actual = {list: "a list", dict: "a mapping", type(None): "nothing"}.get(type(value), "text")
    hint = f"write {wanted}"
    if value is None and mistake.path:
        hint += ", or leave the key out; if you mean the word null, put it in quotes"
    return f"{mistake.key} must be {wanted}, not {actual}", hint


def _choice(mistake: _Mistake) -> tuple[str, str]:
    value = mistake.value
    choices = mistake.context["expected"].replace("'", "").replace(" or ", ", ").split(", ")
    actual = quote(value) if isinstance(value, str) else "this"
    hint = did_you_mean(value, choices) if isinstance(value, str) else ""
    return f"{actual} is not one of {one_of(choices)}", hint or f"write {' or '.join(choices)}"


def _pattern(mistake: _Mistake) -> tuple[str, str]:
    pattern = mistake.context["pattern"]
    message = f"{quote(mistake.value)} is not {PATTERNS[pattern]}"
    if pattern != ID_PATTERN:
        return message, "correct it"
    letters = (c if c.isalnum() and c.isascii() else " " for c in str(mistake.value).lower())
    slug = "-".join("".join(letters).split())
    hint = f"write {quote(slug[:64])}" if slug else "write a word or two in lower-case letters"
    return message, hint


def _too_long(mistake: _Mistake) -> tuple[str, str]:
    most, length = mistake.context["max_length"], len(str(mistake.value))
    return f"{mistake.key} has {length:,} characters, at most {most:,} are read", "shorten it"


def _too_short(mistake: _Mistake) -> tuple[str, str]:
    path, hint = mistake.path, "name at least one"
    if path[-1:] == ("territories",) and path[0] != "levels":
        hint += "; without the key it would be everywhere"
    elif path[-1:] != ("except",) and path not in (("levels",), ("roles",)):
        hint += ", or leave the key out"
    return f"the list {mistake.key} is empty", hint


_WORDS: Mapping[str, Callable[[_Mistake], tuple[str, str]]] = {
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
