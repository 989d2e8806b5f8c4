"""How much of a data file is read."""

from typing import NamedTuple


class Limits(NamedTuple):
    """The most that is read of anything in one file; ``docs/data-model.md`` says what a user may meet."""

    size: int = 64 * 1024 * 1024
    """Bytes, which the user may set."""

    levels: int = 16
    """Lists and mappings within one another."""

    values: int = 250_000
    """Values that one instrument, or all outside of instruments, may have."""

    few: int = 16
    """A collection of no more than so many values counts as one."""

    refused: int = 100_000
    """Places that are refused before reading stops: nobody mends so many by hand."""


LIMITS = Limits()
"""Those that hold for everybody."""
