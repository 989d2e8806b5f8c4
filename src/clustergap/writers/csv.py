"""CSV for spreadsheets."""

import csv
import io
from collections.abc import Sequence

from clustergap.document import Rows
from clustergap.origin import EXAMPLE, Origin, Origins

_STARTS_A_FORMULA = frozenset("=+-@\t\r")


def write_csv(rows: Rows, origin: Origin | Origins) -> str:
    r"""Write a table; a text that a spreadsheet would take for a formula gets a leading apostrophe.

    If the data is an example, a last column says so in every row, so that copied rows keep the remark.

    >>> rows = Rows(("a", "b"), [("=1+1", 3), (None, "x,y")])
    >>> print(write_csv(rows, Origin("data")).replace("\r\n", "|"))
    a,b|'=1+1,3|,"x,y"|
    """
    is_example = any(
        side.is_example for side in ([origin] if isinstance(origin, Origin) else origin)
    )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns(rows.header, is_example))
    last = [EXAMPLE] if is_example else []
    # Most cells of a wide table are empty: a call for each would take as long as writing them.
    writer.writerows(
        [*[None if value is None else _cell(value) for value in row], *last] for row in rows.rows
    )
    return text.getvalue()


def columns(header: Sequence[str], is_example: bool) -> Sequence[str]:
    """Return the columns of a table: *header*, and the remark of an example."""
    return [*header, "data"] if is_example else header


def _cell(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value[:1] in _STARTS_A_FORMULA else value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
