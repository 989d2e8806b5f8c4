"""Changed cells as rows of a Markdown table, as every comparison shows them."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from clustergap.analysis.compare import CellChange
from clustergap.analysis.coverage import Rating
from clustergap.answers.changes import CellNamer, details, verb
from clustergap.theme import UNICODE, WORDS
from clustergap.writers.markdown import escape

CHANGES_HEADER = ("Cell", "Change", "Before", "After", "Why")


def change_rows(
    changes: Iterable[CellChange],
    name: CellNamer,
    label: Mapping[str, str],
    named: Collection[str] = (),
) -> list[Sequence[str]]:
    """Write changes as rows: cell, change, before, after, why."""
    return [
        (
            escape(name(change.cell)),
            verb(change),
            _coverage(change.before),
            _coverage(change.after),
            escape("; ".join(details(change, label, UNICODE.arrow, named))),
        )
        for change in changes
    ]


def _coverage(rating: Rating) -> str:
    return f"{UNICODE.coverage[rating.coverage]} {WORDS[rating.coverage]}"
