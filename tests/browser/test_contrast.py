"""Check 16: what is written and drawn of coverage stands out from what it stands on, in the light and in the dark."""

import re
from collections.abc import Mapping
from itertools import product
from typing import Literal

import pytest

from gap_map import GapMaps
from odd_data import page_of
from opened_page import OpenPage

TEXT, DRAWN = 4.5, 3.0
"""What WCAG 2.2 asks of text (1.4.3) and of lines and shapes that mean something (1.4.11)."""

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

Colour = tuple[float, float, float]


def _colours(text: str) -> list[Colour]:
    """Read the opaque colours of a computed value."""
    found = re.findall(r"rgba?\(([^)]*)\)", text)
    values = [[float(part) for part in one.split(",")] for one in found]
    return [(one[0], one[1], one[2]) for one in values if len(one) == 3 or one[3] == 1]


def _luminance(colour: Colour) -> float:
    parts = [part / 255 for part in colour]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(
        weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of WCAG of two colours."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


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
        if contrast(_colours(colour)[0], _colours(ground)[0]) < TEXT
    ] == []


def _too_weak(look: Mapping[str, str]) -> list[str]:
    """Tell what of a look does not stand out enough: text on any of its fills, its border on the ground or on its fill."""
    line = (122.0, 90.0, 0.0)
    fills = _colours(look["image"]) or _colours(look["fill"])
    share = [fill for fill in fills if fill != line]
    text = [colour for one in look["text"] for colour in _colours(one)]
    (border,), (ground,) = _colours(look["border"]), _colours(look["ground"])
    found = [
        f"text {one} on {two}" for one, two in product(text, share) if contrast(one, two) < TEXT
    ]
    if max(contrast(border, ground), *(contrast(one, ground) for one in share)) < DRAWN:
        found.append(f"border {border} on {ground}")
    if line in fills:
        found += [f"line on {one}" for one in share if contrast(line, one) < DRAWN]
    return found
