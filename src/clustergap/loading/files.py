"""Reading data files from disk: regular files of the dataset's own folder only, and only so much of them."""

import enum
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clustergap.checks.rules.files import (
    FORBIDDEN_CHARACTER,
    NOT_UTF_8,
    TOO_LARGE,
    UNREADABLE_FILE,
)
from clustergap.errors import reason
from clustergap.findings import Rule
from clustergap.loading.characters import forbidden_in, name_of
from clustergap.loading.limits import LIMITS
from clustergap.text import count, sized

MIB = 1024 * 1024


class Habit(enum.Enum):
    """What another program writes wherever it can, so that all of it has one reason."""

    ALIASES = "aliases"
    TAGS = "tags"


class Refusal(Exception):  # noqa: N818 - a finding on its way to its file, not an error of its own
    """Why a file, or a place in it, is refused; ``offset`` counts characters from its start.

    ``habit`` is what a program does that writes such places all over a file.
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
    """Return the text of *data* without a byte-order mark, and why it is not UTF-8 if it is not.

    The text of a file that is not UTF-8 is good enough to show a place in it, no more.
    """
    try:
        return data.decode("utf-8").removeprefix("\ufeff"), None
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            why = Refusal(NOT_UTF_8, "the file is UTF-16, not UTF-8", "save it as UTF-8")
        else:
            before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
            message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
            why = Refusal(NOT_UTF_8, message, "save the file as UTF-8", len(before))
        return text, why


def refuse_characters(text: str, most: int = LIMITS.refused) -> list[Refusal]:
    """Return a refusal for the first forbidden character of each line of the raw text, comments too: at most so many."""
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
    """Refuse to read on behind so many places."""
    message = f"{count(most, 'place')} are wrong before this one: reading stops here"
    return Refusal(TOO_LARGE, message, "mend those first", offset)


def _forbidden(match: re.Match[str]) -> Refusal:
    message = f"the character {name_of(match[0][0])} may not stand in a data file"
    return Refusal(
        FORBIDDEN_CHARACTER, message, "delete it, or type the text again", match.start()
    )
