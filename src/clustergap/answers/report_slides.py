"""All answers on slides: the finding, the matrix, the gaps of every level that has some, the SWOT, the needs; no ids on any."""

import dataclasses
from collections.abc import Iterator, Sequence

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.gaps import Gap, Gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Need, Needs, Unlinked
from clustergap.analysis.report import FullReport
from clustergap.analysis.swot import Evidence, LinkedItem, SwotView
from clustergap.answers import finding, gaps, needs, swot
from clustergap.answers.brief import coverages_in_words
from clustergap.answers.evidence import unsourced
from clustergap.answers.matrix import grid
from clustergap.answers.phrases import Names, at_level, labelled, named_query_in_words, names_of
from clustergap.answers.provenance import (
    caveats_in_words,
    foot_by_name,
    shown_in_words,
    source_in_words,
)
from clustergap.answers.ratings import (
    how_covered,
    is_unsaid,
    marked_names,
    not_said,
    reasons,
    share_in_words,
    short_notes,
    unknown_in_words,
)
from clustergap.document import Block, Column, ColumnKind, Table, TableCell
from clustergap.model.dataset import Level
from clustergap.model.swot import Quadrant, SwotItem
from clustergap.office import Deck, Slide, cite, cite_cells, spell_out
from clustergap.origin import Origin
from clustergap.prose import (
    Entries,
    Field,
    Heading,
    Item,
    Numbered,
    Points,
    Square,
    SquareField,
    Text,
)
from clustergap.text import as_sentence, count, spell_number
from clustergap.theme import DEFINITIONS

MOST_NAMED = 12
"""Roles up to which the matrix names instruments; of more it counts them, and the notes name them."""


def slides(answer: FullReport, origin: Origin) -> Deck:
    """Put all answers on slides."""
    matrix = answer.matrix
    dataset, asked = matrix.dataset, named_query_in_words(matrix)
    question = [f"Gap analysis. {as_sentence(asked)}", *shown_in_words(matrix)]
    has_swot = any(items for _, items in answer.swot.quadrants)
    return Deck(
        title=dataset.title,
        question=" ".join([*question, caveats_in_words(matrix.caveats())]).rstrip(),
        headline=f"{finding.title(matrix)}.",
        worst=" ".join(finding.sentences(matrix, answer.loss)),
        source=source_in_words(dataset, origin.data_in_words, asked),
        foot=foot_by_name(matrix, origin),
        slides=(
            _matrix_slide(matrix, tuple(_not_on_slides(answer))),
            *(slide for level in matrix.levels for slide in _gap_slides(answer.gaps, level)),
            *([_swot_slide(answer.swot)] if has_swot else []),
            *_need_slides(answer.needs),
        ),
        sources={key: spell_out(source) for key, source in dataset.sources.items()},
    )


def _not_on_slides(answer: FullReport) -> Iterator[str]:
    """Say what has no slide, as there is nothing to show: levels without a gap, and a SWOT that speaks of others."""
    matrix = answer.matrix
    with_gaps = {gap.rating.cell.level for gap in answer.gaps.gaps}
    for level in matrix.levels:
        if level.id not in with_gaps:
            yield _no_gap(matrix, level)
    if matrix.dataset.swot and not any(items for _, items in answer.swot.quadrants):
        for quadrant in Quadrant:
            said = swot.nothing_as_sentence(answer.swot, quadrant)
            yield f"{quadrant.value.capitalize()} of the SWOT: {said}"


# The matrix, and the gaps of every level: how each is covered, why, how the role is covered elsewhere, who accepted it


def _matrix_slide(matrix: Matrix, remarks: tuple[str, ...]) -> Slide:
    names = names_of(matrix)
    size = f"{count(len(matrix.roles), 'role')} at {count(len(matrix.levels), 'level')}"
    told = coverages_in_words(matrix.count(matrix.levels))
    whole, is_short = grid(matrix), len(matrix.roles) > MOST_NAMED
    cells = tuple(
        tuple(
            cell._replace(reasons=tuple(_details(rating, names, is_short=is_short)))
            for cell, rating in zip(row, ratings, strict=True)
        )
        for row, (_, ratings) in zip(whole.cells, matrix.by_role(), strict=True)
    )
    rated = tuple(tuple(rating.cell for rating in ratings) for _, ratings in matrix.by_role())
    return Slide(
        f"{size}: {told}",
        (whole._replace(cells=cells),),
        f"Table of coverage by role and level. {finding.title(matrix)}.",
        tuple(cite_cells(matrix.dataset, {rating.cell for rating in matrix})),
        rated,
        remarks=(*remarks, *(_named(matrix) if is_short else ())),
    )


