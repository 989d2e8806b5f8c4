"""The text of a data file on which places give way to others: all else stays as it is, to the character."""

import re
from collections.abc import Collection
from typing import NamedTuple

import yaml

from clustergap.yaml_edit.nodes import Node, Step, content_end

_TWO = 2
_BARE_DASH = re.compile(r" *(?:- +)+")


class _Splice(NamedTuple):
    """Characters from ``start`` up to ``end`` give way to ``text``; ``depth``: of the entry that new lines are."""

    start: int
    end: int
    text: str
    depth: int

    @property
    def order(self) -> tuple[int, int]:
        """Of lines that come in one place the deepest are the first: they belong to what stands above."""
        return self.start, -self.depth


class Page:
    """A text, and what is to change in it; offsets are those of the text as it was."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._splices: list[_Splice] = []

    def replace(self, start: int, end: int, text: str) -> None:
        """Let characters give way to others."""
        self._splices.append(_Splice(start, end, text, 0))

    def add_lines(self, after: Step, lines: str, depth: int) -> None:
        """Add whole lines below an entry's last one."""
        end = self._line_end(content_end(after, self.text))
        gap = "" if self.text[end - 1 : end] == "\n" else "\n"
        self._splices.append(_Splice(end, end, gap + lines, depth))

    def delete(self, step: Step, parent: Node) -> None:
        """Delete the lines of an entry of a list or mapping."""
        start, end = self._lines_of(step, parent)
        before = self.text[start : step.key.start_mark.index] if step.key else ""
        if before.lstrip().startswith("-"):
            # Behind a dash: the next key takes its place, or the first that is added below.
            following = [int(key.start_mark.index) for key, _ in parent.value]
            start = int(step.key.start_mark.index)
            end = next((index for index in following if index > start), end)
        self.replace(start, end, "")

    def forget_within(self, steps: Collection[Step], parent: Node) -> None:
        """Leave alone what was to change within entries."""
        spans = [self._lines_of(step, parent) for step in steps]
        self._splices = [
            one for one in self._splices if not any(a <= one.start < b for a, b in spans)
        ]

    def has_blank_lines(self, items: Node) -> bool:
        """Tell whether the items of a list have blank lines between them."""
        if len(items.value) < _TWO:
            return False
        end = self._line_end(content_end(Step(None, items.value[-2]), self.text))
        return not self.text[end : self._line_end(end)].strip()

    def result(self) -> str:
        """Return the text with all of its changes."""
        parts, begin, kept = [], 0, ""
        for start, end, text, _ in sorted(self._splices, key=lambda splice: splice.order):
            kept = self.text[begin:start] or kept
            is_behind_dash = _BARE_DASH.fullmatch(kept[kept.rfind("\n") + 1 :])
            new = text.lstrip(" ") if is_behind_dash else text
            parts += [self.text[begin:start], new.replace("\n", self._newline)]
            kept = new or kept
            begin = max(begin, end)
        return "".join([*parts, self.text[begin:]])

    def _lines_of(self, step: Step, parent: Node) -> tuple[int, int]:
        begin = self._line_start((step.key or step.value).start_mark.index)
        if isinstance(parent, yaml.SequenceNode):
            while self.text[begin + parent.start_mark.column] != "-":
                begin = self._line_start(begin - 1)
        return begin, self._line_end(content_end(step, self.text))

    def _line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end + 1
