"""What a table that is imported speaks of, and what of a dataset it does not."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument


class Unlisted(NamedTuple):
    """What a dataset says and a table does not: whole instruments, covers of others, and observations."""

    instruments: tuple[Instrument, ...] = ()
    covers: tuple[tuple[Instrument, Cell], ...] = ()
    observations: tuple[Cell, ...] = ()


class TableContents(NamedTuple):
    """What a table speaks of.

    ``rows`` are those that are read, ``left_out`` those that are not, by the reason: "where …". ``covers`` are the cells of the
    covers of each instrument, by its id. ``is_part``: it is known to hold only some of the cells.
    """

    rows: int
    left_out: Mapping[str, int]
    covers: Mapping[str, Collection[Cell]]
    observations: Collection[Cell]
    is_part: bool = False

    def unlisted(self, dataset: Dataset) -> Unlisted:
        """Return what of a dataset is not in the table; nothing where the table is known to be a part."""
        if self.is_part:
            return Unlisted()
        here = [one for one in dataset.instruments if one.id in self.covers]
        return Unlisted(
            tuple(one for one in dataset.instruments if one.id not in self.covers),
            tuple(
                (one, cell)
                for one in here
                for cell in one.covers
                if cell not in self.covers[one.id]
            ),
            tuple(cell for cell in dataset.observations if cell not in self.observations),
        )
