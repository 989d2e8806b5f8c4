"""The matrix as Markdown: a table with the instruments' names, its legend and its date."""

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import labels, query_in_words
from clustergap.answers.ratings import marked_names, reasons_beside_word
from clustergap.document import Origin
from clustergap.model.cell import Cell
from clustergap.theme import DEFINITIONS, FRAGILE, GAP_DEFINITION, UNICODE, WORDS
from clustergap.writers.markdown import escape, signed, table


@signed
def render(matrix: Matrix, _origin: Origin) -> str:
    header = ["Role", *(escape(level.name) for level in matrix.levels)]
    rows = [
        [
            escape(role.name),
            *(_cell(matrix, matrix.ratings[Cell(role.id, level.id)]) for level in matrix.levels),
        ]
        for role in matrix.roles
    ]
    summary = matrix.summary()
    counts = f"{summary.full} full, {summary.partial} partial, {summary.none} none, {summary.unknown} unknown"
    meanings = "\n".join(
        f"- {UNICODE.coverage[coverage]} **{WORDS[coverage]}** {DEFINITIONS[coverage]}"
        for coverage in Coverage
    )
    return (
        f"**{escape(matrix.dataset.title)}**\n\n{escape(query_in_words(matrix.query))}: {counts}.\n\n"
        f"{table(header, rows)}\n{meanings}\n\n"
        f"{GAP_DEFINITION} {FRAGILE}\n"
    )


def _cell(matrix: Matrix, rating: Rating) -> str:
    names = map(escape, marked_names(rating, labels(matrix)))
    word = WORDS[rating.coverage]
    strong = f"**{word}**" if rating.coverage is Coverage.NONE else word
    why = map(escape, reasons_beside_word(rating))
    return "<br>".join(
        part
        for part in (
            f"{UNICODE.coverage[rating.coverage]} {strong}",
            ", ".join(names),
            "; ".join(why),
        )
        if part
    )
