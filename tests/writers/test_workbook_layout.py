import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from briefings import briefing_of
from clustergap.answers.workbooks import report_workbook
from clustergap.origin import Origin
from clustergap.theme import GAP_DEFINITION
from clustergap.writers import workbook as workbook_writer
from clustergap.writers.column_widths import (
    MOST_LINES,
    count_lines,
    fit_columns,
    fit_paper,
    line_width,
)
from clustergap.writers.png import FONT_FILES
from gap_map import DECK, HOSTILE, INDUSTRY, POLICY
from odd_data import LONG, LONG_SWOT
from office import Pages, has_font, print_all, print_pages
from workbooks import Opened, note_of, opened, report_of, rows_of, write

LISTS = ("Gaps", "Needs", "Risks", "Instruments", "SWOT")


# How they open and print


def test_lists_are_tables_that_filter_and_stay_in_sight(deck_report: Path) -> None:
    workbook = opened(deck_report)
    for name in LISTS:
        sheet = workbook[name]
        (table,) = sheet.tables.values()
        names = [column.name for column in table.tableColumns]

        assert table.ref == table.autoFilter.ref == sheet.dimensions
        assert table.tableStyleInfo.showRowStripes
        assert names == [cell.value for cell in sheet[1]]
        assert len({column.lower() for column in names}) == len(names)
        assert sheet.freeze_panes == "B2"
        assert sheet.print_title_rows == "$1:$1"
    assert workbook["Matrix"].freeze_panes == "B4"
    assert workbook["Matrix"].print_title_rows == "$3:$3"


def test_every_sheet_prints_on_a4_as_wide_as_a_page_or_on_several_at_eight_points(
    hostile_report: Path,
) -> None:
    ways = {}
    for sheet in opened(hostile_report):
        setup = sheet.page_setup
        fits = bool(sheet.sheet_properties.pageSetUpPr.fitToPage)
        ways[sheet.title] = (setup.orientation, fits)
        assert setup.paperSize == 9
        assert (setup.fitToWidth or 1, setup.fitToHeight, setup.scale) == (
            (1, 0, None) if fits else (1, None, 80)
        )
        assert (sheet.print_title_cols == "$A:$A") == (not fits)
        assert (setup.pageOrder == "overThenDown") == (not fits)
        assert sheet.oddFooter.left.text == "As of 30 June 2024"
        assert sheet.oddFooter.right.text == "Page &P of &N"
    assert ways["Summary"] == ("portrait", True)
    assert ways["Matrix"] == ("landscape", True)
    assert ways["Instruments"] == ("landscape", False)


def test_a_list_prints_its_table_alone_and_what_is_edited_all_that_is_typed(
    deck_report: Path,
) -> None:
    workbook = opened(deck_report)
    for name in ("Gaps", "Needs", "Risks", "SWOT"):
        sheet = workbook[name]
        assert sheet.print_area.replace("$", "") == f"'{name}'!{sheet.dimensions}"
    assert not workbook["Instruments"].print_area
    assert not workbook["About"].print_area


@pytest.mark.parametrize(
    ("widths", "is_portrait", "scale", "first"),
    [
        ([30, 30, 40], True, None, 3),  # 105 digits with what lies between: 10.5 inches of 8.7
        ([30, 40, 60], False, None, 3),
        ([40, 60, 60, 60], False, 80, 3),
        ([40, 250], False, 47, 2),  # no column is torn
        ([20] * 300, False, 80, 8),
    ],
)
def test_letters_are_as_small_as_eight_points_at_least_and_pages_upright_where_that_suffices(
    widths: list[float], is_portrait: bool, scale: int | None, first: int
) -> None:
    assert fit_paper(widths) == (is_portrait, scale, first)


def test_a_list_with_a_long_text_is_printed_in_letters_of_eight_points() -> None:
    names = ", ".join(["Niederösterreich (AT12)"] * 200)
    columns = [{"New industrial value chains"}, {names}, {"word " * 9}]

    widths = fit_columns([4, 4, 4], columns)

    assert fit_paper(widths).scale == 80
    for texts, width in zip(columns, widths, strict=True):
        assert all(count_lines(text, width) <= MOST_LINES for text in texts)


