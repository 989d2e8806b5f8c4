"""The tests of the page trust these helpers: each must notice what it is there for."""

import re
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

    assert found.startswith("violation label: <input>: ")


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("background: linear-gradient(white, black)", ["undecided color-contrast: <p "]),
        ("background: linear-gradient(white, #777); border: 1px solid red", []),  # black: 4.7:1
        ("background: linear-gradient(white, #777, red); border: 1px solid red", []),  # a share's
        (
            "background: linear-gradient(white, #777, red); border: 1px solid blue; color: #222",
            ["undecided color-contrast: <p "],
        ),
        ("background: url(data:,) white", ["undecided color-contrast: <p "]),
        (
            "background: transparent linear-gradient(#0000, #0000)",
            ["undecided color-contrast: <p "],
        ),
    ],
)
def test_axe_tells_what_it_cannot_decide_and_no_text_that_stands_out_from_its_fill(
    open_page: OpenPage, file: Path, style: str, found: list[str]
) -> None:
    body = f'<main><h1>Gaps</h1><p style="{style}">None</p></main>'
    file.write_text(page(body, "style-src 'unsafe-inline'"), encoding="utf-8")

    told = axe_findings(open_page(file).page)

    assert [line[: len("undecided color-contrast: <p ")] for line in told] == found


@pytest.mark.exhaustive
def test_axe_decides_on_what_a_sticking_head_lies_over(open_page: OpenPage, file: Path) -> None:
    head = '<h1 style="position: sticky; top: 0; margin: 0; background: white">Gaps</h1>'
    lines = "".join(f"<p>Line {number}</p>" for number in range(99))
    style = '<p style="color: #ccc">Weak</p>'
    body = f"<main>{head}{lines}{style}</main>"
    file.write_text(page(body, "style-src 'unsafe-inline'"), encoding="utf-8")
    opened = open_page(file)
    opened.page.evaluate("scrollTo(0, 500)")

    (found,) = axe_findings(opened.page)

    assert found.startswith('violation color-contrast: <p style="color: #ccc">')


@pytest.mark.exhaustive
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


ASKED = """
<!-- A word that only looks like it: text is no code, and neither is an address that speaks of it. -->
<p title="javascript:0" lang="en" aria-label="onclick=0" data-onclick="0">javascript:0</p>
<meta name="description" content="0;url=javascript:0">
<a href="https://example.org/?q=javascript:0">onclick="0"</a>
<a href="java script:0">A word</a> <a href="#javascript:0">A place</a> <a href="./javascript:0">A file</a>
"""


@pytest.mark.exhaustive
def test_text_that_looks_like_code_is_none(open_page: OpenPage, file: Path) -> None:
    file.write_text(page(ASKED), encoding="utf-8")

    open_page(file).assert_no_complaints()


HANDLERS = {
    '<p onclick="0">': '<p> onclick="0"',
    "<p ONCLICK=0>": '<p> onclick="0"',
    "<input onfocus=0>": '<input> onfocus="0"',
    "<details ontoggle=0></details>": '<details> ontoggle="0"',
    "<p onpointerrawupdate=0>": '<p> onpointerrawupdate="0"',
    "<p hidden onclick=0>": '<p> onclick="0"',
    "<svg onload=0></svg>": '<svg> onload="0"',
    "<svg><circle onclick=0 /></svg>": '<circle> onclick="0"',
    "<svg><animate onbegin=0 /></svg>": '<animate> onbegin="0"',
    "<math><mi onclick=0>x</mi></math>": '<mi> onclick="0"',
}
UNSEEN = {
    "<p onnothingthatabrowserknows=0>": '<p> onnothingthatabrowserknows="0"',
    "<template><p onclick=0></p></template>": '<p> onclick="0"',
    "<template><template><p onclick=0></p></template></template>": '<p> onclick="0"',
}
SHADOWS = {
    f"<div><template shadowrootmode={mode}><p onclick=0></p></template></div>": '<p> onclick="0"'
    for mode in ("open", "closed")
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("body", "told"), (HANDLERS | UNSEEN | SHADOWS).items())
def test_an_inline_event_handler_is_noticed(
    open_page: OpenPage, file: Path, body: str, told: str
) -> None:
    file.write_text(page(body), encoding="utf-8")
    opened = open_page(file)

    assert f"foreign code: {told}" in opened.complaints()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("body", [*HANDLERS, "<body onload=0 onresize=0>", *SHADOWS])
def test_a_forbidden_handler_is_asked_for_and_the_browser_says_that_it_forbids_it(
    open_page: OpenPage, file: Path, body: str
) -> None:
    file.write_text(page(body), encoding="utf-8")
    opened = open_page(file)

    complaints = opened.complaints()

    assert any(one.startswith("policy: script-src-attr inline") for one in complaints)
    assert any(one.startswith("console: ") for one in complaints)


@pytest.mark.exhaustive
def test_a_handler_that_no_policy_forbids_runs_while_it_is_looked_for(
    open_page: OpenPage, file: Path
) -> None:
    ran = "document.title += this.tagName"
    body = f'<p onclick="{ran}"><svg><circle onclick="{ran}" /></svg>'
    file.write_text(page(body, "script-src 'unsafe-inline'"), encoding="utf-8")
    opened = open_page(file)
    assert opened.page.title() == "A trial"

    opened.complaints()

    assert opened.page.title() == "A trialPcircle"


