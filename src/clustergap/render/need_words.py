"""A need in plain words, for every output of the needs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from clustergap.analysis.building import BuildOn, How
from clustergap.analysis.evidence import Evidence, Link
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Need, Needs, Unlinked
from clustergap.analysis.rating import Coverage, Rating, Share
from clustergap.model.dataset import Level
from clustergap.model.swot import Quadrant
from clustergap.render.look import labels, level_names, query_in_words, role_names
from clustergap.render.told import citation
from clustergap.wording import count, one_of

ONE: Mapping[Quadrant, str] = {
    Quadrant.STRENGTHS: "strength",
    Quadrant.WEAKNESSES: "weakness",
    Quadrant.OPPORTUNITIES: "opportunity",
    Quadrant.THREATS: "threat",
}
"""What one item of a quadrant is."""

NO_SWOT = "There is no SWOT in this dataset, so no evidence from one."

_COUNTRY = 2
"""Letters of a country's code; a region's has more."""


def title(found: Needs) -> str:
    """Say how many needs there are, and under which question."""
    number = count(len(found.needs), "need")
    query = query_in_words(found.matrix.query)
    return f"{found.matrix.dataset.title}: {number} ({query})"


def at_level(level: Level) -> str:
    """Name a level within a sentence.

    >>> at_level(Level(id="eu", name="EU")), at_level(Level(id="country", name="Country"))
    ('EU level', 'country level')
    """
    name = level.name
    # What is written in capitals, or of several words, is a name; Country is a word.
    return f"{name.lower() if name.isalpha() and name[1:].islower() else name} level"


def level_title(level: Level, needs: tuple[Need, ...]) -> str:
    """Say how many needs a level has."""
    return f"{level.name}: {count(len(needs), 'need')}"


def sentence(need: Need, matrix: Matrix) -> str:
    """Say the need in a sentence made from the data."""
    rating = need.gap.rating
    level = next(one for one in matrix.dataset.levels if one.id == rating.cell.level)
    where = at_level(level) + (f" in {matrix.query.place}" if matrix.query.place else "")
    role = next(one for one in matrix.dataset.roles if one.id == rating.cell.role)
    unknown = _unknown(rating, level)
    if rating.coverage is Coverage.NONE:
        said = role.statement or role.name
        drives = said[0].lower() + said[1:] if role.statement else said
        return f"No instrument supports {drives.rstrip('.')} at {where}{unknown}."
    if rating.share is None or rating.where_not_said:
        return f"{role.name} at {where} is covered only in part{_why(rating, matrix)}{unknown}."
    return f"{role.name} at {where} is covered in {_share(rating.share, level)}{unknown}."


def _share(share: Share, level: Level) -> str:
    noun = units(level)
    words = f"{share.covered} of {share.of} {noun}"
    if share.partial:
        words += f", in {share.partial} more only in part"
    return words + (f"; not in {one_of(share.missing)}" if share.missing else "")


def _why(rating: Rating, matrix: Matrix) -> str:
    label = labels(matrix)
    by = f", by {one_of([label[id_] for id_ in rating.instruments])}" if rating.instruments else ""
    quoted = "; ".join([f'"{note}"' for note in rating.notes])
    notes = f": {quoted}" if quoted else ""
    return f"{by}{notes}{'; where is not said' if rating.where_not_said else ''}"


def _unknown(rating: Rating, level: Level) -> str:
    number = rating.share.unknown if rating.share else 0
    return f"; {number} {units(level)} not assessed" if number else ""


def units(level: Level) -> str:
    """Say what the territories of a level are, as far as their codes tell."""
    lengths = {len(unit.code) for unit in level.units}
    if lengths == {_COUNTRY}:
        return "countries"
    return "regions" if lengths <= {3, 4, 5} else "territories"


def evidence_in_words(found: Evidence) -> str:
    """Quote a SWOT item, and say why it is here and who said it."""
    cited = "; ".join(citation(ref) for ref in found.item.sources)
    why = f"{found.why}; {cited}" if cited else found.why
    return f"{ONE[found.quadrant]} {found.item.id}: {found.item.text} ({why})"


def near(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Choose what speaks of a need itself, and not only of its level."""
    return [found for found in evidence if found.why != Link.LEVEL]


def of_the_level(evidence: Iterable[Evidence]) -> str:
    """Name by their ids the items that speak of a need's level only, which are quoted below."""
    ids = [found.item.id for found in evidence if found.why == Link.LEVEL]
    return f"of the level, below: {', '.join(ids)}" if ids else ""


