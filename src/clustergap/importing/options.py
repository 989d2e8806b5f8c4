"""What the user asked of an import beside its file and its dataset."""

import enum
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field


class LayoutName(enum.StrEnum):
    """How a table is laid out."""

    LIST = "list"
    """A row says what one instrument does for one cell."""

    MATRIX = "matrix"
    """Roles down, levels across, names of instruments in the cells."""

    CROSS = "cross"
    """Instruments down, roles or cells across, marks in the cells."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What is not left to the program to find.

    ``header`` and ``last`` are numbers of rows as people see them, from 1. ``columns`` are headers by the key that they
    hold, ``levels`` the territories of levels by their id: the name of a list, or codes. ``new_names`` are those that
    are new, however near to a known one; with ``all_new`` every name is.
    """

    sheet: str | None = None
    layout: LayoutName | None = None
    header: Sequence[int] = ()
    last: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    leave_out: Sequence[str] = ()
    date_format: str | None = None
    fill_down: Sequence[str] = ()
    levels: Mapping[str, str] = field(default_factory=dict)
    new_names: Collection[str] = ()
    all_new: bool = False
    prune: bool = False