ADDRESSES = (
    "<a href='javascript:0'>x</a>",
    "<a href='JavaScript:0'>x</a>",
    "<a href=' \x01javascript:0'>x</a>",
    "<a href='java\tscr\nipt:0'>x</a>",
    "<a href='&#106;avascript&colon;0'>x</a>",
    "<map><area href='javascript:0'></map>",
    "<svg><a href='javascript:0'><text>x</text></a></svg>",
    "<svg><a xlink:href='javascript:0'><text>x</text></a></svg>",
    "<svg><a><set attributeName=href to='javascript:0' /></a></svg>",
    "<svg><a><animate attributeName=href values='#x;javascript:0' /></a></svg>",
    "<form action='javascript:0'></form>",
    "<button formaction='javascript:0'>x</button>",
    "<input type=submit formaction='javascript:0'>",
    "<img src='javascript:0' alt=''>",
    "<iframe src='javascript:0'></iframe>",
    "<object data='javascript:0'></object>",
    "<video poster='javascript:0'></video>",
    "<template><a href='javascript:0'>x</a></template>",
    "<div><template shadowrootmode=closed><a href='javascript:0'>x</a></template></div>",
    '<meta http-equiv=Refresh content="9; URL=\'javascript:0">',
)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("body", ADDRESSES)
def test_an_address_that_is_code_is_noticed(open_page: OpenPage, file: Path, body: str) -> None:
    file.write_text(page(body), encoding="utf-8")

    complaints = open_page(file).complaints()

    assert any(one.startswith("foreign code: ") for one in complaints)


@pytest.mark.exhaustive
def test_foreign_code_is_noticed_where_no_script_runs(open_page: OpenPage, file: Path) -> None:
    numbered = [re.sub("(?<=:|;)0", str(n), body) for n, body in enumerate(ADDRESSES)]
    bodies = [*HANDLERS, *UNSEEN, *SHADOWS, *numbered]
    file.write_text(page("\n".join(f"<div>{body}</div>" for body in bodies)), encoding="utf-8")

    complaints = open_page(file, java_script_enabled=False).complaints()

    for told in (HANDLERS | UNSEEN | SHADOWS).values():
        assert f"foreign code: {told}" in complaints
    for n, body in enumerate(ADDRESSES):
        assert any(one.endswith(f':{n}"') for one in complaints), body


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "change",
    [
        "one.setAttribute('onclick', '0'); one.removeAttribute('onclick')",
        "one.innerHTML = '<b><i onclick=0></i></b>'; one.textContent = ''",
        "one.innerHTML = '<a href=javascript:0></a>'; one.textContent = ''",
        "one.innerHTML = '<a></a>'; one.firstChild.href = 'javascript:0'; one.remove()",
    ],
)
def test_what_was_in_the_page_for_a_moment_is_noticed(
    open_page: OpenPage, file: Path, change: str
) -> None:
    file.write_text(page("<p>None</p>"), encoding="utf-8")
    opened = open_page(file)
    opened.page.evaluate(f"() => {{ const one = document.querySelector('p'); {change}; }}")

    assert any(one.startswith("foreign code: ") for one in opened.complaints())


@pytest.mark.exhaustive
def test_foreign_code_is_noticed_in_a_frame_and_in_a_window_that_the_page_opens(
    open_page: OpenPage, file: Path
) -> None:
    frame = "<iframe srcdoc='<p onclick=1></p>'></iframe>"
    file.write_text(page(frame), encoding="utf-8")
    opened = open_page(file)
    with opened.page.expect_popup() as popup:
        opened.page.evaluate("() => { open('about:blank'); }")
    popup.value.evaluate("document.body.innerHTML = '<p onclick=2></p>'")

    complaints = opened.complaints()

    assert 'foreign code: <p> onclick="1"' in complaints
    assert 'foreign code: <p> onclick="2"' in complaints


def test_an_error_of_a_script_is_noticed(open_page: OpenPage, file: Path) -> None:
    script = "<script>setTimeout(() => lacking)</script>"
    file.write_text(page(script, "script-src 'unsafe-inline'"), encoding="utf-8")
    opened = open_page(file)

    (complaint,) = opened.complaints()

    assert complaint.startswith("error: ")
    assert "lacking" in complaint


@pytest.mark.exhaustive
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


@pytest.mark.exhaustive
def test_nu_accepts_a_good_page() -> None:
    assert nu_messages(page(GOOD)) == []


@pytest.mark.exhaustive
def test_nu_finds_an_element_that_is_not_closed() -> None:
    messages = nu_messages(page("<h1>Gaps</h1><section><p>Überall <b>nothing</section>"))

    assert any(one.startswith("error, line 10: ") and "“b”" in one for one in messages)
    assert any(message.startswith("warning, line 10: ") for message in messages)


def _matches(opened: OpenedPage, query: str) -> bool:
    return bool(opened.page.evaluate("query => matchMedia(query).matches", query))
