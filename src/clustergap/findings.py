"""Findings: what is wrong in a data file, where, and what to write instead."""

import enum
from typing import NamedTuple

from clustergap.errors import ClusterGapError

DataPath = tuple[str | int, ...]
"""Keys and indices from the root of a file's (or the dataset's) data to one value."""

MOST_SHOWN = 1_000


class Severity(enum.StrEnum):
    """How bad a finding is: an error stops every command, a warning and a note stop none."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(NamedTuple):
    """What ``check`` looks for. A published code is never given to another rule."""

    code: str
    name: str
    severity: Severity
    why: str
    fix: str


class At(enum.Enum):
    """The part of a data path's entry that is wrong: its key or its value."""

    KEY = "key"
    VALUE = "value"


class Violation(NamedTuple):
    """A rule broken at a data path; only loading knows the line.

    ``text`` is the part of the key or value to point at, all of it if empty.
    """

    path: DataPath
    message: str
    hint: str = ""
    at: At = At.VALUE
    text: str = ""


class Location(NamedTuple):
    """A place in a file. Lines and columns start at 1, in characters, as editors count them."""

    path: str
    line: int = 1
    column: int = 1


class Excerpt(NamedTuple):
    """The source line of a finding, cut around it; ``column`` (from 0) and ``length`` are the caret's."""

    text: str
    column: int
    length: int


class Finding(NamedTuple):
    """A defect in a data file. ``where`` is the data path within that file, as text."""

    rule: Rule
    location: Location
    message: str
    hint: str = ""
    where: str = ""
    excerpt: Excerpt | None = None


class Report(NamedTuple):
    """What ``check`` says of all files: the findings in file order, and how many files were read."""

    findings: tuple[Finding, ...]
    files: int

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity, the ones that are not shown too."""
        return sum(finding.rule.severity is severity for finding in self.findings)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that every format shows; the rest is only counted."""
        return self.findings[:MOST_SHOWN]


class DataError(ClusterGapError):
    """Data files that cannot be used, with every finding that says why."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{report.count(Severity.ERROR)} errors in the data files")
        self.report = report


def where(path: DataPath) -> str:
    """Write a data path as text.

    >>> where(("instruments", 3, "covers", "industry-4-0@eu"))
    'instruments[3].covers.industry-4-0@eu'
    """
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")
