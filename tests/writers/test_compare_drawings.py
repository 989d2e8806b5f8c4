"""Places side by side as a picture: every place and role is in it, and as many cells of each coverage as in JSON."""

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clustergap.analysis.compare import compare_places
from clustergap.answers.compare import CompareAnswer, grid
from clustergap.answers.compare_drawings import picture
from clustergap.document import MOST_PLACES
from clustergap.origin import Origin
from clustergap.picture import LONGEST_ALTERNATIVE, GridPicture, PictureCell
from clustergap.theme import DEFINITIONS
from paths import ROOT
from running import run
from strategies import compared

INDUSTRY = "examples/industry-4-0-2017"


@pytest.fixture(autouse=True)
def _in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def answers() -> st.SearchStrategy[CompareAnswer]:
    """Draw a comparison of which everything is shown."""
    return compared(most=9).map(lambda of: CompareAnswer(compare_places(*of), None, None))


def cells_of(drawn: GridPicture) -> list[PictureCell]:
    return [cell for panel in drawn.panels for row in panel.cells for cell in row]


@given(answers())
def test_a_picture_has_each_cell_of_each_place_once(answer: CompareAnswer) -> None:
    comparison = answer.comparison

    drawn = picture(answer, Origin())

    rated = Counter(each.rating.coverage for row in comparison.ratings.values() for each in row)
    assert Counter(cell.coverage for cell in cells_of(drawn)) == rated
    columns = [name for panel in drawn.panels for name in panel.columns]
    assert columns == [each.name for each in comparison.places] * len(comparison.matrix.levels)
    assert max(len(panel.columns) for panel in drawn.panels) <= MOST_PLACES
    assert all(len(panel.cells) == len(drawn.roles) for panel in drawn.panels)


@given(answers())
def test_a_description_counts_the_cells_of_each_place(answer: CompareAnswer) -> None:
    told = picture(answer, Origin()).caption.description

    for index, place in enumerate(answer.comparison.places):
        counts = Counter(each.rating.coverage for each in answer.comparison.of_place(index))
        words = ", ".join(f"{counts[each]} {each}" for each in DEFINITIONS if counts[each])
        assert place.name in told
        assert f": {words}." in told


def test_a_picture_shows_as_many_cells_of_each_coverage_as_json() -> None:
    asked = ("compare", "--each", "country", "--data", INDUSTRY, "-q")
    cells = json.loads(run(*asked, "-f", "json").out)["cells"]

    drawn = run(*asked, "-f", "svg").out

    words = Counter(cell["coverage"].replace("none", "NONE") for cell in cells)
    for word, number in words.items():
        assert drawn.count(f">{word}</text>") == number
    assert f"{words['full']} full, {words['partial']} partial, {words['NONE']} none" in drawn


def test_of_244_regions_the_extremes_are_drawn() -> None:
    drawn = run("compare", "--each", "region", "--data", INDUSTRY, "-f", "svg")

    assert drawn.out.count(">Least covered (") == drawn.out.count(">Most covered (") == 2
    assert ": the 10 with the least and the most covered" in drawn.out
    assert len(drawn.err) <= len("clustergap: alternative text: \n") + LONGEST_ALTERNATIVE


def test_a_description_of_many_places_says_how_many_more_there_are() -> None:
    told = run(
        "compare", "--each", "region", "--top", "122", "--own", "--data", INDUSTRY, "-f", "svg"
    ).err

    assert "places more." in told
    assert len(told) <= len("clustergap: alternative text: \n") + LONGEST_ALTERNATIVE


def test_a_single_level_is_named_too() -> None:
    asked = ("compare", "RO", "BG", "--data", INDUSTRY, "-f", "svg", "-q")

    assert run(*asked).out.count(">Country</text>") == 1
    assert run(*asked, "--level", "country").out.count(">Country</text>") == 1


@given(answers())
def test_a_part_of_a_grid_describes_its_own_places_alone(answer: CompareAnswer) -> None:
    comparison = answer.comparison
    whole = grid(comparison, comparison.matrix.levels[0], range(len(comparison.places)))

    assert " ".join(part.description for part in whole.parts) == whole.description
    for part in whole.parts:
        assert part.description.count(": ") == len(part.columns)
