"""The pages as a site: built without a warning, with every link and every part of a page that a link names.

What needs Sphinx is left to ``make test-all``, which installs it; ``make test`` follows the links of the pages as they are written.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from exports import library
from paths import ROOT

PAGES = (
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "examples").glob("*/README.md")),
    ROOT / "benchmarks" / "README.md",
)
_FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def parts_of(page: Path) -> set[str]:
    """Return the names by which links find a page's headings, as GitHub makes them."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in _HEADING.findall(text)
    }


def broken_links(page: Path) -> Iterator[str]:
    for link in _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        path, _, part = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        is_broken = not target.exists() or (part and part not in parts_of(target))
        if not urlsplit(link).scheme and is_broken:
            yield link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert list(broken_links(page)) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    text = "# A Heading, `code`\n[](#a-heading-code) [](#b) [](c.md) [](https://example.org/d) [](page.md#e)\n"
    page.write_text(text, encoding="utf-8")

    assert list(broken_links(page)) == ["#b", "c.md", "page.md#e"]


class _Page(HTMLParser):
    """The names of a page's parts, where its links lead, and what it loads."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.parts: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.parts |= {said[name] for name in ("id", "name") if name in said}
        if tag == "a" and "href" in said:
            self.links.append(said["href"])
        self.loaded += [said[name] for name in ("src", "href") if name in said and tag != "a"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as ``make docs`` does, by a Sphinx for which every warning is an error."""
    for name in ("sphinx", "furo", "myst_parser"):
        library(name)
    folder = tmp_path_factory.mktemp("site")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (options,) = re.findall(r"-m sphinx (.*) -d \S+ -c docs \. site$", makefile, re.MULTILINE)
    where = ("-d", str(folder / "trees"), "-c", "docs", ".", str(folder / "site"))
    command = (sys.executable, "-m", "sphinx", *options.split(), *where)
    built = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert (built.stderr, built.returncode) == ("", 0)
    return folder / "site"


@pytest.mark.exhaustive
def test_every_link_of_the_site_leads_to_a_file_and_a_part_of_it(site: Path) -> None:
    pages = {path: _Page(path) for path in site.rglob("*.html")}

    broken = [
        f"{path.relative_to(site)}: {link}"
        for path, page in pages.items()
        for link in (*page.links, *page.loaded)
        if leads_nowhere(path, link, pages)
    ]

    assert len(pages) > len(PAGES)
    assert broken == []


def leads_nowhere(path: Path, link: str, pages: dict[Path, _Page]) -> bool:
    address = urlsplit(link)
    if address.scheme or address.netloc:
        return False
    target = path.parent.joinpath(unquote(address.path)).resolve() if address.path else path
    part = unquote(address.fragment)
    return not target.exists() or bool(part and part not in pages[target].parts)


@pytest.mark.exhaustive
def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    loaded = [
        address
        for path in site.rglob("*.html")
        for address in _Page(path).loaded
        if urlsplit(address).netloc or urlsplit(address).scheme not in {"", "data"}
    ]
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))

    assert loaded == []
    assert re.findall(r"(?:@import|url\()\s*[\"']?(?:https?:)?//[^)]*", styles) == []


@pytest.mark.exhaustive
def test_every_page_is_found_from_the_first(site: Path) -> None:
    first = (site / "docs" / "index.html").read_text(encoding="utf-8")

    for page in PAGES:
        name = page.relative_to(ROOT).with_suffix(".html").as_posix()
        link = name.removeprefix("docs/") if name.startswith("docs/") else f"../{name}"
        assert f'href="{link}"' in first or name == "docs/index.html"
