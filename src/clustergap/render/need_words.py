"""A need in plain words, for every output of the needs."""

from collections.abc import Mapping

from clustergap.analysis.coverage import Coverage, Rating, Share
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Need, Needs, Unlinked
from clustergap.analysis.swot import Evidence, EvidenceLink
from clustergap.answers.phrases import citation, labels, level_names, query_in_words, role_names
from clustergap.answers.ratings import is_one_place, share_in_words
from clustergap.model.dataset import Level, Quadrant
from clustergap.text import count, one_of

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
    if name.casefold().endswith("level"):
        return name
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
        drives = _within(role.statement) if role.statement else role.name
        return f"No instrument supports {drives.rstrip('.')} at {where}{unknown}."
    if rating.share is None or rating.where_not_said or is_one_place(rating.share):
        return f"{role.name} at {where} is covered only in part{_why(rating, matrix)}{unknown}."
    return f"{role.name} at {where} is covered in {_share(rating.share, level)}{unknown}."


def _within(statement: str) -> str:
    # The first word of a sentence becomes one within: unless it is written in capitals, as SME or EU-wide.
    first = statement.split(maxsplit=1)[0]
    is_name = any(letter.isupper() for letter in first[1:])
    return statement if is_name else statement[0].lower() + statement[1:]


def _share(share: Share, level: Level) -> str:
    words = f"{share.covered:,} of {count(share.of, *units(level))}"
    if share.partial:
        words += f", in {share.partial:,}{' more' if share.covered else ''} only in part"
    return words + (f"; not in {one_of(share.missing)}" if share.missing else "")


def _why(rating: Rating, matrix: Matrix) -> str:
    label = labels(matrix)
    by = f", by {one_of([label[id_] for id_ in rating.instruments])}" if rating.instruments else ""
    quoted = "; ".join([f'"{note}"' for note in rating.notes])
    notes = f": {quoted}" if quoted else ""
    return f"{by}{notes}{'; where is not said' if rating.where_not_said else ''}"


def _unknown(rating: Rating, level: Level) -> str:
    share = rating.share
    if share is None or not share.unknown:
        return ""
    if is_one_place(share):
        return "; nobody has looked there"
    return f"; {count(share.unknown, *units(level))} not assessed"


def units(level: Level) -> tuple[str, str]:
    """Say what one territory of a level is, and what several are, as far as their codes tell."""
    lengths = {len(unit.code) for unit in level.units}
    if lengths == {_COUNTRY}:
        return "country", "countries"
    return ("region", "regions") if lengths <= {3, 4, 5} else ("territory", "territories")


def evidence_in_words(found: Evidence) -> str:
    """Quote a SWOT item, and say why it is here and who said it."""
    cited = "; ".join(citation(ref) for ref in found.item.sources)
    why = f"{found.why}; {cited}" if cited else found.why
    return f"{ONE[found.quadrant]} {found.item.id}: {found.item.text} ({why})"


def spoken(found: Needs, need: Need) -> list[str]:
    """Quote the SWOT items that speak of a need; those of its whole level, which are quoted below, by id."""
    below = {
        one.item.id
        for level, evidence in found.speaking
        if level.id == need.gap.rating.cell.level
        for one in evidence
    }
    ids = [
        one.item.id
        for one in need.evidence
        if one.why == EvidenceLink.LEVEL and one.item.id in below
    ]
    quoted = [one for one in need.evidence if one.item.id not in ids]
    return [
        *map(evidence_in_words, quoted),
        *([f"of the level, below: {', '.join(ids)}"] if ids else []),
    ]


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


def reasons(need: Need) -> list[str]:
    """Say why the need stands where it does within its level, the strongest reason first."""
    priority = need.priority
    if not priority.is_covered:
        first = "nothing covers it"
    elif priority.share is None:
        first = "it is partly covered, how much is not said"
    else:
        covered = share_in_words(need.gap.rating.share)
        first = f"it is partly covered, {covered}" if covered else "it is partly covered"
    items = _number(priority.evidence, "SWOT item speaks", "SWOT items speak")
    levels = _number(priority.elsewhere, "other level covers", "other levels cover")
    return [first, f"{items} of it", f"{levels} the role"]


def _number(number: int, noun: str, plural: str) -> str:
    return count(number, noun, plural) if number else f"no {noun}"


def cell_names(matrix: Matrix, need: Need) -> tuple[str, str]:
    """Return the names of a need's role and level."""
    cell = need.gap.rating.cell
    return role_names(matrix.dataset)[cell.role], level_names(matrix.dataset)[cell.level]
