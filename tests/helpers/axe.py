"""What axe-core finds in a page that people with a disability could not use."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

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
}


def axe_findings(page: Page) -> list[str]:
    """Tell what the page, as it is now, violates of WCAG 2.2 A and AA, and what axe could not decide.

    One line for each element: ``violation label: <input>: Fix any of the following: …``.
    """
    # Given by the debugger, which no policy of the page hinders, as it would a script element.
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_script() + "\n; null")
    violations, undecided = page.evaluate(
        "options => axe.run(document, options).then(found => [found.violations, found.incomplete])",
        _OPTIONS,
    )
    return [*_lines("violation", violations), *_lines("undecided", undecided)]


def axe_findings_but_on_fills(page: Page) -> list[str]:
    """Tell the same, but for the contrast of what stands on a share or on stripes: axe cannot decide it.

    ``test_contrast.py`` measures it.
    """
    undecided = ("undecided color-contrast", "undecided link-in-text-block")
    return [line for line in axe_findings(page) if not line.startswith(undecided)]


@cache
def _script() -> str:
    path = npm_package("axe-core") / "axe.min.js"
    missing = "axe-core is missing: sh scripts/make-tools.sh .venv/tools"
    return needed(path if path.exists() else None, missing).read_text(encoding="utf-8")


def _lines(kind: str, rules: list[dict[str, Any]]) -> list[str]:
    return [_line(kind, rule["id"], node) for rule in rules for node in rule["nodes"]]


def _line(kind: str, rule: str, node: dict[str, Any]) -> str:
    why = " ".join(node["failureSummary"].split())
    return f"{kind} {rule}: {node['html']}: {why}"
