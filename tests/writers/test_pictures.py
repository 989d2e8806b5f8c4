"""The matrix as a picture: all of it inside, at any size, the same on every run."""

import re
import struct
import sys
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

import pytest

from clustergap.analysis.matrix import build_matrix
from clustergap.answers import compare_drawings
from clustergap.answers.matrix_drawing import MOST_ROLES, picture
from clustergap.api.locations import locate_dataset
from clustergap.api.policy_data import PolicyData
from clustergap.api.query_options import read_size
from clustergap.errors import ClusterGapError
from clustergap.installation import how_to_add
from clustergap.loading.discovery import find_files
from clustergap.loading.loader import load_dataset
from clustergap.model.query import Query
from clustergap.origin import Origin
from clustergap.picture import LONGEST_ALTERNATIVE, GridPicture, MatrixPicture, Naming, Size
from clustergap.text_metrics import missing_letters
from clustergap.writers import png, svg
from clustergap.writers.canvas import FONT, LONGEST_WORD, Face
from clustergap.writers.matrix_layout import NAMED, MatrixLayout
from clustergap.writers.png import FONT_FILES, rasterise
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


DATA = ("data", "examples/industry-4-0-2017", "tests/hostile", "examples/cluster-policy-2021-2027")
SHAPES = {
    "long": (5, 3, "Wirtschaftsförderungsgesellschaften"),
    "1x1": (1, 1, "Cluster"),
    "4x12": (4, 12, "Cluster"),
    "20x5": (20, 5, "Cluster"),
    "1x3": (1, 3, "Cluster"),
}
COMPARED: Mapping[str, tuple[str, Sequence[str], str | None]] = {
    "two": ("examples/industry-4-0-2017", ("RO", "BG"), None),
    "27": ("examples/industry-4-0-2017", (), "country"),
    "244": ("examples/industry-4-0-2017", (), "region"),
    "hostile": ("tests/hostile", ("RO", "RO21", "AT", "BE", "RO11", "DE", "FR"), None),
}


@pytest.fixture(params=[*DATA, *SHAPES])
def matrix(request: pytest.FixtureRequest, tmp_path: Path) -> MatrixPicture:
    """Return what to draw: the shipped matrices, a hostile one, some of odd shapes."""
    name = request.param
    return matrix_in(
        write_dataset(tmp_path / "made", *SHAPES[name]) if name in SHAPES else ROOT / name
    )


@pytest.fixture(params=COMPARED)
def places(request: pytest.FixtureRequest) -> GridPicture:
    """Return places side by side."""
    folder, words, each = COMPARED[request.param]
    answer = PolicyData.load(locate_dataset(ROOT / folder)).compare(*words, each=each)
    return compare_drawings.picture(answer.result, Origin())


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
    group = root.find(f"{SVG}g[@transform]")
    dx, dy, scale = (
        (0.0, 0.0, 1.0)
        if group is None
        else map(float, re.findall(r"-?[\d.]+", group.attrib["transform"]))
    )
    found = []
    for node in root.iter(f"{SVG}text"):
        x, y = (float(node.attrib[key]) for key in "xy")
        for part in node.findall(f"{SVG}tspan") or [node]:
            size = float(part.attrib["font-size"])
            width = Face(size, part.attrib["font-weight"]).width(part.text or "")
            x += float(part.attrib.get("dx", 0))
            left = x - width if node.attrib.get("text-anchor") == "end" else x
            place = (dx + scale * left, dy + scale * y, scale * width, scale * size)
            found.append(Text(part.text or "", *place))
            x += width
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


def assert_inside(svg: str, size: Size) -> None:
    """Check that every text of a picture stands inside it."""
    for text in texts(svg):
        assert text.x >= 0
        assert text.x + text.width <= size.width + 0.5, text
        assert text.y - text.size >= 0
        assert text.y <= size.height, text


def assert_apart(svg: str) -> None:
    """Check that no text of a picture stands on another."""
    lines = sorted(texts(svg), key=lambda t: t.y)
    for n, one in enumerate(lines):
        for other in lines[n + 1 :]:
            if other.y - other.size >= one.y:
                break
            assert one.x + one.width <= other.x + 0.1 or other.x + other.width <= one.x + 0.1, (
                one,
                other,
            )


