"""All answers in one: a self-contained note, from the summary to the meaning of the words, and slides."""

from collections.abc import Iterable, Iterator, Sequence

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.gaps import Gap, Gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Need, Needs
from clustergap.analysis.report import FullReport
from clustergap.analysis.risks import Risks
from clustergap.analysis.swot import LinkedItem, SwotView
from clustergap.answers import finding, gaps, needs, risks, swot
from clustergap.answers.matrix import grid
from clustergap.answers.phrases import (
    Names,
    at_level,
    gaps_in_words,
    how_covered,
    labelled,
    marked_names,
    names_of,
    not_said,
    query_in_words,
    reasons,
    share_in_words,
    short_notes,
    size_in_words,
    unknown_in_words,
    worst_in_words,
)
from clustergap.answers.provenance import (
    caveats_in_words,
    foot_in_words,
    question_in_words,
    remark,
    shown_in_words,
    source_in_words,
)
from clustergap.document import (
    Block,
    Column,
    ColumnKind,
    Document,
    Entries,
    Field,
    Heading,
    Item,
    Link,
    Numbered,
    Paragraph,
    Points,
    Run,
    Square,
    SquareField,
    Style,
    Table,
    TableCell,
    Text,
)
from clustergap.model.dataset import Dataset, Level
from clustergap.model.dates import as_written
from clustergap.office import Deck, Slide, cite, cite_cells, spell_out
from clustergap.origin import Origin
from clustergap.text import count
from clustergap.theme import DEFINITIONS, GAP_DEFINITION, MARKS, sign_of


def document(answer: FullReport, origin: Origin) -> Document:
    """Put all answers in words, in chapters, each like the answer to its own question."""
    matrix = answer.matrix
    return Document(
        f"Gap analysis. {question_in_words(matrix)} {remark(origin, matrix.caveats())}".rstrip(),
        (
            *_summary(answer),
            Heading("Matrix", 1),
            Paragraph(f"The matrix has {size_in_words(matrix)}."),
            grid(matrix),
            *_gaps(answer.gaps, origin),
            Heading("Needs by level", 1),
            Paragraph(
                "Each gap is a need for policy action: the most pressing of each level come first."
            ),
            *needs.document(answer.needs, origin).blocks,
            *_risks(answer.risks, origin),
            *_sources(matrix.dataset),
            *_meanings(matrix),
        ),
        subject=matrix.dataset.title,
        question=(foot_in_words(matrix, origin),),
    )


def _summary(answer: FullReport) -> Iterator[Block]:
    matrix = answer.matrix
    yield Heading("Summary", 1)
    yield Paragraph((Run(f"{finding.title(matrix)}.", Style.STRONG),))
    for text in (
        " ".join(finding.sentences(matrix, answer.loss)),
        f"{gaps_in_words(matrix)} {worst_in_words(matrix)}".rstrip(),
        f"{risks.headline(answer.risks)}. {risks.unjudged(answer.risks)}".rstrip(),
        " ".join(shown_in_words(matrix)),
    ):
        if text:
            yield Paragraph(text)


def _gaps(answer: Gaps, origin: Origin) -> Iterator[Block]:
    yield Heading("Gaps", 1)
    if answer.gaps:
        yield Paragraph("What is not covered comes first, then what is partly covered.")
    yield from gaps.document(answer, origin).blocks


def _risks(answer: Risks, origin: Origin) -> Iterator[Block]:
    document = risks.document(answer, origin)
    yield Heading("Risks", 1)
    yield Paragraph(f"{risks.headline(answer)}.")
    if answer.risks:
        yield Paragraph(
            "A risk is a reason why a cell that is covered is fragile. What would lose most comes first."
        )
    yield from document.blocks
    if document.meanings:
        yield Points(document.meanings)


