"""The matrix as a picture: all of it inside, at any size, the same on every run."""

import re
import struct
import sys
import xml.etree.ElementTree as ET
import zlib
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

import pytest

from clustergap.analysis.matrix import build_matrix
from clustergap.answers import compare_drawings
from clustergap.answers.matrix import picture
from clustergap.api.locations import locate_dataset
from clustergap.api.names import CompareOptions, read_size
from clustergap.api.policy_data import PolicyData
from clustergap.errors import ClusterGapError
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.picture import MatrixPicture, Size
from clustergap.text_metrics import missing_letters
from clustergap.theme import DEFINITIONS
from clustergap.writers import png, svg
from clustergap.writers.canvas import FONT, Face
from clustergap.writers.png import FONT_FILES, rasterise
from clustergap.writers.svg import LONGEST_WORD, GridLayout
from paths import ROOT
from running import run

SVG = "{http://www.w3.org/2000/svg}"
SLIDE = Size(1920, 1080)
SIZES = (None, SLIDE, Size(1080, 1920), Size(1000, 1000), Size(5000, 300), Size(300, 300))


def write_dataset(folder: Path, roles: int, levels: int, word: str = "Cluster") -> Path:
    """Write a dataset in which every kind of coverage occurs, and names that hold a word."""
    cells = [(role, level) for role in range(roles) for level in range(levels)]
    lines = [
        "schema: 1",
        f"title: {word} in places and times",
        "as_of: 2026-01-01",
        "sources: {survey: {title: Our survey}}",
        "levels:",
        *(f"  - {{id: l{n}, name: {word} level {n}}}" for n in range(levels)),
        "roles:",
        *(f"  - {{id: r{n}, name: {word} as a driver of {word} {n}}}" for n in range(roles)),
        "instruments:",
        f"  - id: act\n    name: {word} act of many words\n    covers:",
        "      r0@l0: full",
        *(f"      r{r}@l{n}: {{extent: partial, note: Not for every {word}}}"
          for r, n in cells if (r + n) % 3 == 1),
        f"  - id: plan\n    name: {word} plan\n    covers:",
        "      r0@l0: full",
        *(f"      r{r}@l{n}: full" for r, n in cells if (r + n) % 3 == 2),
    ]  # fmt: skip
    folder.mkdir(exist_ok=True)
    (folder / "instruments.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


DATA = ("data", "examples/industry-4-0-2017", "examples/cluster-policy-2021-2027", "tests/hostile")
SHAPES = {
    "1x1": (1, 1, "Cluster"),
    "1x3": (1, 3, "Cluster"),
    "4x12": (4, 12, "Cluster"),
    "20x5": (20, 5, "Cluster"),
    "long": (5, 3, "Wirtschaftsförderungsgesellschaften"),
}
COMPARED = {
    "two": ("examples/industry-4-0-2017", CompareOptions(("RO", "BG"))),
    "27": ("examples/industry-4-0-2017", CompareOptions((), "country")),
    "244": ("examples/industry-4-0-2017", CompareOptions((), "region")),
    "hostile": ("tests/hostile", CompareOptions(("RO", "RO21", "AT", "BE", "RO11", "DE", "FR"))),
}


@pytest.fixture(params=[*DATA, *SHAPES, *COMPARED])
def layout(request: pytest.FixtureRequest, tmp_path: Path) -> GridLayout:
    """Return what to draw: the shipped matrices, a hostile one, some of odd shapes, and places side by side."""
    name = request.param
    if name in COMPARED:
        folder, places = COMPARED[name]
        answer = PolicyData.read(locate_dataset(ROOT / folder)).compare(places)
        return GridLayout(compare_drawings.picture(answer.result, Origin()))
    path = write_dataset(tmp_path / "made", *SHAPES[name]) if name in SHAPES else ROOT / name
    return GridLayout(matrix_in(path))


class Text(NamedTuple):
    """A line of a picture, where it stands in it, and how wide it may be drawn."""

    words: str
    x: float
    y: float
    width: float
    size: float


def texts(svg: str) -> list[Text]:
    """Read the lines of a picture back, in its own pixels."""
    root = ET.fromstring(svg)  # noqa: S314 - our own document
    group = root.find(f"{SVG}g")
    dx, dy, scale = (
        (0.0, 0.0, 1.0)
        if group is None
        else map(float, re.findall(r"-?[\d.]+", group.attrib["transform"]))
    )
    found = []
    for node in root.iter(f"{SVG}text"):
        size = float(node.attrib["font-size"])
        width = Face(size, node.attrib["font-weight"]).width(node.text or "")
        x, y = (scale * float(node.attrib[key]) for key in "xy")
        found.append(Text(node.text or "", dx + x, dy + y, scale * width, scale * size))
    return found


def size_of(png: bytes) -> Size:
    """Read the size in a PNG's first chunk."""
    return Size(*struct.unpack(">II", png[16:24]))


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    """Read a PNG's chunks back, and check each."""
    found, at = [], 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert png[at + 8 + length : at + 12 + length] == struct.pack(
            ">I", zlib.crc32(name + body)
        )
        found.append((name, body))
        at += 12 + length
    return found


def colours(png: bytes) -> set[bytes]:
    """Return the colours of a PNG's pixels: red, green, blue and opacity."""
    body = zlib.decompress(b"".join(body for name, body in chunks(png) if name == b"IDAT"))
    width, height = size_of(png)
    row, before = bytearray(), bytearray(4 * width)
    found = set[bytes]()
    for n in range(height):
        start = n * (4 * width + 1)
        row = _unfilter(body[start], bytearray(body[start + 1 : start + 1 + 4 * width]), before)
        found |= {bytes(row[x : x + 4]) for x in range(0, 4 * width, 4)}
        before = row
    return found


def _unfilter(kind: int, row: bytearray, above: bytearray) -> bytearray:
    for n, value in enumerate(row):
        left = row[n - 4] if n >= 4 else 0
        corner = above[n - 4] if n >= 4 else 0
        guess = left + above[n] - corner
        nearest = min((left, above[n], corner), key=lambda one: abs(guess - one))
        added = (0, left, above[n], (left + above[n]) // 2, nearest)[kind]
        row[n] = (value + added) % 256
    return row


@pytest.mark.sampled(13)
@pytest.mark.parametrize("size", SIZES)
def test_every_text_stands_inside_the_picture(layout: GridLayout, size: Size | None) -> None:
    drawn = svg.write(layout.picture, size)

    for text in texts(drawn.file):
        assert text.x >= 0
        assert text.x + text.width <= drawn.size.width + 0.5, text
        assert text.y - text.size >= 0
        assert text.y <= drawn.size.height, text


@pytest.mark.sampled(13)
@pytest.mark.parametrize("size", SIZES)
def test_no_word_is_cut(layout: GridLayout, size: Size | None) -> None:
    grid = layout.picture
    said = [grid.caption.title, grid.caption.headline, *grid.roles]
    for panel in grid.panels:
        said += [panel.title, *panel.columns]
        said += [line for row in panel.cells for cell in row for line in cell.details]

    drawn = {word for text in texts(svg.write(grid, size).file) for word in text.words.split()}

    assert {word for words in said for word in words.split()} <= drawn


def test_no_text_stands_on_another(layout: GridLayout) -> None:
    lines = sorted(texts(svg.write(layout.picture).file), key=lambda t: t.y)

    for n, one in enumerate(lines):
        for other in lines[n + 1 :]:
            if other.y - other.size >= one.y:
                break
            assert one.x + one.width <= other.x or other.x + other.width <= one.x, (one, other)


def test_an_address_is_broken_and_not_clipped(tmp_path: Path) -> None:
    address = "https://example.eu/" + "cluster/" * 12
    data = write_dataset(tmp_path / "made", 2, 2, address)
    matrix = matrix_in(data)

    drawn = svg.write(matrix)

    assert GridLayout(matrix).column == LONGEST_WORD
    assert all(text.x + text.width <= drawn.size.width for text in texts(drawn.file))


@pytest.mark.sampled(11)
@pytest.mark.parametrize("size", SIZES[1:])
def test_a_picture_fills_its_frame_or_is_as_large_as_its_words_allow(
    layout: GridLayout, size: Size
) -> None:
    drawn = svg.write(layout.picture, size)

    root = ET.fromstring(drawn.file)  # noqa: S314 - our own document
    place = root.find(f"{SVG}g")
    assert place is not None
    assert (root.attrib["width"], root.attrib["height"]) == tuple(map(str, size))
    assert root.attrib["viewBox"] == f"0 0 {size.width} {size.height}"
    x, y, _scale = map(float, re.findall(r"-?[\d.]+", place.attrib["transform"]))
    least = layout.draw(layout.least_width()).size
    if least.width / least.height < size.width / size.height:
        # As high as the frame, or nearly as wide: lines are whole.
        assert 2 * min(x, y) < 1
        assert 2 * y < 0.12 * size.height
        assert 2 * x < 0.12 * size.width
    else:
        assert abs(x) < 0.01


def test_a_picture_for_the_phone_is_narrow_and_one_for_a_slide_wide() -> None:
    for size in ("1080x1920", "1920x1080"):
        outcome = run("matrix", "--data", "data", "-f", "png", "--size", size)

        assert outcome.code == 0
        assert size_of(outcome.stdout) == read_size(size)


@pytest.mark.parametrize("format_", ["svg", "png"])
def test_a_picture_says_what_of_when_and_from_where(format_: str) -> None:
    outcome = run("matrix", "--data", "data", "-f", format_)

    told = "alternative text: Needs for cluster policy actions at regional, national and EU level"
    assert told in outcome.err
    assert "Not covered: Social economy at EU; Social economy at Country." in outcome.err
    assert "alternative text" not in run("matrix", "-f", format_, "-q").err


def test_title_legend_date_and_source_are_in_the_picture() -> None:
    svg = run("matrix", "--data", "data", "-f", "svg").out

    words = " ".join(text.words for text in texts(svg))
    assert words.startswith("Needs for cluster policy actions at regional, national and EU level ")
    assert all(definition in words for definition in DEFINITIONS.values())
    assert "as of 2019-05-31" in words
    assert "Source: Daniel Cosnita, " in words
    assert len(svg.encode()) < 20_000
    assert "@font-face" not in svg
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_a_png_is_twice_as_large_as_the_svg() -> None:
    matrix = matrix_in(ROOT / "data")

    drawing, pixels = svg.write(matrix), png.write(matrix)

    assert (
        pixels.size
        == Size(2 * drawing.size.width, 2 * drawing.size.height)
        == size_of(pixels.file)
    )


def test_a_long_png_is_less_sharp_and_a_longer_one_refused(tmp_path: Path) -> None:
    long, longer = (
        matrix_in(write_dataset(tmp_path / name, roles, 1))
        for name, roles in (("long", 90), ("longer", 300))
    )  # fmt: skip

    drawn = png.write(long)

    assert drawn.size.height == 10_000
    assert size_of(drawn.file) == drawn.size
    with pytest.raises(ClusterGapError, match="more than 10,000 a side: show less with --role"):
        png.write(longer)


def test_a_png_is_the_same_on_every_run() -> None:
    argv = ("matrix", "--data", "data", "-f", "png", "--size", "640x360")

    assert run(*argv).stdout == run(*argv).stdout


def test_a_timeline_is_a_png_too_with_its_alternative_text() -> None:
    svg = run("timeline", "--data", "data", "-f", "svg")
    picture = run("timeline", "--data", "data", "-f", "png")

    assert picture.err == svg.err
    root = ET.fromstring(svg.out)  # noqa: S314 - our own document
    width, height = (round(2 * float(root.attrib[side])) for side in ("width", "height"))
    assert size_of(picture.stdout) == Size(width, height)
    told = dict(
        body.split(b"\0\0\0en\0\0") for name, body in chunks(picture.stdout) if name == b"iTXt"
    )
    assert f"alternative text: {told[b'Description'].decode()}" in picture.err
    assert picture.stdout == run("timeline", "--data", "data", "-f", "png").stdout


def test_a_png_shows_each_coverage_in_its_colour() -> None:
    found = colours(run("matrix", "--data", "data", "-f", "png", "--size", "320x200").stdout)

    assert {bytes.fromhex(f"{colour}ff") for colour in ("ffffff", "0b5394", "f6c667")} <= found
    # A dashed line of 3 px is hardly one pixel here, and mixed with its ground.
    assert any(red > 150 and green < 80 and blue < 80 for red, green, blue, _ in found)


def test_a_png_holds_the_alternative_text() -> None:
    png = run("matrix", "--data", "tests/hostile", "-f", "png", "--size", "200x200").stdout

    told = dict(body.split(b"\0\0\0en\0\0") for name, body in chunks(png) if name == b"iTXt")
    assert told[b"Title"].decode() == "=1+1 [/bold] <b>title</b> | ::error::forged, ##[error]x"
    assert "می\u200cخواهم" in told[b"Description"].decode()
    assert [name for name, _ in chunks(png)][:3] == [b"IHDR", b"iTXt", b"iTXt"]


def drawn(words: str, weight: str = "normal", family: str = FONT) -> bytes:
    """Return the pixels of a text."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 30" width="400" height="30">'
        f'<text x="4" y="22" font-size="20" font-weight="{weight}" font-family={quoteattr(family)}>{words}</text></svg>'
    )
    return rasterise(svg, 1.0, {})


def test_letters_are_those_of_the_bundled_font_and_bold_is_bold() -> None:
    assert drawn("Łódź") == drawn("Łódź", family="Liberation Sans")
    assert drawn("Łódź") != drawn("Łódź", weight="bold")
    assert len(set(map(len, map(Path.read_bytes, FONT_FILES)))) == 2


def test_the_font_draws_exactly_what_it_is_said_to_draw() -> None:
    for weight in ("normal", "bold"):
        blank = drawn("\ue000", weight)

        for character in "aŁșΩЖ—“½✓◐●→中म한ا☃":
            is_drawn = not missing_letters(character)
            assert (drawn(character, weight) != blank) == is_drawn, character


def test_what_the_font_lacks_is_told() -> None:
    argv = ("matrix", "--data", "tests/hostile")

    outcome = run(*argv, "-f", "png", "--size", "400x300")

    assert "note: the picture's font lacks 地, 区, 🏴, م, ی, خ, و, ا, ه; " in outcome.err
    assert "lacks" not in run(*argv, "-f", "svg").err
    assert "lacks" not in run("matrix", "--data", "data", "-f", "png", "--size", "400x300").err
    assert "lacks" not in run(*argv, "-f", "png", "--size", "400x300", "-q").err


def test_many_letters_that_are_lacking_are_counted() -> None:
    missing = missing_letters("".join(map(chr, range(0x4E00, 0x4E20))) + " \u200d\n")

    assert len(missing) == 32


def test_a_text_too_small_to_read_is_told() -> None:
    assert (
        "pixels high"
        not in run("matrix", "--data", "data", "-f", "svg", "--size", "1920x1080").err
    )
    assert "the smallest text is 4.5 pixels high" in run(
        "matrix", "--data", "data", "-f", "svg", "--size", "480x270"
    ).err  # fmt: skip


@pytest.mark.parametrize(("roles", "levels"), [(300, 1), (1, 30)])
def test_what_has_no_room_at_all_is_refused(tmp_path: Path, roles: int, levels: int) -> None:
    data = write_dataset(tmp_path / "made", roles, levels)

    outcome = run("matrix", "--data", str(data), "-f", "png", "--size", "300x300")

    assert (outcome.code, outcome.stdout) == (2, b"")
    assert " have no room in 300x300 pixels: show less with --role and --level" in outcome.err


def test_what_the_renderer_cannot_draw_is_no_defect() -> None:
    with pytest.raises(ClusterGapError, match="too much in the picture for a PNG"):
        rasterise("<svg", 1.0, {})


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["--size", "1920"], "--size '1920' is not WIDTHxHEIGHT in pixels, such as 1920x1080"),
        (["--size", "0x0"], "from 100 to 10,000 pixels"),
        (["--size", "1920x10001"], "from 100 to 10,000 pixels"),
        (["--size", "-5x10"], "is not WIDTHxHEIGHT"),
        (["--size", "1e3x10"], "is not WIDTHxHEIGHT"),
        (["--size", "９００x９００"], "is not WIDTHxHEIGHT"),
        (["--size", "99x100"], "from 100 to 10,000 pixels"),
        (["--size", "9" * 30 + "x1"], "is not WIDTHxHEIGHT"),
    ],
)
def test_a_size_that_is_none_is_refused(argv: list[str], told: str) -> None:
    outcome = run("matrix", "-f", "png", *argv)

    assert (outcome.code, outcome.stdout) == (2, b"")
    assert told in outcome.err


@pytest.mark.parametrize("format_", ["table", "json", "csv", "md"])
def test_only_pictures_have_a_size(format_: str) -> None:
    outcome = run("matrix", "-f", format_, "--size", "1920x1080")

    assert (outcome.code, outcome.stdout) == (2, b"")
    assert "--size is for pictures: say -o matrix.svg or -o matrix.png with it" in outcome.err


def test_a_png_is_not_poured_over_a_terminal(tmp_path: Path) -> None:
    refused = run("matrix", "-f", "png", is_terminal=True)
    path = tmp_path / "matrix.PNG"

    assert (refused.code, refused.stdout) == (2, b"")
    assert "say -o matrix.png" in refused.err
    assert run("matrix", "-f", "png", "-o", "-", is_terminal=True).stdout.startswith(b"\x89PNG")
    assert run("matrix", "-o", str(path), is_terminal=True).code == 0
    assert path.read_bytes().startswith(b"\x89PNG\r\n")


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)

    outcome = run("matrix", "-o", str(tmp_path / "matrix.png"))

    assert (outcome.code, outcome.stdout) == (2, b"")
    assert outcome.err == "clustergap: a PNG needs an extra: pip install 'clustergap[png]'\n"
    assert not list(tmp_path.iterdir())
    assert run("matrix", "-f", "svg").code == 0


def matrix_in(data: Path) -> MatrixPicture:
    """Return what is to be drawn of the matrix of some data."""
    return picture(build_matrix(load_dataset(find_files(data)).dataset, Query()), Origin())
