"""What a table that is imported speaks of, and what of a dataset it does not."""

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument, Statement


def may_have_stated(source: str | None, statement: Statement) -> bool:
    """Tell whether a table may have said all of a statement: it cites the table alone.

    Its instrument's sources do not count: a table that adds itself to them has not said what stood there without a source.

    Args:
        source: The key of the source that the table is; None: it is cited nowhere, and may have said anything.
        statement: The statement.
    """
    return source is None or {citation.ref for citation in statement.sources} == {source}


def may_have_listed(source: str | None, instrument: Instrument) -> bool:
    """Tell whether an instrument may have come from a table: all of its statements have, and there are some."""
    statements = list(chain(*instrument.covers.values()))
    return source is None or (
        bool(statements) and all(may_have_stated(source, statement) for statement in statements)
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
        listed, unlisted = [], []
        for instrument in dataset.instruments:
            if instrument.id in self.covers:
                listed.append(instrument)
            elif may_have_listed(self.source, instrument):
                unlisted.append(instrument)
        return Unlisted(
            tuple(unlisted),
            tuple(
                (instrument, cell)
                for instrument in listed
                for cell, statements in instrument.covers.items()
                if cell not in self.covers[instrument.id] and self._may_have_stated(statements)
            ),
            tuple(
                cell
                for cell, statements in dataset.observations.items()
                if cell not in self.observations and self._may_have_stated(statements)
            ),
        )

    def _may_have_stated(self, statements: Iterable[Statement]) -> bool:
        return any(may_have_stated(self.source, statement) for statement in statements)
