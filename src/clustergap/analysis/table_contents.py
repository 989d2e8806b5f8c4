"""What a table that is imported speaks of, and what of a dataset it does not."""

from collections.abc import Collection, Mapping
from itertools import chain
from typing import NamedTuple

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Statement


def has_said(source: str | None, statement: Statement) -> bool:
    """Tell whether a table may have said all of a statement: it cites the table alone.

    Its instrument's sources do not count: a table that adds itself to them has not said what stood there without a source.

    Args:
        source: The key of the source that the table is; None: it is cited nowhere, and may have said anything.
        statement: The statement.
    """
    return source is None or {one.ref for one in statement.sources} == {source}


def has_named(source: str | None, instrument: Instrument) -> bool:
    """Tell whether an instrument may have come from a table: all of its statements have, and there are some."""
    statements = list(chain(*instrument.covers.values()))
    return source is None or (
        bool(statements) and all(has_said(source, one) for one in statements)
    )


class Unlisted(NamedTuple):
    """What a dataset says and a table does not: whole instruments, covers of others, and observations."""

    instruments: tuple[Instrument, ...] = ()
    covers: tuple[tuple[Instrument, Cell], ...] = ()
    observations: tuple[Cell, ...] = ()


class TableContents(NamedTuple):
    """What a table speaks of.

    ``rows`` are those that are read, ``left_out`` those that are not, by the reason: "where …". ``covers`` are the cells of the
    covers of each instrument, by its id. ``is_part``: it is known to hold only some of the cells.
    ``source`` is the key of the source that the table is: then what others have said is not looked for in it.
    """

    rows: int
    left_out: Mapping[str, int]
    covers: Mapping[str, Collection[Cell]]
    observations: Collection[Cell]
    is_part: bool = False
    source: str | None = None

    def unlisted(self, dataset: Dataset) -> Unlisted:
        """Return what of a dataset is not in the table; nothing where the table is known to be a part."""
        if self.is_part:
            return Unlisted()
        here = [one for one in dataset.instruments if one.id in self.covers]
        return Unlisted(
            tuple(
                one
                for one in dataset.instruments
                if one.id not in self.covers and has_named(self.source, one)
            ),
            tuple(
                (one, cell)
                for one in here
                for cell, said in one.covers.items()
                if cell not in self.covers[one.id]
                and any(has_said(self.source, statement) for statement in said)
            ),
            tuple(
                cell
                for cell, said in dataset.observations.items()
                if cell not in self.observations
                and any(has_said(self.source, statement) for statement in said)
            ),
        )
