"""Every rule over a dataset."""

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet

from clustergap.checks import catalogue
from clustergap.checks.consistency import duplicate, ends_before_starts, look_alike
from clustergap.checks.references import (
    unknown_instrument,
    unknown_kind,
    unknown_level,
    unknown_role,
    unknown_source,
    unknown_target,
    unknown_territory,
)
from clustergap.checks.walk import Violations
from clustergap.findings import Rule, Violation
from clustergap.model.dataset import Dataset

Check = Callable[[Dataset], Violations]

CHECKS: tuple[tuple[Rule, Check, AbstractSet[str]], ...] = (
    (catalogue.UNKNOWN_ROLE, unknown_role, {"roles"}),
    (catalogue.UNKNOWN_LEVEL, unknown_level, {"levels"}),
    (catalogue.UNKNOWN_INSTRUMENT, unknown_instrument, {"instruments"}),
    (catalogue.UNKNOWN_TERRITORY, unknown_territory, {"levels"}),
    (catalogue.DUPLICATE, duplicate, set()),
    (catalogue.UNKNOWN_SOURCE, unknown_source, {"sources"}),
    (catalogue.UNKNOWN_KIND, unknown_kind, {"kinds"}),
    (catalogue.UNKNOWN_KIND, unknown_target, {"targets"}),
    (catalogue.LOOK_ALIKE, look_alike, set()),
    (catalogue.ENDS_BEFORE_STARTS, ends_before_starts, set()),
)
"""A rule, its function, and the keys of the files that it needs whole to be right."""


def find_violations(
    dataset: Dataset, damaged: AbstractSet[str] = frozenset()
) -> Iterator[tuple[Rule, Violation]]:
    """Apply every rule that can be trusted.

    Args:
        dataset: What could be read.
        damaged: Keys of the files that lost something, of which a rule could say that it does not exist.
    """
    for rule, check, needed in CHECKS:
        if not needed & damaged:
            for violation in check(dataset):
                yield rule, violation
