"""The page's style and script: small enough to mail, sealed, and able to stand in a page."""

import re

import pytest

from clustergap.writers.gap_map import SCRIPTS, read_script, read_style
from clustergap.writers.html import TEMPLATES


def test_no_file_of_the_script_is_forgotten() -> None:
    assert set(SCRIPTS) == {file.stem for file in (TEMPLATES / "script").iterdir()}


def test_style_and_script_are_small_enough_to_mail() -> None:
    assert len(read_style().encode()) <= 30_000
    assert len(read_script().encode()) <= 95_000


def test_the_script_is_strict() -> None:
    # Only comments may stand before it.
    assert re.match(r'(//.*\n)*"use strict";\n', read_script())


@pytest.mark.parametrize("text", [read_style(), read_script()], ids=["style", "script"])
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

    found = re.findall("|".join((network, storage, markup)), read_script())

    assert found == []


def test_the_style_asks_nobody() -> None:
    assert not re.search(r"url\((?!#)|@import|@font-face|expression\(", read_style())
