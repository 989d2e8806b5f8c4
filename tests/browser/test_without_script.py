"""Without JavaScript the map, the list, the SWOT and the definitions are there, and say what the command line says."""

from pathlib import Path

import pytest

from clustergap.analysis.gaps import find_gaps
from clustergap.answers.finding import title
from clustergap.answers.missing import missing_entries
from clustergap.text import long_day
from clustergap.theme import DEFINITIONS
from gap_map import (
    ALL_DATA,
    DECK,
    HOSTILE,
    INDUSTRY,
    GapMaps,
    cell_text,
    name_data,
    read_state,
    words_of,
)
from opened_page import OpenPage

ASKED = [
    *((data, ()) for data in ALL_DATA),
    (DECK, ("--as-of", "2012", "--level", "region")),
    (INDUSTRY, ("--in", "RO", "--kind", "network")),
]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("data", "options"),
    ASKED,
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value.name,
)
def test_the_map_and_the_list_say_what_the_matrix_says(
    open_page: OpenPage, gap_maps: GapMaps, data: Path, options: tuple[str, ...]
) -> None:
    gap_map = gap_maps.of(data, *options)
    document = gap_map.matrix()
    opened = open_page(gap_map.file, java_script_enabled=False)
    state = read_state(opened.page)

    cells = {cell["cell"]: cell for cell in document["cells"]}
    assert {id_: one["text"] for id_, one in state["cells"].items()} == {
        id_: cell_text(gap_map, cell, is_scripted=False) for id_, cell in cells.items()
    }
    assert {id_: one["coverage"] for id_, one in state["cells"].items()} == {
        id_: f"c-{cell['coverage']}" for id_, cell in cells.items()
    }
    entries = missing_entries(find_gaps(gap_map.rate()))
    assert [(entry["cell"], entry["texts"][0]) for entry in state["missing"]] == [
        (str(entry.cell), words_of(entry.missing)) for entry in entries
    ]
    assert state["finding"] == words_of(title(gap_map.rate()))
    opened.assert_no_complaints()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", ALL_DATA, ids=name_data)
def test_the_heads_of_rows_and_columns_name_the_roles_and_levels(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    gap_map = gap_maps.of(data)
    document = gap_map.matrix()
    page = open_page(gap_map.file, java_script_enabled=False).page

    table = page.locator("#view-map table")
    columns = [words_of(one) for one in table.locator("thead .level").all_text_contents()]
    rows = [words_of(one) for one in table.locator("tbody th[scope=row]").all_text_contents()]

    assert columns[1:] == [words_of(level["name"]) for level in document["levels"]]
    assert rows == [words_of(role["name"]) for role in document["roles"]]
    ids = [
        [cell.get_attribute("href") for cell in row.locator(".cell").all()]
        for row in table.locator("tbody tr").all()
    ]
    assert ids == [
        [f"#{role['id']}@{level['id']}" for level in document["levels"]]
        for role in document["roles"]
    ]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", [DECK, HOSTILE], ids=name_data)
def test_all_that_needs_no_script_can_be_seen(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    gap_map = gap_maps.of(data)
    page = open_page(gap_map.file, java_script_enabled=False).page

    for name in ("#view-map table", "#view-missing", "#view-swot", "footer"):
        assert page.locator(name).is_visible(), name
    for name in ("#tools", "#panel", "button", "input", "select:not(#view-places *)"):
        assert page.locator(name).locator("visible=true").count() == 0, name
    assert page.locator(".cell:visible").count() == len(gap_map.cells())
    assert words_of(page.locator("h1").inner_text()) == words_of(title(gap_map.rate()))


def test_tabs_lead_to_their_sections(open_page: OpenPage, gap_maps: GapMaps) -> None:
    page = open_page(gap_maps.of(DECK).file, java_script_enabled=False).page
    for tab in page.locator(".tabs a").all():
        target = str(tab.get_attribute("href")).removeprefix("#")
        tab.click()
        assert page.url.endswith(f"#{target}")
        assert page.locator(f"section#{target} h2").count() >= 1


@pytest.mark.exhaustive
def test_the_definitions_open_without_a_script(open_page: OpenPage, gap_maps: GapMaps) -> None:
    page = open_page(gap_maps.of(DECK).file, java_script_enabled=False).page
    definition = page.locator(".definitions dd").first
    assert not definition.is_visible()

    page.locator("summary", has_text="What the words mean").click()

    assert definition.is_visible()
    told = words_of(page.locator(".definitions").text_content()).casefold()
    assert all(meaning.casefold() in told for meaning in DEFINITIONS.values())


@pytest.mark.exhaustive
def test_sources_and_the_date_of_the_data_are_there(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file, java_script_enabled=False).page
    footer = words_of(page.locator("footer").text_content())

    assert all(words_of(source.title) in footer for source in gap_map.dataset.sources.values())
    assert gap_map.dataset.as_of is not None
    assert f"Data of {long_day(gap_map.dataset.as_of)}." in footer


@pytest.mark.exhaustive
def test_a_link_of_the_list_leads_to_its_row(open_page: OpenPage, gap_maps: GapMaps) -> None:
    page = open_page(gap_maps.of(DECK).file, java_script_enabled=False).page
    link = page.locator("#missing a").last

    link.click()

    assert page.url.endswith(str(link.get_attribute("href")))
    assert page.evaluate("document.querySelector(':target').tagName") == "LI"


def test_what_the_script_makes_first_says_the_same_as_the_page_without_it(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    for data in (DECK, HOSTILE):
        file = gap_maps.of(data).file
        plain = read_state(open_page(file, java_script_enabled=False).page)
        scripted = read_state(open_page(file).page)

        for part in ("asked", "finding", "sentences", "missing", "legend", "heads", "chips"):
            assert scripted[part] == plain[part]
