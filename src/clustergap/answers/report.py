"""All answers as one document that stands by itself, from its summary to what its words mean."""

from collections.abc import Iterable, Iterator

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.gaps import Gap, Gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Need, Needs
from clustergap.analysis.report import FullReport
from clustergap.analysis.risks import Risk, Risks
from clustergap.answers import gaps, needs, risks
from clustergap.answers.phrases import (
    Names,
    foot_in_words,
    gaps_in_words,
    labelled,
    names_of,
    query_in_words,
    question_in_words,
    shown_in_words,
    size_in_words,
    worst_in_words,
)
from clustergap.answers.ratings import marked_names, reasons, unassessed_in_words
from clustergap.document import (
    MARKS,
    Block,
    Column,
    Document,
    Field,
    Heading,
    Item,
    Kind,
    Link,
    Numbered,
    Origin,
    Paragraph,
    Points,
    Run,
    Style,
    Table,
    TableCell,
    Text,
)
from clustergap.model.dataset import Dataset
from clustergap.theme import DEFINITIONS, GAP_DEFINITION, UNICODE, WORDS


def document(answer: FullReport, origin: Origin) -> Document:
    """Put all answers in words, in chapters."""
    matrix = answer.matrix
    blocks = (
        *_summary(answer),
        *_matrix(matrix),
        *_gaps(answer.gaps),
        *_needs(answer.needs),
        *_risks(answer.risks),
        *_sources(matrix.dataset),
        *_meanings(matrix),
    )
    return Document(
        f"Gap analysis. {question_in_words(matrix)} {origin.remark}".rstrip(),
        blocks,
        subject=matrix.dataset.title,
        question=(foot_in_words(matrix, origin),),
    )


def _summary(answer: FullReport) -> Iterator[Block]:
    matrix = answer.matrix
    yield Heading("Summary", 1)
    yield Paragraph((Run(gaps_in_words(matrix), Style.STRONG),))
    for text in (
        worst_in_words(matrix),
        _risks_in_words(answer.risks),
        " ".join(shown_in_words(matrix)),
    ):
        if text:
            yield Paragraph(text)


def _risks_in_words(answer: Risks) -> str:
    return f"{risks.headline(answer)}. {risks.unjudged(answer)}".rstrip()


def _matrix(matrix: Matrix) -> Iterator[Block]:
    yield Heading("Matrix", 1)
    yield Paragraph(f"The matrix has {size_in_words(matrix)}. {MARKS}")
    names = names_of(matrix)
    rows: tuple[tuple[Text | TableCell, ...], ...] = tuple(
        (role.name, *(_rated(rating, names) for rating in ratings))
        for role, ratings in matrix.by_role()
    )
    yield Table(
        "Coverage by role and level",
        f"{gaps_in_words(matrix)} {worst_in_words(matrix)}".strip(),
        (Column("Role"), *(Column(level.name) for level in matrix.levels)),
        rows,
    )


def _rated(rating: Rating, names: Names) -> TableCell:
    instruments = marked_names(rating, names)
    number = f"{len(instruments)}{'!' if rating.rests_on else ''}" if instruments else ""
    why = "; ".join(reasons(rating)) if _is_worth_saying(rating) else ""
    lines = filter(None, (", ".join(instruments), why))
    return TableCell(tuple(lines), rating.coverage, number)


def _is_worth_saying(rating: Rating) -> bool:
    return rating.coverage.is_gap or bool(rating.notes or rating.share or not rating.instruments)


def _gaps(answer: Gaps) -> Iterator[Block]:
    yield Heading("Gaps", 1)
    if not answer.gaps:
        yield Paragraph("There is no gap among the cells that are shown.")
        return
    names = names_of(answer.matrix)
    yield Paragraph("What is not covered comes first, then what is partly covered.")
    yield Table(
        "Gaps",
        gaps.description(answer),
        (*_CELL_COLUMNS, Column("Why"), Column("Elsewhere")),
        tuple(_gap(gap, names) for gap in answer.gaps),
    )


_CELL_COLUMNS = (Column("Role"), Column("Level"), Column("Coverage", Kind.COVERAGE))


def _gap(gap: Gap, names: Names) -> tuple[Text | TableCell, ...]:
    return (
        *names.cell_columns(gap.rating.cell)[:2],
        TableCell((), gap.rating.coverage),
        TableCell(tuple(gaps.why_in_words(gap, names))),
        TableCell(tuple(gaps.elsewhere(gap, names) or ["nowhere"])),
    )


def _needs(answer: Needs) -> Iterator[Block]:
    yield Heading("Needs by level", 1)
    yield Paragraph(
        "Each gap is a need for policy action: the most pressing of each level come first."
    )
    if not answer.matrix.dataset.swot:
        yield Paragraph(needs.NO_SWOT)
    for level, of_level in answer.by_level:
        yield Heading(needs.level_title(level, of_level))
        yield Numbered(tuple(need_item(answer, need) for need in of_level), "no gap")
    for heading, lines in needs.other_evidence(answer):
        yield Heading(heading)
        yield Points(tuple(lines))


def need_item(answer: Needs, need: Need) -> Item:
    """Say a need, what speaks of it, what there is to build on, and who lives with it."""
    accepted = [words.partition(": ") for words in gaps.acceptance(need.gap)]
    fields = (
        *labelled("SWOT", needs.evidence_of(answer, need)),
        *labelled("To build on", needs.leads_in_words(need, answer.matrix)),
        *(Field(by, (reason,)) for by, _, reason in accepted),
    )
    return Item(need.gap.rating.coverage, needs.sentence(need, answer.matrix), fields)


def _risks(answer: Risks) -> Iterator[Block]:
    yield Heading("Risks", 1)
    if not answer.risks:
        yield Paragraph(_risks_in_words(answer))
        return
    dataset, names = answer.matrix.dataset, names_of(answer.matrix)
    yield Paragraph(
        f"{_risks_in_words(answer)} A risk is a reason why a cell that is covered is fragile. "
        "What would lose most comes first."
    )
    yield Table(
        "Risks",
        risks.description(answer),
        (*_CELL_COLUMNS, Column("Risk"), Column("Why")),
        tuple(_risk(risk, names, dataset) for risk in answer.risks),
    )
    yield Points(
        tuple(f"{kind.value}: {risks.meaning(kind, answer)}" for kind in risks.kinds_of(answer))
    )


def _risk(risk: Risk, names: Names, dataset: Dataset) -> tuple[Text | TableCell, ...]:
    unassessed = unassessed_in_words(risk.rating)
    return (
        *names.cell_columns(risk.rating.cell)[:2],
        TableCell((unassessed,) if unassessed else (), risk.rating.coverage),
        risk.kind.value,
        risks.sentence(risk, names, dataset),
    )


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
    yield Points(
        tuple(
            f"{UNICODE.coverage[coverage]} {WORDS[coverage]}: {DEFINITIONS[coverage]}."
            for coverage in Coverage
        )
    )
    yield Paragraph(f"{GAP_DEFINITION} {MARKS}")
    day = matrix.dataset.as_of
    data = f"The data is as of {day.isoformat()}." if day else "The data bears no date of its own."
    asked = f"The question: {query_in_words(matrix.query)}."
    yield Paragraph(" ".join([data, asked, *shown_in_words(matrix)]))
