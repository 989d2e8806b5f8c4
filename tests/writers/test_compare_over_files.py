"""Places on several days as a picture, on slides and as a workbook: places down, days across, whole where it can be."""

import io
import json
import warnings
import xml.etree.ElementTree as ET
from typing import Any

import openpyxl
import pptx
import pytest

from clustergap.cli.exit import Exit
from clustergap.formats import FORMATS
from paths import ROOT
from running import run

INDUSTRY = "examples/industry-4-0-2017"
CELL = ("--role", "circular-economy", "--level", "region", "--data", INDUSTRY, "-q")
FEW = ("RO", "FI", "--over", "2010,2017,2026", *CELL)
MANY = ("--each", "region", "--over", "2010,2017", *CELL)


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def asked(*words: str, format_: str) -> bytes:
    outcome = run("compare", *words, "-f", format_, "-o", "-")
    assert outcome.code == Exit.OK, outcome.err
    return outcome.stdout


def tables(deck: Any) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_table
    ]


def titles(deck: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def test_what_is_compared_over_days_has_every_format_of_a_comparison() -> None:
    assert FORMATS["compare-over"].keys() == FORMATS["compare"].keys()


def test_slides_show_the_grid_and_then_what_is_otherwise_from_day_to_day() -> None:
    deck = pptx.Presentation(io.BytesIO(asked(*FEW, format_="pptx")))
    shown, *changes = tables(deck)

    assert titles(deck)[1:] == [
        "Coverage of Circular economy at region level by place and day",
        "31 December 2017 compared to 31 December 2010",
        "31 December 2026 compared to 31 December 2017",
    ]
    assert shown[0] == ["Place", "31 Dec 2010", "31 Dec 2017", "31 Dec 2026"]
    assert [row[:2] for row in shown[1:]] == [["Romania", "○ NONE"], ["Finland", "○ NONE"]]
    assert [table[1][:4] for table in changes] == [
        ["Romania, Finland", "is no longer a gap", "○ NONE", "● full"],
        ["Romania, Finland", "loses an instrument", "● full", "● full"],
    ]
    first = "\n".join(
        shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame
    )
    assert "Covered in full: 0 of 2 places on 31 December 2010, 2 on 31 December 2026." in first


def test_slides_about_very_many_places_count_them_day_by_day() -> None:
    deck = pptx.Presentation(io.BytesIO(asked(*MANY, format_="pptx")))

    assert tables(deck)[0] == [
        ["Day", "full", "partial", "NONE", "unknown"],
        ["31 Dec 2010", "0", "0", "244", "0"],
        ["31 Dec 2017", "244", "0", "0", "0"],
    ]
    assert len(deck.slides) == len(("title", "numbers", "change"))


def test_slides_name_the_places_of_groups() -> None:
    words = ("west", "--over", "2016,2018", "--role", "industry-4-0", "--level", "country")
    deck = pptx.Presentation(io.BytesIO(asked(*words, "--data", INDUSTRY, format_="pptx")))

    assert "The groups' places" in titles(deck)


def test_a_workbook_has_all_places_in_a_grid_and_all_days_of_each_in_a_list() -> None:
    book = openpyxl.load_workbook(io.BytesIO(asked(*MANY, format_="xlsx")))
    grid, cells, _ = book.worksheets
    found = json.loads(asked(*MANY, format_="json"))

    rows = [row[:3] for row in grid.iter_rows(values_only=True)]
    first = rows.index(("Place", "31 Dec 2010", "31 Dec 2017")) + 1
    assert [row[0] for row in rows[first : first + 244]] == [
        place["name"] for place in found["places"]
    ]
    assert [sheet.title for sheet in book.worksheets] == ["Comparison", "Places and days", "About"]
    assert cells.max_row == 1 + len(found["cells"]) == 1 + 2 * 244


def test_the_foot_of_a_workbook_is_short_however_many_days_have_caveats() -> None:
    days = ",".join(f"{year}-{month:02}" for year in range(2012, 2022) for month in (1, 4, 7, 10))
    words = ("RO", "--over", days, "--role", "industry-4-0", "--level", "country")

    with warnings.catch_warnings():
        warnings.simplefilter("error")  # xlsxwriter warns of what it leaves out
        written = asked(*words, "--data", INDUSTRY, format_="xlsx")

    book = openpyxl.load_workbook(io.BytesIO(written))
    assert book["Comparison"].oddFooter.left.text == "As of 31 January 2012 and 39 later days."
    about = dict(book["About"].iter_rows(max_col=2, values_only=True))
    assert str(about["Note"]).endswith("The data speak up to 31 October 2017.")


def test_a_picture_has_a_panel_for_six_days_and_all_places_in_each() -> None:
    days = ",".join(str(year) for year in range(2010, 2017))
    drawn = asked("RO", "FI", "--over", days, *CELL, format_="svg").decode()

    root = ET.fromstring(drawn)  # noqa: S314 - our own document
    texts = ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts.count("Romania") == texts.count("Finland") == 2
    assert [text for text in texts if text.startswith("31 Dec ")] == [
        f"31 Dec {year}" for year in range(2010, 2017)
    ]


def test_a_picture_of_very_many_places_is_whole_as_an_svg_and_too_large_as_a_png() -> None:
    drawn = asked(*MANY, format_="svg").decode()
    outcome = run("compare", *MANY, "-f", "png", "-o", "-")

    places = json.loads(asked(*MANY, format_="json"))["places"]
    root = ET.fromstring(drawn)  # noqa: S314 - our own document
    words = "".join(root.itertext())
    assert len(places) == 244
    assert all(each["name"].split()[0] in words for each in places)
    assert outcome.code == Exit.UNUSABLE
    assert "fewer places, or write an SVG" in outcome.err
