"""The page's style and script: small enough to mail, sealed, and able to stand in a page."""

import re

import pytest

from clustergap.writers.html import TEMPLATES
from clustergap.writers.page_code import OPTIONAL, SCRIPTS, STYLES, read_script, read_style
from running import run
from tools import load_script, needed


def test_no_file_of_the_script_is_forgotten() -> None:
    assert set(SCRIPTS) == {file.stem for file in (TEMPLATES / "script").iterdir()}


def test_no_sheet_of_the_style_is_forgotten() -> None:
    assert {*STYLES, "answer", "fragment"} == {file.stem for file in TEMPLATES.glob("*.css")}


def test_the_page_of_the_deck_is_small_enough_to_mail() -> None:
    page = run("report", "-o", "-").out
    ((style,), (script,)) = (
        re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL) for tag in ("style", "script")
    )

    assert len(style.encode()) <= 20_000
    assert len(script.encode()) <= 52_600
    assert len(page.encode()) <= 130_000


def test_a_page_has_the_script_and_the_style_of_what_its_data_needs_alone() -> None:
    assert "function arrange" in read_script({"dense"})
    assert "function arrange" not in read_script(OPTIONAL - {"dense"})
    assert ".look{" in read_style({"compare"})
    assert ".look{" not in read_style(OPTIONAL - {"compare"})


def test_every_part_is_as_it_was_last_written() -> None:
    minify = load_script("minify")
    needed(
        minify.ESBUILD.exists() or None, "esbuild is missing: sh scripts/make-tools.sh .venv/tools"
    )

    made = {file.name: minify.minify(file) for file in minify.parts()}

    found = {file.name: file.read_text(encoding="utf-8") for file in minify.MINIFIED.iterdir()}
    assert made == found, "run make golden"


def test_the_script_is_strict() -> None:
    assert read_script(OPTIONAL).startswith('"use strict";')


@pytest.mark.parametrize(
    "text", [read_style(OPTIONAL), read_script(OPTIONAL)], ids=["style", "script"]
)
def test_style_and_script_can_stand_in_a_page(text: str) -> None:
    # They are not escaped there: nothing in them may end their element.
    assert not re.search(r"</|<!--|<script|]]>", text, re.IGNORECASE)
    assert text.replace("\n", "").isprintable()


def test_the_script_asks_nobody_and_stores_nothing() -> None:
    network = r"fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import\("
    storage = r"localStorage|sessionStorage|indexedDB|cookie|caches\b"
    markup = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser"
    )

    found = re.findall("|".join((network, storage, markup)), read_script(OPTIONAL))

    assert found == []


def test_the_style_asks_nobody() -> None:
    assert not re.search(r"url\((?!#)|@import|@font-face|expression\(", read_style(OPTIONAL))
