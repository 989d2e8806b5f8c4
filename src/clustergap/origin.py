"""Where the data of an answer comes from."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from clustergap.findings import DataPath, Location

EXAMPLE = "example data that come with clustergap"
"""What documents call the packaged deck, which might be mistaken for the reader's own data."""


class Origin(NamedTuple):
    """The dataset's path as the user named it (None: the packaged deck), and the lines of its entries.

    ``commit``: the commit of git, if the dataset is that of a revision. ``holders``: the files to which a new entry could be
    added.
    """

    path: str | None = None
    locations: Mapping[DataPath, Location] = MappingProxyType({})
    commit: str | None = None
    holders: tuple[str, ...] = ()

    @property
    def is_example(self) -> bool:
        """Whether it is the packaged deck, which every document says of itself."""
        return self.path is None

    @property
    def data_in_words(self) -> str:
        """Name the data, as the beginning of a clause that continues with the query."""
        return f"{EXAMPLE}," if self.is_example else "data"

    @property
    def remark(self) -> str:
        """Say in a sentence what a reader must know about the data; empty for the reader's own."""
        return f"These are {EXAMPLE}." if self.is_example else ""


Origins = tuple[Origin, Origin]
"""The origins of the two sides of a comparison: before and after."""
