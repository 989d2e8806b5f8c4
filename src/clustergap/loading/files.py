"""Data files as bytes and text: their names, where they may be, how much of them is read, and forbidden characters.

Only regular files of the dataset's own folder are read, unless the user has named another one.
"""

import enum
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from clustergap.checks.files import FORBIDDEN_CHARACTER, NOT_UTF_8, TOO_LARGE, UNREADABLE_FILE
from clustergap.errors import reason
from clustergap.findings import Rule
from clustergap.text import count, sized

HOME = "data"
"""The folder of a project's dataset."""

MAIN, SWOT, FRAGMENTS = "instruments.yaml", "swot.yaml", "instruments"

READ = ".yaml"
"""How the names of data files end."""

ALIKE = (READ, ".yml", ".json", ".yaml.txt", ".yml.txt")
"""Endings of misnamed data files, for example because Windows hides the end of a name."""

MIB = 1024 * 1024

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
# All controls of ASCII but tab and LF; CR is allowed only in the line end CR LF.
_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f"
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


def is_alike(name: str) -> bool:
    """Tell whether a file looks like a data file by its name."""
    return not name.startswith(".") and name.casefold().endswith(ALIKE)


def stem_of(name: str) -> str:
    """Return a name without its ending, in small letters.

    >>> stem_of("SWOT.yaml.txt")
    'swot'
    """
    folded = name.casefold()
    end = next((end for end in sorted(ALIKE, key=len, reverse=True) if folded.endswith(end)), "")
    return folded.removesuffix(end)


class FileLimits(NamedTuple):
    """The limits of one file; ``docs/reference/data-model.md`` lists those that a user may meet."""

    size: int = 64 * 1024 * 1024
    """Bytes; the user may set it."""

    levels: int = 16
    """Lists and mappings within one another."""

    values: int = 250_000
    """Values in one instrument, or in everything outside of instruments."""

    few: int = 16
    """A collection with no more values counts as one value."""

    refused: int = 100_000
    """Refusals before reading stops: nobody corrects so many by hand."""


FILE_LIMITS = FileLimits()
"""The default limits."""


class Habit(enum.Enum):
    """What another program writes all over a file, so that one report is enough."""

    ALIASES = "aliases"
    TAGS = "tags"


class Refusal(Exception):  # noqa: N818 - a finding on its way to its file, not an error of its own
    """Why a file, or a place in it, is refused; ``offset`` counts characters from its start.

    ``habit``: the place is of a kind that programs write all over a file.
    """

    def __init__(self, rule: Rule, message: str, hint: str = "", offset: int = 0) -> None:
        super().__init__(message)
        self.rule, self.message, self.hint, self.offset = rule, message, hint, offset
        self.habit: Habit | None = None


def read_bytes(path: Path, folder: Path, most: int) -> bytes:
    """Read a data file.

    Args:
        path: The file.
        folder: The dataset's folder, resolved; a link that leads out of it is refused.
        most: The largest size that is read, in bytes.

    Raises:
        Refusal: The file cannot be read, is no regular file, or is too large.
    """
    with _refusing():
        is_inside = path.resolve(strict=True).is_relative_to(folder)
    if not is_inside:
        raise Refusal(
            UNREADABLE_FILE,
            "the link leads out of the dataset's folder",
            "put the file itself there",
        )
    return read_anywhere(path, most)


def read_anywhere(path: Path, most: int) -> bytes:
    """Read a file that the user has named, wherever it is.

    Args:
        path: The file, or a link to it.
        most: The largest size that is read, in bytes.

    Raises:
        Refusal: The file cannot be read, is no regular file, or is too large.
    """
    with _refusing():
        # Opening a pipe would wait for its writer; O_NONBLOCK does not.
        descriptor = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise Refusal(UNREADABLE_FILE, "this is no regular file", "put a file there")
        with open(descriptor, "rb") as file:  # noqa: PTH123 - from the descriptor that was looked at
            data = file.read(most + 1)
    if len(data) > most:
        raise too_large(most)
    return data


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links, before Python 3.13
        why = reason(error, "the link leads to itself")
        hint = "put a file there that you may read, or delete it"
        raise Refusal(UNREADABLE_FILE, f"the file cannot be read: {why}", hint) from error


def too_large(most: int) -> Refusal:
    """Refuse a file of more than *most* bytes."""
    return Refusal(
        TOO_LARGE,
        f"the file is larger than {sized(most)}",
        "split it into fragments in instruments/, or raise CLUSTERGAP_MAX_MIB",
    )


def decode(data: bytes) -> tuple[str, Refusal | None]:
    """Return the text of *data* without a byte-order mark, and a refusal if it is not UTF-8.

    The text of a file that is not UTF-8 serves only to show a place in it.
    """
    try:
        return data.decode("utf-8").removeprefix("\ufeff"), None
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return text, Refusal(NOT_UTF_8, "the file is UTF-16, not UTF-8", "save it as UTF-8")
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        return text, Refusal(NOT_UTF_8, message, "save the file as UTF-8", len(before))


def refuse_characters(text: str, most: int = FILE_LIMITS.refused) -> list[Refusal]:
    """Return a refusal for the first forbidden character of each line, comments included; stop after *most* of them."""
    refusals: list[Refusal] = []
    end_of_line = -1
    for match in forbidden_in(text):
        if match.start() > end_of_line:
            if len(refusals) == most:
                return [*refusals, too_many(match.start(), most)]
            refusals.append(_forbidden(match))
            end_of_line = text.find("\n", match.start())
            if end_of_line < 0:
                break
    return refusals


def too_many(offset: int, most: int) -> Refusal:
    """Refuse to read on after *most* wrong places."""
    message = f"{count(most, 'place')} are wrong before this one: reading stops here"
    return Refusal(TOO_LARGE, message, "mend those first", offset)


def _forbidden(match: re.Match[str]) -> Refusal:
    message = f"the character {character_name(match[0][0])} may not stand in a data file"
    return Refusal(
        FORBIDDEN_CHARACTER, message, "delete it, or type the text again", match.start()
    )


def forbidden_in(text: str) -> Iterator[re.Match[str]]:
    r"""Find the runs of forbidden characters in the *text* of a file, one after the other.

    >>> [match.start() for match in forbidden_in("a\x1bb\u202ec\r\n")]
    [1, 3]
    """
    # What stands beside plain ASCII is mostly the same few letters: each is looked at once, in a tenth of the time.
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    distinct = set(beyond.decode("utf-8", "surrogatepass"))
    if "\r" in distinct and text.count("\r") == text.count("\r\n"):
        distinct.remove("\r")
    if not any(map(_FORBIDDEN.match, distinct)):
        return iter(())
    return forbidden_in_value(text.replace("\r\n", " \n"))


def forbidden_in_value(text: str) -> Iterator[re.Match[str]]:
    r"""Find them in a value of YAML, where a carriage return is not part of a line end.

    >>> [match.start() for match in forbidden_in_value("a\r\n")]
    [1]
    """
    pattern = _FORBIDDEN_ASCII if text.isascii() else _FORBIDDEN
    return pattern.finditer(text)


def character_name(character: str) -> str:
    r"""Name a character for a message.

    >>> character_name("\u202e"), character_name("\x1b")
    ('U+202E RIGHT-TO-LEFT OVERRIDE', 'U+001B control character')
    """
    nameless = "control character" if unicodedata.category(character) == "Cc" else "noncharacter"
    return f"U+{ord(character):04X} {unicodedata.name(character, nameless)}"