@pytest.mark.sampled(4)
@pytest.mark.parametrize("naming", Naming)
@pytest.mark.parametrize("size", SIZES)
def test_every_text_stands_inside_the_picture(
    matrix: MatrixPicture, size: Size | None, naming: Naming
) -> None:
    drawn = svg.write(matrix, size, naming)

    assert_inside(drawn.file, drawn.size)


def test_every_text_of_places_stands_inside_the_picture_and_on_no_other(
    places: GridPicture,
) -> None:
    drawn = svg.write(places)

    assert_inside(drawn.file, drawn.size)
    assert_apart(drawn.file)


def words_of(lines: list[str]) -> set[str]:
    seen = (re.sub("[\u2068\u2069]", "", words) for words in lines)
    return {word for words in seen for word in words.split()}


@pytest.mark.sampled(4)
@pytest.mark.parametrize("naming", [Naming.NAMES, Naming.COUNTS])
@pytest.mark.parametrize("size", SIZES)
def test_no_word_is_cut(matrix: MatrixPicture, size: Size | None, naming: Naming) -> None:
    view = matrix.named if naming is Naming.NAMES else matrix.counted
    said = [matrix.caption.title, view.headline, *matrix.caption.foot, matrix.mark]
    said += [key.meaning for key in matrix.keys]
    said += [words for head in matrix.levels for words in (head.name, head.unit)]
    for row in view.rows:
        said += [row.role, row.there_is]
        said += [words for cell in row.cells for words in (cell.beside, *cell.lines)]

    drawn = words_of([text.words for text in texts(svg.write(matrix, size, naming).file)])

    assert words_of(said) <= drawn


def test_no_word_of_places_is_cut(places: GridPicture) -> None:
    said = [places.caption.title, places.caption.headline, *places.roles]
    for panel in places.panels:
        said += [panel.title, *panel.columns]
        said += [line for row in panel.cells for cell in row for line in cell.details]

    drawn = words_of([text.words for text in texts(svg.write(places).file)])

    assert words_of(said) <= drawn


@pytest.mark.sampled(5)
@pytest.mark.parametrize("naming", [Naming.NAMES, Naming.COUNTS])
def test_no_text_stands_on_another(matrix: MatrixPicture, naming: Naming) -> None:
    assert_apart(svg.write(matrix, None, naming).file)


def test_an_address_is_broken_and_not_clipped(tmp_path: Path) -> None:
    address = "https://example.eu/" + "cluster/" * 12
    data = write_dataset(tmp_path / "made", 2, 2, address)
    matrix = matrix_in(data)

    drawn = svg.write(matrix)

    assert MatrixLayout(matrix, matrix.named, NAMED).column == LONGEST_WORD
    assert all(text.x + text.width <= drawn.size.width for text in texts(drawn.file))


@pytest.mark.sampled(4)
@pytest.mark.parametrize("size", SIZES[1:])
def test_a_picture_is_as_large_as_its_frame_allows(matrix: MatrixPicture, size: Size) -> None:
    drawn = svg.write(matrix, size)

    root = ET.fromstring(drawn.file)  # noqa: S314 - our own document
    place = root.find(f"{SVG}g[@transform]")
    assert place is not None
    assert (root.attrib["width"], root.attrib["height"]) == tuple(map(str, size))
    assert root.attrib["viewBox"] == f"0 0 {size.width} {size.height}"
    x, y, _scale = map(float, re.findall(r"-?[\d.]+", place.attrib["transform"]))
    assert 2 * min(x, y) < 1


def test_a_picture_for_the_phone_is_narrow_and_one_for_a_slide_wide() -> None:
    for size in ("1080x1920", "1920x1080"):
        outcome = run("matrix", "--data", "data", "-f", "png", "--size", size)

        assert outcome.code == 0
        assert size_of(outcome.stdout) == read_size(size)


@pytest.mark.parametrize("format_", ["svg", "png"])
def test_a_picture_says_what_of_when_and_from_where(format_: str) -> None:
    outcome = run("matrix", "--data", "data", "-f", format_)

    told = "alternative text: Social economy has no instrument at EU and country level. "
    assert told in outcome.err
    assert "2 NONE, 3 partial, 13 full of 18 pairs of role and level." in outcome.err
    assert "at EU level: Social economy; at country level: Social economy." in outcome.err
    assert "alternative text" not in run("matrix", "-f", format_, "-q").err