def rest(found: Needs) -> list[tuple[str, list[str]]]:
    """Say what else the SWOT says, under headings: of the levels as a whole, of no gap that is shown, of nothing."""
    parts = [
        (f"What speaks of {at_level(level)} as a whole", [*map(evidence_in_words, evidence)])
        for level, evidence in found.speaking
    ]
    elsewhere = [one for one in found.unlinked if not one.names_nothing]
    nothing = [one for one in found.unlinked if one.names_nothing]
    matrix = found.matrix
    size, whole = (len(matrix.roles), len(matrix.levels)), matrix.dataset
    if size != (len(whole.roles), len(whole.levels)) and elsewhere:
        # Who asks for a part shall find what is left out, and not read all of it.
        lines = [f"{', '.join(one.item.id for one in elsewhere)}: see clustergap swot"]
    else:
        lines = [_unlinked(one) for one in elsewhere]
    parts += [
        ("What speaks of no gap that is shown", lines),
        ("What is linked to nothing", [_unlinked(one) for one in nothing]),
    ]
    return [(heading, lines) for heading, lines in parts if lines]


def _unlinked(one: Unlinked) -> str:
    cited = "; ".join(citation(ref) for ref in one.item.sources)
    quoted = f"{ONE[one.quadrant]} {one.item.id}: {one.item.text}"
    return f"{quoted} ({cited})" if cited else quoted


def building_in_words(need: Need, matrix: Matrix) -> list[str]:
    """Say what there is to build on, one sentence each."""
    label = labels(matrix)
    return [
        *_same_role(need, matrix, label),
        *_related(need, matrix, label),
        *(_planned(one, need, label) for one in need.build_on if one.how is How.PLANNED),
        *(_follows(one, label) for one in need.build_on if one.how is How.SUCCESSOR),
    ]


def _same_role(need: Need, matrix: Matrix, label: Mapping[str, str]) -> list[str]:
    levels = {level.id: level for level in matrix.dataset.levels}
    by_level: dict[str, list[str]] = defaultdict(list)
    for one in need.build_on:
        if one.how is How.SAME_ROLE:
            for cell in one.cells:
                by_level[cell.level].append(_name(one, label))
    return [
        f"the same role at {at_level(levels[level])}: {one_of(names)}"
        for level, names in by_level.items()
    ]


def _related(need: Need, matrix: Matrix, label: Mapping[str, str]) -> list[str]:
    roles = role_names(matrix.dataset)
    by_role: dict[str, list[str]] = defaultdict(list)
    for one in need.build_on:
        if one.how is How.RELATED_ROLE:
            for cell in one.cells:
                by_role[cell.role].append(_name(one, label))
    return [
        f"{roles[role]}, a related role at the same level: {one_of(names)}"
        for role, names in by_role.items()
    ]


def _name(one: BuildOn, label: Mapping[str, str]) -> str:
    name = label[one.instrument.id]
    return f"{name} ({one.why_not})" if one.why_not else name


def _planned(one: BuildOn, need: Need, label: Mapping[str, str]) -> str:
    starts = one.instrument.starts
    begins = f", from {starts.isoformat()}" if starts else ""
    if one.then is not None and one.then.coverage is Coverage.FULL:
        would = "would close the gap"
    elif need.gap.rating.coverage is Coverage.NONE:
        would = "would cover it in part"
    else:
        would = "would cover more of it"
    return f"planned{begins}: {label[one.instrument.id]}, which {would}"


def _follows(one: BuildOn, label: Mapping[str, str]) -> str:
    follows = label[one.follows.id] if one.follows else ""
    ended = one.ended.isoformat() if one.ended else ""
    return f"{_name(one, label)} follows {follows}, which served this until {ended}"


def reasons(need: Need) -> list[str]:
    """Say why the need stands where it does within its level, the strongest reason first."""
    priority = need.priority
    if not priority.is_covered:
        first = "nothing covers it"
    elif priority.share is None:
        first = "it is partly covered, how much is not said"
    else:
        first = f"it is partly covered, {priority.share:.0%} of its territories in full"
    items = _number(priority.evidence, "SWOT item speaks", "SWOT items speak")
    levels = _number(priority.elsewhere, "other level covers", "other levels cover")
    return [first, f"{items} of it", f"{levels} the role"]


def _number(number: int, noun: str, plural: str) -> str:
    return count(number, noun, plural) if number else f"no {noun}"


def cell_names(matrix: Matrix, need: Need) -> tuple[str, str]:
    """Return the names of a need's role and level."""
    cell = need.gap.rating.cell
    return role_names(matrix.dataset)[cell.role], level_names(matrix.dataset)[cell.level]
