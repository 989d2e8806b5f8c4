"""What is fragile, as Markdown: a table, what would lose most first, and what the kinds mean."""

from clustergap.analysis.coverage import Rating
from clustergap.analysis.risks import Risks
from clustergap.answers.changes import cell_namer
from clustergap.answers.phrases import labels
from clustergap.answers.ratings import unassessed_in_words
from clustergap.answers.risks import headline, kinds_of, meaning, sentence, unjudged
from clustergap.document import Origin
from clustergap.theme import UNICODE, WORDS
from clustergap.writers.markdown import escape, table

HEADER = ("Cell", "Coverage", "Risk", "Why")


def render(found: Risks, _origin: Origin) -> str:
    matrix = found.matrix
    title = f"**{escape(matrix.dataset.title)}**\n\n{escape(headline(found))}.\n"
    said = unjudged(found)
    if said:
        title += f"\n{said}\n"
    if not found.risks:
        return title
    name, label = cell_namer(matrix.dataset), labels(matrix)
    rows = [
        (
            escape(name(risk.rating.cell)),
            _coverage(risk.rating),
            risk.kind.value,
            escape(sentence(risk, label, matrix.dataset)),
        )
        for risk in found.risks
    ]
    meanings = "\n".join(f"- {kind.value}: {meaning(kind, found)}" for kind in kinds_of(found))
    return f"{title}\n{table(HEADER, rows)}\n{meanings}\n"


def _coverage(rating: Rating) -> str:
    word = f"{UNICODE.coverage[rating.coverage]} {WORDS[rating.coverage]}"
    return "<br>".join(part for part in (word, unassessed_in_words(rating)) if part)
