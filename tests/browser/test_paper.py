"""On paper a gap map of up to a dozen roles is one A4 page in landscape, else several; it says what is missing, and its date."""

import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdfium2 import PdfDocument

from clustergap.text import long_day
from gap_map import (
    ALL_DATA,
    DECK,
    HOSTILE,
    INDUSTRY,
    POLICY,
    GapMap,
    GapMaps,
    choose_stop,
    name_data,
    stops_of,
)
from odd_data import page_of
from office import smallest_letter
from opened_page import OpenPage
from visible_text import overflowing

A4 = (842, 595)  # points, in landscape


def squeeze(text: str) -> str:
    """Return the letters and digits alone: paper breaks lines and words."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def printed(page: Page, least: float = 0) -> list[str]:
    """Print sheets of A4 with no letter beyond their edge, and none of fewer points than the *least*.

    Returns:
        The words of each sheet, without what is between them.
    """
    found = []
    with PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True)) as document:
        for sheet in document:
            width, height = sheet.get_size()
            assert (round(width), round(height)) == A4
            words = sheet.get_textpage()
            boxes = [words.get_charbox(index) for index in range(words.count_chars())]
            assert all(left >= 0 and right <= width for left, _, right, _ in boxes)
            assert all(bottom >= 0 and top <= height for _, bottom, _, top in boxes)
            assert smallest_letter(sheet) >= least - 0.01
            found.append(squeeze(words.get_text_range()))
    return found


def assert_one_sheet(page: Page) -> str:
    """Print one sheet, and return its words."""
    (words,) = printed(page)
    return words


def assert_spelled_out(words: str, gap_map: GapMap) -> None:
    """The date, the number of sources, the roles and the levels are among the printed words."""
    dataset, cells = gap_map.dataset, gap_map.cells()
    if dataset.as_of:
        assert squeeze(f"Data of {long_day(dataset.as_of)}") in words
    sources = len(dataset.sources)
    assert squeeze(f"{sources} source{'' if sources == 1 else 's'}, listed in the page") in words
    for name in {gap_map.role(cell["role"]) for cell in cells.values()}:
        if name.isascii():
            assert squeeze(name) in words


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", ALL_DATA, ids=name_data)
def test_a_gap_map_is_printed_on_one_sheet_with_its_finding_and_date(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    gap_map = gap_maps.of(data)
    page = open_page(gap_map.file).page
    words = assert_one_sheet(page)

    assert_spelled_out(words, gap_map)
    assert squeeze(gap_map.dataset.title) in words
    assert squeeze(page.locator("h1").inner_text()) in words


def test_sources_are_printed_on_sheets_of_their_own_if_they_are_open(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(POLICY)
    page = open_page(gap_map.file).page
    page.locator("#sources summary").click()

    first, *rest = printed(page)

    titles = [squeeze(source.title) for source in gap_map.dataset.sources.values()]
    told = "".join(rest)
    assert all(title in told for title in titles)
    assert_spelled_out(first + told, gap_map)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("data", "options"),
    [
        (DECK, ("--level", "region")),
        (DECK, ("--role", "social-economy", "--level", "eu")),
        (POLICY, ("--as-of", "2030")),
        (INDUSTRY, ("--in", "RO11")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value.name,
)
def test_whatever_the_report_was_asked_it_is_one_sheet(
    open_page: OpenPage, gap_maps: GapMaps, data: Path, options: tuple[str, ...]
) -> None:
    gap_map = gap_maps.of(data, *options)

    assert_spelled_out(assert_one_sheet(open_page(gap_map.file).page), gap_map)


def filtered(page: Page) -> None:
    page.locator("#filters").evaluate("one => { one.open = true; }")
    page.check("input[name=coverage][value=none]")
    page.check("input[name=coverage][value=partial]")


def of_a_kind(page: Page) -> None:
    page.locator("#filters").evaluate("one => { one.open = true; }")
    page.select_option("#kind", index=1)


def with_a_panel(page: Page) -> None:
    page.locator(".cell[data-cell]").last.click()


def on_the_first_day(page: Page) -> None:
    choose_stop(page, 0)


def on_the_last_day(page: Page) -> None:
    choose_stop(page, len(stops_of(page)) - 1)


STATES: tuple[Callable[[Page], None], ...] = (
    filtered,
    of_a_kind,
    with_a_panel,
    on_the_first_day,
    on_the_last_day,
)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("reach", STATES, ids=lambda reach: reach.__name__)
def test_in_every_state_paper_says_its_day_and_what_was_left_out(
    open_page: OpenPage, gap_maps: GapMaps, reach: Callable[[Page], None]
) -> None:
    page = open_page(gap_maps.of(POLICY).file).page

    reach(page)

    words = "".join(printed(page))
    for part in ("#asked", "#finding", "#sentence", "#count"):
        assert squeeze(str(page.locator(part).text_content())) in words


def test_paper_is_light_where_the_screen_is_dark(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file, color_scheme="dark").page
    assert_spelled_out(assert_one_sheet(page), gap_map)

    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate(
        "['color', 'backgroundColor'].map(name => getComputedStyle(document.body)[name])"
    )
    assert colours == ["rgb(26, 26, 26)", "rgb(255, 255, 255)"]


@pytest.mark.exhaustive
def test_a_page_without_script_is_printed_with_all_its_views_the_map_on_the_first_sheet(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file, java_script_enabled=False).page

    sheets = printed(page, least=8)

    first, *others = sheets
    assert len(others) <= 4
    assert_spelled_out("".join(sheets), gap_map)
    shown = gap_map.matrix()
    for axis in ("roles", "levels"):
        assert all(squeeze(one["name"]) in first for one in shown[axis])
    assert squeeze("What is missing, worst first") in first
    # A view's head is on the sheet on which the view begins.
    for title, begins in (
        ("Instruments", "INTERREG European Territorial Cooperation"),
        ("Over time", "After 31 December 2020"),
        ("SWOT", "A strong cluster approach at EU level"),
    ):
        (sheet,) = (sheet for sheet in others if squeeze(begins) in sheet)
        assert squeeze(title) in sheet.partition(squeeze(begins))[0]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("view", ["time", "compare", "places", "instruments", "missing"])
@pytest.mark.parametrize("width", [1280, 1920])
def test_no_letter_of_any_view_is_too_small_on_paper(
    open_page: OpenPage, gap_maps: GapMaps, view: str, width: int
) -> None:
    gap_map = gap_maps.of(INDUSTRY)
    page = open_page(gap_map.file, viewport={"width": width, "height": 900}).page
    page.goto(f"{gap_map.file.as_uri()}?view={view}")

    assert squeeze(page.locator("h1").inner_text()) in printed(page, least=8)[0]
    if view == "time":
        # On the screen it is as wide as before.
        svg = page.locator("#strip svg")
        assert svg.evaluate("one => one.viewBox.baseVal.width === one.parentElement.clientWidth")


def test_no_word_runs_over_on_paper(open_page: OpenPage, gap_maps: GapMaps) -> None:
    page = open_page(page_of(gap_maps, "five")).page

    # As wide as the paper of A4 in landscape without its margins, at 96 pixels an inch.
    page.set_viewport_size({"width": 1031, "height": 718})
    page.emulate_media(media="print")

    assert overflowing(page, ".map :is(.cell, .names, .level, th), .missing p, .missing h3") == []
    assert "Donaudampfschifffahrtselektrizitätenhauptbetriebs" in "".join(printed(page, least=8))


@pytest.mark.exhaustive
def test_a_page_on_a_phone_is_printed_like_any(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file, viewport={"width": 320, "height": 640}).page

    assert_spelled_out(assert_one_sheet(page), gap_map)


LONG = "Cross-border internationalisation of small and medium-sized manufacturing clusters "


def large(
    roles: int, levels: int, *, name: str = "Role", sources: int = 3
) -> Mapping[str, object]:
    """Make a dataset of this size in which every cell has an instrument, a note and a share."""
    level_ids = [f"l{number}" for number in range(levels)]
    return {
        "title": (f"{name} of {roles} by {levels} " * 20)[:300].strip(),
        "as_of": "2020-01-01",
        "sources": {
            f"s{number}": {
                "title": f"Source number {number} with a title that fills a line and some more",
                "author": "Some Office for the Statistics of Regions",
                "url": f"https://example.org/a/long/address/of/a/document/number/{number}.html",
            }
            for number in range(sources)
        },
        "levels": [
            {"id": id_, "name": f"Level {id_}", "territories": "eu27"} for id_ in level_ids
        ],
        "roles": [
            {"id": f"r{number}", "name": f"{name} {number}"[:300]} for number in range(roles)
        ],
        "instruments": [
            {
                "id": f"i{number}",
                "name": f"The instrument number {number} with a name of its own",
                "covers": {
                    f"r{number}@{id_}": {
                        "territories": ["AT", "BE"],
                        "note": "Only for " + "some " * 14,
                    }
                    for id_ in level_ids
                },
            }
            for number in range(roles)
        ],
    }


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("1x1", {"levels": [{"id": "a", "name": "A"}], "roles": [{"id": "r", "name": "R"}]}),
        ("60x5", large(60, 5)),
        ("1x5", large(1, 5)),
        ("60x1", large(60, 1)),
        ("6x3-long", large(6, 3, name=(LONG * 4)[:290])),
        ("60x5-long", large(60, 5, name=LONG.strip())),
        ("6x3-unbroken", large(6, 3, name="W" * 290)),
        ("6x3-wide", large(6, 3, name="地区産業" * 70)),
        ("6x3-capitals", large(6, 3, name="MMMM WWWW " * 28)),
        ("sources", large(6, 3, sources=300)),
        ("everything", large(40, 5, name=LONG.strip(), sources=200)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_however_much_there_is_every_role_is_printed_whole(
    open_page: OpenPage, gap_maps: GapMaps, name: str, document: Mapping[str, object]
) -> None:
    gap_map = gap_maps.of(gap_maps.write(f"paper-{name}", document))
    page = open_page(gap_map.file).page

    assert_spelled_out("".join(printed(page)), gap_map)


def test_what_is_filtered_out_is_not_on_paper(open_page: OpenPage, gap_maps: GapMaps) -> None:
    page = open_page(gap_maps.of(DECK).file).page
    page.locator("#filters").evaluate("one => { one.open = true; }")
    page.check("input[name=role][value=social-economy]")

    words = assert_one_sheet(page)

    assert squeeze("Social economy") in words
    assert squeeze("Business driven innovation") not in words


@pytest.mark.exhaustive
def test_nothing_that_only_a_screen_can_do_is_on_paper(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(gap_maps.of(HOSTILE).file).page
    with_a_panel(page)

    words = assert_one_sheet(page)

    for button in (
        "Save what is shown",
        "Save all as JSON",
        "Link to this view",
        "Show all",
        "Close",
    ):
        assert squeeze(button) not in words
