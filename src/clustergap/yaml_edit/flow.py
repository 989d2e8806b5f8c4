"""Changes within brackets: entries that come or go where others stand on the same line, in its own style.

A library that keeps comments was tried: within brackets it loses them, joins broken lines and writes other values anew
(`True` as `true`, `+1` as `1`).
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import yaml

from clustergap.yaml_edit.change import (
    TextEdit,
    YamlChange,
    item_changes,
    new_value,
    plan_children,
    split_whole,
)
from clustergap.yaml_edit.nodes import (
    Node,
    NodeEntry,
    are_texts,
    comments_in,
    comments_within,
    entries,
    key_end,
)
from clustergap.yaml_edit.write import YamlStyle, YamlValue, write_flow, write_json


def plan_flow(
    text: str, node: Node, changes: Sequence[YamlChange], style: YamlStyle
) -> list[TextEdit]:
    """Plan what is to change within a list or mapping in brackets.

    Args:
        text: The whole file.
        node: What stands in the brackets, which is not empty.
        changes: By their paths below it.
        style: How the file writes its keys.
    """
    return _FlowPlanner(text, style, node).plan_entries(node, changes)


class _EntrySpan(NamedTuple):
    """Where an entry stands."""

    start: int
    end: int
    column: int


class _FlowPlanner:
    def __init__(self, text: str, style: YamlStyle, root: Node) -> None:
        self.text, self.style = text, style
        self.write = write_json if _is_json(root) else write_flow

    def plan(self, entry: NodeEntry, changes: Sequence[YamlChange]) -> list[TextEdit] | None:
        """Plan the changes of an entry and below it; None: it goes."""
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
        # Each entry stays with its remark and goes with it; the new ones come behind the last.
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
            close = f" {close}"  # right behind a colon it would be read as a part of the key
        return [
            TextEdit(start, start, opening),
            *edits,
            TextEdit(spans[last].end, stop, close),
        ]

    def _removal(self, spans: Sequence[_EntrySpan], number: int) -> TextEdit:
        # A remark on a line of its own is said of what follows.
        start, following = spans[number].start, spans[number + 1]
        comments = _own_lines(self.text[spans[number].end : following.start])
        gap = " " if comments and not self.text[start - 1].isspace() else ""
        kept = "".join(f"{comment}\n{' ' * following.column}" for comment in comments)
        return TextEdit(start, following.start, gap + kept)

    def _close_without(self, spans: Sequence[_EntrySpan], close: str) -> str:
        # What stands behind the comma is said of the entry before it, which stays; behind the last one, of what goes.
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
            # There is nothing behind the key, perhaps not even a colon.
            return TextEdit(int(key.end_mark.index), key_end(key, self.text), f": {written}")
        margin = " " * entry.column
        comments = comments_within(node, self.text)
        return TextEdit(start, end, written + "".join(f" {one}\n{margin}" for one in comments))

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
    # One entry a line: so are the new ones, below the remark of the last.
    margin = "\n" + " " * len(before.rpartition("\n")[2])
    line, is_broken, rest = close.partition("\n")
    has_comma = line.lstrip().startswith(",")
    lines = ",".join(f"{margin}{entry}" for entry in added) + ("," if has_comma else "")
    if is_broken:
        return f"{line if has_comma else f',{line}'}{lines}\n{rest}"
    return f",{lines}{close.lstrip().removeprefix(',') if has_comma else close}"
