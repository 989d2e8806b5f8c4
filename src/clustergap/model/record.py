"""What all records share: their base class, types of text, the format version, citations, their keys, and lookup by name."""

import re
import typing
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache, lru_cache
from operator import attrgetter
from types import UnionType
from typing import Annotated, Any, Literal, Protocol, TypeVar, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticCustomError

from clustergap.text import fold, quote

RecordT = TypeVar("RecordT")

STRICT = ConfigDict(extra="forbid")
"""Unknown keys are errors."""


class Record(BaseModel):
    """One mapping of a data file, which cannot be changed; its validator is built when it is first needed."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def wrong_value(message: str, hint: str = "") -> PydanticCustomError:
    """Return an error with our own message, in which data is never taken for a template."""
    return PydanticCustomError("wrong_value", "{message}", {"message": message, "hint": hint})


def wrong_type(message: str, hint: str = "") -> PydanticCustomError:
    """Return an error for a value of a wrong type."""
    return PydanticCustomError("wrong_type", "{message}", {"message": message, "hint": hint})


class Quoted(str):
    """A quoted scalar that would be an integer or a boolean without its quotes."""

    __slots__ = ()


ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
CODE_PATTERN = "^[A-Z0-9]+(-[A-Z0-9]+)*$"
PLACE_PATTERN = "^([A-Z0-9]+(-[A-Z0-9]+)*|[a-z0-9]+(-[a-z0-9]+)*)$"
LINE_PATTERN = r"^[^\t\n]*\S[^\t\n]*$"
TEXT_PATTERN = r"\S"

PATTERNS = {
    ID_PATTERN: "an id: lower-case letters and digits, joined by single hyphens",
    CODE_PATTERN: "a territory code: 1 to 16 capitals and digits, with single hyphens within",
    PLACE_PATTERN: "a territory's code or a group's id",
    LINE_PATTERN: "a text on one line, without tabs",
    TEXT_PATTERN: "a text",
}
"""What a text should be that does not match a pattern."""


_URL = re.compile(
    r"[hH][tT][tT][pP][sS]?://"
    r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9.])?(:[0-9]{1,5})?"
    r"([/?#][^\s\\]*)?"
)


def _check_url(text: str) -> str:
    if _URL.fullmatch(text) is None:
        raise wrong_value(
            f"{quote(text)} is not a web address",
            "write http:// or https://, a host in ASCII, no user or password, no spaces",
        )
    return text


def _read_flag(value: object) -> bool:
    # A quoted "true" is a text; so is yes, which YAML 1.1 would take for a boolean.
    if type(value) is str and value in ("true", "false"):
        return value == "true"
    raise wrong_type(f"{quote(value)} is neither true nor false", "write true or false, unquoted")


ID_LENGTH, CODE_LENGTH, NAME_LENGTH, SHORT_LENGTH, TEXT_LENGTH, URL_LENGTH = (
    64,
    16,
    300,
    60,
    5_000,
    2_000,
)
"""The greatest numbers of characters of texts."""

Id = Annotated[str, StringConstraints(strict=True, max_length=ID_LENGTH, pattern=ID_PATTERN)]
UnitCode = Annotated[
    str, StringConstraints(strict=True, max_length=CODE_LENGTH, pattern=CODE_PATTERN)
]
PlaceCode = Annotated[str, StringConstraints(strict=True, pattern=PLACE_PATTERN)]
Name = Annotated[str, StringConstraints(strict=True, max_length=NAME_LENGTH, pattern=LINE_PATTERN)]
Short = Annotated[
    str, StringConstraints(strict=True, max_length=SHORT_LENGTH, pattern=LINE_PATTERN)
]
OneLine = Annotated[
    str, StringConstraints(strict=True, max_length=TEXT_LENGTH, pattern=LINE_PATTERN)
]
FreeText = Annotated[
    str, StringConstraints(strict=True, max_length=TEXT_LENGTH, pattern=TEXT_PATTERN)
]
Url = Annotated[
    str,
    StringConstraints(strict=True, max_length=URL_LENGTH),
    AfterValidator(_check_url),
    Field(json_schema_extra={"pattern": "^[hH][tT][tT][pP][sS]?://[^\\s]+$"}),
]
Flag = Annotated[bool, BeforeValidator(_read_flag)]


_INTEGER = re.compile(r"-?[1-9][0-9]*|0", re.ASCII)

SCHEMA = 1
"""The data format that this version reads."""


def _read_schema(value: object) -> int:
    # A number in quotes is a text; so is 01, which YAML 1.1 would read as octal.
    if type(value) is not str or _INTEGER.fullmatch(value) is None:
        raise wrong_type(f"{quote(value)} is not an integer", f"write schema: {SCHEMA}, unquoted")
    if value != str(SCHEMA):
        raise PydanticCustomError(
            "unsupported_schema",
            "{message}",
            {
                "message": f"data format {quote(value)} is not one that this version reads",
                "hint": f"write schema: {SCHEMA}, or use a newer clustergap",
            },
        )
    return SCHEMA


SchemaVersion = Annotated[
    int, BeforeValidator(_read_schema, json_schema_input_type=Literal[SCHEMA])
]


class Source(Record):
    """A document or page that records cite."""

    title: Name
    """Its title."""
    author: OneLine | None = None
    """Who wrote it."""
    publisher: OneLine | None = None
    """Who published it."""
    date: OneLine | None = None
    """When, in its own words."""
    url: Url | None = None
    """Its web address: http or https."""
    licence: OneLine | None = None
    """Under which terms it may be used."""
    note: FreeText | None = None
    """A remark."""


OF_FILE = "/"
"""What stands between a fragment's name and the key of a source that it declares (``ro/survey``); no key holds it."""


