"""Changed cells below each other on the terminal, as every comparison shows them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from clustergap.analysis.compare import CellChange
from clustergap.answers.changes import CellNamer, details, verb
from clustergap.theme import Shapes
from clustergap.writers.terminal import sign

GAP = 3

ROOM_FOR_DETAILS = 24
"""Columns that are left for what happened, if the names of the cells can be wrapped into the others."""


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
        changes: Collection[CellChange],
        name: CellNamer,
        label: Mapping[str, str],
        shapes: Shapes,
    ) -> None:
        self.name, self.label, self.shapes = name, label, shapes
        cells = {change.cell for change in changes}
        self.cell = max((Text(name(cell)).cell_len for cell in cells), default=0)
        self.step = max((_step(one, shapes).cell_len for one in changes), default=0)

    def table(self, changes: Iterable[CellChange], named: Collection[str] = ()) -> RenderableType:
        """Write some of the changes; who reads them knows already of the instruments in *named*."""
        return _Rows(self, changes, named)

    def widths(self, whole: int) -> tuple[int, int, int]:
        """Share out a line between what a cell does, its name, and the details."""
        room = max(2, whole - self.step - 2 * GAP)
        cell = max(1, min(self.cell, max(room - ROOM_FOR_DETAILS, room // 2)))
        return self.step, cell, max(1, room - cell)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Some of the changes, set in the width that there is."""

    all: ChangeRows
    changes: Iterable[CellChange]
    named: Collection[str]

    def __rich_console__(
        self, _console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        rows, table = self.all, Table.grid(padding=(0, GAP, 0, 0))
        for width in rows.widths(options.max_width):
            table.add_column(width=width, overflow="fold")
        for change in self.changes:
            words = "; ".join(details(change, rows.label, rows.shapes.arrow, self.named))
            table.add_row(_step(change, rows.shapes), Text(rows.name(change.cell)), Text(words))
        yield table


def _step(change: CellChange, shapes: Shapes) -> Text:
    before, after = change.before.coverage, change.after.coverage
    if before is after:
        return Text(verb(change))
    step = sign(before, shapes)
    step.append(f" {shapes.arrow} ")
    return step.append_text(sign(after, shapes))
