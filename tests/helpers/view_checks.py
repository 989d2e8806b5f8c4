"""What must hold of a view of the gap map at any width: nothing runs over or is torn, and no word that only its makers know."""

import re
from collections.abc import Sequence

from playwright.sync_api import Page

from axe import axe_findings

WIDTHS = (390, 768, 1280)

JARGON = re.compile(r"\b(cells?|opens|closes|territor(?:y|ies)|o1|s1)\b")

_SEEN = """
    const isClipped = one => Boolean(one) && (getComputedStyle(one).clipPath === "inset(50%)" || isClipped(one.parentElement));
    const isSeen = one => one.checkVisibility({ visibilityProperty: true }) && !one.closest("option, svg") && !isClipped(one);
"""
_TORN = (
    f"""view => {{ {_SEEN}"""
    """
    const found = [];
    const walker = document.createTreeWalker(view, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const one = node.parentElement;
        if (!isSeen(one)) continue;
        for (const word of node.textContent.matchAll(/[\\p{L}\\p{N}]+/gu)) {
            const range = document.createRange();
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            if (new Set([...range.getClientRects()].filter(box => box.width > 1).map(box => Math.round(box.top))).size > 1) found.push(word[0]);
        }
    }
    return found;
}"""
)
_OVER = (
    f"""view => {{ {_SEEN}"""
    """ return [...view.querySelectorAll("th, td, h2, h3, p, .chip, button, label")].filter(isSeen)
    .filter(one => one.clientWidth && one.scrollWidth > one.clientWidth + 1)
    .map(one => `${one.tagName} ${one.textContent.trim().slice(0, 40)}`); }"""
)


def layout_faults(page: Page, view: str) -> Sequence[str]:
    """Tell what is torn, runs over or makes a view of the page wider than its window."""
    section = page.locator(f"#view-{view}")
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [
        *([f"the page is {width[0]} px wide"] if width[0] > width[1] else []),
        *(f"torn: {word}" for word in section.evaluate(_TORN)),
        *(f"runs over: {text}" for text in section.evaluate(_OVER)),
    ]


def jargon(page: Page, view: str) -> Sequence[str]:
    """Return the words of a view that a reader should not meet."""
    return JARGON.findall(page.locator(f"#view-{view}").inner_text())


def findings_in_view(page: Page) -> Sequence[str]:
    """Return what axe finds, but for what concerns the frame of the page, and texts on a drawing, whose ground it cannot tell.

    They are white on #0B5394, ink on #F6C667 and #A61B1B on white, of which each is 7.5:1 or more.
    """
    apart = ("violation region: ", "undecided color-contrast: <text")
    return [line for line in axe_findings(page) if not line.startswith(apart)]
