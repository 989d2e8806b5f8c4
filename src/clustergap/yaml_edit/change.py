"""What is to change in a YAML file: values by their paths, and the characters of its text that give way for them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import yaml

from clustergap.yaml_edit.nodes import Node, NodeEntry, NodePath, entries, is_list_of_one
from clustergap.yaml_edit.write import YamlValue

APPEND = -1
"""The last part of a path that means a new item of the list before it."""


class YamlChange(NamedTuple):
    """A new *value* for the entry at a path of the file; None: the entry goes."""

    path: NodePath
    value: YamlValue | None


def split_whole(
    node: Node, changes: Iterable[YamlChange]
) -> tuple[YamlChange | None, list[YamlChange]]:
    """Part the changes of a node into the one of all of it and those below it.

    What stands in a list of one may be named as if it stood in none; so may all of it, where that list grows.
    """
    whole, below = None, []
    for change in changes:
        if change.path:
            below.append(change)
        else:
            whole = change
    if is_list_of_one(node):
        below = [
            YamlChange((0, *path), value) if isinstance(path[0], str) else YamlChange(path, value)
            for path, value in below
        ]
        if whole is not None and any(path == (APPEND,) for path, _ in below):
            return None, [YamlChange((0,), whole.value), *below]
    return whole, below


def by_part(changes: Iterable[YamlChange]) -> dict[str | int, list[YamlChange]]:
    """Group changes by the first part of their paths, which they lose."""
    groups: defaultdict[str | int, list[YamlChange]] = defaultdict(list)
    for path, value in changes:
        groups[path[0]].append(YamlChange(path[1:], value))
    return groups


def values_of(changes: Iterable[YamlChange]) -> list[YamlValue]:
    """Return the new values."""
    return [change.value for change in changes if change.value is not None]


def new_value(changes: Sequence[YamlChange]) -> YamlValue | None:
    """Return what changes make where nothing stands; None if that is nothing, too."""
    for path, value in changes:
        if not path:
            return value
    groups = by_part(changes)
    if items := values_of(groups.pop(APPEND, ())):
        return items
    made = {str(part): new_value(below) for part, below in groups.items()}
    return {key: value for key, value in made.items() if value is not None} or None


def item_changes(node: Node, value: Sequence[YamlValue]) -> list[YamlChange]:
    """Return what differs between a list of texts and what it is to hold: the rest may have comments."""
    texts = [item.value for item in node.value]
    return [
        *(YamlChange((APPEND,), item) for item in value if item not in texts),
        *(YamlChange((number,), None) for number, text in enumerate(texts) if text not in value),
    ]


class TextEdit(NamedTuple):
    """The characters from ``start`` up to ``end`` give way to ``text``; offsets are those of the text as it was."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """Return a text with all edits; those that begin in one place come in their order, within what goes or not."""
    newline = "\r\n" if "\r\n" in text else "\n"
    parts, begin, last = [], 0, "\n"
    for start, end, new in sorted(edits, key=lambda edit: edit.start):
        kept = text[begin:start]
        last = (kept or last)[-1]
        # The last line of a file may have no end, until others come behind it.
        gap = "\n" if start == len(text) and new.endswith("\n") and last != "\n" else ""
        parts += [kept, re.sub(r"\r?\n", newline, gap + new)]
        last = (new or last)[-1]
        begin = max(begin, end)
    return "".join([*parts, text[begin:]])


class EntryPlan(NamedTuple):
    """What becomes of the entries of a list or mapping.

    Attributes:
        edits: Within the entries that stay.
        gone: The places of those that go.
        added: Those that come, with their keys; in a list they have none.
    """

    edits: list[TextEdit]
    gone: list[int]
    added: list[tuple[str, YamlValue]]


def plan_children(
    node: Node,
    changes: Sequence[YamlChange],
    plan: Callable[[NodeEntry, Sequence[YamlChange]], list[TextEdit] | None],
) -> EntryPlan:
    """Plan the changes of a list's or mapping's entries by a function that says None of one that goes."""
    children = list(entries(node))
    is_list = isinstance(node, yaml.SequenceNode)
    places = {number if is_list else child.name: number for number, child in enumerate(children)}
    planned = EntryPlan([], [], [])
    for part, below in by_part(changes).items():
        if part in places:
            edits = plan(children[places[part]], below)
            planned.edits.extend(edits or ())
            planned.gone.extend([places[part]] if edits is None else [])
        elif part == APPEND:
            planned.added.extend(("", value) for value in values_of(below))
        elif (value := new_value(below)) is not None:
            planned.added.append((str(part), value))
    return planned._replace(gone=sorted(planned.gone))
