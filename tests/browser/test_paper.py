"""On paper a gap map is one A4 page in landscape: the map, its legend, the date and the sources."""

import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdfium2 import PdfDocument

from clustergap.theme import DEFINITIONS
from gap_map import (
    ALL_DATA,
    DECK,
    HOSTILE,
    INDUSTRY,
    POLICY,
    WORDS,
    GapMap,
    GapMaps,
    choose_stop,
    name_data,
    stops_of,
)
from opened_page import OpenPage

A4 = (842, 595)  # points, in landscape


def squeeze(text: str) -> str:
    """Return the letters and digits alone: paper breaks lines and words."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def assert_one_sheet(page: Page) -> str:
    """Print one sheet of A4 with no letter beyond its edge; return its words without what is between them."""
    with PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True)) as document:
        assert len(document) == 1
        (sheet,) = document
        width, height = sheet.get_size()
        assert (round(width), round(height)) == A4
        words = sheet.get_textpage()
        boxes = [words.get_charbox(index) for index in range(words.count_chars())]
        assert all(left >= 0 and right <= width for left, _, right, _ in boxes)
        assert all(bottom >= 0 and top <= height for _, bottom, _, top in boxes)
        return squeeze(words.get_text_range())


def assert_spelled_out(words: str, gap_map: GapMap) -> None:
    """The legend, the date and the roles and levels are among the printed words."""
    dataset, cells = gap_map.dataset, gap_map.cells()
    for one, meaning in DEFINITIONS.items():
        assert squeeze(WORDS[one.value] + meaning) in words
    assert squeeze("would be a gap without one of its instruments") in words
    if dataset.as_of:
        assert squeeze(f"Date of the data: {dataset.as_of}") in words
    for name in {gap_map.role(cell["role"]) for cell in cells.values()}:
        if name.isascii():
            assert squeeze(name) in words


def assert_sources_are_told(words: str, gap_map: GapMap) -> None:
    """Every source is spelled out, or else it is said how many of them are; the first ones are, whatever else."""
    sources = [
        squeeze(f"{one.author or ''}{one.title}{one.url or ''}")
        for one in gap_map.dataset.sources.values()
    ]
    found = sum(source in words for source in sources)
    if found < len(sources):
        assert squeeze(f"{found} of {len(sources)} sources on paper.") in words
    assert found >= min(len(sources), 10)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", ALL_DATA, ids=name_data)
def test_a_gap_map_is_printed_on_one_sheet_with_legend_date_and_sources(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    gap_map = gap_maps.of(data)
    words = assert_one_sheet(open_page(gap_map.file).page)

    assert_spelled_out(words, gap_map)
    assert squeeze(gap_map.dataset.title) in words
    assert_sources_are_told(words, gap_map)


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


def with_everything_open(page: Page) -> None:
    page.check("#with-names")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")


STATES: tuple[Callable[[Page], None], ...] = (
    filtered,
    of_a_kind,
    with_a_panel,
    on_the_first_day,
    on_the_last_day,
    with_everything_open,
)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("reach", STATES, ids=lambda reach: reach.__name__)
def test_in_every_state_the_page_is_one_sheet_that_says_its_day(
    open_page: OpenPage, gap_maps: GapMaps, reach: Callable[[Page], None]
) -> None:
    page = open_page(gap_maps.of(POLICY).file).page

    reach(page)

    words = assert_one_sheet(page)
    assert squeeze(str(page.locator("#asked").text_content())) in words
    assert squeeze(str(page.locator("#summary").text_content())) in words


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
def test_a_page_without_script_is_printed_on_one_sheet(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file, java_script_enabled=False).page

    words = assert_one_sheet(page)

    assert_spelled_out(words, gap_map)
    assert_sources_are_told(words, gap_map)


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


@pytest.mark.sampled(3)
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
def test_however_much_there_is_it_is_one_sheet(
    open_page: OpenPage, gap_maps: GapMaps, name: str, document: Mapping[str, object]
) -> None:
    gap_map = gap_maps.of(gap_maps.write(f"paper-{name}", document))
    page = open_page(gap_map.file).page

    words = assert_one_sheet(page)

    assert_spelled_out(words, gap_map)
    assert_sources_are_told(words, gap_map)


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

    for button in ("Save shown as CSV", "Save all as JSON", "Link to this view", "Clear", "Close"):
        assert squeeze(button) not in words
