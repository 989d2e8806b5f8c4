"""All answers put in words: the sections of a note, from its summary to what its words mean."""

from collections.abc import Iterator

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.full_report import FullReport
from clustergap.analysis.gaps import Gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Need, Needs
from clustergap.analysis.risks import Risks
from clustergap.answers.gaps import acceptance
from clustergap.answers.needs import (
    NO_SWOT,
    building_in_words,
    level_title,
    rest,
    sentence,
    spoken,
)
from clustergap.answers.phrases import (
    gaps_in_words,
    query_in_words,
    question_in_words,
    shown_in_words,
    size_in_words,
    worst_in_words,
)
from clustergap.answers.risks import headline, kinds_of, meaning, unjudged
from clustergap.document import Origin
from clustergap.render.note.parts import Item, Note, Numbered, Points, Section, Words
from clustergap.render.note.tables import gap_table, matrix_table, references, risk_table
from clustergap.theme import DEFINITIONS, GAP_DEFINITION, UNICODE, WORDS

FRAGILE = "A number counts the instruments; ! marks what would be a gap without one of them."


def note_of(briefing: FullReport, origin: Origin) -> Note:
    """Put all answers in words."""
    matrix = briefing.matrix
    return Note(
        matrix.dataset.title,
        f"Gap analysis. {question_in_words(matrix)} {origin.remark}".rstrip(),
        (
            _summary(briefing),
            _matrix(matrix),
            _gaps(briefing.gaps),
            *_needs(briefing.needs),
            _risks(briefing.risks),
            _sources(matrix),
            _meanings(matrix),
        ),
    )


def _summary(briefing: FullReport) -> Section:
    matrix = briefing.matrix
    worst, shown = worst_in_words(matrix), shown_in_words(matrix)
    risks = f"{headline(briefing.risks)}. {unjudged(briefing.risks)}".rstrip()
    return Section(
        "Summary",
        (
            Words(gaps_in_words(matrix), is_strong=True),
            *(Words(text) for text in (worst, risks, " ".join(shown)) if text),
        ),
    )


def _matrix(matrix: Matrix) -> Section:
    intro = f"The matrix has {size_in_words(matrix)}. {FRAGILE}"
    return Section("Matrix", (Words(intro), matrix_table(matrix)))


def _gaps(found: Gaps) -> Section:
    if not found.gaps:
        return Section("Gaps", (Words("There is no gap among the cells that are shown."),))
    intro = "What is not covered comes first, then what is partly covered."
    return Section("Gaps", (Words(intro), gap_table(found)))


def _needs(found: Needs) -> Iterator[Section]:
    intro = "Each gap is a need for policy action: the most pressing of each level come first."
    without = () if found.matrix.dataset.swot else (Words(NO_SWOT),)
    yield Section("Needs by level", (Words(intro), *without))
    for level, needs in found.by_level:
        listed = (
            Numbered(tuple(_need(found, need) for need in needs)) if needs else Words("No gap.")
        )
        yield Section(level_title(level, needs), (listed,), 2)
    for heading, lines in rest(found):
        yield Section(heading, (Points(tuple(lines)),), 2)


def _need(found: Needs, need: Need) -> Item:
    points = [f"SWOT: {words}" for words in spoken(found, need)]
    points += [f"To build on: {words}" for words in building_in_words(need, found.matrix)]
    points += acceptance(need.gap)
    return Item(need.gap.rating.coverage, sentence(need, found.matrix), tuple(points))


def _risks(found: Risks) -> Section:
    said = Words(f"{headline(found)}. {unjudged(found)}".rstrip())
    if not found.risks:
        return Section("Risks", (said,))
    meanings = Points(tuple(f"{kind.value}: {meaning(kind, found)}" for kind in kinds_of(found)))
    intro = "A risk is a reason why a cell that is covered is fragile. What would lose most comes first."
    return Section("Risks", (Words(f"{said.text} {intro}"), risk_table(found), meanings))


def _sources(matrix: Matrix) -> Section:
    sources = references(matrix.dataset)
    return Section(
        "Sources", (sources if sources.sources else Words("The dataset names no source."),)
    )


def _meanings(matrix: Matrix) -> Section:
    lines = tuple(
        f"{UNICODE.coverage[coverage]} {WORDS[coverage]}: {DEFINITIONS[coverage]}."
        for coverage in Coverage
    )
    asked = f"The question: {query_in_words(matrix.query)}."
    day = matrix.dataset.as_of
    data = f"The data is as of {day.isoformat()}." if day else "The data bears no date of its own."
    return Section(
        "What the words mean",
        (
            Points(lines),
            Words(f"{GAP_DEFINITION} {FRAGILE}"),
            Words(" ".join([data, asked, *shown_in_words(matrix)])),
        ),
    )
