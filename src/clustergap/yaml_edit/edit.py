"""Changes to the text of a YAML file that leave every other character as it is: comments, order, quotes, blank lines.

Only entries that change are rewritten, in place. A library that keeps comments would rewrap the whole file wherever a line
was broken by hand, and take ten times as long as reading it.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import yaml

from clustergap.yaml_edit.change import (
    APPEND,
    TextEdit,
    YamlChange,
    apply_edits,
    item_changes,
    new_value,
    plan_children,
    plan_flow,
    split_whole,
)
from clustergap.yaml_edit.nodes import (
    LOADER,
    Node,
    NodeEntry,
    NodeTree,
    are_texts,
    column,
    comments_in,
    comments_within,
    content_end,
    entries,
    entry_start,
    is_flow,
    key_end,
    leaves,
    stands_alone,
)
from clustergap.yaml_edit.write import (
    PLAIN_STYLE,
    YamlStyle,
    YamlValue,
    write_entry,
    write_flow,
    write_item,
    write_json,
    write_scalar,
    write_text,
)

_TWO = 2

Scalar = Any
"""A scalar as PyYAML's events have it, which has no types."""

KeyPath = tuple[str | None, ...]
"""The keys that lead to a scalar, whatever lists are between; None at the end: it is a key of the mapping there."""


def edit_yaml(text: str, changes: Sequence[YamlChange], style: YamlStyle = PLAIN_STYLE) -> str:
    """Change the text of a YAML file.

    An item that is added to a value without a list makes a list of both. Changes of a missing entry create it, and its
    parents; a mapping is removed with its last entry.

    Args:
        text: The file, which has been read without an error.
        changes: The changes in the order of new entries; their paths are those of the original text.
        style: How such files are written.
    """
    tree = NodeTree(text)
    lists = _plan_lists(text, tree, changes)
    if lists:
        # Lists are made first, so that every change finds its place.
        text = apply_edits(text, lists)
        tree = NodeTree(text)
    root = NodeEntry(None, tree.root)
    edits = _BlockPlanner(text, style).plan(root, changes)
    if edits is None:
        edits = [TextEdit(int(root.value.start_mark.index), content_end(root, text), "{}")]
    return apply_edits(text, edits)


def respell_yaml(
    text: str, word: str, respell: Callable[[KeyPath, str], str | None]
) -> tuple[str, int]:
    """Write some scalars of a YAML file with other texts, in the quotes that they have, and change nothing else.

    Args:
        text: The file, which has been read without an error.
        word: What is part of every scalar that may change.
        respell: Returns the new text of a scalar with a path and a text; None: it stays.

    Returns:
        The new text of the file, and how many scalars have changed.
    """
    edits = [
        _respelling(scalar, new, text)
        for path, scalar in _scalars_with(word, text)
        if (new := respell(path, scalar.value)) is not None
    ]
    return apply_edits(text, edits), len(edits)


class _OpenCollection:
    """A list or mapping that is being read; ``key``: of a mapping, the key whose value comes next."""

    __slots__ = ("is_mapping", "key")

    def __init__(self, *, is_mapping: bool) -> None:
        self.is_mapping = is_mapping
        self.key: str | None = None


