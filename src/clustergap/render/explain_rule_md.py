"""What a rule of ``check`` means, as Markdown."""

from clustergap.findings import Rule
from clustergap.render.grammar.markdown import escape


def render(rule: Rule) -> str:
    title = f"**{rule.code} {rule.name}** ({rule.severity.value})"
    return f"{title}\n\n{escape(rule.why)}\n\nTo mend it: {escape(rule.fix)}\n"
