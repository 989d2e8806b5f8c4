"""The mapping file: how somebody else's table is to be read, column by column.

It may be a stranger's: nothing in it is evaluated, and the only pattern is ``*``.
"""

import enum
import re
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema

from clustergap.model.dates import LastDay
from clustergap.model.query import Layout
from clustergap.model.record import (
    Flag,
    FreeText,
    Id,
    Name,
    OneLine,
    Record,
    SchemaVersion,
    Url,
    wrong_type,
    wrong_value,
)
from clustergap.text import did_you_mean, one_of, quote

LEAVE_OUT = "leave-out"
"""The word of ``values`` and ``unknown`` for a row that is skipped."""

KEEP = "keep"
"""The word of ``values`` for a text that means what it says."""

ANY = "*"
"""Every text, every column, every sheet; within a longer word any characters."""

SHEET = "sheet"
"""The constant that is the sheet's name."""


class Differ(enum.StrEnum):
    """What holds where rows of one instrument differ; problem if left out."""

    PROBLEM = "problem"
    FIRST = "first"
    EARLIEST = "earliest"
    LATEST = "latest"
    JOIN = "join"


class Unknown(enum.StrEnum):
    """What becomes of a text that means nothing here: a problem (if left out), its row left out, or nothing said."""

    PROBLEM = "problem"
    LEAVE_OUT = LEAVE_OUT
    NOTHING = ""


class Codes(enum.StrEnum):
    """Of which kind codes of territories are."""

    ISO2 = "iso2"
    ISO3 = "iso3"
    NUTS = "nuts"


class Across(enum.StrEnum):
    """What the headers are."""

    ROLE = "role"
    LEVEL = "level"
    CELL = "cell"
    TERRITORIES = "territories"
    TARGETS = "targets"


class Inside(enum.StrEnum):
    """What the cells below the headers say; extent if left out."""

    EXTENT = "extent"
    TERRITORIES = "territories"
    NAMES = "names"
    NOTE = "note"


class TextForm(enum.StrEnum):
    """How a text is written; plain if left out."""

    PLAIN = "plain"
    HTML = "html"


KEYS = (
    "id", "name", "role", "level", "cell", "extent", "territories", "at_least", "kind", "short", "starts", "ends", "seen",
    "status", "targets", "part_of", "funded_by", "commits_until", "managing_body", "legal_basis", "url", "succeeded_by", "reviewed", "sources", "note",
    "description", "cover_starts", "cover_ends", "cover_seen", "cover_note", "cover_sources",
)  # fmt: skip
"""What a column may hold: the columns of the list layout, and ``cell``."""


def _read_key(value: object) -> str:
    if not isinstance(value, str) or value not in KEYS:
        hint = did_you_mean(str(value), KEYS) or f"write one of {', '.join(KEYS)}"
        raise wrong_value(f"{quote(value)} is nothing that a column may hold", hint)
    return value


def _one_of(words: type[enum.StrEnum]) -> BeforeValidator:
    known = [word.value for word in words]

    def read(value: object) -> enum.StrEnum:
        if isinstance(value, str) and value in known:
            return words(value)
        written = [word or '""' for word in known]
        hint = did_you_mean(str(value), written) or f"write {one_of(written)}"
        raise wrong_value(f"{quote(value)} is not known here", hint)

    return BeforeValidator(read, json_schema_input_type=words)


_MOST_ROWS = 9_999_999
_ROW = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)


def _read_row_number(value: object) -> int:
    # A number in quotes is a text.
    if type(value) is str and _ROW.fullmatch(value):
        return int(value)
    raise wrong_type(
        f"{quote(value)} is not the number of a row", "rows are counted from 1; write no quotes"
    )


RowNumber = Annotated[
    int,
    BeforeValidator(
        _read_row_number, json_schema_input_type=Annotated[int, Field(ge=1, le=_MOST_ROWS)]
    ),
]
Header = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=5_000)]
"""A header as it stands in the table, in any letter case; or ``column C``."""

Word = Annotated[str, StringConstraints(strict=True, max_length=5_000)]


_DELIMITER = r"^[^\r\n\"0-9A-Za-z]$"


def _read_delimiter(text: str) -> str:
    if re.fullmatch(_DELIMITER[1:-1], text) is None:
        hint = 'write one sign, such as ";", "|" or "\\t"'
        raise wrong_value(f"{quote(text)} does not separate the cells of a file", hint)
    return text


