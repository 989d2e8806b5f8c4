"""What is wrong in the data files."""

from typing import Annotated, Literal

from pydantic import Field

from clustergap.answers.records import AnswerPart, AnswerRecord, Count, LineNumber, attribute
from clustergap.document import Column, Document, Rows, Table
from clustergap.findings import CheckResult, Severity
from clustergap.prose import Paragraph
from clustergap.text import count, visible

HEADER = ("code", "rule", "severity", "path", "line", "column", "message", "hint", "where")
"""The columns of the rows, which are the keys of a finding in JSON."""


def document(answer: CheckResult, _origin: object = None) -> Document:
    """Say what is wrong in a table, the worst of it, in file order."""
    columns = tuple(map(Column, ("Where", "Finding", "What is wrong", "What to write instead")))
    rows = tuple(
        (
            f"{visible(each.location.path)}:{each.location.line}",
            f"{each.rule.severity.value} {each.rule.code} {each.rule.name}",
            each.words,
            each.hint,
        )
        for each in answer.shown
    )
    table = Table("Findings", "What is wrong in the data files, and where.", columns, rows)
    more = [Paragraph(f"And {count(answer.left_out, 'finding')} more.")] if answer.left_out else []
    return Document(in_words(answer), (*([table] if rows else []), *more))


def in_words(answer: CheckResult) -> str:
    """Count what is wrong.

    >>> in_words(CheckResult((), ("data.yaml",)))
    'No findings in 1 file'
    """
    numbers = [(answer.count(severity), severity.value) for severity in Severity]
    counts = ", ".join(count(number, word) for number, word in numbers if number)
    return f"{counts or 'No findings'} in {count(len(answer.files), 'file')}"


def rows(answer: CheckResult) -> Rows:
    """Write every finding that is shown, with the keys of the JSON document."""
    found = (FindingRecord.model_validate(each) for each in answer.shown)
    return Rows(HEADER, (tuple(getattr(each, name) for name in HEADER) for each in found))


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
