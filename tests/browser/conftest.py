from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Unpack

import pytest
from playwright.sync_api import Browser

from chromium import chromium
from gap_map import GapMaps
from opened_page import Look, OpenedPage, OpenPage


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    with chromium() as running:
        yield running


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open a file as if in a browser that was never used before; it is closed after the test."""
    with ExitStack() as windows:

        def open_page(path: Path, **look: Unpack[Look]) -> OpenedPage:
            context = browser.new_context(**look)
            windows.callback(context.close)
            return OpenedPage.open(context, path)

        yield open_page


@pytest.fixture(scope="session")
def gap_maps(tmp_path_factory: pytest.TempPathFactory) -> GapMaps:
    """Makes gap maps, each once for all tests of a worker."""
    return GapMaps(tmp_path_factory.mktemp("gap-maps"))
