"""Filters hide cells, and say how many are left; a kind asks another question."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page

from gap_map import (
    DECK,
    HOSTILE,
    INDUSTRY,
    WORDS,
    GapMap,
    GapMaps,
    Json,
    cell_text,
    choose_stop,
    listed_cells,
    read_state,
    shown_cells,
    stops_of,
    words_of,
)
from opened_page import OpenPage

Filters = Mapping[str, tuple[str, ...]]
CHOICES: tuple[Filters, ...] = (
    {"coverage": ("none",)},
    {"coverage": ("none", "partial")},
    {"coverage": ("unknown",)},
    {"level": ("region",)},
    {"level": ("eu", "region")},
    {"role": ("social-economy",)},
    {"role": ("social-economy", "industry-4-0"), "level": ("country",)},
    {"coverage": ("full",), "level": ("region",), "role": ("circular-economy", "industry-4-0")},
    {"coverage": ("full", "partial", "none", "unknown"), "level": ("eu", "country", "region")},
)


def check(page: Page, filters: Filters) -> None:
    """Tick the boxes, as a click does."""
    page.locator("#filters").evaluate("one => { one.open = true; }")
    for name, values in filters.items():
        for value in values:
            page.check(f"input[name={name}][value={value}]")


def passing(cells: Json, filters: Filters) -> list[str]:
    return [
        id_
        for id_, cell in cells.items()
        if all(cell[name] in values for name, values in filters.items())
    ]


def count(cells: Json, filters: Filters) -> str:
    """Say how many are shown, the worst first."""
    coverages = [cells[id_]["coverage"] for id_ in passing(cells, filters)]
    kinds = [
        f"{coverages.count(one)} {WORDS[one]}"
        for one in ("none", "partial", "unknown", "full")
        if one in coverages
    ]
    return f"{len(coverages)} of {len(cells)} pairs of role and level shown: {', '.join(kinds)}."


def test_only_the_cells_that_were_chosen_are_shown_and_counted(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(INDUSTRY)
    cells = gap_map.cells()
    opened = open_page(gap_map.file)
    page = opened.page

    for filters in CHOICES:
        page.locator("#clear").evaluate("button => button.click()")
        page.click("[data-view=map]")
        check(page, filters)
        told = str(page.locator("#count").text_content())
        expected = passing(cells, filters)

        assert shown_cells(page) == expected, filters
        assert told.startswith(
            count(cells, filters) if expected else "0 of 18 pairs of role and level shown"
        )
        page.click("[data-view=missing]")
        gaps = [id_ for id_ in expected if cells[id_]["coverage"] in ("none", "partial")]
        assert sorted(listed_cells(page)) == sorted(gaps), filters
    opened.assert_no_complaints()


def test_a_filter_of_coverage_follows_the_day(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file).page
    filters = {"coverage": ("none",)}
    check(page, filters)

    for stop, (day, _) in enumerate(stops_of(page)):
        choose_stop(page, stop)
        cells = gap_map.cells(day)

        assert shown_cells(page) == passing(cells, filters)
        assert page.locator("#count").text_content() == count(cells, filters)


def test_a_kind_narrows_the_question_and_filters_what_is_left(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(DECK)
    cells = gap_map.cells(kind="network")
    page = open_page(gap_map.file).page
    filters = {"coverage": ("full",)}

    check(page, filters)
    page.select_option("#kind", "network")

    assert cells != gap_map.cells()
    assert shown_cells(page) == passing(cells, filters)
    texts = {id_: one["text"] for id_, one in read_state(page)["cells"].items()}
    assert texts == {id_: cell_text(gap_map, one) for id_, one in cells.items()}
    assert "only network" in str(page.locator("#asked").text_content())


@pytest.mark.exhaustive
def test_the_kinds_that_are_offered_are_those_of_counted_instruments(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file).page
    used = {one.kind for one in gap_map.dataset.instruments if one.covers}

    offered = page.locator("#kind option").evaluate_all("all => all.map(one => one.value)")
    names = page.locator("#kind option").all_text_contents()

    assert offered == ["", *(kind.id for kind in gap_map.dataset.kinds if kind.id in used)]
    assert names[1:] == [kind.name for kind in gap_map.dataset.kinds if kind.id in used]


@pytest.mark.exhaustive
def test_one_kind_is_no_choice(open_page: OpenPage, gap_maps: GapMaps) -> None:
    page = open_page(gap_maps.of(HOSTILE).file).page

    assert page.locator("#kind").count() == 0


def test_clear_shows_all_again_on_the_day_asked_for(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file).page
    before = read_state(page)
    check(page, {"coverage": ("none",), "level": ("eu",), "role": ("social-economy",)})
    page.select_option("#kind", "network")
    choose_stop(page, 1)
    assert read_state(page) != before

    page.click("#clear")

    assert read_state(page) == before
    assert shown_cells(page) == list(gap_map.cells())
    assert page.locator("input[type=checkbox]:checked").count() == 0
    assert page.locator("#kind").input_value() == ""


@pytest.mark.exhaustive
def test_boxes_that_are_unticked_show_their_cells_again(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file).page
    check(page, {"coverage": ("none",), "level": ("region",)})

    page.uncheck("input[name=coverage][value=none]")
    assert shown_cells(page) == passing(gap_map.cells(), {"level": ("region",)})

    page.uncheck("input[name=level][value=region]")
    assert shown_cells(page) == list(gap_map.cells())


def test_hostile_names_are_filtered_by_like_any(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(HOSTILE)
    cells = gap_map.cells()
    opened = open_page(gap_map.file)
    filters = {"role": ("formula", "persian"), "coverage": ("none", "partial", "unknown")}

    check(opened.page, filters)

    assert shown_cells(opened.page) == passing(cells, filters)
    assert opened.page.locator("#count").text_content() == count(cells, filters)
    opened.assert_no_complaints()


def test_the_legend_counts_and_filters(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(DECK)
    cells = gap_map.cells()
    page = open_page(gap_map.file).page
    button = page.locator(".legend button", has_text="NONE")
    assert words_of(button.text_content()) == count(cells, {"coverage": ("none",)}).split(": ")[
        1
    ].rstrip(".")

    button.click()

    assert button.get_attribute("aria-pressed") == "true"
    assert shown_cells(page) == passing(cells, {"coverage": ("none",)})
    button.click()
    assert shown_cells(page) == list(cells)


@pytest.mark.parametrize("tool", ["filters", "days", "take"])
@pytest.mark.parametrize("width", [375, 1280])
def test_an_open_tool_hides_nothing_of_the_map(
    open_page: OpenPage, gap_maps: GapMaps, tool: str, width: int
) -> None:
    page = open_page(gap_maps.of(DECK).file, viewport={"width": width, "height": 900}).page

    page.click(f"#{tool} summary")

    assert page.locator(f"#{tool} .tool").is_visible()
    hidden = page.evaluate(
        """() => [...document.querySelectorAll(".cell")].filter(cell => {
            cell.scrollIntoView({ block: "center" });
            const { x, y, width, height } = cell.getBoundingClientRect();
            return !cell.contains(document.elementFromPoint(x + width / 2, y + height / 2));
        }).map(cell => cell.dataset.cell)"""
    )
    assert hidden == []


def shown_rows(page: Page) -> list[str]:
    return page.locator(".map tbody th[scope=row]:visible").all_text_contents()


@pytest.mark.exhaustive
def test_rows_and_columns_without_a_cell_go(open_page: OpenPage, gap_maps: GapMaps) -> None:
    gap_map: GapMap = gap_maps.of(DECK)
    page = open_page(gap_map.file).page

    check(page, {"level": ("region",), "role": ("social-economy",)})

    assert shown_rows(page) == [gap_map.role("social-economy")]
    columns = page.locator(".map thead th:visible").all_text_contents()
    assert len(columns) == 2
    assert columns[1].startswith(gap_map.level("region"))
