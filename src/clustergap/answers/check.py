"""What is wrong in the data files."""

from typing import Annotated, Literal

from pydantic import Field

from clustergap.answers.records import AnswerPart, AnswerRecord, Count, LineNumber, attribute
from clustergap.findings import CheckResult, Severity


class FindingRecord(AnswerPart):
    """A defect in a data file."""

    code: str = attribute("rule", "code")
    """The rule's code, such as CG201."""
    rule: str = attribute("rule", "name")
    """The rule's name."""
    severity: Severity = attribute("rule", "severity")
    """How bad it is."""
    path: str = attribute("location", "path")
    """The file."""
    line: LineNumber = attribute("location", "line")
    column: Annotated[int, Field(ge=1)] = attribute("location", "column")
    """The column, in characters, from 1."""
    message: str = attribute("words")
    """What is wrong."""
    hint: str
    """What to write instead."""
    where: str
    """The data path in the file, such as instruments[3].covers.industry-4-0@eu."""


class FindingsRecord(AnswerPart):
    """All findings, also those that are not shown."""

    errors: Count
    """Errors."""
    warnings: Count
    """Warnings."""
    notes: Count
    """Notes."""
    files: Count
    """Files that were read."""


class CheckRecord(AnswerRecord):
    """What is wrong in the data files."""

    schema_: Literal["clustergap/check@1"] = "clustergap/check@1"
    findings: tuple[FindingRecord, ...]
    """The findings in file order, at most 1,000."""
    summary: FindingsRecord


def record(answer: CheckResult) -> CheckRecord:
    """Return ``clustergap/check@1``."""
    summary = FindingsRecord(
        errors=answer.count(Severity.ERROR),
        warnings=answer.count(Severity.WARNING),
        notes=answer.count(Severity.NOTE),
        files=len(answer.files),
    )
    return CheckRecord(findings=answer.shown, summary=summary)
