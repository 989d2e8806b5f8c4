"""What the page of the gap map shows, before it is written."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel

from clustergap.model.record import Source

LongestRow = tuple[str, Sequence[tuple[str, str]]]
"""A role's name and, of each of its cells, the longest words that it has on any day, and the longest names of instruments."""


class GapMapPage(NamedTuple):
    """All that the page shows on any day.

    Attributes:
        title: The dataset's title.
        summary: The two sentences below it.
        longest_rows: The matrix, as much as it ever says.
        sources: What the data cites.
        words: What else the template shows, by the name that it has there.
        lookup: What the script looks up, by the name that it has there.
        matrix: The matrix, as the script saves it.
        columns: Its columns, where the script saves it as a table.
        is_example: Whether what is saved must say that it is an example.
    """

    title: str
    summary: tuple[str, str]
    longest_rows: Sequence[LongestRow]
    sources: Sequence[Source]
    words: Mapping[str, object]
    lookup: Mapping[str, object]
    matrix: BaseModel
    columns: Sequence[str]
    is_example: bool
