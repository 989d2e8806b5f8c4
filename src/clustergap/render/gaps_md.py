"""The gaps as Markdown: a table, worst first, with what the words mean."""

from clustergap.analysis.gaps import Gap, Gaps
from clustergap.analysis.matrix import Coverage
from clustergap.render.grammar.markdown import escape, table
from clustergap.render.look import (
    DEFINITIONS,
    GAP_DEFINITION,
    UNICODE,
    WORDS,
    labels,
    query_in_words,
    reasons,
)
from clustergap.render.origin import Origin

HEADER = ("Role", "Level", "Coverage", "Why", "Instruments", "Elsewhere")


def render(found: Gaps, _origin: Origin) -> str:
    matrix, summary = found.matrix, found.matrix.summary()
    meanings = "; ".join(
        f"{WORDS[coverage]}: {DEFINITIONS[coverage]}"
        for coverage in (Coverage.NONE, Coverage.PARTIAL)
    )
    body = table(HEADER, [_row(found, gap) for gap in found.gaps]) if found.gaps else "No gaps.\n"
    return (
        f"**{escape(matrix.dataset.title)}**\n\n"
        f"{summary.none} none, {summary.partial} partial of {summary.cells} cells ({escape(query_in_words(matrix.query))}).\n\n"
        f"{body}\n{GAP_DEFINITION} {meanings}.\n"
    )


def _row(found: Gaps, gap: Gap) -> list[str]:
    dataset, rating = found.matrix.dataset, gap.rating
    label = labels(found.matrix)
    roles = {role.id: role.name for role in dataset.roles}
    levels = {level.id: level.name for level in dataset.levels}
    why = [escape(reason) for reason in reasons(rating)]
    if gap.accepted:
        until = f" until {gap.accepted.until.isoformat()}" if gap.accepted.until else ""
        why.append(
            f"{'acceptance expired' if gap.expired else 'accepted'}{until}: {escape(gap.accepted.reason)}"
        )
    return [
        escape(roles[rating.cell.role]),
        escape(levels[rating.cell.level]),
        f"{UNICODE.coverage[rating.coverage]} {WORDS[rating.coverage]}",
        "; ".join(why),
        ", ".join(escape(label[id_]) for id_ in rating.instruments),
        ", ".join(
            f"{escape(levels[other.cell.level])} {other.coverage.value}" for other in gap.elsewhere
        ),
    ]
