"""What a reader sees of a page's text: words that are torn, texts that run over, and what is written there."""

from playwright.sync_api import Page

_SEEN = """
    const seen = element => element.checkVisibility({ visibilityProperty: true })
        && !element.closest(".vh, script, style, noscript, option, pre")
        && (element.closest("summary") || !element.closest("details:not([open])"))
        && ![...function* () { for (let one = element; one; one = one.parentElement) yield one; }()]
            .some(one => getComputedStyle(one).clipPath !== "none");
    const texts = within => {
        const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) {
            const node = walker.currentNode;
            if (node.data.trim() && seen(node.parentElement)) found.push(node);
        }
        return found;
    };
"""


def torn_words(page: Page) -> list[str]:
    """Return the runs of letters and digits that stand in more than one line."""
    found: list[str] = page.evaluate(
        f"""() => {{ {_SEEN}
            return texts(document.body).flatMap(node => [...node.data.matchAll(/[\\p{{L}}\\p{{N}}]+/gu)].filter(run => {{
                const range = document.createRange();
                range.setStart(node, run.index);
                range.setEnd(node, run.index + run[0].length);
                const rects = [...range.getClientRects()].filter(one => one.width && one.height);
                const isUpright = getComputedStyle(node.parentElement).writingMode.startsWith("vertical");
                return new Set(rects.map(one => Math.round(isUpright ? one.left : one.top))).size > 1;
            }}).map(run => run[0]));
        }}"""
    )
    return found


def overflowing(page: Page, selector: str) -> list[str]:
    """Return the texts of the elements whose content is wider than they are."""
    found: list[str] = page.evaluate(
        f"""selector => {{ {_SEEN}
            return [...document.querySelectorAll(selector)].filter(one => seen(one) && one.scrollWidth > one.clientWidth)
                .map(one => one.textContent);
        }}""",
        selector,
    )
    return found


def visible_text(page: Page) -> str:
    """Return the text that can be seen; what is folded or clipped is left out."""
    found: str = page.evaluate(
        f"() => {{ {_SEEN} return texts(document.body).map(one => one.data).join(' '); }}"
    )
    return " ".join(found.split())


def is_scrolled_sideways(page: Page) -> bool:
    """Tell whether the page is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
