"""All rules of ``check`` by their codes, and those that a person chooses.

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
