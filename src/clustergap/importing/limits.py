"""How much of a spreadsheet is read: a stranger's file may hold, or say that it holds, anything."""

from typing import NamedTuple

from clustergap.loading import limits as of_files


class Limits(NamedTuple):
    """The most that is read of anything; ``docs/import.md`` says what of it a user may meet."""

    unpacked: int = of_files.LIMITS.size
    """Bytes of what the file unpacks to."""

    at_once: int = 64 * 1024
    """Bytes that are unpacked, and read, at once."""

    entries: int = 2_000
    """Files in the package; a workbook of 50 sheets with pictures has a few hundred."""

    elements: int = 900_000
    """Elements of all XML together; the report of 10,000 instruments has 294,000."""

    depth: int = 200
    """Elements within one another."""

    names: int = 1_000
    """Different names in one part; LibreOffice writes some 300."""

    tag: int = 256 * 1024
    """Bytes of a tag or comment, which is read once it is whole."""

    sheets: int = 1_000
    rows: int = 200_000
    """Of one sheet, as its columns."""

    columns: int = 1_000
    cells: int = 500_000
    """Of all sheets, empty cells and rows between filled ones too; the report of 10,000 instruments has 181,000."""

    text: int = 16_000_000
    """Characters of all cells: a text that a file holds once may stand in each of them. Bytes of a CSV file."""

    cell_text: int = 131_072
    """Characters of one cell; Excel's holds at most 32,767."""

    line: int = 1_000_000
    """Characters of a line of CSV: of one line the reader makes all cells at once."""

    merged: int = 10_000
    """Merged ranges of all sheets."""

    styles: int = 65_536
    """Styles of cells; Excel knows no more."""

    records: int = 20_000
    """Rows of a small table."""

    claims: int = 50_000
    """Times that a sheet names instruments and cells."""

    values: int = 300_000
    """Values that stand in lists in the cells of a sheet."""

    new: int = 1_000
    """Roles, levels, kinds or targets that a sheet may bring: if its words are more, they are none."""

    matrix: int = 100_000
    """Cells of the matrix: nobody has looked at a thousand."""


LIMITS = Limits()
"""Those that hold for everybody."""
