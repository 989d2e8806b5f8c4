"""What a rule of ``check`` means, as JSON: ``clustergap/explain@1``."""

from clustergap.findings import Rule
from clustergap.writers.json import write_json


def render(rule: Rule) -> str:
    page = {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "why": rule.why,
        "fix": rule.fix,
        "bad": rule.bad,
        "good": rule.good,
    }
    return write_json({"schema": "clustergap/explain@1", "rule": page})
