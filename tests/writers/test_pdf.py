"""PDFs: judged by an independent checker of PDF/UA-1, read by their structure, and compared with the note for Word."""

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import page as checker
import pikepdf
import pypdfium2
import pytest
import typst
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from hypothesis import example, given
from hypothesis import strategies as st

from answer_files import answer, questions_of
from briefings import endless, large, program, strange, writing
from clustergap.analysis.coverage import Coverage
from clustergap.answers import report
from clustergap.document import Column, Document, Table, TableCell
from clustergap.loading.files import forbidden_in
from clustergap.origin import Origin
from clustergap.prose import Code, Heading, Paragraph
from clustergap.theme import FILLS, PALE
from clustergap.writers import docx as docx_writer
from clustergap.writers import pdf as pdf_writer
from paths import ROOT
from running import run
from tagged_pdf import Tag, tags_of

HOSTILE = "tests/hostile"
POLICY = "examples/cluster-policy-2021-2027"
NAMES = (*questions_of("data"), "report")
ANSWERS = [
    (data, name)
    for at, name in enumerate(NAMES)
    for data in (("data", HOSTILE) if at % 2 else (HOSTILE, "data"))
]
"""Of each question an answer about either dataset; by turns the one or the other comes first."""
HARD = {"strange": strange, "endless": endless, "large": large}

A4 = (595, 842)
MARGIN, FOOT = 50, 20
"""Points beside the text, and below the last line of a page."""

NUMBERS = re.compile(r"\[U\+[0-9A-F]{4,6}(?: U\+[0-9A-F]{4,6})*\]")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
UNSEEN = re.compile("[\\s\u200b\u2068\u2069]")


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@cache
def files_of(data: str, name: str) -> tuple[bytes, bytes]:
    """Return an answer as a PDF and as a note for Word."""
    if name in HARD:
        document = report.document(HARD[name](), Origin())
        return pdf_writer.write(document), docx_writer.write(document)
    words = ("report", "--data", data) if name == "report" else questions_of(data)[name]
    return answer(words, "pdf"), answer(words, "docx")


def packed(text: str) -> str:
    """Leave out what lines are broken at, and put letters that the fonts lack in the place of their numbers."""
    letters = NUMBERS.sub(
        lambda found: "".join(chr(int(each, 16)) for each in re.findall(r"U\+(\w+)", found[0])),
        UNSEEN.sub(" ", text),
    )
    # So pdfium reads a hyphen at the end of a line.
    return UNSEEN.sub("", letters).replace("\x02", "-")


def in_any_order(text: str) -> str:
    """Return the letters of a text sorted, and brackets as the mirrored ones."""
    return "".join(sorted(packed(text).translate(str.maketrans(">)]}»", "<([{«"))))


def word_parts(note: WordDocument) -> Iterator[str]:
    """Yield the text of each paragraph and of each cell in order."""
    for part in note.element.body:
        if part.tag == qn("w:p"):
            yield WordParagraph(part, note).text
        elif part.tag == qn("w:tbl"):
            for row in WordTable(part, note).rows:
                yield from (cell.text for cell in row.cells)


def rows_of(table: Tag) -> list[list[str]]:
    return [[cell.words for cell in row.all("TH", "TD")] for row in table.all("TR")]


def by_two(name: str, **_other: object) -> int | str:
    """Let two questions that follow each other be one kind, and what is hard one of its own."""
    return NAMES.index(name) // 2 if name in NAMES else name


def is_right(file: bytes, folder: Path) -> bool:
    path = folder / "x.pdf"
    path.write_bytes(file)
    outcome = checker.validate_pdf(str(path), profile="ua1")
    assert [str(each) for each in outcome.failures] == []
    return bool(outcome.is_compliant)


@pytest.mark.sampled(1, by=by_two)
@pytest.mark.parametrize(("data", "name"), [*ANSWERS, *(("", name) for name in HARD)])
def test_a_checker_of_pdf_ua_finds_nothing(data: str, name: str, tmp_path: Path) -> None:
    assert is_right(files_of(data, name)[0], tmp_path)


def test_the_checker_finds_what_is_missing(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(files_of("data", "gaps")[0])) as file:
        del file.Root.Lang
        file.save(tmp_path / "broken.pdf")

    broken = checker.validate_pdf(str(tmp_path / "broken.pdf"), profile="ua1")

    assert not broken.is_compliant


@pytest.mark.sampled(1, by=by_two)
@pytest.mark.parametrize(("data", "name"), [*ANSWERS, ("", "strange"), ("", "large")])
def test_a_pdf_says_in_order_what_the_note_for_word_says(data: str, name: str) -> None:
    file, note = files_of(data, name)
    root, word = tags_of(file), docx.Document(io.BytesIO(note))

    tables = [rows_of(table) for table in root.all("Table")]
    there = [[[cell.text for cell in row.cells] for row in table.rows] for table in word.tables]
    said, expected = packed(root.words), packed("".join(word_parts(word)))
    remark = packed(REMARK)
    # On a line with a name from right to left, pdfium guesses the order of all words.
    alike = in_any_order if RIGHT_TO_LEFT.search(expected) else packed

    assert [[[*map(alike, row)] for row in table] for table in tables] == [
        [[*map(alike, row)] for row in table] for table in there
    ]
    assert said.endswith(remark) == bool(NUMBERS.search(root.words))
    assert alike(said.removesuffix(remark)) == alike(expected)


