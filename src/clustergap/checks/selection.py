"""Which rules a person wants to hear of, by their codes or the beginnings of codes."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from clustergap.findings import Rule, Severity, SkipReason


class RuleSelection(NamedTuple):
    """Codes or prefixes (``CG3``) of the rules that are asked for (none: all) and of those that are not."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def asks_for(self, rule: Rule) -> bool:
        """Tell whether the rule is asked for."""
        is_selected = not self.select or rule.code.startswith(self.select)
        return is_selected and not rule.code.startswith(self.ignore or ("-",))


EVERYTHING = RuleSelection()
"""No rule is left out."""


def reported_by(
    selection: RuleSelection, skipped: Iterable[tuple[Rule, SkipReason]]
) -> Callable[[Rule], bool]:
    """Return what tells of a rule whether its findings are told.

    Where errors keep a rule that is asked for from being judged, they are told although nobody selected
    them: else the check would pass without having looked.
    """
    has_errors = any(
        why is SkipReason.ERRORS and selection.asks_for(rule) for rule, why in skipped
    )
    everything_not_ignored = selection._replace(select=())

    def is_reported(rule: Rule) -> bool:
        if has_errors and rule.severity is Severity.ERROR:
            return everything_not_ignored.asks_for(rule)
        return selection.asks_for(rule)

    return is_reported
