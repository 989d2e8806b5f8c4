"""Where an answer's data came from, as documents cite it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from clustergap.findings import DataPath, Location

EXAMPLE = "example data that come with clustergap"
"""What the packaged deck is to who reads a document of it: it may be taken for the reader's own data."""


class Origin(NamedTuple):
    """The dataset's path as the user named it (None: the packaged deck), and the lines of its entries.

    ``commit``: of git, where the dataset is that of a revision. ``holders``: the files beside whose entries a new one
    would stand.
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
        """Say what was asked, as the beginning of a clause that says what was asked of it."""
        return f"{EXAMPLE}," if self.is_example else "data"

    @property
    def remark(self) -> str:
        """Say in a sentence what a reader must know of the data; nothing of data of his own."""
        return f"These are {EXAMPLE}." if self.is_example else ""


Origins = tuple[Origin, Origin]
"""Of the two sides of a comparison: before and after."""
