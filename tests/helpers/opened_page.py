"""A file opened in a browser, and everything that the browser complained of meanwhile."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, Self, TypedDict, Unpack

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, ViewportSize

from foreign_code import WATCH, look_for_foreign_code, told

_PATIENCE = 15_000  # milliseconds: a machine that has other work, too, is slow
_MARK = "violates the page's policy: "
# By way of the console, as whatever is kept in the page is gone with its next document.
_TELL_VIOLATIONS = f"""
    addEventListener("securitypolicyviolation", event => console.debug(
        "{_MARK}" + [event.effectiveDirective, event.blockedURI, event.sample].join(" ")
    ))
"""


class Look(TypedDict, total=False):
    """How a page is looked at; the names and values are Playwright's."""

    viewport: ViewportSize
    color_scheme: Literal["light", "dark", "no-preference"]
    forced_colors: Literal["active", "none"]
    reduced_motion: Literal["reduce", "no-preference"]
    java_script_enabled: bool
    accept_downloads: bool


class OpenPage(Protocol):
    """What the fixture of this name gives: it opens a file in a window of its own."""

    def __call__(self, path: Path, **look: Unpack[Look]) -> "OpenedPage": ...


@dataclass
class OpenedPage:
    """A page, and what was recorded since before its first byte, also of the windows that it opens."""

    page: Page
    address: str
    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    foreign_code: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, context: BrowserContext, path: Path) -> Self:
        context.set_default_timeout(_PATIENCE)
        context.add_init_script(_TELL_VIOLATIONS)
        context.add_init_script(WATCH)
        opened = cls(context.new_page(), path.resolve().as_uri())
        context.on("console", opened._hear)
        context.on("weberror", lambda it: opened.page_errors.append(str(it.error)))
        context.on("request", lambda it: opened.requests.append(it.url))
        opened.page.goto(opened.address)
        return opened

    def complaints(self) -> list[str]:
        """Whatever a page that stands alone would not cause, one line each; the events of inline handlers come meanwhile."""
        for page in self.page.context.pages:
            self.foreign_code += look_for_foreign_code(page)
        self._catch_up()
        own = {self.address, "about:blank"}
        elsewhere = [url for url in self.requests if re.split(r"[?#]", url)[0] not in own]
        return [
            *(f"foreign code: {text}" for text in dict.fromkeys(self.foreign_code)),
            *(f"console: {text}" for text in self.console_errors),
            *(f"error: {text}" for text in self.page_errors),
            *(f"policy: {text}" for text in self.violations),
            *(f"request: {url}" for url in elsewhere),
        ]

    def assert_no_complaints(self) -> None:
        """Nothing was requested but the file itself, whatever was asked of it, and nothing foreign runs or went wrong."""
        assert self.complaints() == []

    def _hear(self, message: ConsoleMessage) -> None:
        if message.text.startswith(_MARK):
            self.violations.append(message.text.removeprefix(_MARK))
        elif found := told(message):
            self.foreign_code.append(found)
        elif message.type == "error":
            self.console_errors.append(message.text)

    def _catch_up(self) -> None:
        """Wait for what the pages do next: violations are told in tasks of their own.

        By each page's own clock, behind which nothing is left of what was due before, however slow the machine is; where scripts
        are switched off there is none.
        """
        for page in self.page.context.pages:
            if page.evaluate("matchMedia('(scripting)').matches"):
                page.evaluate("new Promise(done => setTimeout(done, 50))")
            else:
                page.wait_for_timeout(50)
