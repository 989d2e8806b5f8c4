"""Changes of files as a unified diff, alone or below a document on the terminal.

Lines that occur once in both texts are anchors, as in git's patience diff: the time grows with the sum of the lengths, not
with their product.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.text import Text

from clustergap.document import Document
from clustergap.text import visible
from clustergap.theme import Shapes
from clustergap.writers.terminal import draw

CONTEXT = 3
"""Unchanged lines around a change."""

Lines = Sequence[str]

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


class FileChange(NamedTuple):
    """A data file: its name, and its text before and after; before it is new, it is empty."""

    name: str
    before: str
    after: str


def draw_changes(
    document: Document, files: Sequence[FileChange], shapes: Shapes
) -> RenderableType:
    """Return a document as rich prints it, with the changes of *files* before its remark."""
    parts = [draw(document._replace(remark=""), shapes)]
    if files:
        parts += [Text(), _FileLines(files)]
    if document.remark:
        parts.append(Text(f"\n{document.remark}"))
    return Group(*parts)


class _FileLines:
    """The changes of files, whose lines are never wrapped, as there may be many thousands."""

    def __init__(self, files: Sequence[FileChange]) -> None:
        self.files = files

    def __rich_console__(self, console: Console, _options: ConsoleOptions) -> RenderResult:
        styles = {sign: console.get_style(style) for sign, style in _STYLES.items()}
        for file in self.files:
            before, after = file.before.splitlines(), file.after.splitlines()
            for line in diff_lines(before, after, visible(file.name)):
                yield Segment(visible(line).replace("\\t", "\t"), styles.get(line[:1]))
                yield Segment.line()


class _Change(NamedTuple):
    """Lines of the old text that are replaced by lines of the new one."""

    start: int
    end: int
    new_start: int
    new_end: int


def diff_lines(before: Lines, after: Lines, name: str) -> Iterator[str]:
    """Write the differences with some lines around them; nothing if there are none.

    >>> list(diff_lines(["a", "b"], ["a", "c"], "x.yaml"))
    ['--- x.yaml', '+++ x.yaml', '@@ -1,2 +1,2 @@', ' a', '-b', '+c']
    """
    changes = list(_changes(before, after))
    if changes:
        yield from (f"--- {name}", f"+++ {name}")
    for group in _grouped(changes):
        yield from _hunk(group, before, after)


def _changes(before: Lines, after: Lines) -> Iterator[_Change]:
    i = k = 0
    for j, m in [*_anchors(before, after), (len(before), len(after))]:
        matcher = SequenceMatcher(None, before[i:j], after[k:m], autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag != "equal":
                yield _Change(i + a, i + b, k + c, k + d)
        i, k = j, m


def _anchors(before: Lines, after: Lines) -> list[tuple[int, int]]:
    unique = {line for line, number in Counter(before).items() if number == 1}
    unique &= {line for line, number in Counter(after).items() if number == 1}
    places = {line: place for place, line in enumerate(after) if line in unique}
    return _rising([(i, places[line]) for i, line in enumerate(before) if line in unique])


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest subsequence of *pairs* in which both numbers rise."""
    ends: list[int] = []
    last: list[int] = []
    behind: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        behind.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
    rising = []
    number = last[-1] if last else -1
    while number >= 0:
        rising.append(pairs[number])
        number = behind[number]
    return rising[::-1]


def _grouped(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    group: list[_Change] = []
    for change in changes:
        if group and change.start - group[-1].end > 2 * CONTEXT:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _hunk(group: Sequence[_Change], before: Lines, after: Lines) -> Iterator[str]:
    first, last = group[0], group[-1]
    start, new_start = max(0, first.start - CONTEXT), max(0, first.new_start - CONTEXT)
    end, new_end = min(len(before), last.end + CONTEXT), min(len(after), last.new_end + CONTEXT)
    yield f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@"
    place = start
    for change in group:
        yield from (f" {line}" for line in before[place : change.start])
        yield from (f"-{line}" for line in before[change.start : change.end])
        yield from (f"+{line}" for line in after[change.new_start : change.new_end])
        place = change.end
    yield from (f" {line}" for line in before[place:end])


def _range(start: int, end: int) -> str:
    # As diff writes it: an empty range is given by the line before it.
    return f"{start + 1 if end > start else start},{end - start}"
