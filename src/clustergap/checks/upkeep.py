"""CG301 to CG305: what no command stumbles over, but a maintainer should look at."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix
from clustergap.checks.traversal import (
    Check,
    DatedCheck,
    RatedCheck,
    StatementPlace,
    Violations,
    statements,
    swot_items,
    swot_links,
    unknown_in_words,
)
from clustergap.findings import At, DataPath, Rule, Severity, Violation
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset
from clustergap.model.dates import as_written
from clustergap.model.places import FileTerritories
from clustergap.model.statement import Extent, Statement
from clustergap.text import count, quote

REVIEW_HOLDS = timedelta(days=365)

COVERS_NOTHING = Rule(
    code="CG301",
    name="instrument-covers-nothing",
    severity=Severity.WARNING,
    why="The instrument serves no cell, no item of the SWOT names it, and nothing is part of it or paid by it: nothing that is "
    "shown depends on it. "
    "Mostly its covers were forgotten.",
    fix="Say under covers which cells it serves, link a SWOT item to it, or delete it.",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers: {industry-4-0@eu: full}
""",
)


def covers_nothing(dataset: Dataset) -> Violations:
    """Find instruments that serve no cell, that no item of the SWOT names, and on which nothing hangs."""
    idle = [i for i, instrument in enumerate(dataset.instruments) if not instrument.covers]
    if not idle:
        return
    named = {id_ for _, links in swot_links(dataset) for id_ in links.instruments}
    for i in idle:
        instrument = dataset.instruments[i]
        if instrument.id not in named and not dataset.relations.direct_dependants(instrument.id):
            message = f"{quote(instrument.id)} covers no cell, and no SWOT item names it"
            hint = "add covers: {role@level: full}, with its territories where it is not everywhere, or delete the instrument"
            yield Violation(("instruments", i), message, hint)


PARTIAL_WITHOUT_REASON = Rule(
    code="CG302",
    name="partial-without-a-reason",
    severity=Severity.WARNING,
    why="A partial cover or observation has neither a note nor territories. Whoever reads of the gap learns that "
    "something is missing, but not what or where.",
    fix="Add a note that says what is missing, or the territories that it holds for.",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers: {industry-4-0@country: partial}
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers:
      industry-4-0@country: {extent: partial, note: Only firms below 250 employees}
""",
)


def partial_without_reason(dataset: Dataset) -> Violations:
    """Find partial statements that say neither what is missing nor where they apply."""
    for spot, _ in statements(dataset, _says_too_little):
        cell = quote(str(spot.cell))
        message = f"{cell} is partial, but neither a note nor territories say how"
        hint = "write {extent: partial, note: what is missing}, or name its territories"
        yield Violation(spot.path, message, hint)


def _says_too_little(statement: Statement) -> bool:
    if statement.extent is not Extent.PARTIAL or statement.note:
        return False
    # What its file speaks of is no answer to what is missing there.
    where = statement.territories
    return where.written is None if isinstance(where, FileTerritories) else where is None


NO_SOURCE = Rule(
    code="CG303",
    name="no-source",
    severity=Severity.NOTE,
    why="Neither the record nor the instrument that it belongs to names a source, so nobody can look up whether it is "
    "so.",
    fix="Cite a declared source: sources: [{ref: ..., locator: ...}].",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    covers: {industry-4-0@eu: full}
""",
    good="""\
sources:
  deck: {title: Needs for cluster policy actions}
instruments:
  - id: dih
    name: Digital Innovation Hubs
    sources: [{ref: deck}]
    covers: {industry-4-0@eu: full}
""",
)


def no_source(dataset: Dataset) -> Violations:
    """Find instruments, statements and SWOT items that nobody can look up.

    A cover without sources has those of its instrument. If neither an instrument nor any of its covers has sources,
    only the instrument is reported.
    """
    for i, instrument in enumerate(dataset.instruments):
        if not instrument.sources:
            bare = list(_unsourced_in(("instruments", i, "covers"), instrument.covers))
            if len(bare) == sum(map(len, instrument.covers.values())):
                yield _unsourced(("instruments", i), instrument.id)
            else:
                yield from (_unsourced(spot.path, str(spot.cell), At.KEY) for spot in bare)
    for spot in _unsourced_in(("observations",), dataset.observations):
        yield _unsourced(spot.path, str(spot.cell), At.KEY)
    for path, item in swot_items(dataset):
        if not item.sources:
            yield _unsourced(path, item.id)


