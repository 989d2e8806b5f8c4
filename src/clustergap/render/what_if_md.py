"""What a question changes, as Markdown."""

from clustergap.analysis.compare import Change
from clustergap.analysis.rating import Rating
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
from clustergap.render.grammar.markdown import escape, table
from clustergap.render.look import UNICODE, WORDS
from clustergap.render.origin import Origin
from clustergap.render.told import cell_name

HEADER = ("Cell", "Change", "Before", "After", "Why")


def render(found: WhatIf, _origin: Origin) -> str:
    comparison = found.comparison
    label = instrument_labels(comparison)
    title = asked_in_words(found.asked, found.added, label)
    parts = [f"**{escape(title)}**: {escape(sum_up(comparison))}\n"]
    if comparison.changes:
        rows = [
            [
                escape(cell_name(comparison.after.dataset, change.after)),
                *_row(change),
                escape("; ".join(details(change, label, UNICODE.arrow, found.asked.without))),
            ]
            for change in in_order_of_loss(comparison.changes)
        ]
        parts.append(table(HEADER, rows))
    threads = resting(found.fragile, comparison.after, label)
    if threads:
        parts.append(f"{escape(threads)}\n")
    return "\n".join(parts)


def _row(change: Change) -> list[str]:
    return [verb(change), _coverage(change.before), _coverage(change.after)]


def _coverage(rating: Rating) -> str:
    return f"{UNICODE.coverage[rating.coverage]} {WORDS[rating.coverage]}"
