"""Answers in a notebook: several on one page that is not ours, for everybody, with wide tables in their own box."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import clustergap as cg
from axe import axe_findings
from clustergap.api.data_table import DataTable
from opened_page import Look, OpenPage
from paths import ROOT

LOOKS: dict[str, Look] = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "on a phone": {"viewport": {"width": 320, "height": 640}},
}

PAGE = """<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A notebook</title>
<body style="margin: 0; {theme}"><main><h1>A notebook</h1>
<h2>A part of it</h2>
{outputs}
</main></body></html>
"""


THEMES = {
    "light": "background: #fff; color: #1a1a1a",
    "dark": "background: #111; color: #eee",
}


@pytest.fixture
def page(tmp_path: Path, outputs: str) -> Callable[[str], Path]:
    """Write the page of a notebook in a theme."""

    def write(theme: str) -> Path:
        path = tmp_path / "notebook.html"
        path.write_text(PAGE.format(theme=THEMES[theme], outputs=outputs), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def outputs() -> str:
    """What the notebook of the examples shows, a table of the data, findings, and answers full of markup."""
    cells = json.loads((ROOT / "examples/notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    kept = ["".join(o["data"].get("text/html", "")) for c in cells for o in c.get("outputs", ())]
    hostile = cg.read(ROOT / "tests/hostile")
    shown: list[cg.Answer | DataTable] = [
        hostile.matrix(),
        hostile.instruments,
        cg.deck().swot(),
        cg.deck().check(),
    ]
    return "\n".join([*kept, *(each._repr_mimebundle_()["text/html"] for each in shown)])


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("theme", THEMES)
def test_answers_in_a_notebook_are_for_everybody(
    open_page: OpenPage, page: Callable[[str], Path], look: str, theme: str
) -> None:
    opened = open_page(page(theme), **LOOKS[look])

    assert axe_findings(opened.page) == []
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_wide_table_scrolls_in_its_own_box_by_keyboard(
    open_page: OpenPage, page: Callable[[str], Path]
) -> None:
    opened = open_page(page("light"), **LOOKS["wide"]).page
    wide = opened.get_by_role("region", name="Instruments: Instruments: ")

    wide.focus()
    before = wide.evaluate("box => box.scrollLeft")
    wide.press("ArrowRight")
    opened.wait_for_function("box => box.scrollLeft > 0", arg=wide.element_handle())

    assert before == 0
    assert wide.evaluate("box => box.scrollWidth > box.clientWidth")
