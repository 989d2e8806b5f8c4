"""A CSV file as one sheet, whichever way a spreadsheet program wrote it."""

import csv
import io

from clustergap.importing.facts import Facts
from clustergap.importing.problem import refuse
from clustergap.importing.sheet import Row, Sheet

_MARKS = (("utf-8-sig", b"\xef\xbb\xbf"), ("utf-16", b"\xff\xfe"), ("utf-16", b"\xfe\xff"))
_SEPARATORS = ",;\t|"
_SAID = "sep="
_DISARMED = tuple(f"'{sign}" for sign in "=+-@\t\r")
"""How a cell begins that a spreadsheet would otherwise take for a formula, as our own CSV writes it."""


def read_csv(data: bytes, name: str) -> tuple[Sheet, list[str]]:
    """Read a CSV file, and say what had to be guessed.

    Raises:
        SheetError: It is no text, or its quotes do not match.
    """
    text, remarks = _decode(data)
    separator, text = _separator(text)
    facts, rows = Facts(name), []
    try:
        for number, cells in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        ):
            rows.append([_arm(cell) for cell in cells])
            _note(facts, number, rows[-1])
    except csv.Error as error:
        raise refuse(
            f"line {len(rows) + 1} of the CSV cannot be read: {error}", "save it again"
        ) from error
    return Sheet(name, rows, facts), remarks


def _decode(data: bytes) -> tuple[str, list[str]]:
    encoding = next((name for name, mark in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        if encoding != "utf-8" or b"\0" in data:
            raise refuse("the file is no text", "save it as CSV UTF-8") from error
    try:
        # What Excel writes where nobody asks for UTF-8.
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise refuse("the file is no text in UTF-8", "save it as CSV UTF-8") from error
    return text, ["the file is not UTF-8, and is read as Windows-1252: look at its accents"]


def _separator(text: str) -> tuple[str, str]:
    if text.casefold().startswith(_SAID) and len(text) > len(_SAID):
        return text[len(_SAID)], text.partition("\n")[2]
    first = next((line for line in text.splitlines() if line.strip(_SEPARATORS + ' "')), "")
    # The separator that stands most often outside of quotes in the header.
    bare = "".join(first.split('"')[::2])
    return max(_SEPARATORS, key=bare.count), text


def _arm(cell: str) -> str:
    lines = cell.replace("\r\n", "\n").replace("\r", "\n")
    return lines[1:] if lines.startswith(_DISARMED) else lines


def _note(facts: Facts, number: int, cells: Row) -> None:
    last = max((column for column, cell in enumerate(cells) if cell), default=-1)
    if last >= 0:
        facts.fill(number, last)
