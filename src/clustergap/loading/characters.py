"""Which characters a data file may hold (`data-model.md`, Characters)."""

import re
import unicodedata
from collections.abc import Iterator

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_CONTROLS = (
    r"\x00-\x08\x0b-\x1f\x7f"  # all of ASCII's but tab and LF; CR LF is looked at as a line end
)
_WIDE = (
    r"\x80-\x9f\u2028\u2029\ud800-\udfff\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2064\ufeff"
    + _NONCHARACTERS
)
_PLAIN = bytes(range(0x20, 0x7F)) + b"\t\n"
_FORBIDDEN_ASCII = re.compile(f"[{_CONTROLS}]+")
_FORBIDDEN = re.compile(
    f"[{_CONTROLS}{_WIDE}]+"
    # Tag characters spell the flags of Scotland, Wales and England, after the black flag only.
    "|(?<![\U0001f3f4\U000e0000-\U000e007f])[\U000e0000-\U000e007f]+"
)


def forbidden_in(text: str) -> Iterator[re.Match[str]]:
    r"""Find the runs of forbidden characters in the *text* of a file, one after the other.

    >>> [match.start() for match in forbidden_in("a\x1bb\u202ec\r\n")]
    [1, 3]
    """
    if text.isascii() and not text.encode().translate(None, _PLAIN):
        return iter(())  # nearly every file, ten times as fast
    return forbidden_in_value(text.replace("\r\n", " \n"))


def forbidden_in_value(text: str) -> Iterator[re.Match[str]]:
    r"""Find them in a value of YAML, in which no line ends as in a file any more.

    >>> [match.start() for match in forbidden_in_value("a\r\n")]
    [1]
    """
    pattern = _FORBIDDEN_ASCII if text.isascii() else _FORBIDDEN
    return pattern.finditer(text)


def name_of(character: str) -> str:
    r"""Name a character for a message.

    >>> name_of("\u202e"), name_of("\x1b")
    ('U+202E RIGHT-TO-LEFT OVERRIDE', 'U+001B control character')
    """
    nameless = "control character" if unicodedata.category(character) == "Cc" else "noncharacter"
    return f"U+{ord(character):04X} {unicodedata.name(character, nameless)}"
