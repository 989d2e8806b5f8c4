"""What a question changes, as Markdown."""

from clustergap.analysis.what_if import WhatIf
from clustergap.answers.changes import cell_namer, in_order_of_loss, instrument_labels, sum_up
from clustergap.answers.what_if import asked_in_words, resting
from clustergap.document import Origin
from clustergap.render.grammar.change_markdown import CHANGES_HEADER, change_rows
from clustergap.writers.markdown import escape, table


def render(found: WhatIf, _origin: Origin) -> str:
    comparison = found.comparison
    label = instrument_labels(comparison)
    title = asked_in_words(found.asked, found.added, label)
    parts = [f"**{escape(title)}**: {escape(sum_up(comparison.changes))}\n"]
    if comparison.changes:
        name = cell_namer(comparison.before.dataset, comparison.after.dataset)
        changes = in_order_of_loss(comparison.changes)
        rows = change_rows(changes, name, label, found.asked.without)
        parts.append(table(CHANGES_HEADER, rows))
    threads = resting(found.fragile, comparison.after, label)
    if threads:
        parts.append(f"{escape(threads)}\n")
    return "\n".join(parts)