Delimiter = Annotated[
    str,
    StringConstraints(strict=True),
    AfterValidator(_read_delimiter),
    Field(json_schema_extra={"type": "string", "pattern": _DELIMITER}),
]
"""What separates the cells of a text file: neither a letter nor a digit."""


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _nothing(value: object) -> object:
    return "" if value is None else value


def _several(item: object, least: int = 0, most: int | None = None) -> BeforeValidator:
    """One item or a list of them; the schema says so, and the path of a wrong item is its own in the file."""
    some = Annotated[list[item], Field(min_length=least, max_length=most)]  # type: ignore[valid-type]
    return BeforeValidator(_listed, json_schema_input_type=item | some)


Headers = Annotated[tuple[Header, ...], Field(min_length=1), _several(Header, 1)]
WordList = Annotated[tuple[Word, ...], _several(Word)]
WantedTexts = Annotated[tuple[Word, ...], Field(min_length=1), _several(Word, 1)]
Separators = Annotated[tuple[Header, ...], _several(Header)]
Meanings = Annotated[
    tuple[Word, ...],
    BeforeValidator(
        lambda value: _listed(_nothing(value)),
        json_schema_input_type=Word | list[Word] | None,
    ),
]
"""What a text of the table stands for: a word of the dataset, several, ``leave-out``, ``keep``, or nothing."""

RowNumbers = Annotated[
    tuple[RowNumber, ...], Field(min_length=1, max_length=2), _several(RowNumber, 1, 2)
]
"""The first row, or the first and the last."""

HeaderRows = Annotated[
    tuple[RowNumber, ...], Field(min_length=1, max_length=3), _several(RowNumber, 1, 3)
]


class ColumnRule(Record):
    """How a key is read from a row; one of from, first and is says where it stands."""

    from_: Headers | SkipJsonSchema[None] = Field(None, alias="from")
    """The header of its column, or several that are one value."""
    first: Headers | SkipJsonSchema[None] = None
    """Headers of which the first that says something holds."""
    is_: Word | SkipJsonSchema[None] = Field(None, alias="is")
    """A value that is the same in each row; sheet is the sheet's name."""
    join: Word = " "
    """What stands between the values of several columns. Absent: a blank."""
    before: Header | None = None
    """Only what stands before the first such text is read."""
    after: Header | None = None
    """Only what stands after the first such text is read."""
    split: Separators = ()
    """What separates several values."""
    values: dict[Word, Meanings] = Field(default_factory=dict)
    """What texts mean: a word of the dataset, several, leave-out (the row), keep, or nothing. * stands for anything; "*" for all else."""
    unknown: Annotated[Unknown, _one_of(Unknown)] = Unknown.PROBLEM
    """What becomes of a text that means nothing here."""
    codes: Annotated[Codes, _one_of(Codes)] | None = None
    """Of which kind codes of territories are."""
    at: WordList = ()
    """The levels in whose rows this is read."""
    format: Word | None = None
    """How dates that may be read in two ways are read, such as D/M/Y."""
    differ: Annotated[Differ, _one_of(Differ)] = Differ.PROBLEM
    """What holds where rows of one instrument differ."""
    text: Annotated[TextForm, _one_of(TextForm)] = TextForm.PLAIN
    """How the text is written; html: its tags are taken out."""
    cut: Flag = False
    """Whether a text that is too long is cut."""

    @model_validator(mode="after")
    def _stands_somewhere(self) -> Self:
        places = self.model_fields_set & {"from_", "first", "is_"}
        if len(places) != 1 or getattr(self, *places) is None:
            raise wrong_value(
                "one of from, first and is must say where the value stands",
                "write from: and the header of its column",
            )
        return self


_HEADER, _HEADERS, _RULE, _RULES = "\0header", "\0headers", "\0rule", "\0rules"


def _form_of(value: object) -> str:
    # pydantic puts these tags among the keys of an error's location; no key of a file can equal one.
    if isinstance(value, str):
        return _HEADER
    if isinstance(value, list | tuple):
        return _HEADERS if all(isinstance(item, str) for item in value) else _RULES
    return _RULE


_HeaderOrRule = Annotated[
    Annotated[Header, Tag(_HEADER)] | Annotated[ColumnRule, Tag(_RULE)], Discriminator(_form_of)
]
_ColumnRules = Annotated[
    Annotated[Header, Tag(_HEADER)]
    | Annotated[tuple[Header, ...], Field(min_length=1), Tag(_HEADERS)]
    | Annotated[ColumnRule, Tag(_RULE)]
    | Annotated[tuple[_HeaderOrRule, ...], Field(min_length=1), Tag(_RULES)],
    Discriminator(_form_of),
]
_ColumnKey = Annotated[str, BeforeValidator(_read_key, json_schema_input_type=str)]


