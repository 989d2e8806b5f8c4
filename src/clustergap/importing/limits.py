"""How much of what a spreadsheet says is read: a stranger's may say anything."""

from typing import NamedTuple

from clustergap.list_format import reference_layout


class Limits(NamedTuple):
    """The most that is read of anything; ``docs/import.md`` says what of it a user may meet."""

    records: int = reference_layout.RECORDS
    """Rows of a small table."""

    claims: int = reference_layout.STATEMENTS
    """Times that a sheet names instruments and cells."""

    values: int = reference_layout.LISTED_VALUES
    """Values that stand in lists in the cells of a sheet."""

    new: int = 1_000
    """Roles, levels, kinds or targets that a sheet may bring: if its words are more, they are none."""

    matrix: int = 100_000
    """Cells of the matrix: nobody has looked at a thousand."""


LIMITS = Limits()
"""Those that hold for everybody."""
