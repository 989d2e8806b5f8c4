"""All rules: their catalogue, their selection, and how they are applied.

``CG0xx`` file and YAML, ``CG1xx`` shape, ``CG2xx`` references and consistency, ``CG3xx`` upkeep, ``CG4xx`` SWOT. A
published code is never given to another rule.

Rules about references and consistency apply also to what could be read of a file with errors. A rule of upkeep needs
records that could be read in full, and a rule about coverage needs all of the data.
"""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from clustergap.analysis.matrix import build_matrix
from clustergap.checks import (
    consistency,
    covers,
    files,
    lifetimes,
    odd_places,
    references,
    swot,
    upkeep,
)
from clustergap.checks.traversal import Check
from clustergap.findings import Rule, Severity, SkipReason, Violation
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query

Broken = tuple[Rule, Violation]
"""A rule, and where and how it is broken."""

DEFECTS = (*references.DEFECTS, *consistency.DEFECTS, *lifetimes.DEFECTS)
UPKEEP = (*upkeep.UPKEEP, *covers.UPKEEP, *lifetimes.UPKEEP, *odd_places.UPKEEP, *swot.UPKEEP)
RATED = (*upkeep.RATED, *swot.RATED)

_CHECKS = (*DEFECTS, *UPKEEP, *upkeep.DATED, *RATED)

CATALOGUE = {
    rule.code: rule
    for rule in sorted({*files.RULES, references.OUT_OF_SCOPE, *(check.rule for check in _CHECKS)})
}
"""All rules by code, in the order of their codes."""


class RuleSelection(NamedTuple):
    """Codes or prefixes (``CG3``) of the rules to select (none: all) and of those to ignore."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def asks_for(self, rule: Rule) -> bool:
        """Tell whether a rule is selected."""
        is_selected = not self.select or rule.code.startswith(self.select)
        return is_selected and not rule.code.startswith(self.ignore or ("-",))


EVERYTHING = RuleSelection()
"""All rules."""


def reported_by(
    selection: RuleSelection, skipped: Iterable[tuple[Rule, SkipReason]]
) -> Callable[[Rule], bool]:
    """Return a function that tells whether the findings of a rule are reported.

    If errors prevent a selected rule from being checked, they are reported although they are not selected: otherwise
    the check would pass without having looked.
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
        damaged: Top-level keys whose records could not all be read: a rule might report as missing what was only lost.
    """
    return _apply(DEFECTS, dataset, damaged)


def find_upkeep(dataset: Dataset, unfit: AbstractSet[str], today: date | None) -> Iterator[Broken]:
    """Apply every rule of upkeep that looks at single records.

    Args:
        dataset: What could be read.
        unfit: Top-level keys with a record that could not be read in full; ``swot`` stands for its whole file.
        today: The day for rules of upkeep; None: rules that need it are skipped.
    """
    yield from _apply(UPKEEP, dataset, unfit)
    if today is not None:
        for check in upkeep.DATED:
            for violation in check.find(dataset, today):
                yield check.rule, violation


def find_beside_unknown_places(dataset: Dataset) -> Iterator[Broken]:
    """Apply the rules that matter only in data with an unknown territory."""
    return _apply(odd_places.BESIDE_UNKNOWN_PLACES, dataset, frozenset())


def find_contradictions(dataset: Dataset) -> Iterator[Broken]:
    """Apply every rule that compares a dataset without errors with its own matrix."""
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
    """List the rules that could not be checked on all of the data because of errors.

    Args:
        is_whole: Whether every file could be read in full, and only references are wrong.
    """
    checks = RATED if is_whole else _CHECKS
    return [(rule, SkipReason.ERRORS) for rule in sorted({check.rule for check in checks})]


def skipped_without_a_day(dataset: Dataset) -> list[tuple[Rule, SkipReason]]:
    """List the rules that would have something to check if a day were given."""
    return [(check.rule, SkipReason.NO_DAY) for check in upkeep.DATED if check.applies(dataset)]
