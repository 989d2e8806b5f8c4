"""Findings as annotations of a GitHub workflow run.

GitHub shows ten annotations of each kind for a step, and silently drops the others. So the worst come first, and the last
one says how many were left out.
"""

import re

from clustergap.findings import CheckResult, Finding, Severity
from clustergap.text import count, visible

MOST_OF_A_KIND = 10

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def write_findings(result: CheckResult) -> str:
    counts = [result.count(severity) for severity in _COMMANDS]
    is_cut = any(number > MOST_OF_A_KIND for number in counts)
    lines: list[str] = []
    for severity, name in _COMMANDS.items():
        findings = [finding for finding in result.shown if finding.rule.severity is severity]
        # One notice is reserved for the number of those left out.
        most = MOST_OF_A_KIND - (is_cut and severity is Severity.NOTE)
        lines += [_annotation(name, finding) for finding in findings[:most]]
    left_out = len(result.findings) - len(lines)
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


# Workflow commands: lines of a job's log that do something (``::error::…``, ``##[…]``)

_BEGINS_COMMAND = re.compile(r"^((?:[^\S\n]|\x1b\[[0-9;]*m)*):(?=:)", re.MULTILINE)
_ANYWHERE = "##["
_ACTS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Characters that move the cursor of a terminal; line ends are encoded."""


def command(name: str, properties: dict[str, str | int], message: str) -> str:
    r"""Write a workflow command on one line.

    >>> command("error", {"file": "a,b.yaml", "line": 3}, "100 %\nwrong")
    '::error file=a%2Cb.yaml,line=3::100 %25%0Awrong'
    """
    head = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {head}::{_message(message)}" if head else f"::{name}::{_message(message)}"


def disarm(text: str) -> str:
    r"""Change *text* so that no line of it is a workflow command.

    >>> disarm("  ::error::forged\na ##[error]forged\nb::c")
    '  : :error::forged\na ## [error]forged\nb::c'
    """
    return _BEGINS_COMMAND.sub(r"\1: ", text).replace(_ANYWHERE, "## [")


def inert(markup: str) -> str:
    """Write workflow commands within XML or HTML with an entity, which does not change their meaning there.

    >>> inert("<text>##[error]</text>")
    '<text>##&#91;error]</text>'
    """
    return markup.replace(_ANYWHERE, "##&#91;")


def _message(value: str) -> str:
    # The older commands are recognised within a line, so messages must not have their beginning either.
    return _escape(value).replace(_ANYWHERE, "## [")


def _property(value: str) -> str:
    # A file whose name has such a character or beginning is still reported, but without annotated lines.
    value = _ACTS.sub(lambda match: ascii(match[0])[1:-1], value)
    return _message(value).replace(":", "%3A").replace(",", "%2C")


def _escape(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
