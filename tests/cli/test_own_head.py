"""``--title`` and ``--logo``: they stand at the head of every format that bears them, and nothing that was said is lost."""

import base64
import io
import re
import zipfile
from pathlib import Path

import docx
import pptx
import pypdfium2
import pytest

from logos import SVG, png
from running import run

TITLE = "Clusters & what lacks"
FINDING = "Social economy has no instrument at EU and country level"
LOGO = png(30, 10)
ENCODED = base64.b64encode(LOGO).decode()


def written(folder: Path, command: str, name: str, *, logo: bytes = LOGO) -> Path:
    """Write an answer about the packaged data with a title and a logo."""
    (folder / "logo").write_bytes(logo)
    path = folder / name
    own = ("--title", TITLE, "--logo", str(folder / "logo"))
    done = run(*command.split(), *own, "-q", "-o", str(path))
    assert (done.code, done.err) == (0, "")
    return path


def images_in(file: Path) -> list[bytes]:
    """The images within an office file."""
    with zipfile.ZipFile(file) as zipped:
        return [zipped.read(name) for name in zipped.namelist() if "/media/" in name]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("command", ["report", "matrix", "timeline", "compare RO BG"])
def test_a_page_bears_both_and_loads_nothing_but_the_logo_within_it(
    command: str, tmp_path: Path
) -> None:
    page = written(tmp_path, command, "page.html").read_text("utf-8")

    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == ["Clusters &amp; what lacks"]
    assert f'<img class="logo" src="data:image/png;base64,{ENCODED}" alt="Logo">' in page
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert "default-src 'none'" in policy
    assert "img-src data:;" in policy
    if command == "report":
        assert f'<span id="sentence">{FINDING}. ' in page


def test_an_svg_stands_in_a_page_as_an_image_and_never_as_its_elements(tmp_path: Path) -> None:
    page = written(tmp_path, "report", "page.html", logo=SVG).read_text("utf-8")

    encoded = base64.b64encode(SVG).decode()
    assert f'<img class="logo" src="data:image/svg+xml;base64,{encoded}" alt="Logo">' in page
    assert "alert(1)" not in page


def test_a_page_without_a_logo_allows_no_images(tmp_path: Path) -> None:
    path = tmp_path / "page.html"

    assert run("report", "--title", TITLE, "-q", "-o", str(path)).code == 0

    page = path.read_text("utf-8")
    assert "img-src" not in page
    assert "<img" not in page


@pytest.mark.sampled(3)
@pytest.mark.parametrize("logo", [LOGO, SVG])
@pytest.mark.parametrize("command", ["matrix", "timeline", "compare RO BG"])
def test_a_picture_bears_both_and_is_higher_by_the_logo(
    command: str, logo: bytes, tmp_path: Path
) -> None:
    plain = tmp_path / "plain.svg"
    assert run(*command.split(), "--title", TITLE, "-q", "-o", str(plain)).code == 0
    svg = written(tmp_path, command, "picture.svg", logo=logo).read_text("utf-8")

    assert '<title id="title">Clusters &amp; what lacks</title>' in svg
    assert base64.b64encode(logo).decode() in svg
    assert "alert(1)" not in svg
    heights = [
        float(re.findall(r'viewBox="0 0 \S+ (\S+)"', text)[0])
        for text in (plain.read_text("utf-8"), svg)
    ]
    assert heights[1] == heights[0] + 48


def test_a_picture_of_a_size_has_that_size_with_its_logo(tmp_path: Path) -> None:
    path = written(tmp_path, "matrix --size 1600x900", "picture.png")

    header = path.read_bytes()[16:24]
    assert (int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big")) == (1600, 900)


def test_a_picture_says_its_finding_below_the_title(tmp_path: Path) -> None:
    words = re.sub(r"<[^>]*>|\s+", " ", written(tmp_path, "matrix", "m.svg").read_text("utf-8"))

    assert FINDING in " ".join(words.split())


@pytest.mark.parametrize(("command", "most"), [("report", 20), ("report --brief", 1)])
def test_slides_bear_both(command: str, most: int, tmp_path: Path) -> None:
    path = written(tmp_path, command, "slides.pptx")

    slides = list(pptx.Presentation(str(path)).slides)
    first = [shape.text_frame.text for shape in slides[0].shapes if shape.has_text_frame]
    assert len(slides) <= most
    assert slides[0].shapes.title.text_frame.text == TITLE
    assert any(FINDING in text for text in first)
    assert any("Needs for cluster policy actions" in text for text in first)
    assert images_in(path) == [LOGO]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("command", ["report", "report --brief", "matrix"])
def test_a_note_for_word_bears_both(command: str, tmp_path: Path) -> None:
    path = written(tmp_path, command, "note.docx")

    note = docx.Document(io.BytesIO(path.read_bytes()))
    texts = [each.text for each in note.paragraphs]
    assert [
        each.text for each in note.paragraphs if each.style and each.style.name == "Title"
    ] == [TITLE]
    assert any("Needs for cluster policy actions" in text for text in texts)
    assert images_in(path) == [LOGO]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("command", ["report", "report --brief", "matrix"])
def test_a_pdf_bears_both(command: str, tmp_path: Path) -> None:
    path = written(tmp_path, command, "note.pdf")

    pdf = pypdfium2.PdfDocument(path.read_bytes())
    text = " ".join(pdf[0].get_textpage().get_text_bounded().split())
    assert TITLE in text
    assert "Needs for cluster policy actions" in text
    assert [each.type for each in pdf[0].get_objects() if each.type == 3] == [3]
    if command != "matrix":
        assert FINDING in text


def test_a_note_in_markdown_bears_the_title(tmp_path: Path) -> None:
    path = tmp_path / "note.md"

    assert run("report", "--title", TITLE, "-q", "-o", str(path)).code == 0

    assert path.read_text("utf-8").startswith("# Clusters &amp; what lacks\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("matrix --title x", "--title is for a page, a picture, slides or a note, not for table"),
        ("report --title x -o r.xlsx", "--title is for a page, a picture, slides or a note, not for xlsx"),
        ("report --logo l.png -o r.md", "--logo is for a page, a picture, slides or a note, not for md"),
        ("report --logo none.png -o r.html", "cannot read the logo 'none.png': No such file or directory"),
        ("report --logo l.svg -o r.docx", "the logo 'l.svg' is an SVG, which html or svg or png bear: save it as a PNG for docx"),
        ("report --logo l.svg -o r.pptx", "the logo 'l.svg' is an SVG, which html or svg or png bear: save it as a PNG for pptx"),
    ],
)  # fmt: skip
def test_what_cannot_bear_them_is_refused_before_anything_is_written(
    words: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("l.svg").write_bytes(SVG)
    Path("l.png").write_bytes(LOGO)

    done = run(*words.split())

    assert done.code == 2
    assert message in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["l.png", "l.svg"]
