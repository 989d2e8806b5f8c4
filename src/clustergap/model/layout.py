"""How a table is laid out, as a command's choices, without anything heavy."""

import enum


class Layout(enum.StrEnum):
    """How a table is laid out."""

    LIST = "list"
    """A row says what one instrument does for one cell."""

    MATRIX = "matrix"
    """Roles down, levels across, names of instruments in the cells."""

    CROSS = "cross"
    """Instruments down, roles or cells across, marks in the cells."""
