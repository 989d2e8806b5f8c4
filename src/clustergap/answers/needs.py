"""The needs: each gap in plain words, with its evidence and what there is to build on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import starmap
from typing import Annotated, Literal

from clustergap.analysis.coverage import Coverage, Rating, Share
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Lead, LeadKind, Need, Needs
from clustergap.analysis.swot import Evidence
from clustergap.answers.evidence import (
    CitedEvidenceRecord,
    Counts,
    QuadrantItemRecord,
    Sources,
    WhyNot,
)
from clustergap.answers.gaps import GapRecord, acceptance, gap_keys, no_gap_in_words
from clustergap.answers.phrases import (
    Names,
    at_level,
    citation,
    labelled,
    meanings_in_words,
    names_of,
    query_in_words,
)
from clustergap.answers.provenance import provenance, shown_in_words
from clustergap.answers.ratings import (
    WritePlaces,
    absence_in_words,
    is_one_place,
    missing_in_words,
    quoted_notes,
    share_columns,
    share_in_words,
    write_codes,
)
from clustergap.answers.records import (
    AnswerPart,
    CellName,
    CellsRecord,
    InstrumentId,
    LevelId,
    attribute,
    cells_head,
    described,
)
from clustergap.document import Block, Document, Row, Rows
from clustergap.model.cell import Cell
from clustergap.model.dataset import Level, Status
from clustergap.model.dates import date_in_words
from clustergap.model.swot import Quadrant, SwotItem
from clustergap.origin import Origin
from clustergap.prose import Field, Heading, Item, Numbered, Paragraph, Points
from clustergap.text import count, one_of

HEADER = (
    "level", "rank", "role", "cell", "coverage", "need", "evidence", "to build on", "covered", "of", "missing",
    "unknown", "accepted", "order", "as of",
)  # fmt: skip


def document(answer: Needs, origin: Origin) -> Document:
    """List the needs of each level, the most pressing first, and what else the SWOT says."""
    matrix = answer.matrix
    blocks: list[Block] = []
    for level, needs in answer.by_level:
        items = tuple(_item(answer, need) for need in needs)
        blocks += [Heading(level_title(level, needs)), Numbered(items, _no_need(answer, level))]
    if not matrix.dataset.swot:
        blocks.append(Paragraph(NO_SWOT, is_apart=True))
    for heading, lines in other_evidence(answer):
        blocks += [Heading(heading), Points(tuple(lines))]
    meanings = (meanings_in_words(matrix),)
    return Document(title(answer), tuple(blocks), meanings, **provenance(matrix, origin))


def _no_need(answer: Needs, level: Level) -> str:
    unknown = sum(
        rating.coverage is Coverage.UNKNOWN
        for rating in answer.matrix
        if rating.cell.level == level.id
    )
    return no_gap_in_words(unknown) if unknown else "no gap"


def _item(answer: Needs, need: Need) -> Item:
    fields = [
        *labelled("SWOT", evidence_of(answer, need)),
        *labelled("To build on", leads_in_words(need, answer.matrix)),
        *(Field("Accepted", (words,)) for words in acceptance(need.gap)),
    ]
    if answer.explains_order:
        fields.append(Field("Order", ("; ".join(reasons(need)),)))
    return Item(need.gap.rating.coverage, sentence(need, answer.matrix), tuple(fields))


def rows(answer: Needs) -> Rows:
    """Write every need; ranks begin anew at each level."""
    named = names_of(answer.matrix).places.list_with_codes
    return Rows(HEADER, _rows(answer, write_codes), _rows(answer, named))


def _rows(answer: Needs, write: WritePlaces) -> Iterator[Row]:
    matrix, names = answer.matrix, names_of(answer.matrix)
    ranked = ((rank, need) for _, needs in answer.by_level for rank, need in enumerate(needs, 1))
    for rank, need in ranked:
        rating = need.gap.rating
        share = share_columns(rating.share, write)
        role, level, cell = names.cell_columns(rating.cell)
        yield (
            level,
            rank,
            role,
            cell,
            rating.coverage,
            sentence(need, matrix),
            "; ".join(map(evidence_in_words, need.evidence)),
            "; ".join(leads_in_words(need, matrix)),
            share.covered,
            share.of,
            share.missing,
            share.unknown,
            "; ".join(acceptance(need.gap)),
            "; ".join(reasons(need)),
            matrix.query.as_of,
        )


# In words

SINGULAR: Mapping[Quadrant, str] = {
    Quadrant.STRENGTHS: "strength",
    Quadrant.WEAKNESSES: "weakness",
    Quadrant.OPPORTUNITIES: "opportunity",
    Quadrant.THREATS: "threat",
}
"""The word for one item of a quadrant."""

NO_SWOT = "There is no SWOT in this dataset, so no evidence from one."


def title(answer: Needs) -> str:
    """Say how many needs there are, and under which query."""
    number = count(len(answer.needs), "need")
    query = query_in_words(answer.matrix.query)
    return f"{answer.matrix.dataset.title}: {number} ({query})"


def level_title(level: Level, needs: tuple[Need, ...]) -> str:
    """Say how many needs a level has."""
    return f"{level.name}: {count(len(needs), 'need')}"


def sentence(need: Need, matrix: Matrix) -> str:
    """State the need in a sentence made from the data."""
    rating, places = need.gap.rating, matrix.dataset.place_names
    level = matrix.dataset.levels_by_id[rating.cell.level]
    where = at_level(level) + (f" in {matrix.query.place_in_words}" if matrix.query.place else "")
    role = matrix.dataset.roles_by_id[rating.cell.role]
    absences = [f"; {absence_in_words(absence, places)}" for absence in rating.absences]
    unknown = "".join([*absences, _unknown(rating, level)])
    if rating.coverage is Coverage.NONE:
        drives = _within(role.statement) if role.statement else role.name
        return f"No instrument supports {drives.rstrip('.')} at {where}{unknown}."
    if rating.share is None or rating.where_not_said or is_one_place(rating.share):
        return f"{role.name} at {where} is covered only in part{_why(rating, matrix)}{unknown}."
    clauses = filter(None, (_share(rating.share, level), missing_in_words(rating, places)))
    return f"{role.name} at {where} is covered in {'; '.join(clauses)}{unknown}."


def _within(statement: str) -> str:
    # Makes a sentence a clause: its first letter becomes small, unless the word has capitals, as SME or EU-wide.
    first = statement.split(maxsplit=1)[0]
    is_name = any(letter.isupper() for letter in first[1:])
    return statement if is_name else statement[0].lower() + statement[1:]


def _share(share: Share, level: Level) -> str:
    words = f"{share.covered:,} of {count(share.of, *level.noun)}"
    if share.partial:
        words += f", in {share.partial:,}{' more' if share.covered else ''} only in part"
    return words


def _why(rating: Rating, matrix: Matrix) -> str:
    names = names_of(matrix).list_instruments(rating.instruments)
    by = f", by {one_of(names)}" if names else ""
    quoted = "; ".join(quoted_notes(rating))
    notes = f": {quoted}" if quoted else ""
    return f"{by}{notes}{'; where is not said' if rating.where_not_said else ''}"


def _unknown(rating: Rating, level: Level) -> str:
    share = rating.share
    if share is None or not share.unknown:
        return ""
    if is_one_place(share):
        return "; nobody knows of it"
    return f"; {count(share.unknown, *level.noun)} unknown"


def evidence_in_words(evidence: Evidence) -> str:
    """Quote a SWOT item, and say why it is evidence and who said it."""
    return _quote(evidence.quadrant, evidence.item, evidence.why)


def _quote(quadrant: Quadrant, item: SwotItem, *remarks: str) -> str:
    behind = "; ".join([*remarks, *map(citation, item.sources)])
    words = f"{SINGULAR[quadrant]} {item.id}: {item.text}"
    return f"{words} ({behind})" if behind else words


def evidence_of(answer: Needs, need: Need) -> list[str]:
    """Quote the SWOT items that speak of a need; those of its whole level are quoted below, so here only their ids are given."""
    below = {
        evidence.item.id
        for level, of_level in answer.speaking
        if level.id == need.gap.rating.cell.level
        for evidence in of_level
    }
    ids = [
        evidence.item.id
        for evidence in need.evidence
        if evidence.is_of_level and evidence.item.id in below
    ]
    quoted = [evidence for evidence in need.evidence if evidence.item.id not in ids]
    return [
        *map(evidence_in_words, quoted),
        *([f"of the level, below: {', '.join(ids)}"] if ids else []),
    ]


def other_evidence(answer: Needs) -> list[tuple[str, list[str]]]:
    """Quote the other SWOT items under headings: those of whole levels, of no gap that is shown, of nothing."""
    parts = [
        (f"What speaks of {at_level(level)} as a whole", [*map(evidence_in_words, evidence)])
        for level, evidence in answer.speaking
    ]
    elsewhere = [(each.quadrant, each.item) for each in answer.unlinked if not each.names_nothing]
    nothing = [(each.quadrant, each.item) for each in answer.unlinked if each.names_nothing]
    lines = [*starmap(_quote, elsewhere)]
    if shown_in_words(answer.matrix) and elsewhere:
        # If only a part is shown, the items of other parts are named but not quoted.
        lines = [f"{', '.join(item.id for _, item in elsewhere)}: see clustergap swot"]
    parts += [
        ("What speaks of no gap that is shown", lines),
        ("What is linked to nothing", [*starmap(_quote, nothing)]),
    ]
    return [(heading, lines) for heading, lines in parts if lines]


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


# What there is to build on


def leads_in_words(need: Need, matrix: Matrix) -> list[str]:
    """Say what there is to build on, one sentence each."""
    names = names_of(matrix)
    levels = matrix.dataset.levels_by_id
    return [
        *(
            f"the same role at {at_level(levels[cell.level])}: {one_of(instruments)}"
            for cell, instruments in _by_cell(need, LeadKind.SAME_ROLE, names).items()
        ),
        *(
            f"{names.roles[cell.role]}, a related role at the same level: {one_of(instruments)}"
            for cell, instruments in _by_cell(need, LeadKind.RELATED_ROLE, names).items()
        ),
        *(_planned(lead, need, names) for lead in need.leads if lead.kind is LeadKind.PLANNED),
        *(_follows(lead, names) for lead in need.leads if lead.kind is LeadKind.SUCCESSOR),
    ]


def _by_cell(need: Need, kind: LeadKind, names: Names) -> Mapping[Cell, list[str]]:
    instruments: dict[Cell, list[str]] = defaultdict(list)
    for lead in need.leads:
        for cell in lead.cells if lead.kind is kind else ():
            instruments[cell].append(_name(lead, names))
    return instruments


def _name(lead: Lead, names: Names) -> str:
    name = names.instruments[lead.instrument.id]
    return f"{name} ({lead.why_not})" if lead.why_not else name


def _planned(lead: Lead, need: Need, names: Names) -> str:
    begins = f"from {date_in_words(lead.starts)}" if lead.starts else ""
    planned = "planned" if lead.instrument.status is Status.PLANNED else ""
    when = ", ".join(filter(None, (planned, begins)))
    if lead.then is not None and lead.then.coverage is Coverage.FULL:
        would = "would close the gap"
    elif need.gap.rating.coverage is Coverage.NONE:
        would = "would cover it in part"
    else:
        would = "would cover more of it"
    return f"{when}: {names.instruments[lead.instrument.id]}, which {would}"


def _follows(lead: Lead, names: Names) -> str:
    follows = names.instruments[lead.follows.id] if lead.follows else ""
    ended = date_in_words(lead.ended) if lead.ended else ""
    return f"{_name(lead, names)} follows {follows}, which served this until {ended}"


# The JSON document


class LeadRecord(AnswerPart):
    """An instrument."""

    instrument: InstrumentId
    how: LeadKind
    """Why it is here."""
    cells: tuple[CellName, ...]
    """The pairs of role and level that it serves because of which it is here."""
    counts: Counts
    why_not: WhyNot
    then: Coverage | None
    """The gap's coverage with it, if it is planned."""
    follows: str | None
    """The ended instrument that it follows."""


