"""Every answer as a note for Word and as a workbook, read back by other programs' libraries."""

import csv
import io
import re

import docx
import openpyxl
import pytest
from docx.document import Document as Note
from openpyxl.worksheet.worksheet import Worksheet

from answer_files import answer, questions_of
from clustergap.analysis.coverage import Coverage
from clustergap.document import Column, ColumnKind, Document, Table, TableCell
from clustergap.prose import Field, Fields, Link, Paragraph, Place, Run, Sign, Style
from clustergap.writers import docx as docx_writer
from clustergap.writers import html, markdown
from paths import ROOT
from running import run
from workbooks import without_empty_columns

HOSTILE = "tests/hostile"
NAMES = tuple(questions_of(HOSTILE))
SHEETS = {
    "gaps": "Gaps",
    "needs": "Needs",
    "risks": "Risks",
    "timeline": "Timeline",
    "swot": "SWOT",
    "tows": "TOWS",
    "what-if": "What if",
    "keystones": "Keystones",
    "diff": "Diff",
    "list": "Instruments",
    "rule": "Explain",
    "cell": "Explain",
    "instrument": "Explain",
}


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def note(name: str, data: str = HOSTILE) -> Note:
    return docx.Document(io.BytesIO(answer(questions_of(data)[name], "docx")))


def words_of(document: Note) -> str:
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def sheets(name: str) -> dict[str, Worksheet]:
    content = io.BytesIO(answer(questions_of(HOSTILE)[name], "xlsx"))
    return {sheet.title: sheet for sheet in openpyxl.load_workbook(content).worksheets}


@pytest.mark.sampled(7)
@pytest.mark.parametrize("name", NAMES)
def test_a_note_has_a_title_and_says_where_its_data_comes_from(name: str) -> None:
    document = note(name)
    (title,) = [one for one in document.paragraphs if one.style and one.style.name == "Title"]

    assert document.core_properties.title == title.text.replace("◐ ", "")[:255]
    if name not in ("rule", "diff"):
        assert "; data as of 30 June 2024" in words_of(document)


@pytest.mark.sampled(7)
@pytest.mark.parametrize("name", NAMES)
def test_a_note_says_every_word_of_the_text_on_the_terminal(name: str) -> None:
    # Each has its own signs between the words, and its own lines.
    words = questions_of(HOSTILE)[name]
    text = run(*words, "-q", is_terminal=True, columns=600, NO_COLOR="1").out

    said, written = (
        set(re.findall("[A-Za-z]{3,}", each)) for each in (text, words_of(note(name)))
    )
    # A need's sentence says how its cell is covered.
    assert said - written <= ({"NONE"} if name == "needs" else set())


def test_every_table_of_a_note_has_a_header_and_words_for_those_who_cannot_see_it() -> None:
    for name in NAMES:
        for table in note(name).tables:
            (look,) = table._tbl.xpath("w:tblPr")  # noqa: SLF001 - python-docx reads neither
            assert look.xpath("w:tblCaption/@w:val")[0]
            assert look.xpath("w:tblDescription/@w:val")[0]
            assert table.rows[0]._tr.xpath("w:trPr/w:tblHeader")  # noqa: SLF001


def test_the_headings_of_a_note_begin_with_the_first_level() -> None:
    for name in NAMES:
        styles = [one.style.name for one in note(name).paragraphs if one.style]
        headings = [style for style in styles if style and style.startswith("Heading")]
        assert headings[:1] in ([], ["Heading 1"]), name


def test_coverage_in_a_note_is_said_by_shape_word_and_colour() -> None:
    table = note("gaps").tables[0]
    cell = table.rows[1].cells[2]

    assert cell.text == "○ NONE"
    assert cell._tc.xpath("w:tcPr/w:shd/@w:fill") == ["FFFFFF"]  # noqa: SLF001
    assert cell._tc.xpath("w:tcPr/w:tcBorders/w:left/@w:val") == ["dashed"]  # noqa: SLF001


