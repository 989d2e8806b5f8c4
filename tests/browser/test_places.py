"""The places view colours each country and region as ``matrix --in`` that place rates the chosen cell."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

import oracle
from clustergap.reference.territories import COUNTRIES
from gap_map import (
    DECK,
    HOSTILE,
    INDUSTRY,
    POLICY,
    WORDS,
    GapMap,
    GapMaps,
    Json,
    choose_stop,
    kinds_of,
    name_data,
    stops_of,
    words_of,
)
from opened_page import OpenPage

CUSTOM: Mapping[str, object] = {
    "as_of": "2020-06-30",
    # Countries that are only ancestors, places within a place of the data's own, and places of its own that begin like a country.
    "levels": [
        {"id": "world", "name": "World"},
        {"id": "mixed", "name": "Mixed", "territories": ["RO12", "DEFENCE", "RO11-B", "XK-A", "HQ-1", "BG3", "HQ-2"]},
        {"id": "none", "name": "None"},
        {"id": "named", "name": "Named", "territories": [{"code": "RO12", "name": "<b>North</b>"}, "DE"]},
    ],
    "roles": [{"id": "alpha", "name": "Alpha"}, {"id": "full", "name": "Full"}],
    "kinds": [{"id": "a", "name": "A"}, {"id": "constructor", "name": "B"}],
    "instruments": [
        {
            "id": "one",
            "name": "One",
            "kind": "a",
            "covers": {
                "alpha@mixed": {"territories": ["RO1", "XK", "HQ"], "starts": "2019"},
                "full@named": {"extent": "partial", "territories": ["DE"]},
                "full@mixed": "full",
            },
        },
        {
            "id": "two",
            "name": "Two",
            "kind": "constructor",
            "starts": "2020",
            "covers": {
                "alpha@mixed": {"territories": {"except": ["RO12", "DEFENCE", "BG"]}},
                "full@named": {"territories": ["RO"]},
            },
        },
    ],
    "observations": {"alpha@named": {"extent": "partial", "note": "Not everywhere"}},
    "assessed": {"alpha@mixed": ["RO12", "RO11", "XK-A", "HQ-1", "DEFENCE"], "full@named": ["RO12"]},
}  # fmt: skip


@pytest.fixture(scope="session")
def custom(gap_maps: GapMaps) -> Path:
    return gap_maps.write("places", CUSTOM)


_READ_PLACES = """() => {
    const words = element => element.textContent.split(/\\s+/).filter(Boolean).join(" ");
    const coverage = element => element.className.match(/\\bc-\\w+/)[0].slice(2);
    const shape = element => element.querySelector("use").getAttribute("href").slice(1);
    const found = {};
    const role = document.getElementById("place-role"), level = document.getElementById("place-level");
    for (const one of role.options) for (const other of level.options) {
        for (const [select, value] of [[role, one.value], [level, other.value]]) {
            select.value = value;
            select.dispatchEvent(new Event("change", { bubbles: true }));
        }
        const tiles = {}, regions = {};
        for (const code of [...document.querySelectorAll(".tiles [data-place]")].map(tile => tile.dataset.place)) {
            const tile = document.querySelector(`.tiles [data-place="${code}"]`);
            tiles[code] = [coverage(tile), shape(tile), words(tile.querySelector("b"))];
            if (tile.getAttribute("aria-pressed") !== "true") tile.click();
            const titles = [...document.querySelectorAll("#regions h4")].map(words);
            const lists = [...document.querySelectorAll("#regions ul")];
            regions[code] = titles.map((title, index) => [title, [...lists[index].children].map(row => [
                words(row), coverage(row.querySelector("[class*=c-]")), shape(row),
            ])]);
            tile.click();
        }
        found[`${one.value}@${other.value}`] = { tiles, regions, why: words(document.getElementById("place-why")) };
    }
    return JSON.stringify(found);
}"""


def read_places(page: Page) -> Json:
    """Choose every cell and, of each, every country; read its tile and the list of its places."""
    return json.loads(page.evaluate(_READ_PLACES))


def tile_of(code: str) -> str:
    """Return the country of a place; what lies in none has a tile of its own."""
    is_in_one = code in COUNTRIES or oracle.lies_within(code, code[:2])
    return code[:2] if is_in_one and code[:2] in COUNTRIES else code


def assert_places_are_right(page: Page, gap_map: GapMap, day: str | None, kind: str = "") -> None:
    found = read_places(page)
    levels = [level for level in gap_map.rate().levels if level.units]
    codes = {code for one in found.values() for code in one["tiles"]}
    codes |= {unit.code for level in levels for unit in level.units}
    rated = {code: gap_map.cells(day, kind, code) for code in codes}

    assert list(found) == [
        f"{role.id}@{level.id}" for role in gap_map.rate().roles for level in levels
    ]
    for id_, one in found.items():
        level = next(level for level in levels if level.id == id_.partition("@")[2])
        tiles = list(dict.fromkeys(tile_of(unit.code) for unit in level.units))
        assert list(one["tiles"]) == sorted(tiles, key=lambda tile: tile not in COUNTRIES)
        for code, (coverage, shape, word) in one["tiles"].items():
            look, expected_word = look_of(rated[code][id_])
            assert (coverage, shape, word) == (look, look, expected_word), (id_, code, day)
            assert_regions_are_right(gap_map, id_, code, one["regions"][code], rated)


def look_of(cell: Json) -> tuple[str, str]:
    """Say how a place looks that is rated so, and in which word."""
    coverage = cell["coverage"]
    if coverage == "unknown" and cell["where_not_said"]:
        return "somewhere", "not said"
    return coverage, WORDS[coverage]


def assert_regions_are_right(
    gap_map: GapMap, id_: str, country: str, lists: Json, rated: Json
) -> None:
    role = id_.partition("@")[0]
    levels = [
        (
            level,
            [
                unit
                for unit in level.units
                if unit.code == country or oracle.lies_within(unit.code, country)
            ],
        )
        for level in gap_map.rate().levels
    ]
    expected = []
    for level, units in levels:
        rows = []
        for unit in units:
            look, word = look_of(rated[unit.code][f"{role}@{level.id}"])
            name = unit.code if unit.name == unit.code else f"{unit.name} ({unit.code})"
            said = ": somewhere, whether here is not said" if look == "somewhere" else ""
            rows.append([words_of(f"{word}{said} {name}"), look, look])
        if rows:
            expected.append([words_of(f"{gap_map.role(role)} at {level.name}"), rows])
    assert lists == expected, (id_, country)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", [DECK, INDUSTRY, HOSTILE], ids=name_data)
def test_every_place_is_rated_as_the_matrix_in_it(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    gap_map = gap_maps.of(data)
    opened = open_page(gap_map.file)
    opened.page.click("[data-view=places]")

    assert_places_are_right(opened.page, gap_map, None)
    opened.assert_no_complaints()


def test_places_follow_the_day_and_the_kind(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(POLICY, "--level", "country")
    page = open_page(gap_map.file).page
    page.click("[data-view=places]")
    page.locator("#filters").evaluate("one => { one.open = true; }")
    kind = kinds_of(page)[1]

    choose_stop(page, 2)
    assert_places_are_right(page, gap_map, stops_of(page)[2][0])
    page.select_option("#kind", kind)
    assert_places_are_right(page, gap_map, stops_of(page)[2][0], kind)


@pytest.mark.exhaustive
def test_units_of_any_sort_are_rated_as_the_matrix_in_them(
    open_page: OpenPage, gap_maps: GapMaps, custom: Path
) -> None:
    gap_map = gap_maps.of(custom)
    opened = open_page(gap_map.file)
    page = opened.page
    page.click("[data-view=places]")
    page.locator("#filters").evaluate("one => { one.open = true; }")

    for kind in kinds_of(page):
        page.select_option("#kind", kind)
        for stop, (day, _) in enumerate(stops_of(page)):
            choose_stop(page, stop)
            assert_places_are_right(page, gap_map, day, kind)
    opened.assert_no_complaints()


def test_a_report_in_one_country_shows_its_regions(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(INDUSTRY, "--in", "BE")
    opened = open_page(gap_map.file)
    opened.page.click("[data-view=places]")
    found = read_places(opened.page)

    for id_, one in found.items():
        assert list(one["tiles"]) == ["BE"]
        cell = gap_map.cells()[id_]
        assert one["tiles"]["BE"][0] == cell["coverage"]
    regions = [row[0] for row in found["industry-4-0@region"]["regions"]["BE"][-1][1]]
    rated = {code: gap_map.cells(place=code) for code in ("BE10", "BE21", "BE32")}
    for code, cells in rated.items():
        (row,) = (row for row in regions if f"({code})" in row)
        assert row.startswith(WORDS[cells["industry-4-0@region"]["coverage"]])
    opened.assert_no_complaints()


@pytest.mark.exhaustive
def test_a_level_called_constructor_has_no_places(open_page: OpenPage, gap_maps: GapMaps) -> None:
    """A script that looks names up in an object of its own finds some that nobody put there."""
    levels = [
        {"id": "constructor", "name": "C"},
        {"id": "land", "name": "L", "territories": ["AT"]},
    ]
    data = gap_maps.write("constructor", {"levels": levels, "roles": [{"id": "r", "name": "R"}]})
    opened = open_page(gap_maps.of(data).file)

    opened.page.click("[data-view=places]")
    opened.page.click("[data-place=AT]")

    opened.assert_no_complaints()
    assert words_of(opened.page.locator("#regions li").text_content()) == "NONE AT"


@pytest.mark.exhaustive
def test_a_place_keeps_the_name_that_its_level_gives_it(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    levels = [
        {"id": "a", "name": "A", "territories": [{"code": "RO11", "name": "North"}]},
        {"id": "b", "name": "B", "territories": ["RO11"]},
    ]
    data = gap_maps.write("names", {"levels": levels, "roles": [{"id": "r", "name": "R"}]})
    page = open_page(gap_maps.of(data).file).page

    page.click("[data-view=places]")
    page.click("[data-place=RO]")

    assert words_of(page.locator("#regions li").first.text_content()) == "NONE North (RO11)"


@pytest.mark.exhaustive
def test_data_without_territories_has_no_places_view(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    bare = {"levels": [{"id": "a", "name": "A"}], "roles": [{"id": "r", "name": "R"}]}
    opened = open_page(gap_maps.of(gap_maps.write("bare", bare)).file)

    assert opened.page.locator("[data-view]").evaluate_all(
        "all => all.map(one => one.dataset.view)"
    ) == [
        "matrix",
        "list",
    ]
    opened.assert_no_complaints()


def test_what_is_somewhere_has_a_look_and_words_of_its_own_in_each_place(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    opened = open_page(gap_maps.of(DECK).file)
    page = opened.page
    page.click("[data-view=places]")
    page.select_option("#place-level", "country")
    unsaid = page.locator("#place-unsaid")

    page.select_option("#place-role", "internationalisation")
    assert unsaid.is_hidden()
    page.select_option("#place-role", "industry-4-0")
    tile = page.locator("[data-place=RO]")
    assert words_of(tile.text_content()) == (
        "RO Romania not said: somewhere, whether here is not said"
    )
    assert words_of(unsaid.text_content()) == (
        "not said somewhere, whether here is not said: Not in every country"
    )
    opened.assert_no_complaints()


def test_the_cell_of_the_places_leads_to_its_panel(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(INDUSTRY)
    page = open_page(gap_map.file).page
    page.click("[data-view=places]")
    page.select_option("#place-role", "industry-4-0")
    page.select_option("#place-level", "region")

    page.click("#place-why a")

    assert page.locator("#panel-title").text_content() == "Industry 4.0 at Region"


@pytest.mark.exhaustive
def test_a_grid_has_a_tile_of_its_own_for_each_country(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(gap_maps.of(DECK).file, viewport={"width": 1280, "height": 900}).page
    page.click("[data-view=places]")

    boxes = page.locator("#tiles [data-place]").evaluate_all(
        "all => all.map(one => { const { x, y } = one.getBoundingClientRect(); return `${x} ${y}`; })"
    )

    assert len(boxes) == 27
    assert len(set(boxes)) == 27


def test_places_of_the_datas_own_have_a_tile_each_with_its_name_in_file_order(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    own = [
        {"code": "DEVELOPMENT", "name": "Development"},
        {"code": "DEFENCE", "name": "Ministry of Defence and Civil Protection"},
        {"code": "BM-KA", "name": "Karlsborg"},
        "06",
    ]
    levels = [{"id": "office", "name": "Office", "territories": ["DE", *own, "uk", "efta"]}]
    data = gap_maps.write("own", {"levels": levels, "roles": [{"id": "r", "name": "R"}]})
    opened = open_page(gap_maps.of(data).file, viewport={"width": 390, "height": 844})
    page = opened.page

    page.click("[data-view=places]")

    names = page.locator("#own-tiles .name").evaluate_all("all => all.map(one => one.innerText)")
    assert names == ["Development", "Ministry of Defence and Civil Protection", "Karlsborg", "06"]
    countries = page.locator("#tiles .code").evaluate_all("all => all.map(one => one.innerText)")
    assert countries == ["DE", "UK", "CH", "IS", "LI", "NO"]
    page.click("[data-place=DE]")
    assert page.locator("#regions li").count() == 1
    opened.assert_no_complaints()
