"""The tests of the page trust these helpers: each must notice what it is there for."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from axe import axe_findings
from nu_validator import nu_messages
from opened_page import OpenedPage, OpenPage

STYLE = "body { color: black; background: white }"
DIGEST = b64encode(sha256(STYLE.encode()).digest()).decode()
STRICT = f"default-src 'none'; style-src 'sha256-{DIGEST}'"
GOOD = "<main><h1>Gaps</h1><label>Country <input></label></main>"


def page(body: str, policy: str = STRICT) -> str:
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>A trial</title>
<style>{STYLE}</style>
</head>
<body>
{body}
</body>
</html>
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "page.html"


def test_axe_finds_a_missing_label(open_page: OpenPage, file: Path) -> None:
    file.write_text(page("<main><h1>Gaps</h1><input></main>"), encoding="utf-8")
    opened = open_page(file)

    (found,) = axe_findings(opened.page)

    assert found.startswith("violation label: <input>: Fix any of the following: ")


def test_axe_tells_what_it_cannot_decide(open_page: OpenPage, file: Path) -> None:
    style = "background: linear-gradient(white, black)"
    body = f'<main><h1>Gaps</h1><p style="{style}">None</p></main>'
    file.write_text(page(body, "style-src 'unsafe-inline'"), encoding="utf-8")

    (found,) = axe_findings(open_page(file).page)

    assert found.startswith("undecided color-contrast: <p ")


def test_axe_looks_at_the_page_as_it_is_now(open_page: OpenPage, file: Path) -> None:
    file.write_text(page(GOOD), encoding="utf-8")
    opened = open_page(file)
    assert axe_findings(opened.page) == []

    opened.page.evaluate("document.documentElement.lang = ''")

    (found,) = axe_findings(opened.page)
    assert "html-has-lang" in found


def test_a_good_page_causes_no_complaint(open_page: OpenPage, file: Path) -> None:
    file.write_text(page(GOOD), encoding="utf-8")
    opened = open_page(file)

    assert axe_findings(opened.page) == []

    opened.assert_no_complaints()
    assert opened.requests == [file.as_uri()]


def test_a_request_is_noticed(open_page: OpenPage, file: Path) -> None:
    body = '<img src="http://127.0.0.1:9/x" alt="">'
    file.write_text(page(body, "img-src *; style-src 'unsafe-inline'"), encoding="utf-8")
    opened = open_page(file)

    assert "request: http://127.0.0.1:9/x" in opened.complaints()


def test_an_inline_event_handler_is_noticed(open_page: OpenPage, file: Path) -> None:
    file.write_text(page('<p onclick="0">'), encoding="utf-8")
    opened = open_page(file)

    console, policy = opened.complaints()

    assert console.startswith("console: ")
    assert policy.startswith("policy: script-src-attr inline")


def test_an_error_of_a_script_is_noticed(open_page: OpenPage, file: Path) -> None:
    script = "<script>setTimeout(() => lacking)</script>"
    file.write_text(page(script, "script-src 'unsafe-inline'"), encoding="utf-8")
    opened = open_page(file)

    assert opened.complaints() == ["error: lacking is not defined"]


def test_a_page_is_looked_at_as_asked(open_page: OpenPage, file: Path) -> None:
    file.write_text(page("<noscript><p>No script</p></noscript>"), encoding="utf-8")

    dark = open_page(file, color_scheme="dark", viewport={"width": 320, "height": 480})
    plain = open_page(file, forced_colors="active", reduced_motion="reduce")
    still = open_page(file, java_script_enabled=False)

    assert dark.page.evaluate("innerWidth") == 320
    assert _matches(dark, "(prefers-color-scheme: dark)")
    assert _matches(plain, "(forced-colors: active) and (prefers-reduced-motion: reduce)")
    assert not plain.page.locator("noscript p").is_visible()
    assert still.page.locator("noscript p").is_visible()
    still.assert_no_complaints()


def test_nu_accepts_a_good_page() -> None:
    assert nu_messages(page(GOOD)) == []


def test_nu_finds_an_element_that_is_not_closed() -> None:
    messages = nu_messages(page("<h1>Gaps</h1><section><p>Überall <b>nothing</section>"))

    assert "error, line 10: Unclosed element “b”." in messages
    assert any(message.startswith("warning, line 10: ") for message in messages)


def _matches(opened: OpenedPage, query: str) -> bool:
    return bool(opened.page.evaluate("query => matchMedia(query).matches", query))
