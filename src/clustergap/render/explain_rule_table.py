"""What a rule of ``check`` means, for the terminal."""

from rich.console import Group, RenderableType
from rich.text import Text

from clustergap.findings import Rule
from clustergap.render.grammar.tables import indent, open_fields


def render(rule: Rule) -> RenderableType:
    fields = open_fields()
    fields.add_row("Why", rule.why)
    fields.add_row("To mend it", rule.fix)
    return Group(Text(f"{rule.code} {rule.name}, {rule.severity.value}", "bold"), indent(fields))
