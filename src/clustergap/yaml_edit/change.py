"""A change to a data file."""

from typing import NamedTuple

from clustergap.yaml_edit.nodes import NodePath
from clustergap.yaml_edit.write import YamlValue

APPEND = -1
"""The last part of a path that means a new item of the list before it."""


class Change(NamedTuple):
    """A new *value* for the entry at a data path of the file; None: the entry goes."""

    path: NodePath
    value: YamlValue | None
