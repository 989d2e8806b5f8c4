"""CG301 to CG306: what every command can work with, but a maintainer should look at."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix
from clustergap.checks.walk import (
    Spot,
    Violations,
    not_assessed,
    statements,
    swot_items,
)
from clustergap.findings import At, DataPath, Violation
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Extent, Instrument, Statement
from clustergap.text import count, quote

REVIEW_HOLDS = timedelta(days=365)

Period = tuple[date, date]
"""A first and a last day; an open end is the first or last day that there is."""


def covers_nothing(dataset: Dataset) -> Violations:
    """Find instruments that serve no cell and that no item of the SWOT names."""
    idle = [i for i, instrument in enumerate(dataset.instruments) if not instrument.covers]
    if not idle:
        return
    named = {id_ for _, item in swot_items(dataset) for id_ in item.instruments}
    for i in idle:
        instrument = dataset.instruments[i]
        if instrument.id not in named:
            message = f"{quote(instrument.id)} covers no cell, and no SWOT item names it"
            hint = "add covers: {role@level: full}, with its territories where it is not everywhere, or delete the instrument"
            yield Violation(("instruments", i), message, hint)


def partial_without_reason(dataset: Dataset) -> Violations:
    """Find partial statements that say neither what is missing nor where they hold."""
    for spot, statement in statements(dataset):
        if (
            statement.extent is Extent.PARTIAL
            and statement.territories is None
            and statement.note is None
        ):
            message = (
                f"{quote(str(spot.cell))} is partial, but neither a note nor territories say how"
            )
            hint = "write {extent: partial, note: what is missing}, or name its territories"
            yield Violation(spot.path, message, hint)


def no_source(dataset: Dataset) -> Violations:
    """Find instruments, statements and SWOT items that nobody can look up.

    A cover without sources has its instrument's. Where none of an instrument's covers has its own either,
    the instrument alone is named.
    """
    for i, instrument in enumerate(dataset.instruments):
        if not instrument.sources:
            yield from _unsourced_covers(("instruments", i), instrument)
    for spot in _unsourced_in(("observations",), dataset.observations):
        yield _unsourced(spot.path, str(spot.cell), At.KEY)
    for path, item in swot_items(dataset):
        if not item.sources:
            yield _unsourced(path, item.id)


def review_overdue(dataset: Dataset, today: date) -> Violations:
    """Find records that somebody last checked more than 365 days before *today*."""
    for i, instrument in enumerate(dataset.instruments):
        if instrument.reviewed is not None and today - instrument.reviewed > REVIEW_HOLDS:
            age = count((today - instrument.reviewed).days, "day")
            message = f"{quote(instrument.id)} was last checked {age} before {today.isoformat()}"
            hint = "check it against its sources, then set reviewed"
            yield Violation(("instruments", i, "reviewed"), message, hint)


def accepted_until_past(dataset: Dataset, today: date) -> Violations:
    """Find accepted gaps whose last day is before *today*."""
    for cell, accepted in dataset.accepted_gaps.items():
        if accepted.until is not None and accepted.until < today:
            message = f"the gap {quote(str(cell))} was accepted until {accepted.until.isoformat()}, before {today.isoformat()}"
            yield Violation(
                ("accepted_gaps", str(cell), "until"), message, "decide again, or delete it"
            )


def accepted_gap_closed(matrix: Matrix) -> Violations:
    """Find accepted gaps that are none: their cell is covered in full."""
    for cell in matrix.dataset.accepted_gaps:
        if matrix.ratings[cell].coverage is Coverage.FULL:
            message = f"{quote(str(cell))} is covered in full{not_assessed(matrix, [cell])}, so there is no gap to accept"
            yield Violation(("accepted_gaps", str(cell)), message, "delete it", At.KEY)


def unlocated_cover(dataset: Dataset) -> Violations:
    """Find full covers that count everywhere beside what says that it is not everywhere."""
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
        for cell in instrument.covers:
            for number in _wide_beside(instrument, cell, narrower.get(cell)):
                message = f"{quote(str(cell))} is covered everywhere here, but another statement says where, or partial"
                hint = "name the territories of this cover, or correct the other statement"
                spot = Spot(
                    ("instruments", i, "covers"), cell, number, len(instrument.covers[cell])
                )
                yield Violation(spot.path, message, hint, At.KEY)


def _wide_beside(instrument: Instrument, cell: Cell, narrower: "_Periods | None") -> Iterator[int]:
    for number, cover in enumerate(instrument.covers[cell] if narrower else ()):
        if _is_wide(cover):
            period = _period(cover, instrument.starts, instrument.ends)
            if period is not None and narrower and narrower.overlaps(period):
                yield number


def _unsourced_covers(path: DataPath, instrument: Instrument) -> Violations:
    bare = list(_unsourced_in((*path, "covers"), instrument.covers))
    if len(bare) == sum(map(len, instrument.covers.values())):
        yield _unsourced(path, instrument.id)
    else:
        for spot in bare:
            yield _unsourced(spot.path, str(spot.cell), At.KEY)


def _unsourced_in(holder: DataPath, stated: Mapping[Cell, Sequence[Statement]]) -> Iterator[Spot]:
    return (
        Spot(holder, cell, number, len(said))
        for cell, said in stated.items()
        for number, statement in enumerate(said)
        if not statement.sources
    )


def _unsourced(path: DataPath, name: str, at: At = At.VALUE) -> Violation:
    return Violation(path, f"{quote(name)} has no source", "add sources: [{ref: …}]", at)


def _is_wide(cover: Statement) -> bool:
    return cover.territories is None and cover.extent is Extent.FULL


class _Periods:
    """Periods, of which it can be asked whether one of them shares a day with another period."""

    def __init__(self, periods: list[Period]) -> None:
        self.starts = sorted(starts for starts, _ in periods)
        self.ends = sorted(ends for _, ends in periods)

    def overlaps(self, period: Period) -> bool:
        # Of those that begin in time, some are not over yet.
        starts, ends = period
        return bisect_right(self.starts, ends) > bisect_left(self.ends, starts)


def _narrower_by_cell(dataset: Dataset, cells: AbstractSet[Cell]) -> dict[Cell, _Periods]:
    periods: dict[Cell, list[Period]] = defaultdict(list)
    for cell, period in _narrower(dataset, cells):
        if period is not None:
            periods[cell].append(period)
    return {cell: _Periods(found) for cell, found in periods.items()}


def _narrower(dataset: Dataset, cells: AbstractSet[Cell]) -> Iterator[tuple[Cell, Period | None]]:
    for instrument in dataset.instruments:
        for cell, covers in instrument.covers.items():
            for cover in covers if cell in cells else ():
                if cover.territories is not None:
                    yield cell, _period(cover, instrument.starts, instrument.ends)
    for cell in cells & dataset.observations.keys():
        for statement in dataset.observations[cell]:
            if not _is_wide(statement):
                yield cell, _period(statement, None, None)


def _period(statement: Statement, starts: date | None, ends: date | None) -> Period | None:
    # None: never in force, as one ends before the other starts.
    first = max(statement.starts or date.min, starts or date.min)
    last = min(statement.ends or date.max, ends or date.max)
    return (first, last) if first <= last else None
