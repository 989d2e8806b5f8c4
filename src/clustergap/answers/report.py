"""All answers in one: a self-contained note, from the summary to the meaning of the words."""

from collections.abc import Iterable, Iterator

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.gaps import Gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.report import FullReport
from clustergap.analysis.risks import Risks
from clustergap.answers import finding, gaps, needs, risks
from clustergap.answers.matrix import grid
from clustergap.answers.phrases import (
    gaps_in_words,
    query_in_words,
    size_in_words,
    worst_in_words,
)
from clustergap.answers.provenance import (
    foot_in_words,
    question_in_words,
    remark,
    shown_in_words,
)
from clustergap.document import Block, Document
from clustergap.model.dataset import Dataset
from clustergap.model.dates import date_in_words
from clustergap.origin import Origin
from clustergap.prose import Heading, Link, Paragraph, Points, Run, Style
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
        gaps_in_words(matrix),
        worst_in_words(matrix),
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
            "A risk is a reason why what covers a role at a level is fragile. What would lose most comes first."
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
    data = (
        f"The data is as of {date_in_words(day)}." if day else "The data bears no date of its own."
    )
    query = f"The question: {query_in_words(matrix.query)}."
    yield Paragraph(" ".join([data, query, *shown_in_words(matrix)]))
