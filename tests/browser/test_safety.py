"""Whatever text the data holds, the page is made of the same elements, runs nothing but its own script and asks for nothing."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page

from gap_map import (
    ALL_DATA,
    DECK,
    HOSTILE,
    POLICY,
    GapMaps,
    choose_stop,
    name_data,
    read_panels,
    stops_of,
)
from odd_page import settle
from opened_page import OpenPage
from sampling import Sample

TEXTS = {"title", "name", "short", "note", "text", "reason", "by", "author", "locator", "quote"}
"""Keys under which a person's words stand; ids, codes and dates are no words."""


class Elements(HTMLParser):
    """The elements of a page as they stand in the file, and the text of its style and its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, Mapping[str, str]]] = []
        self.raw: list[tuple[str, Mapping[str, str], str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag in {"script", "style"}:
            self.raw.append((tag, self.found[-1][1], ""))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] in {"script", "style"} and self.cdata_elem:
            tag, attributes, text = self.raw.pop()
            self.raw.append((tag, attributes, text + data))


def elements(file: Path) -> Elements:
    return Elements(file.read_text("utf-8"))


def harmless(value: Any, words: Iterator[str]) -> Any:
    """Return a dataset of the same shape, with a plain word for every text."""
    if isinstance(value, dict):
        return {
            key: next(words) if key in TEXTS else harmless(one, words)
            for key, one in value.items()
        }
    return [harmless(one, words) for one in value] if isinstance(value, list) else value


@pytest.fixture(scope="session")
def twin(gap_maps: GapMaps) -> Path:
    """A dataset of the shape of the hostile one that holds nothing but plain words."""
    words = (f"word {number}" for number in range(1000))
    instruments, swot = (
        harmless(yaml.load((HOSTILE / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader), words)  # noqa: S506
        for name in ("instruments", "swot")
    )
    for file in (instruments, swot):
        file["schema"] = 1
    for kind in instruments["kinds"]:
        kind["funds"] = False
    return gap_maps.write("twin", instruments, swot)


_OUTLINE = """() => {
    const found = [];
    const walk = (element, depth) => {
        const names = element.getAttributeNames().sort().join(" ");
        // What is written from right to left is set apart, and is text all the same.
        if (element.tagName !== "BDI") found.push(`${" ".repeat(depth)}${element.tagName} ${names}`);
        for (const child of element.children) walk(child, depth + 1);
    };
    walk(document.documentElement, 0);
    return found;
}"""


def outline(page: Page) -> list[str]:
    """Return the elements of the page as they are nested now, with the names of their attributes."""
    found: list[str] = page.evaluate(_OUTLINE)
    return found


def tour(page: Page, sample: Sample) -> Iterator[str]:
    """Go wherever a reader can go, of days and cells to some; yield the name of each place there."""
    yield "at first"
    for view in page.locator("#tabs [data-view]").evaluate_all(
        "all => all.map(one => one.dataset.view)"
    ):
        page.click(f"#tabs [data-view={view}]")
        yield view
    page.click("#tabs [data-view=places]")
    for code in page.locator("[data-place]").evaluate_all("all => all.map(a => a.dataset.place)")[
        :3
    ]:
        page.click(f"[data-place={code}]")
        yield f"country {code}"
    page.click("#view-places [data-view=compare]")
    yield "compare"
    page.click("#tabs [data-view=map]")
    for stop in sample(range(len(stops_of(page))), 4):
        choose_stop(page, stop)
        yield f"stop {stop}"
    targets = page.locator(".map [data-list], .map [data-cell]").evaluate_all(
        "all => all.map(one => one.dataset.list || one.dataset.cell)"
    )
    for target in sample(targets, 7):
        page.locator(f"[data-list='{target}'], .cell[data-cell='{target}']").first.click()
        yield f"panel of {target}"
    # Of the tools a reader has one open at a time: they lie over one another.
    page.locator("details:not(#days, #take)").evaluate_all(
        "all => all.forEach(one => { one.open = true; })"
    )
    page.check("input[name=coverage][value=none]")
    yield "filtered"


def test_a_hostile_page_has_the_elements_of_a_harmless_one(
    open_page: OpenPage, gap_maps: GapMaps, twin: Path, sample: Sample
) -> None:
    pages = [gap_maps.of(HOSTILE).file, gap_maps.of(twin).file]
    opened = [open_page(file) for file in pages]

    for (place, hostile), (_, plain) in zip(
        *([(place, outline(one.page)) for place in tour(one.page, sample)] for one in opened),
        strict=True,
    ):
        assert hostile == plain, place
    for one in opened:
        one.assert_no_complaints()
    tags = [[tag for tag, _ in elements(file).found if tag != "bdi"] for file in pages]
    assert tags[0] == tags[1]


def test_nothing_of_a_hostile_page_runs_or_asks_for_anything(
    open_page: OpenPage, gap_maps: GapMaps, sample: Sample
) -> None:
    opened = open_page(gap_maps.of(HOSTILE, "--with-planned").file)
    dialogs: list[str] = []
    opened.page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    windows: list[str] = []
    opened.page.context.on("page", lambda page: windows.append(page.url))

    assert len(list(tour(opened.page, sample))) > 20

    opened.assert_no_complaints()
    assert (dialogs, windows) == ([], [])
    assert opened.requests == [opened.address]
    assert opened.page.evaluate("document.querySelectorAll('#panel b').length") > 0
    assert opened.page.locator("img, iframe, object, embed, form, base, link").count() == 0


ATTACKS = (
    '"><script>window.ran = 1</script>',
    "</script><script>window.ran = 1</script>",
    "<img src=x onerror=window.ran=1>",
    "<svg onload=window.ran=1>",
    "' onmouseover='window.ran=1' x='",
    "{{ 7*7 }}{% raw %}${window.ran=1}",
    "<!--<script>",
    "]]></style><style>*{display:none}</style>",
    "javascript:window.ran=1",
    "&lt;b&gt; &amp;amp; &#x3c;i&#x3e;",
    "\u200f\u200e mixed אבג 🏳️‍🌈",
)


def test_every_text_is_shown_as_it_is_written(open_page: OpenPage, gap_maps: GapMaps) -> None:
    """Each attack stands in each place for a text, a few of them together."""
    for number in range(3):
        attack = " ".join(ATTACKS[number::3])
        data = gap_maps.write(f"attack-{number}", *attacked(attack))
        opened = open_page(gap_maps.of(data).file)
        (state,) = read_panels(opened.page)
        panel = state["panels"]["r@l"]
        shown = " ".join(attack.split())

        # Role and level, and in the panel note, name, body, source and SWOT item.
        assert panel["title"] == shown
        assert panel["text"].count(shown) >= 6
        assert opened.page.locator(".kicker bdi").text_content() == attack
        assert opened.page.title() == f"{attack}: gap map"
        assert opened.page.evaluate("window.ran") is None
        opened.assert_no_complaints()


def attacked(text: str) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """Make a dataset that says the same everywhere."""
    cited = [{"ref": "s", "locator": text, "quote": text}]
    cover = {"note": text, "sources": cited, "territories": ["RO"]}
    return (
        {
            "title": text,
            "as_of": "2020-01-01",
            "sources": {"s": {"title": text, "author": text, "publisher": text}},
            "levels": [
                {
                    "id": "l",
                    "name": text,
                    "description": text,
                    "territories": [{"code": "RO", "name": text}, "BG"],
                }
            ],
            "roles": [{"id": "r", "name": text, "statement": text, "description": text}],
            "kinds": [{"id": "k", "name": text}, {"id": "k2", "name": f"{text} 2"}],
            "instruments": [
                {
                    "id": "i",
                    "name": text,
                    "kind": "k",
                    "managing_body": text,
                    "legal_basis": text,
                    "note": text,
                    "covers": {"r@l": cover},
                },
                {
                    "id": "j",
                    "name": f"{text} 2",
                    "kind": "k2",
                    "covers": {"r@l": cover},
                    "starts": "2021",
                },
            ],
            "accepted_gaps": {"r@l": {"reason": text, "by": text}},
        },
        {"threats": [{"id": "t1", "text": text, "cells": ["r@l"], "sources": cited}]},
    )


@pytest.mark.parametrize("data", ALL_DATA, ids=name_data)
def test_the_policy_allows_the_page_s_own_style_and_script_and_nothing_else(
    gap_maps: GapMaps, data: Path
) -> None:
    page = elements(gap_maps.of(data).file)
    (policy,) = (
        attributes["content"]
        for tag, attributes in page.found
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    directives = dict(one.strip().split(" ", 1) for one in policy.split(";"))

    assert directives["default-src"] == "'none'"
    assert directives["base-uri"] == directives["form-action"] == "'none'"
    assert set(directives) == {"default-src", "script-src", "style-src", "base-uri", "form-action"}
    for tag in ("script", "style"):
        assert set(directives[f"{tag}-src"].split()) == {
            digest(text) for name, _, text in page.raw if name == tag
        }
    # Before anything that it has to hold for.
    heads = [tag for tag, _ in page.found]
    assert heads.index("meta") < min(heads.index("script"), heads.index("style"))


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


INJECTED = {
    "<script>document.title = 'taken'</script>": "script-src-elem inline",
    "<p class=trap onclick=\"document.title = 'taken'\">trap</p>": "script-src-attr inline",
    "<svg onload=\"document.title = 'taken'\"></svg>": "script-src-attr inline",
    "<a class=link href=\"javascript:document.title = 'taken'\">link</a>": "script-src-elem inline",
    "<img src=x onerror=\"document.title = 'taken'\">": "img-src ",
    "<style>h1 { display: none }</style>": "style-src-elem inline",
    "<p style='display: none'>": "style-src-attr inline",
    "<script src='data:text/javascript,document.title=1'></script>": "script-src-elem data",
    "<iframe src='data:text/html,x'></iframe>": "frame-src ",
    "<form class=form action='https://example.org/'><button>Send</button></form>": "form-action https://example.org/",
}


def test_the_policy_blocks_whatever_somebody_puts_into_the_page(
    open_page: OpenPage, gap_maps: GapMaps, tmp_path: Path
) -> None:
    text = gap_maps.of(DECK).file.read_text("utf-8")
    file = tmp_path / "injected.html"
    file.write_text(text.replace("<main>", f"{''.join(INJECTED)}<main>", 1), "utf-8")

    opened = open_page(file)
    opened.page.click(".trap")
    opened.page.click(".link")
    settle(opened.page)
    assert opened.page.title().endswith(": gap map")
    assert opened.page.locator("h1").is_visible()
    assert opened.page.locator("#tools").is_visible()

    # Last, as the browser tells of it in the page's stead.
    opened.page.evaluate("document.querySelector('.form').requestSubmit()")
    told = "\n".join(f"{one} " for one in opened.complaints())
    for injected, directive in INJECTED.items():
        assert f"policy: {directive}" in told, injected


@pytest.mark.sampled(1)
@pytest.mark.parametrize("data", [POLICY, HOSTILE], ids=name_data)
def test_links_lead_within_the_page_or_to_the_web_without_a_trace(
    open_page: OpenPage, gap_maps: GapMaps, data: Path
) -> None:
    page = open_page(gap_maps.of(data).file).page
    # What a panel links to goes with the panel.
    page.evaluate(
        """() => {
            window.links = [];
            const look = () => links.push(...[...document.querySelectorAll("a")].map(
                one => [one.getAttribute("href"), one.referrerPolicy || document.querySelector("meta[name=referrer]").content]));
            look();
            new MutationObserver(look).observe(
                document.getElementById("panel-body"), { childList: true });
        }"""
    )
    read_panels(page)

    links = page.evaluate("links")

    assert any(href.startswith("http") for href, _ in links)
    for href, tells in links:
        if re.match(r"https?://", href):
            assert tells == "no-referrer"
        else:
            assert href.startswith(("#", "?", page.evaluate("location.pathname")))


@pytest.mark.parametrize("data", ALL_DATA, ids=name_data)
def test_the_file_names_no_other_file(gap_maps: GapMaps, data: Path) -> None:
    page = elements(gap_maps.of(data).file)

    for tag, attributes in page.found:
        assert not attributes.keys() & {
            "src", "srcset", "action", "formaction", "data", "poster", "background", "ping", "style",
            "srcdoc", "xlink:href",
        }, tag  # fmt: skip
        assert not any(name.startswith("on") for name in attributes), tag
        href = attributes.get("href", "#")
        assert href.startswith("#") or (tag == "a" and re.match(r"https?://", href)), (tag, href)
    assert not {tag for tag, _ in page.found} & {
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "form",
    }


FORBIDDEN = (
    *("fetch", "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon", "importScripts"),
    *("RTCPeerConnection", "Worker", "SharedWorker", "serviceWorker", "BroadcastChannel"),
    *("localStorage", "sessionStorage", "indexedDB", "caches", "cookie", "cookieStore"),
    *("eval", "Function", "innerHTML", "outerHTML", "insertAdjacentHTML", "DOMParser", "setHTML"),
    *("createContextualFragment", "srcdoc", "postMessage", "import"),
)


def test_the_script_can_neither_reach_out_nor_keep_anything(gap_maps: GapMaps) -> None:
    page = elements(gap_maps.of(DECK).file)
    (script,) = (
        text for tag, attributes, text in page.raw if tag == "script" and "type" not in attributes
    )
    (style,) = (text for tag, _, text in page.raw if tag == "style")

    names = set(re.findall(r"[A-Za-z_$][\w$]*", script))
    assert names & set(FORBIDDEN) == set()
    assert not re.search(
        r"document\s*\.\s*write|window\s*\.\s*open\b|\bopen\s*\(\s*[\"'`]", script
    )
    assert not re.search(r"url\(|@import|@font-face|expression\(", style)


def test_the_data_in_the_page_cannot_end_its_element(gap_maps: GapMaps) -> None:
    page = elements(gap_maps.of(HOSTILE).file)
    (data,) = (text for tag, attributes, text in page.raw if attributes.get("type"))

    assert not re.search(r"[<>&\u2028\u2029]", data)
    assert (
        json.loads(data)["document"]["dataset"]["title"]
        == "=1+1 [/bold] <b>title</b> | ::error::forged, ##[error]x"
    )


def test_the_address_is_no_way_in(open_page: OpenPage, gap_maps: GapMaps) -> None:
    file = gap_maps.of(DECK).file
    opened = open_page(file)
    attack = "%3Cimg%20src=x%20onerror=document.title=1%3E"
    visit: Callable[[str], object] = opened.page.goto

    for rest in (f"?kind={attack}", f"?coverage={attack}&view={attack}#{attack}@eu", f"#{attack}"):
        visit("about:blank")
        visit(file.as_uri() + rest)
        assert opened.page.locator("img").count() == 0
        assert opened.page.title().endswith(": gap map")
        opened.assert_no_complaints()
