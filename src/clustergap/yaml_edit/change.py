"""Changes to a YAML file: new values by path, the text edits that make them, and the planning of edits within brackets.

Within brackets entries are added or removed next to others on the same line, in their style. A library that keeps comments
was tried: within brackets it loses them, joins lines and rewrites other values (`True` as `true`, `+1` as `1`).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import yaml

from clustergap.yaml_edit.nodes import (
    Node,
    NodeEntry,
    NodePath,
    are_texts,
    comments_in,
    comments_within,
    entries,
    is_list_of_one,
    key_end,
)
from clustergap.yaml_edit.write import YamlStyle, YamlValue, write_flow, write_json

APPEND = -1
"""As the last part of a path: a new item of the list."""


class YamlChange(NamedTuple):
    """A new ``value`` for the entry at a path of the file; None: the entry is removed."""

    path: NodePath
    value: YamlValue | None


def split_whole(
    node: Node, changes: Iterable[YamlChange]
) -> tuple[YamlChange | None, list[YamlChange]]:
    """Split the changes of a node into the one of the whole node and those below it.

    A path into a list with one item may omit the index; if such a list grows, a change of the whole node means that item.
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
    """Group changes by the first part of their paths, which is removed."""
    groups: defaultdict[str | int, list[YamlChange]] = defaultdict(list)
    for path, value in changes:
        groups[path[0]].append(YamlChange(path[1:], value))
    return groups


def values_of(changes: Iterable[YamlChange]) -> list[YamlValue]:
    """Return the new values."""
    return [change.value for change in changes if change.value is not None]


def new_value(changes: Sequence[YamlChange]) -> YamlValue | None:
    """Return the value that changes make of a missing entry; None if they make none."""
    for path, value in changes:
        if not path:
            return value
    groups = by_part(changes)
    if items := values_of(groups.pop(APPEND, ())):
        return items
    made = {str(part): new_value(below) for part, below in groups.items()}
    return {key: value for key, value in made.items() if value is not None} or None


def item_changes(node: Node, value: Sequence[YamlValue]) -> list[YamlChange]:
    """Return the changes of a list of texts that make it *value*; other items keep their comments."""
    texts = [item.value for item in node.value]
    return [
        *(YamlChange((APPEND,), item) for item in value if item not in texts),
        *(YamlChange((number,), None) for number, text in enumerate(texts) if text not in value),
    ]


