"""Statements that named territories and name none any more: a gap may close by them where nothing has come.

Leaving out ``territories`` says everywhere, and is the mistake that falsifies a matrix most easily.
"""

from collections.abc import Sequence

from clustergap.analysis.coverage import Rating
from clustergap.analysis.matrix import Matrix, statements_in_force
from clustergap.model.dataset import Dataset, Instrument, Statement

Widened = tuple[str | None, ...]
"""Instruments, by id, whose cover of a cell lost its territories; None: the cell's observation."""


class Widening:
    """Finds those statements of *after* behind a cell's rating; an instrument is known by its id, else by its name."""

    def __init__(self, before: Matrix, after: Matrix) -> None:
        self._before, self._after = before, after
        self._earlier = _earlier(before.dataset, after.dataset)
        self._now = {one.id: one for one in after.dataset.instruments}

    def of(self, rating: Rating) -> Widened:
        """Name those behind a *rating* of the later matrix, in file order."""
        cell = rating.cell
        found: list[str | None] = [
            id_
            for id_ in rating.instruments
            if id_ in self._earlier
            and self._is_wider(
                self._earlier[id_].covers.get(cell, ()), self._now[id_].covers[cell]
            )
        ]
        if not self._after.query.kinds:
            before, after = (
                one.dataset.observations.get(cell, ()) for one in (self._before, self._after)
            )
            found += [None] if self._is_wider(before, after) else []
        return tuple(found)

    def _is_wider(self, before: Sequence[Statement], after: Sequence[Statement]) -> bool:
        # Of what holds on the later day; where nothing of the earlier does, of all of that.
        query = self._after.query
        was = [one for _, one in statements_in_force(before, query)] or before
        return (
            bool(was)
            and all(one.territories is not None for one in was)
            and any(one.territories is None for _, one in statements_in_force(after, query))
        )


def _earlier(before: Dataset, after: Dataset) -> dict[str, Instrument]:
    # What an instrument of *after* was before: that of its id, else that of its name, which is gone under its old id.
    known = {one.id: one for one in before.instruments}
    ids = {one.id for one in after.instruments}
    gone = {one.name: one for one in before.instruments if one.id not in ids}
    renamed = {
        one.id: gone[one.name]
        for one in after.instruments
        if one.id not in known and one.name in gone
    }
    return known | renamed
