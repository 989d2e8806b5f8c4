"""What was asked, in words and as a small table that a program reads back."""

from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import narrowed
from clustergap.answers.phrases import query_in_words
from clustergap.list_format.list_layout import write_day, write_flag, write_ids
from clustergap.list_format.reference_layout import HEADERS, QUESTION, ReferenceTable


def asked_in_words(matrix: Matrix) -> list[tuple[str, str]]:
    """Say what was asked, and what is shown where that is not all."""
    roles, levels = narrowed(matrix)
    words = [("Asked", query_in_words(matrix.query))]
    if roles:
        words.append(("Roles shown", ", ".join(role.name for role in matrix.roles)))
    if levels:
        words.append(("Levels shown", ", ".join(level.name for level in matrix.levels)))
    return words


def question(matrix: Matrix) -> ReferenceTable:
    """Write the parts of the question that were asked, by their names in JSON; roles and levels where not all are shown."""
    query = matrix.query
    roles, levels = narrowed(matrix)
    parts = {
        "as_of": write_day(query.as_of),
        "in": query.place,
        "target": query.target,
        "kinds": write_ids(query.kinds),
        "without": write_ids(query.without),
        "with_planned": write_flag(query.with_planned) if query.with_planned else "",
        "roles": write_ids(roles),
        "levels": write_ids(levels),
    }
    rows = [(part, value) for part, value in parts.items() if value]
    return ReferenceTable(QUESTION, HEADERS[QUESTION], rows)