def _sources(dataset: Dataset) -> Iterator[Block]:
    yield Heading("Sources", 1)
    if not dataset.sources:
        yield Paragraph("The dataset names no source.")
        return
    yield Points(
        tuple(
            (
                Run(key, Style.STRONG),
                f" {_joined((source.author, source.title, source.publisher, source.date))}",
                *([Link(source.url)] if source.url else []),
            )
            for key, source in dataset.sources.items()
        )
    )


def _joined(parts: Iterable[str | None]) -> str:
    return ", ".join(part for part in parts if part)


def _meanings(matrix: Matrix) -> Iterator[Block]:
    yield Heading("What the words mean", 1)
    yield Points(tuple(f"{sign_of(coverage)}: {DEFINITIONS[coverage]}." for coverage in Coverage))
    yield Paragraph(f"{GAP_DEFINITION} {MARKS}")
    day = matrix.dataset.as_of
    data = f"The data is as of {as_written(day)}." if day else "The data bears no date of its own."
    query = f"The question: {query_in_words(matrix.query)}."
    yield Paragraph(" ".join([data, query, *shown_in_words(matrix)]))


# Slides: a summary, the matrix, the gaps of every level, the SWOT, the needs of every level


def slides(answer: FullReport, origin: Origin) -> Deck:
    """Put all answers on slides."""
    matrix = answer.matrix
    dataset = matrix.dataset
    question = [f"Gap analysis. {question_in_words(matrix)}", *shown_in_words(matrix)]
    return Deck(
        title=dataset.title,
        question=" ".join([*question, caveats_in_words(matrix.caveats())]).rstrip(),
        headline=f"{finding.title(matrix)}.",
        worst=" ".join(finding.sentences(matrix, answer.loss)),
        source=source_in_words(dataset, origin.data_in_words, query_in_words(matrix.query)),
        foot=foot_in_words(matrix, origin),
        slides=(
            _matrix_slide(matrix),
            *(_gap_slide(answer.gaps, level) for level in matrix.levels),
            *_swot_slides(answer.swot),
            *_need_slides(answer.needs),
        ),
        sources={key: spell_out(source) for key, source in dataset.sources.items()},
    )


# The matrix, and the gaps of every level: how each is covered, why, how the role is covered elsewhere, who accepted it


def _matrix_slide(matrix: Matrix) -> Slide:
    summary, names = matrix.summary(), names_of(matrix)
    number = count(summary.none + summary.partial, "gap")
    totals = f"{gaps_in_words(matrix)} {worst_in_words(matrix)}".strip()
    whole = grid(matrix)
    cells = tuple(
        tuple(
            cell._replace(reasons=tuple(_details(rating, names)))
            for cell, rating in zip(row, ratings, strict=True)
        )
        for row, (_, ratings) in zip(whole.cells, matrix.by_role(), strict=True)
    )
    rated = tuple(tuple(rating.cell for rating in ratings) for _, ratings in matrix.by_role())
    return Slide(
        f"{number} in {count(summary.cells, 'cell')}: {size_in_words(matrix)}",
        (whole._replace(cells=cells),),
        f"Table of coverage by role and level. {totals}",
        tuple(cite_cells(matrix.dataset, {rating.cell for rating in matrix})),
        rated,
    )


def _details(rating: Rating, names: Names) -> list[str]:
    if rating.coverage is Coverage.UNKNOWN:
        return [how_covered(rating, names)]
    # A covered cell shows its instruments first, a gap its reasons.
    why = [share_in_words(rating.share)]
    why += short_notes(rating) if rating.coverage.is_gap else []
    why += not_said(rating)
    clauses = "; ".join(clause for clause in why if clause)
    named = ", ".join(marked_names(rating, names))
    return [words for words in (clauses, named) if words] or reasons(rating, names.places)


