"""Pictures of the gap map, made for people to look at, and what can be measured in them.

They are kept if CLUSTERGAP_SCREENSHOTS names a folder: ``CLUSTERGAP_SCREENSHOTS=shots pytest tests/browser/test_screenshots.py``.
"""

import os
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from gap_map import DECK, INDUSTRY, GapMaps
from odd_data import page_of
from odd_page import choose, filter_by, show
from opened_page import Look, OpenPage

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 375, "height": 700}

DEFICIENCIES = ("none", "achromatopsia", "deuteranopia", "protanopia", "tritanopia")

LOOKS = {
    "desktop": Look(viewport=WIDE, reduced_motion="reduce"),
    "phone": Look(viewport=PHONE, reduced_motion="reduce"),
    "dark": Look(viewport=WIDE, color_scheme="dark"),
    "dark-phone": Look(viewport=PHONE, color_scheme="dark"),
    "forced-colours": Look(viewport=WIDE, forced_colors="active"),
    "forced-colours-dark": Look(viewport=WIDE, forced_colors="active", color_scheme="dark"),
}

Light = float
"""Relative luminance, from 0 to 1."""


_PIXELS = """async picture => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    return canvas.getImageData(0, 0, image.width, image.height);
}"""

_COUNT_COLOURS = f"""async picture => {{
    const {{ data }} = await ({_PIXELS})(picture);
    return new Set(new Uint32Array(data.buffer)).size;
}}"""

_LOOK = f"""async picture => {{
    const {{ data, width, height }} = await ({_PIXELS})(picture);
    const channel = value => value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    const light = pixel => 0.2126 * channel(data[4 * pixel]) + 0.7152 * channel(data[4 * pixel + 1])
        + 0.0722 * channel(data[4 * pixel + 2]);
    const all = Array.from({{ length: width * height }}, (_, pixel) => light(pixel));
    const times = new Map();
    for (const one of all) times.set(one, (times.get(one) || 0) + 1);
    const [fill] = [...times].reduce((a, b) => b[1] > a[1] ? b : a);
    const edge = all.filter((_, pixel) => pixel % width === 1);
    return [fill, edge.slice(height / 4, -height / 4).reduce((a, b) => Math.min(a, b))];
}}"""


class Seen(NamedTuple):
    """How light the most of a cell is, and the darkest of its left border."""

    fill: Light
    border: Light


@dataclass(frozen=True)
class Studio:
    """Where pictures are kept, and an empty page, which can read them."""

    folder: Path
    eye: Page

    def count_colours(self, picture: bytes) -> int:
        """Count the colours of a picture; a blank one has one."""
        return int(self.eye.evaluate(_COUNT_COLOURS, b64encode(picture).decode()))

    def look_at(self, page: Page, coverage: str) -> Seen:
        """Measure the first cell of the map that is so covered."""
        picture = page.locator(f".cell[data-cell].c-{coverage}").first.screenshot()
        return Seen(*self.eye.evaluate(_LOOK, b64encode(picture).decode()))


