"""Two matrices, cell by cell: which gaps opened, which closed, what changed, and what is better by a mistake only.

A cell that only one of them has (a role or level was added or taken away) is unknown in the other.
"""

import enum
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import Matrix, statements_in_force
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Statement


class ChangeKind(enum.StrEnum):
    """What happened to a cell.

    Between partial and none it got WORSE or BETTER, likewise at the same coverage by fewer or more
    territories that are covered in full. CHANGED: neither, but other instruments or other territories.
    """

    OPENED = "opened"
    CLOSED = "closed"
    WORSE = "worse"
    BETTER = "better"
    ASSESSMENT = "assessment"
    CHANGED = "changed"


Widened = tuple[str | None, ...]
"""Instruments, by id, whose cover of a cell lost its territories; None: the cell's observation."""


class CellChange(NamedTuple):
    """A cell that is not as it was; ``widened``: it is better, and these statements of it lost their territories."""

    cell: Cell
    before: Rating
    after: Rating
    kind: ChangeKind
    widened: Widened = ()

    @property
    def is_loss(self) -> bool:
        """Whether something was lost: coverage, or the knowledge of it."""
        is_lost = self.after.coverage is Coverage.UNKNOWN is not self.before.coverage
        return is_lost or self.kind in (ChangeKind.OPENED, ChangeKind.WORSE)

    @property
    def is_regression(self) -> bool:
        """Whether something was lost, or is better only because a statement no longer says where."""
        return self.is_loss or bool(self.widened)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two matrices and the cells, among those that they show, in which they differ, in their order."""

    before: Matrix
    after: Matrix
    changes: tuple[CellChange, ...]

    def summary(self) -> Mapping[ChangeKind, int]:
        """Count the changes of each kind."""
        kinds = [change.kind for change in self.changes]
        return {kind: kinds.count(kind) for kind in ChangeKind}


def compare(before: Matrix, after: Matrix) -> Comparison:
    """Compare what two matrices show."""
    changes, finder = [], _WidenedFinder(before, after)
    for cell in _cells(before, after):
        was, is_now = before.ratings.get(cell), after.ratings.get(cell)
        change = compare_ratings(was or _not_there(cell), is_now or _not_there(cell))
        if change is not None:
            better = change.kind in (ChangeKind.CLOSED, ChangeKind.BETTER)
            changes.append(
                change._replace(widened=finder.find(change.after)) if better else change
            )
    return Comparison(before, after, tuple(changes))


def compare_ratings(before: Rating, after: Rating) -> CellChange | None:
    """Say what happened to one cell, or None if nothing did."""
    kind = _kind(before, after)
    return CellChange(after.cell, before, after, kind) if kind is not None else None


def _kind(before: Rating, after: Rating) -> ChangeKind | None:
    was, is_now = before.coverage, after.coverage
    if was is not is_now:
        return _kind_of_step(was, is_now)
    less = _covered(after) < _covered(before)
    more = _covered(before) < _covered(after)
    if less or more:
        return ChangeKind.WORSE if less else ChangeKind.BETTER
    return None if _what_counts(before) == _what_counts(after) else ChangeKind.CHANGED


def _kind_of_step(was: Coverage, is_now: Coverage) -> ChangeKind:
    if Coverage.UNKNOWN in (was, is_now):
        return ChangeKind.ASSESSMENT
    if Coverage.FULL in (was, is_now):
        return ChangeKind.OPENED if was is Coverage.FULL else ChangeKind.CLOSED
    return ChangeKind.WORSE if was is Coverage.PARTIAL else ChangeKind.BETTER


def _what_counts(rating: Rating) -> tuple[object, ...]:
    # The order of records in a file, or of a level's list, is no difference.
    share = rating.share and rating.share._replace(missing=tuple(sorted(rating.share.missing)))
    return frozenset(rating.instruments), share


def _covered(rating: Rating) -> tuple[bool, int]:
    # Whether all territories are covered in full, else how many. Where nobody said where, a full cell is so
    # everywhere, and of any other no territory is known to be.
    share = rating.share
    if share is None:
        return (rating.coverage is Coverage.FULL, 0)
    is_all = rating.coverage is Coverage.FULL and not share.unknown
    return (is_all, 0 if is_all else share.covered)


def _cells(before: Matrix, after: Matrix) -> Iterator[Cell]:
    seen = dict.fromkeys(rating.cell for rating in after)
    seen |= dict.fromkeys(rating.cell for rating in before)
    return iter(seen)


def _not_there(cell: Cell) -> Rating:
    return Rating(cell, Coverage.UNKNOWN)


class _WidenedFinder:
    """Finds statements that named territories before and name none any more.

    Leaving out ``territories`` says everywhere, and is the mistake that falsifies a matrix most easily: a gap may close by
    it where nothing has come.
    """

    def __init__(self, before: Matrix, after: Matrix) -> None:
        self._before, self._after = before, after
        self._earlier = _earlier(before.dataset, after.dataset)
        self._now = {instrument.id: instrument for instrument in after.dataset.instruments}

    def find(self, rating: Rating) -> Widened:
        """Name the statements of a *rating* of the later matrix that lost their territories, in file order."""
        cell = rating.cell
        widened: list[str | None] = [
            id_
            for id_ in rating.instruments
            if id_ in self._earlier
            and self._is_wider(
                self._earlier[id_].covers.get(cell, ()), self._now[id_].covers[cell]
            )
        ]
        if not self._after.query.kinds:
            before, after = (
                matrix.dataset.observations.get(cell, ()) for matrix in (self._before, self._after)
            )
            widened += [None] if self._is_wider(before, after) else []
        return tuple(widened)

    def _is_wider(self, before: Sequence[Statement], after: Sequence[Statement]) -> bool:
        # Of what holds on the later day; where nothing of the earlier does, of all of that.
        query = self._after.query
        earlier = [statement for _, statement in statements_in_force(before, query)] or before
        later = [statement for _, statement in statements_in_force(after, query)]
        was_located = all(statement.territories is not None for statement in earlier)
        is_everywhere = any(statement.territories is None for statement in later)
        return bool(earlier) and was_located and is_everywhere


def _earlier(before: Dataset, after: Dataset) -> dict[str, Instrument]:
    # What an instrument of *after* was before: that of its id, else that of its name, which is gone under its old id.
    by_id = {instrument.id: instrument for instrument in before.instruments}
    ids = {instrument.id for instrument in after.instruments}
    gone = {
        instrument.name: instrument
        for instrument in before.instruments
        if instrument.id not in ids
    }
    renamed = {
        instrument.id: gone[instrument.name]
        for instrument in after.instruments
        if instrument.id not in by_id and instrument.name in gone
    }
    return by_id | renamed
