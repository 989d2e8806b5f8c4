"""A CSV file as one sheet, whichever way a spreadsheet program wrote it."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

from clustergap.spreadsheet.grid import Grid
from clustergap.spreadsheet.limits import Limits, SpreadsheetError
from clustergap.spreadsheet.sheet import Sheet, SheetMetadata
from clustergap.spreadsheet.text_encoding import find_encoding, is_wide
from clustergap.text import quote

_DELIMITERS = ",;\t|"
_NO_DELIMITERS = '"\r\n'
_SAID = "sep="
_LINES_LOOKED_AT = 50
_GUARDED = tuple(f"'{sign}" for sign in "=+-@\t\r")
"""How a cell begins that a spreadsheet would otherwise take for a formula, as our own CSV writes it."""


def read_csv(
    data: bytes, name: str, limits: Limits, encoding: str | None, delimiter: str | None
) -> tuple[Sheet, list[str]]:
    """Read a CSV file, and say what is not as it was asked for.

    Args:
        data: The file.
        name: What the sheet is called.
        limits: How much of it is read.
        encoding: Its encoding; None: UTF-8, or what its mark says.
        delimiter: What separates its cells; None: what its first line says, or what separates most rows alike.

    Raises:
        SpreadsheetError: It is no text in that encoding, is too large, or its quotes do not match.
    """
    encoding, remarks = find_encoding(data, encoding)
    if not is_wide(encoding):
        data = data.rstrip(b"\r\n")
    # Decoded line by line: as one text it would take four times the file where it has one rare character.
    found, is_said = _find_delimiter(islice(_lines(data, encoding, limits.line), limits.rows))
    lines = _lines(data, encoding, limits.line)
    if is_said:
        next(lines)
    grid = Grid(SheetMetadata(name), limits)
    number = 0
    try:
        for number, cells in enumerate(
            csv.reader(lines, delimiter=_checked(delimiter) or found, strict=True)
        ):
            grid.fill_row(number, [*map(_plain, cells)])
            if number >= limits.rows and not is_wide(encoding):
                raise grid.too_far(number, 0)  # the last line is not empty
    except csv.Error as error:
        message = f"the CSV cannot be read after row {number + 1}: {error}"
        raise SpreadsheetError(message, "look for a quote that is not closed") from error
    return grid.sheet(), remarks


def _checked(delimiter: str | None) -> str | None:
    if delimiter is not None and (len(delimiter) != 1 or delimiter in _NO_DELIMITERS):
        message = f"{quote(delimiter)} cannot separate cells"
        raise SpreadsheetError(message, "name one character, such as ; or |")
    return delimiter


def _lines(data: bytes, encoding: str, longest: int) -> Iterator[str]:
    stream = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    if stream.read(1) != "\ufeff":  # the mark, which some encodings take for a character
        stream.seek(0)
    while line := stream.readline(longest + 1):
        if len(line) > longest:
            message = f"a line of the file has more than {longest:,} characters"
            raise SpreadsheetError(message, "save it again as CSV")
        yield line


def _find_delimiter(lines: Iterator[str]) -> tuple[str, bool]:
    first = next((line for line in lines if line.strip(_DELIMITERS + ' "\r\n')), "")
    if first.casefold().startswith(_SAID):
        said = first[len(_SAID) :].rstrip("\r\n")
        if len(said) == 1 and said not in _NO_DELIMITERS:
            return said, True
    looked_at = [first, *islice(lines, _LINES_LOOKED_AT)]
    return max(_DELIMITERS, key=lambda delimiter: _regularity(looked_at, delimiter)), False


def _regularity(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """Return how many rows are as wide as most of those that are separated, and how wide that is."""
    widths: Counter[int] = Counter()
    with suppress(csv.Error):
        widths.update(len(row) for row in csv.reader(lines, delimiter=delimiter))
    separated = ((number, width) for width, number in widths.items() if width > 1)
    return max(separated, default=(0, 0))


def _plain(cell: str) -> str:
    if "\r" in cell:
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return cell[1:] if cell[:1] == "'" and cell.startswith(_GUARDED) else cell
