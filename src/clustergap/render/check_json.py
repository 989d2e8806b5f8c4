"""The findings as JSON: ``clustergap/check@1``."""

from clustergap.findings import CheckResult, Finding, Severity
from clustergap.writers.json import Json, write_json


def render(report: CheckResult) -> str:
    return write_json(
        {
            "schema": "clustergap/check@1",
            "findings": [_finding(finding) for finding in report.shown],
            "summary": {
                "errors": report.count(Severity.ERROR),
                "warnings": report.count(Severity.WARNING),
                "notes": report.count(Severity.NOTE),
                "files": len(report.files),
            },
        }
    )


def _finding(finding: Finding) -> Json:
    location = finding.location
    return {
        "code": finding.rule.code,
        "rule": finding.rule.name,
        "severity": finding.rule.severity.value,
        "path": location.path,
        "line": location.line,
        "column": location.column,
        "message": finding.words,
        "hint": finding.hint,
        "where": finding.where,
    }
