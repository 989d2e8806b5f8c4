"""Changes to the text of a data file that leave every other character as it is: comments, order, quotes, blank lines.

Only the entries that change are written anew, each in its place. A whole file through a library that keeps comments
would be wrapped anew wherever somebody has broken a line by hand, and take ten times as long as reading it.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import yaml

from clustergap.yaml_edit.change import APPEND, Change
from clustergap.yaml_edit.flow import edit_flow
from clustergap.yaml_edit.nodes import (
    Node,
    NodePath,
    Step,
    Tree,
    Way,
    comments_within,
    content_end,
    entries,
    is_flow,
    is_list_of_texts,
    may_be_listed,
)
from clustergap.yaml_edit.page import Page
from clustergap.yaml_edit.write import YamlValue, write_entry, write_flow, write_item, write_text


def edit(text: str, changes: Sequence[Change]) -> str:
    """Change a data file's text.

    Args:
        text: The file, which was read without an error before.
        changes: In the order in which new entries are to stand.

    """
    # Lists are made first, of what stands alone: what changes in it as well, changes in its place there.
    tree = Tree(text)
    listing: list[Change] = []
    others: list[Change] = []
    for change in changes:
        (listing if _makes_list(tree, change) else others).append(change)
    # What changes in a list of one that grows is that one, too.
    lists = {
        change.path[:-1]
        for change in changes
        if change.path[-1] == APPEND and "@" in str(change.path[-2])
    }
    lists = {path for path in lists if _is_alone(tree, path)}
    if listing:
        text = _edit(text, listing)
    if lists:
        others = [one if one.path[-1] == APPEND else _in_list(one, lists) for one in others]
    return _edit(text, others)


def _edit(text: str, changes: Sequence[Change]) -> str:
    editor = _Editor(text)
    # What goes goes last: only then it is known which entries nothing is left of.
    for change in sorted(changes, key=lambda change: change.value is None):
        editor.change(change)
    return editor.result()


def _makes_list(tree: Tree, change: Change) -> bool:
    if change.path[-1] != APPEND:
        return False
    way = tree.find(change.path[:-1])
    return not way.rest and may_be_listed(way.last.value)


def _is_alone(tree: Tree, path: NodePath) -> bool:
    node = tree.find(path).last.value
    return not isinstance(node, yaml.SequenceNode) or len(node.value) == 1


def _in_list(change: Change, lists: Collection[NodePath]) -> Change:
    path = change.path
    for length in range(1, len(path) + 1):
        if path[:length] in lists:
            return Change((*path[:length], 0, *path[length:]), change.value)
    return change


class _Flow(NamedTuple):
    """What stands in brackets, and the changes below it."""

    node: Node
    changes: list[Change]


class _Editor:
    def __init__(self, text: str) -> None:
        self.text, self.page = text, Page(text)
        self.tree = Tree(text)
        self.flows: dict[int, _Flow] = {}
        self.gone: dict[int, set[int]] = {}
        self.grown: set[int] = set()
        self.listed: dict[int, tuple[Way, list[YamlValue]]] = {}
        self.missing: dict[
            tuple[int, str], tuple[Way, list[YamlValue] | dict[str, YamlValue]]
        ] = {}

    def change(self, change: Change) -> None:
        change = Change(self.tree.own(change.path), change.value)
        path = change.path[:-1] if change.path[-1:] == (APPEND,) else change.path
        way = self.tree.find(path)
        flow = next((n for n, step in enumerate(way.steps) if is_flow(step.value)), None)
        is_whole = flow == len(way.steps) - 1 and not way.rest and path == change.path
        if flow is not None and not is_whole and way.steps[flow].value.value:
            self._change_flow(way.steps[flow], change, flow)
        elif change.value is None:
            self._delete(way)
        elif path != change.path:
            self._append(way, change.value)
        elif len(way.rest) > 1:
            self._put(way, change.value)
        elif way.rest:
            self._insert(way, change.value)
        else:
            self._set(way, change)

    def result(self) -> str:
        for way, value in self.missing.values():
            there = self.tree.find_below(way.last, way.rest)
            if there.rest:
                self._insert(way, value)
            else:
                self._replace(there.last, value, str(way.rest[0]))
        for way, values in self.listed.values():
            self._make_list(way, values)
        for node, changes in self.flows.values():
            start, end = int(node.start_mark.index), int(node.end_mark.index)
            self.page.replace(start, end, edit_flow(self.text, node, changes))
        return self.page.result()

    def _change_flow(self, step: Step, change: Change, depth: int) -> None:
        flow = self.flows.setdefault(id(step.value), _Flow(step.value, []))
        flow.changes.append(Change(change.path[depth:], change.value))

    def _set(self, way: Way, change: Change) -> None:
        # Of a list or mapping over several lines only what differs: the rest may have comments.
        node, value = way.last.value, change.value
        is_word_in_list = way.last.key is None and isinstance(value, str)
        if is_word_in_list:
            self._replace(way.last, value or "", "")
        elif isinstance(node, yaml.MappingNode) and node.value and not isinstance(value, list):
            self._set_keys(
                change.path, node, value if isinstance(value, Mapping) else {"extent": value or ""}
            )
        elif isinstance(value, list) and not is_flow(node) and is_list_of_texts(node, value):
            self._set_items(way, change.path, value)
        else:
            self._replace(way.last, value or "", str(change.path[-1]))

    def _set_keys(self, path: NodePath, node: Node, value: Mapping[str, YamlValue]) -> None:
        known = {key.value: one for key, one in node.value}
        for key, one in value.items():
            if key not in known or known[key].value != one:
                self.change(Change((*path, key), one))
        for key in known:
            if key not in value:
                self.change(Change((*path, key), None))

    def _set_items(self, way: Way, path: NodePath, value: list[YamlValue]) -> None:
        known = [one.value for one in way.last.value.value]
        for one in value:
            if one not in known:
                self._append(way, one)
        for index, one in enumerate(known):
            if one not in value:
                self._delete(self.tree.find((*path, index)))

    def _replace(self, step: Step, value: YamlValue, key: str) -> None:
        start, end = step.value.start_mark.index, content_end(step, self.text)
        if step.key is not None and (start >= end or not is_flow(step.value)):
            start = self.text.index(":", step.key.end_mark.index) + 1
            while self.text[start : start + 1] == " " and start < end:
                start += 1
        column = _column(step.key or step.value)
        is_open = not is_flow(step.value) or not step.value.value
        written = write_text(value, column, key) if isinstance(value, str) else write_flow(value)
        if not isinstance(value, str) and is_open:
            _, _, lines = write_entry(key, value, column).rstrip("\n").partition("\n")
            written = f"\n{lines}" if lines else written
        gap = "" if self.text[start - 1 : start] == " " or written.startswith("\n") else " "
        # What stands behind the key of something over several lines is a remark on all of it.
        remark = self._remark(start, step.value.start_mark.index)
        first, is_broken, rest = written.partition("\n")
        if is_broken and not remark:
            # So is what stands behind a value that becomes several lines: below it would be text.
            remark = self._remark(end, len(self.text))
            end += len(remark)
        # Remarks on what stood there before: whether they still hold, a person must say.
        within = comments_within(step.value, self.text) if value else []
        below = "".join(f"\n{' ' * column}{comment}" for comment in within)
        self.page.replace(start, end, f"{gap}{first}{remark}{is_broken}{rest}{below}")

    def _remark(self, start: int, end: int) -> str:
        line = self.text[start:end].partition("\n")[0].rstrip()
        if not line.lstrip().startswith("#"):
            return ""
        return line if line[0] == " " else f" {line}"

    def _put(self, way: Way, value: YamlValue) -> None:
        # What is to hold the entry is not there either: it is made of all that it is to hold.
        key, *below, last = map(str, way.rest)
        _, node = self.missing.setdefault((id(way.last.value), key), (Way(way.steps, (key,)), {}))
        for part in below:
            node = node.setdefault(part, {})  # type: ignore[union-attr, assignment]
        node[last] = value  # type: ignore[call-overload]

    def _insert(self, way: Way, value: YamlValue) -> None:
        parent, key = way.last.value, str(way.rest[0])
        if not isinstance(parent, yaml.MappingNode) or not parent.value:
            self._replace(way.last, {key: value}, str(way.last.key.value))
            return
        before = Step(*parent.value[-1])
        if "covers" in self.tree.by_key(parent) and key != "covers":
            # What an instrument covers stands last.
            names = [name.value for name, _ in parent.value]
            place = names.index("covers")
            before = Step(*parent.value[place - 1]) if place else before
        lines = write_entry(key, value, _column(parent))
        self.grown.add(id(parent))
        self.page.add_lines(before, lines, len(way.steps))

    def _append(self, way: Way, value: YamlValue) -> None:
        items = way.last.value
        if not way.rest and may_be_listed(items):
            self.listed.setdefault(id(items), (way, []))[1].append(value)
            return
        if way.rest or not isinstance(items, yaml.SequenceNode) or not items.value:
            whole = way if way.rest else Way(way.steps[:-1], (way.last.key.value,))
            _, node = self.missing.setdefault(
                (id(whole.last.value), str(whole.rest[0])), (whole, [])
            )
            node.append(value)  # type: ignore[union-attr]
            return
        blank = "\n" if self.page.has_blank_lines(items) else ""
        lines = blank + write_item(value, _column(items))
        self.grown.add(id(items))
        self.page.add_lines(Step(None, items.value[-1]), lines, len(way.steps))

    def _make_list(self, way: Way, values: list[YamlValue]) -> None:
        # What stood alone becomes the first item of a list, with all of its remarks.
        step, start = way.last, int(way.last.value.start_mark.index)
        end = content_end(step, self.text)
        colon = self.text.index(":", step.key.end_mark.index) + 1
        if "\n" in self.text[colon:start]:
            column = _column(step.value)
            self.page.replace(start, start, "- ")
            for line in re.finditer(r"\n(?=[^\r\n])", self.text[start:end]):
                self.page.replace(start + line.end(), start + line.end(), "  ")
        else:
            column = _column(step.key) + 2
            self.page.replace(colon, start, f"\n{' ' * column}- ")
        lines = "".join(write_item(value, column) for value in values)
        self.page.add_lines(step, lines, len(way.steps))

    def _delete(self, way: Way) -> None:
        if way.rest:
            return
        parent, step = way.steps[-2].value, way.last
        gone = self.gone.setdefault(id(parent), set())
        gone.add(id(step.value))
        if len(gone) == len(parent.value) and id(parent) not in self.grown:
            self._empty(way)
        else:
            self.page.delete(step, parent)

    def _empty(self, way: Way) -> None:
        # The last of all entries: what held them goes too, but a list stays, without anything in it.
        parent = way.steps[-2]
        self.page.forget_within(list(entries(parent.value)), parent.value)
        if isinstance(parent.value, yaml.SequenceNode):
            self._replace(parent, [], str(parent.key.value))
        else:
            self._delete(Way(way.steps[:-1], ()))


def _column(node: Node) -> int:
    return int(node.start_mark.column)
