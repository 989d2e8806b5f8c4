"""The words of one kind that a dataset declares, and what is said of any other."""

from collections.abc import Collection

from clustergap.findings import At, DataPath, Violation
from clustergap.text import did_you_mean, known_words, quote

MOST_COMPARED = 50_000
"""Comparisons of words that one rule may make to find what is meant: a few tenths of a second."""


class Vocabulary:
    """The known words; *noun* says what they are, and only so many comparisons are made of them."""

    def __init__(
        self, noun: str, words: Collection[str], most_compared: int = MOST_COMPARED
    ) -> None:
        self.noun = noun
        self.words = words
        self._left = most_compared

    def __contains__(self, word: object) -> bool:
        return word in self.words

    def __len__(self) -> int:
        return len(self.words)

    def suggest(self, word: str) -> str:
        """Say which known word is meant; nothing if none is near, or once too much was compared."""
        self._left -= len(self.words)
        return did_you_mean(word, self.words) if self._left >= 0 else ""

    def unknown(self, path: DataPath, text: str, at: At = At.VALUE) -> Violation:
        """Refuse the word that *text* at *path* is, with an @ in front where it stands so in a cell."""
        word = text.removeprefix("@")
        article = "an" if self.noun == "instrument" else "a"
        there_are = "there are: " if self.words else ""
        hint = self.suggest(word) or f"{there_are}{known_words(self.words, self.noun)}"
        return Violation(path, f"{quote(word)} is not {article} {self.noun}", hint, at, text)
