"""The nodes of a data file's text: where each entry begins and where what it says ends."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import yaml

from clustergap.yaml_edit.write import YamlValue

NodePath = tuple[str | int, ...]
"""The keys and indices that lead from the root of a file to an entry."""

Node = Any
"""A node of PyYAML, which knows no types."""

_COMMENT = re.compile(r"(?:^|[ \t])(#.*?)[ \t\r]*$", re.MULTILINE)
"""Between two scalars nothing but a comment has its sign."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Step(NamedTuple):
    """An entry on the way to a data path: its key (None in a list) and its value."""

    key: Node
    value: Node


class Way(NamedTuple):
    """The entries on the way to a data path as far as the text holds them, the root first, and the rest of the path."""

    steps: list[Step]
    rest: NodePath

    @property
    def last(self) -> Step:
        """The deepest entry that is there."""
        return self.steps[-1]


class Tree:
    """The nodes of a data file's text, which was read without an error before."""

    def __init__(self, text: str) -> None:
        self.root: Node = yaml.compose(text, Loader=_Loader)
        self._by_key: dict[int, dict[str, Step]] = {}

    def find(self, path: NodePath) -> Way:
        """Go down a data path as far as there are entries."""
        return self.find_below(Step(None, self.root), path)

    def own(self, path: NodePath) -> NodePath:
        """Return a data path as it is in this text: a statement in a list of its own is named as if it were in none."""
        own: NodePath = ()
        node = self.root
        for part in path:
            is_listed = isinstance(node, yaml.SequenceNode) and len(node.value) == 1
            if isinstance(part, str) and is_listed:
                node, own = node.value[0], (*own, 0)
            own = (*own, part)
            child = self._child(node, part)
            node = child.value if child is not None else None
        return own

    def find_below(self, step: Step, path: NodePath) -> Way:
        """Go down a data path from an entry."""
        steps = [step]
        for number, part in enumerate(path):
            child = self._child(steps[-1].value, part)
            if child is None:
                return Way(steps, path[number:])
            steps.append(child)
        return Way(steps, ())

    def by_key(self, node: Node) -> Mapping[str, Step]:
        """Return the entries of a mapping by their keys; of thousands each is looked for."""
        if id(node) not in self._by_key:
            self._by_key[id(node)] = {step.key.value: step for step in entries(node)}
        return self._by_key[id(node)]

    def _child(self, node: Node, part: str | int) -> Step | None:
        if isinstance(node, yaml.MappingNode):
            return self.by_key(node).get(str(part))
        if isinstance(node, yaml.SequenceNode) and part in range(len(node.value)):
            return Step(None, node.value[part])
        return None


def entries(node: Node) -> Iterator[Step]:
    """Walk through the entries of a mapping or list."""
    if isinstance(node, yaml.MappingNode):
        yield from (Step(key, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from (Step(None, value) for value in node.value)


def is_flow(node: Node) -> bool:
    """Tell whether a node stands in brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def is_list_of_texts(node: Node, value: Sequence[YamlValue]) -> bool:
    """Tell whether a node is a list of texts, and what is to stand there too."""
    if not isinstance(node, yaml.SequenceNode):
        return False
    is_scalar = all(isinstance(one, yaml.ScalarNode) for one in node.value)
    return is_scalar and all(isinstance(one, str) for one in value)


def may_be_listed(node: Node) -> bool:
    """Tell whether a node is something that stands alone and might as well stand in a list."""
    return isinstance(node, yaml.MappingNode) or (
        isinstance(node, yaml.ScalarNode) and bool(node.value)
    )


def comments_within(node: Node, text: str) -> list[str]:
    """Return the comments between the first and the last thing that a list or mapping says."""
    leaves = list(_leaves(node))
    between = (text[a.end_mark.index : b.start_mark.index] for a, b in pairwise(leaves))
    return [match[1] for gap in between for match in _COMMENT.finditer(gap)]


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    for step in entries(node):
        yield from _leaves(step.key) if step.key is not None else ()
        yield from _leaves(step.value)


def content_end(step: Step, text: str) -> int:
    """Return the offset behind the last character of what an entry says, before comments and blank lines."""
    node = step.value
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        return content_end(Step(*last) if isinstance(last, tuple) else Step(None, last), text)
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, yaml.ScalarNode):
        if start == end and step.key is not None:  # nothing behind the colon
            return text.index(":", int(step.key.end_mark.index)) + 1
        if node.style in ("|", ">"):
            return int(start) + len(text[start:end].rstrip())
    return int(end)
