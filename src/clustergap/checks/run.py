"""All rules: their catalogue, their selection, and how they are applied.

``CG0xx`` file and YAML, ``CG1xx`` shape, ``CG2xx`` references and consistency, ``CG3xx`` upkeep, ``CG4xx`` SWOT. A
published code is never given to another rule.

Rules about references and consistency hold for what could be read of a file with errors too. What a
rule of upkeep says depends on what the record says as a whole, and what speaks of coverage on all of the data.
"""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from clustergap.analysis.matrix import build_matrix
from clustergap.checks import consistency, files, references, swot, upkeep
from clustergap.checks.traversal import Check
from clustergap.findings import Rule, Severity, SkipReason, Violation
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query

Broken = tuple[Rule, Violation]
"""A rule, and where and how it is broken."""

DEFECTS = (*references.DEFECTS, *consistency.DEFECTS)
UPKEEP = (*upkeep.UPKEEP, *swot.UPKEEP)
RATED = (*upkeep.RATED, *swot.RATED)

_CHECKS = (*DEFECTS, *UPKEEP, *upkeep.DATED, *RATED)

CATALOGUE = {
    rule.code: rule for rule in sorted({*files.RULES, *(check.rule for check in _CHECKS)})
}
"""All rules by code, in the order of their codes."""


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
    """Return a function that tells whether the findings of a rule are reported.

    If errors keep a selected rule from being judged, they are reported although they are not selected: otherwise the
    check would pass without having looked.
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


def find_defects(dataset: Dataset, damaged: AbstractSet[str] = frozenset()) -> Iterator[Broken]:
    """Apply every rule about references and consistency that can be trusted.

    Args:
        dataset: What could be read.
        damaged: Keys of the files that lost something, of which a rule could say that it does not exist.
    """
    return _apply(DEFECTS, dataset, damaged)


def find_upkeep(dataset: Dataset, unfit: AbstractSet[str], today: date | None) -> Iterator[Broken]:
    """Apply every rule of upkeep that looks at single records.

    Args:
        dataset: What could be read.
        unfit: Keys of the files of which some record is not whole; ``swot`` stands for all of its file.
        today: The day of upkeep; None: nothing that depends on it is judged.
    """
    yield from _apply(UPKEEP, dataset, unfit)
    if today is not None:
        for check in upkeep.DATED:
            for violation in check.find(dataset, today):
                yield check.rule, violation


def find_beside_unknown_places(dataset: Dataset) -> Iterator[Broken]:
    """Apply the rules that say something only of data in which a territory is unknown."""
    return _apply(upkeep.BESIDE_UNKNOWN_PLACES, dataset, frozenset())


def find_contradictions(dataset: Dataset) -> Iterator[Broken]:
    """Apply every rule that compares a dataset without errors to its own matrix."""
    if dataset.accepted_gaps or dataset.swot:
        matrix = build_matrix(dataset, Query())
        for check in RATED:
            for violation in check.find(matrix):
                yield check.rule, violation


def _apply(checks: Iterable[Check], dataset: Dataset, unfit: AbstractSet[str]) -> Iterator[Broken]:
    for check in checks:
        if not check.needs & unfit:
            for violation in check.find(dataset):
                yield check.rule, violation


def skipped_for_errors(*, is_whole: bool) -> list[tuple[Rule, SkipReason]]:
    """List the rules that errors in the data keep from being judged on all of it.

    Args:
        is_whole: Whether every file could be read as it is, and only a reference in them is wrong.
    """
    checks = RATED if is_whole else _CHECKS
    return [(rule, SkipReason.ERRORS) for rule in sorted({check.rule for check in checks})]


def skipped_without_a_day(dataset: Dataset) -> list[tuple[Rule, SkipReason]]:
    """List the rules that have something to judge once there is a day of upkeep."""
    return [(check.rule, SkipReason.NO_DAY) for check in upkeep.DATED if check.applies(dataset)]
