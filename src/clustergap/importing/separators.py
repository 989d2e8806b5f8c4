"""Several values in one cell: which separator parts them, whether a comma is one, and where one is missing."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from clustergap.text import all_of, fold, quote_whole

_SEPARATOR = re.compile(r"[;|\n,]")
_COMMA = ","

_MOST_JOINED = 12
"""Parts that together are looked up as one text: no name has as many commas."""

_MOST_SEEN = 4_096
"""Runs of parts that are remembered."""

_LONGEST_JOINED = 300
"""Letters of a text that is looked up as one: no name has more."""

_BETWEEN_WORDS = re.compile(r"[\s,;|/]+")
_AND = frozenset(
    {"&", "+", "and", "und", "et", "y", "e", "i", "\u0219i", "si", "oraz", "\u03ba\u03b1\u03b9"}
)
"""Words that may stand between two names."""


class UnclearComma(NamedTuple):
    """A text that is one value, or several that a comma separates: nobody but a person knows."""

    whole: str
    parts: tuple[str, ...]

    @property
    def message(self) -> str:
        """What is in doubt."""
        return f"{quote_whole(self.whole)} is one name, or {len(self.parts)}: {all_of(list(map(quote_whole, self.parts)))}"

    @property
    def hint(self) -> str:
        """What to do if they are several."""
        return f"separate several by semicolons: {quote_whole('; '.join(self.parts))}"


def holds_separator(text: str) -> bool:
    """Tell whether a text holds what separates values, which no role and no id does.

    >>> holds_separator("Social economy; Circular economy"), holds_separator("Social economy")
    (True, False)
    """
    return _SEPARATOR.search(text) is not None


def separate(text: str, is_known: Callable[[str], bool]) -> list[str] | UnclearComma:
    """Part the values of a cell.

    What is known as a whole is one value, whatever it holds. Semicolons, bars and line breaks separate all else;
    commas do if what they separate is known.

    >>> known = {"Health, safety", "Transport"}.__contains__
    >>> separate("Health, safety, Transport", known), separate("Air; Sea", known)
    (['Health, safety', 'Transport'], ['Air', 'Sea'])
    >>> separate("Air, Sea", known)
    UnclearComma(whole='Air, Sea', parts=('Air', 'Sea'))
    """
    if len(text) <= _LONGEST_JOINED and is_known(text):
        return [_on_one_line(text)]
    values: list[str] = []
    for group in _groups(text, is_known):
        parts = [_on_one_line(text[piece.start : piece.end]) for piece in group]
        if len(parts) > 1 and not all(piece.is_known for piece in group):
            whole = _on_one_line(text[group[0].start : group[-1].end])
            return UnclearComma(whole, tuple(parts))
        values += parts
    return values


class _Piece(NamedTuple):
    """A part of a text: its place, and whether it is known."""

    start: int
    end: int
    is_known: bool


def _groups(text: str, is_known: Callable[[str], bool]) -> Iterator[list[_Piece]]:
    """Part a text where no comma does; each group holds what its commas part."""
    # One cell may say the same word ten thousand times.
    knows, seen = lru_cache(maxsize=4096)(is_known), dict[str, int]()
    ends = [match.start() for match in _SEPARATOR.finditer(text)] + [len(text)]
    group: list[_Piece] = []
    number = start = 0
    while number < len(ends):
        following = ends[number : number + _MOST_JOINED]
        window = text[start : following[-1]]
        known = seen.get(window, -1)
        if known < 0:
            known = _known_from(text, start, following, knows)
            if len(seen) < _MOST_SEEN and len(window) <= _LONGEST_JOINED:
                seen[window] = known
        number += max(known - 1, 0)
        end = ends[number]
        if text[start:end].strip():
            group.append(_Piece(start, end, known > 0))
        if text[end : end + 1] != _COMMA and group:
            yield group
            group = []
        number, start = number + 1, end + 1


def _known_from(text: str, start: int, ends: list[int], knows: Callable[[str], bool]) -> int:
    """Return how many parts, from *start* on, are known together: the most; 0 if the first is not."""
    for number in range(len(ends), 0, -1):
        part = text[start : ends[number - 1]].strip()
        if part and len(part) <= _LONGEST_JOINED and knows(part):
            return number
    return 0


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


class RunTogether:
    """Known names, by their words: which of them stand in one text, where a separator is missing?

    Args:
        names: Those that are known.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: dict[str, str] = {}
        self._most_words = 0
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Know one more name."""
        words = _words(name)
        if words:
            self._names.setdefault(" ".join(words), name)
            self._most_words = max(self._most_words, len(words))

    def find(self, text: str) -> list[str] | None:
        """Return the known names, two or more, that a text consists of: the fewest; None if it does not.

        >>> known = RunTogether(["Structural Funds", "Funds", "Policy Forum"])
        >>> known.find("structural funds policy forum"), known.find("Funds and Policy Forum")
        (['Structural Funds', 'Policy Forum'], ['Funds', 'Policy Forum'])
        >>> known.find("Policy Forum"), known.find("Policy Forums Funds")
        (None, None)
        """
        words = _words(text[:_LONGEST_JOINED])
        # The fewest names that make up the words before each place; nothing is known of most places.
        best: dict[int, list[str]] = {0: []}
        for start in range(len(words)):
            names = best.get(start)
            if names is None:
                continue
            if names and words[start] in _AND and start + 1 < len(words):
                _keep_shorter(best, start + 1, names)
            for end in range(start + 1, min(start + self._most_words, len(words)) + 1):
                name = self._names.get(" ".join(words[start:end]))
                if name is not None and end - start < len(words):
                    _keep_shorter(best, end, [*names, name])
        found = best.get(len(words), [])
        return found if len(found) > 1 else None


def _keep_shorter(best: dict[int, list[str]], place: int, names: list[str]) -> None:
    if place not in best or len(names) < len(best[place]):
        best[place] = names


def _words(name: str) -> list[str]:
    return [word for word in _BETWEEN_WORDS.split(fold(name)) if word]
