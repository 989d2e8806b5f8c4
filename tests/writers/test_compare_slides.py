"""Places side by side on slides: what was found, a grid for each level, what differs, what is measured, with sources."""

import io
import json
import re
from collections import Counter
from functools import cache
from typing import Any

import pptx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.compare import compare_places
from clustergap.answers.compare import CompareAnswer
from clustergap.answers.compare_drawings import slides as slides_of
from clustergap.document import Grid
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.writers import pptx as pptx_writer
from clustergap.writers.slide_tables import SlideCell, SlideRow, SlideTable, fill_pages
from clustergap.writers.slide_text import SlideText
from paths import ROOT
from running import run
from strategies import compared, dataset_of

INDUSTRY = "examples/industry-4-0-2017"


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@cache
def deck(*words: str, data: str = INDUSTRY) -> Any:
    outcome = run("compare", *words, "--data", data, "-f", "pptx", "-o", "-", "-q")
    assert outcome.code == 0, outcome.err
    return pptx.Presentation(io.BytesIO(outcome.stdout))


def titles(*words: str) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck(*words).slides]


def texts(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def tables(*words: str, data: str = INDUSTRY) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for slide in deck(*words, data=data).slides
        for shape in slide.shapes
        if shape.has_table
    ]


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def test_a_pair_is_told_level_by_level_then_what_differs() -> None:
    assert titles("RO", "FI", "--measures") == [
        "Industry 4.0 and circular economy, country by country",
        "Country: 5 gaps in 12 pairs of role and place",
        "Region: 2 gaps in 12 pairs of role and place",
        "Where Finland is covered more than Romania",
        "Where Romania is covered more than Finland",
        "Measures",
    ]
    first = texts(deck("RO", "FI", "--measures").slides[0])
    assert (
        "Covered more than in the other place: 1 pair of role and level in Finland, nothing in Romania."
        in first
    )
    assert "Least is covered in Romania: 8 of 12 known pairs of role and level." in first
    assert "Most is covered in Finland: 9 of 12 known pairs of role and level." in first
    assert tables("RO", "FI", "--measures")[2][1] == [
        "Circular economy",
        "Country",
        "○ NONE",
        "● full",
        "Circular FI: could be copied, as Finland has it alone",
    ]


def test_of_many_equal_places_the_first_slide_says_how_many() -> None:
    asked = ("--each", "region", "--level", "region", "--role", "industry-4-0")
    first = texts(deck(*asked).slides[0])

    assert "Least is covered in 225 places: 0 of 1 known pair of role and level." in first
    assert "Most is covered in 19 places: 1 of 1 known pair of role and level." in first


def test_a_group_names_its_places_where_they_differ() -> None:
    assert "The groups' places at country level" in titles("east", "west")
    slide = deck("east", "west").slides[2]

    assert "Finland" in texts(slide).split("Circular economy")[1]


def test_words_of_a_grid_are_explained_on_its_own_slide() -> None:
    first, country, region, *_ = deck("RO", "FI").slides

    assert "names the place" not in texts(first)
    assert "own: names the place" in texts(country)  # Circular FI
    assert "for all: covers every place" in texts(country)
    assert "own:" not in texts(region)  # nothing names Romania, Finland or a region of them
    assert "for all: covers every place" in texts(region)


def test_a_slide_has_the_sources_of_what_is_on_it_alone() -> None:
    slide = deck("RO", "FI").slides[3]

    assert "Circular FI" in str(tables("RO", "FI"))
    assert "circular" in notes(slide).casefold()
    assert "Lombardia" not in notes(slide)
    assert notes(deck("RO", "FI").slides[4]) == "No source is cited for this."


def test_every_country_stands_on_a_slide_of_each_level() -> None:
    asked = ("compare", "--each", "country", "--data", INDUSTRY, "-q", "-f", "json")
    record = json.loads(run(*asked).out)

    grids = tables("--each", "country")

    names = [place["name"] for place in record["places"]]
    assert [name for grid in grids for name in grid[0][1:]] == 2 * names
    words = Counter(
        cell.split("\n")[0].split()[1].lower()
        for grid in grids
        for row in grid[1:]
        for cell in row[1:]
    )
    assert words == Counter(cell["coverage"] for cell in record["cells"])


def test_of_many_regions_the_extremes_are_shown() -> None:
    assert titles("--each", "region")[1:] == [
        "Least covered (38 more are equal to the last), Country: 15 gaps in 30 pairs of role and place",
        "Least covered (38 more are equal to the last), Region: 5 gaps in 30 pairs of role and place",
        "Most covered (13 more are equal to the last), Country: 10 gaps in 30 pairs of role and place",
        "Most covered (13 more are equal to the last), Region: no gap in 30 pairs of role and place",
    ]


