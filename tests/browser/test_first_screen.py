"""What a reader sees who looks for one minute: the finding, the counts, the map; at every width, in every light, on paper."""

import json
import re

import pytest
from playwright.sync_api import Page
from pypdfium2 import PdfDocument

from axe import axe_findings
from gap_map import DECK, POLICY, GapMaps, read_state, words_of
from odd_data import page_of
from odd_page import settle
from opened_page import Look, OpenPage
from visible_text import overflowing, torn_words

PHONE: Look = {"viewport": {"width": 390, "height": 844}}
DESKTOP: Look = {"viewport": {"width": 1280, "height": 800}}
WIDTHS = (320, 390, 768, 1280, 1920)
NAMES = ("deck", "policy", "industry", "large", "own")

_BOTTOM = """selector => {
    const found = [...document.querySelectorAll(selector)].filter(one => one.checkVisibility());
    return found.length ? found[0].getBoundingClientRect().bottom + scrollY : 0;
}"""


def bottom(page: Page, selector: str) -> float:
    """Return how far down the first element that can be seen ends, in pixels."""
    return float(page.evaluate(_BOTTOM, selector))


@pytest.mark.parametrize("name", ["deck", "policy", "large"])
def test_the_first_gap_is_on_the_first_screen_of_a_phone(
    open_page: OpenPage, gap_maps: GapMaps, name: str
) -> None:
    page = open_page(page_of(gap_maps, name), **PHONE).page

    assert 0 < bottom(page, ".cell.c-none") <= 844


@pytest.mark.parametrize("look", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", ["deck", "policy"])
def test_the_whole_map_is_on_the_first_screen(
    open_page: OpenPage, gap_maps: GapMaps, name: str, look: Look
) -> None:
    page = open_page(page_of(gap_maps, name), **look).page

    assert bottom(page, ".map") <= look["viewport"]["height"]


def test_forty_roles_fit_two_screens(open_page: OpenPage, gap_maps: GapMaps) -> None:
    look: Look = {"viewport": {"width": 1280, "height": 900}}
    page = open_page(page_of(gap_maps, "large"), **look).page

    assert 900 < bottom(page, ".map") <= 1800


@pytest.mark.sampled(2)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_no_view_is_wider_than_the_window_and_no_word_is_torn_or_runs_over(
    open_page: OpenPage, gap_maps: GapMaps, name: str, width: int
) -> None:
    look: Look = {"viewport": {"width": width, "height": 844}}
    page = open_page(page_of(gap_maps, name), **look).page

    for view in page.locator("[role=tab]").evaluate_all("all => all.map(one => one.dataset.view)"):
        page.locator(f"[data-view={view}]").first.click()
        for act in (settle, _open_something):
            act(page)
            where = f"{name}, {view}, {width}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, where
            if view in ("map", "missing", "swot"):
                assert torn_words(page) == [], where
                assert overflowing(page, ".cell, .chip, .map th, .tabs a") == [], where
        page.evaluate("document.getElementById('close').click()")


def _open_something(page: Page) -> None:
    """Open the panel from the view that is shown."""
    link = page.locator("section:not([hidden]) a[href*='@']:visible").last
    if link.count():
        link.click()


def test_a_twelfth_and_a_half_look_different(open_page: OpenPage, gap_maps: GapMaps) -> None:
    page = open_page(page_of(gap_maps, "large"), **DESKTOP).page

    fills = {
        text.split()[0]: float(full)
        for text, full in page.locator("[data-full][data-cell$='@country']").evaluate_all(
            "all => all.map(one => [one.querySelector('.num').textContent, one.dataset.full])"
        )
    }

    assert fills["12"] - fills["1"] >= 35
    head = words_of(page.locator("[id='@country']").inner_text())
    assert "27 countries" in head


JARGON = r"\b(cells?|opens|closes|territor(?:y|ies)|[a-z]\d)\b"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", ["deck", "policy", "industry"])
def test_no_reader_meets_an_id_or_the_words_of_the_program(
    open_page: OpenPage, gap_maps: GapMaps, name: str
) -> None:
    page = open_page(page_of(gap_maps, name), **DESKTOP).page
    own = json.dumps(page.evaluate("JSON.parse(document.getElementById('data').textContent)"))

    for view in ("map", "missing"):
        page.locator(f"[data-view={view}]").first.click()
        _open_something(page)
        read = words_of(page.locator("body").inner_text())
        found = set(re.findall(JARGON, read))
        # Whoever wrote the data may say cell: what the page adds may not.
        assert {word for word in found if f" {word}" not in own} == set()
        assert " @ " not in read


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("name", "options", "title"),
    [
        (DECK, (), "Social economy has no instrument at EU and country level"),
        (
            POLICY,
            (),
            "At country level, 3 of 6 roles have no instrument and none is fully covered",
        ),
        (POLICY, ("--level", "region"), "Internationalisation has no instrument at region level"),
    ],
    ids=str,
)
def test_the_title_is_the_finding_and_the_legend_counts_only_what_occurs(
    open_page: OpenPage, gap_maps: GapMaps, name: object, options: tuple[str, ...], title: str
) -> None:
    gap_map = gap_maps.of(name, *options)  # type: ignore[arg-type]
    page = open_page(gap_map.file, **DESKTOP).page

    assert page.locator("h1").inner_text() == title
    coverages = [cell["coverage"] for cell in gap_map.cells().values()]
    occurring = [one for one in ("none", "partial", "unknown", "full") if one in coverages]
    legend = read_state(page)["legend"]
    assert [int(told.split()[0]) for told in legend] == [coverages.count(one) for one in occurring]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("look", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(
    open_page: OpenPage, gap_maps: GapMaps, name: str, look: Look, scheme: str
) -> None:
    dyed: Look = {**look, "color_scheme": scheme}  # type: ignore[typeddict-item]
    page = open_page(page_of(gap_maps, name), **dyed).page

    for view in ("map", "missing"):
        page.locator(f"[data-view={view}]").first.click()
        _open_something(page)
        settle(page)
        # Of a group's head axe asks what stands beside it, and is not sure: its cells stand below it, up to the next.
        groups = page.locator(".map tbody:has(> .group)")
        assert all(one.locator("> tr:not(.group) > td").count() for one in groups.all())
        unsure = "undecided th-has-data-cells" if groups.count() else "-"
        assert [line for line in axe_findings(page) if not line.startswith(unsure)] == []


LEAST = """([least]) => {
    const small = [];
    for (const one of document.querySelectorAll("body *")) {
        const own = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        if (!own || !one.checkVisibility({ visibilityProperty: true }) || one.closest(".vh")) continue;
        const size = parseFloat(getComputedStyle(one).fontSize) * 0.75;
        if (size < least - 0.01) small.push([size, one.textContent.slice(0, 40)]);
    }
    return small;
}"""


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("name", "least", "pages"),
    [("policy", 8, (1, 1)), ("deck", 8, (1, 1)), ("own", 8, (1, 1)), ("large", 7, (2, 5))],
)
def test_on_paper_nothing_is_too_small_and_a_dozen_roles_are_one_page(
    open_page: OpenPage, gap_maps: GapMaps, name: str, least: float, pages: tuple[int, int]
) -> None:
    page = open_page(page_of(gap_maps, name), **DESKTOP).page
    page.emulate_media(media="print")
    assert page.evaluate(LEAST, [least]) == []

    with PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True)) as paper:
        assert pages[0] <= len(paper) <= pages[1]
        assert {tuple(map(round, sheet.get_size())) for sheet in paper} == {(842, 595)}


