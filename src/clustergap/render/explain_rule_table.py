"""What a rule of ``check`` means, for the terminal."""

from rich.console import Group, RenderableType
from rich.text import Text

from clustergap.findings import Rule
from clustergap.writers.terminal import indent, open_fields

CODE_INDENT = 4


def render(rule: Rule) -> RenderableType:
    fields = open_fields()
    fields.add_row("Why", rule.why)
    fields.add_row("To mend it", rule.fix)
    return Group(
        Text(f"{rule.code} {rule.name}, {rule.severity.value}", "bold"),
        indent(fields),
        *_example("Bad", rule.bad),
        *_example("Good", rule.good),
    )


def _example(title: str, code: str) -> list[RenderableType]:
    # A line of code is never wrapped: it could not be pasted.
    text = Text(code.rstrip("\n"), no_wrap=True, overflow="ignore")
    return [Text(), indent(Text(title)), indent(text, CODE_INDENT)]
