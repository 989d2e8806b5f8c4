"""The needs for the terminal, level by level, the most pressing first."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.table import Table
from rich.text import Text

from clustergap.analysis.needs import Need, Needs
from clustergap.answers.gaps import acceptance
from clustergap.answers.phrases import meanings_in_words
from clustergap.document import Origin
from clustergap.render.building_words import building_in_words
from clustergap.render.need_words import (
    NO_SWOT,
    level_title,
    reasons,
    rest,
    sentence,
    spoken,
    title,
)
from clustergap.theme import Shapes
from clustergap.writers.terminal import indent, open_fields, remarked, sign


@remarked
def render(found: Needs, _origin: Origin, shapes: Shapes) -> RenderableType:
    return _Page(found, shapes, explains_order=False)


@remarked
def render_with_reasons(found: Needs, _origin: Origin, shapes: Shapes) -> RenderableType:
    return _Page(found, shapes, explains_order=True)


class _Page:
    """The page, made when it is printed."""

    def __init__(self, found: Needs, shapes: Shapes, *, explains_order: bool) -> None:
        self.found, self.shapes, self.explains_order = found, shapes, explains_order

    def __rich_console__(
        self, _console: Console, _options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        found = self.found
        yield Text(f"{title(found)}\n", style="bold")
        for level, needs in found.by_level:
            yield Text(level_title(level, needs), style="bold")
            for need in needs:
                yield indent(self.need(need))
            if not needs:
                yield indent(Text("no gap", style="dim"))
            yield Text()
        yield from self.rest()
        yield Text(meanings_in_words(found.matrix), style="dim")

    def need(self, need: Need) -> RenderableType:
        matrix, rating = self.found.matrix, need.gap.rating
        head = Text.assemble(
            sign(rating.coverage, self.shapes), "  ", (sentence(need, matrix), "bold")
        )
        return Group(head, indent(self.fields(need)))

    def fields(self, need: Need) -> Table:
        fields = open_fields()
        for n, words in enumerate(spoken(self.found, need)):
            fields.add_row("SWOT" if n == 0 else "", Text(words))
        for n, words in enumerate(building_in_words(need, self.found.matrix)):
            fields.add_row("To build on" if n == 0 else "", Text(words))
        for words in acceptance(need.gap):
            fields.add_row("Accepted", Text(words))
        if self.explains_order:
            fields.add_row("Order", Text("; ".join(reasons(need))))
        return fields

    def rest(self) -> Iterator[RenderableType]:
        found = self.found
        if not found.matrix.dataset.swot:
            yield Text(f"{NO_SWOT}\n")
        for heading, lines in rest(found):
            yield Text(heading, style="bold")
            yield indent(Text("\n".join(lines) + "\n"))
