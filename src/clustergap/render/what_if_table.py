"""What a question changes, for the terminal: the gaps that open first."""

from rich.console import Group, RenderableType
from rich.text import Text

from clustergap.analysis.what_if import WhatIf
from clustergap.answers.changes import cell_namer, in_order_of_loss, instrument_labels, sum_up
from clustergap.answers.what_if import asked_in_words, resting
from clustergap.document import Origin
from clustergap.render.grammar.change_table import ChangeRows
from clustergap.theme import Shapes
from clustergap.writers.terminal import indent


def render(found: WhatIf, _origin: Origin, shapes: Shapes) -> RenderableType:
    comparison = found.comparison
    label = instrument_labels(comparison)
    title = f"{asked_in_words(found.asked, found.added, label)}: {sum_up(comparison.changes)}"
    parts: list[RenderableType] = [Text(title, style="bold")]
    if comparison.changes:
        name = cell_namer(comparison.before.dataset, comparison.after.dataset)
        rows = ChangeRows(comparison.changes, name, label, shapes)
        changes = in_order_of_loss(comparison.changes)
        parts.append(indent(rows.table(changes, found.asked.without)))
    threads = resting(found.fragile, comparison.after, label)
    if threads:
        parts.append(Text(threads))
    return Group(*parts)
