"""The text of a data file, and the places of data paths in it."""

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from clustergap.findings import DataPath, Excerpt, Location
from clustergap.loading.plain_form import RecordLines
from clustergap.loading.yaml_dialect import PARSE_ERRORS, EventSource, open_events
from clustergap.loading.yaml_reader import NO_KEYS

WIDEST_EXCERPT = 120


class Region(NamedTuple):
    """Characters from ``start`` up to ``end`` of a text."""

    start: int
    end: int


class EntryPlace(NamedTuple):
    """The place of an entry: its key (in a list: its value) and its value."""

    key: Region
    value: Region


@dataclass(frozen=True)
class SourceFile:
    """One data file: the path as the user knows it, its text without a byte-order mark, and where its records stand, if that is known."""

    path: str
    text: str
    records: RecordLines | None = None

    def location(self, offset: int) -> Location:
        """Turn an offset into line and column, which start at 1."""
        row = self._row(offset)
        return Location(self.path, row + 1, self._column(offset, row) + 1)

    def end_of_line(self, offset: int) -> int:
        """Return the offset after the last character of the line that is not a blank."""
        return offset + len(self.text[offset : self._end_of(self._row(offset))].rstrip())

    def excerpt(self, region: Region) -> Excerpt:
        """Cut the source line of *region* around it."""
        row = self._row(region.start)
        start, end = self._line_starts[row], self._end_of(row)
        column = self._column(region.start, row)
        left = max(0, column - WIDEST_EXCERPT // 2) if end - start > WIDEST_EXCERPT else 0
        # Only the part that is shown is copied: a line may be as long as the file.
        window = self.text[start + left : min(end, start + left + WIDEST_EXCERPT)]
        length = max(1, min(region.end - region.start, left + len(window) - column))
        return Excerpt(window, column - left, length)

    def places(self, paths: Iterable[DataPath]) -> Mapping[DataPath, EntryPlace]:
        """Find many data paths in one pass over the events.

        A path that the text does not have is at the place of its longest prefix that the text has.
        """
        if self.records is None:
            return _find_places(self.text, paths)
        return {
            path: EntryPlace(*(part.moved(region) for region in place))
            for part in _parts_with(self.text, self.records, paths)
            for path, place in part.places()
        }

    def _row(self, offset: int) -> int:
        return bisect_right(self._line_starts, offset) - 1

    def _column(self, offset: int, row: int) -> int:
        return min(offset, self._end_of(row)) - self._line_starts[row]

    @cached_property
    def _line_starts(self) -> Sequence[int]:
        # A line end at the end of the text begins no further line.
        starts, position = array("Q", [0]), self.text.find("\n")
        while 0 <= position < len(self.text) - 1:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        return starts

    def _end_of(self, row: int) -> int:
        last = row + 1 == len(self._line_starts)
        start, end = self._line_starts[row], len(self.text) if last else self._line_starts[row + 1]
        for ending in ("\r\n", "\n"):
            if self.text.endswith(ending, start, end):
                return end - len(ending)
        return end


def _find_places(text: str, paths: Iterable[DataPath]) -> Mapping[DataPath, EntryPlace]:
    search = _PathSearch(paths)
    try:
        search.run(open_events(text))
    except (_AllFoundError, *PARSE_ERRORS):
        pass  # after a syntax error nothing can be located
    return search.result()


class _Part(NamedTuple):
    """A part of a file that is searched as if it were a whole one.

    Attributes:
        text: Stretches of the file, below each other.
        paths: For each path in the file its path here.
        begins: Where each stretch begins here.
        belongs: Where it begins in the file.
    """

    text: str
    paths: Mapping[DataPath, DataPath]
    begins: Sequence[int]
    belongs: Sequence[int]

    def places(self) -> Iterator[tuple[DataPath, EntryPlace]]:
        found = _find_places(self.text, self.paths.values())
        return ((path, found[here]) for path, here in self.paths.items())

    def moved(self, region: Region) -> Region:
        """Return the region of the file at which a region of this text stands."""
        number = bisect_right(self.begins, region.start) - 1
        offset = self.belongs[number] - self.begins[number]
        return Region(region.start + offset, region.end + offset)


def _parts_with(text: str, records: RecordLines, paths: Iterable[DataPath]) -> Iterator[_Part]:
    """Cut out what leads to *paths*: the records among them, and what stands around the list, in which one stands in for all."""
    inside: dict[int, list[DataPath]] = defaultdict(list)
    around = list[DataPath]()
    for path in paths:
        match path:
            case (records.key, int(number), *_) if number < len(records.starts):
                inside[number].append(path)
            case _:
                around.append(path)
    if inside:
        numbers = sorted(inside)
        stretches = [
            f"{records.key}:\n",
            *(text[records.starts[n] : records.end_of(n)] for n in numbers),
        ]
        begins = [*accumulate(map(len, stretches[:-1]), initial=0)]
        moved = {
            path: (records.key, here, *path[2:])
            for here, number in enumerate(numbers)
            for path in inside[number]
        }
        yield _Part("".join(stretches), moved, begins, [0, *(records.starts[n] for n in numbers)])
    if around:
        last = records.end_of(0)
        yield _Part(
            text[:last] + text[records.end :],
            {path: path for path in around},
            [0, last],
            [0, records.end],
        )


class _AllFoundError(Exception):
    """The search can stop."""


class _PathNode:
    """An entry that is looked for, or is on the path to one."""

    __slots__ = ("children", "is_of_cell", "place")

    def __init__(self, part: str | int) -> None:
        self.children: dict[str | int, _PathNode] = {}
        self.is_of_cell = isinstance(part, str) and "@" in part
        self.place: EntryPlace | None = None


class _PathSearch:
    """One pass over the events, which enters only entries that lead to a wanted path."""

    def __init__(self, paths: Iterable[DataPath]) -> None:
        self.paths = tuple(paths)
        self.root = _PathNode("")
        self.missing = 1
        for path in self.paths:
            node = self.root
            for part in path:
                if part not in node.children:
                    node.children[part] = _PathNode(part)
                    self.missing += 1
                node = node.children[part]

    def run(self, source: EventSource) -> None:
        self.next_event = source.get_event
        event = self.next_event()
        while not isinstance(event, ScalarEvent | CollectionStartEvent):
            if isinstance(event, AliasEvent | StreamEndEvent):
                return
            event = self.next_event()
        self.visit(self.root, event, event)

    def result(self) -> Mapping[DataPath, EntryPlace]:
        return {path: self.deepest(path) for path in self.paths}

    def deepest(self, path: DataPath) -> EntryPlace:
        node, place = self.root, self.root.place or EntryPlace(Region(0, 0), Region(0, 0))
        for part in path:
            node = node.children[part]
            if node.place is None:
                break
            place = node.place
        return place

    def visit(self, node: _PathNode, key: Event, value: Event) -> None:
        if node.place is None:
            is_nothing = isinstance(value, ScalarEvent) and not value.value and not value.style
            node.place = EntryPlace(_region(key), _region(key if is_nothing else value))
            self.missing -= 1
            if not self.missing:
                raise _AllFoundError
        self.enter(node, value)

    def enter(self, node: _PathNode, event: Event) -> None:
        if not node.children or not isinstance(event, CollectionStartEvent):
            self.skip(event)
        elif isinstance(event, MappingStartEvent):
            self.search_mapping(node)
        else:
            self.search_sequence(node)

    def search_mapping(self, node: _PathNode) -> None:
        while not isinstance(key := self.next_event(), MappingEndEvent):
            self.skip(key)
            value = self.next_event()
            is_text = isinstance(key, ScalarEvent) and (key.style or key.value not in NO_KEYS)
            child = node.children.get(key.value) if is_text else None
            if child is None:
                self.skip(value)
            else:
                self.visit(child, key, value)

    def search_sequence(self, node: _PathNode) -> None:
        index = 0
        while not isinstance(event := self.next_event(), SequenceEndEvent):
            child = node.children.get(index)
            if child is not None:
                self.visit(child, event, event)
            elif node.is_of_cell and not index:
                # The path of a single statement in a list has no index.
                self.enter(node, event)
            else:
                self.skip(event)
            index += 1

    def skip(self, event: Event) -> None:
        depth = int(isinstance(event, CollectionStartEvent))
        while depth:
            event = self.next_event()
            depth += isinstance(event, CollectionStartEvent)
            depth -= isinstance(event, MappingEndEvent | SequenceEndEvent)


def _region(event: Event) -> Region:
    return Region(event.start_mark.index, event.end_mark.index)
