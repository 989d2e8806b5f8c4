"""Answers as workbooks: lists, the matrix, and what the words mean. The report can be edited and imported again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from clustergap import __version__
from clustergap.analysis.gaps import Gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.needs import Needs
from clustergap.analysis.report import FullReport
from clustergap.analysis.swot import SwotView, narrowed
from clustergap.answers import gaps, needs, risks
from clustergap.answers import list as list_answer
from clustergap.answers import matrix as matrix_answer
from clustergap.answers.list import ListAnswer
from clustergap.answers.phrases import (
    citation,
    gaps_in_words,
    query_in_words,
    size_in_words,
    worst_in_words,
)
from clustergap.answers.provenance import caveats_in_words, source_in_words
from clustergap.answers.swot import contradiction, links_in_words, nothing_as_sentence
from clustergap.document import Document, Row, Rows
from clustergap.list_format.list_layout import (
    COLUMNS,
    list_rows,
    write_flag,
    write_ids,
)
from clustergap.list_format.reference_layout import (
    HEADERS,
    QUESTION,
    ReferenceTable,
    reference_tables,
    refuse_long_list,
    refuse_long_tables,
    refuse_long_text,
)
from clustergap.model.cell import Cell
from clustergap.model.dates import date_in_words
from clustergap.office import (
    AboutSheet,
    CoverageCounts,
    FormColumn,
    FormSheet,
    Legend,
    ListSheet,
    PageSheet,
    SheetList,
    Workbook,
    WorkbookSheet,
    choice_in,
    choices_of,
)
from clustergap.origin import EXAMPLE, Origin
from clustergap.prose import Field, Fields, Heading, Paragraph, Run, Style, plain
from clustergap.text import capitalise, long_day, visible
from clustergap.theme import FRAGILE, GAP_DEFINITION

# The workbook of one answer: its rows on a sheet, then a sheet that says where they come from

_WRITER = f"clustergap {__version__}, a policy gap analyser for clusters"


def rows_workbook(name: str, document: Document, rows: Rows) -> Workbook:
    """Return the rows of any answer on a sheet called *name*, and what its document says about them."""
    nothing = f"{plain(document.title).rstrip('.')}."
    return document_workbook(document, ListSheet(name, rows, nothing))


def document_workbook(document: Document, *sheets: WorkbookSheet) -> Workbook:
    """Return sheets of any answer, and after them what its document says about them."""
    title = plain(document.title)
    texts = {
        "Written by": _WRITER,
        "Data": document.subject,
        "Answer": title,
        "Asked": " ".join(document.question),
        "Source": document.source,
        "Note": document.remark,
        "Words": "\n".join(document.meanings),
        "Gap": GAP_DEFINITION,
    }
    about = AboutSheet("About", (_fields(texts), Legend()))
    return Workbook(
        document.subject or title, title, document.remark, document.remark, (*sheets, about)
    )


def list_workbook(answer: ListAnswer, origin: Origin) -> Workbook:
    """Return what is listed on a sheet that is called as it is."""
    sheet = ListSheet(
        capitalise(answer.what), list_answer.rows(answer), list_answer.nothing(answer)
    )
    return document_workbook(list_answer.document(answer, origin), sheet)


def matrix_workbook(answer: Matrix, origin: Origin) -> Workbook:
    """Return the matrix as a coloured grid, and its cells as a list."""
    cells = ListSheet(
        "Roles and levels", matrix_answer.rows(answer), "No pairs of role and level."
    )
    return _answer_workbook("Matrix", answer, origin, _matrix_sheet(answer, origin), cells)


def gaps_workbook(answer: Gaps, origin: Origin) -> Workbook:
    """Return the list of gaps."""
    return _answer_workbook("Gaps", answer.matrix, origin, _gaps_sheet(answer))


def needs_workbook(answer: Needs, origin: Origin) -> Workbook:
    """Return the list of needs."""
    return _answer_workbook("Needs", answer.matrix, origin, _needs_sheet(answer))


def workbook_of(matrix: Matrix, origin: Origin, subject: str, *sheets: WorkbookSheet) -> Workbook:
    """Return a workbook about the cells of a matrix; *subject* says what it answers."""
    day = matrix.query.as_of
    footer = f"As of {long_day(day)}" if day else "Dates ignored"
    return Workbook(
        matrix.dataset.title,
        f"{subject}, {query_in_words(matrix.query)}",
        origin.remark,
        f"{footer}, {EXAMPLE}" if origin.is_example else footer,
        sheets,
    )


def _answer_workbook(
    subject: str, matrix: Matrix, origin: Origin, *sheets: WorkbookSheet
) -> Workbook:
    # With the sources that it cites, but not the rest of the dataset.
    tables = reference_tables(matrix.dataset)
    sources = [table for table in tables if table.title == "Sources"]
    about = _about_sheet(matrix, origin, sources, {})
    return workbook_of(matrix, origin, subject, *sheets, about)


def _gaps_sheet(answer: Gaps) -> ListSheet:
    return ListSheet("Gaps", gaps.rows(answer), "No gaps.")


def _needs_sheet(answer: Needs) -> ListSheet:
    return ListSheet("Needs", needs.rows(answer), "No needs: there are no gaps.")


def _matrix_sheet(answer: Matrix, origin: Origin) -> PageSheet:
    query, caveats = query_in_words(answer.query), caveats_in_words(answer.caveats())
    return PageSheet(
        "Matrix",
        (
            Heading(answer.dataset.title),
            Paragraph(f"{gaps_in_words(answer)} Asked: {query}."),
            *([Paragraph(caveats)] if caveats else []),
            matrix_answer.grid(answer),
            Legend(),
            Paragraph(f"{GAP_DEFINITION} {FRAGILE}"),
            Paragraph(source_in_words(answer.dataset, origin.data_in_words, query)),
        ),
    )


def _about_sheet(
    matrix: Matrix,
    origin: Origin,
    tables: Iterable[ReferenceTable],
    meanings: Mapping[str, str],
) -> AboutSheet:
    """Say what the words mean and what the query was; *meanings* explains further words."""
    day = matrix.dataset.as_of
    roles, levels = narrowed(matrix)
    texts = {
        "Written by": _WRITER,
        "Data": matrix.dataset.title,
        "File or folder": visible(origin.path or f"none: {EXAMPLE}"),
        "Date of the data": date_in_words(day)
        if day
        else "none: dates count where a day is asked",
        "Asked": query_in_words(matrix.query),
        "Note": caveats_in_words(matrix.caveats()),
        "Roles shown": ", ".join(role.name for role in matrix.roles) if roles else "",
        "Levels shown": ", ".join(level.name for level in matrix.levels) if levels else "",
    }
    words = {"Gap": GAP_DEFINITION, "!": FRAGILE, **meanings}
    for name, text in (texts | words).items():
        refuse_long_text(text, name)
    filled = (table for table in (_question(matrix), *tables) if table.rows)
    return AboutSheet("About", (_fields(texts), Legend(), _fields(words)), tuple(filled))


def _fields(texts: Mapping[str, str]) -> Fields:
    return Fields(tuple(Field(label, (text,)) for label, text in texts.items() if text))


def _question(matrix: Matrix) -> ReferenceTable:
    # The parts of the query that are set, by their names in JSON; roles and levels if not all are shown.
    query = matrix.query
    roles, levels = narrowed(matrix)
    parts = {
        "as_of": query.as_of.isoformat() if query.as_of else "",
        "in": query.place,
        "target": query.target,
        "kinds": write_ids(query.kinds),
        "without": write_ids(query.without),
        "alone": write_flag(query.alone) if query.alone else "",
        "with_planned": write_flag(query.with_planned) if query.with_planned else "",
        "roles": write_ids(roles),
        "levels": write_ids(levels),
    }
    rows = [(part, value) for part, value in parts.items() if value]
    return ReferenceTable(QUESTION, HEADERS[QUESTION], rows)


# The report: all answers, and every statement of the data

SHEETS: Mapping[str, str] = {
    "Matrix": "the picture: roles down, levels across",
    "Gaps": "what is not covered, or only partly, worst first",
    "Needs": "each gap as a need, with what the SWOT says and what there is to build on",
    "Risks": "what is covered, but fragile",
    "Instruments": "every statement of the data; edit it, then: clustergap import FILE",
    "SWOT": "strengths, weaknesses, opportunities and threats, with what they are linked to",
    "About": "what the words mean, the question, the sources, and the data's vocabularies",
}
"""What each sheet of the report contains, in their order after the summary."""

_SWOT_HEADER = ("quadrant", "id", "text", "linked to", "matrix says", "sources")


def report_workbook(answer: FullReport, origin: Origin) -> Workbook:
    """Return all answers; the sheet Instruments can be edited and imported again.

    Raises:
        ClusterGapError: A text or a list is too long for a workbook, or for importing it again.
    """
    matrix = answer.matrix
    tables = reference_tables(matrix.dataset)
    refuse_long_tables(tables)
    meanings = {
        f"Risk: {kind.value}": risks.meaning(kind, answer.risks)
        for kind in risks.kinds_of(answer.risks)
    }
    about = _about_sheet(matrix, origin, tables, meanings)
    return workbook_of(
        matrix,
        origin,
        "Gap analysis",
        _summary_sheet(answer, origin),
        _matrix_sheet(matrix, origin),
        _gaps_sheet(answer.gaps),
        _needs_sheet(answer.needs),
        ListSheet("Risks", risks.rows(answer.risks), f"{risks.headline(answer.risks)}."),
        _instruments_sheet(answer, {table.title for table in about.tables}),
        ListSheet("SWOT", Rows(_SWOT_HEADER, _swot_rows(answer.swot)), needs.NO_SWOT),
        about,
    )


def _summary_sheet(answer: FullReport, origin: Origin) -> PageSheet:
    # The answer in two sentences, the counts by level, and what each of the other sheets contains.
    matrix = answer.matrix
    query, caveats = query_in_words(matrix.query), caveats_in_words(matrix.caveats())
    risks_hold = ". ".join(filter(None, (SHEETS["Risks"], risks.unjudged(answer.risks))))
    return PageSheet(
        "Summary",
        (
            Heading(matrix.dataset.title),
            Paragraph(f"{size_in_words(matrix)}, {query}"),
            *([Paragraph(caveats)] if caveats else []),
            Paragraph((Run(gaps_in_words(matrix), Style.STRONG),), is_apart=True),
            Paragraph(worst_in_words(matrix)),
            _counts(matrix),
            Legend(),
            Paragraph(GAP_DEFINITION),
            Paragraph(source_in_words(matrix.dataset, origin.data_in_words, query), is_apart=True),
            SheetList({**SHEETS, "Risks": risks_hold}),
        ),
    )


def _counts(matrix: Matrix) -> CoverageCounts:
    counts = [
        (
            level.name,
            Counter(matrix.ratings[Cell(role.id, level.id)].coverage for role in matrix.roles),
        )
        for level in matrix.levels
    ]
    if len(counts) > 1:
        counts.append(("All levels", Counter(rating.coverage for rating in matrix)))
    return CoverageCounts("Level", tuple(counts))


def _swot_rows(view: SwotView) -> Iterator[Row]:
    for quadrant, items in view.quadrants:
        if not items and any(view.left_out(quadrant)):
            nothing = nothing_as_sentence(view, quadrant)
            yield (quadrant.value.capitalize(), None, nothing, None, None, None)
        for linked in items:
            yield (
                quadrant.value.capitalize(),
                linked.item.id,
                linked.item.text,
                "; ".join(links_in_words(view.matrix, linked)),
                contradiction(linked) if linked.is_contradicted else None,
                "; ".join(map(citation, linked.item.sources)),
            )


def _instruments_sheet(answer: FullReport, tables: Iterable[str]) -> FormSheet:
    # All statements about the cells that are shown, with their texts unchanged.
    dataset = answer.matrix.dataset
    cells = {rating.cell for rating in answer.matrix} if answer.is_narrowed else None
    rows = list(list_rows(dataset, cells))
    refuse_long_list(rows)
    choices = choices_of(dataset, tables)
    columns = (
        FormColumn(column.name, column.name, choice=choice_in(column, choices))
        for column in COLUMNS
    )
    return FormSheet("Instruments", tuple(columns), rows, free=0 if rows else 1)
