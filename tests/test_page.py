"""The page's style and script are made of the folders that people read and edit."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from tools import needed

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "src/clustergap/render/templates"


@pytest.fixture(scope="module")
def page() -> ModuleType:
    """Load scripts/page.py."""
    spec = importlib.util.spec_from_file_location("page", ROOT / "scripts/page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def made(name: str) -> str:
    """Read what the page is given."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


def written(folder: str, suffix: str) -> dict[str, str]:
    """Read the files that people edit, by name."""
    files = sorted((TEMPLATES / folder).glob(f"*.{suffix}"))
    return {file.stem: file.read_text(encoding="utf-8") for file in files}


def test_the_style_is_the_one_made_of_its_files(page: ModuleType) -> None:
    assert page.style() == made("page.css"), "run make page"


def test_the_script_is_the_one_made_of_its_files(page: ModuleType) -> None:
    needed(
        page.TERSER if page.TERSER.exists() else None,
        "terser is missing: make .venv/installed-dev",
    )

    assert page.script() == made("page.js"), "run make page"


def test_no_file_of_the_folders_is_forgotten(page: ModuleType) -> None:
    assert set(page.STYLES) == set(written("style", "css"))
    assert set(page.SCRIPTS) == set(written("script", "js"))


def test_the_style_keeps_every_selector_property_and_value() -> None:
    joined = "".join(written("style", "css").values())
    text = re.sub(r"/\*.*?\*/", "", joined, flags=re.DOTALL)

    assert words(made("page.css")) == words(text)
    for sign in "{}":
        assert made("page.css").count(sign) == text.count(sign)


def words(style: str) -> list[str]:
    """List names and values, in no order; 0.5 is .5."""
    return sorted(re.findall(r"[\w#.%-]+", re.sub(r"\b0\.", ".", style)))


def test_what_is_made_holds_no_comment_and_no_line_that_nobody_needs() -> None:
    assert "/*" not in made("page.css")
    assert "\n" not in made("page.css")
    assert len(made("page.js").splitlines()) == 1


def test_the_script_begins_strict() -> None:
    assert made("page.js").startswith('"use strict";')


@pytest.mark.parametrize("name", ["page.css", "page.js"])
def test_what_is_made_can_stand_in_a_page(name: str) -> None:
    # It is not escaped there: nothing in it may end its element.
    assert not re.search(r"</|<!--|<script|]]>", made(name), re.IGNORECASE)
    assert made(name).isascii() or made(name).isprintable()


def test_the_script_asks_nobody_and_stores_nothing() -> None:
    network = r"fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import\("
    storage = r"localStorage|sessionStorage|indexedDB|cookie|caches\b"
    markup = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser"
    )

    found = re.findall(
        "|".join((network, storage, markup)), "".join(written("script", "js").values())
    )

    assert found == []


def test_the_style_asks_nobody() -> None:
    assert not re.search(r"url\(|@import|@font-face|expression\(", made("page.css"))
