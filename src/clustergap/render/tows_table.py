"""The SWOT in pairs, for the terminal."""

from rich.console import Group, RenderableType
from rich.text import Text

from clustergap.analysis.swot import SwotView
from clustergap.analysis.tows import Tows, TowsPair
from clustergap.answers.phrases import query_in_words
from clustergap.document import Origin
from clustergap.render.swot_words import TITLES, gaps_in_words, shares_in_words, unpaired_title
from clustergap.text import count
from clustergap.theme import Shapes
from clustergap.writers.terminal import indent, open_fields, remarked


@remarked
def render(answer: tuple[SwotView, Tows], _origin: Origin, _shapes: Shapes) -> RenderableType:
    _, tows = answer
    matrix = tows.matrix
    number = count(sum(len(pairs) for _, pairs in tows.fields), "pair")
    head = f"{matrix.dataset.title}: SWOT in pairs, {number}, {query_in_words(matrix.query)}"
    parts: list[RenderableType] = [Text(head, "bold")]
    for field, pairs in tows.fields:
        fields = open_fields()
        for pair in pairs:
            fields.add_row(Text(f"{pair.within.id} + {pair.around.id}"), _pair(pair, tows))
        title = Text(f"{TITLES[field]} ({len(pairs)})", "bold")
        parts += [Text(), title, indent(fields if pairs else Text("none", "dim"))]
    fields = open_fields(narrowest=3)
    for _, item in tows.unpaired:
        fields.add_row(Text(item.id), Text(item.text))
    parts += [Text(), Text(unpaired_title(tows), "bold"), indent(fields)]
    return Group(*parts)


def _pair(pair: TowsPair, tows: Tows) -> Text:
    text = Text(f"{pair.within.text}\n{pair.around.text}\n")
    text.append(shares_in_words(pair, tows.matrix), "dim")
    gaps = gaps_in_words(pair, tows.matrix)
    return text.append(f"\n{gaps}") if gaps else text
