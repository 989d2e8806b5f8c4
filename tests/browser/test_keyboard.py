"""The gap map without a mouse: everything can be reached, seen to be reached, used, and left again."""

from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize

from gap_map import DECK, HOSTILE, INDUSTRY, GapMaps, listed_cells, shown_cells
from odd_data import page_of
from odd_page import Act, first_cell, settle, show, unfold
from opened_page import Look, OpenPage

WIDE: ViewportSize = {"width": 1280, "height": 720}
PHONE: ViewportSize = {"width": 320, "height": 640}

_FOCUSABLE = """() => [...document.querySelectorAll("a[href], button, input, select, summary")]
    .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0)"""

# What has the focus: whether a ring of two pixels or more is around it that differs from what is beside it, how much of
# it is within the window and not below something else, and whether the ring is cut off at a side.
_FOCUS = """() => {
    const one = document.activeElement;
    if (one === document.body) return null;
    const style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].map(
        ([x, y]) => document.elementFromPoint(left + x * (right - left), top + y * (bottom - top)));
    const mine = one.closest("label") || one;
    const isMine = found => found && (mine.contains(found) || found.contains(one));
    const ring = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
    const cut = [];
    for (let around = one.parentElement; around; around = around.parentElement) {
        if (getComputedStyle(around).overflowX === "visible") continue;
        const outer = around.getBoundingClientRect();
        if (box.left - ring < outer.left - 0.5 || box.right + ring > outer.right + 0.5) {
            cut.push(around.className || around.id || around.tagName);
        }
    }
    const channel = value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    const light = colour => {
        const [red, green, blue] = colour.match(/[\\d.]+/g).map(value => channel(value / 255));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    let ground = one.parentElement;
    while (ground.parentElement && getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") {
        ground = ground.parentElement;
    }
    const [low, high] = [light(style.outlineColor), light(getComputedStyle(ground).backgroundColor)]
        .sort((a, b) => a - b);
    return {
        name: `${one.tagName} ${one.id || one.dataset.cell || one.dataset.list || one.textContent.trim().slice(0, 40)}`,
        place: [...document.querySelectorAll("*")].indexOf(one),
        hasRing: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        contrast: (high + 0.05) / (low + 0.05),
        isSeen: right > left && bottom > top && points.some(isMine),
        cut,
    };
}"""


@pytest.fixture
def deck(open_page: OpenPage, gap_maps: GapMaps) -> Page:
    return _still(open_page, gap_maps, "deck")


def _still(open_page: OpenPage, gap_maps: GapMaps, name: str) -> Page:
    """Open a page that does not scroll smoothly: where the focus is can be measured at once."""
    path = page_of(gap_maps, name)
    return open_page(path, viewport=WIDE, reduced_motion="reduce").page


WALKS: dict[str, Act] = {
    "map": unfold,
    "list": show("missing"),
    "SWOT": show("swot"),
    "places": show("places"),
    "panel": first_cell("partial"),
}


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "look",
    [
        pytest.param(Look(viewport=WIDE, reduced_motion="reduce"), id="desktop"),
        pytest.param(
            Look(viewport=PHONE, reduced_motion="reduce", color_scheme="dark"), id="dark-phone"
        ),
    ],
)
@pytest.mark.parametrize("walk", WALKS)
def test_tab_reaches_everything_and_the_focus_is_always_seen(
    open_page: OpenPage, gap_maps: GapMaps, walk: str, look: Look
) -> None:
    page = open_page(page_of(gap_maps, "hostile"), **look).page
    WALKS[walk](page)
    _begin_anew(page)

    visited = _walk(page)

    # A select, a checkbox and a button each are one stop; all of them are there.
    everything = page.evaluate(
        f"() => {{ const all = [...document.querySelectorAll('*')];"
        f" return ({_FOCUSABLE})().map(one => all.indexOf(one)); }}"
    )
    assert set(everything) - {one["place"] for one in visited} == set()
    assert [one["name"] for one in visited if not one["hasRing"]] == []
    assert [one["name"] for one in visited if one["contrast"] < 3] == []
    assert [one["name"] for one in visited if not one["isSeen"]] == []
    assert [(one["name"], one["cut"]) for one in visited if one["cut"]] == []


def _begin_anew(page: Page) -> None:
    """Let Tab begin at the top of the page, wherever the focus was."""
    page.evaluate(
        """() => {
            document.body.tabIndex = -1;
            document.body.focus();
            document.body.removeAttribute("tabindex");
            scrollTo(0, 0);
        }"""
    )


