"""Text of a cell as OpenDocument stores it: paragraphs, and marks for what XML would swallow."""

import re
from collections.abc import Callable, Mapping

from clustergap.errors import ClusterGapError

_SKIPPED = (
    "annotation", "ruby-text", "shapes", "frame", "custom-shape", "caption", "rect", "ellipse", "g",
)  # fmt: skip
"""What may stand within a cell and has paragraphs of its own: comments, readings of Japanese, drawings."""

_BROKEN = re.compile(r"[ \t\r]*\n\s*")
"""Where the writer of the XML broke a line, and the text did not."""

_SPACE, _BREAK, _TAB = "\0", "\1", "\2"
"""Stand for what was marked; XML cannot hold them."""

_MARKS = str.maketrans({_SPACE: " ", _BREAK: "\n", _TAB: "\t"})


class CellText:
    """Gathers the paragraphs of a cell; *too_long* makes the error of one that holds more than the *longest*."""

    def __init__(self, longest: int, too_long: Callable[[], ClusterGapError]) -> None:
        self.longest, self.too_long = longest, too_long
        self.pieces: list[str] = []
        self.paragraphs: list[str] = []
        self.in_paragraph, self.skipped, self.length = False, 0, 0
        self.begins = {
            "p": self.begin,
            "s": self.spaces,
            "line-break": lambda _: self.add(_BREAK),
            "tab": lambda _: self.add(_TAB),
            **dict.fromkeys(_SKIPPED, self.begin_skipped),
        }
        self.ends = {"p": self.end, **dict.fromkeys(_SKIPPED, self.end_skipped)}

    def add(self, text: str) -> None:
        """Take a piece of text."""
        if self.in_paragraph and not self.skipped:
            self.pieces.append(text)
            self.lengthen(len(text))

    def lengthen(self, more: int) -> None:
        """Count characters, and line breaks between paragraphs.

        Raises:
            SheetError: They are more than a cell may hold.
        """
        self.length += more
        if self.length > self.longest:
            raise self.too_long()

    def take(self) -> str:
        """Return the text, and begin another."""
        text = "\n".join(self.paragraphs)
        self.paragraphs.clear()
        self.length = 0
        return text

    def begin(self, _attributes: Mapping[str, str]) -> None:
        """Begin a paragraph."""
        self.in_paragraph = self.in_paragraph or not self.skipped

    def end(self) -> None:
        """End it."""
        if not self.skipped:
            if self.paragraphs:
                self.lengthen(1)
            text = _BROKEN.sub(" ", "".join(self.pieces))
            self.paragraphs.append(text.translate(_MARKS))
            self.pieces.clear()
            self.in_paragraph = False

    def spaces(self, attributes: Mapping[str, str]) -> None:
        """Take spaces."""
        self.add(_SPACE * min(number(attributes, "c"), self.longest + 1))

    def begin_skipped(self, _attributes: Mapping[str, str]) -> None:
        """Begin what is no text of the cell."""
        self.skipped += 1

    def end_skipped(self) -> None:
        """End it."""
        self.skipped -= 1


_DIGITS = 9
"""Digits of a number that are read: whatever has more is too many anyway."""


def number(attributes: Mapping[str, str], name: str) -> int:
    """Return a number from 1 that says how many; 1 if nothing does."""
    text = attributes.get(name, "1")[:_DIGITS]
    return max(int(text), 1) if text.isascii() and text.isdecimal() else 1
