"""A change to a data file."""

from typing import NamedTuple

from clustergap.findings import DataPath
from clustergap.importing.claims import Value

APPEND = -1
"""The last part of a path that means a new item of the list before it."""


class Change(NamedTuple):
    """A new *value* for the entry at a data path of the file; None: the entry goes."""

    path: DataPath
    value: Value | None
