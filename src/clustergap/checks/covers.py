"""CG306 and CG308: what is said of a cell beside its covers, and does not fit them."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import chain, islice

from clustergap.analysis.counting import Period, period_of
from clustergap.analysis.units import LevelUnits
from clustergap.checks.consistency import find_clashes, rate_statement
from clustergap.checks.traversal import Check, StatementPlace, Violations
from clustergap.findings import At, DataPath, Rule, Severity, Violation, statement_path
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Status
from clustergap.model.statement import Extent, Statement
from clustergap.text import one_of, quote

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
                if not _is_wide(cover):
                    continue
                period = period_of(dataset, instrument, cover)
                if not period.is_empty and narrower[cell].overlaps(period):
                    message = f"{quote(str(cell))} is covered everywhere here, but another statement says where, or partial"
                    hint = "name the territories of this cover, or correct the other statement"
                    spot = StatementPlace(("instruments", i, "covers"), cell, number, len(covers))
                    yield Violation(spot.path, message, hint, At.KEY)


NONE_BUT_COVERED = Rule(
    code="CG308",
    name="none-but-covered",
    severity=Severity.WARNING,
    why="An observation says that there is nothing, where an instrument says of the same place and time that it covers the "
    "cell. The cell counts as covered, and one of the two is wrong or out of date.",
    fix="Correct the one that is wrong, or give each its own territories or days.",
    bad="""\
instruments:
  - id: act
    name: Social Economy Act
    covers:
      social-economy@country: {territories: [AT, BE]}
observations:
  social-economy@country: {extent: none, territories: [BE], note: No strategy adopted}
""",
    good="""\
instruments:
  - id: act
    name: Social Economy Act
    covers:
      social-economy@country: {territories: [AT, BE], starts: 2018}
observations:
  social-economy@country: {extent: none, territories: [BE], ends: 2017, note: No strategy adopted}
""",
)


def none_but_covered(dataset: Dataset) -> Violations:
    """Find observations that there is nothing, where an instrument that is not only planned covers the cell."""
    levels = dataset.levels_by_id
    absent = {
        cell: row
        for cell, row in dataset.observations.items()
        if cell.level in levels
        if any(observation.extent is Extent.NONE for observation in row)
    }
    covers = _covers_of(dataset, absent.keys()) if absent else {}
    units: dict[str, LevelUnits] = {}
    for cell in covers:
        if cell.level not in units:
            units[cell.level] = LevelUnits(levels[cell.level], None, dataset.groups_by_id)
        yield from _denied(dataset, cell, covers[cell], units[cell.level])


UPKEEP = (
    Check(UNLOCATED_COVER, unlocated_cover, frozenset({"instruments", "observations"})),
    Check(
        NONE_BUT_COVERED,
        none_but_covered,
        frozenset({"instruments", "observations", "levels", "territories"}),
    ),
)


MOST_DENIED = 100
"""Pairs that are looked at in one cell, of which a stranger's file may have millions."""

CoverPlace = tuple[int, int]
"""The index of an instrument, and that of its statement about a cell."""


def _covers_of(dataset: Dataset, cells: AbstractSet[Cell]) -> Mapping[Cell, list[CoverPlace]]:
    covers: defaultdict[Cell, list[CoverPlace]] = defaultdict(list)
    for i, instrument in enumerate(dataset.instruments):
        if instrument.status is not Status.PLANNED:
            for cell in instrument.covers.keys() & cells:
                covers[cell] += ((i, number) for number in range(len(instrument.covers[cell])))
    return covers


def _denied(
    dataset: Dataset, cell: Cell, covers: list[CoverPlace], units: LevelUnits
) -> Violations:
    observations = dataset.observations[cell]
    absent = [n for n, one in enumerate(observations) if one.extent is Extent.NONE]
    rated = [
        rate_statement(observations[n], period_of(dataset, None, observations[n]), units)
        for n in absent
    ]
    for i, number in covers:
        instrument = dataset.instruments[i]
        cover = instrument.covers[cell][number]
        row = rate_statement(cover, period_of(dataset, instrument, cover), units)
        rated.append(row._replace(full=0, partial=row.full | row.partial))
    clashes = sorted(islice(find_clashes(rated), MOST_DENIED), reverse=True)
    # Each observation is reported once, with the first cover of what it denies.
    for first, second in sorted({first: second for second, first in clashes}.items()):
        observation, cover_place = absent[first], covers[second - len(absent)]
        shared = rated[first].clash(rated[second]) & units.all
        where = f" in {one_of(units.codes_of(shared))}" if units.codes_of(shared) else ""
        message = (
            f"{quote(str(cell))} is none here, but "
            f"{quote(dataset.instruments[cover_place[0]].label)} covers it{where}"
        )
        yield Violation(
            statement_path(("observations",), cell, observation, len(observations)),
            message,
            "correct the one that is wrong, or give each its own territories or days",
            At.KEY,
            first=_path_of(dataset, cell, cover_place),
        )


def _path_of(dataset: Dataset, cell: Cell, cover_place: CoverPlace) -> DataPath:
    i, number = cover_place
    statements = dataset.instruments[i].covers[cell]
    return statement_path(("instruments", i, "covers"), cell, number, len(statements))


class _PeriodSet:
    """A set of periods that can tell whether one of them overlaps a given period."""

    def __init__(self, periods: list[Period]) -> None:
        self.starts = sorted(period.starts or date.min for period in periods)
        self.ends = sorted(period.ends or date.max for period in periods)

    def overlaps(self, period: Period) -> bool:
        # True if a period that begins before the given one ends is not yet over when that begins.
        starts, ends = period.starts or date.min, period.ends or date.max
        return bisect_right(self.starts, ends) > bisect_left(self.ends, starts)


def _narrower_by_cell(dataset: Dataset, cells: AbstractSet[Cell]) -> dict[Cell, _PeriodSet]:
    # The periods of narrower statements about these cells: with territories, or observations that are not wide.
    located = (
        (cell, period_of(dataset, instrument, cover))
        for instrument in dataset.instruments
        for cell, covers in instrument.covers.items()
        if cell in cells
        for cover in covers
        if cover.territories is not None
    )
    observed = (
        (cell, period_of(dataset, None, statement))
        for cell in cells & dataset.observations.keys()
        for statement in dataset.observations[cell]
        if statement.territories is not None or statement.extent is Extent.PARTIAL
    )
    periods: dict[Cell, list[Period]] = defaultdict(list)
    for cell, period in chain(located, observed):
        if not period.is_empty:
            periods[cell].append(period)
    return {cell: _PeriodSet(row) for cell, row in periods.items()}


def _is_wide(cover: Statement) -> bool:
    return cover.territories is None and cover.extent is Extent.FULL
