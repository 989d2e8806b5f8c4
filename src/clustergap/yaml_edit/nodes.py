"""The nodes of a YAML file's text: where each entry begins, and where its content ends."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import yaml

from clustergap.yaml_edit.write import YamlValue

NodePath = tuple[str | int, ...]
"""The keys and indices that lead from the root of a file to an entry."""

Node = Any
"""A node of PyYAML, which has no types."""

_COMMENT = re.compile(r"(?:^|[ \t])(#.*?)[ \t\r]*$", re.MULTILINE)
"""Between two scalars only a comment has this sign."""

_COLON = re.compile(r"(?:[ \t\r\n]|(?<=[ \t\r\n])#[^\n]*+)*+:")
_DASHES = re.compile(r"(?:-?[ ])*")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The fastest reader of YAML that there is here."""


class NodeEntry(NamedTuple):
    """An entry of a mapping or list: its key (None in a list, and of the root) and its value."""

    key: Node
    value: Node

    @property
    def name(self) -> str:
        """The text of its key; empty in a list."""
        return "" if self.key is None else str(self.key.value)

    @property
    def column(self) -> int:
        """The column of its key, or of its value if it has none."""
        return column(self.value if self.key is None else self.key)


class NodeTree:
    """The nodes of a file's text, which has been read without an error."""

    def __init__(self, text: str) -> None:
        self.root: Node = yaml.compose(text, Loader=LOADER)
        self._by_key: dict[int, dict[str, NodeEntry]] = {}

    def find(self, path: NodePath) -> Node | None:
        """Return the node at a path; None if there is none."""
        trail = self.trail(path)
        return trail[-1].value if trail else None

    def trail(self, path: NodePath) -> list[NodeEntry]:
        """Return the entries on the path, the root first; empty if there is no such entry."""
        trail = [NodeEntry(None, self.root)]
        for part in path:
            node = trail[-1].value
            if isinstance(part, str) and is_list_of_one(node):
                trail.append(NodeEntry(None, node.value[0]))
            child = self._child(trail[-1].value, part)
            if child is None:
                return []
            trail.append(child)
        return trail

    def _child(self, node: Node, part: str | int) -> NodeEntry | None:
        if isinstance(node, yaml.MappingNode):
            if (
                id(node) not in self._by_key
            ):  # indexed, as each of thousands of entries may be looked up
                self._by_key[id(node)] = {entry.name: entry for entry in entries(node)}
            return self._by_key[id(node)].get(str(part))
        if isinstance(node, yaml.SequenceNode) and part in range(len(node.value)):
            return NodeEntry(None, node.value[part])
        return None


def entries(node: Node) -> Iterator[NodeEntry]:
    """Walk through the entries of a mapping or list."""
    if isinstance(node, yaml.MappingNode):
        yield from (NodeEntry(key, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from (NodeEntry(None, value) for value in node.value)


def column(node: Node) -> int:
    """Return the column at which a node begins."""
    return int(node.start_mark.column)


def is_flow(node: Node) -> bool:
    """Tell whether a node is in brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def is_list_of_one(node: Node) -> bool:
    """Tell whether a node is a list with one item, which could also be written without the list."""
    return isinstance(node, yaml.SequenceNode) and len(node.value) == 1


def stands_alone(node: Node) -> bool:
    """Tell whether a node could also be written as a list with one item."""
    return isinstance(node, yaml.MappingNode) or (
        isinstance(node, yaml.ScalarNode) and bool(node.value)
    )


def are_texts(node: Node, value: Sequence[YamlValue]) -> bool:
    """Tell whether both a node and *value* are lists of texts."""
    if not isinstance(node, yaml.SequenceNode):
        return False
    is_scalar = all(isinstance(item, yaml.ScalarNode) for item in node.value)
    return is_scalar and all(isinstance(item, str) for item in value)


def comments_in(text: str) -> list[str]:
    """Return the comments of a text between two scalars."""
    return [match[1] for match in _COMMENT.finditer(text)]


def comments_within(node: Node, text: str) -> list[str]:
    """Return the comments between the first and the last scalar of a list or mapping."""
    return [
        comment
        for before, after in pairwise(leaves(node))
        for comment in comments_in(text[before.end_mark.index : after.start_mark.index])
    ]


def leaves(node: Node) -> Iterator[Node]:
    """Walk through the scalars of a node."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    for entry in entries(node):
        yield from leaves(entry.key) if entry.key is not None else ()
        yield from leaves(entry.value)


def key_end(key: Node, text: str) -> int:
    """Return the offset after the colon of a key, or after the key if it has none."""
    end = int(key.end_mark.index)
    colon = _COLON.match(text, end)
    return colon.end() if colon else end


def content_end(entry: NodeEntry, text: str) -> int:
    """Return the offset after the last character of an entry's content, before comments and blank lines."""
    node = entry.value
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        return content_end(list(entries(node))[-1], text)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if start == end and entry.key is not None:  # nothing follows the colon
        return key_end(entry.key, text)
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        content = text[start:end]
        if "+" in content.partition("\n")[0].partition("#")[0]:  # blank lines belong to the text
            return start + len(content.removesuffix("\n").removesuffix("\r"))
        return start + len(content.rstrip())
    return end


def entry_start(entry: NodeEntry, parent: Node, text: str) -> int:
    """Return the offset of the first character of an entry in block style: a dash, a key, or the mark before it."""
    start = int((entry.key or entry.value).start_mark.index)
    begin = text.rfind("\n", 0, start) + 1
    if isinstance(parent, yaml.SequenceNode):
        # The value of an item may be below its dash.
        while begin and not _has_dash(text, begin, column(parent)):
            begin = text.rfind("\n", 0, begin - 1) + 1
        return begin + column(parent)
    dashes = _DASHES.match(text, begin, start)
    return dashes.end() if dashes else start


def _has_dash(text: str, begin: int, column_: int) -> bool:
    return text.startswith("-", begin + column_) and not text[begin : begin + column_].strip(
        " -?:"
    )
