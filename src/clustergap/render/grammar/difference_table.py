"""What is not the same in two datasets, as a table: cells first, then what was edited."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from clustergap.analysis.diff import Difference, RecordEdit
from clustergap.answers.changes import cell_namer, in_order_of_loss, instrument_labels
from clustergap.document import Origins
from clustergap.render.diff_words import (
    TITLES,
    asked,
    edit_details,
    edit_name,
    edits_by_section,
    edits_counted,
    title,
    verdict,
)
from clustergap.render.grammar.change_table import ChangeRows
from clustergap.theme import Shapes
from clustergap.writers.terminal import indent


def draw_difference(found: Difference, origins: Origins, shapes: Shapes) -> RenderableType:
    """Show the cells and the records that are not the same, below the two sides and what happened in a sentence."""
    return Group(
        draw_title(found, origins, shapes), Text(verdict(found)), draw_changes(found, shapes)
    )


def draw_title(found: Difference, origins: Origins, shapes: Shapes) -> Text:
    """Name the two sides, and on which day they were asked."""
    return Text(f"{title(origins, shapes.arrow)} ({asked(found, shapes.arrow)})", style="bold")


def draw_changes(found: Difference, shapes: Shapes, most: int | None = None) -> RenderableType:
    """Show the cells and the records that are not the same; of cells, and of each kind of record, at most so many."""
    comparison = found.comparison
    parts: list[RenderableType] = []
    if comparison.changes:
        name = cell_namer(comparison.before.dataset, comparison.after.dataset)
        changes = in_order_of_loss(comparison.changes)
        rows = ChangeRows(changes[:most], name, instrument_labels(comparison), shapes)
        parts += [indent(rows.table(changes[:most])), *_more(len(changes), most)]
    for section, edits in edits_by_section(found).items():
        parts += [
            Text(),
            Text.assemble((TITLES[section], "bold"), f": {edits_counted(edits)}"),
            indent(_edits(edits[:most], shapes)),
            *_more(len(edits), most),
        ]
    if not found.edits:
        parts.append(Text("No record was edited."))
    return Group(*parts)


def _more(number: int, most: int | None) -> list[Text]:
    return [] if most is None or number <= most else [Text(f"  … and {number - most:,} more")]


def _edits(edits: list[RecordEdit], shapes: Shapes) -> Table:
    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for edit in edits:
        details = Text(edit_details(edit, shapes.arrow))
        table.add_row(Text(edit.kind.value), Text(edit_name(edit)), details)
    return table
