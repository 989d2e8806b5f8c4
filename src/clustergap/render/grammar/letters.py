"""How wide letters are in the bundled font, whose widths are Arial's: documents that people edit name that font."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from clustergap.render.grammar.font import FILES, drawable
from clustergap.render.grammar.font_widths import widths

_OTHER, _WIDE, _PICTURE = 1.0, 1.05, 1.4
"""Widths in em of what another font draws: a letter, one of East Asia, an emoji; more than any common font takes."""

_TAB = 4.0
"""Em to the next stop, at the most."""

LEADING, OTHER_LEADING = 1.2, 1.5
"""Heights of a line in em: of one in this font, and of one with letters of another."""

_PIECES = re.compile(r"\n|[^\S\n]+|\S+")
_MAY_BREAK = frozenset("-/?!|}–—")
_JOINED = re.compile(r"[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")


class Line(NamedTuple):
    """A part of a text that stands on one line: from where to where, and how high the line is, in em."""

    start: int
    end: int
    leading: float


@lru_cache(maxsize=10_000)
def set_in_lines(text: str, room: float, bold: int = 0) -> tuple[Line, ...]:
    """Break *text* where an office program would.

    Args:
        text: Its line breaks are kept, even an empty line.
        room: The width of a line, in em.
        bold: How many of its first letters are bold.
    """
    advances = (_advance(letter, n < bold) for n, letter in enumerate(text))
    edges = [0.0, *accumulate(advances)]
    spans = _spans(text, edges, room)
    return tuple(Line(start, end, _leading(text[start:end])) for start, end in spans)


def _spans(text: str, edges: list[float], room: float) -> Iterator[tuple[int, int]]:
    start = end = 0
    for piece in _PIECES.finditer(text):
        first, last = piece.span()
        if piece[0] == "\n":
            yield start, end
            start = end = last
        elif not piece[0].isspace():
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
    # that does not fit, never within a sign that several code points make.
    fits = start + 1
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
    return LEADING if all(ord(c) in drawable() for c in words) else OTHER_LEADING


@cache
def _advance(letter: str, bold: bool) -> float:
    if letter == "\t":
        return _TAB
    width = widths(FILES[bold]).get(ord(letter))
    if width is not None:
        return width
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Mn", "Me"):
        return 0.0
    if unicodedata.category(letter) == "So":
        return _PICTURE
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDE
    # One sign that stands for a whole word is as wide as the word.
    return _OTHER * max(1.0, 0.6 * len(unicodedata.normalize("NFKC", letter)))
