"""Where an answer's data came from, as documents cite it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from clustergap.findings import DataPath, Location


class Origin(NamedTuple):
    """The dataset's path as the user named it (None: the packaged deck), and the lines of its entries.

    ``commit``: of git, where the dataset is that of a revision.
    """

    path: str | None = None
    locations: Mapping[DataPath, Location] = MappingProxyType({})
    commit: str | None = None


Origins = tuple[Origin, Origin]
"""Of the two sides of a comparison: before and after."""
