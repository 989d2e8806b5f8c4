"""An address says what the page opens with: behind # a cell, a role or a level, behind ? filters, a kind, a day, a view."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from gap_map import (
    DECK,
    HOSTILE,
    GapMaps,
    choose_stop,
    panel_text,
    read_state,
    shown_cells,
    stops_of,
    words_of,
)
from odd_page import follow, settle
from opened_page import OpenedPage, OpenPage
from sampling import Sample

CELL, OTHER = "industry-4-0@region", "social-economy@eu"


@pytest.fixture
def deck(gap_maps: GapMaps) -> Path:
    return gap_maps.of(DECK).file


def visit(opened: OpenedPage, rest: str) -> Page:
    """Open the page anew at an address that ends so."""
    opened.page.goto("about:blank")
    opened.page.goto(opened.address + rest)
    return opened.page


def choose(page: Page, cell: str) -> None:
    """Open a cell's panel."""
    page.click(f".cell[data-cell='{cell}']")


def go(page: Page, way: Literal["back", "forward"]) -> None:
    """Go back or forward, and wait until the page was told."""
    page.evaluate(
        """way => new Promise(done => {
            addEventListener("hashchange", () => setTimeout(done), { once: true });
            history[way]();
        })""",
        way,
    )


def title(page: Page) -> str:
    """Return the title of the open panel; nothing where it is closed."""
    heading = page.locator("#panel-title")
    if not heading.is_visible():
        return ""
    parts = page.locator("#panel-title, #panel-level").all_text_contents()
    return words_of(", ".join(filter(None, reversed(parts))))


NAMES = {
    CELL: "Industry 4.0, Region level",
    "industry-4-0@": "Industry 4.0",
    "@region": "Region level",
    "industry-4-0%40region": "Industry 4.0, Region level",
}


def test_a_link_opens_what_it_names_at_once_and_later(
    open_page: OpenPage, deck: Path, sample: Sample
) -> None:
    opened = open_page(deck)
    for fragment, expected in sample(list(NAMES.items()), 2):
        assert title(visit(opened, f"#{fragment}")) == expected

        assert title(visit(opened, "")) == ""
        follow(opened.page, fragment)
        assert title(opened.page) == expected
    opened.assert_no_complaints()


@pytest.mark.exhaustive
def test_the_keyboard_is_in_the_panel_that_a_link_opens(open_page: OpenPage, deck: Path) -> None:
    opened = open_page(deck)
    follow(opened.page, CELL)
    assert opened.page.evaluate("document.activeElement.id") == "panel-title"

    page = visit(opened, f"#{CELL}")
    # The browser, too, looks for what the address names, and not before everything is there.
    settle(page)
    assert page.evaluate("document.activeElement.id") == "panel-title"


def test_back_and_forward_open_and_close_what_was_open(open_page: OpenPage, deck: Path) -> None:
    page = open_page(deck).page
    choose(page, CELL)
    assert title(page) == "Industry 4.0, Region level"
    choose(page, OTHER)
    assert title(page) == "Social economy, EU level"

    go(page, "back")
    assert title(page) == "Industry 4.0, Region level"
    go(page, "back")
    assert title(page) == ""

    go(page, "forward")
    assert title(page) == "Industry 4.0, Region level"


@pytest.mark.exhaustive
def test_a_cell_that_was_closed_opens_again(open_page: OpenPage, deck: Path) -> None:
    page = open_page(deck).page

    for selector, key in (("#panel-title", "Escape"), ("#close", "Enter")):
        choose(page, CELL)
        assert title(page) == "Industry 4.0, Region level"
        page.press(selector, key)
        assert title(page) == ""


@pytest.mark.exhaustive
def test_a_link_to_what_is_not_here_opens_nothing_and_says_so(
    open_page: OpenPage, deck: Path
) -> None:
    opened = open_page(deck)
    for fragment in (
        "nothing@region",
        "industry-4-0@nowhere",
        "constructor@eu",
        "@nowhere",
        "nobody@",
    ):
        page = visit(opened, f"#{fragment}")

        assert title(page) == ""
        assert fragment in words_of(page.locator("body").inner_text())
    opened.assert_no_complaints()


def test_a_fragment_that_names_no_cell_harms_nothing(
    open_page: OpenPage, deck: Path, sample: Sample
) -> None:
    opened = open_page(deck)
    for fragment in sample(("%", "%E0%A4%A", "@", "a@b@c", "", "views", "full"), 3):
        page = visit(opened, f"#{fragment}")
        assert title(page) == ""

        choose(page, CELL)
        follow(page, fragment)
        assert title(page) == ""
    opened.assert_no_complaints()


