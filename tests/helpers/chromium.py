"""The system's Chromium, started and stopped by Playwright."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from tools import needed

# The same engine without what surrounds a window opens a page in half the time.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# What a browser does of its own accord is nothing that a test wants to wait for, or to count.
_ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium; leaving the ``with`` block stops it and Playwright."""
    command = needed(_find(), "no Chromium is on the PATH: as root, sh scripts/make-system.sh")
    with sync_playwright() as playwright:
        browser, why = _start(playwright, command)
        running = needed(browser, f"{command} does not start: {why}")
        try:
            yield running
        finally:
            running.close()


def _find() -> str | None:
    return next(filter(None, map(shutil.which, _NAMES)), None)


def _start(playwright: Playwright, command: str) -> tuple[Browser | None, str]:
    """Start it, or say why not: Ubuntu has a command of this name that only says what to install."""
    # Chromium refuses to run as root with its sandbox.
    arguments = [*_ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    try:
        return playwright.chromium.launch(executable_path=command, args=arguments), ""
    except Error as error:
        return None, error.message.partition("\n")[0]