def test_title_legend_date_and_source_are_in_the_picture() -> None:
    svg = run("matrix", "--data", "data", "-f", "svg").out

    words = " ".join(text.words for text in texts(svg))
    title = "Social economy has no instrument at EU and country level"
    assert words.startswith(f"{title} Needs for cluster policy actions at regional, national")
    for meaning in ("no instrument", "partly; stripes = where is not said", "in the whole level"):
        assert meaning in words
    # Nothing is unknown, and no share is known.
    assert "nobody knows" not in words
    assert "fill = share" not in words
    assert "Data of 31 May 2019." in words
    assert "Sources: Daniel Cosnita, " in words
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


def test_of_very_many_roles_the_worst_are_drawn_and_the_others_counted(tmp_path: Path) -> None:
    matrix = matrix_in(write_dataset(tmp_path / "many", 300, 1))

    drawn, pixels = svg.write(matrix), png.write(matrix)

    words = " ".join(text.words for text in texts(drawn.file))
    assert len(matrix.counted.rows) == MOST_ROLES
    assert "the 100 worst of 300 roles are shown, worst first" in words
    assert "and 200 more roles" in words
    assert size_of(pixels.file) == pixels.size == Size(*(2 * side for side in drawn.size))


def test_a_png_counts_what_would_be_too_high_with_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    matrix = matrix_in(write_dataset(tmp_path / "long", 100, 3, "Wirtschaftsförderung"))
    # So many pixels take seconds: what is drawn of them is no matter here.
    monkeypatch.setattr(png, "rasterise", lambda *_: b"")

    named, drawn = svg.write(matrix, None, Naming.NAMES), png.write(matrix, None, Naming.NAMES)

    assert named.size.height > 10_000
    assert drawn.size.height <= 10_000
    assert "instruments are counted; an SVG has their names" in drawn.remarks[0]


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
    # The file has all of it.
    alternative = picture.err.removeprefix("clustergap: alternative text: ")
    assert re.search(r" And \d more changes\.\n$", alternative)
    assert len(alternative) <= LONGEST_ALTERNATIVE
    assert alternative.partition(" And ")[0] in told[b"Description"].decode()
    assert picture.stdout == run("timeline", "--data", "data", "-f", "png").stdout


def test_a_png_shows_each_coverage_in_its_colour() -> None:
    found = colours(run("matrix", "--data", "data", "-f", "png", "--size", "320x200").stdout)

    assert {bytes.fromhex(f"{colour}ff") for colour in ("ffffff", "0b5394", "fdf1d6")} <= found
    # A dashed line of 3 px is hardly one pixel here, and mixed with its ground.
    assert any(red > 150 and green < 80 and blue < 80 for red, green, blue, _ in found)


def test_a_png_holds_the_alternative_text() -> None:
    png = run("matrix", "--data", "tests/hostile", "-f", "png", "--size", "200x200").stdout

    told = dict(body.split(b"\0\0\0en\0\0") for name, body in chunks(png) if name == b"iTXt")
    title = "At EU | <i>wide</i> level, 2 of 3 roles have no instrument"
    assert told[b"Title"].decode() == title
    assert (
        "=1+1 [/bold] <b>title</b> | ::error::forged, ##[error]x" in told[b"Description"].decode()
    )
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

    assert "note: the picture's font lacks م, ی, خ, و, ا, ه, 地, 区, 🏴; " in outcome.err
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
    assert re.search(
        r"the smallest text is [2-7]\.\d pixels high",
        run("matrix", "--data", "data", "-f", "svg", "--size", "480x270").err,
    )


@pytest.mark.parametrize(("roles", "levels"), [(300, 1), (1, 30)])
def test_what_has_hardly_room_is_drawn_and_told(tmp_path: Path, roles: int, levels: int) -> None:
    data = write_dataset(tmp_path / "made", roles, levels)

    outcome = run("matrix", "--data", str(data), "-f", "png", "--size", "300x300")

    assert outcome.code == 0
    assert size_of(outcome.stdout) == Size(300, 300)
    assert "pixels high: --role and --level show less, a larger --size more" in outcome.err


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
    assert outcome.err == f"clustergap: a PNG needs an extra: {how_to_add('png')}\n"
    assert not list(tmp_path.iterdir())
    assert run("matrix", "-f", "svg").code == 0


def matrix_in(data: Path) -> MatrixPicture:
    """Return what is to be drawn of the matrix of some data."""
    return picture(build_matrix(load_dataset(find_files(data)).dataset, Query()), Origin())
