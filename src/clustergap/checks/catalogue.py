"""All rules of ``check`` by their codes.

``CG0xx`` file and YAML, ``CG1xx`` shape, ``CG2xx`` references and consistency, ``CG3xx`` upkeep, ``CG4xx`` SWOT. A
published code is never given to another rule.
"""

from clustergap.checks.rules import consistency, files, references, shape, swot, upkeep
from clustergap.findings import Rule

_GROUPS = (files, shape, references, consistency, upkeep, swot)

CATALOGUE = {
    rule.code: rule
    for rule in sorted(
        one for group in _GROUPS for one in vars(group).values() if isinstance(one, Rule)
    )
}
"""All rules by code, in the order of their codes."""


def listing() -> str:
    """List the codes and names of all rules in two columns, as a help text does."""
    rows = [f"{code} {rule.name}" for code, rule in CATALOGUE.items()]
    half = (len(rows) + 1) // 2
    width = max(map(len, rows)) + 3
    pairs = zip(rows[:half], [*rows[half:], ""], strict=False)
    return "\n".join(f"{left:<{width}}{right}".rstrip() for left, right in pairs)