def _scalars_with(word: str, text: str) -> Iterator[tuple[KeyPath, Scalar]]:
    # By events: the nodes of a file of 10,000 records take twice as long, and few of its scalars have the word.
    around: list[_OpenCollection] = []
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.ScalarEvent):
            holder = around[-1] if around else None
            is_key = holder is not None and holder.is_mapping and holder.key is None
            if word in event.value:
                keys = (each.key for each in around if each.is_mapping)
                yield tuple(keys), event
            if holder is not None:
                holder.key = event.value if is_key else None
        elif isinstance(event, yaml.CollectionStartEvent):
            around.append(_OpenCollection(is_mapping=isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, yaml.CollectionEndEvent):
            around.pop()
            if around:
                around[-1].key = None


def _respelling(node: Scalar, new: str, text: str) -> TextEdit:
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if not node.style:  # plain
        return TextEdit(start, end, write_scalar(new))
    # The words of a block are behind its header, which may have a comment with the same words.
    at = text.rfind(node.value, start, end)
    if at < 0:  # written with escapes
        return TextEdit(start, end, write_json(new))
    return TextEdit(at, at + len(node.value), new)


def _plan_lists(text: str, tree: NodeTree, changes: Sequence[YamlChange]) -> list[TextEdit]:
    growing = dict.fromkeys(path[:-1] for path, _ in changes if path[-1:] == (APPEND,))
    edits = []
    for path in growing:
        trail = tree.trail(path)
        if trail and stands_alone(trail[-1].value):
            edits += _list_of_one(text, trail)
    return edits


def _list_of_one(text: str, trail: Sequence[NodeEntry]) -> list[TextEdit]:
    # A value without a list becomes the first item of one, with all its comments.
    entry, node = trail[-1], trail[-1].value
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if any(is_flow(above.value) for above in trail[:-1]) or (is_flow(node) and node.value):
        return [TextEdit(start, start, "["), TextEdit(end, end, "]")]
    colon = start if entry.key is None else key_end(entry.key, text)
    if entry.key is None or "\n" in text[colon:start]:
        edits = [TextEdit(start, start, "- ")]
    else:
        edits = [TextEdit(colon, start, f"\n{' ' * (entry.column + 2)}- ")]
    for line in re.finditer(r"\n(?=[^\r\n])", text[start : content_end(entry, text)]):
        edits.append(TextEdit(start + line.end(), start + line.end(), "  "))
    return edits


class _BlockPlanner:
    """Plans the changes of entries in block style; for those in brackets it calls ``plan_flow``."""

    def __init__(self, text: str, style: YamlStyle) -> None:
        self.text, self.style = text, style

    def plan(self, entry: NodeEntry, changes: Sequence[YamlChange]) -> list[TextEdit] | None:
        """Plan the changes of an entry and below it; None: it is removed."""
        node = entry.value
        whole, below = split_whole(node, changes)
        if whole is not None:
            if whole.value is None:
                return None
            differences = self._differences(entry, whole.value)
            if differences is None:
                return [self._replace(entry, whole.value)]
            below = differences
        if isinstance(node, yaml.CollectionNode) and node.value:
            if is_flow(node):
                return plan_flow(self.text, node, below, self.style)
            return self._plan_entries(entry, below)
        value = new_value(below)
        return [] if value is None else [self._replace(entry, value)]

    def _differences(self, entry: NodeEntry, value: YamlValue) -> list[YamlChange] | None:
        # For a list or mapping over several lines only the differences, as the rest may have comments. None: rewrite it all.
        node = entry.value
        if isinstance(node, yaml.MappingNode) and node.value:
            short = self.style.short_key
            if isinstance(value, str) and entry.key is not None and short is not None:
                value = {short: value}
            if isinstance(value, Mapping) and value:
                known = {held.name: held.value for held in entries(node)}
                return [
                    *(
                        YamlChange((key,), held)
                        for key, held in value.items()
                        if key not in known or known[key].value != held
                    ),
                    *(YamlChange((key,), None) for key in known if key not in value),
                ]
        if isinstance(value, list) and not is_flow(node) and are_texts(node, value):
            return item_changes(node, value)
        return None

    def _plan_entries(
        self, entry: NodeEntry, changes: Sequence[YamlChange]
    ) -> list[TextEdit] | None:
        node = entry.value
        edits, gone, added = plan_children(node, changes, self.plan)
        if len(gone) == len(node.value) and not added:
            return None if isinstance(node, yaml.MappingNode) else [self._replace(entry, [])]
        removals, additions = self._removals(node, frozenset(gone)), self._additions(node, added)
        first = removals[0] if removals and additions else None
        is_behind_dash = first is not None and first.start > self._line_start(first.start)
        if first is not None and is_behind_dash and additions[0].start <= first.end:
            # The new entry is put after the dash; what follows stays on its own line.
            is_line = first.end == len(self.text) or self.text[first.end - 1] == "\n"
            end = first.end if is_line else self._line_start(first.end)
            lines = additions.pop().text.lstrip(" ")
            removals[0] = TextEdit(first.start, end, lines)
        return edits + removals + additions

    def _removals(self, node: Node, gone: Collection[int]) -> list[TextEdit]:
        edits: list[TextEdit] = []
        stays: NodeEntry | None = None
        for number, child in enumerate(entries(node)):
            if number not in gone:
                stays = child
                continue
            start = entry_start(child, node, self.text)
            line, end = self._line_start(start), self._lines_end(child)
            if self.text[line:start].strip():
                end = self._end_behind_dash(node, gone)
            else:
                start = line
            deep = "" if stays is None else self._deep_comments(stays, end)
            comments = "".join(f"{' ' * column(node)}{comment}\n" for comment in comments_in(deep))
            edits.append(TextEdit(start, end + len(deep), comments))
        return edits

    def _deep_comments(self, before: NodeEntry, offset: int) -> str:
        # Comments that would be read as lines of the text before them if nothing were between.
        for last in [*leaves(before.value)][-1:]:
            start, end = int(last.start_mark.index), int(last.end_mark.index)
            first_line = re.search(r"\n( *)[^ \r\n]", self.text[start:end])
            if last.style in ("|", ">") and first_line:
                return self._comments_at(offset, len(first_line[1]))
        return ""

    def _comments_at(self, offset: int, indent: int) -> str:
        """Return the lines from an offset on that are blank, or comments indented as deep as a text."""
        match = re.compile(
            rf"(?:[ \t]*\r?\n)*(?: {{{indent},}}#[^\n]*(?:\n|$)(?:[ \t]*\r?\n)*)+"
        ).match(self.text, offset)
        return match[0] if match else ""

    def _end_behind_dash(self, node: Node, gone: Collection[int]) -> int:
        # The next entry or comment replaces the removed first entry after the dash of an item.
        children = list(entries(node))
        end = self._lines_end(children[0])
        for number, child in enumerate(children[1:], 1):
            start = entry_start(child, node, self.text)
            if number not in gone or self.text[end:start].strip():
                return start - len(self.text[end:start].lstrip())
            end = self._lines_end(child)
        return end

    def _additions(self, node: Node, added: Sequence[tuple[str, YamlValue]]) -> list[TextEdit]:
        children, style = list(entries(node)), self.style
        gap = "\n" if self._has_blank_lines(children) else ""
        if isinstance(node, yaml.SequenceNode):
            place = 0
            lines = [gap + write_item(value, column(node), style) for _, value in added]
        else:
            names = [child.name for child in children]
            place = names.index(style.last_key) if style.last_key in names else 0
            lines = [gap + write_entry(key, value, column(node), style) for key, value in added]
        end = self._lines_end(children[place - 1])
        if any("|-\n" in line for line in lines) and self._comments_at(end, column(node) + 2):
            # A comment indented so deep would be read as a line of the text before it.
            margin = " " * column(node)
            lines = [
                f"{gap}{margin}{write_scalar(key) + ':' if key else '-'} {write_flow(value, key, style)}\n"
                for key, value in added
            ]
        return [TextEdit(end, end, "".join(lines))] if lines else []

    def _replace(self, entry: NodeEntry, value: YamlValue) -> TextEdit:
        text, (key, node) = self.text, entry
        start, end = int(node.start_mark.index), content_end(entry, text)
        begin = start
        if key is not None and (start >= end or not is_flow(node)):
            begin = key_end(key, text)
            begin += len(text[begin:end]) - len(text[begin:end].lstrip(" "))
        written = self._write_value(entry, value)
        if "|-\n" in written and self._comments_at(self._line_end(end), entry.column + 2):
            written = write_flow(value, entry.name, self.style)
        gap = "" if text[begin - 1 : begin] in ("", " ", "\n") or written.startswith("\n") else " "
        # A comment after the key of a value over several lines belongs to the whole value.
        remark = self._remark(begin, start) or self._header_remark(node)
        first, is_broken, rest = written.partition("\n")
        if is_broken and not remark:
            # So does a comment after a value that becomes several lines: below, it would be read as text.
            remark = self._remark(end, len(text))
            end += len(remark)
        # Comments on the old value are kept: only a person can tell whether they still apply.
        within = comments_in(text[begin:start].partition("\n")[2])
        within += comments_within(node, text) if value else []
        below = "".join(f"\n{' ' * entry.column}{comment}" for comment in within)
        return TextEdit(begin, end, f"{gap}{first}{remark}{is_broken}{rest}{below}")

    def _write_value(self, entry: NodeEntry, value: YamlValue) -> str:
        key, node = entry
        if isinstance(value, str):
            return write_text(value, entry.column, entry.name, self.style)
        if is_flow(node) and node.value:
            return write_flow(value, entry.name, self.style)
        if key is None:
            # A dash may be the end of its line, without a blank.
            is_bare = self.text[int(node.start_mark.index) - 1] == "-"
            margin = entry.column - 1 if is_bare else entry.column - 2
            return write_item(value, margin, self.style).strip().removeprefix("- ")
        lines = write_entry(entry.name, value, entry.column, self.style).rstrip("\n")
        _, is_broken, below = lines.partition("\n")
        return f"\n{below}" if is_broken else write_flow(value, entry.name, self.style)

    def _remark(self, start: int, end: int) -> str:
        line = self.text[start:end].partition("\n")[0].rstrip()
        if not line.lstrip().startswith("#"):
            return ""
        return line if line[0] == " " else f" {line}"

    def _header_remark(self, node: Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">"):
            return ""
        header = int(node.start_mark.index)
        comment = self.text.find(" #", header, self._line_end(header))
        return "" if comment < 0 else self._remark(comment, len(self.text))

    def _has_blank_lines(self, children: Sequence[NodeEntry]) -> bool:
        """Tell whether a blank line stands between the entries of a list or mapping: between its last two."""
        if len(children) < _TWO:
            return False
        end = self._lines_end(children[-2])
        return not self.text[end : self._line_end(end)].strip()

    def _lines_end(self, entry: NodeEntry) -> int:
        return self._line_end(content_end(entry, self.text))

    def _line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end + 1