@pytest.mark.exhaustive
def test_a_level_that_the_report_leaves_out_is_not_opened(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    opened = open_page(gap_maps.of(DECK, "--level", "region").file)

    assert title(visit(opened, "#industry-4-0@region")) == "Industry 4.0, Region level"
    assert title(visit(opened, "#industry-4-0@eu")) == ""
    opened.assert_no_complaints()


Chosen = Mapping[str, Collection[str]]
PRESETS: Mapping[str, Chosen] = {
    "?level=region&coverage=none": {"level": {"region"}, "coverage": {"none"}},
    "?coverage=none,partial": {"coverage": {"none", "partial"}},
    "?coverage=none&coverage=partial&level=eu,region": {
        "coverage": {"none", "partial"},
        "level": {"eu", "region"},
    },
    "?role=social-economy,industry-4-0&coverage=full": {
        "role": {"social-economy", "industry-4-0"},
        "coverage": {"full"},
    },
    "?role=&level=,,&coverage=full,": {"coverage": {"full"}},
}


@pytest.mark.exhaustive
def test_an_address_presets_the_filters(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(DECK)
    opened = open_page(gap_map.file)
    for search, chosen in PRESETS.items():
        page = visit(opened, search)

        expected = [
            id_
            for id_, cell in gap_map.cells().items()
            if all(cell[name] in values for name, values in chosen.items())
        ]
        assert shown_cells(page) == expected
        count = str(page.locator("#count").text_content())
        assert count.startswith(f"{len(expected)} of 18 pairs of role and level shown")
        checked = page.locator("#filters input:checked")
        values = checked.evaluate_all("all => all.map(one => one.value)")
        assert sorted(values) == sorted(value for values in chosen.values() for value in values)
    opened.assert_no_complaints()


def coverages(page: Page) -> Mapping[str, str]:
    cells = read_state(page)["cells"].items()
    return {id_: cell["coverage"].removeprefix("c-") for id_, cell in cells}


def test_an_address_presets_kind_day_view_and_panel(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(DECK)
    opened = open_page(gap_map.file)
    day = stops_of(opened.page)[2][0]

    page = visit(opened, f"?kind=network&day={day}&view=list#{OTHER}")

    assert page.locator("#view-missing").is_visible()
    assert not page.locator("#view-map").is_visible()
    assert page.locator("#kind").input_value() == "network"
    assert title(page) == "Social economy, EU level"
    cells = gap_map.cells(day, "network")
    assert coverages(page) == {id_: cell["coverage"] for id_, cell in cells.items()}
    opened.assert_no_complaints()


@pytest.mark.exhaustive
def test_any_day_can_be_asked_for(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(DECK)
    opened = open_page(gap_map.file)
    for day in ("1900-01-01", "2016-02-29", "2099-12-31"):
        page = visit(opened, f"?day={day}")

        cells = gap_map.cells(day)
        assert coverages(page) == {id_: cell["coverage"] for id_, cell in cells.items()}
        assert "not here" not in str(page.locator("#count").text_content())


UNKNOWN = {
    "?coverage=empty": "coverage empty",
    "?coverage=full,nought": "coverage nought",
    "?level=constructor": "level constructor",
    "?role=__proto__": "role __proto__",
    "?kind=toString": "kind toString",
    "?kind=<b>bold</b>": "kind <b>bold</b>",
    "?day=yesterday": "day yesterday",
    "?day=2019-5-1": "day 2019-5-1",
    "?view=globe": "view globe",
}


def test_what_the_page_does_not_know_is_told_and_the_rest_holds(
    open_page: OpenPage, deck: Path, sample: Sample
) -> None:
    opened = open_page(deck)
    for search, told in sample(list(UNKNOWN.items()), 4):
        page = visit(opened, f"{search}&level=region")

        assert told in words_of(page.locator("main").inner_text())
        assert {id_.partition("@")[2] for id_ in shown_cells(page)} == {"region"}
    opened.assert_no_complaints()


def test_the_link_to_this_view_reproduces_it(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file).page
    page.locator("#filters").evaluate("one => { one.open = true; }")
    for name, value in (("coverage", "none"), ("coverage", "full"), ("level", "eu")):
        page.check(f"input[name={name}][value={value}]")
    page.select_option("#kind", "network")
    choose_stop(page, 3)
    choose(page, OTHER)
    page.click("[data-view=missing]")

    again = open_page(gap_map.file).page
    again.goto(link_of(page))

    assert read_state(again) == read_state(page)
    assert panel_text(again) == panel_text(page) != ""
    assert again.locator("#view-missing").is_visible()
    assert link_of(again) == link_of(page)


@pytest.mark.exhaustive
def test_the_link_follows_what_is_opened_and_closed(open_page: OpenPage, deck: Path) -> None:
    page = open_page(deck).page
    choose(page, CELL)
    assert urlsplit(link_of(page)).fragment == CELL

    follow(page, "industry-4-0@")
    assert urlsplit(link_of(page)).fragment == "industry-4-0@"

    page.keyboard.press("Escape")
    assert link_of(page) == deck.as_uri()


@pytest.mark.exhaustive
def test_the_link_can_be_followed_in_the_page_itself(open_page: OpenPage, deck: Path) -> None:
    page = open_page(deck).page
    page.locator("#filters").evaluate("one => { one.open = true; }")
    page.check("input[name=coverage][value=none]")
    before = shown_cells(page)

    page.locator("#take summary").click()
    page.click("#here")
    page.wait_for_url("**coverage=none**")

    assert shown_cells(page) == before
    assert page.locator("#tools").is_visible()


@pytest.mark.exhaustive
def test_hostile_pages_have_links_too(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(HOSTILE)
    opened = open_page(gap_map.file)

    assert title(visit(opened, "?coverage=none,unknown#formula@country")) == words_of(
        f"{gap_map.role('formula')}, {gap_map.level('country')} level"
    )
    opened.assert_no_complaints()


def link_of(page: Page) -> str:
    """Return the whole address of *Link to this view*."""
    return str(page.locator("#here").evaluate("one => one.href"))
