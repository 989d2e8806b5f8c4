"""What the Nu HTML checker says of the gap map as it is written, and as its script has changed it: nothing."""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import Page

from gap_map import DECK, INDUSTRY, GapMaps
from nu_validator import in_css_that_nu_knows, nu_messages
from odd_data import NAMES, page_of
from odd_page import Act, filter_by, first_cell, first_column, show
from opened_page import OpenPage
from sampling import Sample
from tools import needed, npm_package


def _choose_country(page: Page) -> None:
    show("places")(page)
    if page.locator("[data-place]").count():
        page.locator("[data-place]").first.click()


STATES: dict[str, tuple[Act, ...]] = {
    "places": (_choose_country,),
    "filtered, a partial cell": (
        show("map"),
        filter_by("coverage", "partial"),
        first_cell("partial"),
    ),
    "a full cell": (lambda page: page.locator("#clear").click(), first_cell("full")),
    "a column": (first_column,),
}
"""Each comes on top of those before it."""


def test_nu_says_nothing_of_any_page_as_it_is_written(gap_maps: GapMaps, sample: Sample) -> None:
    pages = [page_of(gap_maps, name) for name in sample(NAMES, 2)]
    pages.append(gap_maps.of(DECK, "--level", "eu", "--as-of", "2030-01-01").file)
    pages.append(gap_maps.of(INDUSTRY, "--in", "DE").file)

    assert _nu_messages_of(pages) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", ["deck", "hostile", "long"])
def test_nu_says_nothing_of_what_the_script_made_of_it(
    open_page: OpenPage, gap_maps: GapMaps, tmp_path: Path, name: str
) -> None:
    page = open_page(page_of(gap_maps, name)).page
    files = []

    for state, acts in STATES.items():
        for act in acts:
            act(page)
        files.append(tmp_path / f"{state}.html")
        # What the script sets of a style is no attribute, which the policy would forbid, until it is written down.
        html = re.sub(r' style="[^"]*"', "", page.content())
        files[-1].write_text(html, encoding="utf-8")

    assert _nu_messages_of(files) == []


@pytest.mark.exhaustive
def test_a_mistake_in_any_of_several_pages_is_found(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    good.write_text('<!DOCTYPE html><html lang="en"><title>x</title><p>x', encoding="utf-8")
    bad.write_text('<!DOCTYPE html><html lang="en"><title>x</title><p id="">x', encoding="utf-8")

    found = _nu_messages_of([good, bad])

    assert nu_messages(good.read_text(encoding="utf-8")) == []
    assert [line.partition(":")[0] for line in found] == ["bad.html"]


def _nu_messages_of(files: list[Path]) -> list[str]:
    """Ask once of all files: Java takes longer to start than the checker to look at a page."""
    java = needed(shutil.which("java"), "java is missing: as root, sh scripts/make-system.sh")
    jar = npm_package("vnu-jar") / "build/dist/vnu.jar"
    missing = "vnu-jar is missing: sh scripts/make-tools.sh .venv/tools"
    found = needed(jar if jar.exists() else None, missing)
    options = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m", "-jar", str(found))
    with tempfile.TemporaryDirectory() as folder:
        asked = [Path(folder) / file.name for file in files]
        for file, copy in zip(files, asked, strict=True):
            copy.write_text(
                in_css_that_nu_knows(file.read_text(encoding="utf-8")), encoding="utf-8"
            )
        command = [java, *options, "--format", "json", "--stdout", *map(str, asked)]
        done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    messages = json.loads(done.stdout)["messages"]
    return [f"{Path(one['url']).name}: {one['message']}" for one in messages]