def test_roles_are_found_ordered_and_folded(open_page: OpenPage, gap_maps: GapMaps) -> None:
    page = open_page(page_of(gap_maps, "large"), **DESKTOP).page
    rows = page.locator(".map tbody tr:not(.group):visible th")
    assert rows.count() == 40
    # Two roles have none at three levels: the smaller share comes first.
    assert rows.first.inner_text() == "Field 0 of cluster policy"

    page.fill("#find", "FÍELD 3")
    assert page.locator("#roles-shown").inner_text() == "11 of 40 roles shown"
    page.fill("#find", "")
    page.select_option("#order", "share:country")
    assert page.locator(".map .group").count() == 0
    assert page.evaluate("new URLSearchParams(location.search).get('order')") == "share:country"
    shares = page.locator(".map [data-cell$='@country']").evaluate_all(
        "all => all.map(one => Number(one.dataset.full ?? (one.matches('.c-full') ? 100 : 0)))"
    )
    assert shares == sorted(shares)

    page.select_option("#order", "worst")
    head = page.locator(".group button").first
    head.click()
    assert page.locator(".group button").first.get_attribute("aria-expanded") == "false"
    assert rows.count() == 38


def test_what_is_asked_survives_a_reload_and_back(open_page: OpenPage, gap_maps: GapMaps) -> None:
    page = open_page(page_of(gap_maps, "large"), **DESKTOP).page
    page.fill("#find", "field 1")
    page.locator(".legend button", has_text="NONE").click()
    page.locator("[data-view=missing]").first.click()
    before = read_state(page)["missing"]

    page.reload()
    assert page.locator("#find").input_value() == "field 1"
    assert read_state(page)["missing"] == before
    assert not page.locator("#view-map").is_visible()

    page.go_back()
    assert page.locator("#view-map").is_visible()
