"""Coverage over the years for the terminal: day by day, what changes and because of what."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.text import Text

from clustergap.analysis.timeline import Timeline
from clustergap.answers.changes import cell_namer, in_order_of_loss
from clustergap.answers.phrases import labels, meanings_in_words
from clustergap.document import Origin
from clustergap.render.grammar.change_table import ChangeRows
from clustergap.render.timeline_words import (
    because,
    beginning,
    extent,
    only_cause,
    outcome,
    title,
)
from clustergap.theme import Shapes
from clustergap.writers.terminal import indent, remarked


@remarked
def render(timeline: Timeline, _origin: Origin, shapes: Shapes) -> RenderableType:
    head = Text(f"{title(timeline)}\n", style="bold")
    if not timeline.events:
        return Group(head, Text(f"{extent(timeline)}. {beginning(timeline)}."))
    return Group(
        head,
        Text(f"{extent(timeline)}. {beginning(timeline)}.\n"),
        _Days(timeline, shapes),
        Text(meanings_in_words(timeline.begins), style="dim"),
    )


class _Days:
    """One paragraph for each day, made when it is printed."""

    def __init__(self, timeline: Timeline, shapes: Shapes) -> None:
        self.timeline = timeline
        self.label = labels(timeline.begins)
        changes = [change for event in timeline.events for change in event.changes]
        name = cell_namer(timeline.begins.dataset)
        self.rows = ChangeRows(changes, name, self.label, shapes)

    def __rich_console__(
        self, _console: Console, _options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        for event in self.timeline.events:
            yield Text.assemble((event.date.isoformat(), "bold"), "  ", because(event, self.label))
            changes = in_order_of_loss(event.changes)
            yield indent(self.rows.table(changes, named=only_cause(event)))
            yield indent(Text(f"{outcome(event)}\n", style="dim"))
