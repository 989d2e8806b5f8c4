"""What axe-core says of the gap map in every state that a reader can bring it into: nothing, not even that it is unsure."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from axe import axe_findings
from gap_map import GapMaps
from odd_data import page_of
from odd_page import (
    Act,
    choose,
    filter_by,
    first_cell,
    first_column,
    first_row,
    show,
    start_again,
    unfold,
)
from opened_page import Look, OpenPage


def _explain_words(page: Page) -> None:
    page.locator(".definitions summary").click()


def _choose_country(page: Page) -> None:
    show("places")(page)
    if page.locator("[data-place]").count():
        page.locator("[data-place]").first.click()


def _choose_somewhere(page: Page) -> None:
    """Of the deck: a cell that is covered in some places, of which nobody says where."""
    show("places")(page)
    if page.locator("#place-role option[value=industry-4-0]").count():
        page.select_option("#place-role", "industry-4-0")
        page.select_option("#place-level", "country")
        page.locator("[data-place]").first.click()


def _unfold_panel(page: Page) -> None:
    """Of the cell with most instruments, as a panel folds only what is much."""
    first_cell("partial")(page)
    page.evaluate(
        """() => {
            const number = cell => parseInt(cell.querySelector(".num").textContent) || 0;
            const cells = [...document.querySelectorAll(".cell[data-cell]")];
            cells.sort((a, b) => number(b) - number(a))[0].click();
        }"""
    )
    page.evaluate(
        "for (const one of document.querySelectorAll('#panel details')) one.open = true;"
    )


def _choose_another_day(page: Page) -> None:
    if page.locator("#stop").count():
        page.locator("#days summary").click()
        page.locator("#stop").press("Home")
        page.locator("#stop").press("ArrowRight")


def _filter_all_away(page: Page) -> None:
    filter_by("coverage", "unknown")(page)
    if page.locator(".cell[data-cell].c-unknown").count():
        start_again(page)


STATES: dict[str, Act] = {
    "as it is opened": start_again,
    "list": show("missing"),
    "SWOT": show("swot"),
    "places": show("places"),
    "country chosen": _choose_country,
    "somewhere": _choose_somewhere,
    "filters open": unfold,
    "filtered": filter_by("coverage", "none", "partial"),
    "filtered list": lambda page: (filter_by("coverage", "none")(page), show("missing")(page)),
    "nothing left": _filter_all_away,
    "definitions open": _explain_words,
    "another day": _choose_another_day,
    "panel of a gap": first_cell("none"),
    "panel of a partial cell": first_cell("partial"),
    "panel of a full cell": first_cell("full"),
    "panel with everything unfolded": _unfold_panel,
    "panel of a row": first_row,
    "panel of a column": first_column,
}
SOME = (
    "list",
    "SWOT",
    "country chosen",
    "somewhere",
    "filtered",
    "panel of a gap",
    "panel with everything unfolded",
)
FEW = ("as it is opened", "filtered", "panel of a partial cell")

NARROW: ViewportSize = {"width": 320, "height": 700}
PHONE: ViewportSize = {"width": 375, "height": 700}
WIDE: ViewportSize = {"width": 1280, "height": 900}


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("name", "states", "look"),
    [
        pytest.param("deck", SOME, Look(viewport=WIDE, color_scheme="dark"), id="dark"),
        pytest.param("deck", SOME, Look(viewport=WIDE, forced_colors="active"), id="forced"),
        pytest.param(
            "deck",
            FEW,
            Look(viewport=PHONE, forced_colors="active", color_scheme="dark"),
            id="forced-dark-phone",
        ),
        pytest.param("deck", SOME, Look(viewport=NARROW), id="narrow"),
        pytest.param("policy", FEW, Look(viewport=PHONE, reduced_motion="reduce"), id="still"),
        pytest.param("industry", SOME, Look(viewport=WIDE), id="industry"),
        pytest.param(
            "hostile", SOME, Look(viewport=PHONE, color_scheme="dark"), id="hostile-dark-phone"
        ),
        pytest.param("small", FEW, Look(viewport=WIDE), id="small"),
        pytest.param("long", FEW, Look(viewport=NARROW), id="long"),
        pytest.param("deck", tuple(STATES), Look(viewport=WIDE), id="deck"),
    ],
)
def test_axe_finds_nothing_and_is_sure(
    open_page: OpenPage, gap_maps: GapMaps, name: str, states: tuple[str, ...], look: Look
) -> None:
    opened = open_page(page_of(gap_maps, name), **look)
    found = {}

    for state in states:
        STATES[state](opened.page)
        found[state] = axe_findings(opened.page)
        start_again(opened.page)

    assert {state: lines for state, lines in found.items() if lines} == {}
    opened.assert_no_complaints()


@pytest.mark.exhaustive
def test_axe_finds_nothing_without_javascript(
    open_page: OpenPage, gap_maps: GapMaps, tmp_path: Path
) -> None:
    # axe is a script itself: it is asked of the page without the page's own.
    html = page_of(gap_maps, "deck").read_text(encoding="utf-8")
    still = tmp_path / "still.html"
    still.write_text(html[: html.rindex("<script>")] + "</body></html>", encoding="utf-8")

    page = open_page(still).page

    assert page.locator("#tools").is_hidden()
    assert axe_findings(page) == []


@pytest.mark.exhaustive
def test_a_link_to_a_cell_opens_a_page_without_findings(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(page_of(gap_maps, "deck"), viewport=WIDE).page

    choose("social-economy@country")(page)

    assert page.locator("#panel").is_visible()
    assert axe_findings(page) == []
