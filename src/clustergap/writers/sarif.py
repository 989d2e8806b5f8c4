"""Findings as SARIF 2.1.0, which code scanning reads."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import quote as percent_encode

from clustergap import __version__
from clustergap.findings import CheckResult, Finding, Rule
from clustergap.text import count, visible
from clustergap.writers.json import Json, write_json

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

_CELL = re.compile(r"(?:^|\.)([a-z0-9-]+@[a-z0-9-]+)(?=$|[.\[])")
_LINK = re.compile(r"\[(?=[^\]]*\]\()")
"""Brackets of which a viewer would make a link (SARIF, 3.11.6)."""
_INDEX = re.compile(r"\[[0-9]+\]")


def write_findings(result: CheckResult) -> str:
    rules = sorted({*result.rules, *(finding.rule for finding in result.shown)})
    return write_json(
        {
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "clustergap",
                            "semanticVersion": __version__,
                            "rules": [_rule(rule) for rule in rules],
                        }
                    },
                    # Columns count characters here, not UTF-16 units, which SARIF would assume.
                    "columnKind": "unicodeCodePoints",
                    "invocations": [_invocation(result)],
                    "artifacts": [
                        {"location": _artifact(path)} for path in dict.fromkeys(result.files)
                    ],
                    "results": list(_results(result.shown, rules)),
                }
            ],
        }
    )


def _rule(rule: Rule) -> Json:
    text = f"{rule.why}\n\nTo mend it: {rule.fix}\n\nBad:\n{rule.bad}\nGood:\n{rule.good}"
    markdown = (
        f"{rule.why}\n\nTo mend it: {rule.fix}\n\nBad:\n\n```yaml\n{rule.bad}```\n\n"
        f"Good:\n\n```yaml\n{rule.good}```\n"
    )
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.name},
        "fullDescription": {"text": rule.why},
        "help": {"text": text, "markdown": markdown},
        "defaultConfiguration": {"level": rule.severity.value},
    }


def _invocation(result: CheckResult) -> Json:
    notes = [f"{rule.code} {rule.name}: {why.value}" for rule, why in result.skipped]
    if result.left_out:
        notes.append(f"{count(result.left_out, 'finding')} more, not shown")
    invocation: dict[str, object] = {"executionSuccessful": True}
    if notes:
        invocation["toolExecutionNotifications"] = [
            {"level": "note", "message": {"text": note}} for note in notes
        ]
    return invocation


def _results(findings: Sequence[Finding], rules: Sequence[Rule]) -> Iterator[Json]:
    index_of = {rule: index for index, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    for finding in findings:
        fingerprint = _fingerprint(finding)
        seen[fingerprint] += 1
        hint = f" ({finding.hint})" if finding.hint else ""
        yield {
            "ruleId": finding.rule.code,
            "ruleIndex": index_of[finding.rule],
            "level": finding.rule.severity.value,
            "message": {"text": _LINK.sub(r"\\[", visible(finding.words) + hint)},
            "locations": [_location(finding)],
            **_related(finding),
            "partialFingerprints": {"clustergapFinding/v1": f"{fingerprint}:{seen[fingerprint]}"},
        }


def _location(finding: Finding) -> Json:
    line, column = finding.location.line, finding.location.column
    region: dict[str, object] = {"startLine": line, "startColumn": column}
    if finding.excerpt is not None:
        region["endColumn"] = column + finding.excerpt.length
    location: dict[str, object] = {
        "physicalLocation": {
            "artifactLocation": _artifact(finding.location.path),
            "region": region,
        }
    }
    if finding.where:
        cell = _CELL.search(finding.where)
        name = {"name": cell[1]} if cell else {}
        location["logicalLocations"] = [{**name, "fullyQualifiedName": visible(finding.where)}]
    return location


def _related(finding: Finding) -> dict[str, object]:
    first = finding.first
    if first is None:
        return {}
    region = {"startLine": first.line, "startColumn": first.column}
    place = {"artifactLocation": _artifact(first.path), "region": region}
    return {"relatedLocations": [{"physicalLocation": place, "message": {"text": "first here"}}]}


def _artifact(path: str) -> Json:
    # Two slashes at the beginning would mean a host.
    one_slash = re.sub("^/+", "/", path)
    return {"uri": percent_encode(one_slash, errors="surrogateescape")}


def _fingerprint(finding: Finding) -> str:
    # Only what stays the same when lines and records are added above: neither the line nor an index.
    excerpt = finding.excerpt.text.strip() if finding.excerpt else ""
    entry = _INDEX.sub("", finding.where)
    parts = (finding.rule.code, finding.location.path, finding.record, entry, excerpt)
    known = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(known).hexdigest()[:32]
