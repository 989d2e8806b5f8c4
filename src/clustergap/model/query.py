"""What a user can choose: which instruments count, the thresholds of risks, what is listed or explained, the layout of a table to import.

Every command imports this module, so it must be light.
"""

import enum
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What counts in an answer; a part that is not set narrows nothing.

    ``as_of``: the day on which instruments must be in force; None: the dataset's own, else any.
    ``place``: a territory's code, or a group's id (``--in``), and then ``place_name`` its name. ``target``, ``kinds`` and
    ``without`` hold ids. ``alone``: what hangs on the instruments of ``without`` stays.
    """

    as_of: date | None = None
    place: str | None = None
    place_name: str | None = None
    target: str | None = None
    kinds: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    alone: bool = False
    with_planned: bool = False

    @property
    def place_in_words(self) -> str:
        """The place as answers call it; nothing if the query has none."""
        return self.place_name or self.place or ""


WITHIN = 24
"""Months in which a gap that opens counts as near."""

LEAST_WITHIN, MOST_WITHIN = 1, 12_000
"""How few and how many months may be asked."""

CROWDED = 5
"""The number of instruments from which a cell is crowded."""

LEAST_CROWDED = 2
"""The lowest number that may be asked."""


class Listed(enum.StrEnum):
    """What can be listed."""

    INSTRUMENTS = "instruments"
    STATEMENTS = "statements"
    SOURCES = "sources"
    TERRITORIES = "territories"


class SubjectKind(enum.StrEnum):
    """What can be explained, in the order in which a word is looked up; with a colon the word before it."""

    CELL = "cell"
    RULE = "rule"
    INSTRUMENT = "instrument"
    ROLE = "role"
    LEVEL = "level"
    PLACE = "place"
    SOURCE = "source"
    SWOT = "swot"


class Layout(enum.StrEnum):
    """One row for each instrument and cell (list), roles down and levels across (matrix), or instruments down and roles across (cross)."""

    LIST = "list"
    """A row says what one instrument does for one cell."""

    MATRIX = "matrix"
    """Roles down, levels across, names of instruments in the cells."""

    CROSS = "cross"
    """Instruments down, roles or cells across, marks in the cells."""