@pytest.fixture
def studio(browser: Browser, tmp_path: Path) -> Iterator[Studio]:
    folder = Path(os.environ.get("CLUSTERGAP_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    context = browser.new_context()
    yield Studio(folder, context.new_page())
    context.close()


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("name", "look"),
    [*(("deck", look) for look in LOOKS), ("policy", "desktop"), ("industry", "phone")],
)
def test_a_picture_is_made_of_each_look(
    open_page: OpenPage, gap_maps: GapMaps, studio: Studio, name: str, look: str
) -> None:
    page = open_page(page_of(gap_maps, name), **LOOKS[look]).page

    picture = page.screenshot(path=studio.folder / f"{name}-{look}.png", full_page=True)

    assert studio.count_colours(picture) > 10


@pytest.mark.exhaustive
def test_a_picture_is_made_of_each_view_and_of_the_panel(
    open_page: OpenPage, gap_maps: GapMaps, studio: Studio
) -> None:
    page = open_page(gap_maps.of(DECK).file, **LOOKS["desktop"]).page
    pictures = {}

    for view in ("list", "swot", "places"):
        show(view)(page)
        pictures[view] = page.screenshot(path=studio.folder / f"deck-{view}.png", full_page=True)
    show("map")(page)
    choose("industry-4-0@country")(page)
    pictures["panel"] = page.screenshot(path=studio.folder / "deck-panel.png")
    filter_by("coverage", "none", "partial")(page)
    pictures["filtered"] = page.screenshot(path=studio.folder / "deck-filtered.png")

    assert len(set(pictures.values())) == len(pictures)
    assert all(studio.count_colours(picture) > 10 for picture in pictures.values())


@pytest.mark.exhaustive
def test_a_picture_is_made_of_the_paper(
    open_page: OpenPage, gap_maps: GapMaps, studio: Studio
) -> None:
    page = open_page(gap_maps.of(DECK).file, **LOOKS["desktop"]).page
    paper = studio.folder / "deck-print.pdf"

    page.pdf(path=paper, prefer_css_page_size=True)

    if shutil.which("pdftoppm"):
        command = ["pdftoppm", "-r", "96", "-png", "-singlefile", str(paper)]
        subprocess.run([*command, str(studio.folder / "deck-print")], check=True)
        picture = (studio.folder / "deck-print.png").read_bytes()
    else:
        page.emulate_media(media="print")
        picture = page.screenshot(path=studio.folder / "deck-print.png", full_page=True)
    assert studio.count_colours(picture) > 10


@pytest.mark.sampled(1)
@pytest.mark.parametrize("look", ["desktop", "dark"])
def test_gaps_differ_from_full_cells_whatever_colours_are_seen(
    open_page: OpenPage, gap_maps: GapMaps, studio: Studio, look: str
) -> None:
    page = open_page(gap_maps.of(DECK).file, **LOOKS[look]).page

    for deficiency in DEFICIENCIES:
        _see_as(page, deficiency)
        if look == "desktop":
            page.screenshot(path=studio.folder / f"deck-{deficiency}.png")
        full, partial, none = (studio.look_at(page, one) for one in ("full", "partial", "none"))

        assert _contrast(none.fill, full.fill) >= 3
        assert _contrast(partial.fill, full.fill) >= 3
        assert _contrast(none.border, none.fill) >= 3
        assert _contrast(partial.border, partial.fill) >= 3


def test_a_gap_is_heavier_than_a_full_cell_in_forced_colours(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    # Where colour says nothing, what is drawn thicker and larger catches the eye.
    page = open_page(gap_maps.of(DECK).file, viewport=WIDE, forced_colors="active").page

    weight = {
        coverage: page.locator(f".cell[data-cell].c-{coverage}").first.evaluate(
            """one => ["Top", "Right", "Bottom", "Left"].reduce(
                (sum, side) => sum + parseFloat(getComputedStyle(one)[`border${side}Width`]), 0)"""
        )
        for coverage in ("full", "partial", "none")
    }

    assert weight["full"] < weight["partial"]
    assert weight["full"] < weight["none"]


@pytest.mark.exhaustive
def test_the_word_of_a_gap_is_bolder_and_larger_than_that_of_a_full_cell(
    open_page: OpenPage, gap_maps: GapMaps
) -> None:
    page = open_page(gap_maps.of(INDUSTRY).file, viewport=WIDE).page

    size, weight = (
        {
            coverage: float(
                page.locator(f".cell[data-cell].c-{coverage} b").first.evaluate(
                    "(one, name) => getComputedStyle(one)[name].replace('px', '')", name
                )
            )
            for coverage in ("full", "partial", "none")
        }
        for name in ("fontSize", "fontWeight")
    )

    assert size["none"] > size["partial"] >= size["full"]
    assert weight["none"] >= weight["partial"] > weight["full"]


def _see_as(page: Page, deficiency: str) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": deficiency})


def _contrast(one: Light, other: Light) -> float:
    low, high = sorted((one, other))
    return (high + 0.05) / (low + 0.05)
