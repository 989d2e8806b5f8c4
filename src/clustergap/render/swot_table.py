"""The SWOT for the terminal: its four fields side by side where there is room, else below each other."""

from collections.abc import Iterator

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.table import Table
from rich.text import Text

from clustergap.analysis.swot import LinkedItem, SwotView
from clustergap.answers.phrases import query_in_words
from clustergap.answers.swot import links_in_words
from clustergap.document import Origin
from clustergap.model.dataset import Quadrant
from clustergap.render.swot_words import contradiction, nothing_in_words
from clustergap.text import count
from clustergap.theme import ASCII, Shapes
from clustergap.writers.terminal import indent, open_fields, remarked

WIDE = 100
"""Columns from which on the fields stand side by side."""


@remarked
def render(view: SwotView, _origin: Origin, shapes: Shapes) -> RenderableType:
    return _Page(view, shapes)


class _Page:
    """The page, laid out when it is known how wide it may be."""

    def __init__(self, view: SwotView, shapes: Shapes) -> None:
        self.view, self.shapes = view, shapes

    def __rich_console__(
        self, _console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        view = self.view
        total = sum(len(items) for _, items in view.quadrants)
        query = query_in_words(view.matrix.query)
        yield Text(f"{view.matrix.dataset.title}: SWOT, {count(total, 'item')}, {query}\n", "bold")
        fields = [
            Group(
                Text(f"{quadrant.value.capitalize()} ({len(items)})", "bold"),
                self.field(quadrant, items),
            )
            for quadrant, items in view.quadrants
        ]
        if options.max_width < WIDE:
            for field in fields:
                yield from (field, Text())
            return
        lines = box.ASCII2 if self.shapes is ASCII else box.SQUARE
        square = Table(box=lines, show_header=False, show_lines=True, expand=True)
        for _ in range(2):
            square.add_column(ratio=1, overflow="fold")
        square.add_row(*fields[:2])
        square.add_row(*fields[2:])
        yield square

    def field(self, quadrant: Quadrant, items: tuple[LinkedItem, ...]) -> RenderableType:
        if not items:
            return indent(Text(nothing_in_words(self.view, quadrant), "dim"))
        fields = open_fields(narrowest=3)
        for linked in items:
            fields.add_row(Text(linked.item.id), self.item(linked))
        return indent(fields)

    def item(self, linked: LinkedItem) -> Text:
        text = Text(linked.item.text)
        links = f" {self.shapes.dot} ".join(links_in_words(self.view, linked))
        text.append(f"\n{links or 'no links'}", "dim")
        if linked.is_contradicted:
            text.append(f"\n{contradiction(linked)}", "bold")
        return text