class TextEdit(NamedTuple):
    """Replaces the characters from ``start`` up to ``end`` by ``text``; offsets are those of the original text."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Iterable[TextEdit]) -> str:
    """Return a text with all edits; insertions at the same offset keep their order, even within a deletion."""
    newline = "\r\n" if "\r\n" in text else "\n"
    parts, begin, last = [], 0, "\n"
    for start, end, new in sorted(edits, key=lambda edit: edit.start):
        kept = text[begin:start]
        last = (kept or last)[-1]
        # The last line of a file may need a line end before lines that are added.
        gap = "\n" if start == len(text) and new.endswith("\n") and last != "\n" else ""
        parts += [kept, re.sub(r"\r?\n", newline, gap + new)]
        last = (new or last)[-1]
        begin = max(begin, end)
    return "".join([*parts, text[begin:]])


class EntryPlan(NamedTuple):
    """The changes to the entries of a list or mapping.

    Attributes:
        edits: Edits within entries that stay.
        gone: The indices of entries that are removed.
        added: New entries with their keys; in a list the keys are empty.
    """

    edits: list[TextEdit]
    gone: list[int]
    added: list[tuple[str, YamlValue]]


def plan_children(
    node: Node,
    changes: Sequence[YamlChange],
    plan: Callable[[NodeEntry, Sequence[YamlChange]], list[TextEdit] | None],
) -> EntryPlan:
    """Plan the changes of a list's or mapping's entries; *plan* returns None for an entry that is removed."""
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


def plan_flow(
    text: str, node: Node, changes: Sequence[YamlChange], style: YamlStyle
) -> list[TextEdit]:
    """Plan the changes within a list or mapping in brackets.

    Args:
        text: The whole file.
        node: The list or mapping, which is not empty.
        changes: The changes, with paths below the node.
        style: How the file writes the values of its keys.
    """
    return _FlowPlanner(text, style, node).plan_entries(node, changes)


class _EntrySpan(NamedTuple):
    """The place of an entry."""

    start: int
    end: int
    column: int


class _FlowPlanner:
    def __init__(self, text: str, style: YamlStyle, root: Node) -> None:
        self.text, self.style = text, style
        self.write = write_json if _is_json(root) else write_flow

    def plan(self, entry: NodeEntry, changes: Sequence[YamlChange]) -> list[TextEdit] | None:
        """Plan the changes of an entry and below it; None: it is removed."""
        node = entry.value
        whole, below = split_whole(node, changes)
        if whole is not None:
            if whole.value is None:
                return None
            if not isinstance(whole.value, list) or not are_texts(node, whole.value):
                return [self._replace(entry, whole.value)]
            below = item_changes(node, whole.value)
        if isinstance(node, yaml.CollectionNode) and node.value:
            return self.plan_entries(node, below)
        value = new_value(below)
        return [] if value is None else [self._replace(entry, value)]

    def plan_entries(self, node: Node, changes: Sequence[YamlChange]) -> list[TextEdit]:
        """Plan the changes of the entries of a list or mapping."""
        edits, gone, added = plan_children(node, changes, self.plan)
        texts = [self._write_entry(key, value) for key, value in added]
        return edits + (self._plan_places(node, gone, texts) if gone or texts else [])

    def _plan_places(
        self, node: Node, gone: Sequence[int], added: Sequence[str]
    ) -> list[TextEdit]:
        # An entry keeps its comment, or is removed with it; new entries follow the last.
        text, start, stop = self.text, int(node.start_mark.index), int(node.end_mark.index)
        spans = [self._span(entry) for entry in entries(node)]
        has_brackets = text[start] in "[{"
        opening, closing = ("", "") if has_brackets else ("{", "}")
        last = max(set(range(len(spans))).difference(gone), default=None)
        if last is None:
            head = text[start + 1 : spans[0].start] if has_brackets else ""
            head = head if "#" in head else ""
            ends = (text[start], text[stop - 1]) if has_brackets else ("{", "}")
            return [TextEdit(start, stop, f"{ends[0]}{head}{', '.join(added)}{ends[1]}")]
        edits = [self._removal(spans, number) for number in gone if number < last]
        close = text[spans[-1].end : stop]
        if last < len(spans) - 1:
            close = self._close_without(spans[last:], close)
        if added:
            before = text[spans[-2].end if len(spans) > 1 else start : spans[-1].start]
            close = _close_behind(before, added, close)
        close += closing
        if text[spans[last].end - 1] == ":" and not close[:1].isspace():
            close = f" {close}"  # directly after a colon it would be read as part of the key
        return [
            TextEdit(start, start, opening),
            *edits,
            TextEdit(spans[last].end, stop, close),
        ]

    def _removal(self, spans: Sequence[_EntrySpan], number: int) -> TextEdit:
        # A comment on a line of its own belongs to what follows.
        start, following = spans[number].start, spans[number + 1]
        comments = _own_lines(self.text[spans[number].end : following.start])
        gap = " " if comments and not self.text[start - 1].isspace() else ""
        kept = "".join(f"{comment}\n{' ' * following.column}" for comment in comments)
        return TextEdit(start, following.start, gap + kept)

    def _close_without(self, spans: Sequence[_EntrySpan], close: str) -> str:
        # A comment after the comma belongs to the entry before it, which stays; after the last entry, to the removed one.
        gaps = [self.text[a.end : b.start] for a, b in pairwise(spans)]
        line, is_broken, _ = gaps[0].partition("\n")
        remark = line.replace(",", "", 1).rstrip() if is_broken and "#" in line else ""
        margin = " " * spans[1].column
        remark += "".join(f"\n{margin}{comment}" for gap in gaps for comment in _own_lines(gap))
        tail, is_closed_below, below = close.partition("\n")
        if is_closed_below:
            comma = "," if tail.lstrip().startswith(",") else ""
            return f"{comma}{remark}\n{below}"
        return f"{remark}\n{margin}{close}" if remark else close

    def _replace(self, entry: NodeEntry, value: YamlValue) -> TextEdit:
        key, node = entry
        written = self.write(value, entry.name, self.style)
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        if start == end and key is not None:
            # Nothing follows the key, perhaps not even a colon.
            return TextEdit(int(key.end_mark.index), key_end(key, self.text), f": {written}")
        margin = " " * entry.column
        comments = comments_within(node, self.text)
        return TextEdit(
            start, end, written + "".join(f" {comment}\n{margin}" for comment in comments)
        )

    def _write_entry(self, key: str, value: YamlValue) -> str:
        written = self.write(value, key, self.style)
        return f"{self.write(key, '', self.style)}: {written}" if key else written

    def _span(self, entry: NodeEntry) -> _EntrySpan:
        key, value = entry
        start, end = int((key or value).start_mark.index), int(value.end_mark.index)
        is_empty = value.start_mark.index == end and key is not None
        return _EntrySpan(start, key_end(key, self.text) if is_empty else end, entry.column)


def _is_json(node: Node) -> bool:
    while isinstance(node, yaml.SequenceNode) and node.value:
        node = node.value[0]
    return (
        isinstance(node, yaml.MappingNode) and bool(node.value) and node.value[0][0].style == '"'
    )


def _own_lines(gap: str) -> list[str]:
    return comments_in(gap.partition("\n")[2])


def _close_behind(before: str, added: Sequence[str], close: str) -> str:
    if "\n" not in before:
        return "".join(f", {entry}" for entry in added) + close
    # If each entry has its own line, so have the new ones, below the comment of the last.
    margin = "\n" + " " * len(before.rpartition("\n")[2])
    line, is_broken, rest = close.partition("\n")
    has_comma = line.lstrip().startswith(",")
    lines = ",".join(f"{margin}{entry}" for entry in added) + ("," if has_comma else "")
    if is_broken:
        return f"{line if has_comma else f',{line}'}{lines}\n{rest}"
    return f",{lines}{close.lstrip().removeprefix(',') if has_comma else close}"
