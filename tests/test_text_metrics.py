"""How wide texts are and where they break, against two other readers of fonts: Pillow, and a program's own fonts."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from clustergap.text_metrics import UNITS, break_lines, missing_letters, text_width, wrap
from clustergap.writers.canvas import Face
from clustergap.writers.png import FONT_FILES
from paths import ROOT
from tools import load_script, needed

DEJAVU = Path("/usr/share/fonts/truetype/dejavu")

# As large as the font's own units, so that nothing is rounded; without kerning, which writers cannot count on.
REGULAR, BOLD = (
    ImageFont.truetype(str(file), UNITS, layout_engine=ImageFont.Layout.BASIC)
    for file in FONT_FILES
)

texts = st.text(
    st.sampled_from("abc WiI-/0.é日\u0301\n👍🏽\u200d") | st.characters(codec="utf-8"), max_size=80
)
rooms = st.sampled_from((0.5, 1.0, 3.0, 10.0))


def test_the_widths_are_those_of_the_bundled_font() -> None:
    module = load_script("letter_widths")

    assert module.WIDTHS.read_text(encoding="utf-8") == module.letter_widths()


@pytest.mark.parametrize(("font", "bold"), [(REGULAR, 0), (BOLD, 1)])
def test_every_letter_is_as_wide_as_another_reader_of_the_font_says(
    font: ImageFont.FreeTypeFont, bold: int
) -> None:
    letters = [chr(code) for code in range(0x20, 0x10000) if not missing_letters(chr(code))]
    letters = [letter for letter in letters if letter.isprintable() and letter.isascii()] + [
        letter for letter in letters if letter.isalpha() and not letter.isascii()
    ]

    assert len(letters) > 1_500
    for letter in letters:
        assert text_width(letter, bold) * UNITS == pytest.approx(font.getlength(letter), abs=1)


def test_the_first_letters_may_be_bold() -> None:
    width = text_width("Name: words", bold=5) * UNITS

    assert width == pytest.approx(BOLD.getlength("Name:") + REGULAR.getlength(" words"), abs=2)


def test_what_the_font_lacks_has_a_width_by_rule() -> None:
    assert text_width("区") == 1.0
    assert text_width("م") == 1.0
    assert text_width("👍") > 1.0
    assert text_width("e\u0301") == text_width("e")
    assert text_width("a\u200db") == text_width("ab")
    assert text_width("㋿") >= 1.0
    assert text_width("ﷺ") > 3.0


@given(texts, rooms, st.integers(0, 80))
def test_lines_hold_all_of_a_text_but_the_blanks_between_them(
    text: str, room: float, bold: int
) -> None:
    lines = [*break_lines(text, room, bold)]

    assert "".join("".join(text[n.start : n.end].split()) for n in lines) == "".join(text.split())
    edges = [0, *(edge for line in lines for edge in (line.start, line.end)), len(text)]
    assert edges == sorted(edges)
    assert all(
        not text[one:other].strip() for one, other in zip(edges[::2], edges[1::2], strict=True)
    )


@given(texts, rooms)
def test_no_line_is_wider_than_its_room_but_one_of_a_single_sign(text: str, room: float) -> None:
    for line in break_lines(text, room):
        words = text[line.start : line.end]
        signs = re.sub(r"[\W_]", "", words)
        assert text_width(words) <= room + 1e-9 or len(signs) <= 1, words


@given(texts, rooms)
def test_a_line_ends_only_where_the_next_word_has_no_room(text: str, room: float) -> None:
    lines = wrap(text, room)

    for line, following in pairwise(lines):
        word = following.split(" ")[0]
        joined = " ".join(text.split())
        if f"{line} {word} " in f"{joined} ":
            assert text_width(f"{line} {word}") > room


def test_words_break_at_blanks_and_long_ones_after_a_sign_or_between_letters() -> None:
    # An x is half an em wide, a blank and a hyphen less.
    assert wrap("xxx xxx  xxx", 3.5) == ["xxx xxx", "xxx"]
    assert wrap("xxxx-xxxx", 3.5) == ["xxxx-", "xxxx"]
    assert wrap("xxxxxxxxx", 2.0) == ["xxxx", "xxxx", "x"]
    assert wrap("e\u0301e\u0301e\u0301", 1.2) == ["e\u0301e\u0301", "e\u0301"]
    assert wrap("", 2.0) == [""]
    assert [line[:2] for line in break_lines("x\n\nx", 2.0)] == [(0, 1), (2, 2), (3, 4)]


def test_a_line_with_letters_of_another_font_is_higher() -> None:
    plain, other = break_lines("Łódź\n区", 4.0)

    assert plain.leading < other.leading


@pytest.mark.sampled(1)
@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_pictures_have_room_for_words_in_the_widest_of_their_fonts(weight: str) -> None:
    file = DEJAVU / f"DejaVuSans{'-Bold' * (weight == 'bold')}.ttf"
    font = ImageFont.truetype(
        str(needed(file if file.exists() else None, "DejaVu Sans is missing")), 100
    )
    face = Face(100, weight)
    data = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("examples/*/*.yaml"))

    words = re.findall(r"[\w ,.-]{25,}", data)
    assert len(words) > 300
    too_wide = [line for line in words if font.getlength(line) > face.width(line)]
    assert len(too_wide) <= len(words) / 100