def _named(matrix: Matrix) -> Iterator[str]:
    """Name the instruments of every role, for the notes of a matrix that only counts them."""
    names, levels = names_of(matrix), {level.id: at_level(level) for level in matrix.levels}
    for role, ratings in matrix.by_role():
        named = [
            f"{levels[rating.cell.level]} {', '.join(marked_names(rating, names))}"
            for rating in ratings
            if rating.instruments
        ]
        if named:
            yield f"{role.name}: {'; '.join(named)}"


def _details(cited: Rating, names: Names, *, is_short: bool) -> list[str]:
    rating = unsourced(cited)
    if rating.coverage is Coverage.UNKNOWN:
        return [how_covered(rating, names)]
    # A covered cell shows its instruments first, a gap its reasons.
    why = [share_in_words(rating.share)]
    why += short_notes(rating) if rating.coverage.is_gap and not is_short else []
    why += not_said(rating)
    clauses = "; ".join(clause for clause in why if clause)
    named = "" if is_short else ", ".join(marked_names(rating, names))
    told = [words for words in (clauses, named) if words]
    return told if told or is_short else reasons(rating, names.places)


def _gap_slides(answer: Gaps, level: Level) -> Iterator[Slide]:
    matrix = answer.matrix
    of_level = [gap for gap in answer.gaps if gap.rating.cell.level == level.id]
    if not of_level:
        return
    title = _gap_title(matrix.select((), (level.id,)), of_level)
    description = f"Table of the gaps at {at_level(level)}: role, coverage, why, elsewhere"
    columns = (
        Column("Role"), Column("Coverage", ColumnKind.COVERAGE), Column("Why"), Column("Elsewhere"),
    )  # fmt: skip
    rows = tuple(_gap_row(matrix, gap) for gap in of_level)
    yield Slide(
        title,
        (Table(title, description, columns, rows),),
        description,
        tuple(cite_cells(matrix.dataset, {gap.rating.cell for gap in of_level})),
        tuple((gap.rating.cell,) for gap in of_level),
    )


def _gap_title(matrix: Matrix, of_level: Sequence[Gap]) -> str:
    """Say the finding of a level; where it tells what has no instrument, also how many roles are only partly covered."""
    none = sum(gap.rating.coverage is Coverage.NONE for gap in of_level)
    partial = len(of_level) - none
    found, level = finding.title(matrix), matrix.levels[0]
    if at_level(level) not in found:
        # A name too long for a title is left out of it; on a slide of this level it must stand.
        return f"{level.name}: {found}"
    are = "is" if partial == 1 else "are"
    more = f"{found}; {spell_number(partial)} more {are} only partly covered"
    says_more = none and partial and len(more) <= finding.LONGEST_TITLE
    return more if says_more and "fully covered" not in found else found


def _no_gap(matrix: Matrix, level: Level) -> str:
    ratings = [rating for rating in matrix if rating.cell.level == level.id]
    unknown = sum(rating.coverage is Coverage.UNKNOWN for rating in ratings)
    if unknown == len(ratings):
        return f"At {at_level(level)}, {DEFINITIONS[Coverage.UNKNOWN]}."
    of = count(len(ratings) - unknown, "role")
    fragile = sum(bool(rating.rests_on) for rating in ratings)
    gaps = "a gap" if fragile == 1 else "gaps"
    lost = f" {fragile} of them would be {gaps} without one instrument." if fragile else ""
    if unknown:
        return f"No gap is known at {at_level(level)}: {of} covered, {unknown} unknown.{lost}"
    return f"Every role is covered at {at_level(level)}: {of}.{lost}"


def _gap_row(matrix: Matrix, gap: Gap) -> tuple[Text | TableCell, ...]:
    rating, names = gap.rating, names_of(matrix)
    unknown = unknown_in_words(rating)
    return (
        names.roles[rating.cell.role],
        TableCell(
            (unknown,) if unknown else (),
            rating.coverage,
            is_unsaid=is_unsaid(rating),
        ),
        TableCell(
            tuple(gaps.why_in_words(dataclasses.replace(gap, rating=unsourced(rating)), names))
        ),
        TableCell(tuple(gaps.elsewhere(gap, names) or ["nowhere"])),
    )


# The SWOT


def _swot_slide(view: SwotView) -> Slide:
    title = "Strengths, weaknesses, opportunities and threats"
    strengths, weaknesses, opportunities, threats = (
        SquareField(
            quadrant.value.capitalize(),
            Entries(
                tuple(Field("", (_said(linked),)) for linked in items),
                swot.nothing_as_sentence(view, quadrant),
            ),
        )
        for quadrant, items in view.quadrants
    )
    square = Square((strengths, weaknesses, opportunities, threats))
    refs = (ref for _, items in view.quadrants for linked in items for ref in linked.item.sources)
    return Slide(title, (square,), title, tuple(cite(refs)))