REMARK = "Letters that the fonts of this file lack are written as their numbers in Unicode, in square brackets."


@pytest.mark.sampled(1, by=by_two)
@pytest.mark.parametrize(("data", "name"), ANSWERS)
def test_a_pdf_has_a_title_a_language_and_headings_in_order(data: str, name: str) -> None:
    file, note = files_of(data, name)
    levels = [int(tag.name[1]) for tag in tags_of(file).all("H1", "H2", "H3", "H4")]

    with pikepdf.open(io.BytesIO(file)) as pdf, pdf.open_metadata() as about:
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert about["pdfuaid:part"] == "1"
        title = str(about["dc:title"])
        assert str(pdf.docinfo["/Title"]) == title
        assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys())
    word = docx.Document(io.BytesIO(note))
    assert title[:255] == word.core_properties.title
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_column_of_a_table_has_a_header_that_is_tagged_once_and_printed_on_each_page() -> (
    None
):
    file = files_of("", "large")[0]
    tables = [*tags_of(file).all("Table")]
    pages = pypdfium2.PdfDocument(file)
    gaps = ("Role", "Level", "Coverage", "Why", "Instruments", "Elsewhere")

    assert [[tag.name for tag in table.all("THead", "TBody")] for table in tables] == [
        ["THead", "TBody"]
    ] * len(tables)
    assert [len([*table.all("TH")]) for table in tables] == [
        len(rows_of(table)[0]) for table in tables
    ]
    printed = [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in pages]
    ours = [text for text in printed if " no instrument " in text]
    assert len(ours) > 1
    assert [text for text in ours if " ".join(gaps) not in text] == []


def test_coverage_is_said_by_shape_word_and_colour() -> None:
    file = answer(("matrix", "--data", POLICY), "pdf")
    cells = {
        cell for table in tags_of(file).all("Table") for row in rows_of(table) for cell in row
    }
    colours = drawn(file)[0].getcolors(1 << 20)

    assert {cell.strip()[:9].strip() for cell in cells} >= {"● full 4K", "◐ partial", "○ NONE"}
    assert {"#{:02X}{:02X}{:02X}".format(*each[:3]) for _, each in colours} >= {
        FILLS[Coverage.FULL],
        FILLS[Coverage.PARTIAL],
        PALE,  # somewhere, and where is not said
    }


def test_what_introduces_a_table_stands_above_it_on_one_page() -> None:
    pages = pypdfium2.PdfDocument(files_of(POLICY, "report")[0])
    texts = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pages]

    for words, head in (
        ("The matrix has 6 roles x 3 levels.", "Role EU Country Region"),
        ("What is not covered comes first", "Role Level Coverage Why"),
        ("A risk is a reason why", "Role and level Coverage Risk Why"),
    ):
        (text,) = (text for text in texts if words in text)
        assert head in text.partition(words)[2]


def drawn(file: bytes) -> list[Any]:
    return [page.render(scale=1).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(file)]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("data", "name"), [("data", "report"), (HOSTILE, "report"), *(("", name) for name in HARD)]
)
def test_nothing_stands_outside_the_margins(data: str, name: str) -> None:
    for picture in drawn(files_of(data, name)[0]):
        width, high = picture.size
        margins = (
            picture.crop((0, 0, MARGIN - 3, high)),
            picture.crop((width - MARGIN + 3, 0, width, high)),
            picture.crop((0, high - FOOT, width, high)),
        )
        assert abs(width - A4[0]) + abs(high - A4[1]) <= 2
        assert all(one.convert("L").getextrema() == (255, 255) for one in margins)


def test_typst_has_nothing_to_warn_of(monkeypatch: pytest.MonkeyPatch) -> None:
    warnings: list[object] = []

    def compile_and_note(*args: Any, **more: Any) -> bytes:
        file, found = typst.compile_with_warnings(*args, **more)
        warnings.extend(found)
        return bytes(file)

    monkeypatch.setattr(typst, "compile", compile_and_note)
    pdf_writer.write(report.document(strange(), Origin()))

    assert warnings == []


MARKUP = '#panic("x") $x$ *b* _i_ `c` [d] @e <f> // g /* h */ = i \\ j #(k) "l" ~ -- --- https://m.example/#n'


def document_of(text: str) -> Document:
    return Document(
        f"Title {text}",
        (
            Heading(f"About {text}", 2),
            Paragraph(text),
            Table(
                "Table",
                "A table.",
                (Column("Name"), Column(text)),
                ((text, TableCell((text,), Coverage.PARTIAL)),),
            ),
            Code("code", text),
        ),
        question=(text,),
    )