def _gap_slide(answer: Gaps, level: Level) -> Slide:
    matrix = answer.matrix
    of_level = [gap for gap in answer.gaps if gap.rating.cell.level == level.id]
    unknown = sum(gap.rating.cell.level == level.id for gap in answer.unknown)
    title = _gap_title(level, of_level, unknown)
    if not of_level:
        cells = {rating.cell for rating in matrix if rating.cell.level == level.id}
        return Slide(
            title,
            (Paragraph(_no_gap(matrix, level)),),
            f"How roles are covered at {at_level(level)}",
            tuple(cite_cells(matrix.dataset, cells)),
        )
    description = f"Table of the gaps at {at_level(level)}: role, coverage, why, elsewhere"
    columns = (
        Column("Role"), Column("Coverage", ColumnKind.COVERAGE), Column("Why"), Column("Elsewhere"),
    )  # fmt: skip
    rows = tuple(_gap_row(matrix, gap) for gap in of_level)
    return Slide(
        title,
        (Table(title, description, columns, rows),),
        description,
        tuple(cite_cells(matrix.dataset, {gap.rating.cell for gap in of_level})),
        tuple((gap.rating.cell,) for gap in of_level),
    )


def _gap_title(level: Level, of_level: Sequence[Gap], unknown: int) -> str:
    none = sum(gap.rating.coverage is Coverage.NONE for gap in of_level)
    numbers = ((none, "not covered"), (len(of_level) - none, "partly covered"))
    kinds = [
        f"{number} {words}" if len(of_level) > 1 else words for number, words in numbers if number
    ]
    kinds += [f"{unknown} unknown"] if unknown else []
    number = count(len(of_level), "gap") if of_level else "no gap"
    return f"{level.name}: {', '.join([number, *kinds])}"


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
        TableCell((unknown,) if unknown else (), rating.coverage),
        TableCell(tuple(gaps.why_in_words(gap, names))),
        TableCell(tuple(gaps.elsewhere(gap, names) or ["nowhere"])),
    )


# The SWOT


def _swot_slides(view: SwotView) -> Iterator[Slide]:
    if not view.matrix.dataset.swot:
        return
    title = "Strengths, weaknesses, opportunities and threats"
    strengths, weaknesses, opportunities, threats = (
        SquareField(
            quadrant.value.capitalize(),
            Entries(
                tuple(_swot_entry(linked) for linked in items),
                swot.nothing_as_sentence(view, quadrant),
            ),
        )
        for quadrant, items in view.quadrants
    )
    square = Square((strengths, weaknesses, opportunities, threats))
    refs = (ref for _, items in view.quadrants for linked in items for ref in linked.item.sources)
    yield Slide(title, (square,), title, tuple(cite(refs)))


def _swot_entry(linked: LinkedItem) -> Field:
    against = f" ({swot.contradiction(linked)})" if linked.is_contradicted else ""
    return Field(linked.item.id, (f"{linked.item.text}{against}",))


# The needs of every level, with their evidence and what there is to build on; then what else the SWOT says


def _need_slides(answer: Needs) -> Iterator[Slide]:
    # A level without a need is left out: the slide of its gaps says so.
    yield from (
        _need_slide(answer, level, of_level) for level, of_level in answer.by_level if of_level
    )
    blocks: list[Block] = []
    for heading, lines in needs.other_evidence(answer):
        blocks += [Heading(heading), Points(tuple(lines))]
    if blocks:
        title = "What else the SWOT says"
        items = [
            *(evidence.item for _, speaking in answer.speaking for evidence in speaking),
            *(linked.item for linked in answer.unlinked),
        ]
        refs = (ref for item in items for ref in item.sources)
        yield Slide(title, tuple(blocks), title, tuple(cite(refs)))


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


def _need(answer: Needs, need: Need) -> Item:
    accepted = [words.partition(": ") for words in gaps.acceptance(need.gap)]
    fields = (
        *labelled("SWOT", needs.evidence_of(answer, need)),
        *labelled("To build on", needs.leads_in_words(need, answer.matrix)),
        *(Field(by, (reason,)) for by, _, reason in accepted),
    )
    return Item(need.gap.rating.coverage, needs.sentence(need, answer.matrix), fields)
