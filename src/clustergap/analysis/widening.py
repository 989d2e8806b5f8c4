"""Statements that named territories and name none any more: a gap may close by them where nothing has come.

Leaving out ``territories`` says everywhere, and is the mistake that falsifies a matrix most easily.
"""

from clustergap.analysis.counting import observation_counts
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.rating import Rating
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
            and _is_wider(self._earlier[id_].covers.get(cell), self._now[id_].covers.get(cell))
        ]
        said = self._after.dataset.observations.get(cell)
        if said is not None and observation_counts(said, self._after.query):
            was = self._before.dataset.observations.get(cell)
            found += [None] if _is_wider(was, said) else []
        return tuple(found)


def _is_wider(before: Statement | None, after: Statement | None) -> bool:
    if before is None or after is None:
        return False
    return before.territories is not None and after.territories is None


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
