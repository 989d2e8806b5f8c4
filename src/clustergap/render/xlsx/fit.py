"""How wide and how high texts are in cells, so that nothing is cut: who writes a file has no program to ask.

Widths are those of a digit, as in spreadsheets; heights are points.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from math import fsum

LEADING, PADDING = 12.75, 3.0
"""The height of a line, and what a row has beside its lines."""

MOST_LINES = 31
"""What the highest row that there is, of 409 points, has room for."""

WIDEST = 250.0
"""What a column may have at the most: 255, less what its texts keep from its borders."""

_LETTERS = {
    0.5: "'ijl|",
    0.55: " ",
    0.7: '!,./:;I[\\]ft()-`r{}"*',
    1.0: "Jcksvxyz^*",
    1.1: "#$0123456789?L_abdeghnopqu",
    1.3: "+<=>~FTZ&ABEKPSVXY",
    1.5: "CDHNRUwGOQ",
    1.7: "Mm%",
    1.95: "W@—…",
}
_OTHER, _IDEOGRAPH = 1.6, 2.0


class _Widths(dict[str, float]):
    """The width of each letter of Arial, rather more than less."""

    def __missing__(self, letter: str) -> float:
        if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cc", "Cf"):
            width = 0.0
        else:
            width = _IDEOGRAPH if unicodedata.east_asian_width(letter) in "WF" else _OTHER
        self[letter] = width
        return width


_width = _Widths(
    {letter: width for width, letters in _LETTERS.items() for letter in letters}
).__getitem__
_WORDS = re.compile(r"\n|[^\S\n]+|\S+")


@lru_cache(maxsize=65_536)
def columns(line: str) -> float:
    """Return how wide a line is.

    >>> columns("WWW") > columns("mmm") > columns("iii")
    True
    """
    return fsum(map(_width, line))


def longest_line(text: str) -> float:
    """Return the width of the widest line of a text as it stands."""
    return max(map(columns, text.split("\n"))) if "\n" in text else columns(text)


def count_lines(text: str, width: float) -> int:
    """Return how many lines a text needs in a column; a word that is wider alone is broken."""
    if "\n" not in text and columns(text) <= width:
        return 1
    return len(_line_ends(text, width))


def pieces(text: str, width: float, most: int = MOST_LINES) -> list[str]:
    r"""Cut a text into pieces of at most so many lines, which together are the text.

    >>> pieces("one two three four", 8, most=1)
    ['one two ', 'three ', 'four']
    """
    ends = _line_ends(text, width)
    cuts = [0, *ends[most - 1 : -1 : most], len(text)]
    return [text[begin:end] for begin, end in pairwise(cuts) if end > begin] or [text]


def height(lines: int, size: float = 1.0) -> float:
    """Return the height of a row of so many lines, whose letters are *size* times as large as others."""
    return min(lines, MOST_LINES) * LEADING * size + PADDING


@lru_cache(maxsize=4096)
def _line_ends(text: str, width: float) -> tuple[int, ...]:
    ends, used = [], 0.0
    for match in _WORDS.finditer(text):
        word = match[0]
        size = columns(word)
        if word == "\n":
            ends.append(match.end())
            used = 0.0
        elif word.isspace() or used + size <= width:
            used += size  # what is blank may stand out of the column
        else:
            if used:
                ends.append(match.start())
            used = size
            if size > width:
                *broken, used = _break(word, width)
                ends += [match.start() + int(place) for place in broken]
    return (*ends, len(text))


def _break(word: str, width: float) -> list[float]:
    # Where a word that is wider than the column goes on in the next line; at the end, how wide its rest is.
    places: list[float] = []
    used = 0.0
    for place, character in enumerate(word):
        size = _width(character)
        if used and used + size > width:
            places.append(place)
            used = 0.0
        used += size
    return [*places, used]
