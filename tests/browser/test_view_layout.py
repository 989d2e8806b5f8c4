"""The views of time and of instruments at every width, with all that they can unfold: whole words, nothing that runs over, nobody shut out."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from gap_map import DECK, INDUSTRY, POLICY, GapMaps, name_data
from odd_data import page_of
from odd_page import Act, first_cell, show
from opened_page import Look, OpenPage
from view_checks import findings_in_view, jargon, layout_faults
from visible_text import overflowing, torn_words


def unfold_past(page: Page) -> None:
    page.locator("#past summary").click()
    page.locator("#past section").first.wait_for()


def unfold_idle_and_first(page: Page) -> None:
    page.click("#idle-shown")
    page.locator("#serving a").first.click()


VIEWS: dict[str, Act] = {"time": unfold_past, "instruments": unfold_idle_and_first}
"""Views by their ids, and what unfolds all of each."""

WIDTHS = (390, 768, 1280)
LOOKS = {
    "light-phone": Look(viewport={"width": 390, "height": 800}, color_scheme="light"),
    "light-desktop": Look(viewport={"width": 1280, "height": 800}, color_scheme="light"),
    "dark-desktop": Look(viewport={"width": 1280, "height": 800}, color_scheme="dark"),
    "dark-phone": Look(viewport={"width": 390, "height": 800}, color_scheme="dark"),
}


def by_view(view: str, **_other: object) -> str:
    return view


@pytest.mark.sampled(2, by=by_view)  # two datasets and widths
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("data", [DECK, POLICY, INDUSTRY], ids=name_data)
@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_torn_or_runs_over_and_no_word_is_jargon(
    open_page: OpenPage, gap_maps: GapMaps, view: str, data: Path, width: int
) -> None:
    opened = open_page(gap_maps.of(data).file, viewport={"width": width, "height": 800})
    opened.page.click(f"#tabs [data-view={view}]")
    VIEWS[view](opened.page)

    assert layout_faults(opened.page, view) == []
    assert jargon(opened.page, view) == []
    opened.assert_no_complaints()


@pytest.mark.sampled(1, by=by_view)
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(open_page: OpenPage, gap_maps: GapMaps, view: str, look: str) -> None:
    page = open_page(gap_maps.of(POLICY).file, **LOOKS[look]).page
    page.click(f"#tabs [data-view={view}]")
    VIEWS[view](page)

    assert findings_in_view(page) == []


@pytest.mark.sampled(3)
@pytest.mark.parametrize("width", [1280, 1024, 768, 720, 390])
def test_five_levels_have_room_for_their_words_with_a_panel_and_without(
    open_page: OpenPage, gap_maps: GapMaps, width: int
) -> None:
    opened = open_page(page_of(gap_maps, "five"), viewport={"width": width, "height": 800})
    long = {"Donaudampfschifffahrtselektrizitätenhauptbetriebs"}  # wider than a cell

    for act in (show("map"), first_cell("none")):
        act(opened.page)

        assert overflowing(opened.page, ".map :is(.cell, .cov, .num, .level, th)") == []
        assert set(torn_words(opened.page)) <= long
        assert not opened.page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("width", [700, 768, 1024, 1100, 1201, 1280])
@pytest.mark.parametrize("data", [DECK, POLICY], ids=name_data)
def test_the_tools_stand_in_one_row(
    open_page: OpenPage, gap_maps: GapMaps, data: Path, width: int
) -> None:
    page = open_page(gap_maps.of(data).file, viewport={"width": width, "height": 800}).page

    tops = page.locator("#tools summary").evaluate_all(
        "all => all.map(one => Math.round(one.getBoundingClientRect().top))"
    )

    assert len(tops) == 3
    assert len(set(tops)) == 1
