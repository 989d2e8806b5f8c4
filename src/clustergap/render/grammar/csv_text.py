"""CSV for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Write a table; a text that a spreadsheet would take for a formula gets a leading apostrophe.

    >>> print(write_csv(["a", "b"], [["=1+1", 3], [None, "x,y"]]).replace("\r\n", "|"))
    a,b|'=1+1,3|,"x,y"|
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value
