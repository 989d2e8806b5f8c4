"""What changed between two datasets, as Markdown for a comment on a pull request or the summary of a job."""

from collections.abc import Iterator

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
from clustergap.render.grammar.change_markdown import CHANGES_HEADER, change_rows
from clustergap.text import count
from clustergap.theme import UNICODE
from clustergap.writers.markdown import escape, fit, row

MOST_OF_CELLS, MOST_OF_EDITS = 30_000, 25_000
"""Characters: GitHub refuses a comment of more than 65,536."""


def render(found: Difference, origins: Origins) -> str:
    head = escape(f"{title(origins, UNICODE.arrow)} ({asked(found, UNICODE.arrow)})")
    parts = [f"**{head}**\n\n{escape(verdict(found))}\n"]
    if found.comparison.changes:
        parts.append(_cells(found))
    room = MOST_OF_EDITS
    for section, edits in edits_by_section(found).items():
        lines, left_out = fit(_edits(edits), room)
        room -= sum(map(len, lines))
        more = f"- … and {count(left_out, 'more', 'more')}\n" if left_out else ""
        parts.append(f"**{TITLES[section]}**: {edits_counted(edits)}\n\n{''.join(lines)}{more}")
    if not found.edits:
        parts.append("No record was edited.\n")
    return "\n".join(parts)


def _cells(found: Difference) -> str:
    comparison = found.comparison
    name = cell_namer(comparison.before.dataset, comparison.after.dataset)
    changes = in_order_of_loss(comparison.changes)
    rows = change_rows(changes, name, instrument_labels(comparison))
    lines, left_out = fit((row(cells) for cells in rows), MOST_OF_CELLS)
    head = [row(CHANGES_HEADER), row(["---"] * len(CHANGES_HEADER))]
    more = f"\n… and {count(left_out, 'more cell')}\n" if left_out else ""
    return "\n".join([*head, *lines]) + f"\n{more}"


def _edits(edits: list[RecordEdit]) -> Iterator[str]:
    for edit in edits:
        details = edit_details(edit, UNICODE.arrow)
        words = f"{edit_name(edit)}: {details}" if details else edit_name(edit)
        yield f"- {edit.kind.value} {escape(words)}\n"
