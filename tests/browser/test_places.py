"""Places show each country and region as ``matrix --in`` that place rates the chosen role and level, in tiles and in words."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Unpack

import pytest
from playwright.sync_api import Page

import oracle
from clustergap.answers.phrases import at_level
from clustergap.model.dataset import Level
from clustergap.reference.territories import COUNTRIES
from gap_map import (
    DECK,
    HOSTILE,
    INDUSTRY,
    POLICY,
    SHAPE,
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
from opened_page import Look, OpenedPage, OpenPage

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
    {SHAPE}
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
        found[`${one.value}@${other.value}`] = { tiles, regions, title: words(document.getElementById("places-title")) };
    }
    return JSON.stringify(found);
}""".replace("{SHAPE}", SHAPE)


def read_places(page: Page) -> Json:
    """Choose every cell and, of each, every country; read its tile and the list of its places."""
    return json.loads(page.evaluate(_READ_PLACES))


def tile_of(code: str) -> str:
    """Return the country of a place; what lies in none has a tile of its own."""
    is_in_one = code in COUNTRIES or oracle.lies_within(code, code[:2])
    return code[:2] if is_in_one and code[:2] in COUNTRIES else code


def tiles_of(gap_map: GapMap, level: Level) -> list[str]:
    """Return the tiles of a level as they lie: countries by name, then what is in none; the places of one country one by one."""
    units = [unit.code for unit in level.units if is_in(unit.code, gap_map.rate().query.place)]
    tiles = list(dict.fromkeys(map(tile_of, units)))
    if len(tiles) == 1:
        return units
    names = gap_map.dataset.place_names
    countries = [tile for tile in tiles if tile in COUNTRIES]
    own = [tile for tile in tiles if tile not in COUNTRIES]
    return sorted(countries, key=lambda tile: names[tile].casefold()) + own


def is_in(code: str, place: str | None) -> bool:
    return place is None or code == place or oracle.lies_within(code, place)


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
        assert list(one["tiles"]) == tiles_of(gap_map, level)
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
    role, place = id_.partition("@")[0], gap_map.rate().query.place
    expected = []
    for level in gap_map.rate().levels:
        units = [
            unit for unit in level.units if is_in(unit.code, country) and is_in(unit.code, place)
        ]
        rows = []
        for unit in units:
            look, word = look_of(rated[unit.code][f"{role}@{level.id}"])
            said = ": somewhere, whether here is not said" if look == "somewhere" else ""
            name = gap_map.dataset.place_names.get(unit.code, unit.code)
            rows.append([words_of(f"{word}{said} {name}"), look, look])
        if rows:
            expected.append([words_of(f"{gap_map.role(role)}, {at_level(level)}"), rows])
    assert lists == expected, (id_, country)


