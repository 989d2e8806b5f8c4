"""Where an answer's data came from, as documents cite it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from clustergap.findings import DataPath, Location


class Origin(NamedTuple):
    """The dataset's path as the user named it (None: the packaged deck), and the lines of its entries."""

    path: str | None = None
    locations: Mapping[DataPath, Location] = MappingProxyType({})
