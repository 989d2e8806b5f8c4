"""What must hold of a view of the gap map at any width: nothing runs over or is torn, and no word that only its makers know."""

import re
from collections.abc import Sequence

from playwright.sync_api import Page

from axe import axe_findings
from visible_text import overflowing, torn_words

JARGON = re.compile(r"\b(cells?|opens|closes|territor(?:y|ies)|o1|s1)\b")

_HOLDING_TEXT = "th, td, h2, h3, p, .chip, button, label"


def layout_faults(page: Page, view: str) -> Sequence[str]:
    """Tell what is torn, runs over or makes a view of the page wider than its window."""
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [
        *([f"the page is {width[0]} px wide"] if width[0] > width[1] else []),
        *(f"torn: {word}" for word in torn_words(page)),
        *(
            f"runs over: {text}"
            for text in overflowing(page, f"#view-{view} :is({_HOLDING_TEXT})")
        ),
    ]


def jargon(page: Page, view: str) -> Sequence[str]:
    """Return the words of a view that a reader should not meet."""
    return JARGON.findall(page.locator(f"#view-{view}").inner_text())


def findings_in_view(page: Page) -> Sequence[str]:
    """Return what axe finds, but for texts on a drawing, whose ground it cannot tell.

    They are white on #0B5394, ink on #F6C667 and #A61B1B on white, of which each is 7.5:1 or more.
    """
    undecided = "undecided color-contrast: <text"
    return [line for line in axe_findings(page) if not line.startswith(undecided)]