def test_properties_name_the_data_and_no_moment(hostile_report: Path) -> None:
    properties = opened(hostile_report).properties

    assert properties.title == "=1+1 [/bold] <b>title</b> | ::error::forged, ##[error]x"
    assert properties.subject == "Gap analysis, as of 30 June 2024"
    assert GAP_DEFINITION in properties.description
    assert str(properties.created) == str(properties.modified) == "2000-01-01 00:00:00"


def test_what_writes_workbooks_is_imported_for_workbooks_alone(tmp_path: Path) -> None:
    def imported(*words: str) -> bool:
        command = [sys.executable, "-X", "importtime", "-m", "clustergap", *words]
        done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path)
        return "xlsxwriter" in done.stderr

    assert not imported("matrix", "-f", "json")
    assert not imported("report", "-o", "page.html")
    assert imported("gaps", "-o", "gaps.xlsx")


# Nothing is cut


_PIXEL = 10 / 72 * 96 / 1000  # of ten points, by a thousandth of a letter's height
_REGULAR, _BOLD = (ImageFont.truetype(str(path), 1000) for path in FONT_FILES)


def _measure(text: str, *, is_bold: bool) -> float:
    """Return how wide a text is, in widths of a digit of seven pixels."""
    return float((_BOLD if is_bold else _REGULAR).getlength(text)) * _PIXEL / 7


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
def test_a_line_is_never_wider_than_reckoned(line: str) -> None:
    assert line_width(line) >= _measure(line, is_bold=False) - 0.01
    assert line_width(line, len(line)) >= _measure(line, is_bold=True) - 0.01


@given(st.text("ab W.\n", max_size=80), st.sampled_from((5.0, 12.5, 30.0)))
def test_a_text_needs_no_fewer_lines_than_the_font_does(text: str, width: float) -> None:
    assert count_lines(text, width) >= _lines_by_the_font(text, width, is_bold=False)
    assert count_lines(text, width, len(text)) >= _lines_by_the_font(text, width, is_bold=True)


def _cells(workbook: Opened) -> Iterator[tuple[Opened, Opened, float]]:
    """Walk through all texts, with how wide their room is."""
    for sheet in workbook:
        merged = {area.start_cell.coordinate: area for area in sheet.merged_cells.ranges}
        widths = {
            column: dimension.width
            for dimension in sheet.column_dimensions.values()
            for column in range(dimension.min, dimension.max + 1)
        }
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    area = merged.get(cell.coordinate)
                    last = area.max_col if area else cell.column
                    room = (widths[one] - 0.72 for one in range(cell.column, last + 1))
                    yield sheet, cell, sum(room)


