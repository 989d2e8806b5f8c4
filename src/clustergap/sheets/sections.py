"""What a list of statements takes for granted, as small tables below each other: levels, roles, kinds, sources and so on.

With them a workbook holds a whole dataset but its SWOT; without them its rows mean those of the dataset that they are
imported into.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clustergap.model.dataset import Dataset, Level
from clustergap.reference.territories import LISTS, territories
from clustergap.sheets.cell_text import write_codes, write_day, write_flag, write_lines
from clustergap.wording import fold

SEE_TERRITORIES = "see Territories"
"""What stands for a level's territories where they are its own."""

LISTED_ELSEWHERE = frozenset({fold(SEE_TERRITORIES), "listed below"})
"""What may stand there, folded: the last as it was written at first."""


@dataclass(frozen=True, slots=True)
class Section:
    """A small table: its title, its columns, its rows."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


NEVER_READ = frozenset({"Read me", "Summary", "Matrix", "Gaps", "Needs", "Risks", "SWOT", "About"})
"""Sheets of the workbooks that are written here beside the list: answers and explanations."""

QUESTION = "Question"
"""The section that says what was asked: a workbook of some roles or levels does not hold all statements."""

HEADERS = {
    QUESTION: ("part", "value"),
    "Dataset": ("title", "as_of"),
    "Levels": ("id", "name", "aliases", "territories", "description"),
    "Territories": ("level", "code", "name"),
    "Roles": ("id", "name", "aliases", "statement", "description"),
    "Kinds": ("id", "name", "funds", "description"),
    "Targets": ("id", "name", "description"),
    "Sources": ("key", "title", "author", "publisher", "date", "url", "licence", "note"),
    "Assessed": ("where", "territories"),
    "Accepted gaps": ("cell", "reason", "by", "until"),
}
"""The columns of each section, by its title."""

KEYS = {
    "Levels": "id",
    "Roles": "id",
    "Kinds": "id",
    "Targets": "id",
    "Sources": "key",
    "Assessed": "where",
    "Accepted gaps": "cell",
}
"""What tells the records of a section apart, where anything does."""


def sections(dataset: Dataset) -> list[Section]:
    """Write what the rows of a dataset take for granted; a section without rows is left out."""
    rows: dict[str, Iterable[Sequence[str | None]]] = {
        "Dataset": [(dataset.title, write_day(dataset.as_of))],
        "Levels": [
            (one.id, one.name, write_lines(one.aliases), _territories(one), one.description)
            for one in dataset.levels
        ],
        "Territories": [
            (level.id, unit.code, unit.name if unit.name != unit.code else "")
            for level in dataset.levels
            if _territories(level) == SEE_TERRITORIES
            for unit in level.units
        ],
        "Roles": [
            (one.id, one.name, write_lines(one.aliases), one.statement, one.description)
            for one in dataset.roles
        ],
        "Kinds": [
            (one.id, one.name, write_flag(one.funds), one.description) for one in dataset.kinds
        ],
        "Targets": [(one.id, one.name, one.description) for one in dataset.targets],
        "Sources": [
            (key, one.title, one.author, one.publisher, one.date, one.url, one.licence, one.note)
            for key, one in dataset.sources.items()
        ],
        "Assessed": [
            (str(where), write_codes(codes)) for where, codes in dataset.assessed.items()
        ],
        "Accepted gaps": [
            (str(cell), one.reason, one.by, write_day(one.until))
            for cell, one in dataset.accepted_gaps.items()
        ],
    }
    filled = {
        title: [tuple(text or "" for text in row) for row in some] for title, some in rows.items()
    }
    return [Section(title, HEADERS[title], some) for title, some in filled.items() if some]


def _territories(level: Level) -> str:
    if not level.units:
        return ""
    return next((name for name in LISTS if level.units == territories(name)), SEE_TERRITORIES)
