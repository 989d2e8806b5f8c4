"""Notes: the one for Word read back by python-docx and printed by LibreOffice, the one in Markdown as a golden file."""

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from inline_snapshot import external_file

from briefings import LONG, STRANGE, briefing_of, endless, large, program, strange, writing
from clustergap.analysis.report import FullReport
from clustergap.answers import report
from clustergap.document import Document as Answer
from clustergap.document import Grid, TableCell
from clustergap.document import Table as AnswerTable
from clustergap.origin import Origin
from clustergap.prose import Heading, Link, Numbered, Paragraph, Points, Text, plain
from clustergap.text import isolate
from clustergap.writers import docx as docx_writer
from clustergap.writers import markdown as markdown_writer
from office import print_pages
from paths import GOLDEN, ROOT
from running import run

HOSTILE = "tests/hostile"
POLICY = "examples/cluster-policy-2021-2027"
SECTIONS = [
    "Summary",
    "Matrix",
    "Gaps",
    "Needs by level",
    "Risks",
    "Sources",
    "What the words mean",
]


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def file_of(*options: str) -> bytes:
    outcome = run("report", *options, "-f", "docx", "-o", "-", "-q")
    assert outcome.code == 0, outcome.err
    return outcome.stdout


def markdown(*options: str) -> str:
    outcome = run("report", *options, "-f", "md", "-q")
    assert outcome.code == 0, outcome.err
    return outcome.out


@cache
def note(*options: str) -> Document:
    return docx.Document(io.BytesIO(file_of(*options)))


def word(briefing: FullReport) -> bytes:
    return docx_writer.write(report.document(briefing, Origin()))


def note_in_markdown(briefing: FullReport) -> str:
    return markdown_writer.write(report.document(briefing, Origin()))


def written(briefing: FullReport) -> Document:
    return docx.Document(io.BytesIO(word(briefing)))


def lines(document: Document, style: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style and one.style.name == style]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def attribute(table: Table, row: int, column: int, path: str) -> str:
    """Return the value that a cell's properties have at *path*."""
    cell = list(table.rows[row].cells)[column]
    return str(cell._tc.xpath(f"w:tcPr/{path}")[0])  # noqa: SLF001 - python-docx reads no borders


def packed(text: str) -> str:
    """Leave out what a line may be broken at."""
    return re.sub(r"\s", "", text)


def test_the_note_has_its_sections_in_order() -> None:
    assert lines(note(), "Title") == [
        "Needs for cluster policy actions at regional, national and EU level"
    ]
    assert lines(note(), "Heading 1") == SECTIONS
    assert lines(note(), "Heading 2")[:3] == ["Region: 1 need", "Country: 3 needs", "EU: 1 need"]


def test_the_summary_says_what_a_reader_of_one_minute_takes_home() -> None:
    text = "\n".join(one.text for one in note().paragraphs)

    assert lines(note(), "Subtitle") == ["Gap analysis. As of 31 May 2019."]
    assert "5 gaps: 2 not covered and 3 partly covered of 18 pairs of role and level." in text
    assert "Not covered: Social economy at EU, Social economy at Country." in text
    assert "11 risks in 6 of 18 pairs of role and level (as of 31 May 2019)." in text
    assert "The data is as of 31 May 2019. The question: as of 31 May 2019." in text


def test_the_matrix_says_coverage_in_shape_word_and_colour() -> None:
    table = note().tables[0]

    assert rows(table)[0] == ["Role", "EU", "Country", "Region"]
    assert rows(table)[2] == [
        "Internationalisation",
        "● full 2\nESCP, ECCP",
        "● full 1!\nExport Promotion!",
        "● full 1!\nINTERREG!",
    ]
    assert rows(table)[6][1] == "○ NONE"
    assert attribute(table, 1, 1, "w:shd/@w:fill") == "0B5394"
    # "Not in every country": a pale fill, as nobody says where.
    assert attribute(table, 4, 2, "w:shd/@w:fill") == "FDF1D6"
    assert attribute(table, 4, 2, "w:tcBorders/w:left/@w:val") == "double"
    assert attribute(table, 6, 1, "w:shd/@w:fill") == "FFFFFF"
    assert attribute(table, 6, 1, "w:tcBorders/w:bottom/@w:val") == "dashed"
    assert attribute(table, 6, 1, "w:tcBorders/w:bottom/@w:color") == "A61B1B"


@pytest.mark.parametrize("number", [0, 1, 2], ids=["matrix", "gaps", "risks"])
def test_a_share_that_is_known_has_a_deeper_fill_in_every_table(number: int) -> None:
    table = note("--data", POLICY).tables[number]
    fills = {
        attribute(table, at, place, "w:shd/@w:fill")
        for at, row in enumerate(rows(table))
        for place, text in enumerate(row)
        if text.startswith("◐ partial")
    }

    assert fills == {"F6C667", "FDF1D6"}