def key_in_file(key: str) -> str:
    """Return the key of a source as its file writes it.

    >>> key_in_file("ro/survey"), key_in_file("survey")
    ('survey', 'survey')
    """
    return key.rpartition(OF_FILE)[2]


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class SourceRef:
    """A citation of a source."""

    ref: Id
    """The key of a source."""
    locator: OneLine | None = None
    """The place in it: a page, a slide, an article."""
    quote: FreeText | None = None
    """Its words."""


def altered(record: RecordT, **values: object) -> RecordT:
    """Return a copy of one of the records with slots, with other values, all of which are valid: nothing is read anew.

    There may be 100,000 of them.
    """
    read, writers = _slots_of(type(record))  # type: ignore[arg-type]  # mypy takes a record's hash for its class's
    copy = object.__new__(type(record))
    for write, value in zip(writers.values(), read(record), strict=True):
        write(copy, value)
    for name, value in values.items():
        writers[name](copy, value)
    return copy


@cache
def _slots_of(
    record_type: type,
) -> tuple[Callable[[object], Sequence[object]], Mapping[str, Callable[[object, object], None]]]:
    names = [field.name for field in fields(record_type)]
    return attrgetter(*names), {name: getattr(record_type, name).__set__ for name in names}


@lru_cache(maxsize=1024)
def keys_at(record_type: type, path: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the record at *path* of a *record_type* may have, in the model's order."""
    hint: Any = record_type
    for part in path:
        if isinstance(part, str):
            hint = _item(hint)
        elif _is_record(hint):
            continue  # the item of a list, which may also be written alone
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
    # If an item may be written without its list, its type is that of the item.
    return _plain(get_args(hint)[0]) if get_origin(hint) is tuple else hint


def _plain(hint: Any) -> Any:  # noqa: ANN401 - type hints have no type of their own
    # Annotated[X, ...] is X; of a union, the member that can have keys.
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if get_origin(hint) in (Union, UnionType):
        members = [_plain(member) for member in get_args(hint)]
        return next((member for member in members if _is_record(member)), members[0])
    return hint


def _is_record(hint: Any) -> bool:  # noqa: ANN401 - type hints have no type of their own
    return hasattr(hint, "__pydantic_fields__")


class Named(Protocol):
    """A record that has an id and a name; it may have ``short`` and ``aliases`` too."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


def other_words(record: Named) -> tuple[str, ...]:
    """Return the words for a record beside its id and name: its short name and its aliases."""
    short = getattr(record, "short", None)
    return (*([short] if short else []), *getattr(record, "aliases", ()))


class NameIndex:
    """The records of one kind by the words that people use for them."""

    def __init__(self, records: Iterable[Named]) -> None:
        self._names: dict[str, str] = {}
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        self._by_other: defaultdict[str, list[str]] = defaultdict(list)
        for record in records:
            self.add(record)

    def add(self, record: Named) -> None:
        """Add a record."""
        self._names[record.id] = record.name
        self._by_name[fold(record.name)].append(record.id)
        for other in {fold(other) for other in other_words(record)}:
            self._by_other[other].append(record.id)

    def meant(self, word: str) -> list[str]:
        """Return the ids of the records that a word may mean: ids take precedence over names, names over other words."""
        folded = fold(word)
        for id_ in (word, folded):
            if id_ in self._names:
                return [id_]
        return self._by_name.get(folded) or self._by_other.get(folded) or []

    def label(self, id_: str) -> str:
        """Return a label that means this record alone: its name, or its id if the name is ambiguous."""
        name = self._names.get(id_, id_)
        return name if self.meant(name) == [id_] else id_

    def names(self) -> list[str]:
        """Return the names of all records, in their order."""
        return list(self._names.values())

    def labels(self) -> list[str]:
        """Return the labels of all records, in their order."""
        return [self.label(id_) for id_ in self._names]