SIGNS = '#$*@_`<>[]{}()"\\/~-=:;!? \n\u200f\u200d'
RUNS_LEFT = ("R", "AL", "AN")
FROM_LEFT = st.characters(exclude_categories=("Cc", "Cs")).filter(
    lambda letter: (
        unicodedata.bidirectional(letter) not in RUNS_LEFT and not [*forbidden_in(letter)]
    )
)
"""Letters that a data file may hold."""


@given(
    st.text(FROM_LEFT | st.sampled_from(SIGNS + "😀🏽中"), max_size=60)
    | st.text(st.sampled_from(SIGNS + "שלוםسلا12a"), max_size=60)
)
@example(MARKUP)
@example("abc אבג (12) 3")
@example("W" * 400)
@example("中" * 60)
@example("a\u00a0" * 300)
@example("😀\ud800 \x85")
def test_any_text_is_only_text(text: str) -> None:
    file = pdf_writer.write(document_of(text))
    (table,) = tags_of(file).all("Table")

    (_, header), (name, cell) = rows_of(table)
    expected = seen(text.replace("\ud800", "\ufffd"))
    assert seen(header) == seen(name) == expected
    assert seen(cell) == expected + seen("◐ partial")


def seen(text: str) -> Counter[str]:
    """Count the letters of a text that have a look; where some run from right to left, without brackets, which are mirrored."""
    # pdfium reads a letter's form at the end of a word, or two letters in one, as the plain ones.
    plain = UNSEEN.sub("", unicodedata.normalize("NFKD", packed(text)))
    letters = [each for each in plain if each.isprintable()]
    runs_left = any(unicodedata.bidirectional(each) in RUNS_LEFT for each in letters)
    return Counter(each for each in letters if not (runs_left and unicodedata.mirrored(each)))


def test_markup_is_drawn_as_it_was_written(tmp_path: Path) -> None:
    file = pdf_writer.write(document_of(MARKUP))

    assert packed(tags_of(file).words).count(packed(MARKUP)) == 7
    assert is_right(file, tmp_path)


def test_a_name_from_right_to_left_leaves_what_follows_it_in_place() -> None:
    file = pdf_writer.write(Document("Title", (Paragraph("at אבג 2: 3 full"),)))
    text = pypdfium2.PdfDocument(file)[0].get_textpage()
    left = {text.get_text_range(n, 1): text.get_charbox(n)[0] for n in range(text.count_chars())}

    assert left["t"] < left["ג"] < left["ב"] < left["א"] < left["2"] < left["3"] < left["f"]


def test_letters_that_no_font_has_are_said_by_number() -> None:
    file = pdf_writer.write(
        Document("Title", (Paragraph("a 地区, سلام ✓\n1\ufe0f\u20e3 e\u20e3 1 😀"),))
    )
    words = tags_of(file).words

    assert "a [U+5730 U+533A]," in words
    assert "1[U+FE0F U+20E3] e[U+20E3] 1 [U+1F600]" in words
    assert "✓" in words
    assert words.count(REMARK) == 1


def test_a_long_question_stands_at_the_end_instead_of_below_every_page() -> None:
    asked = "As of a day. " * 60
    short = pdf_writer.write(Document("Title", (Paragraph("a"),), question=("As of a day.",)))
    long = pdf_writer.write(Document("Title", (Paragraph("a"),), question=(asked,)))

    # What stands at the foot of each page is no part of the structure.
    assert "As of a day." not in tags_of(short).words
    assert "As of a day." in pypdfium2.PdfDocument(short)[0].get_textpage().get_text_range()
    assert packed(tags_of(long).words).count("Asofaday.") == 60


def test_columns_whose_names_are_higher_than_a_page_are_numbered() -> None:
    file, note = files_of("", "endless")
    root, word = tags_of(file), docx.Document(io.BytesIO(note))
    first, second, *_ = root.all("Table")

    assert [[*map(packed, rows_of(table)[0])] for table in (first, second)] == [
        [*"12345"],
        [*"1234"],
    ]
    names = [name for table in word.tables[:2] for name in (c.text for c in table.rows[0].cells)]
    numbered = [packed(item.words) for item in root.all("LI")]
    assert [name for name in names if packed(name) not in numbered] == []
    # The numbers of the columns come on top of the words of the note, and what was asked, which is too long for its foot.
    asked = " ".join(report.document(endless(), Origin()).question)
    said = Counter(packed(root.words).removesuffix(packed(asked + REMARK)))
    assert said == Counter(packed("".join(word_parts(word)))) + Counter("123451234")


WRITES = writing("pdf")


def test_without_the_extra_the_message_says_how_to_install_it() -> None:
    outcome = program(f"import sys; sys.modules['typst'] = None; {WRITES}")

    assert outcome.returncode == 2
    assert outcome.stdout == b""
    assert b"a PDF needs an extra: " in outcome.stderr
    assert b'"clustergap[pdf]' in outcome.stderr


def test_a_pdf_is_nothing_to_read_on_a_terminal() -> None:
    outcome = run("gaps", "-f", "pdf", is_terminal=True)

    assert outcome.code == 2
    assert "say -o gaps.pdf" in outcome.err
