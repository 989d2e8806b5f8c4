"""What a rule of ``check`` means, as Markdown."""

from clustergap.findings import Rule
from clustergap.writers.markdown import escape


def render(rule: Rule) -> str:
    title = f"**{rule.code} {rule.name}** ({rule.severity.value})"
    parts = [
        title,
        escape(rule.why),
        f"To mend it: {escape(rule.fix)}",
        *_example("Bad", rule.bad),
        *_example("Good", rule.good),
    ]
    return "\n\n".join(parts) + "\n"


def _example(title: str, code: str) -> list[str]:
    return [f"{title}:", f"```yaml\n{code}```"]
