"""What a screen reader is told: of the table, of what is chosen and open, and of what changes."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize

from clustergap.text import short_day
from gap_map import DECK, INDUSTRY, GapMaps, choose_stop, stops_of
from odd_data import page_of
from odd_page import (
    Act,
    ax_nodes,
    choose,
    filter_by,
    first_cell,
    first_column,
    first_row,
    name_of,
    role_of,
    show,
    start_again,
    unfold,
)
from opened_page import OpenPage

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 375, "height": 700}
BOTH = pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["desktop", "phone"])

STATES: dict[str, Act] = {
    "map": start_again,
    "list": show("missing"),
    "SWOT": show("swot"),
    "places": show("places"),
    "filters": unfold,
    "gap": first_cell("none"),
    "partial": first_cell("partial"),
    "full": first_cell("full"),
    "row": first_row,
    "column": first_column,
}

Row = tuple[tuple[str, str], ...]


@pytest.fixture
def deck(open_page: OpenPage, gap_maps: GapMaps) -> Page:
    return open_page(gap_maps.of(DECK).file, viewport=WIDE).page


@pytest.mark.sampled(1)
@BOTH
def test_the_matrix_is_a_table_with_headers(
    open_page: OpenPage, gap_maps: GapMaps, viewport: ViewportSize
) -> None:
    gap_map = gap_maps.of(DECK)
    shown = gap_map.matrix()
    levels = [gap_map.level(level["id"]) for level in shown["levels"]]
    roles = [gap_map.role(role["id"]) for role in shown["roles"]]

    head, *rows = _rows(open_page(gap_map.file, viewport=viewport).page)

    assert [role for role, _ in head] == ["columnheader"] * (len(levels) + 1)
    for (_, name), named in zip(head, ["Role", *levels], strict=True):
        assert name.startswith(named)
    assert [[role for role, _ in row] for row in rows] == [
        ["rowheader", *["cell"] * len(levels)] for _ in roles
    ]
    assert [row[0][1] for row in rows] == roles


@pytest.mark.exhaustive
@BOTH
def test_each_cell_stands_under_its_level_when_levels_are_filtered(
    open_page: OpenPage, gap_maps: GapMaps, viewport: ViewportSize
) -> None:
    gap_map = gap_maps.of(DECK)
    page = open_page(gap_map.file, viewport=viewport).page

    filter_by("level", "country")(page)

    rows = _rows(page)
    assert {len(row) for row in rows} == {2}
    role, name = rows[0][1]
    assert role == "columnheader"
    assert name.startswith(gap_map.level("country"))


@pytest.mark.sampled(1)
@BOTH
def test_a_cell_is_named_by_its_role_level_and_coverage(
    open_page: OpenPage, gap_maps: GapMaps, viewport: ViewportSize
) -> None:
    gap_map = gap_maps.of(DECK)
    words = {"full": "full", "partial": "partial", "none": "NONE", "unknown": "unknown"}

    names = _named_cells(open_page(gap_map.file, viewport=viewport).page)

    for id_, cell in gap_map.cells().items():
        name = names[id_]
        assert gap_map.role(cell["role"]) in name
        assert gap_map.level(cell["level"]).casefold() in name.casefold()
        assert words[cell["coverage"]] in name
    assert len(set(names.values())) == len(names)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("data", "viewport"),
    [pytest.param("deck", WIDE, id="desktop"), pytest.param("hostile", PHONE, id="phone")],
)
def test_names_contain_what_is_seen(
    open_page: OpenPage, gap_maps: GapMaps, data: str, viewport: ViewportSize
) -> None:
    page = open_page(page_of(gap_maps, data), viewport=viewport).page
    wrong = {}

    for state, act in STATES.items():
        act(page)
        wrong[state] = _misnamed(page)
        start_again(page)

    assert {state: names for state, names in wrong.items() if names} == {}


def test_the_count_is_told_when_it_changes(deck: Page, gap_maps: GapMaps) -> None:
    cells = gap_maps.of(DECK).cells().values()
    none = [cell for cell in cells if cell["coverage"] == "none"]
    told = _listen(deck, "#count")

    filter_by("coverage", "none")(deck)

    assert deck.locator("#count").get_attribute("role") == "status"
    (text,) = told()
    assert text == f"{len(none)} of {len(cells)} pairs of role and level shown: {len(none)} NONE."


@pytest.mark.exhaustive
def test_the_count_is_not_told_again_when_nothing_of_it_changes(deck: Page) -> None:
    told = _listen(deck, "#count")

    show("missing")(deck)
    show("map")(deck)
    choose("social-economy@country")(deck)

    assert told() == []


def test_a_change_of_the_day_is_told_once(deck: Page) -> None:
    # The select says its day itself; were the day beside it told as well, it would be heard twice.
    live = deck.evaluate(
        """() => [...document.querySelectorAll("[aria-live], [role=status], output")].filter(
            one => one.checkVisibility() && one.getAttribute("aria-live") !== "off").map(one => one.id)"""
    )

    assert live == ["count"]


@pytest.mark.exhaustive
def test_the_select_says_the_day_that_is_chosen(deck: Page) -> None:
    deck.locator("#days summary").click()

    for stop, (day, _) in enumerate(stops_of(deck)):
        choose_stop(deck, stop)

        told = _node_of(deck, "#stop")
        written = short_day(date.fromisoformat(day)) if day else "Dates ignored"
        assert (role_of(told), name_of(told)) == ("combobox", "Day")
        assert told["value"]["value"].removesuffix(", date of the data") == written
        assert deck.locator("#day").inner_text() == written


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("view", "sections"),
    [
        ("map", ["view-map", "view-missing"]),
        ("missing", ["view-missing"]),
        ("places", ["view-places"]),
        ("instruments", ["view-instruments"]),
        ("time", ["view-time"]),
        ("swot", ["view-swot"]),
    ],
)
def test_the_tab_of_the_view_that_is_shown_is_selected(
    deck: Page, view: str, sections: list[str]
) -> None:
    show(view)(deck)

    selected = deck.locator("[role=tab][aria-selected=true]")
    assert selected.evaluate_all("all => all.map(one => one.dataset.view)") == [view]
    visible = deck.locator(".stage > section:visible")
    assert visible.evaluate_all("all => all.map(one => one.id)") == sections


@pytest.mark.exhaustive
def test_what_the_panel_is_of_is_current(deck: Page) -> None:
    for target in ("social-economy@country", "industry-4-0@", "@region"):
        choose(target)(deck)

        current = deck.locator("[aria-current=true]:visible")
        ids = current.evaluate_all("all => all.map(one => one.dataset.cell || one.dataset.list)")
        assert ids == [target]
    deck.locator("#close").click()
    assert deck.locator("[aria-current]").count() == 0


@pytest.mark.exhaustive
def test_the_country_that_is_chosen_is_pressed(open_page: OpenPage, gap_maps: GapMaps) -> None:
    page = open_page(gap_maps.of(INDUSTRY).file, viewport=WIDE).page
    show("places")(page)

    page.locator("[data-place=DE]").click()

    pressed = page.locator("[data-place][aria-pressed=true]")
    assert pressed.evaluate_all("all => all.map(one => one.dataset.place)") == ["DE"]
    assert "Germany" in name_of(_node_of(page, "[data-place=DE]"))
    assert page.locator("#regions").get_attribute("aria-live") == "polite"


@pytest.mark.exhaustive
def test_the_panel_is_a_region_named_by_its_role_and_level(deck: Page, gap_maps: GapMaps) -> None:
    choose("social-economy@country")(deck)

    regions = [name_of(node) for node in ax_nodes(deck) if role_of(node) == "region"]
    gap_map = gap_maps.of(DECK)
    assert f"{gap_map.role('social-economy')} {gap_map.level('country')} level" in regions


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", ["deck", "industry", "hostile", "small"])
def test_headings_leave_no_level_out(open_page: OpenPage, gap_maps: GapMaps, data: str) -> None:
    page = open_page(page_of(gap_maps, data), viewport=WIDE).page

    for act in STATES.values():
        act(page)
        levels = page.locator("h1, h2, h3, h4, h5, h6").evaluate_all(
            "all => all.filter(one => one.checkVisibility()).map(one => Number(one.tagName[1]))"
        )
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(below <= above + 1 for above, below in pairwise(levels))
        start_again(page)


@pytest.mark.exhaustive
def test_each_group_of_filters_is_named(deck: Page) -> None:
    unfold(deck)

    groups = {name_of(node) for node in ax_nodes(deck) if role_of(node) == "group"}
    assert {"Coverage", "Level", "Role"} <= groups
    assert [name_of(node) for node in ax_nodes(deck) if role_of(node) == "tablist"] == ["Views"]


@pytest.mark.exhaustive
def test_the_page_says_its_language_and_what_it_is_of(deck: Page, gap_maps: GapMaps) -> None:
    assert deck.locator("html").get_attribute("lang") == "en"
    assert deck.title() == f"{gap_maps.of(DECK).dataset.title}: gap map"


def test_there_is_one_of_each_landmark(deck: Page) -> None:
    roles = [role_of(node) for node in ax_nodes(deck)]

    assert [roles.count(landmark) for landmark in ("banner", "main", "contentinfo")] == [1, 1, 1]


def _rows(page: Page) -> list[Row]:
    """Return the cells of each row of the first table that is told, with their roles and names."""
    nodes = ax_nodes(page)
    first = next(place for place, node in enumerate(nodes) if role_of(node) == "table")
    rows: list[list[tuple[str, str]]] = []
    for node in nodes[first + 1 :]:
        if role_of(node) in ("table", "contentinfo"):
            break
        if role_of(node) == "row":
            rows.append([])
        elif role_of(node) in ("cell", "gridcell", "columnheader", "rowheader"):
            rows[-1].append((role_of(node), name_of(node)))
    return [tuple(row) for row in rows]


def _named_cells(page: Page) -> dict[str, str]:
    ids = page.locator(".cell[data-cell]").evaluate_all("all => all.map(one => one.dataset.cell)")
    names = [name_of(node) for node in ax_nodes(page) if role_of(node) == "link"]
    buttons = page.locator("a[href]:not([role]):visible").evaluate_all(
        "all => all.map(one => one.matches('.cell') ? one.dataset.cell : '')"
    )
    assert len(names) == len(buttons)
    named = {id_: name for id_, name in zip(buttons, names, strict=True) if id_}
    assert sorted(named) == sorted(ids)
    return named


def _misnamed(page: Page) -> list[str]:
    """Return what is seen of each button and link that its name does not contain, in one piece."""
    seen = page.locator("button:visible, a[href]:not([role]):visible").evaluate_all(
        """all => all.map(one => {
            const hidden = part => {
                const style = getComputedStyle(part);
                return style.clipPath === "inset(50%)" || style.display === "none";
            };
            const words = part => part.nodeType === Node.TEXT_NODE ? part.textContent
                : hidden(part) ? "\\n" : [...part.childNodes].map(words).join("");
            return words(one).split("\\n").map(line => line.split(/\\s+/).filter(Boolean).join(" "))
                .filter(line => /[\\p{L}\\d]/u.test(line));
        })"""
    )
    nodes = [node for node in ax_nodes(page) if role_of(node) in ("button", "link")]
    names = [name_of(node) for node in nodes]
    assert len(names) == len(seen)
    return [
        f"{line!r} is not in {name!r}"
        for lines, name in zip(seen, names, strict=True)
        for line in lines
        if line not in name
    ]


def _listen(page: Page, selector: str) -> Any:
    """Return a function that returns each text that the element took since."""
    page.locator(selector).evaluate(
        """element => {
            window.heard = [];
            new MutationObserver(() => window.heard.push(element.textContent)).observe(
                element, { childList: true, characterData: true, subtree: true });
        }"""
    )
    return lambda: page.evaluate("Promise.resolve().then(() => [...new Set(window.heard)])")


def _node_of(page: Page, selector: str) -> Mapping[str, Any]:
    """Return what assistive technology is told of one element."""
    session = page.context.new_cdp_session(page)
    root = session.send("DOM.getDocument")["root"]
    asked = {"nodeId": root["nodeId"], "selector": selector}
    found = session.send("DOM.querySelector", asked)
    tree = session.send("Accessibility.getPartialAXTree", {**found, "fetchRelatives": False})
    session.detach()
    node: Mapping[str, Any] = tree["nodes"][0]
    return node
