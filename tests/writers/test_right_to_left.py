"""What is written from right to left stands apart in every medium: the numbers and signs around it keep their places."""

import html as entities
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pptx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromium import chromium
from clustergap.analysis.brief import build_brief
from clustergap.analysis.matrix import Matrix, build_matrix
from clustergap.answers import brief_slide, matrix, matrix_drawing
from clustergap.document import Document
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.prose import Paragraph
from clustergap.text import isolate
from clustergap.writers import docx as docx_writer
from clustergap.writers import html, markdown, svg
from clustergap.writers import pptx as pptx_writer
from clustergap.writers.canvas import BODY, write_line
from strategies import dataset_of

NAME = "אבג"


def rated(name: str) -> Matrix:
    places = [{"code": "XA", "name": f"{name}א"}, "XB"]
    covers = {"role@land": {"extent": "full", "territories": ["XB"]}, "role@eu": "full"}
    return build_matrix(
        dataset_of(
            {
                "title": name,
                "levels": [{"id": "eu"}, {"id": "land", "name": name, "territories": places}],
                "roles": [{"id": "role", "name": name}],
                "instruments": [{"id": "a", "name": name, "covers": covers}],
            }
        ),
        Query(),
    )


def _slide(found: Matrix) -> str:
    file = pptx_writer.write_one(brief_slide.slides(build_brief(found), Origin()))
    (slide,) = pptx.Presentation(io.BytesIO(file)).slides
    return "\n".join(slide.element.xpath(".//a:t/text()"))


def _note(found: Matrix) -> str:
    note = docx.Document(io.BytesIO(docx_writer.write(matrix.document(found, Origin()))))
    return "\n".join(note.element.xpath(".//w:t/text()"))


def _page(found: Matrix) -> str:
    body = html.write(matrix.document(found, Origin())).partition("</head>")[2]
    return body.replace("<bdi>", "\u2068").replace("</bdi>", "\u2069")


WRITTEN: Mapping[str, Callable[[Matrix], str]] = {
    "svg": lambda found: svg.write(matrix_drawing.picture(found, Origin())).file,
    "md": lambda found: entities.unescape(markdown.write(matrix.document(found, Origin()))),
    "html": _page,
    "pptx": _slide,
    "docx": _note,
}


@pytest.mark.parametrize("medium", WRITTEN)
@given(st.sampled_from((NAME, "سلام", "می‌خواهم سلام", "אבג 2021-2027 דה", "אבג דה")))
def test_a_name_from_right_to_left_stands_apart_in_every_medium(medium: str, name: str) -> None:
    words = WRITTEN[medium](rated(name))

    outside = re.sub("\u2068[^\u2068\u2069]*\u2069", "", words)
    assert re.findall("[\u0590-\u08ff]", outside) == []
    assert f"\u2068{name}\u2069" in words


@given(st.text(st.sampled_from("אבס1 -,()a:"), max_size=20))
def test_what_is_set_apart_begins_and_ends_from_right_to_left_and_nothing_else_changes(
    text: str,
) -> None:
    apart = isolate(text, "<", ">")

    assert re.sub("[<>]", "", apart) == text
    for phrase in re.findall("<(.*?)>", apart):
        assert phrase[0] in "אבס"
        assert phrase[-1] in "אבס"
    assert not set(re.sub("<.*?>", "", apart)) & set("אבס")


LEFT = """(line, signs) => [...signs].map(sign => {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let node; (node = walker.nextNode());) {
    const at = node.data.indexOf(sign);
    if (at < 0) continue;
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect().left;
  }
})"""
"""Where each sign of a line is drawn."""


@pytest.mark.sampled(1)
@pytest.mark.parametrize("medium", ["html", "svg"])
def test_a_browser_shows_the_numbers_behind_a_name_behind_it(medium: str, tmp_path: Path) -> None:
    sentence = f"at {NAME} 2: 3, {NAME[::-1]} 7 f"
    file = tmp_path / f"x.{medium}"
    line = write_line(20, 40, sentence, BODY)
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="99">{line}</svg>'
    page = html.write(Document("-", (Paragraph(sentence),)))
    file.write_text(page if medium == "html" else drawn, encoding="utf-8")

    with chromium() as browser:
        opened = browser.new_page()
        opened.goto(file.as_uri())
        lefts = opened.locator("main p, text").evaluate(LEFT, "237f")

    assert lefts == sorted(lefts)
    assert len(set(lefts)) == 4


def test_word_lays_out_a_name_from_right_to_left_as_such_in_a_run_of_its_own() -> None:
    note = docx.Document(io.BytesIO(docx_writer.write(matrix.document(rated(NAME), Origin()))))

    for run in note.element.xpath(".//w:r[w:t]"):
        has_name = NAME in "".join(run.xpath("w:t/text()"))
        assert bool(run.xpath("w:rPr/w:rtl")) is has_name
        # The letters of such a run are bold, and large, by keys of their own.
        assert len(run.xpath("w:rPr/w:b")) == len(run.xpath("w:rPr/w:bCs"))
    styles = note.styles.element.xpath("w:style/w:rPr[w:sz and w:szCs]")
    assert len(styles) > 3
    assert note.styles["Title"].font.cs_bold
    normal = note.styles["Normal"].element.rPr
    assert normal.xpath("w:sz/@w:val") == normal.xpath("w:szCs/@w:val")
