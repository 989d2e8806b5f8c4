"""Every answer as a page: sealed, said to everybody, whole on a phone and on paper, and without a mistake in its HTML."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize
from pypdfium2 import PdfDocument

from answer_files import questions_of, write_answer
from axe import axe_findings
from briefings import endless
from clustergap.answers import report
from clustergap.origin import Origin
from clustergap.writers import html
from nu_validator import nu_messages
from opened_page import Look, OpenPage
from paths import ROOT
from sampling import Sample
from written_page import elements

DATA = ("data", "tests/hostile")
NAMED = ("gaps", "timeline", "swot")
"""Questions whose pages a test looks at by name."""
PHONE: ViewportSize = {"width": 320, "height": 640}
LOOKS: dict[str, Look] = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "dark, on a phone": {"viewport": PHONE, "color_scheme": "dark"},
    "in the system's colours": {"viewport": PHONE, "forced_colors": "active"},
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, sample: Sample) -> Iterator[dict[str, Path]]:
    """Every answer about both datasets, by the dataset and the question; in a sample those that a test names, and others of each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        folder = tmp_path_factory.mktemp("answers")
        yield {
            f"{data} {name}": write_answer(folder, data, name, "html")
            for data in DATA
            for name in _asked(data, sample)
        }


def _asked(data: str, sample: Sample) -> list[str]:
    names = list(questions_of(data))
    chosen = {*sample(names, 6), *NAMED}
    return [name for name in names if name in chosen]


def test_every_page_needs_nothing_but_itself(pages: dict[str, Path]) -> None:
    for file in pages.values():
        parts = elements(file.read_text(encoding="utf-8"))
        (policy,) = [
            part.attributes["content"]
            for part in parts
            if part.attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        assert re.fullmatch(
            r"default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'",
            policy,
        )
        assert not {"script", "link", "img", "iframe", "form"} & {part.tag for part in parts}
        assert not [name for part in parts for name in part.attributes if name.startswith("on")]


@pytest.mark.parametrize("look", LOOKS)
def test_no_page_shuts_anybody_out(
    open_page: OpenPage, pages: dict[str, Path], look: str, sample: Sample
) -> None:
    for name in sample(list(pages), 1):
        opened = open_page(pages[name], **LOOKS[look])

        assert axe_findings(opened.page) == [], name
        opened.assert_no_complaints()


def test_nothing_stands_over_the_edge_of_a_phone(
    open_page: OpenPage, pages: dict[str, Path], sample: Sample
) -> None:
    for name in sample(list(pages), 3):
        page = open_page(pages[name], viewport=PHONE).page

        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], name
        assert not page.evaluate(
            "[...document.querySelectorAll('.scroll')].some(one => one.scrollWidth > one.clientWidth)"
        ), name


@pytest.mark.sampled(1)
@pytest.mark.parametrize("width", [320, 700, 1200])
def test_texts_without_an_end_are_broken(open_page: OpenPage, tmp_path: Path, width: int) -> None:
    file = tmp_path / "endless.html"
    file.write_text(html.write(report.document(endless(), Origin())), encoding="utf-8")

    page = open_page(file, viewport={"width": width, "height": 640}).page

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert axe_findings(page) == []


def test_a_table_on_a_phone_says_of_each_value_what_it_is(
    open_page: OpenPage, pages: dict[str, Path]
) -> None:
    page = open_page(pages["data gaps"], viewport=PHONE).page

    label = "getComputedStyle(document.querySelectorAll('td')[1], '::before').content"
    assert page.evaluate(label) == '"Coverage: "'


def test_every_page_has_its_parts_and_one_title(pages: dict[str, Path]) -> None:
    for name, file in pages.items():
        parts = elements(file.read_text(encoding="utf-8"))
        tags = [part.tag for part in parts]

        assert [tags.count(tag) for tag in ("h1", "header", "main", "footer")] == [1] * 4, name
        assert next(part for part in parts if part.tag == "html").attributes["lang"] == "en"
        assert tags.count("caption") == tags.count("table")
        scopes = {part.attributes.get("scope") for part in parts if part.tag == "th"}
        assert scopes <= {"col", "row"}
        depths = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
        assert all(below - above <= 1 for above, below in pairwise(depths))


def test_coverage_is_said_by_its_word_and_its_shape(pages: dict[str, Path]) -> None:
    for file in pages.values():
        text = file.read_text(encoding="utf-8")
        for colour, what in re.findall(r'class="key c-(\w+)">(.*?)</span>', text):
            word = "NONE" if colour == "none" else colour
            assert f'<use href="#{colour}"/>' in what
            assert f"<b>{word}</b>" in what


@pytest.mark.exhaustive
def test_the_nu_checker_says_nothing(pages: dict[str, Path], sample: Sample) -> None:
    for name in sample(list(pages), 2):
        assert nu_messages(pages[name].read_text(encoding="utf-8")) == [], name


def test_on_paper_every_word_is_there(open_page: OpenPage, pages: dict[str, Path]) -> None:
    for name in NAMED:
        page = open_page(pages[f"data {name}"]).page

        sizes, printed = print_on_paper(page)
        page.evaluate("document.querySelectorAll('.vh').forEach(one => one.remove())")
        words = page.inner_text("body").split()

        assert sizes == {(595, 842)}
        assert [word for word in words if word not in printed] == []


def print_on_paper(page: Page) -> tuple[set[tuple[int, int]], str]:
    """Return the sizes of the pages in points, and all that stands on them."""
    with PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True)) as paper:
        sizes = {(round(sheet.get_width()), round(sheet.get_height())) for sheet in paper}
        return sizes, " ".join(sheet.get_textpage().get_text_range() for sheet in paper)


def test_strangers_texts_are_texts(open_page: OpenPage, pages: dict[str, Path]) -> None:
    page = open_page(pages["tests/hostile gaps"]).page

    assert "[/x] <b>bold</b> *star* _under_ `code`" in page.inner_text("main")
    assert page.locator("main b").all_inner_texts() == ["NONE"] * 4 + ["partial"] * 3


def test_names_stand_in_a_page_and_no_ids(
    pages: dict[str, Path], open_page: OpenPage, sample: Sample
) -> None:
    for name in sample(("gaps", "risks", "keystones", "what-if", "timeline", "matrix"), 3):
        text = open_page(pages[f"data {name}"]).page.inner_text("body")

        assert not re.search(r"\w@\w|[a-z]+-[a-z]+-\d|social-economy|industry-4-0", text), name
