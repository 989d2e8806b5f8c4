"""Places and Compare at every width: whole words, nothing that runs over, names and no codes, none of the program's own words."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from axe import axe_findings
from gap_map import DECK, INDUSTRY, POLICY, GapMaps, name_data
from odd_data import page_of
from opened_page import Look, OpenPage
from visible_text import is_scrolled_sideways, overflowing, torn_words, visible_text

VIEWS = (
    "?view=places",
    "?view=places&level=region",
    "?view=places#industry-4-0@country",
    "?view=compare",
    "?view=compare&level=region&place=RO,BE10",
    "?view=compare#industry-4-0@country",
)
WIDTHS = (320, 390, 768, 1280)


def assert_can_be_read(page: Page) -> None:
    """Checks 5, 6 and 7."""
    assert not is_scrolled_sideways(page)
    assert torn_words(page) == []
    assert (
        overflowing(page, ".tile, .tile > *, .look, .compared th, .compared td, .ways > *") == []
    )


@pytest.mark.sampled(2)  # a phone and a tablet
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("data", [DECK, INDUSTRY, POLICY], ids=name_data)
def test_places_can_be_read_at_every_width(
    open_page: OpenPage, gap_maps: GapMaps, data: Path, width: int
) -> None:
    look: Look = {"viewport": {"width": width, "height": 844}}
    opened = open_page(gap_maps.of(data).file, **look)
    for asked in VIEWS:
        opened.page.goto(f"{opened.address}{asked}")
        assert_can_be_read(opened.page)
        if opened.page.locator(".tile").first.is_visible():
            opened.page.locator(".tile").last.click()
            assert_can_be_read(opened.page)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("width", WIDTHS)
def test_places_of_the_datas_own_have_a_tile_each_in_its_order(
    open_page: OpenPage, gap_maps: GapMaps, width: int
) -> None:
    """Check 11: two columns on a phone, at least 176 pixels each where there is more room."""
    look: Look = {"viewport": {"width": width, "height": 844}}
    opened = open_page(page_of(gap_maps, "own"), **look)
    page = opened.page
    page.goto(f"{opened.address}?view=places")

    assert page.locator("#own-tiles bdi").all_inner_texts() == [
        "Kapital",
        "Outer Western Islands",
        "Norrland",
        "Southern Free Cities",
    ]
    boxes = [box for one in page.locator(".tile").all() if (box := one.bounding_box())]
    assert [box["y"] for box in boxes] == sorted(box["y"] for box in boxes)
    assert width < 700 or min(box["width"] for box in boxes) >= 176
    assert width > 400 or boxes[0]["y"] == boxes[1]["y"] < boxes[2]["y"]
    assert_can_be_read(page)
    page.goto(f"{opened.address}?view=compare")
    assert_can_be_read(page)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("width", [390, 1280])
def test_places_are_named_and_never_coded(
    open_page: OpenPage, gap_maps: GapMaps, width: int
) -> None:
    """Check 12: of countries and of regions with Latin names."""
    gap_map = gap_maps.of(INDUSTRY)
    look: Look = {"viewport": {"width": width, "height": 844}}
    opened = open_page(gap_map.file, **look)
    codes = {unit.code for level in gap_map.dataset.levels for unit in level.units}
    for asked in (each for each in VIEWS if "#" not in each):
        opened.page.goto(f"{opened.address}{asked}")

        assert codes.isdisjoint(re.findall(r"\w+", visible_text(opened.page))), asked


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", [POLICY, DECK, INDUSTRY], ids=name_data)
def test_places_are_told_without_the_programs_own_words(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    """Check 13."""
    opened = open_page(gap_maps.of(data).file)
    for asked in VIEWS:
        opened.page.goto(f"{opened.address}{asked}")
        parts = opened.page.locator("#view-places, #view-compare").all_inner_texts()

        assert not re.search(r"\b(cells?|opens?|closes?|territor\w+|\w+@\w+)\b", " ".join(parts))


@pytest.mark.sampled(4)  # places and places beside each other, at two levels
@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("asked", VIEWS)
def test_people_with_a_disability_can_use_places(
    open_page: OpenPage, gap_maps: GapMaps, asked: str, width: int
) -> None:
    look: Look = {"viewport": {"width": width, "height": 844}}
    opened = open_page(gap_maps.of(POLICY).file, **look)
    opened.page.goto(f"{opened.address}{asked}")

    assert axe_findings(opened.page) == []


def test_a_share_is_drawn_as_far_as_it_goes(open_page: OpenPage, gap_maps: GapMaps) -> None:
    """Of Belgium 10 of 11 regions are covered, of France one of 27."""
    opened = open_page(gap_maps.of(INDUSTRY).file)
    opened.page.goto(f"{opened.address}?view=places&role=industry-4-0&level=region")

    filled = {
        code: opened.page.locator(f"[data-place={code}]").evaluate(
            "one => parseFloat(getComputedStyle(one).getPropertyValue('--full'))"
        )
        for code in ("BE", "FR")
    }

    assert filled == {
        "BE": pytest.approx(100 * 10 / 11, abs=0.1),
        "FR": pytest.approx(100 / 27, abs=0.1),
    }


def test_places_are_used_by_keys_alone(open_page: OpenPage, gap_maps: GapMaps) -> None:
    opened = open_page(gap_maps.of(INDUSTRY).file)
    page = opened.page
    page.goto(f"{opened.address}?view=places&role=industry-4-0&level=region")

    page.locator("#place-level").focus()
    page.keyboard.press("ArrowUp")
    assert page.locator("#places-title").inner_text().startswith("Industry 4.0, country level")
    page.locator("[data-place=BE]").focus()
    page.keyboard.press("Enter")
    assert page.locator("#regions h3").inner_text() == "Belgium"
    assert page.locator("[data-place=BE]").evaluate("one => one === document.activeElement")