def _said(linked: LinkedItem) -> str:
    if not linked.is_contradicted:
        return linked.item.text
    is_full = linked.ratings[0].coverage is Coverage.FULL
    now = "what it speaks of is fully covered" if is_full else "nothing covers what it speaks of"
    return f"{linked.item.text} (no longer: {now})"


# The needs of every level, with their evidence and what there is to build on; then what else the SWOT says


def _need_slides(answer: Needs) -> Iterator[Slide]:
    # A level without a need is left out, as it has no gap.
    yield from (
        _need_slide(answer, level, of_level) for level, of_level in answer.by_level if of_level
    )
    blocks: list[Block] = []
    for heading, lines in _other_evidence(answer):
        blocks += [Heading(heading), Points(tuple(lines))]
    if blocks:
        title = "What else the SWOT says"
        items = [
            *(evidence.item for _, speaking in answer.speaking for evidence in speaking),
            *(linked.item for linked in answer.unlinked),
        ]
        refs = (ref for item in items for ref in item.sources)
        number = len(_of_others(answer)) if shown_in_words(answer.matrix) else 0
        words = (
            f"{count(number, 'more item speaks', 'more items speak')} of what is not shown here."
        )
        remarks = (words,) if number else ()
        yield Slide(title, tuple(blocks), title, tuple(cite(refs)), remarks=remarks)


def _need_slide(answer: Needs, level: Level, of_level: Sequence[Need]) -> Slide:
    number = "What is needed" if len(of_level) == 1 else count(len(of_level), "need")
    title = f"{number} at {at_level(level)}"
    refs = (
        ref for need in of_level for evidence in need.evidence for ref in evidence.item.sources
    )
    cells = {need.gap.rating.cell for need in of_level}
    citations = (*cite(refs), *cite_cells(answer.matrix.dataset, cells))
    items = tuple(_need(answer, need) for need in of_level)
    return Slide(title, (Numbered(items, "no gap"),), title, citations)


def _need(answer: Needs, cited: Need) -> Item:
    gap = dataclasses.replace(cited.gap, rating=unsourced(cited.gap.rating))
    need = dataclasses.replace(cited, gap=gap)
    accepted = [words.partition(": ") for words in gaps.acceptance(gap)]
    fields = (
        *labelled("SWOT", _evidence(answer, need)),
        *labelled("To build on", needs.leads_in_words(need, answer.matrix)),
        *(Field(by, (reason,)) for by, _, reason in accepted),
    )
    return Item(gap.rating.coverage, needs.sentence(need, answer.matrix), fields)


def _evidence(answer: Needs, need: Need) -> list[str]:
    """Quote what speaks of a need; what speaks of its whole level is quoted on the last slide, so here it is counted."""
    below = {
        evidence.item.id
        for level, of_level in answer.speaking
        if level.id == need.gap.rating.cell.level
        for evidence in of_level
    }
    of_level = [each for each in need.evidence if each.is_of_level and each.item.id in below]
    quoted = [_quoted(each) for each in need.evidence if each not in of_level]
    number = count(len(of_level), "item speaks", "items speak")
    return [*quoted, *([f"{number} of the whole level"] if of_level else [])]


def _quoted(evidence: Evidence) -> str:
    return _quote(evidence.quadrant, evidence.item)


def _quote(quadrant: Quadrant, item: SwotItem) -> str:
    return f"{needs.SINGULAR[quadrant]} “{item.text}”"


def _other_evidence(answer: Needs) -> Iterator[tuple[str, list[str]]]:
    """Quote the other SWOT items under headings: those of whole levels, of no gap that is shown, of nothing."""
    for level, speaking in answer.speaking:
        if speaking:
            yield f"What speaks of {at_level(level)} as a whole", [*map(_quoted, speaking)]
    elsewhere, nothing = _of_others(answer), [one for one in answer.unlinked if one.names_nothing]
    # If only a part is shown, the items of other parts are not quoted.
    if elsewhere and not shown_in_words(answer.matrix):
        lines = [_quote(each.quadrant, each.item) for each in elsewhere]
        yield "What speaks of no gap that is shown", lines
    if nothing:
        lines = [_quote(each.quadrant, each.item) for each in nothing]
        yield "What names no role, level or instrument", lines


def _of_others(answer: Needs) -> list[Unlinked]:
    return [each for each in answer.unlinked if not each.names_nothing]
