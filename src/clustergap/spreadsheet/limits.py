"""How much of a spreadsheet is read: a stranger's file may hold, or say that it holds, anything."""

from collections.abc import Sequence
from typing import NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.spreadsheet.sheet import Address
from clustergap.text import visible


class SpreadsheetError(ClusterGapError):
    """A spreadsheet cannot be read.

    Args:
        message: Why.
        hint: What to do about it.
        at: The cell; None: the whole file.
        choices: What may be chosen from, a line each.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        at: Address | None = None,
        choices: Sequence[str] = (),
    ) -> None:
        self.message, self.hint, self.at, self.choices = message, hint, at, choices
        where = f"{at}: " if at else ""
        super().__init__(visible(f"{where}{message}{': ' + hint if hint else ''}"))


class TooLargeError(SpreadsheetError):
    """A file unpacks to more than it may; a higher limit would read it."""


class SheetLimits(NamedTuple):
    """The most that is read of anything; ``docs/import.md`` says what of it a user may meet."""

    unpacked: int = 64 * 1024 * 1024
    """Bytes to which a part unpacks that is read; all that are read, to four times as many."""

    at_once: int = 64 * 1024
    """Bytes that are unpacked, and read, at once."""

    entries: int = 2_000
    """Files in the package; a workbook of 50 sheets with pictures has a few hundred."""

    depth: int = 200
    """Elements within one another."""

    names: int = 1_000
    """Different names in one part; LibreOffice writes some 300."""

    tag: int = 256 * 1024
    """Bytes of a tag or comment, which is read once it is whole."""

    sheets: int = 1_000
    rows: int = 1_048_576
    """Of one sheet, as Excel's; its columns too."""

    columns: int = 16_384
    cells: int = 40_000_000
    """Of one sheet: filled ones, of which 64 MiB hold fewer, with the empty ones and rows between them and copies."""

    text: int = 64 * 1024 * 1024
    """Characters of the cells of one sheet: a text that a file holds once may stand in each of them."""

    cell_text: int = 131_072
    """Characters of one cell; Excel's holds at most 32,767."""

    line: int = 1_000_000
    """Characters of a line of CSV: of one line the reader makes all cells at once."""

    merged: int = 10_000
    """Merged ranges of one sheet."""

    styles: int = 65_536
    """Styles of cells; Excel knows no more."""


LIMITS = SheetLimits()
"""Those that hold for everybody."""
