"""Doing on a gap map what people do, by what the page promises to keep: ids of controls, data-view, data-cell, data-list."""

from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Page

Act = Callable[[Page], object]


def show(view: str) -> Act:
    """Show a view, where the data has it."""

    def act(page: Page) -> None:
        if page.locator(f'[data-view="{view}"]').count():
            page.locator(f'[data-view="{view}"]').first.click()

    return act


def choose(target: str) -> Act:
    """Open the panel of a cell, a row or a column, as its address does."""

    def act(page: Page) -> None:
        follow(page, target)

    return act


def follow(page: Page, fragment: str) -> None:
    """Change the address as a reader does who types behind #, and wait until the page was told, in a task of its own."""
    page.evaluate(
        """fragment => new Promise(done => {
            const before = location.hash;
            location.hash = fragment;
            if (location.hash === before) done();
            else addEventListener("hashchange", () => setTimeout(done), { once: true });
        })""",
        fragment,
    )


def first_cell(coverage: str) -> Act:
    """Open the panel of the first cell that is so covered, if there is one."""
    return _press_first(f".cell[data-cell].c-{coverage}")


def _press_first(selector: str) -> Act:
    def act(page: Page) -> None:
        if page.locator(selector).count():
            page.locator(selector).first.click()

    return act


first_row = _press_first("[data-list$='@']")
first_column = _press_first("[data-list^='@']")
"""Open the panel of the first row or column."""


def settle(page: Page) -> None:
    """Wait until what was begun is done: a key's default action, and what was put off to the next frame or the next task."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


def filter_by(name: str, *values: str) -> Act:
    """Open the filters and tick these of a group."""

    def act(page: Page) -> None:
        unfold(page)
        for value in values:
            page.locator(f'input[name="{name}"][value="{value}"]').check()

    return act


def unfold(page: Page) -> None:
    """Open the filters."""
    if not page.locator("#filters").evaluate("filters => filters.open"):
        page.locator("#filters summary").click()


def start_again(page: Page) -> None:
    """Bring the page back to the map without filters and without a panel; what was unfolded is folded."""
    page.evaluate(
        """() => {
            if (!document.getElementById("panel").hidden) document.getElementById("close").click();
            document.getElementById("clear").click();
            document.querySelector('[data-view="map"]').click();
            for (const one of document.querySelectorAll("details[open]")) one.open = false;
        }"""
    )


def ax_nodes(page: Page) -> list[Mapping[str, Any]]:
    """Return what assistive technology is told of the page, in its order, without what it is not told."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    ordered: list[Mapping[str, Any]] = []
    pending = [nodes[0]["nodeId"]]
    while pending:
        node = by_id[pending.pop()]
        pending += [child for child in reversed(node.get("childIds", [])) if child in by_id]
        if not node["ignored"]:
            ordered.append(node)
    return ordered


def role_of(node: Mapping[str, Any]) -> str:
    """Return the role of a node of the accessibility tree."""
    return str(node["role"]["value"])


def name_of(node: Mapping[str, Any]) -> str:
    """Return the name of a node of the accessibility tree, with single spaces."""
    return " ".join(str(node.get("name", {}).get("value", "")).split())
