"""The SWOT as Markdown, quadrant by quadrant."""

from clustergap.analysis.swot import SwotView
from clustergap.answers.phrases import query_in_words
from clustergap.answers.swot import links_in_words
from clustergap.document import Origin
from clustergap.render.swot_words import contradiction, nothing_as_sentence
from clustergap.writers.markdown import escape, signed


@signed
def render(view: SwotView, _origin: Origin) -> str:
    matrix = view.matrix
    lines = [f"**{escape(matrix.dataset.title)}** ({escape(query_in_words(matrix.query))})"]
    for quadrant, items in view.quadrants:
        lines += ["", f"### {quadrant.value.capitalize()} ({len(items)})", ""]
        for linked in items:
            links = "; ".join(links_in_words(view, linked)) or "no links"
            if linked.is_contradicted:
                links += f"; {contradiction(linked)}"
            lines.append(
                f"- **{escape(linked.item.id)}** {escape(linked.item.text)} ({escape(links)})"
            )
        if not items:
            lines.append(nothing_as_sentence(view, quadrant))
    return "\n".join(lines) + "\n"
