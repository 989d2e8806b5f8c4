"""What a person sees of a sheet and a reader of its texts does not: what is hidden, merged, reckoned or wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field

Position = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class Area:
    """Cells from the first to the last position."""

    first: Position
    last: Position


@dataclass(slots=True)
class Facts:
    """What is to be known of one sheet.

    ``formulas`` and ``errors`` are the positions of cells that hold one; ``merged`` are cells
    that look like one, whose text the first holds; ``columns`` is how many there are up to the last filled one.
    """

    name: str
    is_hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    formulas: set[Position] = field(default_factory=set)
    errors: set[Position] = field(default_factory=set)
    columns: int = 0


def runs(numbers: Iterable[int]) -> list[str]:
    """Name rows by their numbers as people see them, those in a row by the first and the last.

    >>> runs([0, 1, 2, 6])
    ['1-3', '7']
    """
    named: list[list[int]] = []
    for number in sorted(set(numbers)):
        if named and named[-1][-1] == number - 1:
            named[-1] = [named[-1][0], number]
        else:
            named.append([number])
    return ["-".join(str(number + 1) for number in run) for run in named]
