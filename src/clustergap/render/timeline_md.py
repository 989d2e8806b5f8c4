"""Coverage over the years as Markdown: a table with one row for each change of a cell."""

from collections.abc import Iterator, Sequence

from clustergap.analysis.timeline import Timeline
from clustergap.answers.changes import cell_namer, in_order_of_loss
from clustergap.answers.phrases import labels
from clustergap.document import Origin
from clustergap.render.grammar.change_markdown import CHANGES_HEADER, change_rows
from clustergap.render.timeline_words import because, beginning, extent, only_cause, title
from clustergap.theme import gap_meanings
from clustergap.writers.markdown import escape, signed, table


@signed
def render(timeline: Timeline, _origin: Origin) -> str:
    head = f"**{escape(title(timeline))}**\n\n"
    if not timeline.events:
        return f"{head}{escape(extent(timeline))}. {escape(beginning(timeline))}.\n"
    body = table(("Date", "Because", *CHANGES_HEADER), _rows(timeline))
    first = f"{escape(extent(timeline))}. {escape(beginning(timeline))}."
    return f"{head}{first}\n\n{body}\n{gap_meanings()}\n"


def _rows(timeline: Timeline) -> Iterator[Sequence[str]]:
    # A day and its causes stand in its first row only, so that the eye finds the days.
    label, name = labels(timeline.begins), cell_namer(timeline.begins.dataset)
    for event in timeline.events:
        head = (event.date.isoformat(), escape(because(event, label)))
        changes = in_order_of_loss(event.changes)
        for row in change_rows(changes, name, label, only_cause(event)):
            yield (*head, *row)
            head = ("", "")
