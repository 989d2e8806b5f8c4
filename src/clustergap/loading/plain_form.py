"""Records in plain form: read line by line, in a third of the time that a parser's events take.

A record is in plain form if it is a mapping in block style of which each line is a key, an item of a list, a comment or
blank, and each value a scalar on one line without escapes, or folded as by ``>-``, or a list or mapping of these in brackets. Nearly
all are; the strict reader reads the others, each alone, and what stands around their list. If it refuses anything, the whole
file is left to it: only a file without a refusal is read here, and to the values that the strict reader gives.
"""

import re
from array import array
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from clustergap.loading.files import FileLimits, Refusal
from clustergap.loading.yaml_reader import (
    NO_KEYS,
    NULL,
    RecordReader,
    Tree,
    TreeValue,
    build_tree,
    quoted_value,
)

_KEY = "[A-Za-z0-9_][A-Za-z0-9_@./+-]{0,99}+"
"""A key; a parser takes no text of more than 1,024 characters for one."""

_FIRST = r"""[^\s\-?:,\[\]{}#&*!|>'"%@`]"""
_PLAIN = rf"{_FIRST}[^:#\t\r]*+(?:(?::(?=[^ \r])|(?<! )#)[^:#\t\r]*+)*+"
"""A scalar without quotes: no indicator begins it, no space follows a colon in it or stands before a number sign."""

_QUOTED = r"""(?:'[^'\t\r]*+(?:''[^'\t\r]*+)*+'|"[^"\\\t\r]*+")"""

_PLAIN_IN_BRACKETS = (
    rf"{_FIRST}[^:#?,\[\]{{}}\t\r]*+(?::(?=[^ :#?,\[\]{{}}\r])[^:#?,\[\]{{}}\t\r]*+)*+"
)
_SCALAR = rf"(?:{_PLAIN_IN_BRACKETS}|{_QUOTED} *+)"
_NEXT = r"(?:,(?= *+[^ ,\]}])|(?=[\]}])) *+"
_LIST = rf"\[ *+(?:{_SCALAR}{_NEXT})*+\] *+"

_LINE = re.compile(
    rf"( *+)(- ++)?(?:({_KEY}):(?: ++|(?=\r?\Z)))?"
    rf"(?:({_PLAIN})|({_QUOTED}) *+|([\[{{][^\t\r]*[\]}}]) *+)?(?:(?<![^ ])#[^\t\r]*+)?\r?"
)
_FOLDED = re.compile(
    rf"^( *+(?:- ++)?)({_KEY}: ++)>-\r?\n(( ++)[^ \t\r\n][^\t\r\n]*+(?:\r?\n\4[^ \t\r\n][^\t\r\n]*+)*+)",
    re.MULTILINE,
)
"""A folded text of lines of one indentation, without its last line end."""

_NEXT_LINE = re.compile(r"\n(?!\r?(?:\n|\Z))( *+)([^ \r\n]?)")
"""The next line that is not empty: its indentation, and what it begins with; nothing if it is only spaces."""

_NEXT_SCALAR, _NEXT_LIST, _NEXT_ONE = re.compile(_SCALAR), re.compile(_LIST), re.compile(_NEXT)
_NEXT_ENTRY = re.compile(rf" *+({_KEY}): ++(?:(?:({_SCALAR})|({_LIST})){_NEXT}|(?=[\[{{]))")
_NEXT_MAPPING = re.compile(r"[\[,] *+(?=\{)")

_AROUND, _BRACKETS = 2, 3
"""Levels around a record, those of the file and of the list, and levels that a value in brackets may have."""

_MOST_ALONE, _SHARE_ALONE = 10, 3
"""So many records may be read alone, and beside them one of so many: with more, the file is sooner read by events."""

_MOST_REMEMBERED, _LONGEST_REMEMBERED = 5_000, 200
"""Lines of which the meaning is remembered, and their characters: a large file repeats most of its short lines."""


class RecordLines(NamedTuple):
    """Where the records of a list stand, each on lines of its own.

    Attributes:
        key: The top-level key of the list.
        starts: The offset at which the lines of each record begin.
        end: The offset after the lines of the last.
    """

    key: str
    starts: Sequence[int]
    end: int

    def end_of(self, number: int) -> int:
        """Return the offset after the lines of a record."""
        return self.starts[number + 1] if number + 1 < len(self.starts) else self.end


class _NotPlainError(Exception):
    """The strict reader must read this."""


class _Below:
    """Stands for the value of a key that is on the lines below it, if it has any."""


_BELOW = _Below()


_Line = tuple[int, int, str | None, TreeValue | _Below]
"""A line of a record: the column of its dash, or -1, and of what stands behind it; its key and value. An item has no key."""


class _Lines(dict[str, _Line | None]):
    """What lines mean, by their text; None: nothing."""

    def __missing__(self, text: str) -> _Line | None:
        line = _read_line(text)
        if len(text) <= _LONGEST_REMEMBERED:
            if len(self) == _MOST_REMEMBERED:
                self.clear()
            self[text] = line
        return line


