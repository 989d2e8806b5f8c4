"""CG301 to CG306 and CG309: what no command stumbles over, but a maintainer should look at."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from itertools import chain

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix, period_of
from clustergap.checks.traversal import (
    Check,
    DatedCheck,
    RatedCheck,
    StatementPlace,
    Violations,
    not_assessed,
    statements,
    swot_items,
    swot_links,
)
from clustergap.findings import At, DataPath, Rule, Severity, Violation
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Extent, Instrument, Statement
from clustergap.model.places import FileTerritories
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
    for spot, statement in statements(dataset):
        if statement.extent is Extent.PARTIAL and not (statement.note or _says_where(statement)):
            cell = quote(str(spot.cell))
            message = f"{cell} is partial, but neither a note nor territories say how"
            hint = "write {extent: partial, note: what is missing}, or name its territories"
            yield Violation(spot.path, message, hint)


def _says_where(statement: Statement) -> bool:
    # What its file speaks of is no answer to what is missing there.
    where = statement.territories
    return where.written is not None if isinstance(where, FileTerritories) else where is not None


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
    "decision is before the day of --today. If the gap opened again, the stale decision would hide it from the gate.",
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
            message = f"the gap {quote(str(cell))} was accepted until {accepted.until.isoformat()}, before {today.isoformat()}"
            yield Violation(
                ("accepted_gaps", str(cell), "until"), message, "decide again, or delete it"
            )


def accepted_gap_closed(matrix: Matrix) -> Violations:
    """Find accepted gaps that no longer are gaps: their cell is covered in full."""
    for cell in matrix.dataset.accepted_gaps:
        if matrix.ratings[cell].coverage is Coverage.FULL:
            message = f"{quote(str(cell))} is covered in full{not_assessed(matrix, [cell])}, so there is no gap to accept"
            yield Violation(("accepted_gaps", str(cell)), message, "delete it", At.KEY)


UNLOCATED_COVER = Rule(
    code="CG306",
    name="unlocated-cover",
    severity=Severity.WARNING,
    why="A full cover names no territories, so it counts everywhere, in a cell where another statement of the same "
    "time names some or an observation says partial. The one hides what the other says.",
    fix="Name the territories that the cover holds for, make it partial, or correct the other statement.",
    bad="""\
instruments:
  - id: act
    name: Social Economy Act
    covers: {social-economy@country: full}
observations:
  social-economy@country: {extent: partial, note: Not in every country}
""",
    good="""\
instruments:
  - id: act
    name: Social Economy Act
    covers:
      social-economy@country: {territories: [AT, BE]}
observations:
  social-economy@country: {extent: partial, note: Not in every country}
""",
)


def unlocated_cover(dataset: Dataset) -> Violations:
    """Find full covers that count everywhere although another statement says that the coverage is not everywhere."""
    wide = {
        cell
        for instrument in dataset.instruments
        for cell, covers in instrument.covers.items()
        if any(map(_is_wide, covers))
    }
    narrower = _narrower_by_cell(dataset, wide)
    if not narrower:
        return
    for i, instrument in enumerate(dataset.instruments):
        for cell, covers in instrument.covers.items():
            for number, cover in enumerate(covers if cell in narrower else ()):
                period = _period(dataset, instrument, cover) if _is_wide(cover) else None
                if period is not None and narrower[cell].overlaps(period):
                    message = f"{quote(str(cell))} is covered everywhere here, but another statement says where, or partial"
                    hint = "name the territories of this cover, or correct the other statement"
                    spot = StatementPlace(("instruments", i, "covers"), cell, number, len(covers))
                    yield Violation(spot.path, message, hint, At.KEY)


UPKEEP = (
    Check(COVERS_NOTHING, covers_nothing, frozenset({"swot"})),
    Check(PARTIAL_WITHOUT_REASON, partial_without_reason),
    Check(NO_SOURCE, no_source),
    Check(UNLOCATED_COVER, unlocated_cover, frozenset({"instruments", "observations"})),
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


Period = tuple[date, date]
"""A first and a last day; an open end is ``date.min`` or ``date.max``."""


class _PeriodSet:
    """A set of periods that can tell whether one of them overlaps a given period."""

    def __init__(self, periods: list[Period]) -> None:
        self.starts = sorted(starts for starts, _ in periods)
        self.ends = sorted(ends for _, ends in periods)

    def overlaps(self, period: Period) -> bool:
        # True if a period that begins before the given one ends is not yet over when that begins.
        starts, ends = period
        return bisect_right(self.starts, ends) > bisect_left(self.ends, starts)


def _narrower_by_cell(dataset: Dataset, cells: AbstractSet[Cell]) -> dict[Cell, _PeriodSet]:
    # The periods of narrower statements about these cells: with territories, or observations that are not wide.
    located = (
        (cell, _period(dataset, instrument, cover))
        for instrument in dataset.instruments
        for cell, covers in instrument.covers.items()
        if cell in cells
        for cover in covers
        if cover.territories is not None
    )
    observed = (
        (cell, _period(dataset, None, statement))
        for cell in cells & dataset.observations.keys()
        for statement in dataset.observations[cell]
        if not _is_wide(statement)
    )
    periods: dict[Cell, list[Period]] = defaultdict(list)
    for cell, period in chain(located, observed):
        if period is not None:
            periods[cell].append(period)
    return {cell: _PeriodSet(row) for cell, row in periods.items()}


def _period(
    dataset: Dataset, instrument: Instrument | None, statement: Statement
) -> Period | None:
    # None: never in force, as the statement or its instrument ends before the other starts.
    starts, ends = period_of(dataset, instrument, statement)
    first, last = starts or date.min, ends or date.max
    return (first, last) if first <= last else None


def _is_wide(cover: Statement) -> bool:
    return cover.territories is None and cover.extent is Extent.FULL
