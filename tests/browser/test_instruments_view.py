"""The view of instruments: what it lists for each day and kind, what is found, and how it is operated."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from clustergap.answers.page_instruments import list_instruments
from gap_map import (
    DECK,
    HOSTILE,
    INDUSTRY,
    POLICY,
    GapMap,
    GapMaps,
    name_data,
    states_of,
    words_of,
)
from opened_page import OpenPage
from sampling import Sample

READ = """id => [...document.querySelectorAll(`#${id} tr:not(#about)`)].map(row =>
    [...row.cells].map((cell, at) => at === 0 ? cell.querySelector("bdi").textContent : cell.textContent))"""


def listed(page: Page, part: str) -> list[list[str]]:
    """Return the rows of a part of the list, whether shown or not, as they are read."""
    return [[words_of(text) for text in row] for row in page.evaluate(READ, part)]


def shown(page: Page) -> list[str]:
    """Return what the instruments are called that can be seen."""
    names: list[str] = page.locator("#view-instruments tbody tr:not(#about):visible bdi").evaluate_all(
        "all => all.filter(one => one.closest('th')).map(one => one.textContent)"
    )  # fmt: skip
    return names


def expected(
    gap_map: GapMap, day: str | None, kind: str
) -> tuple[list[list[str]], list[list[str]]]:
    """Return the rows that the answer words for a day and a kind."""
    return tuple(  # type: ignore[return-value]
        [
            [
                words_of(row.label),
                words_of(row.kind),
                words_of(row.dates),
                str(row.number or ""),
                words_of("; ".join(
                    f"{level} " + ", ".join(f"{one.name}{' !' if one.is_fragile else ''}" for one in own)
                    for level, own in row.serves
                ) or row.idle),
            ]
            for row in rows
        ]
        for rows in list_instruments(gap_map.rate(day, kind))
    )  # fmt: skip


@pytest.mark.sampled(2)
@pytest.mark.parametrize("data", [POLICY, DECK, HOSTILE, INDUSTRY], ids=name_data)
def test_on_any_day_and_for_any_kind_the_list_says_what_the_answer_says(
    open_page: OpenPage, gap_maps: GapMaps, data: Path, sample: Sample
) -> None:
    gap_map = gap_maps.of(data)
    page = open_page(gap_map.file).page

    dated = [state for state in states_of(page) if state.day]
    start = page.evaluate("data.start")
    for stop, day, kind, kind_id in [
        *(state for state in dated if (state.stop, state.kind) == (start, 0)),
        *sample(dated, 4),
    ]:
        page.evaluate("""([kind, stop]) => {
            inList.showsIdle = true;
            ask({ view: "instruments", kind, stop });
        }""", [kind, stop])  # fmt: skip
        seen = set(shown(page))
        serving, idle = (
            [row for row in listed(page, part) if row[0] in seen] for part in ("serving", "idle")
        )
        assert (serving, idle) == expected(gap_map, day, kind_id)


def test_before_its_script_runs_the_page_lists_the_same(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(POLICY)
    page = open_page(gap_map.file, java_script_enabled=False).page

    view = page.locator("#view-instruments")
    rows = view.locator("tbody tr").all_inner_texts()
    serving, others = list_instruments(gap_map.rate())

    assert len(rows) == len(serving) + len(others)
    assert [row.label in text for row, text in zip((*serving, *others), rows, strict=True)] == [True] * len(rows)  # fmt: skip
    assert view.locator("button:visible, input:visible, select:visible, a:visible").count() == 0


def test_what_is_typed_is_found_in_names_bodies_roles_places_and_sources(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    sources = {"s": {"title": "Report of the Øresund committee"}}
    levels = [{"id": "country", "name": "Country", "territories": ["RO", "CZ"]}]
    covers = {"a@country": {"extent": "full", "territories": ["RO"]}}
    instruments = [
        {"id": "one", "name": "Fónd pro město", "short": "FM", "managing_body": "Ministry of Łódź", "covers": covers},
        {"id": "two", "name": "Second", "sources": [{"ref": "s"}], "covers": {"b@country": "full"}},
    ]  # fmt: skip
    roles = [{"id": "a", "name": "Alpha"}, {"id": "b", "name": "Beta"}]
    data = gap_maps.write("found", {"sources": sources, "levels": levels, "roles": roles, "instruments": instruments})  # fmt: skip
    page = open_page(gap_maps.of(data).file).page
    page.click("#tabs [data-view=instruments]")

    found: Mapping[str, list[str]] = {
        "mesto": ["FM"],
        "FOND město": ["FM"],
        "lodz": ["FM"],
        "romania": ["FM"],
        "alpha": ["FM"],
        "beta": ["Second"],
        "oresund": ["Second"],
        "alpha second": [],
        "": ["FM", "Second"],
    }
    for words, names in found.items():
        page.fill("#instruments-query", words)
        assert shown(page) == names, words
    page.fill("#instruments-query", "beta")
    assert page.locator("#instruments-count").inner_text() == "1 of 2 serving a role shown."
    page.reload()
    assert shown(page) == ["Second"]
    assert page.locator("#instruments-query").input_value() == "beta"


def test_kind_and_level_narrow_the_list_and_stand_in_the_address(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(gap_maps.of(POLICY).file).page
    page.click("#tabs [data-view=instruments]")

    page.select_option("#instruments-level", "country")
    assert all("Country" in text for text in page.locator("#serving tr:visible").all_inner_texts())
    assert len(shown(page)) == 2
    page.select_option("#instruments-level", "")
    page.select_option("#instruments-kind", label="Network")

    assert shown(page) == ["EEN", "EDIH"]
    assert "kind=network" in page.url
    page.reload()
    assert shown(page) == ["EEN", "EDIH"]


def test_what_serves_no_role_is_behind_one_link_with_its_count(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    gap_map = gap_maps.of(POLICY)
    serving, others = list_instruments(gap_map.rate())
    page = open_page(gap_map.file).page
    page.click("#tabs [data-view=instruments]")

    button = page.locator("#idle-shown")
    assert button.inner_text() == f"{len(others)} more not in force or serving no role"
    assert len(shown(page)) == len(serving)
    button.press("Enter")

    assert len(shown(page)) == len(serving) + len(others)
    assert button.get_attribute("aria-expanded") == "true"


def test_an_address_opens_the_view_at_its_instrument(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(gap_maps.of(POLICY).file).page
    page.goto(f"{page.url}#h2020")

    row = page.locator("#view-instruments tr.opened")
    assert row.is_visible()
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#h2020"
    assert page.locator("#about").is_visible()
    page.reload()
    assert page.locator("#view-instruments tr.opened").is_visible()
    page.locator("#serving a").first.click()
    assert page.url.endswith(page.locator("#serving a").first.get_attribute("href") or "?")


def test_the_keyboard_opens_and_closes_an_instrument(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(gap_maps.of(POLICY).file).page
    page.click("#tabs [data-view=instruments]")
    page.focus("#instruments-level")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    first = page.locator("#serving a").first
    assert first.evaluate("one => one === document.activeElement")

    page.keyboard.press("Enter")
    assert page.locator("#about").is_visible()
    assert first.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Enter")

    assert page.locator("#about").count() == 0
    assert first.evaluate("one => one === document.activeElement")
    assert "#" not in page.url


def test_of_more_than_200_only_100_are_drawn_until_one_searches(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    instruments: list[Any] = [
        {"id": f"i-{n}", "name": f"Programme {n}", "covers": {"a@eu": "full"}} for n in range(201)
    ]
    document = {
        "levels": [{"id": "eu", "name": "EU"}],
        "roles": [{"id": "a", "name": "Alpha"}],
        "instruments": instruments,
    }
    data = gap_maps.write("many-instruments", document)
    file = gap_maps.of(data).file
    page = open_page(file).page
    page.click("#tabs [data-view=instruments]")

    assert len(shown(page)) == 100
    page.fill("#instruments-query", "programme 20")
    assert shown(page) == ["Programme 20", "Programme 120", "Programme 200"]
    page.fill("#instruments-query", "")
    page.click("#instruments-all")
    assert len(shown(page)) == 201
    assert open_page(file, java_script_enabled=False).page.locator("#serving tr:visible").count() == 201  # fmt: skip