def test_gaps_come_with_their_reasons() -> None:
    found = rows(note("--data", HOSTILE).tables[1])

    assert found[0] == ["Role", "Level", "Coverage", "Why", "Instruments", "Elsewhere"]
    assert found[1] == [
        "[/x] <b>bold</b> *star* _under_ `code`",
        "EU | <i>wide</i>",
        "○ NONE",
        "no instrument; accepted by <b>board</b> until 31 January 2024: =cmd|' /C calc'!A0\nsecond line",
        "",
        "=Country, [red] partial",
    ]


def test_every_list_of_needs_counts_from_one() -> None:
    needs = [one for one in note().paragraphs if one.style and one.style.name == "List Number"]
    ids = [one._p.pPr.numPr.numId.val for one in needs]  # type: ignore[union-attr]  # noqa: SLF001
    numbering = note().part.numbering_part.element
    starts = [
        numbering.num_having_numId(id_).xpath("w:lvlOverride/w:startOverride/@w:val")
        for id_ in set(ids)
    ]

    assert needs[1].text == (
        "○ No instrument supports clusters as drivers of social economy at country level."
    )
    assert [ids.count(id_) for id_ in dict.fromkeys(ids)] == [1, 3, 1]
    assert starts == [["1"]] * 3


def test_tables_repeat_their_header_and_say_what_they_show() -> None:
    for table in note().tables:
        (look,) = table._tbl.xpath("w:tblPr")  # noqa: SLF001
        assert look.xpath("w:tblCaption/@w:val")[0]
        assert look.xpath("w:tblDescription/@w:val")[0]
        headers = [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows]  # noqa: SLF001
        assert headers == [True] + [False] * (len(table.rows) - 1)


def test_only_web_addresses_are_links() -> None:
    found = [one.target_ref for one in note().part.rels.values() if one.is_external]
    odd = [one.target_ref for one in written(strange()).part.rels.values() if one.is_external]

    assert len(found) > 30
    assert all(re.match(r"https?://", one) for one in found)
    # What the grammar of addresses does not know is quoted in the link, and shown as it is written.
    assert odd == ["https://example.org/?a=%3C2%3E&b=%22%C3%A9%22"]
    assert 'https://example.org/?a=<2>&b="é"' in lines(written(strange()), "List Bullet")[-5]


def test_the_note_knows_its_language_its_paper_and_its_title() -> None:
    section = note().sections[0]
    languages = {one.get(qn("w:val")) for one in note().styles.element.iter(qn("w:lang"))}
    about = note().core_properties

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)  # type: ignore[union-attr]
    assert languages == {"en-GB"}
    assert about.title == "Needs for cluster policy actions at regional, national and EU level"
    assert about.created == about.modified
    assert about.language == "en-GB"


def test_without_a_day_the_note_tells_what_needs_none_and_that_endings_were_not_judged() -> None:
    fund = {"id": "fund", "name": "Fund", "covers": {"role@country": "full"}}
    undated = written(briefing_of({"levels": ["country"], "instruments": [fund]}))

    text = "\n".join(one.text for one in undated.paragraphs)
    for said in (
        "1 risk in 1 of 1 pair of role and level (dates ignored).",
        "Endings were not judged: there is no date to count from.",
    ):
        assert text.count(said) == len(["the summary", "the section"])
    assert [cell.text for cell in undated.tables[-1].rows[1].cells][-1] == (
        "Rests on Fund: a gap without it."
    )
    assert "The data bears no date of its own. The question: dates ignored." in text
    assert "There is no SWOT in this dataset, so no evidence from one." in text
    assert "The dataset names no source." in text


def test_a_matrix_without_gaps_says_so() -> None:
    covered = {"id": "a", "covers": {"role@country": "full"}}
    text = note_in_markdown(briefing_of({"levels": ["country"], "instruments": [covered]}))

    assert "No gaps." in text
    assert "No gap." in text


def test_more_levels_than_a_page_is_wide_go_on_in_a_further_table() -> None:
    found = [rows(table) for table in written(endless()).tables[:2]]

    assert [len(table[0]) for table in found] == [5, 4]
    assert [row[0] for row in found[0]] == [row[0] for row in found[1]]
    names = [name for table in found for name in table[0][1:]]
    assert names == [level.name for level in endless().matrix.levels]


def test_a_choice_of_roles_and_levels_narrows_the_note() -> None:
    text = markdown("--role", "industry-4-0", "--level", "region")

    assert "Only 1 of 6 roles is shown: Industry 4.0." in text
    assert "Only 1 of 3 levels is shown: Region." in text
    assert "| Role | Region |" in text
    assert "Social economy" not in text
    assert rows(note("--role", "industry-4-0", "--level", "region").tables[0])[0] == [
        "Role",
        "Region",
    ]


def test_the_question_is_said_in_words() -> None:
    text = markdown("--in", "RO11", "--without", "interreg", "--as-of", "2018-01-01")

    assert "Gap analysis. As of 1 January 2018, in Nord-Vest (RO11), without interreg." in text
    assert (
        "The data is as of 31 May 2019. The question: as of 1 January 2018, in Nord-Vest (RO11), without interreg."
        in text
    )


