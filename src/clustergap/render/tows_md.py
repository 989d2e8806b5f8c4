"""The SWOT in pairs, as Markdown."""

from collections.abc import Iterator

from clustergap.analysis.swot import SwotView
from clustergap.analysis.tows import Tows
from clustergap.answers.phrases import query_in_words
from clustergap.document import Origin
from clustergap.render.swot_words import TITLES, gaps_in_words, shares_in_words, unpaired_title
from clustergap.writers.markdown import escape, sign


def render(answer: tuple[SwotView, Tows], origin: Origin) -> str:
    _, tows = answer
    return sign("\n".join(_lines(tows)) + "\n", origin)


def _lines(tows: Tows) -> Iterator[str]:
    matrix = tows.matrix
    yield f"**{escape(matrix.dataset.title)}** ({escape(query_in_words(matrix.query))})"
    for field, pairs in tows.fields:
        yield from ("", f"### {TITLES[field]} ({len(pairs)})", "")
        for pair in pairs:
            items = f"{pair.within.text} + {pair.around.text}"
            why = "; ".join(
                words
                for words in (shares_in_words(pair, matrix), gaps_in_words(pair, matrix))
                if words
            )
            ids = f"{pair.within.id} + {pair.around.id}"
            yield f"- **{escape(ids)}** {escape(items)} ({escape(why)})"
        if not pairs:
            yield "None."
    yield from ("", f"### {escape(unpaired_title(tows))}", "")
    yield from (f"- **{escape(item.id)}** {escape(item.text)}" for _, item in tows.unpaired)