REVIEW_OVERDUE = Rule(
    code="CG304",
    name="review-overdue",
    severity=Severity.WARNING,
    why="More than 365 days before the day of --today somebody last checked the record. Programmes end, and addresses "
    "move. Without --today this is not judged.",
    fix="Check the record against its sources, then set reviewed to the day on which you did.",
    bad="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    reviewed: 2024-11-22    # check --today 2026-01-01
    covers: {industry-4-0@eu: full}
""",
    good="""\
instruments:
  - id: dih
    name: Digital Innovation Hubs
    reviewed: 2025-11-22    # check --today 2026-01-01
    covers: {industry-4-0@eu: full}
""",
)


def review_overdue(dataset: Dataset, today: date) -> Violations:
    """Find records that somebody last checked more than 365 days before *today*."""
    for i, instrument in enumerate(dataset.instruments):
        if instrument.reviewed is not None and today - instrument.reviewed > REVIEW_HOLDS:
            age = count((today - instrument.reviewed).days, "day")
            message = f"{quote(instrument.id)} was last checked {age} before {today.isoformat()}"
            hint = "check it against its sources, then set reviewed"
            yield Violation(("instruments", i, "reviewed"), message, hint)


ACCEPTED_GAP = Rule(
    code="CG305",
    name="accepted-gap-is-closed",
    severity=Severity.WARNING,
    why="A gap that somebody decided to live with is covered in full on the dataset's date, or the last day of the "
    "decision is before the day of --today. If it became a gap again, the stale decision would hide it from the gate.",
    fix="Delete the accepted gap; or decide again, and set until to a later day.",
    bad="""\
instruments:
  - {id: act, name: Social Economy Act, covers: {social-economy@country: full}}
accepted_gaps:
  social-economy@country: {reason: An act is being prepared}
""",
    good="""\
instruments: []
accepted_gaps:
  social-economy@country: {reason: An act is being prepared}
""",
)


def accepted_until_past(dataset: Dataset, today: date) -> Violations:
    """Find accepted gaps whose last day is before *today*."""
    for cell, accepted in dataset.accepted_gaps.items():
        if accepted.until is not None and accepted.until < today:
            message = f"the gap {quote(str(cell))} was accepted until {as_written(accepted.until)}, before {today.isoformat()}"
            yield Violation(
                ("accepted_gaps", str(cell), "until"), message, "decide again, or delete it"
            )


def accepted_gap_closed(matrix: Matrix) -> Violations:
    """Find accepted gaps that no longer are gaps: their cell is covered in full."""
    for cell in matrix.dataset.accepted_gaps:
        if matrix.ratings[cell].coverage is Coverage.FULL:
            message = f"{quote(str(cell))} is covered in full{unknown_in_words(matrix, [cell])}, so there is no gap to accept"
            yield Violation(("accepted_gaps", str(cell)), message, "delete it", At.KEY)


UPKEEP = (
    Check(COVERS_NOTHING, covers_nothing, frozenset({"swot"})),
    Check(PARTIAL_WITHOUT_REASON, partial_without_reason),
    Check(NO_SOURCE, no_source),
)
DATED = (
    DatedCheck(
        REVIEW_OVERDUE,
        review_overdue,
        lambda dataset: any(instrument.reviewed for instrument in dataset.instruments),
    ),
    DatedCheck(
        ACCEPTED_GAP,
        accepted_until_past,
        lambda dataset: any(accepted.until for accepted in dataset.accepted_gaps.values()),
    ),
)
RATED = (RatedCheck(ACCEPTED_GAP, accepted_gap_closed),)


def _unsourced_in(
    holder: DataPath, stated: Mapping[Cell, Sequence[Statement]]
) -> Iterator[StatementPlace]:
    return (
        StatementPlace(holder, cell, number, len(statements))
        for cell, statements in stated.items()
        for number, statement in enumerate(statements)
        if not statement.sources
    )


def _unsourced(path: DataPath, name: str, at: At = At.VALUE) -> Violation:
    return Violation(path, f"{quote(name)} has no source", "add sources: [{ref: …}]", at)