def read_plain_form(
    text: str, key: str, reader: RecordReader, limits: FileLimits
) -> tuple[Tree, RecordLines] | None:
    """Read a file of which most records are in plain form.

    Args:
        text: A whole file, without forbidden characters.
        key: The top-level key of the list of records.
        reader: Replaces each record. It must not change a record, as equal lines have the same value.
        limits: The limits of the file.

    Returns:
        The tree that ``build_tree`` gives, and where the records stand. None if it would refuse something, or if there is no such list in block style;
        *reader* may have read some records by then.
    """
    line = 0 if text.startswith(f"{key}:") else text.find(f"\n{key}:") + 1
    first = re.compile(rf"{key}: *(?:#.*)?\r?\n(?: *(?:#.*)?\r?\n)*( *)- ").match(text, line)
    if first is None:
        return None
    start, indent = first.start(1), first[1]
    records = _Records(text, key, indent, reader, limits)
    try:
        end = records.read(start)
        # An item that stands in for all records comes back from where they stand, or they stand elsewhere.
        around, items = _read_strictly(f"{text[:start]}{indent}- ''\n{text[end:]}", key, limits)
    except (Refusal, _NotPlainError):
        return None
    if items != [(0, "", start + len(indent) + 2)] or not isinstance(around.value, dict):
        return None
    around.value[key] = records.read_so_far
    return around, RecordLines(key, records.starts, end)


class _Records:
    """The list of records: cut where a line begins with its dash."""

    def __init__(
        self, text: str, key: str, indent: str, reader: RecordReader, limits: FileLimits
    ) -> None:
        self.text, self.key, self.reader, self.limits = text, key, reader, limits
        self.dash = f"\n{indent}- "
        self.outside = re.compile(rf"\n {{0,{len(indent)}}}(?:[^ \r\n#-]|-(?! ))")
        self.lines = _Lines()
        self.levels = limits.levels - _AROUND - _BRACKETS
        self.read_so_far: list[object] = []
        self.starts = array("Q")
        self.alone = 0

    def read(self, start: int) -> int:
        """Read the records from the line at *start* on; return where the list ends."""
        while True:
            following = self.text.find(self.dash, start) + 1 or len(self.text)
            end = self.read_one(start, following)
            if end < following or end == len(self.text):
                return end
            start = end

    def read_one(self, start: int, end: int) -> int:
        """Read one record; return where it ends, which is before *end* if the list does."""
        text = self.text[start:end]
        try:
            column, value = self.read_plainly(text)
        except _NotPlainError:
            outside = self.outside.search(text)
            if outside is not None:
                return self.read_one(start, start + outside.start() + 1)
            column, value = self.read_unfolded(text)
        self.starts.append(start)
        self.read_so_far.append(self.reader(len(self.read_so_far), value, start + column))
        return end

    def read_plainly(self, text: str) -> tuple[int, TreeValue]:
        """Return the column of a record and its value."""
        if len(text) > self.limits.values:  # a value has one character at least
            raise _NotPlainError
        meaning = self.lines
        lines = [line for one in text.split("\n") if (line := meaning[one]) is not None]
        _, column, key, value = lines[0]
        at = 1
        if key is not None:
            value, at = _read_mapping(lines, 0, self.levels)
        if at < len(lines):
            raise _NotPlainError
        return column, value

    def read_unfolded(self, text: str) -> tuple[int, TreeValue]:
        """Read a record that is in plain form but for folded texts, or is not."""
        unfolded = _FOLDED.sub(_unfold, text)
        if unfolded != text:
            with suppress(_NotPlainError):
                return self.read_plainly(unfolded)
        return self.read_alone(text)

    def read_alone(self, text: str) -> tuple[int, TreeValue]:
        """Return the column and the value of a record that is not in plain form."""
        self.alone += 1
        if self.alone > _MOST_ALONE + len(self.read_so_far) // _SHARE_ALONE:
            raise _NotPlainError
        head = f"{self.key}:\n"
        _, items = _read_strictly(head + text, self.key, self.limits)
        if len(items) != 1:
            raise _NotPlainError
        _, value, offset = items[0]
        return offset - len(head), value


def _read_strictly(
    text: str, key: str, limits: FileLimits
) -> tuple[Tree, list[tuple[int, TreeValue, int]]]:
    # The tree, and what a record reader is given of the list.
    items: list[tuple[int, TreeValue, int]] = []

    def collect(index: int, value: TreeValue, offset: int) -> None:
        items.append((index, value, offset))

    tree = build_tree(text, {key: collect}, limits=limits)
    if tree.refusals:
        raise _NotPlainError
    return tree, items


