"""Every rule over a dataset: which function finds what breaks it, and what it needs to be judged.

Rules about references and consistency hold for what could be read of a file with errors too. What a
rule of upkeep says depends on what the record says as a whole, and what speaks of coverage on all of the data.
"""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date

from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.checks.consistency import contradiction, duplicate, ends_before_starts, look_alike
from clustergap.checks.places import odd_place, reused_code
from clustergap.checks.references import (
    unknown_instrument,
    unknown_kind,
    unknown_level,
    unknown_role,
    unknown_source,
    unknown_target,
    unknown_territory,
)
from clustergap.checks.rules import consistency, references, swot, upkeep
from clustergap.checks.swot import against_matrix, item_without_links
from clustergap.checks.upkeep import (
    accepted_gap_closed,
    accepted_until_past,
    covers_nothing,
    no_source,
    partial_without_reason,
    review_overdue,
    unlocated_cover,
)
from clustergap.checks.walk import Violations
from clustergap.findings import Rule, SkipReason, Violation
from clustergap.model.dataset import Dataset
from clustergap.model.query import Query

Check = Callable[[Dataset], Violations]

Broken = tuple[Rule, Violation]
"""A rule, and where and how it is broken."""

DEFECTS: tuple[tuple[Rule, Check, AbstractSet[str]], ...] = (
    (references.UNKNOWN_ROLE, unknown_role, {"roles"}),
    (references.UNKNOWN_LEVEL, unknown_level, {"levels"}),
    (references.UNKNOWN_INSTRUMENT, unknown_instrument, {"instruments"}),
    (references.UNKNOWN_TERRITORY, unknown_territory, {"levels", "territories"}),
    (consistency.DUPLICATE, duplicate, set()),
    (references.UNKNOWN_SOURCE, unknown_source, {"sources"}),
    (references.UNKNOWN_KIND, unknown_kind, {"kinds"}),
    (references.UNKNOWN_KIND, unknown_target, {"targets"}),
    (consistency.LOOK_ALIKE, look_alike, set()),
    (consistency.ENDS_BEFORE_STARTS, ends_before_starts, set()),
    (consistency.CONTRADICTION, contradiction, {"levels", "territories"}),
)
"""A rule, its function, and the keys of the files that it needs whole to be right."""

UPKEEP: tuple[tuple[Rule, Check, AbstractSet[str]], ...] = (
    (upkeep.COVERS_NOTHING, covers_nothing, {"swot"}),
    (upkeep.PARTIAL_WITHOUT_REASON, partial_without_reason, set()),
    (upkeep.NO_SOURCE, no_source, set()),
    (upkeep.UNLOCATED_COVER, unlocated_cover, {"instruments", "observations"}),
    (upkeep.ODD_PLACE, odd_place, set()),
    (swot.ITEM_WITHOUT_LINKS, item_without_links, set()),
)
"""Likewise."""

DATED: tuple[tuple[Rule, Callable[[Dataset, date], Violations]], ...] = (
    (upkeep.REVIEW_OVERDUE, review_overdue),
    (upkeep.ACCEPTED_GAP, accepted_until_past),
)
"""What is judged by the day of upkeep."""

RATED: tuple[tuple[Rule, Callable[[Matrix], Violations]], ...] = (
    (upkeep.ACCEPTED_GAP, accepted_gap_closed),
    (swot.AGAINST_MATRIX, against_matrix),
)
"""What is judged by the coverage on the dataset's date, and so only where no file has an error."""


def find_defects(dataset: Dataset, damaged: AbstractSet[str] = frozenset()) -> Iterator[Broken]:
    """Apply every rule about references and consistency that can be trusted.

    Args:
        dataset: What could be read.
        damaged: Keys of the files that lost something, of which a rule could say that it does not exist.
    """
    yield from _apply(DEFECTS, dataset, damaged)


def find_upkeep(dataset: Dataset, unfit: AbstractSet[str], today: date | None) -> Iterator[Broken]:
    """Apply every rule of upkeep that looks at single records.

    Args:
        dataset: What could be read.
        unfit: Keys of the files of which some record is not whole; ``swot`` stands for all of its file.
        today: The day of upkeep; None: nothing that depends on it is judged.
    """
    yield from _apply(UPKEEP, dataset, unfit)
    if today is not None:
        for rule, check_on in DATED:
            for violation in check_on(dataset, today):
                yield rule, violation


def _apply(
    checks: Iterable[tuple[Rule, Check, AbstractSet[str]]],
    dataset: Dataset,
    unfit: AbstractSet[str],
) -> Iterator[Broken]:
    for rule, check, needed in checks:
        if not needed & unfit:
            for violation in check(dataset):
                yield rule, violation


def find_beside_unknown_places(dataset: Dataset) -> Iterator[Broken]:
    """Apply the rules that say something only of data in which a territory is unknown."""
    for violation in reused_code(dataset):
        yield upkeep.ODD_PLACE, violation


def find_contradictions(dataset: Dataset) -> Iterator[Broken]:
    """Apply every rule that compares a dataset without errors to its own matrix."""
    if dataset.accepted_gaps or dataset.swot:
        matrix = build_matrix(dataset, Query())
        for rule, check in RATED:
            for violation in check(matrix):
                yield rule, violation


def skipped_for_errors(*, is_whole: bool) -> list[tuple[Rule, SkipReason]]:
    """List the rules that errors in the data keep from being judged on all of it.

    Args:
        is_whole: Whether every file could be read as it is, and only a reference in them is wrong.
    """
    rules = [row[0] for row in RATED]
    if not is_whole:
        rules += [row[0] for row in (*DEFECTS, *UPKEEP)] + [row[0] for row in DATED]
    return [(rule, SkipReason.ERRORS) for rule in sorted(set(rules))]


def skipped_without_a_day(dataset: Dataset) -> list[tuple[Rule, SkipReason]]:
    """List the rules that have something to judge once there is a day of upkeep."""
    rules = []
    if any(instrument.reviewed for instrument in dataset.instruments):
        rules.append(upkeep.REVIEW_OVERDUE)
    if any(accepted.until for accepted in dataset.accepted_gaps.values()):
        rules.append(upkeep.ACCEPTED_GAP)
    return [(rule, SkipReason.NO_DAY) for rule in rules]
