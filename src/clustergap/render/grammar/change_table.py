"""Changed cells below each other on the terminal, as every comparison shows them."""

from collections.abc import Collection, Iterable, Mapping

from rich.table import Table
from rich.text import Text

from clustergap.analysis.compare import Change
from clustergap.render.change_words import CellNamer, details, verb
from clustergap.render.grammar.tables import sign
from clustergap.render.look import Shapes


class ChangeRows:
    """Writes changes below each other, in columns that are as wide as the widest of all of them.

    Args:
        changes: All changes of the document.
        name: What a cell is called.
        label: What stands for an instrument, by id.
        shapes: The signs of the screen.
    """

    def __init__(
        self,
        changes: Collection[Change],
        name: CellNamer,
        label: Mapping[str, str],
        shapes: Shapes,
    ) -> None:
        self.name, self.label, self.shapes = name, label, shapes
        cells = {change.cell for change in changes}
        self.widest_cell = max((len(name(cell)) for cell in cells), default=0)
        self.widest_step = max((_step(one, shapes).cell_len for one in changes), default=0)

    def table(self, changes: Iterable[Change], named: Collection[str] = ()) -> Table:
        """Write some of the changes; who reads them knows already of the instruments in *named*."""
        table = Table.grid(padding=(0, 3, 0, 0))
        table.add_column(min_width=self.widest_step, no_wrap=True)
        table.add_column(min_width=min(self.widest_cell, _WIDEST_CELL), overflow="fold")
        table.add_column(overflow="fold")
        for change in changes:
            words = "; ".join(details(change, self.label, self.shapes.arrow, named))
            table.add_row(_step(change, self.shapes), Text(self.name(change.cell)), Text(words))
        return table


_WIDEST_CELL = 40
"""Columns that a cell's name keeps for itself on a narrow screen."""


def _step(change: Change, shapes: Shapes) -> Text:
    before, after = change.before.coverage, change.after.coverage
    if before is after:
        return Text(verb(change))
    step = sign(before, shapes)
    step.append(f" {shapes.arrow} ")
    return step.append_text(sign(after, shapes))
