"""The gaps as Markdown: a table, worst first, with what the words mean."""

from clustergap.analysis.gaps import Gap, Gaps
from clustergap.answers.gaps import acceptance, elsewhere
from clustergap.answers.phrases import labels, level_names, query_in_words, role_names
from clustergap.answers.ratings import reasons
from clustergap.document import Origin
from clustergap.theme import UNICODE, WORDS, gap_meanings
from clustergap.writers.markdown import escape, table

HEADER = ("Role", "Level", "Coverage", "Why", "Instruments", "Elsewhere")


def render(found: Gaps, _origin: Origin) -> str:
    matrix, summary = found.matrix, found.matrix.summary()
    body = table(HEADER, [_row(found, gap) for gap in found.gaps]) if found.gaps else "No gaps.\n"
    return (
        f"**{escape(matrix.dataset.title)}**\n\n"
        f"{summary.none} none, {summary.partial} partial of {summary.cells} cells ({escape(query_in_words(matrix.query))}).\n\n"
        f"{body}\n{gap_meanings()}\n"
    )


def _row(found: Gaps, gap: Gap) -> list[str]:
    dataset, rating = found.matrix.dataset, gap.rating
    label = labels(found.matrix)
    roles, levels = role_names(dataset), level_names(dataset)
    why = [*reasons(rating), *acceptance(gap)]
    return [
        escape(roles[rating.cell.role]),
        escape(levels[rating.cell.level]),
        f"{UNICODE.coverage[rating.coverage]} {WORDS[rating.coverage]}",
        escape("; ".join(why)),
        ", ".join(escape(label[id_]) for id_ in rating.instruments),
        escape(", ".join(elsewhere(gap, levels))),
    ]
