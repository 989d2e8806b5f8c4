"""What axe-core finds in a page that people with a disability could not use."""

from collections.abc import Mapping
from functools import cache

from playwright.sync_api import Page

from contrast import LEAST_OF_TEXT, colours_in, contrast
from tools import needed, npm_package

_OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": [
            *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
            *("best-practice", "experimental"),
        ],
    },
    # It finds every hidden element, of which it only says that it did not look at it.
    "rules": {"hidden-content": {"enabled": False}},
    "resultTypes": ["violations", "incomplete"],
    "selectors": False,  # nobody reads where an element stands, which takes long to find out
    "elementRef": True,
}


# Each finding as its rule, its element, and why. Of a text on a gradient axe cannot tell the ground, nor of a sign alone and of
# what the edge of a box cuts that scrolls: such a finding has the colours of the text and of all that its ground passes
# through, but for that of the border, which draws the end of a share.
_ASK = """options => axe.run(document, options).then(({ violations, incomplete }) => [violations, incomplete].map(rules =>
    rules.flatMap(({ id, nodes }) => nodes.map(({ element, html, any, failureSummary }) => {
        const found = { rule: id, html, why: failureSummary, text: "", ground: "" };
        const causes = ["bgGradient", "shortTextContent", "nonBmp", "elmPartiallyObscured"];
        if (id !== "color-contrast" || !any.some(({ data }) => causes.includes(data?.messageKey))) return found;
        let style = getComputedStyle(element);
        found.text = style.color;
        for (let one = element; one; one = one.parentElement) {
            style = getComputedStyle(one);
            if (style.backgroundImage !== "none" || !style.backgroundColor.startsWith("rgba")) break;
        }
        const line = style.borderTopWidth === "0px" ? "" : style.borderTopColor;
        if (!style.backgroundImage.includes("url(")) {
            found.ground = `${style.backgroundImage} ${style.backgroundColor}`.replaceAll(line, "");
        }
        return found;
    }))))"""


def axe_findings(page: Page) -> list[str]:
    """Tell what the page, as it is now, violates of WCAG 2.2 A and AA, and what axe could not decide.

    The contrast of a text on a share or on stripes, of a sign alone, and of what a box cuts that scrolls, which axe cannot
    decide, is measured. What it could not decide because a head that sticks to the window lies over it, it is asked once
    more where the page begins.

    One line for each element: ``violation label: <input>: Fix any of the following: …``.
    """
    # Given by the debugger, which no policy of the page hinders, as it would a script element.
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_script() + "\n; null")
    violations, undecided = _ask(page)
    if undecided and page.evaluate("scrollY"):
        page.evaluate("scrollTo(0, 0)")
        others, undecided = _ask(page)
        violations |= others
    return [*violations, *undecided]


def _ask(page: Page) -> tuple[dict[str, None], dict[str, None]]:
    violations, incomplete = page.evaluate(_ASK, _OPTIONS)
    undecided = [one for one in incomplete if not _stands_out(one)]
    return (
        dict.fromkeys(_line("violation", one) for one in violations),
        dict.fromkeys(_line("undecided", one) for one in undecided),
    )


def _stands_out(finding: Mapping[str, str]) -> bool:
    texts, grounds = colours_in(finding["text"]), colours_in(finding["ground"])
    ratios = [contrast(text, ground) for text in texts for ground in grounds]
    return bool(ratios) and min(ratios) >= LEAST_OF_TEXT


@cache
def _script() -> str:
    path = npm_package("axe-core") / "axe.min.js"
    missing = "axe-core is missing: sh scripts/make-tools.sh .venv/tools"
    return needed(path if path.exists() else None, missing).read_text(encoding="utf-8")


def _line(kind: str, finding: Mapping[str, str]) -> str:
    why = " ".join(finding["why"].split())
    return f"{kind} {finding['rule']}: {finding['html']}: {why}"
