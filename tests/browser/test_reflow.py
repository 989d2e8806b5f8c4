"""The gap map narrow, enlarged, and with other spacing of its text: nothing is cut, nothing overlaps, nothing is too small."""

import pytest
from playwright.sync_api import Page, ViewportSize

from gap_map import GapMaps
from odd_data import NAMES, page_of
from odd_page import Act, first_cell, first_row, show, start_again, unfold
from opened_page import OpenPage

NARROW: ViewportSize = {"width": 320, "height": 640}
PHONE: ViewportSize = {"width": 375, "height": 700}
ZOOMED: ViewportSize = {"width": 640, "height": 450}
WIDE: ViewportSize = {"width": 1280, "height": 900}

STATES: dict[str, Act] = {
    "map": start_again,
    "list": show("missing"),
    "SWOT": show("swot"),
    "places": show("places"),
    "filters": unfold,
    "definitions": lambda page: page.locator(".definitions summary").click(),
    "partial cell": first_cell("partial"),
    "full cell": first_cell("full"),
    "row": first_row,
}

# What is seen of the page: elements, without what only a screen reader is told and what shapes are made of; the lines of
# their texts, without what has scrolled out of a box of its own.
_SEEN = """
    const ancestors = one => one.parentElement ? [one.parentElement, ...ancestors(one.parentElement)] : [];
    const isForListenersAlone = one => getComputedStyle(one).clipPath === "inset(50%)";
    const isSeen = one => one.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
        && !one.closest(".skip, svg, noscript, option") && ![one, ...ancestors(one)].some(isForListenersAlone);
    const named = one => one.tagName.toLowerCase() + (one.id ? "#" + one.id : "")
        + " " + JSON.stringify((one.innerText || "").trim().slice(0, 40));
    const isScrolledAway = (one, box) => ancestors(one).some(around => {
        if (getComputedStyle(around).overflowY !== "auto") return false;
        const { top, bottom } = around.getBoundingClientRect();
        return box.bottom > bottom || box.top < top;
    });
    const seen = [...document.body.querySelectorAll("*")].filter(isSeen);
    const lines = seen.flatMap(one => [...one.childNodes]
        .filter(child => child.nodeType === Node.TEXT_NODE && child.textContent.trim())
        .flatMap(child => {
            const range = document.createRange();
            range.selectNodeContents(child);
            return [...range.getClientRects()].filter(box => box.width > 1).map(box => ({ one, child, box }));
        })).filter(({ one, box }) => !isScrolledAway(one, box));
"""

# Lines and controls must be within the window, and within every box around them that can be seen or that cuts.
_CUT = f"""() => {{
    {_SEEN}
    const width = document.documentElement.clientWidth;
    const isBox = one => {{
        const style = getComputedStyle(one);
        return style.display !== "inline" && (style.overflowX !== "visible"
            || style.borderRightStyle !== "none" || style.backgroundColor !== "rgba(0, 0, 0, 0)");
    }};
    const controls = seen.filter(one => one.matches("button, input, select, .key"))
        .map(one => ({{ one, box: one.getBoundingClientRect() }}));
    const found = lines.concat(controls).flatMap(({{ one, box }}) => {{
        const around = box === one.getBoundingClientRect() ? ancestors(one) : [one, ...ancestors(one)];
        const outside = around.filter(isBox).find(other => {{
            const {{ left, right, top, bottom }} = other.getBoundingClientRect();
            const isCutBelow = getComputedStyle(other).overflowY === "hidden" && box.bottom > bottom + 1;
            return box.left < left - 1 || box.right > right + 1 || isCutBelow;
        }});
        if (box.left < -0.5 || box.right > width + 0.5) return [`outside of the window: ${{named(one)}}`];
        return outside ? [`outside of ${{named(outside)}}: ${{named(one)}}`] : [];
    }});
    const all = document.documentElement.scrollWidth;
    return all > width ? [`the page scrolls sideways: ${{all}} px`, ...found] : found;
}}"""

# What lies below a head that stays, or below what is unfolded over the map, is covered by its ground.
_OVERLAPPING = f"""() => {{
    {_SEEN}
    const cover = one => [one, ...ancestors(one)].find(around => {{
        const {{ position, backgroundColor }} = getComputedStyle(around);
        return /sticky|absolute/.test(position) && /^rgb\\(/.test(backgroundColor);
    }});
    lines.sort((a, b) => a.box.top - b.box.top);
    return lines.flatMap((a, index) => {{
        const found = [];
        for (const b of lines.slice(index + 1)) {{
            if (b.box.top >= a.box.bottom) break;
            const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
            const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
            if (a.child !== b.child && cover(a.one) === cover(b.one) && across > 2 && down > 4) found.push(`${{named(a.one)}} and ${{named(b.one)}}`);
        }}
        return found;
    }});
}}"""

