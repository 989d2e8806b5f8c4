"""Findings as text: each with its place, the source line and a caret."""

from rich.console import Group, RenderableType
from rich.text import Text

from clustergap.findings import CheckResult, Finding, Severity
from clustergap.text import count, visible
from clustergap.theme import Shapes

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def write_findings(result: CheckResult, _shapes: Shapes) -> RenderableType:
    parts: list[Text] = []
    for finding in result.shown:
        parts += [*_lines(finding), Text()]
    if result.left_out:
        parts += [Text(f"… and {count(result.left_out, 'finding')} more, not shown"), Text()]
    return Group(*parts, _summary(result))


def _lines(finding: Finding) -> list[Text]:
    location, rule = finding.location, finding.rule
    place = f"{visible(location.path)}:{location.line}:{location.column}: "
    head = Text.assemble(
        place,
        (rule.severity.value, _STYLES[rule.severity]),
        f" {rule.code} {rule.name}: {finding.words}",
    )
    head.overflow, head.no_wrap = "ignore", True
    if finding.excerpt is None:
        return [head, *([Text(f"       {finding.hint}")] if finding.hint else [])]
    excerpt, margin = finding.excerpt, f"{location.line:>5} | "
    before = _as_seen(excerpt.text[: excerpt.column])
    marked = _as_seen(excerpt.text[excerpt.column : excerpt.column + excerpt.length])
    caret = Text(" " * (len(margin) - 2) + "| " + " " * Text(before).cell_len)
    caret.append("^" * max(1, Text(marked).cell_len), _STYLES[rule.severity])
    caret.append(f" {finding.hint}" if finding.hint else "")
    line = Text(margin + _as_seen(excerpt.text))
    for text in (line, caret):
        text.overflow, text.no_wrap = "ignore", True
    return [head, line, caret]


def _as_seen(text: str) -> str:
    return visible(text.replace("\t", " "))


def _summary(result: CheckResult) -> Text:
    numbers = [(result.count(severity), severity.value) for severity in Severity]
    counts = ", ".join(count(number, word) for number, word in numbers if number)
    text = Text(f"{counts or 'no findings'} in {count(len(result.files), 'file')}.")
    if result.shown:
        text.append(f"   What a code means: clustergap explain {result.shown[0].rule.code}")
    return text
