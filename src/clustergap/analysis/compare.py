"""Two matrices, cell by cell: which gaps opened, which closed, what changed.

A cell that only one of them has (a role or level was added or taken away) is unknown in the other.
"""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.widening import Widened, Widening
from clustergap.model.cell import Cell


class Kind(enum.StrEnum):
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


class Change(NamedTuple):
    """A cell that is not as it was; ``widened``: it is better, and these statements of it lost their territories."""

    cell: Cell
    before: Rating
    after: Rating
    kind: Kind
    widened: Widened = ()

    @property
    def is_loss(self) -> bool:
        """Whether something was lost: coverage, or the knowledge of it."""
        is_lost = self.after.coverage is Coverage.UNKNOWN is not self.before.coverage
        return is_lost or self.kind in (Kind.OPENED, Kind.WORSE)

    @property
    def is_regression(self) -> bool:
        """Whether something was lost, or is better only because a statement no longer says where."""
        return self.is_loss or bool(self.widened)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two matrices and the cells, among those that they show, in which they differ, in their order."""

    before: Matrix
    after: Matrix
    changes: tuple[Change, ...]

    def summary(self) -> Mapping[Kind, int]:
        """Count the changes of each kind."""
        kinds = [change.kind for change in self.changes]
        return {kind: kinds.count(kind) for kind in Kind}


def compare(before: Matrix, after: Matrix) -> Comparison:
    """Compare what two matrices show."""
    changes, widening = [], Widening(before, after)
    for cell in _cells(before, after):
        was, is_now = before.ratings.get(cell), after.ratings.get(cell)
        change = compare_ratings(was or _not_there(cell), is_now or _not_there(cell))
        if change is not None:
            better = change.kind in (Kind.CLOSED, Kind.BETTER)
            changes.append(
                change._replace(widened=widening.of(change.after)) if better else change
            )
    return Comparison(before, after, tuple(changes))


def compare_ratings(before: Rating, after: Rating) -> Change | None:
    """Say what happened to one cell, or None if nothing did."""
    kind = _kind(before, after)
    return Change(after.cell, before, after, kind) if kind is not None else None


def _kind(before: Rating, after: Rating) -> Kind | None:
    was, is_now = before.coverage, after.coverage
    if was is not is_now:
        return _kind_of_step(was, is_now)
    less = _covered(after) < _covered(before)
    more = _covered(before) < _covered(after)
    if less or more:
        return Kind.WORSE if less else Kind.BETTER
    return None if _what_counts(before) == _what_counts(after) else Kind.CHANGED


def _kind_of_step(was: Coverage, is_now: Coverage) -> Kind:
    if Coverage.UNKNOWN in (was, is_now):
        return Kind.ASSESSMENT
    if Coverage.FULL in (was, is_now):
        return Kind.OPENED if was is Coverage.FULL else Kind.CLOSED
    return Kind.WORSE if was is Coverage.PARTIAL else Kind.BETTER


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