def _lines_by_the_font(text: str, width: float, *, is_bold: bool) -> int:
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = ""
        for word in paragraph.split():
            joined = f"{used} {word}".strip()
            if used and _measure(joined, is_bold=is_bold) > width:
                lines += 1
                used = word
            else:
                used = joined
        lines += int(_measure(used, is_bold=is_bold) // (width + 0.01)) if " " not in used else 0
    return lines


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", [HOSTILE, DECK, POLICY])
def test_rows_are_high_enough_for_their_texts(data: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "report.xlsx", "report", "--data", str(data))
    seen = 0
    for sheet, cell, width in _cells(opened(path)):
        if cell.value.isascii() and cell.font.size == 10:
            lines = _lines_by_the_font(cell.value, width, is_bold=bool(cell.font.bold))
            height = sheet.row_dimensions[cell.row].height or 15
            assert height >= min(409, 12.7 * lines), (sheet.title, cell.coordinate, cell.value)
            seen += 1
    assert seen > 100


def test_very_long_texts_widen_their_column(tmp_path: Path) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    for name, document in (("instruments", LONG), ("swot", LONG_SWOT)):
        whole = {"schema": 1, **document}
        (folder / f"{name}.yaml").write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
    workbook = opened(write(tmp_path / "long.xlsx", "report", "--data", str(folder)))
    note = opened(report_of(note_of("word " * 900)))["Instruments"]

    assert max(d.height or 15 for s in workbook for d in s.row_dimensions.values()) <= 409
    (letter,) = [cell.column_letter for row in note for cell in row if cell.value == "cover_note"]
    assert 150 < note.column_dimensions[letter].width < 200


def test_long_texts_of_sources_and_accepted_gaps_widen_their_columns_of_about() -> None:
    briefing = briefing_of(
        {
            "levels": ["country"],
            "roles": ["role"],
            "sources": {"book": {"title": "A book", "author": "A writer " * 499 + "wrote"}},
            "accepted_gaps": {"role@country": {"reason": "word " * 999 + "words"}},
        }
    )
    workbook = opened(workbook_writer.write(report_workbook(briefing, Origin())))

    found = [one for one in _cells(workbook) if one[0].title == "About"]
    long = [one for one in found if len(one[1].value) > 4_000]
    assert [cell.value[:9] for _, cell, _ in long] == ["A writer ", "word word"]
    for sheet, cell, width in long:
        lines = _lines_by_the_font(cell.value, width, is_bold=False)
        assert 12.7 * lines <= sheet.row_dimensions[cell.row].height <= 409


# As another program prints them


class Printed(NamedTuple):
    """The report of a dataset as a workbook, and its pages and those of the needs as LibreOffice prints them."""

    workbook: Opened
    report: Pages
    needs: Pages


@cache
def printed(data: Path) -> Printed:
    with TemporaryDirectory() as folder:
        report, needs = (
            write(Path(folder) / f"{name}.xlsx", name, "--data", str(data))
            for name in ("report", "needs")
        )
        return Printed(opened(report), *print_all([report, needs]))


def test_libreoffice_prints_every_word_on_a4() -> None:
    pages = printed(DECK).report

    text = " ".join(" ".join(pages.texts).split())

    sizes = {(round(w), round(h)) for w, h in pages.sizes}
    assert sizes == {(842, 595), (595, 842)}
    for words in (
        "Needs for cluster policy actions at regional, national and EU level",
        "5 gaps: 2 not covered and 3 partly covered of 18 pairs of role and level.",
        "○ NONE",
        "European Cluster Policy Forum",
        "nobody knows: not looked at, or the source does not say where",
        "As of 31 May 2019",
        f"Page 1 of {len(pages.texts)}",
    ):
        assert words in text
    colours = {pixel for page in pages.pictures[:2] for _, pixel in page.getcolors(1 << 24) or []}
    assert {(11, 83, 148), (246, 198, 103)} <= colours


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", [DECK, POLICY, INDUSTRY, HOSTILE])
def test_libreoffice_prints_every_row_in_letters_that_can_be_read(data: Path) -> None:
    workbook, *pages = printed(data)

    words = _words_on_paper("".join("".join(page.texts) for page in pages))
    for name in ("Gaps", "Needs", "Risks", "SWOT", "Instruments"):
        for row in rows_of(workbook[name]):
            assert _words_on_paper(str(row[0] or "")) <= words
    assert (
        min(min(page.letters) for page in pages) >= 7.9
    )  # a program takes whole per cents of ten
    assert [size for page in pages for size in page.sizes if max(map(round, size)) != 842] == []


def _words_on_paper(text: str) -> set[str]:
    # What only shapes or joins letters, such as the non-joiner of Persian, has no picture: read back from paper it is gone.
    # So is what no font of this machine can draw.
    found = re.findall(r"\w+", "".join(one for one in text if unicodedata.category(one) != "Cf"))
    return {word for word in found if word.isascii() or all(map(has_font, word))}


@pytest.mark.exhaustive
@pytest.mark.parametrize("data", [DECK, INDUSTRY])
def test_no_text_of_a_cell_is_cut_on_paper(data: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "report.xlsx", "report", "--data", str(data))

    # Letters are counted: a word that goes on in the next line is read back behind other cells.
    printed = Counter("".join(print_pages(path).texts))

    cells = [cell.value for _, cell, _ in _cells(opened(path))]
    written = Counter(letter for letter in "".join(cells) if letter.isalnum())
    assert len(cells) > 400
    assert written - printed == Counter()


@pytest.mark.exhaustive
def test_libreoffice_shows_texts_and_no_results_of_formulas(hostile_report: Path) -> None:
    text = " ".join(" ".join(print_pages(hostile_report).texts).split())

    assert "=1+1 [/bold] <b>title</b>" in text
    assert '=HYPERLINK("http://evil.example";"x")' in text
    assert "#NAME?" not in text
    assert "Err:" not in text
