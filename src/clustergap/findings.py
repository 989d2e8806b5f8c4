"""Findings: what is wrong in a data file, where, and what to write instead."""

import enum
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.text import count, visible

DataPath = tuple[str | int, ...]
"""Keys and indices from the root of a file's (or the dataset's) data to one value."""

MOST_SHOWN = 1_000
"""Findings that a format shows; more are only counted."""

MOST_IN_MESSAGE = 20
"""Errors that the message of a ``DataError`` shows."""


def statement_path(holder: DataPath, cell: object, number: int, of: int) -> DataPath:
    """Return the data path of statement *number* of *of* about *cell* in *holder*; a single statement has no index.

    >>> statement_path(("observations",), "industry-4-0@eu", 0, of=1)
    ('observations', 'industry-4-0@eu')
    >>> statement_path(("observations",), "industry-4-0@eu", 1, of=2)
    ('observations', 'industry-4-0@eu', 1)
    """
    return (*holder, str(cell), number) if of > 1 else (*holder, str(cell))


def format_path(path: DataPath) -> str:
    """Write a data path as text.

    >>> format_path(("instruments", 3, "covers", "industry-4-0@eu"))
    'instruments[3].covers.industry-4-0@eu'
    """
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


class Severity(enum.StrEnum):
    """How bad a finding is: an error stops every command, a warning and a note stop none."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(NamedTuple):
    """What ``check`` looks for. A published code is never given to another rule.

    ``bad`` and ``good`` are parts of a data file, each ending with a line end.
    """

    code: str
    name: str
    severity: Severity
    why: str
    fix: str
    bad: str
    good: str


class At(enum.Enum):
    """The part of a data path's entry that is wrong: its key or its value."""

    KEY = "key"
    VALUE = "value"


class Violation(NamedTuple):
    """A rule broken at a data path; only loading knows the line.

    ``text`` is the part of the key or value to point at, all of it if empty; ``first`` is the data path of an earlier
    entry with which it conflicts.
    """

    path: DataPath
    message: str
    hint: str = ""
    at: At = At.VALUE
    text: str = ""
    first: DataPath | None = None


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
    """A defect in a data file.

    ``where`` is the data path within the file, as text. ``record`` is the id of its record, if it has one, which stays the
    same when records are added above. ``first`` is the place of an earlier entry with which it conflicts.
    """

    rule: Rule
    location: Location
    message: str
    hint: str = ""
    where: str = ""
    record: str = ""
    excerpt: Excerpt | None = None
    first: Location | None = None

    @property
    def words(self) -> str:
        """The message, with the place of the earlier entry."""
        if self.first is None:
            return self.message
        return f"{self.message}, first at {visible(self.first.path)}:{self.first.line}"


class SkipReason(enum.StrEnum):
    """Why a rule was not checked, or not on all of the data."""

    ERRORS = "the data has errors"
    NO_DAY = "the day was not given (--today)"


class CheckResult(NamedTuple):
    """The result of ``check`` for all files.

    Attributes:
        findings: In file order.
        files: The paths of all files that were read, as the user knows them.
        rules: The rules that were selected.
        skipped: Those of them that could not be checked on all of the data, each with the reason.
        fails_from: The mildest severity with which the check fails.
    """

    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    skipped: tuple[tuple[Rule, SkipReason], ...] = ()
    fails_from: Severity = Severity.ERROR

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity, including those that are not shown."""
        return sum(finding.rule.severity is severity for finding in self.findings)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that every format shows, the worst of them, in file order; the rest is only counted."""
        worst = worst_indices([finding.rule.severity for finding in self.findings])
        return tuple(self.findings[i] for i in worst)

    @property
    def left_out(self) -> int:
        """How many findings are only counted."""
        return max(0, len(self.findings) - MOST_SHOWN)

    def renamed(self, rename: Callable[[str], str]) -> "CheckResult":
        """Return the result with all files renamed."""

        def renamed(finding: Finding) -> Finding:
            location, first = finding.location, finding.first
            return finding._replace(
                location=location._replace(path=rename(location.path)),
                first=first and first._replace(path=rename(first.path)),
            )

        return self._replace(
            findings=tuple(map(renamed, self.findings)), files=tuple(map(rename, self.files))
        )

    def fails_by(self, severity: Severity) -> bool:
        """Tell whether the check fails because of findings of this severity."""
        order = list(Severity)
        return order.index(severity) <= order.index(self.fails_from)

    @property
    def silently_skipped(self) -> tuple[tuple[Rule, SkipReason], ...]:
        """The rules that were skipped although no finding explains why."""
        if not self.count(Severity.ERROR):
            return self.skipped
        return tuple(pair for pair in self.skipped if pair[1] is not SkipReason.ERRORS)

    @property
    def has_failed(self) -> bool:
        """Whether the check fails."""
        return any(self.fails_by(severity) and self.count(severity) for severity in Severity)


def join_results(results: Sequence[CheckResult]) -> CheckResult:
    """Join the results of several datasets, for which the same rules were selected."""
    return CheckResult(
        tuple(finding for result in results for finding in result.findings),
        tuple(path for result in results for path in result.files),
        results[0].rules,
        tuple(dict.fromkeys(skipped for result in results for skipped in result.skipped)),
    )


def skipped_in_words(skipped: Iterable[tuple[Rule, SkipReason]]) -> list[str]:
    """Say for each reason which rules were skipped.

    >>> skipped_in_words([])
    []
    """
    by_reason: dict[SkipReason, set[str]] = {}
    for rule, why in skipped:
        by_reason.setdefault(why, set()).add(rule.code)
    return [
        f"not judged in full: {', '.join(sorted(codes))}, as {why}"
        for why, codes in by_reason.items()
    ]


def worst_indices(severities: Sequence[Severity], most: int = MOST_SHOWN) -> Sequence[int]:
    """Choose at most *most* findings by severity, errors first; return their indices in ascending order.

    >>> worst_indices([Severity.NOTE, Severity.ERROR, Severity.NOTE], 2)
    [0, 1]
    """
    if len(severities) <= most:
        return range(len(severities))
    order = list(Severity)
    return sorted(sorted(range(len(severities)), key=lambda i: order.index(severities[i]))[:most])


class DataError(ClusterGapError):
    """Data files that cannot be used, with every finding that says why.

    Its message shows the errors in file order, each with file, line and column, and what to write instead.

    Attributes:
        report: All findings.
    """

    def __init__(self, report: CheckResult) -> None:
        super().__init__(f"{count(report.count(Severity.ERROR), 'error')} in the data files")
        self.report = report

    def __str__(self) -> str:
        errors = [each for each in self.report.findings if each.rule.severity is Severity.ERROR]
        lines = [super().__str__(), *map(_in_line, errors[:MOST_IN_MESSAGE])]
        if len(errors) > MOST_IN_MESSAGE:
            lines.append(f"… and {count(len(errors) - MOST_IN_MESSAGE, 'error')} more")
        return "\n".join(lines)


def _in_line(finding: Finding) -> str:
    place, rule = finding.location, finding.rule
    head = f"{visible(place.path)}:{place.line}:{place.column}: {rule.severity.value} {rule.code} {rule.name}"
    return f"{head}: {finding.words}{f' ({finding.hint})' if finding.hint else ''}"