@pytest.mark.sampled(5)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_a_file_has_the_same_bytes_on_every_run(name: str, format_: str) -> None:
    words = questions_of(HOSTILE)[name]

    assert answer.__wrapped__(words, format_) == answer(words, format_)


@pytest.mark.parametrize("name", SHEETS)
def test_a_workbook_has_the_rows_of_the_csv_on_a_sheet_that_can_be_sorted(name: str) -> None:
    workbook = sheets(name)
    sheet = workbook[SHEETS[name]]
    text = run(*questions_of(HOSTILE)[name], "-f", "csv", "-q").out
    said = without_empty_columns(list(csv.reader(io.StringIO(text, newline=""))))

    assert list(workbook) == [SHEETS[name], "About"]
    header, *rows = sheet.iter_rows(values_only=True)
    assert list(header) == said[0]
    assert len(rows) == len(said) - 1 > 0
    assert sheet.freeze_panes == "B2"
    assert [table.ref for table in sheet.tables.values()] == [sheet.dimensions]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_workbook_says_what_it_answers() -> None:
    about = dict(sheets("risks")["About"].iter_rows(max_col=2, values_only=True))

    assert about["Answer"] == "5 risks in 3 of 9 pairs of role and level (as of 30 June 2024)"
    assert about["Asked"] == "As of 30 June 2024."
    assert str(about["Source"]).endswith("data as of 30 June 2024.")
    assert about["● full"] == "covered: instruments serve the role in the whole of the level"
    assert str(about["Words"]).startswith("single: what is covered rests on an instrument")


def test_an_answer_without_rows_says_so_on_its_sheet() -> None:
    words = ("what-if", "--data", HOSTILE, "-f", "xlsx", "-o", "-", "-q")
    workbook = openpyxl.load_workbook(io.BytesIO(run(*words).stdout))

    assert workbook["What if"]["A1"].value == "Nothing asked: nothing changes."


def test_a_coverage_in_a_workbook_looks_as_in_the_matrix() -> None:
    sheet = sheets("risks")["Risks"]
    column = [cell.value for cell in sheet[1]].index("coverage")
    cell = sheet[2][column]

    assert cell.value == "● full"
    assert cell.fill.fgColor.rgb == "FF0B5394"


ODD = Document(
    (Run("Odd", Style.STRONG), " ", Sign(Coverage.FULL)),
    (
        Paragraph((Run("said", Style.CODE), Link("https://example.org/?a=<b>"), " and on")),
        Fields((Field("File", ((Place("a.yaml", 3),),)), Field("", ("more",), is_quiet=True))),
        Table(
            "Odd",
            "Odd cells.",
            (
                Column("Name"),
                Column("How", ColumnKind.COVERAGE),
                Column("Number", ColumnKind.NUMBER),
            ),
            (("a", TableCell(("below",), Coverage.PARTIAL, "2!"), "7"),),
        ),
    ),
    meanings=("first: one.", "second: two."),
)
"""What no answer of ours says yet, but a document may."""


def test_what_a_document_may_hold_is_written_in_every_format() -> None:
    document = docx.Document(io.BytesIO(docx_writer.write(ODD)))
    page, text = html.write(ODD), markdown.write(ODD)

    assert words_of(document).splitlines() == [
        "Odd ● full",
        "said: https://example.org/?a=<b> and on",
        "File",
        "(a.yaml:3)",
        "more",
        "",
        "What the words mean",
        "first: one.",
        "second: two.",
        "Name", "How", "Number", "a", "◐ partial 2!", "below", "7",
    ]  # fmt: skip
    assert '<code>said</code>: <a href="https://example.org/?a=%3Cb%3E"' in page
    assert "<b>partial</b> 2!</span><br>below</td>" in page
    assert "`said` <https://example.org/?a=%3Cb%3E> and on" in text
    assert "| a | ◐ partial 2!<br>below | 7 |" in text
