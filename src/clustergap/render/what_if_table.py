"""What a question changes, for the terminal: what opens first."""

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from clustergap.analysis.compare import Change
from clustergap.analysis.what_if import WhatIf
from clustergap.render.change_words import (
    asked_in_words,
    details,
    in_order_of_loss,
    instrument_labels,
    resting,
    sum_up,
    verb,
)
from clustergap.render.grammar.tables import indent, sign
from clustergap.render.look import Shapes
from clustergap.render.origin import Origin
from clustergap.render.told import cell_name


def render(found: WhatIf, _origin: Origin, shapes: Shapes) -> RenderableType:
    comparison = found.comparison
    label = instrument_labels(comparison)
    title = f"{asked_in_words(found.asked, found.added, label)}: {sum_up(comparison)}"
    table = Table.grid(padding=(0, 3, 0, 0))
    for change in in_order_of_loss(comparison.changes):
        cell = cell_name(comparison.after.dataset, change.after)
        words = "; ".join(details(change, label, shapes.arrow, found.asked.without))
        table.add_row(_step(change, shapes), Text(cell), Text(words))
    parts: list[RenderableType] = [Text(title, style="bold")]
    if comparison.changes:
        parts.append(indent(table))
    threads = resting(found.fragile, comparison.after, label)
    if threads:
        parts.append(Text(threads))
    return Group(*parts)


def _step(change: Change, shapes: Shapes) -> Text:
    before, after = change.before.coverage, change.after.coverage
    if before is after:
        return Text(verb(change))
    step = sign(before, shapes)
    step.append(f" {shapes.arrow} ")
    return step.append_text(sign(after, shapes))
