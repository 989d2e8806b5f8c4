"""The SWOT's pairs, contradictions and candidates in words."""

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import Candidate, CandidateKind, LinkedItem, SwotView
from clustergap.analysis.tows import Tows, TowsField, TowsPair
from clustergap.answers.changes import cell_namer
from clustergap.answers.phrases import labels, level_names, role_names
from clustergap.model.dataset import Quadrant
from clustergap.render.need_words import at_level
from clustergap.text import count, one_of

TITLES = {
    TowsField.SO: "Strengths to seize opportunities",
    TowsField.WO: "Weaknesses that opportunities answer",
    TowsField.ST: "Strengths against threats",
    TowsField.WT: "Weaknesses that threats meet",
}


def contradiction(linked: LinkedItem) -> str:
    """Say that the matrix says the opposite of an item."""
    if linked.ratings[0].coverage is Coverage.FULL:
        return "closed: every cell that it names is full"
    return "gone: every cell that it names is none"


def nothing_in_words(view: SwotView, quadrant: Quadrant) -> str:
    """Say that a quadrant shows no item, and whether it has others: a part of a SWOT shall not look like an empty one."""
    elsewhere, nowhere = view.left_out(quadrant)
    by = [_these("role", view.roles), _these("level", view.levels)]
    asked = [words for words in by if words]
    if not elsewhere + nowhere:
        return "none"
    if len(asked) > 1:
        number = elsewhere + nowhere
        return f"none of {number:,} is tagged for both {asked[0]} and {asked[1]}"
    clauses = [f"none is tagged for {asked[0]}"]
    if elsewhere:
        clauses.append(f"{elsewhere:,} {'speaks' if elsewhere == 1 else 'speak'} of others")
    if nowhere:
        noun = "role" if view.roles else "level"
        clauses.append(f"{nowhere:,} {'names' if nowhere == 1 else 'name'} no {noun}")
    return "; ".join(clauses)


def nothing_as_sentence(view: SwotView, quadrant: Quadrant) -> str:
    """Say the same as a sentence."""
    words = nothing_in_words(view, quadrant)
    return f"{words[0].upper()}{words[1:]}."


def _these(noun: str, asked: tuple[str, ...]) -> str:
    if not asked:
        return ""
    return f"this {noun}" if len(asked) == 1 else f"these {noun}s"


def shares_in_words(pair: TowsPair, matrix: Matrix) -> str:
    """Say what two items share."""
    name, roles, levels = (
        cell_namer(matrix.dataset),
        role_names(matrix.dataset),
        level_names(matrix.dataset),
    )
    label, shares = labels(matrix), pair.shares
    things = [
        *(name(cell) for cell in shares.cells),
        *(roles[role] for role in shares.roles),
        *(label[id_] for id_ in shares.instruments),
        *(levels[level] for level in shares.levels),
    ]
    return f"share {one_of(things)}"


def gaps_in_words(pair: TowsPair, matrix: Matrix) -> str:
    """Name the gaps of which both items speak; nothing where there are none."""
    name = cell_namer(matrix.dataset)
    cells = [f"{name(rating.cell)} {rating.coverage.value}" for rating in pair.gaps]
    return f"gaps behind it: {'; '.join(cells)}" if cells else ""


def unpaired_title(tows: Tows) -> str:
    """Say how many items are in no pair."""
    return f"Paired with nothing: {count(len(tows.unpaired), 'item')}"


def candidate_in_words(candidate: Candidate, matrix: Matrix) -> str:
    """Say in a sentence what the SWOT does not."""
    rating = candidate.rating
    role = role_names(matrix.dataset)[rating.cell.role]
    level = next(one for one in matrix.dataset.levels if one.id == rating.cell.level)
    place = f" in {matrix.query.place}" if matrix.query.place else ""
    where = f"{role} at {at_level(level)}{place}"
    names = [labels(matrix)[id_] for id_ in rating.rests_on or rating.instruments]
    match candidate.kind:
        case CandidateKind.GAP:
            words = (
                "is covered only in part"
                if rating.coverage is Coverage.PARTIAL
                else "is not covered"
            )
            return f"{where} {words}"
        case CandidateKind.SINGLE:
            return f"Coverage of {where} rests on {one_of(names)}"
        case CandidateKind.CROWDED:
            return f"{where} is served by {count(len(names), 'instrument')}: fragmentation"