def _walk(page: Page) -> list[dict[str, Any]]:
    """Press Tab until the focus leaves the page, which it must; tell each thing that had it."""
    visited: list[dict[str, Any]] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        focus = page.evaluate(_FOCUS)
        if focus is None or (visited and focus["place"] == visited[0]["place"]):
            return visited
        visited.append(focus)
    raise AssertionError("the focus is caught")


@pytest.mark.exhaustive
def test_shift_and_tab_go_back_the_same_way(deck: Page) -> None:
    forth = [one["place"] for one in _walk(deck)]

    deck.evaluate("document.activeElement.blur()")
    back = []
    for _ in forth:
        deck.keyboard.press("Shift+Tab")
        back.append(deck.evaluate(_FOCUS)["place"])

    assert back == forth[::-1]


@pytest.mark.exhaustive
def test_the_first_stop_skips_to_the_map(deck: Page) -> None:
    deck.keyboard.press("Tab")
    assert deck.locator(".skip").is_visible()
    assert deck.evaluate(_FOCUS)["isSeen"]

    _press(deck, "Enter")

    assert _focused(deck) == "views"
    deck.keyboard.press("Tab")
    assert deck.evaluate("document.activeElement.closest('#view-map') !== null")


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_each_view_is_chosen_by_a_key_and_keeps_the_focus(deck: Page, key: str) -> None:
    for view in ("missing", "swot", "places", "instruments", "time", "map"):
        deck.locator(f"#tabs [data-view={view}]").focus()
        assert not deck.locator(f"#view-{view}").is_visible() or view == "missing"

        _press(deck, key)

        assert deck.locator(f"#view-{view}").is_visible()
        assert deck.locator("[role=tab][aria-selected=true]").get_attribute("data-view") == view
        assert deck.evaluate("document.activeElement.dataset.view") == view
        assert deck.evaluate("scrollY") == 0  # the space bar scrolls nothing


def test_arrows_go_from_tab_to_tab_and_choose_its_view(deck: Page) -> None:
    deck.locator("#tabs [data-view=map]").focus()

    for view in ("missing", "places", "instruments", "time", "swot"):
        _press(deck, "ArrowRight")

        assert deck.locator(f"#view-{view}").is_visible()
        assert deck.evaluate("document.activeElement.dataset.view") == view
    _press(deck, "ArrowLeft")
    assert deck.locator("#view-time").is_visible()


def test_filters_are_unfolded_ticked_and_cleared_by_keys(deck: Page, gap_maps: GapMaps) -> None:
    gap_map = gap_maps.of(DECK)
    cells = gap_map.cells()
    deck.locator("#filters summary").focus()
    _press(deck, "Enter")

    deck.keyboard.press("Tab")
    _press(deck, "Space")

    ticked = deck.evaluate("document.activeElement.value")
    wanted = [id_ for id_, cell in cells.items() if cell["coverage"] == ticked]
    assert shown_cells(deck) == wanted
    deck.locator("#clear").focus()
    _press(deck, "Enter")
    assert shown_cells(deck) == list(cells)
    assert _focused(deck) == "views"


@pytest.mark.exhaustive
def test_a_kind_is_chosen_by_arrows(deck: Page, gap_maps: GapMaps) -> None:
    unfold(deck)
    deck.locator("#kind").focus()

    _press(deck, "ArrowDown")

    kind = deck.locator("#kind").input_value()
    assert kind
    wanted = gap_maps.of(DECK).cells(kind=kind)
    found = deck.locator(".cell[data-cell]").evaluate_all(
        "all => all.map(one => [one.dataset.cell, /c-(\\w+)/.exec(one.className)[1]])"
    )
    assert dict(found) == {id_: cell["coverage"] for id_, cell in wanted.items()}
    assert _focused(deck) == "kind"


def test_a_day_is_chosen_by_home_end_and_arrows(deck: Page) -> None:
    deck.locator("#days summary").focus()
    _press(deck, "Enter")
    chooser = deck.locator("#stop")
    chooser.focus()
    last = chooser.locator("option").count() - 1

    stops = []
    for key in ("Home", "ArrowDown", "ArrowDown", "ArrowUp", "End"):
        _press(deck, key)
        stops.append(chooser.evaluate("one => one.selectedIndex"))

    assert stops == [0, 1, 2, 1, last]
    assert _focused(deck) == "stop"


def test_escape_folds_a_tool_and_gives_the_focus_back(deck: Page) -> None:
    deck.locator("#days summary").focus()
    _press(deck, "Enter")
    deck.locator("#stop").focus()

    _press(deck, "Escape")

    assert not deck.locator("#stop").is_visible()
    assert deck.evaluate("document.activeElement.parentElement.id") == "days"


