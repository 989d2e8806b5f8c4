"""Where an answer's data came from, as documents cite it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from clustergap.findings import DataPath, Location


@dataclass(frozen=True, slots=True)
class Origin:
    """The dataset's path as the user named it (None: the packaged deck), and the lines of its entries."""

    path: str | None = None
    locations: Mapping[DataPath, Location] = field(default_factory=dict)
