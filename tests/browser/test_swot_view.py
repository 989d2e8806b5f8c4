"""The SWOT of the page is that of the command line, and its cells show their state and lead to their panels."""

import json
from pathlib import Path

import pytest

from gap_map import (
    ALL_DATA,
    DECK,
    HOSTILE,
    INDUSTRY,
    WORDS,
    GapMap,
    GapMaps,
    Json,
    each_state,
    name_data,
    read_states,
    words_of,
)
from opened_page import OpenPage
from running import run

QUADRANTS = ("strengths", "weaknesses", "opportunities", "threats")


def swot_of(gap_map: GapMap) -> Json:
    done = run("swot", "--data", str(gap_map.data), *gap_map.options, "-q", "-f", "json")
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("data", "options"),
    [
        (DECK, ()),
        (HOSTILE, ()),
        (DECK, ("--level", "region")),
        (DECK, ("--role", "social-economy")),
    ],
    ids=str,
)
def test_every_item_is_there_in_its_quadrant(
    open_page: OpenPage, gap_maps: GapMaps, data: Path, options: tuple[str, ...]
) -> None:
    gap_map = gap_maps.of(data, *options)
    swot = swot_of(gap_map)
    page = open_page(gap_map.file).page
    page.click("[data-view=swot]")

    for name in QUADRANTS:
        quadrant = page.locator("#view-swot section").filter(
            has=page.locator("h3", has_text=name.capitalize())
        )
        items = [words_of(one) for one in quadrant.locator("li").all_inner_texts()]
        assert len(items) == len(swot[name])
        for text, item in zip(items, swot[name], strict=True):
            assert text.startswith(words_of(item["text"]))
            for axis, named in (("roles", gap_map.role), ("levels", gap_map.level)):
                assert all(words_of(named(id_)) in text for id_ in item[axis])
            assert all(words_of(gap_map.label[id_]) in text for id_ in item["instruments"])


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", [DECK, HOSTILE], ids=name_data)
def test_the_cells_of_an_item_show_their_state_on_every_day(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    gap_map = gap_maps.of(data)
    swot = swot_of(gap_map)
    ids = [cell["cell"] if isinstance(cell, dict) else cell for name in QUADRANTS
           for item in swot[name] for cell in item["cells"]]  # fmt: skip
    opened = open_page(gap_map.file)

    for day, kind, state in each_state(read_states(opened.page)):
        cells = gap_map.cells(day, kind)
        assert [chip["cell"] for chip in state["chips"]] == ids
        for chip in state["chips"]:
            cell = cells[chip["cell"]]
            coverage = cell["coverage"]
            assert chip["coverage"].split()[-1] == f"c-{coverage}"
            assert chip["shape"] == coverage
            assert chip["text"] == words_of(f"{gap_map.cell_name(cell)}: {WORDS[coverage]}")
    opened.assert_no_complaints()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", [DECK, HOSTILE], ids=name_data)
def test_a_link_of_an_item_leads_to_its_panel_and_back(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    gap_map = gap_maps.of(data)
    page = open_page(gap_map.file).page
    page.click("[data-view=swot]")
    link = page.locator("#view-swot a[href*='@']").first
    role, _, level = str(link.get_attribute("href")).removeprefix("#").partition("@")
    name = gap_map.role(role) if role else f"{gap_map.level(level)} level"

    link.click()
    assert words_of(page.locator("#panel-title").text_content()) == words_of(name)

    page.keyboard.press("Escape")
    assert link.evaluate("one => one === document.activeElement")


@pytest.mark.exhaustive
def test_data_without_a_swot_has_no_view_of_it(open_page: OpenPage, gap_maps: GapMaps) -> None:
    bare = [data for data in ALL_DATA if not (data / "swot.yaml").exists()]
    assert INDUSTRY in bare

    opened = open_page(gap_maps.of(INDUSTRY).file)

    assert opened.page.locator("#view-swot, [data-view=swot]").count() == 0
    opened.assert_no_complaints()


@pytest.mark.exhaustive
def test_a_swot_without_items_says_so(open_page: OpenPage, gap_maps: GapMaps) -> None:
    bare = {"levels": [{"id": "a", "name": "A"}], "roles": [{"id": "r", "name": "R"}]}
    data = gap_maps.write(
        "no-items", bare, {"strengths": [{"id": "s1", "text": "One", "cells": ["r@a"]}]}
    )
    page = open_page(gap_maps.of(data).file).page

    page.click("[data-view=swot]")

    assert page.locator("#view-swot section").count() == 4
    assert page.locator("#view-swot").get_by_text("None.", exact=True).count() == 3
