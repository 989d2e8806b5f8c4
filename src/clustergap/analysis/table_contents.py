"""What of a dataset an imported table lacks: what may once have come from it, and stands in it no longer."""

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Instrument
from clustergap.model.statement import Statement


def may_have_stated(source: str | None, statement: Statement) -> bool:
    """Tell whether a statement may have come from a table: the statement cites the table alone.

    The sources of its instrument do not count: a table that adds itself to them did not write the older statements.

    Args:
        source: The key under which the table is a source; None: it is cited nowhere, so anything may have come from it.
        statement: The statement.
    """
    return source is None or {citation.ref for citation in statement.sources} == {source}


def may_have_listed(source: str | None, instrument: Instrument) -> bool:
    """Tell whether an instrument may have come from a table: it has statements, and all may have come from it."""
    statements = list(chain(*instrument.covers.values()))
    return source is None or (
        bool(statements) and all(may_have_stated(source, statement) for statement in statements)
    )


class Unlisted(NamedTuple):
    """What a dataset has and a table lacks: whole instruments, covers of other instruments, and observations."""

    instruments: tuple[Instrument, ...] = ()
    covers: tuple[tuple[Instrument, Cell], ...] = ()
    observations: tuple[Cell, ...] = ()


class TableContents(NamedTuple):
    """What a table contains.

    ``rows`` counts the rows that are read, ``left_out`` the others, by the reason: "where …". ``covers`` holds the cells that
    each instrument covers, by its id. ``is_part``: the table is known to hold only some of the cells.
    ``source`` is the key under which the table is a source: what cites other sources is not expected in it.
    """

    rows: int
    left_out: Mapping[str, int]
    covers: Mapping[str, Collection[Cell]]
    observations: Collection[Cell]
    is_part: bool = False
    source: str | None = None

    def unlisted(self, dataset: Dataset) -> Unlisted:
        """Return what of a dataset the table lacks; nothing if the table is known to be a part."""
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
