"""Check 16: what is written and drawn of coverage stands out from what it stands on, in the light and in the dark."""

from collections.abc import Mapping
from itertools import product
from typing import Literal

import pytest

from contrast import LEAST_OF_SHAPES, LEAST_OF_TEXT, colours_in, contrast
from gap_map import GapMaps
from odd_data import page_of
from opened_page import OpenPage

# Of each look its colours as the browser has computed them, those of a gradient, too, and the ground around it.
_LOOKS = """() => Object.fromEntries([...document.querySelectorAll(".cell, .legend .chip, .missing .chip")]
    .filter(one => one.checkVisibility()).map(one => {
    const style = getComputedStyle(one);
    const name = [...one.classList].filter(each => /^(c-|unsaid|chip|cell)/.test(each)).join(" ") + (one.dataset.full ? " share" : "");
    return [name, {
        text: [...one.querySelectorAll("b, .num, .names, .detail")].map(each => getComputedStyle(each).color),
        border: style.borderTopColor,
        fill: style.backgroundColor, image: style.backgroundImage,
        ground: getComputedStyle(document.body).backgroundColor,
    }];
}))"""
# What is no look: the words around them.
_WORDS = """() => [".kicker", "h1", ".sentences", ".meaning", ".tabs a", ".tools summary", ".sum", ".map small", "tbody th a",
    ".missing h3", ".missing p", ".missing .soft", "footer", "#panel h2", "#panel a", "#panel .soft"].flatMap(
    selector => [...document.querySelectorAll(selector)].filter(one => one.checkVisibility()).slice(0, 1).map(one => {
        const around = one.closest("#panel") || document.body;
        return [selector, getComputedStyle(one).color, getComputedStyle(around).backgroundColor];
    }))"""


def test_the_ratio_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == 21
    # As section 3 of the design has measured it: white on the blue of full.
    assert round(contrast((255, 255, 255), (11, 83, 148)), 1) == 7.8


@pytest.mark.sampled(4)  # each page, and one of them in both
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["policy", "hostile", "own"])
def test_text_borders_and_the_line_of_a_share_stand_out(
    open_page: OpenPage, gap_maps: GapMaps, name: str, scheme: Literal["light", "dark"]
) -> None:
    page = open_page(page_of(gap_maps, name), color_scheme=scheme).page

    looks = page.evaluate(_LOOKS)
    page.locator(".cell.c-partial").first.click()
    words = page.evaluate(_WORDS)

    assert any("c-none" in one for one in looks)
    assert any("c-partial" in one for one in looks)
    assert {one: lines for one, look in looks.items() if (lines := _too_weak(look))} == {}
    assert len(words) > 10
    assert [
        (selector, colour, ground)
        for selector, colour, ground in words
        if contrast(colours_in(colour)[0], colours_in(ground)[0]) < LEAST_OF_TEXT
    ] == []


def _too_weak(look: Mapping[str, str]) -> list[str]:
    """Tell what of a look does not stand out enough: text on any of its fills, its border on the ground or on its fill."""
    line = (122.0, 90.0, 0.0)
    fills = colours_in(look["image"]) or colours_in(look["fill"])
    share = [fill for fill in fills if fill != line]
    text = [colour for one in look["text"] for colour in colours_in(one)]
    (border,), (ground,) = colours_in(look["border"]), colours_in(look["ground"])
    found = [
        f"text {one} on {two}"
        for one, two in product(text, share)
        if contrast(one, two) < LEAST_OF_TEXT
    ]
    if max(contrast(border, ground), *(contrast(one, ground) for one in share)) < LEAST_OF_SHAPES:
        found.append(f"border {border} on {ground}")
    if line in fills:
        found += [f"line on {one}" for one in share if contrast(line, one) < LEAST_OF_SHAPES]
    return found