def test_texts_of_strangers_are_texts() -> None:
    found = rows(written(strange()).tables[0])

    assert found[0][1:] == [*map(isolate, STRANGE[:3])]
    assert [row[0] for row in found[1:]] == [*map(isolate, STRANGE)]
    assert found[1][2] == '◐ partial 1\n<b>bold</b> & ]]> &amp;\n"one\ntwo\tthree ]]>"'


def test_long_texts_are_never_shortened() -> None:
    document = written(endless())
    cells = [cell for table in document.tables for row in rows(table) for cell in row]
    said = packed("".join([*cells, *(one.text for one in document.paragraphs)]))

    for text in LONG:
        assert packed(text) in said


def texts_of(answer: Answer) -> list[str]:
    """Return everything that a document says, text by text; of sources by their keys and what they are."""
    found = [answer.subject, *texts(answer.title)]
    for block in answer.blocks:
        match block:
            case Heading(text) | Paragraph(text):
                found += texts(text)
            case Points(items):
                found += [each for item in items for each in texts(item)]
            case Numbered(items):
                lines = [line for item in items for field in item.fields for line in field.lines]
                found += [*(item.sentence for item in items), *map(plain, lines)]
            case AnswerTable() | Grid():
                table = block.table if isinstance(block, Grid) else block
                cells = [TableCell.of(cell) for row in table.rows for cell in row]
                found += [column.name for column in table.columns]
                found += [plain(line) for cell in cells for line in cell.lines]
            case _:
                raise AssertionError(block)
    return found


def texts(text: Text) -> list[str]:
    """Return the runs of a text that are no address."""
    runs = (text,) if isinstance(text, str) else text
    return [plain((run,)).strip() for run in runs if not isinstance(run, Link)]


def test_both_notes_say_the_same() -> None:
    from clustergap.writers.markdown import escape

    briefing = strange()
    text, document = note_in_markdown(briefing), written(briefing)
    cells = [cell for table in document.tables for row in rows(table) for cell in row]
    words = "\n".join([*(one.text for one in document.paragraphs), *cells])

    for said in texts_of(report.document(briefing, Origin())):
        assert escape(said) in text
        assert isolate(said) in words


def test_the_note_in_markdown_is_the_golden_one() -> None:
    text = markdown("--data", HOSTILE)

    assert text == external_file(GOLDEN / "hostile.report.md.txt")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_no_markup_of_strangers_lives_in_markdown() -> None:
    text = markdown("--data", HOSTILE)
    for ours in ("<br>", "https://", "http://evil.example"):
        text = text.replace(ours, "")

    assert not re.search(r"<[a-z!/]", text)
    assert not re.search(r"(?<!\\)\]\(", text)
    assert not re.search(r"(?<!\w)@\w", text)
    cells = [re.sub(r"\\\|", "", line) for line in text.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in cells} == {5, 7}


def test_what_belongs_to_the_tenth_need_stands_below_its_words() -> None:
    roles = [f"r{n}" for n in range(10)]
    covers = {f"{role}@eu": "full" for role in roles}
    text = note_in_markdown(
        briefing_of(
            {
                "levels": ["eu", "country"],
                "roles": roles,
                "instruments": [{"id": "a", "covers": covers}],
            }
        )
    )

    below = re.findall(r"\n(\d+\. )[^\n]*\n( +)- ", text)
    assert len(below) == 10
    assert all(len(number) == len(spaces) for number, spaces in below)


WRITES = writing("docx")


def test_a_note_tells_no_moment_and_shows_no_picture_of_itself() -> None:
    with zipfile.ZipFile(io.BytesIO(file_of())) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in archive.namelist()


def test_without_the_extra_the_message_says_how_to_install_it() -> None:
    outcome = program(f"import sys; sys.modules['docx'] = None; {WRITES}")

    assert outcome.returncode == 2
    assert outcome.stdout == b""
    assert b"a note for Word needs an extra: " in outcome.stderr
    assert b'"clustergap[office]' in outcome.stderr


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", ["deck", "strange", "large"])
def test_a_note_is_printed_whole_on_pages_of_a4(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.docx"
    briefings = {"strange": strange, "large": large}
    file.write_bytes(word(briefings[name]()) if name in briefings else file_of())

    printed = print_pages(file)

    assert {(round(width), round(high)) for width, high in printed.sizes} == {(595, 842)}
    for picture in printed.pictures:
        width, high = picture.size
        margins = (
            picture.crop((0, 0, 44, high)),
            picture.crop((width - 44, 0, width, high)),
            picture.crop((0, high - 20, width, high)),
        )
        assert all(one.convert("L").getextrema() == (255, 255) for one in margins)
    if name == "deck":
        there = packed("".join(printed.texts))
        words = " ".join(one.text for one in note().paragraphs).split()
        cells = [cell for table in note().tables for row in rows(table) for cell in row]
        said = [*words, *" ".join(cells).split()]
        # An address is broken, and a hyphen at the end of a line is read as another sign.
        whole = [word for word in said if not word.startswith("http")]
        assert [word for word in whole if word not in there] == []
