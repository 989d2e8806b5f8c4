"""Changes within brackets: entries that come or go where others stand on the same line, in its own style.

A library that keeps comments was tried: within brackets it loses them, joins broken lines and writes other values anew
(`True` as `true`, `+1` as `1`).
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

from clustergap.yaml_edit.change import APPEND, Change
from clustergap.yaml_edit.nodes import Node, Step, entries, is_list_of_texts, may_be_listed
from clustergap.yaml_edit.write import YamlValue, write_flow

_FLAGS, _FLAGGED = ("true", "false"), ("funds",)
"""What is no text in JSON either, and behind which keys."""


@dataclass(slots=True)
class _Edit:
    """What becomes of a node: it goes, it gets a value, or something below it changes, or comes behind the rest."""

    is_gone: bool = False
    value: YamlValue | None = None
    below: "dict[str | int, _Edit]" = field(default_factory=dict)
    items: list[YamlValue] = field(default_factory=list)


class _Entry(NamedTuple):
    """An entry: where it stood, and its text as it will be; None if it goes."""

    start: int
    end: int
    text: str | None


def edit_flow(text: str, node: Node, changes: Iterable[Change]) -> str:
    """Change a list or mapping in brackets.

    Args:
        text: The whole file.
        node: What stands in the brackets.
        changes: By their paths below it.

    Returns:
        What is to stand in place of the node.
    """
    edit = _Edit()
    for change in changes:
        _note(edit, change)
    return _Brackets(text, is_json=_is_json(node)).write(node, edit)


def _note(edit: _Edit, change: Change) -> None:
    path = change.path[:-1] if change.path[-1:] == (APPEND,) else change.path
    for part in path:
        edit = edit.below.setdefault(part, _Edit())
    if path != change.path:
        edit.items.append(change.value or "")
    elif change.value is None:
        edit.is_gone = True
    else:
        edit.value = change.value


def _is_json(node: Node) -> bool:
    while isinstance(node, yaml.SequenceNode) and node.value:
        node = node.value[0]
    return (
        isinstance(node, yaml.MappingNode) and bool(node.value) and node.value[0][0].style == '"'
    )


class _Brackets:
    """Writes nodes as they were, but for what changes."""

    def __init__(self, text: str, *, is_json: bool) -> None:
        self.text, self.is_json = text, is_json

    def write(self, node: Node, edit: _Edit, key: str = "") -> str:
        """Write what stands behind a key, its comments and line breaks as they were."""
        steps = list(entries(node))
        if edit.items and may_be_listed(node):
            return self.as_list(node, edit, key)
        if isinstance(edit.value, list) and steps and is_list_of_texts(node, edit.value):
            edit = _by_items(node, edit.value)
        if edit.value is not None or not steps:
            return self.new(_made(edit), key)
        parts = {_part(step, number): step for number, step in enumerate(steps)}
        there = [self.entry(step, edit.below.get(part)) for part, step in parts.items()]
        added = [
            f"{self.new(str(part))}: {self.new(_made(one), str(part))}"
            for part, one in edit.below.items()
            if part not in parts and not one.is_gone
        ]
        added += map(self.new, edit.items)
        return self.joined(node, there, added)

    def as_list(self, node: Node, edit: _Edit, key: str) -> str:
        """Write what stood alone as the first item of a list, and the new ones behind it."""
        alone = _Edit(value=edit.value, below=edit.below)
        is_changed = alone.value is not None or alone.below
        first = (
            self.write(node, alone, key)
            if is_changed
            else self.text[int(node.start_mark.index) : int(node.end_mark.index)]
        )
        return f"[{', '.join([first, *map(self.new, edit.items)])}]"

    def entry(self, step: Step, edit: _Edit | None) -> _Entry:
        """Write an entry."""
        key, value = step
        start = int((key or value).start_mark.index)
        begin, end = int(value.start_mark.index), int(value.end_mark.index)
        if begin == end and key is not None:
            # There is nothing behind the key, perhaps not even a colon.
            begin = end = int(key.end_mark.index) + len(
                _COLON.match(self.text, key.end_mark.index)[0]  # type: ignore[index]
            )
        if edit is None:
            return _Entry(start, end, self.text[start:end])
        if edit.is_gone:
            return _Entry(start, end, None)
        head = self.text[start:begin]
        if begin == end:
            head = f"{head.rstrip().removesuffix(':')}: "
        return _Entry(start, end, head + self.write(value, edit, str(key.value) if key else ""))

    def joined(self, node: Node, there: list[_Entry], added: list[str]) -> str:
        """Write the entries that stay as they stood, each with its remark, and the new ones behind them."""
        start, stop = int(node.start_mark.index), int(node.end_mark.index)
        staying = [number for number, entry in enumerate(there) if entry.text is not None]
        if not staying:
            return f"{self.text[start]}{', '.join(added)}{self.text[stop - 1]}"
        written = [self.text[start : there[0].start]]
        for number in staying:
            written.append(there[number].text or "")
            if number != staying[-1]:
                written.append(self.text[there[number].end : there[number + 1].start])
        last, close = staying[-1], self.text[there[-1].end : stop]
        if last < len(there) - 1:
            close = _without_last(self.text[there[last].end : there[last + 1].start], close)
        return "".join([*written, self._behind(there, start, added, close)])

    def _behind(self, there: list[_Entry], start: int, added: list[str], close: str) -> str:
        if not added:
            return close
        before = self.text[there[-2].end if len(there) > 1 else start : there[-1].start]
        if "\n" not in before:
            return "".join(f", {one}" for one in added) + close
        # One entry a line: so are the new ones, below the remark of the last.
        margin = "\n" + " " * len(before.rpartition("\n")[2])
        line, is_broken, rest = close.partition("\n")
        has_comma = line.lstrip().startswith(",")
        lines = ",".join(f"{margin}{one}" for one in added) + ("," if has_comma else "")
        if is_broken:
            return f"{line if has_comma else f',{line}'}{lines}\n{rest}"
        return f",{lines}{close}"

    def new(self, value: YamlValue, key: str = "") -> str:
        """Write what was not there, as the file writes such things."""
        if not self.is_json:
            return write_flow(value, key)
        return _in_json(value, key)


def _without_last(gap: str, close: str) -> str:
    # What stands behind the comma is said of the entry before it, which stays; behind the last one, of what goes.
    line, is_broken, rest = gap.partition("\n")
    remark = line.replace(",", "", 1) if is_broken and "#" in line else ""
    tail, is_closed_below, below = close.partition("\n")
    if is_closed_below:
        comma = "," if tail.lstrip().startswith(",") else ""
        return f"{comma}{remark}\n{below}"
    return f"{remark}\n{rest}{close}" if remark else close


_COLON = re.compile(r"\s*:|")


def _part(step: Step, number: int) -> str | int:
    return number if step.key is None else str(step.key.value)


def _made(edit: _Edit) -> YamlValue:
    if edit.value is not None:
        return edit.value
    return edit.items or {str(part): _made(one) for part, one in edit.below.items()}


def _by_items(node: Node, value: list[YamlValue]) -> _Edit:
    # Of the list only what differs: the rest may have remarks.
    known = [one.value for one in node.value]
    edit = _Edit(items=[one for one in value if one not in known])
    for number, one in enumerate(known):
        if one not in value:
            edit.below[number] = _Edit(is_gone=True)
    return edit


def _in_json(value: YamlValue, key: str = "") -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_in_json(k)}: {_in_json(one, k)}' for k, one in value.items())}}}"
    if isinstance(value, str):
        return (
            value if value in _FLAGS and key in _FLAGGED else json.dumps(value, ensure_ascii=False)
        )
    return f"[{', '.join(map(_in_json, value))}]"
