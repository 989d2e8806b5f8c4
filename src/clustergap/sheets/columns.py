"""The columns of the list layout: one row for each instrument and cell, named as in the data model."""

import enum
from dataclasses import dataclass


class Part(enum.Enum):
    """What a column speaks of: the instrument, the cell that it covers, or the cover itself."""

    INSTRUMENT = enum.auto()
    CELL = enum.auto()
    STATEMENT = enum.auto()


class Holds(enum.Enum):
    """How the value of a column is written."""

    LINE = "a text on one line"
    TEXT = "a text, which may have several lines"
    DAY = "a day, a month or a year: 2021-06-30, 2021-06 or 2021"
    ID = "an id: lower-case letters and digits, joined by single hyphens"
    IDS = "ids or names, separated by commas"
    ROLE = "a role: its name, id or alias"
    LEVEL = "a level: its name, id or alias"
    KIND = "a kind: its name or id"
    EXTENT = "full or partial"
    STATUS = "active or planned"
    CODES = "codes of territories, such as AT, BE; or: except CY, MT"
    SOURCES = (
        "one source a line: its key | the place in it | its words; the last two may be left out"
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, what it speaks of, the key of that record, how the value is written, and what it says."""

    name: str
    part: Part
    key: str
    holds: Holds
    meaning: str


def _instrument(name: str, holds: Holds, meaning: str) -> Column:
    return Column(name, Part.INSTRUMENT, name, holds, meaning)


def _statement(name: str, key: str, holds: Holds, meaning: str) -> Column:
    return Column(name, Part.STATEMENT, key, holds, meaning)


COLUMNS = (
    _instrument("id", Holds.ID, "the instrument's id; left out, it is found by its name, or made of it"),
    _instrument("name", Holds.LINE, "the instrument's name; a row without one is an observation about its cell"),
    Column("role", Part.CELL, "role", Holds.ROLE, "the role that it serves"),
    Column("level", Part.CELL, "level", Holds.LEVEL, "at which level"),
    _statement("extent", "extent", Holds.EXTENT, "how far: in full if it is left out"),
    _statement("territories", "territories", Holds.CODES, "where; everywhere at the level if it is left out"),
    _instrument("kind", Holds.KIND, "what kind of instrument it is"),
    _instrument("short", Holds.LINE, "its label in a cell of the matrix"),
    _instrument("starts", Holds.DAY, "its first day; a month or a year means its first"),
    _instrument("ends", Holds.DAY, "its last day; a month or a year means its last"),
    _instrument("status", Holds.STATUS, "a planned instrument counts only where it is asked for"),
    _instrument("targets", Holds.IDS, "whom it is for"),
    _instrument("managing_body", Holds.LINE, "who runs it"),
    _instrument("legal_basis", Holds.LINE, "the act that it rests on"),
    _instrument("url", Holds.LINE, "its web address"),
    _instrument("succeeded_by", Holds.IDS, "the instruments that follow it"),
    _instrument("reviewed", Holds.DAY, "when somebody last looked at this record"),
    _instrument("sources", Holds.SOURCES, "where this is known from"),
    _instrument("note", Holds.TEXT, "a remark on the instrument"),
    _instrument("description", Holds.TEXT, "what it does"),
    _statement("cover_starts", "starts", Holds.DAY, "the first day of this cover, if it is not the instrument's"),
    _statement("cover_ends", "ends", Holds.DAY, "the last day of this cover, if it is not the instrument's"),
    _statement("cover_note", "note", Holds.TEXT, "a remark on this cover, such as why it is partial"),
    _statement("cover_sources", "sources", Holds.SOURCES, "where this cover is known from"),
)  # fmt: skip

BY_NAME = {column.name: column for column in COLUMNS}

_ABBREVIATED = frozenset({"id", "url"})


def heading(key: str) -> str:
    """Write a key of the data as the heading of a column, which is understood as that key.

    >>> heading("managing_body"), heading("url")
    ('Managing body', 'URL')
    """
    return key.upper() if key in _ABBREVIATED else key.replace("_", " ").capitalize()


def key_of(text: str) -> str:
    """Read a heading as the key that it would be.

    >>> key_of(" Managing  body")
    'managing_body'
    """
    return "_".join(text.casefold().replace("_", " ").split())
