"""A CSV file as one sheet, whichever way a spreadsheet program wrote it."""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice

from clustergap.spreadsheet.grid import Grid
from clustergap.spreadsheet.limits import Budget, Limits, SpreadsheetError
from clustergap.spreadsheet.sheet import Sheet, SheetMetadata

_MARKS = (
    ("utf-8-sig", codecs.BOM_UTF8),
    ("utf-16", codecs.BOM_UTF16_LE),
    ("utf-16", codecs.BOM_UTF16_BE),
)
_SEPARATORS = ",;\t|"
_SAID = "sep="
_GUARDED = tuple(f"'{sign}" for sign in "=+-@\t\r")
"""How a cell begins that a spreadsheet would otherwise take for a formula, as our own CSV writes it."""


def read_csv(data: bytes, name: str, limits: Limits) -> tuple[Sheet, list[str]]:
    """Read a CSV file, and say what had to be guessed.

    Raises:
        SpreadsheetError: It is no text, is too large, or its quotes do not match.
    """
    if len(data) > limits.text:
        raise SpreadsheetError(
            f"the file has more than {limits.text:,} bytes", "import it in two parts"
        )
    encoding, remarks = _find_encoding(data, limits.at_once)
    # Decoded line by line: as one text it would take four times the file where it has one rare character.
    separator, is_said = _find_separator(islice(_lines(data, encoding, limits.line), limits.rows))
    lines = _lines(data, encoding, limits.line)
    if is_said:
        next(lines)
    grid = Grid(SheetMetadata(name), Budget(limits))
    number = 0
    try:
        for number, cells in enumerate(csv.reader(lines, delimiter=separator, strict=True)):
            grid.reach(number)
            for column, text in enumerate(cells):
                if text:
                    grid.fill(number, column, _plain(text))
    except csv.Error as error:
        message = f"the CSV cannot be read after row {number + 1}: {error}"
        raise SpreadsheetError(message, "look for a quote that is not closed") from error
    return grid.sheet(), remarks


def _find_encoding(data: bytes, at_once: int) -> tuple[str, list[str]]:
    encoding = next((name for name, mark in _MARKS if data.startswith(mark)), "utf-8")
    if b"\0" in data and encoding != "utf-16":
        raise SpreadsheetError("the file is no text", "save it as CSV UTF-8")
    if _is_text(data, encoding, at_once):
        return encoding, []
    # What Excel writes where nobody asks for UTF-8.
    if encoding == "utf-8" and _is_text(data, "cp1252", at_once):
        return "cp1252", [
            "the file is not UTF-8, and is read as Windows-1252: look at its accents"
        ]
    raise SpreadsheetError("the file is no text in UTF-8", "save it as CSV UTF-8")


def _is_text(data: bytes, encoding: str, at_once: int) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(data), at_once):
            decoder.decode(data[start : start + at_once])
        decoder.decode(b"", True)
    except UnicodeError:
        return False
    return True


def _lines(data: bytes, encoding: str, longest: int) -> Iterator[str]:
    stream = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    while line := stream.readline(longest + 1):
        if len(line) > longest:
            message = f"a line of the file has more than {longest:,} characters"
            raise SpreadsheetError(message, "save it again as CSV")
        yield line


def _find_separator(lines: Iterator[str]) -> tuple[str, bool]:
    found = (line for line in lines if line.strip(_SEPARATORS + ' "\r\n'))
    first = next(found, "")
    if first.casefold().startswith(_SAID):
        said = first[len(_SAID) :].rstrip("\r\n")
        if len(said) == 1 and said not in '"\r\n':
            return said, True
    # The separator that stands most often outside of quotes in the header.
    bare = "".join(first.split('"')[::2])
    return max(_SEPARATORS, key=bare.count), False


def _plain(cell: str) -> str:
    lines = cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell
    return lines[1:] if lines.startswith(_GUARDED) else lines
