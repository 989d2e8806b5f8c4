"""Text of a cell as Excel stores it: runs of one look, readings of Japanese, and characters that XML cannot hold."""

import re
from collections.abc import Mapping

from clustergap.importing.grid import Room
from clustergap.importing.package import Package

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class RichText:
    """Gathers the text between the tags ``t`` and ``v``, but for how Japanese is read aloud; not much *longest*."""

    def __init__(self, longest: int) -> None:
        self.longest = longest
        self.pieces: list[str] = []
        self.kept = 0
        self.is_aloud = False
        self.begins = {"t": self.begin, "v": self.begin, "rPh": self.begin_aloud}
        self.ends = {"t": self.end, "v": self.end, "rPh": self.end_aloud}
        self.length = 0

    def add(self, text: str) -> None:
        """Take a piece, unless there are more than a cell can hold already."""
        if self.length <= self.longest:
            self.pieces.append(text)
            self.length += len(text)

    def take(self) -> str:
        """Return the text, and begin another."""
        pieces = self.pieces
        text = pieces[0] if self.kept == 1 else "".join(pieces[: self.kept])
        pieces.clear()
        self.kept = self.length = 0
        return text

    def begin(self, _attributes: Mapping[str, str]) -> None:
        """Begin a piece that is text; what came since the last one is not."""
        del self.pieces[self.kept :]

    def end(self) -> None:
        """End the piece."""
        if not self.is_aloud:
            self.kept = len(self.pieces)

    def begin_aloud(self, _attributes: Mapping[str, str]) -> None:
        """Begin what tells how to read the text aloud."""
        self.is_aloud = True

    def end_aloud(self) -> None:
        """End it."""
        self.is_aloud = False


def read_strings(package: Package, part: str, room: Room) -> list[str]:
    """Read the texts that cells share.

    Raises:
        SheetError: The part is no XML, or holds too much.
    """
    strings: list[str] = []
    text = RichText(room.limits.cell_text)

    def begin(_attributes: Mapping[str, str]) -> None:
        text.take()

    def end() -> None:
        strings.append(unescape(text.take()))
        room.take(1, len(strings[-1]))

    begins, ends = {**text.begins, "si": begin}, {**text.ends, "si": end}
    package.walk(part, begins, ends, text.add)
    return strings


def unescape(text: str) -> str:
    r"""Return the characters that Excel writes as their codes; lines end in LF.

    >>> unescape("a_x000D_\nb_x005F_x000D_")
    'a\nb_x000D_'
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        # Two codes may be the halves of one character.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