# WCAG 2.5.8: 24 px each way, or a circle of 24 px around its middle meets no other target; a link within a text is as
# high as its line. A checkbox is as large as the label around it.
_SMALL_TARGETS = f"""() => {{
    {_SEEN}
    const around = one => one.closest("label") || one;
    const targets = seen.filter(one => one.matches("a[href], button, input, select, summary")).map(one => {{
        const box = around(one).getBoundingClientRect();
        const middle = [box.left + box.width / 2, box.top + box.height / 2];
        return {{ one, box, middle, isSmall: box.width < 24 || box.height < 24 }};
    }}).filter(({{ one, box }}) => !isScrolledAway(one, box));
    const isInText = one => getComputedStyle(one).display === "inline"
        && [...one.parentElement.childNodes].some(
            other => other.nodeType === Node.TEXT_NODE && /\\S/.test(other.textContent));
    const meets = ([x, y], {{ box }}) => Math.hypot(
        x - Math.max(box.left, Math.min(x, box.right)), y - Math.max(box.top, Math.min(y, box.bottom))) < 12;
    const touch = (a, b) => b.isSmall
        && Math.hypot(a.middle[0] - b.middle[0], a.middle[1] - b.middle[1]) < 24;
    return targets
        .filter(({{ one, isSmall }}) => isSmall && !isInText(one))
        .filter(a => targets.some(b => a.one !== b.one && (meets(a.middle, b) || touch(a, b))))
        .map(({{ one, box }}) => `${{named(one)}}: ${{box.width.toFixed(1)}} x ${{box.height.toFixed(1)}}`);
}}"""

# As WCAG 1.4.12 asks; by way of the script, as the page's policy forbids other styles.
_SPACING = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-bottom: 2em !important; }
    `);
    document.adoptedStyleSheets = [sheet];
}"""


def _assert_nothing_found(page: Page, *looked_for: str) -> None:
    found = {}
    for state, act in STATES.items():
        act(page)
        found[state] = [line for look_for in looked_for for line in page.evaluate(look_for)]
        start_again(page)
    assert {state: lines for state, lines in found.items() if lines} == {}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_or_overlaps_in_320_pixels(
    open_page: OpenPage, gap_maps: GapMaps, name: str
) -> None:
    page = open_page(page_of(gap_maps, name), viewport=NARROW, reduced_motion="reduce").page

    _assert_nothing_found(page, _CUT, _OVERLAPPING)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("viewport", [PHONE, ZOOMED, WIDE], ids=["phone", "200%", "desktop"])
def test_nothing_is_cut_or_overlaps_on_other_screens(
    open_page: OpenPage, gap_maps: GapMaps, viewport: ViewportSize
) -> None:
    # Enlarged to 200 %, a window of 1280 pixels is one of 640.
    page = open_page(page_of(gap_maps, "long"), viewport=viewport, reduced_motion="reduce").page

    _assert_nothing_found(page, _CUT, _OVERLAPPING)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "desktop"])
def test_nothing_is_cut_or_overlaps_with_more_space_in_the_text(
    open_page: OpenPage, gap_maps: GapMaps, viewport: ViewportSize
) -> None:
    page = open_page(page_of(gap_maps, "deck"), viewport=viewport, reduced_motion="reduce").page
    page.evaluate(_SPACING)

    assert page.evaluate("getComputedStyle(document.body).letterSpacing") == "1.92px"
    _assert_nothing_found(page, _CUT, _OVERLAPPING)


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("name", "viewport"),
    [
        pytest.param("deck", NARROW, id="deck-narrow"),
        pytest.param("industry", WIDE, id="industry-desktop"),
        pytest.param("hostile", WIDE, id="hostile-desktop"),
    ],
)
def test_targets_are_large_or_far_from_others(
    open_page: OpenPage, gap_maps: GapMaps, name: str, viewport: ViewportSize
) -> None:
    page = open_page(page_of(gap_maps, name), viewport=viewport, reduced_motion="reduce").page

    _assert_nothing_found(page, _SMALL_TARGETS)


@pytest.mark.exhaustive
def test_a_word_in_a_cell_stays_beside_its_shape_with_five_levels_and_a_panel(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(page_of(gap_maps, "long"), viewport=WIDE, reduced_motion="reduce").page
    first_cell("none")(page)

    broken = page.evaluate(
        """() => [...document.querySelectorAll(".cell[data-cell]")].filter(cell => {
            const both = cell.querySelector(".cov").getBoundingClientRect();
            const word = cell.querySelector(".cov b").getBoundingClientRect();
            return both.height >= 1.8 * word.height;
        }).map(cell => cell.dataset.cell)"""
    )

    assert broken == []


@pytest.mark.sampled(1)
@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "desktop"])
def test_a_label_of_a_button_is_not_broken_within_a_word(
    open_page: OpenPage, gap_maps: GapMaps, viewport: ViewportSize
) -> None:
    page = open_page(page_of(gap_maps, "long"), viewport=viewport, reduced_motion="reduce").page
    first_cell("full")(page)
    unfold(page)

    broken = page.evaluate(
        """() => [...document.querySelectorAll("#tools button, #close")].filter(
            one => one.checkVisibility() && !/\\s/.test(one.textContent.trim())
        ).filter(one => {
            const range = document.createRange();
            range.selectNodeContents(one);
            return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1;
        }).map(one => one.textContent)"""
    )

    assert broken == []