def test_hostile_names_are_shown_as_they_are() -> None:
    (country, region, *_) = tables("RO", "RO21", "AT", data="tests/hostile")

    assert country[0] == region[0] == ["Role", "Romania", "Nord|Est", "Austria"]
    assert country[2][0] == '=HYPERLINK("http://evil.example";"x")'


def _answer(instruments: list[object], *ids: str) -> CompareAnswer:
    levels = [{"id": "country", "name": "Country", "territories": ["AT", "BE", "RO"]}]
    data = {"levels": levels, "roles": ["one", "other"], "instruments": instruments}
    return CompareAnswer(compare_places(dataset_of(data), Query(), ids), None, None)


@pytest.mark.parametrize(
    ("places_", "told"),
    [
        (["AT"], "In AT 1 of 2 known pairs of role and level are covered, in full or in part."),
        (
            ["AT", "AT"],
            "In each place 1 of 2 known pairs of role and level are covered, in full or in part.",
        ),
        (
            ["AT", "BE", "AT"],
            "In each place 1 of 2 known pairs of role and level are covered, in full or in part.",
        ),
        (["AT", "BE"], "Nothing that is known of both is covered more in AT or in BE."),
        (
            ["RO", "AT"],
            "Covered more than in the other place: 1 pair of role and level in AT, nothing in RO.",
        ),
        (["RO", "AT", "BE"], "Least is covered in RO: 0 of 2 known pairs of role and level."),
    ],
)
def test_the_first_slide_says_what_was_found(places_: list[str], told: str) -> None:
    covers = {"one@country": {"territories": ["AT", "BE"]}}

    found = slides_of(_answer([{"id": "a", "covers": covers}], *places_), Origin())

    names = {"AT": "Austria", "BE": "Belgium", "RO": "Romania"}
    for code, name in names.items():
        told = told.replace(code, name)
    assert found.headline == told


def answers() -> st.SearchStrategy[CompareAnswer]:
    """Draw a comparison of which everything is shown."""
    return compared(most=9).map(lambda of: CompareAnswer(compare_places(*of), None, None))


@given(answers())
def test_slides_have_each_cell_of_each_place_once(answer: CompareAnswer) -> None:
    comparison = answer.comparison

    found = slides_of(answer, Origin())

    grids = [block for slide in found.slides for block in slide.blocks if isinstance(block, Grid)]
    assert found.headline
    assert len(grids) == len(comparison.matrix.levels)
    assert Counter(
        cell.coverage for grid in grids for row in grid.cells for cell in row
    ) == Counter(each.rating.coverage for row in comparison.ratings.values() for each in row)


LONG = "Wirtschaftsförderungsgesellschaften" * 8


def test_places_with_endless_names_stand_in_full_on_slides_of_a_list() -> None:
    units = [{"code": "A1", "name": f"{LONG} 1"}, {"code": "A2", "name": f"{LONG} 2"}]
    instruments = [{"id": "a", "name": "Act", "covers": {"one@area": {"territories": ["A1"]}}}]
    levels = [{"id": "area", "name": "Area", "territories": units}]
    data = {"levels": levels, "roles": ["one"], "instruments": instruments}
    comparison = compare_places(dataset_of(data), Query(), ["A1", "A2"])

    file = pptx_writer.write(slides_of(CompareAnswer(comparison, None, None), Origin()))

    slides = [*pptx.Presentation(io.BytesIO(file)).slides]
    told = re.sub(r"\s", "", "".join(map(texts, slides)))
    assert "Wherethefirstplaceiscoveredmorethantheother" in told
    assert f"{LONG}1:full" in told
    assert f"{LONG}2:NONE" in told
    assert "Act:couldbecopied,astheplaceaheadhasitalone" in told


def test_a_header_as_high_as_a_slide_leaves_room_for_rows() -> None:
    header = SlideRow((SlideCell((SlideText("word " * 300, 18.0),)),))
    rows = [SlideRow((SlideCell((SlideText(f"{n} words " * 40, 12.0),)),)) for n in range(3)]

    pages = fill_pages(SlideTable((120.0,), header, rows), 300.0)

    words = "".join(
        cell.block[0].text for page in pages for row in page.rows[1:] for cell in row.cells
    )
    assert words.count("words") == 120
