"""The SWOT for the terminal, quadrant by quadrant, with what its links say."""

from rich.console import Group, RenderableType
from rich.text import Text

from clustergap.analysis.swot import LinkedItem, SwotView
from clustergap.render.grammar.tables import indent, open_fields
from clustergap.render.look import Shapes, query_in_words
from clustergap.render.told import links_in_words
from clustergap.wording import count


def render(view: SwotView, shapes: Shapes) -> RenderableType:
    matrix = view.matrix
    total = sum(len(items) for _, items in view.quadrants)
    headline = (
        f"{matrix.dataset.title}: SWOT, {count(total, 'item')}, {query_in_words(matrix.query)}"
    )
    parts: list[RenderableType] = [Text(headline, "bold")]
    for quadrant, items in view.quadrants:
        fields = open_fields(narrowest=3)
        for linked in items:
            fields.add_row(Text(linked.item.id), _item(view, linked, shapes))
        none = [] if items else [Text("none", "dim")]
        parts += [
            Text(),
            Text(f"{quadrant.value.capitalize()} ({len(items)})", "bold"),
            indent(fields),
            *none,
        ]
    return Group(*parts)


def _item(view: SwotView, linked: LinkedItem, shapes: Shapes) -> Text:
    text = Text(linked.item.text)
    links = f" {shapes.dot} ".join(links_in_words(view, linked))
    text.append(f"\n{links or 'no links'}", "dim")
    return text
