"""Code that stands in a page as an attribute: inline event handlers and ``javascript:`` addresses.

Some browsers complain of a forbidden handler when it is read into the page, others only when its event comes or a script asks
for it, and none of an address before somebody follows it. So every attribute of every element is looked at here.
"""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import CDPSession, ConsoleMessage, Page

Json = Any  # what the debugger tells

MARK = "foreign code in the page: "

# As a browser reads an address: a tab or an end of line anywhere in it is nothing, and so is what is not seen before it.
# An animation may write into an address, too, and the head of a page may send to one.
_FIND = r"""
    const single = new Set([
        "action", "background", "by", "cite", "classid", "code", "codebase", "data", "dynsrc", "formaction", "from", "href", "icon",
        "longdesc", "lowsrc", "manifest", "ping", "poster", "profile", "src", "to", "usemap",
    ]);
    const isHandler = name => /^on/i.test(name);
    const isAddress = name => single.has(name) || name === "values" || name === "content";
    const addressesIn = ({ localName, ownerElement, value }) => {
        if (localName === "values") return value.split(";");
        if (localName !== "content") return single.has(localName) ? [value] : [];
        return /^refresh$/i.test(ownerElement.httpEquiv) ? [value.replace(/^[^;,]*[;,]\s*(url\s*=\s*)?["']?/i, "")] : [];
    };
    const isCode = address => /^[\0-\x20]*javascript:/i.test(address.replace(/[\t\n\r]/g, ""));
    const isForeign = one => isHandler(one.localName) || addressesIn(one).some(isCode);
    const elementsIn = node => [node, ...node.querySelectorAll("*")].filter(one => one.nodeType === Node.ELEMENT_NODE)
        .flatMap(one => [one, ...[one.content, one.shadowRoot].filter(inner => inner?.querySelectorAll).flatMap(elementsIn)]);
    const foreignIn = node => elementsIn(node).flatMap(
        element => [...element.attributes].filter(isForeign).map(attribute => [element, attribute]));
    const named = ([element, { name, value }]) => `<${element.localName}> ${name}=${JSON.stringify(value)}`;
"""

# What was in the page for a moment only, too: whatever is put into it, from its first byte on.
WATCH = f"""(() => {{
    {_FIND}
    const tell = found => console.debug("{MARK}" + named(found));
    const foundIn = ({{ type, target, attributeName, oldValue, addedNodes }}) => {{
        if (type === "childList") return [...addedNodes].filter(one => one.nodeType === Node.ELEMENT_NODE).flatMap(foreignIn);
        const localName = attributeName.replace(/^.*:/, "");
        if (!isHandler(localName) && !isAddress(localName)) return [];
        const old = {{ name: attributeName, localName, ownerElement: target, value: oldValue ?? "" }};
        return [...foreignIn(target), ...(oldValue !== null && isForeign(old) ? [[target, old]] : [])];
    }};
    new MutationObserver(records => records.flatMap(foundIn).forEach(tell))
        .observe(document, {{ attributes: true, attributeOldValue: true, childList: true, subtree: true }});
}})()"""

# The page's own handlers further up need not hear of it: its events do not bubble. A body's handler may be the window's.
_LOOK = f"""function () {{
    {_FIND}
    const found = foreignIn(this);
    const told = found.map(named);
    for (const [element, {{ localName }}] of found.filter(([, attribute]) => isHandler(attribute.localName))) {{
        const type = localName.slice(2).toLowerCase();
        const view = element.localName === "body" ? element.ownerDocument.defaultView : null;
        for (const target of [element, view]) target?.dispatchEvent(new Event(type));
    }}
    return told;
}}"""


def told(message: ConsoleMessage) -> str | None:
    """Return what the page's watcher found, if this message is of it."""
    return message.text.removeprefix(MARK) if message.text.startswith(MARK) else None


def look_for_foreign_code(page: Page) -> list[str]:
    """Tell what stands in the page now, in its frames and its closed shadows too; let the events of handlers come."""
    session = page.context.new_cdp_session(page)
    try:
        root = session.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]
        return [line for tree in (root, *_trees_in(root)) for line in _look(session, tree)]
    finally:
        session.detach()


def _trees_in(node: Json) -> Iterator[Json]:
    """Yield what a script does not come to from the document: frames, and shadows but those of the browser's own controls."""
    shadows = [one for one in node.get("shadowRoots", ()) if one["shadowRootType"] != "user-agent"]
    inner = [*shadows, *([node["contentDocument"]] if "contentDocument" in node else ())]
    yield from inner
    for one in (*inner, *node.get("children", ())):
        yield from _trees_in(one)


def _look(session: CDPSession, tree: Json) -> list[str]:
    resolved = session.send("DOM.resolveNode", {"backendNodeId": tree["backendNodeId"]})
    asked = {
        "objectId": resolved["object"]["objectId"],
        "functionDeclaration": _LOOK,
        "returnByValue": True,
    }
    found: list[str] = session.send("Runtime.callFunctionOn", asked)["result"]["value"]
    return found
