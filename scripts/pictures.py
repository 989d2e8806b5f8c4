"""Take the pictures of the gap map that the documents show: ``make pictures``, after the page's looks have changed.

They are made by the machine's own browser and fonts, so no test compares their bytes.
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests/helpers"))

from playwright.sync_api import ViewportSize  # noqa: E402

from chromium import chromium  # noqa: E402 - from tests/helpers/, which is no package
from clustergap.cli.app import main  # noqa: E402

PICTURES: dict[str, tuple[ViewportSize, str]] = {
    "gap-map": ({"width": 1280, "height": 860}, "#social-economy@country"),
    "gap-map-phone": ({"width": 375, "height": 812}, ""),
}
"""Of each picture: the window, and what stands behind the page's name."""


def take() -> None:
    """Write every picture."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        page = Path(folder) / "gap-map.html"
        main(["report", "--data", str(ROOT / "data"), "-o", str(page), "--quiet"])
        for name, (window, place) in PICTURES.items():
            opened = browser.new_page(viewport=window)
            opened.goto(page.as_uri() + place)
            opened.screenshot(path=ROOT / "docs" / f"{name}.png")


if __name__ == "__main__":
    take()