class ColumnRange(Record):
    """Columns side by side, from one header to another."""

    from_: Header = Field(alias="from")
    """The header of the first."""
    to: Header
    """The header of the last."""


_RANGE, _LIST, _MAP = "\0range", "\0list", "\0map"


def _form_of_columns(value: object) -> str:
    if isinstance(value, dict):
        return _RANGE if value.keys() == {"from", "to"} else _MAP
    return _RANGE if isinstance(value, ColumnRange) else _LIST


class Wide(Record):
    """Columns whose headers are values: roles, levels, cells, territories or targets."""

    columns: Annotated[
        Annotated[ColumnRange, Tag(_RANGE)]
        | Annotated[Headers, Tag(_LIST)]
        | Annotated[dict[Header, Word], Field(min_length=1), Tag(_MAP)],
        Discriminator(_form_of_columns),
    ]
    """Their headers, a mapping from headers to what they stand for, or from and to."""
    are: Annotated[Across, _one_of(Across)]
    """What the headers are."""
    cells: Annotated[Inside, _one_of(Inside)] = Inside.EXTENT
    """What the cells below the headers say."""
    values: dict[Word, Meanings] = Field(default_factory=dict)
    """What texts of the cells mean, as in a column."""
    split: Separators = ()
    """What separates several values of a cell."""
    unknown: Annotated[Unknown, _one_of(Unknown)] = Unknown.PROBLEM
    """What becomes of a text that means nothing here."""
    codes: Annotated[Codes, _one_of(Codes)] | None = None
    """Of which kind codes of territories are."""


class TableSource(Record):
    """The source that the table is cited as."""

    id: Id
    """Its key among the sources. Next year's file is the same source."""
    title: Name | None = None
    """Its title; the file's name if left out."""
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


class MappingFile(Record):
    """How a table of others is read by clustergap import --mapping."""

    schema_version: SchemaVersion = Field(alias="schema")
    """The format of a mapping file. Write 1."""
    sheet: WordList = ()
    """The sheet, several, or "*" for all. Absent: the one that fits best."""
    encoding: Word | None = None
    """Of a text file that is not UTF-8, such as windows-1250."""
    delimiter: Delimiter | None = None
    """What separates the cells of a text file. Absent: it is found."""
    header: HeaderRows = ()
    """The row of the header, or its two rows; counted from 1. Absent: it is found."""
    data: RowNumbers = ()
    """The first row of the data, or the first and the last."""
    layout: Annotated[Layout, _one_of(Layout)] | None = None
    """How the table is laid out."""
    source: TableSource | None = None
    """What the table is cited as. Absent: made from the file's name."""
    columns: dict[_ColumnKey, _ColumnRules] = Field(default_factory=dict)
    """Where each key stands, by key."""
    wide: tuple[Wide, ...] = ()
    """Columns side by side whose headers are values."""
    only: dict[Header, WantedTexts] = Field(default_factory=dict)
    """Rows that are read, by header: texts, or places, lists and groups of places. All must hold."""
    leave_out: WordList = ()
    """Headers that are not read; * stands for anything, "*" for all that is not mapped."""
    title: Name | None = None
    """Of a new dataset: what it is about."""
    as_of: LastDay = None
    """Of a new dataset: the day of every question that names no other."""
    levels: dict[Id, Meanings] = Field(default_factory=dict)
    """Of a new dataset: ids of its levels, broad to narrow, each with its territories: a list's name, or codes."""
    roles: dict[Id, Name | None] = Field(default_factory=dict)
    """Of a new dataset: ids of its roles in their order, each with its name."""
    fill_down: tuple[_ColumnKey, ...] = ()
    """Keys of which an empty cell means what stands above it."""
    all_new: Flag = False
    """Whether names that are nearly the same are of different records."""

    def rules(self, key: str) -> tuple[ColumnRule, ...]:
        """Return how a key is read: of several rules the first that says something holds; none: it is not read."""
        column = self.columns.get(key, ())
        if isinstance(column, tuple) and all(isinstance(item, str) for item in column):
            return (ColumnRule.model_validate({"from": list(column)}),) if column else ()
        several = column if isinstance(column, tuple) else (column,)
        return tuple(
            ColumnRule.model_validate({"from": item}) if isinstance(item, str) else item
            for item in several
        )