def open_places(
    open_page: OpenPage, gap_map: GapMap, asked: str = "", **look: Unpack[Look]
) -> OpenedPage:
    opened = open_page(gap_map.file, **look)
    opened.page.goto(f"{opened.address}?view=places{asked}")
    return opened


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", [DECK, INDUSTRY, HOSTILE], ids=name_data)
def test_every_place_is_rated_as_the_matrix_in_it(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    gap_map = gap_maps.of(data)
    opened = open_places(open_page, gap_map)

    assert_places_are_right(opened.page, gap_map, None)
    opened.assert_no_complaints()


def test_places_follow_the_day_and_the_kind(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(POLICY, "--level", "country")
    page = open_places(open_page, gap_map).page
    page.locator("#filters").evaluate("one => { one.open = true; }")
    kind = kinds_of(page)[1]

    choose_stop(page, 2)
    assert_places_are_right(page, gap_map, stops_of(page)[2][0])
    page.locator("#filters").evaluate("one => { one.open = true; }")
    page.select_option("#kind", kind)
    assert_places_are_right(page, gap_map, stops_of(page)[2][0], kind)


@pytest.mark.exhaustive
def test_units_of_any_sort_are_rated_as_the_matrix_in_them(
    open_page: OpenPage, gap_maps: GapMaps, custom: Path
) -> None:
    gap_map = gap_maps.of(custom)
    opened = open_places(open_page, gap_map)
    page = opened.page
    page.locator("#filters").evaluate("one => { one.open = true; }")

    for kind in kinds_of(page):
        page.locator("#filters").evaluate("one => { one.open = true; }")
        page.select_option("#kind", kind)
        for stop, (day, _) in enumerate(stops_of(page)):
            choose_stop(page, stop)
            assert_places_are_right(page, gap_map, day, kind)
    opened.assert_no_complaints()


def test_a_report_in_one_country_shows_its_regions(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(INDUSTRY, "--in", "BE")
    opened = open_places(open_page, gap_map)
    found = read_places(opened.page)

    for id_, one in found.items():
        level = id_.partition("@")[2]
        if level == "country":
            assert list(one["tiles"]) == ["BE"]
        else:
            assert len(one["tiles"]) == 11
    for code in ("BE10", "BE21", "BE32"):
        cell = gap_map.cells(place=code)["industry-4-0@region"]
        assert found["industry-4-0@region"]["tiles"][code][0] == cell["coverage"]
    opened.assert_no_complaints()


@pytest.mark.exhaustive
def test_a_level_called_constructor_has_no_places(open_page: OpenPage, gap_maps: GapMaps) -> None:
    """A script that looks names up in an object of its own finds some that nobody put there."""
    levels = [
        {"id": "constructor", "name": "C"},
        {"id": "land", "name": "L", "territories": ["AT"]},
    ]
    data = gap_maps.write("constructor", {"levels": levels, "roles": [{"id": "r", "name": "R"}]})
    opened = open_places(open_page, gap_maps.of(data))

    opened.page.click("[data-place=AT]")

    opened.assert_no_complaints()
    assert words_of(opened.page.locator("#regions li").text_content()) == "NONE Austria"


@pytest.mark.exhaustive
def test_a_place_keeps_the_name_that_its_level_gives_it(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    levels = [
        {"id": "a", "name": "A", "territories": [{"code": "RO11", "name": "North"}]},
        {"id": "b", "name": "B", "territories": ["RO11"]},
    ]
    data = gap_maps.write("names", {"levels": levels, "roles": [{"id": "r", "name": "R"}]})
    page = open_places(open_page, gap_maps.of(data), "&level=a").page

    page.click("[data-place=RO11]")

    assert words_of(page.locator("#regions li").first.text_content()) == "NONE North"


@pytest.mark.exhaustive
def test_data_without_territories_have_no_places(open_page: OpenPage, gap_maps: GapMaps) -> None:
    bare = {"levels": [{"id": "a", "name": "A"}], "roles": [{"id": "r", "name": "R"}]}
    opened = open_page(gap_maps.of(gap_maps.write("bare", bare)).file)

    assert opened.page.locator("[data-view=places], [data-view=compare]").count() == 0
    opened.page.goto(f"{opened.address}?view=places")
    assert "view places" in words_of(opened.page.locator("#count").text_content())
    opened.assert_no_complaints()


def test_what_is_somewhere_has_a_look_and_words_of_its_own_in_each_place(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    """Check 10: no place is painted that no source names."""
    opened = open_places(open_page, gap_maps.of(DECK), "&role=industry-4-0&level=country")
    page = opened.page

    assert page.locator(".tile").count() == 27
    assert page.locator(".tile.c-partial, .tile.c-full").count() == 0
    assert words_of(page.locator("[data-place=RO]").text_content()) == (
        "Romania not said: somewhere, whether here is not said"
    )
    assert words_of(page.locator("#place-somewhere").text_content()) == (
        "partial, somewhere. The source says “Not in every country” and names none."
    )
    page.select_option("#place-role", "internationalisation")
    assert words_of(page.locator("#place-somewhere").text_content()) == ""
    opened.assert_no_complaints()


def test_what_places_show_leads_to_its_panel(open_page: OpenPage, gap_maps: GapMaps) -> None:
    page = open_places(open_page, gap_maps.of(INDUSTRY), "&role=industry-4-0&level=region").page

    page.click("#place-why")

    assert "Industry 4.0" in words_of(page.locator("#panel-title").text_content())
    assert "#industry-4-0@region" in page.url


def test_a_cell_that_is_chosen_anywhere_is_what_places_show(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    """Check 18, and the other way round: what is chosen in Places changes a panel that is open."""
    page = open_places(open_page, gap_maps.of(INDUSTRY), "#industry-4-0@country").page
    title, panel = page.locator("#places-title"), page.locator("#panel-body")

    assert words_of(title.text_content()) == "Industry 4.0, country level: 15 of 27 countries"
    assert "15 of 27 countries" in words_of(panel.text_content())
    page.select_option("#place-level", "region")
    assert page.url.endswith("#industry-4-0@region")
    assert "19 of 244 regions" in words_of(panel.text_content())
    assert words_of(title.text_content()).startswith("Industry 4.0, region level: 19 of 244")


def test_what_places_show_is_in_the_address_of_the_view(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    opened = open_places(open_page, gap_maps.of(INDUSTRY))
    page = opened.page
    page.select_option("#place-role", "social-economy")
    page.select_option("#place-level", "region")
    shown = page.locator("#view-places").inner_text()

    page.goto(page.locator("#here").evaluate("one => one.href"))

    assert page.locator("#view-places").inner_text() == shown
    page.goto(f"{opened.address}?view=places&role=social-economy&level=eu")
    assert "level eu" in words_of(page.locator("#count").text_content())


@pytest.mark.sampled(2)
@pytest.mark.parametrize("data", [DECK, INDUSTRY, HOSTILE, POLICY], ids=name_data)
def test_places_open_with_the_words_that_stand_there_without_a_script(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    """One module says them in Python, one in the script; the same words in the same order."""
    gap_map = gap_maps.of(data)
    told = []
    for is_enabled in (False, True):
        page = open_places(open_page, gap_map, java_script_enabled=is_enabled).page
        parts = page.locator("#places-title, #place-somewhere p, #place-words :is(h3, p)")
        told.append([words_of(text) for text in parts.all_text_contents()])

    assert told[0] == told[1]
    assert len(told[0]) > 2


@pytest.mark.exhaustive
def test_a_grid_has_a_tile_of_its_own_for_each_country(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    """Of which none is smaller than 100 by 54 pixels, and the most northern stand highest."""
    asked = "&role=social-economy&level=country"
    page = open_places(
        open_page, gap_maps.of(DECK), asked, viewport={"width": 1280, "height": 900}
    ).page

    boxes = page.locator("#tiles [data-place]").evaluate_all(
        """all => Object.fromEntries(all.map(one => {
            const { x, y, width, height } = one.getBoundingClientRect();
            return [one.dataset.place, [x, y, width, height]];
        }))"""
    )

    assert len({(x, y) for x, y, _, _ in boxes.values()}) == len(boxes) == 27
    assert min(width for _, _, width, _ in boxes.values()) >= 100
    assert min(height for _, _, _, height in boxes.values()) >= 54
    assert boxes["SE"][1] == boxes["FI"][1] < boxes["EE"][1] < boxes["LV"][1] < boxes["MT"][1]
    assert boxes["PT"][0] < boxes["ES"][0] < boxes["IT"][0] < boxes["CY"][0]


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
    data = gap_maps.write("offices", {"levels": levels, "roles": [{"id": "r", "name": "R"}]})
    opened = open_places(open_page, gap_maps.of(data), viewport={"width": 390, "height": 844})
    page = opened.page

    names = page.locator("#own-tiles bdi").all_inner_texts()
    assert names == ["Development", "Ministry of Defence and Civil Protection", "Karlsborg", "06"]
    countries = page.locator("#tiles bdi").all_inner_texts()
    assert countries == [
        "Germany",
        "Iceland",
        "Liechtenstein",
        "Norway",
        "Switzerland",
        "United Kingdom",
    ]
    page.click("[data-place=DE]")
    assert page.locator("#regions li").count() == 1
    opened.assert_no_complaints()
