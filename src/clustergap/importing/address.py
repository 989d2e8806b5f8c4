"""Where a cell stands, as people who see the sheet name it."""

import re
from typing import NamedTuple

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_LETTERS = 26


class Address(NamedTuple):
    """A cell of a sheet; row and column count from 0.

    >>> str(Address("Instruments", 13, 3))
    'Instruments!D14'
    """

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{quote_sheet(self.sheet)}!{cell_name(self.row, self.column)}"


def quote_sheet(name: str) -> str:
    """Write a sheet's name as formulas do: in quotes if it is more than a word.

    >>> quote_sheet("My list")
    "'My list'"
    """
    return name if re.fullmatch(r"[\w.]+", name) else "'{}'".format(name.replace("'", "''"))


def cell_name(row: int, column: int) -> str:
    """Name a cell within its sheet.

    >>> cell_name(13, 3)
    'D14'
    """
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """Name a column by its letters.

    >>> column_name(0), column_name(25), column_name(26)
    ('A', 'Z', 'AA')
    """
    name = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        name = chr(ord("A") + letter) + name
    return name


def read_reference(text: str) -> tuple[int, int] | None:
    """Return row and column of a reference, or None if it is none.

    >>> read_reference("D14")
    (13, 3)
    """
    match = _REFERENCE.fullmatch(text)
    if match is None or match[2] == "0" * len(match[2]):
        return None
    column = 0
    for letter in match[1].upper():
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
