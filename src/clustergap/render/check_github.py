"""The findings as annotations of a GitHub workflow run.

GitHub shows ten annotations of each kind a step, and drops the others without a word. So the worst come first,
and the last one says how many were left out.
"""

from clustergap.findings import CheckResult, Finding, Severity
from clustergap.render.grammar.github import command
from clustergap.text import count, visible

MOST_OF_A_KIND = 10

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: CheckResult) -> str:
    counts = [report.count(severity) for severity in _COMMANDS]
    is_cut = any(number > MOST_OF_A_KIND for number in counts)
    lines: list[str] = []
    for severity, name in _COMMANDS.items():
        found = [finding for finding in report.shown if finding.rule.severity is severity]
        # One notice must be left for what is left out.
        most = MOST_OF_A_KIND - (is_cut and severity is Severity.NOTE)
        lines += [_annotation(name, finding) for finding in found[:most]]
    left_out = len(report.findings) - len(lines)
    if left_out:
        message = f"{count(left_out, 'more finding')} not shown here: run clustergap check"
        lines.append(command("notice", {"title": "clustergap check"}, message))
    return "".join(f"{line}\n" for line in lines)


def _annotation(name: str, finding: Finding) -> str:
    location, excerpt = finding.location, finding.excerpt
    properties: dict[str, str | int] = {
        "file": location.path,
        "line": location.line,
        "col": location.column,
    }
    if excerpt is not None:
        properties["endColumn"] = location.column + excerpt.length
    properties["title"] = f"{finding.rule.code} {finding.rule.name}"
    hint = f"\n{finding.hint}" if finding.hint else ""
    return command(name, properties, visible(finding.words) + hint)