def test_a_cell_is_reached_in_a_dozen_steps_and_the_heads_by_arrows(deck: Page) -> None:
    for _ in range(12):
        deck.keyboard.press("Tab")
        if deck.evaluate("document.activeElement.matches('.cell')"):
            break
    cells = _grid(deck)
    assert deck.evaluate("document.activeElement.dataset.cell") == cells[0][0]

    role, _, level = cells[0][0].partition("@")
    _press(deck, "ArrowUp")
    assert deck.evaluate("document.activeElement.dataset.list") == f"@{level}"
    _press(deck, "ArrowDown")
    _press(deck, "ArrowLeft")
    assert deck.evaluate("document.activeElement.dataset.list") == f"{role}@"


def test_arrows_move_among_the_cells_and_stay_at_the_edge(deck: Page) -> None:
    rows = _grid(deck)
    deck.locator(".cell[data-cell]").last.focus()

    found = [_arrow(deck, key) for key in ("Left", "Up", "Right", "Right", "Down", "Down")]

    assert found == [
        rows[-1][-2],
        rows[-2][-2],
        rows[-2][-1],
        rows[-2][-1],
        rows[-1][-1],
        rows[-1][-1],
    ]


@pytest.mark.exhaustive
def test_arrows_pass_over_cells_that_are_filtered_away(deck: Page) -> None:
    unfold(deck)
    deck.locator("input[name=coverage][value=partial]").check()
    shown = shown_cells(deck)
    deck.locator(f'.cell[data-cell="{shown[0]}"]').focus()

    reached = {shown[0], *(_arrow(deck, key) for key in ("Right", "Down", "Left", "Up", "Down"))}

    # The heads of the rows and columns, which are no cells, are reached, too.
    assert reached - {"None"} <= set(shown)
    assert len(reached) > 1


@pytest.mark.sampled(1)
@pytest.mark.parametrize("leave", ["Escape", "Close"])
def test_a_cell_opens_by_enter_and_gets_the_focus_back(deck: Page, leave: str) -> None:
    cell = "industry-4-0@country"
    deck.locator(f'.cell[data-cell="{cell}"]').focus()

    _press(deck, "Enter")

    assert _focused(deck) == "panel-title"
    assert _is_in_window(deck, "#panel-title")
    if leave == "Close":
        deck.locator("#close").focus()
        _press(deck, "Enter")
    else:
        _press(deck, "Escape")
    assert deck.locator("#panel").is_hidden()
    assert deck.evaluate("document.activeElement.dataset.cell") == cell


@pytest.mark.sampled(1)
@pytest.mark.parametrize("target", ["industry-4-0@", "@region"])
def test_a_header_opens_by_enter_and_gets_the_focus_back(deck: Page, target: str) -> None:
    deck.locator(f'[data-list="{target}"]').focus()

    _press(deck, "Enter")

    assert _focused(deck) == "panel-title"
    _press(deck, "Escape")
    assert deck.evaluate("document.activeElement.dataset.list") == target


def test_a_link_in_the_panel_opens_another_cell_and_escape_returns_to_the_first(
    deck: Page,
) -> None:
    cell = "industry-4-0@country"
    deck.locator(f'.cell[data-cell="{cell}"]').focus()
    _press(deck, "Enter")
    deck.locator("#panel-body a[href^='#']").first.focus()
    target = deck.evaluate("decodeURIComponent(document.activeElement.hash.slice(1))")

    _press(deck, "Enter")

    assert target != cell
    assert deck.evaluate("decodeURIComponent(location.hash.slice(1))") == target
    assert _focused(deck) == "panel-title"
    _press(deck, "Escape")
    assert deck.evaluate("document.activeElement.dataset.cell") == cell


@pytest.mark.exhaustive
def test_a_link_in_the_list_opens_a_cell_and_gets_the_focus_back(deck: Page) -> None:
    show("missing")(deck)
    cell = listed_cells(deck)[2]
    link = f'#missing li[data-cell="{cell}"] a'
    deck.locator(link).focus()

    _press(deck, "Enter")

    assert _focused(deck) == "panel-title"
    _press(deck, "Escape")
    assert deck.evaluate("link => document.activeElement.matches(link)", link)


