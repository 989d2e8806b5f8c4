"""The SWOT: its items, what each is linked to, and candidates for further items."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import Candidate, CandidateKind, LinkedItem, SwotView
from clustergap.analysis.tows import SharedLinks
from clustergap.answers.evidence import Sources
from clustergap.answers.phrases import at_level, citation, names_of, query_in_words
from clustergap.answers.provenance import provenance
from clustergap.answers.records import (
    AnswerPart,
    CellName,
    InstrumentId,
    LevelId,
    QuestionRecord,
    RoleId,
    attribute,
    head,
)
from clustergap.document import Document, Row, Rows
from clustergap.model.swot import MeantLinks, Quadrant, Swot, SwotItem
from clustergap.origin import Origin
from clustergap.prose import Entries, Field, Parts, Run, Square, SquareField, Style, Text
from clustergap.text import as_sentence, count, one_of

HEADER = (
    "quadrant", "id", "text", "cells", "coverage", "roles", "levels", "instruments", "contradicted", "sources", "as of",
)  # fmt: skip
MEANT_COLUMNS = ("meant cells", "meant roles", "meant instruments", "meant levels")
"""Columns that only a dataset has whose SWOT means what it does not name."""


def document(answer: SwotView, origin: Origin) -> Document:
    """Show the items of the four quadrants, with what each is linked to."""
    matrix = answer.matrix
    number = count(sum(len(items) for _, items in answer.quadrants), "item")
    title = f"{matrix.dataset.title}: SWOT, {number}, {query_in_words(matrix.query)}"
    strengths, weaknesses, opportunities, threats = (
        SquareField(
            f"{quadrant.value.capitalize()} ({len(items)})",
            Entries(
                tuple(_entry(answer, linked) for linked in items),
                nothing_in_words(answer, quadrant),
            ),
        )
        for quadrant, items in answer.quadrants
    )
    square = Square((strengths, weaknesses, opportunities, threats))
    return Document(title, (square,), **provenance(matrix, origin, answer.caveats()))


def _entry(answer: SwotView, linked: LinkedItem) -> Field:
    links = tuple(links_in_words(answer.matrix, linked)) or ("no links",)
    lines: list[Text] = [linked.item.text, (Parts(links, Style.QUIET),)]
    if linked.is_contradicted:
        lines.append((Run(contradiction(linked), Style.STRONG),))
    return Field(linked.item.id, tuple(lines))


def rows(answer: SwotView) -> Rows:
    """Write every item that is shown, with the coverage of the cells that it names."""
    if not means_something(answer.matrix.dataset.swot):
        return Rows(HEADER, _rows(answer))
    meant = (meant_columns(linked.item.meant) for _, items in answer.quadrants for linked in items)
    rows = ((*row, *columns) for row, columns in zip(_rows(answer), meant, strict=True))
    return Rows((*HEADER, *MEANT_COLUMNS), rows)


def _rows(answer: SwotView) -> Iterator[Row]:
    for quadrant, items in answer.quadrants:
        for linked in items:
            item = linked.item
            yield (
                quadrant.value,
                item.id,
                item.text,
                "; ".join(str(rating.cell) for rating in linked.ratings),
                "; ".join(rating.coverage.value for rating in linked.ratings),
                "; ".join(item.roles),
                "; ".join(item.levels),
                "; ".join(item.instruments),
                contradiction(linked) if linked.is_contradicted else None,
                "; ".join(citation(ref) for ref in item.sources),
                answer.matrix.query.as_of,
            )


def means_something(swot: Swot) -> bool:
    """Tell whether an item means what it does not name."""
    return any(item.meant for items in swot.values() for item in items)


def meant_columns(links: MeantLinks | SharedLinks) -> Row:
    """Return the cells of ``MEANT_COLUMNS``."""
    ids = (map(str, links.cells), links.roles, links.instruments, links.levels)
    return tuple("; ".join(row) for row in ids)


# In words


def links_in_words(matrix: Matrix, linked: LinkedItem) -> list[str]:
    """Say what a SWOT item is linked to, with the coverage of its cells and what the query does not count.

    What it means stands behind what it names.
    """
    named = _in_words(matrix, linked, linked.item, linked.ratings)
    meant = _in_words(matrix, linked, linked.item.meant, linked.meant_ratings)
    return [
        *(_remarked(name, remark) for name, remark in named),
        *(_remarked(name, "meant", remark) for name, remark in meant),
    ]


def _in_words(
    matrix: Matrix, linked: LinkedItem, links: SwotItem | MeantLinks, ratings: Iterable[Rating]
) -> Iterator[tuple[str, str]]:
    # Each thing, and why the query does not count it.
    names = names_of(matrix)
    why_not = {id_: f"not counted: {why}" for id_, why in linked.not_counted}
    yield from ((f"{names.cell(each.cell)} {each.coverage.value}", "") for each in ratings)
    yield from ((names.roles[role], "") for role in links.roles)
    yield from ((names.levels[level], "") for level in links.levels)
    yield from ((names.instruments[id_], why_not.get(id_, "")) for id_ in links.instruments)


def _remarked(name: str, *remarks: str) -> str:
    words = "; ".join(filter(None, remarks))
    return f"{name} ({words})" if words else name


def contradiction(linked: LinkedItem) -> str:
    """Say that the matrix contradicts an item."""
    if linked.ratings[0].coverage is Coverage.FULL:
        return "closed: all that it names is full"
    return "gone: all that it names is none"


def nothing_in_words(view: SwotView, quadrant: Quadrant) -> str:
    """Say that a quadrant shows no item, and whether others are left out, so that a narrowed SWOT does not look empty."""
    elsewhere, nowhere = view.left_out(quadrant)
    roles, levels = _ids_in_words("role", view.roles), _ids_in_words("level", view.levels)
    if not elsewhere + nowhere:
        return "none"
    if roles and levels:
        return f"none of {elsewhere + nowhere:,} is tagged for both {roles} and {levels}"
    clauses = [f"none is tagged for {roles or levels}"]
    if elsewhere:
        clauses.append(f"{elsewhere:,} {'speaks' if elsewhere == 1 else 'speak'} of others")
    if nowhere:
        noun = "role" if view.roles else "level"
        clauses.append(f"{nowhere:,} {'names' if nowhere == 1 else 'name'} no {noun}")
    return "; ".join(clauses)


def nothing_as_sentence(view: SwotView, quadrant: Quadrant) -> str:
    """Say the same as a full sentence."""
    return as_sentence(nothing_in_words(view, quadrant))


def _ids_in_words(noun: str, ids: tuple[str, ...]) -> str:
    if not ids:
        return ""
    return f"this {noun}" if len(ids) == 1 else f"these {noun}s"


def candidate_items(
    candidates: Sequence[Candidate], matrix: Matrix
) -> Mapping[Quadrant, Sequence[SwotItem]]:
    """Return the candidates as SWOT items, by quadrant, without empty quadrants."""
    items: dict[Quadrant, list[SwotItem]] = {}
    for candidate in candidates:
        text, cell = _candidate_in_words(candidate, matrix), str(candidate.rating.cell)
        item = SwotItem.model_validate({"id": candidate.id, "text": text, "cells": (cell,)})
        items.setdefault(candidate.quadrant, []).append(item)
    return items


def _candidate_in_words(candidate: Candidate, matrix: Matrix) -> str:
    rating = candidate.rating
    names = names_of(matrix)
    level = matrix.dataset.levels_by_id[rating.cell.level]
    place = f" in {matrix.query.place_in_words}" if matrix.query.place else ""
    where = f"{names.roles[rating.cell.role]} at {at_level(level)}{place}"
    instruments = names.list_instruments(rating.rests_on or rating.instruments)
    match candidate.kind:
        case CandidateKind.GAP:
            is_partial = rating.coverage is Coverage.PARTIAL
            return f"{where} is {'covered only in part' if is_partial else 'not covered'}"
        case CandidateKind.SINGLE:
            return f"Coverage of {where} rests on {one_of(instruments)}"
        case CandidateKind.CROWDED:
            return f"{where} is served by {count(len(instruments), 'instrument')}: fragmentation"


def candidate_comments(
    candidates: Sequence[Candidate], matrix: Matrix, origin: Origin
) -> list[str]:
    """Say what to do with the candidates, and what the query was, line by line."""
    query = f"Asked: {query_in_words(matrix.query)}."
    lines = [*_TO_DO_WITH_CANDIDATES, query] if candidates else [_NO_CANDIDATES]
    return [*lines, origin.remark] if origin.remark else lines


_TO_DO_WITH_CANDIDATES = (
    "Candidates for swot.yaml: no item names these pairs of role and level, or their roles. Look at each, keep what is true, say it in your own",
    "words, and paste it below the items of the same name.",
)
_NO_CANDIDATES = "No candidates: some item names every gap, and all that is crowded or would be a gap without one instrument."


# The JSON document


class MeantLinksRecord(AnswerPart):
    """What an item means without naming it."""

    levels: tuple[LevelId, ...]
    """Levels."""
    roles: tuple[RoleId, ...]
    """Roles."""
    instruments: tuple[InstrumentId, ...]
    """Instruments."""
    cells: tuple[CellName, ...]
    """Cells."""


class SwotItemRecord(AnswerPart):
    """A SWOT item."""

    id: str = attribute("item", "id")
    """Its id."""
    text: str = attribute("item", "text")
    """Its words."""
    levels: tuple[LevelId, ...] = attribute("item", "levels")
    """Levels that its words name."""
    roles: tuple[RoleId, ...] = attribute("item", "roles")
    """Roles that its words name."""
    instruments: tuple[InstrumentId, ...] = attribute("item", "instruments")
    """Instruments that its words name."""
    cells: tuple[CellName, ...] = attribute("item", "cells")
    """Cells that its words name."""
    meant: MeantLinksRecord = attribute("item", "meant")
    """What its words mean without naming it."""
    sources: Sources = attribute("item", "sources")
    contradicted: bool = attribute("is_contradicted")
    """Whether all cells that its words name say the opposite: of a weakness full, of a strength none."""


class SwotRecord(QuestionRecord):
    """The SWOT."""

    schema_: Literal["clustergap/swot@1"] = "clustergap/swot@1"
    strengths: tuple[SwotItemRecord, ...]
    """The strengths."""
    weaknesses: tuple[SwotItemRecord, ...]
    """The weaknesses."""
    opportunities: tuple[SwotItemRecord, ...]
    """The opportunities."""
    threats: tuple[SwotItemRecord, ...]
    """The threats."""


def record(answer: SwotView, origin: Origin) -> SwotRecord:
    """Return ``clustergap/swot@1``."""
    return SwotRecord(**swot_keys(answer, origin))


def swot_keys(answer: SwotView, origin: Origin) -> dict[str, object]:
    """Return the keys of the SWOT: the question and the four fields."""
    return {**head(answer.matrix, origin, answer.caveats()), **dict(answer.quadrants)}