class NeedRecord(GapRecord):
    """A gap as a need."""

    sentence: str
    """The need in a sentence."""
    evidence: tuple[CitedEvidenceRecord, ...]
    """SWOT items that speak of it: by field, the nearest link first."""
    build_on: tuple[LeadRecord, ...]
    """What there is to build on."""
    reasons: tuple[Annotated[str, described("A reason.")], ...]
    """Why it stands where it does within its level."""


class LevelEvidenceRecord(AnswerPart):
    """A level."""

    level: LevelId
    evidence: tuple[CitedEvidenceRecord, ...]
    """SWOT items that name it, but none of its gaps' cells."""


class UnlinkedRecord(QuadrantItemRecord):
    """A SWOT item."""

    names_nothing: bool
    """Whether it has no links at all; else none to what is shown."""
    sources: Sources = attribute("item", "sources")


class NeedsRecord(CellsRecord):
    """Needs for policy action."""

    schema_: Literal["clustergap/needs@1"] = "clustergap/needs@1"
    has_swot: bool
    """Whether the dataset has a SWOT."""
    needs: tuple[NeedRecord, ...]
    """The needs, the narrowest level first; in it the most pressing first."""
    by_level: tuple[LevelEvidenceRecord, ...]
    """What speaks of a level as a whole."""
    unlinked: tuple[UnlinkedRecord, ...]
    """SWOT items that speak of no need and of no level shown."""


def record(answer: Needs, origin: Origin) -> NeedsRecord:
    """Return ``clustergap/needs@1``."""
    return NeedsRecord(
        **cells_head(answer.matrix, origin),
        has_swot=bool(answer.matrix.dataset.swot),
        needs=[_need_record(answer, need) for need in answer.needs],
        by_level=[
            LevelEvidenceRecord(level=level.id, evidence=evidence)
            for level, evidence in answer.speaking
        ],
        unlinked=answer.unlinked,
    )


def _need_record(answer: Needs, need: Need) -> NeedRecord:
    return NeedRecord(
        **gap_keys(need.gap),
        sentence=sentence(need, answer.matrix),
        evidence=need.evidence,
        build_on=[_lead_record(lead) for lead in need.leads],
        reasons=reasons(need),
    )


def _lead_record(lead: Lead) -> LeadRecord:
    return LeadRecord(
        instrument=lead.instrument.id,
        how=lead.kind,
        cells=lead.cells,
        counts=not lead.why_not,
        why_not=lead.why_not or None,
        then=lead.then.coverage if lead.then else None,
        follows=lead.follows.id if lead.follows else None,
    )