@pytest.mark.exhaustive
def test_a_link_in_the_swot_opens_a_cell_and_gets_the_focus_back(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(gap_maps.of(HOSTILE).file, viewport=WIDE, reduced_motion="reduce").page
    show("swot")(page)
    chip = page.locator("#view-swot a[data-cell]").nth(1)
    chip.focus()

    _press(page, "Enter")

    assert _focused(page) == "panel-title"
    _press(page, "Escape")
    assert chip.evaluate("chip => chip === document.activeElement")


@pytest.mark.exhaustive
def test_a_country_is_chosen_by_enter_and_left_again(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(gap_maps.of(INDUSTRY).file, viewport=WIDE, reduced_motion="reduce").page
    show("places")(page)
    page.locator("[data-place=AT]").focus()

    _press(page, "Enter")

    assert page.locator("#regions h3").inner_text().startswith("Austria")
    assert page.evaluate("document.activeElement.dataset.place") == "AT"
    _press(page, "Space")
    assert page.locator("#regions h3").count() == 0
    assert page.evaluate("document.activeElement.dataset.place") == "AT"


@pytest.mark.exhaustive
def test_a_role_and_a_level_of_the_places_are_chosen_by_arrows(deck: Page) -> None:
    show("places")(deck)
    before = deck.locator("#places-title").inner_text()
    deck.locator("#place-role").focus()

    _press(deck, "ArrowDown")

    assert deck.locator("#places-title").inner_text() != before
    assert _focused(deck) == "place-role"


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("button", "suffix"), [("save-csv", ".csv"), ("save-json", ".json")])
def test_a_file_is_saved_by_enter(deck: Page, button: str, suffix: str) -> None:
    deck.locator("#take summary").focus()
    _press(deck, "Enter")
    deck.locator(f"#{button}").focus()

    with deck.expect_download() as download:
        _press(deck, "Enter")

    assert download.value.suggested_filename.endswith(suffix)
    assert _focused(deck) == button


@pytest.mark.exhaustive
def test_the_definitions_unfold_by_enter(deck: Page) -> None:
    deck.locator(".definitions summary").focus()

    _press(deck, "Enter")

    assert deck.locator(".definitions dd").first.is_visible()


@pytest.mark.exhaustive
def test_the_focus_is_not_lost_when_the_cell_that_opened_the_panel_is_filtered_away(
    deck: Page,
) -> None:
    deck.locator('.cell[data-cell="internationalisation@eu"]').focus()
    _press(deck, "Enter")
    unfold(deck)
    deck.locator("input[name=coverage][value=none]").check()
    deck.locator("#panel-title").focus()

    _press(deck, "Escape")

    assert deck.evaluate("document.activeElement.closest('#views') !== null")


@pytest.mark.exhaustive
def test_the_focus_is_not_lost_when_the_view_has_changed_since_the_panel_opened(
    deck: Page,
) -> None:
    deck.locator('.cell[data-cell="internationalisation@eu"]').focus()
    _press(deck, "Enter")
    deck.locator("[data-view=missing]").focus()
    _press(deck, "Enter")

    _press(deck, "Escape")

    assert deck.evaluate("document.activeElement !== document.body")
    assert deck.evaluate("document.activeElement.checkVisibility()")


@pytest.mark.exhaustive
def test_escape_without_a_panel_leaves_the_focus_where_it_is(deck: Page) -> None:
    deck.locator(".skip").focus()

    _press(deck, "Escape")

    assert deck.evaluate("document.activeElement.className") == "skip"


def test_choosing_a_day_by_keys_keeps_the_panel_and_does_not_take_the_focus(deck: Page) -> None:
    deck.locator('.cell[data-cell="industry-4-0@country"]').focus()
    _press(deck, "Enter")
    deck.locator("#days summary").focus()
    _press(deck, "Enter")
    deck.locator("#stop").focus()

    _press(deck, "Home")

    assert deck.locator("#panel").is_visible()
    assert _focused(deck) == "stop"


def _focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def _press(page: Page, key: str) -> None:
    page.keyboard.press(key)
    settle(page)


def _arrow(page: Page, direction: str) -> str:
    _press(page, f"Arrow{direction}")
    return str(page.evaluate("document.activeElement.dataset.cell"))


def _grid(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.evaluate(
        """() => [...document.querySelectorAll("#view-map tbody tr")].map(
            row => [...row.querySelectorAll(".cell[data-cell]")].map(one => one.dataset.cell))"""
    )
    return found


def _is_in_window(page: Page, selector: str) -> bool:
    return bool(
        page.locator(selector).evaluate(
            """one => {
                const { top, bottom } = one.getBoundingClientRect();
                return top >= 0 && bottom <= innerHeight;
            }"""
        )
    )