def _read_mapping(lines: Sequence[_Line], at: int, levels: int) -> tuple[TreeValue, int]:
    # The mapping of which the first key stands on line *at*, behind a dash or not; and the line after it.
    if levels < 1:
        raise _NotPlainError
    result: dict[str | None, TreeValue] = {}
    end = len(lines)
    _, column, key, value = lines[at]
    while True:
        at += 1
        if value is _BELOW:
            value, at = _read_below(lines, at, column, levels - 1)
        if key in result:
            raise _NotPlainError
        result[key] = value
        if at == end:
            return result, at
        dash, next_column, key, value = lines[at]
        if next_column != column or dash >= 0:
            return result, at


def _read_below(
    lines: Sequence[_Line], at: int, column: int, levels: int
) -> tuple[TreeValue, int]:
    # The value of a key in *column* of which the lines begin at *at*, if it has any.
    if at < len(lines):
        dash, next_column, _, _ = lines[at]
        if dash >= column:
            return _read_sequence(lines, at, levels)
        if dash < 0 and next_column > column:
            return _read_mapping(lines, at, levels)
    return None, at


def _read_sequence(lines: Sequence[_Line], at: int, levels: int) -> tuple[TreeValue, int]:
    if levels < 1:
        raise _NotPlainError
    items: list[TreeValue] = []
    column = lines[at][0]
    while at < len(lines):
        dash, _, key, value = lines[at]
        if dash != column:
            break
        if key is None:
            at += 1
        else:
            value, at = _read_mapping(lines, at, levels - 1)
        items.append(value)
    return items, at


def _unfold(folded: re.Match[str]) -> str:
    # The same text in quotes, on the line of its key.
    before, key, text, indent = folded.groups()
    lines = [line.removeprefix(indent).removesuffix("\r") for line in text.split("\n")]
    if len(indent) <= len(before) or any(line.endswith(" ") for line in lines):
        return folded[0]
    following = _NEXT_LINE.search(folded.string, folded.end())
    if following and (not following[2] or len(following[1]) > len(before)):
        return folded[
            0
        ]  # spaces may go on with the text, and even a comment does if it is indented
    quoted = " ".join(lines).replace("'", "''")
    return f"{before}{key}'{quoted}'"


def _read_line(text: str) -> _Line | None:
    match = _LINE.fullmatch(text)
    if match is None:
        raise _NotPlainError
    indent, dash, key, plain, quoted, brackets = match.groups()
    value: TreeValue | _Below = _BELOW
    if plain or quoted:
        value = _read_scalar(plain or quoted)
    elif brackets:
        value, end = _read_brackets(brackets, 0, _BRACKETS)
        if end < len(brackets):
            raise _NotPlainError
    elif key is None and dash is None:
        return None  # a comment or nothing
    if key in NO_KEYS or (key is None and (dash is None or value is _BELOW)):
        raise _NotPlainError
    column = len(indent)
    return (column, column + len(dash), key, value) if dash else (-1, column, key, value)


def _read_brackets(text: str, at: int, levels: int) -> tuple[TreeValue, int]:
    # The list or mapping of which the bracket is at *at*; and where it ends.
    if levels < 1:
        raise _NotPlainError
    if text[at] == "{":
        return _read_entries(text, at + 1, levels - 1)
    scalars = _NEXT_LIST.match(text, at)
    if scalars is not None:
        return _read_items(scalars[0]), scalars.end()
    mappings: list[TreeValue] = []
    while following := _NEXT_MAPPING.match(text, at):
        mapping, at = _read_brackets(text, following.end(), levels - 1)
        mappings.append(mapping)
    if text[at : at + 1] != "]":
        raise _NotPlainError
    return mappings, at + 1


def _read_entries(text: str, at: int, levels: int) -> tuple[TreeValue, int]:
    # The mapping in brackets of which the first entry is at *at*; and where it ends.
    result: dict[str, TreeValue] = {}
    while entry := _NEXT_ENTRY.match(text, at):
        key, scalar, items = entry.groups()
        if key in result or key in NO_KEYS:
            raise _NotPlainError
        at = entry.end()
        if scalar:
            result[key] = _read_scalar(scalar)
        elif items:
            result[key] = _read_items(items)
        else:
            result[key], at = _read_nested(text, at, levels)
    if text[at : at + 1] != "}":
        raise _NotPlainError
    return result, at + 1


def _read_nested(text: str, at: int, levels: int) -> tuple[TreeValue, int]:
    value, at = _read_brackets(text, at, levels)
    following = _NEXT_ONE.match(text, at)
    if following is None:
        raise _NotPlainError
    return value, following.end()


def _read_items(text: str) -> TreeValue:
    if "'" in text or '"' in text:
        return [_read_scalar(scalar) for scalar in _NEXT_SCALAR.findall(text)]
    inner = text.strip("[ ]")
    items = [item.strip(" ") for item in inner.split(",")] if inner else []
    return items if NULL.isdisjoint(items) else [None if item in NULL else item for item in items]


def _read_scalar(text: str) -> TreeValue:
    text = text.strip(" ")
    if text[0] == "'":
        return quoted_value(text[1:-1].replace("''", "'"))
    if text[0] == '"':
        return quoted_value(text[1:-1])
    return None if text in NULL else text
