"""How wide a text is, and where it breaks into lines, for all writers that lay out text.

All widths are in em, multiples of the font size. They are those of the bundled font, Liberation Sans, whose letters are
as wide as Arial's. Letters that it lacks are drawn with another font: their widths are estimated, rather too wide. A
writer whose readers may have another font scales the widths.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate, chain
from math import fsum
from pathlib import Path
from typing import NamedTuple

UNITS = 2048
"""Units of the font in an em."""

LEADING, OTHER_LEADING = 1.2, 1.5
"""Heights of a line in em: in this font, and with letters of another."""

_TAB = 4.0
"""Em to the next tab stop, at most."""

_WIDE, _PICTURE, _OTHER = 1.0, 1.4, 1.0
"""Widths of letters of other fonts: of East Asia, an emoji, any other."""

_PIECES = re.compile(r"\s+|\S+")
_MAY_BREAK = frozenset("-/?!|}–—")
_JOINED = re.compile(r"[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")


class Line(NamedTuple):
    """One line of a text: its start and end, and the height of the line in em."""

    start: int
    end: int
    leading: float


@lru_cache(maxsize=65_536)
def text_width(text: str, bold: int = 0) -> float:
    """Return how wide a text is on one line; its first *bold* letters are bold.

    >>> text_width("iii") < text_width("iii", bold=3) < text_width("WWW") < text_width("区区区区")
    True
    """
    return fsum(_advances(text, bold))


def break_lines(text: str, room: float, bold: int = 0) -> Iterator[Line]:
    """Break a text where an office program would, into lines of at most *room*, one after another.

    Its line breaks are kept, even an empty line. A word that is wider than a line is broken.
    """
    start = 0
    for words in text.split("\n"):
        # What is remembered is short, as a text of many lines is broken again wherever a part of it is laid out.
        for line in _break_words(words, room, min(max(0, bold - start), len(words))):
            yield Line(start + line.start, start + line.end, line.leading) if start else line
        start += len(words) + 1


def line_count(text: str, room: float, bold: int = 0) -> int:
    """Count the lines into which a text is broken."""
    return sum(1 for _ in break_lines(text, room, bold))


@lru_cache(maxsize=10_000)
def _break_words(words: str, room: float, bold: int) -> tuple[Line, ...]:
    edges = [0.0, *accumulate(_advances(words, bold))]
    return tuple(
        Line(start, end, _leading(words[start:end])) for start, end in _spans(words, edges, room)
    )


def wrap(text: str, room: float, bold: int = 0) -> list[str]:
    r"""Return the lines of a paragraph: any blank is a space, and may be where a line ends.

    >>> wrap("one two\nthree", room=4)
    ['one two', 'three']
    """
    paragraph = " ".join(text.split())
    return [paragraph[line.start : line.end] for line in break_lines(paragraph, room, bold)]


def missing_letters(text: str) -> list[str]:
    """Return the letters of a text that the font has no glyph for, each once, in order.

    >>> missing_letters("Łódź, 中文, 中")
    ['中', '文']
    """
    return [
        letter
        for letter in dict.fromkeys(text)
        if letter not in _font("regular") and unicodedata.category(letter)[0] not in "CZ"
    ]


@cache
def _font(weight: str) -> dict[str, float]:
    # Made by scripts/letter_widths.py: for each weight, the letters by width.
    weights = json.loads(Path(__file__).with_name("letter_widths.json").read_bytes())
    by_width = weights[weight].items()
    return {letter: int(width) / UNITS for width, letters in by_width for letter in letters}


class _Widths(dict[str, float]):
    """The width of each letter in one weight: as the font says, else by rule."""

    def __missing__(self, letter: str) -> float:
        width = self[letter] = _width_elsewhere(letter)
        return width


def _width_elsewhere(letter: str) -> float:
    category = unicodedata.category(letter)
    if letter == "\t":
        return _TAB
    if category in ("Cf", "Mn", "Me") or unicodedata.combining(letter):
        return 0.0
    if category == "So":
        return _PICTURE
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDE
    # A sign for a whole word is as wide as the word.
    return _OTHER * max(1.0, 0.6 * len(unicodedata.normalize("NFKC", letter)))


@cache
def _widths(weight: str) -> _Widths:
    return _Widths(_font(weight))


def _advances(text: str, bold: int) -> Iterator[float]:
    regular = map(_widths("regular").__getitem__, text[bold:])
    return chain(map(_widths("bold").__getitem__, text[:bold]), regular) if bold else regular


def _spans(text: str, edges: list[float], room: float) -> Iterator[tuple[int, int]]:
    start = end = 0
    for piece in _PIECES.finditer(text):
        first, last = piece.span()
        if not piece[0].isspace():
            if end > start and edges[last] - edges[start] > room:
                yield start, end
                start = first
            while edges[last] - edges[start] > room:
                cut = _cut(text, edges, start, last, room)
                if cut == last:
                    break
                yield start, cut
                start = cut
            end = last
    yield start, end


def _cut(text: str, edges: list[float], start: int, last: int, room: float) -> int:
    # A word that is wider than a line is broken after a sign at which some programs break, else before the first letter
    # that does not fit, but never within a sign of several code points.
    fits = start + 1
    if fits == last:
        return last
    while fits < last and edges[fits + 1] - edges[start] <= room:
        fits += 1
    cut = max((n + 1 for n in range(start, fits) if text[n] in _MAY_BREAK), default=fits)
    while cut > start + 1 and _is_joined(text, cut):
        cut -= 1
    if not _is_joined(text, cut):
        return cut
    while fits < last and _is_joined(text, fits):
        fits += 1
    return fits


def _is_joined(text: str, at: int) -> bool:
    joins = unicodedata.combining(text[at]) or _JOINED.match(text[at]) or text[at - 1] == "\u200d"
    return bool(joins)


def _leading(words: str) -> float:
    return LEADING if _font("regular").keys() >= set(words) else OTHER_LEADING
