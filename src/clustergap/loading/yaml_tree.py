"""Strict YAML: parser events to plain values, refusing at the event what data files may not hold.

A scalar is text as written; null words are None; a quoted scalar that looks like an integer or a boolean
is ``Quoted``, so that the model can tell ``true`` from ``"true"``. Nothing is resolved, so ``NO`` stays Norway.
"""

import re
from collections.abc import Callable, Mapping

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

from clustergap.checks.rules.files import EMPTY_FILE, FORBIDDEN_YAML, TOO_LARGE
from clustergap.loading.agreement import refuse_block_header, refuse_directives, refuse_tabs
from clustergap.loading.conflicts import refuse_conflicts, refuse_rests
from clustergap.loading.events import PARSE_ERRORS, OpenEvents, open_events
from clustergap.loading.files import LIMITS, Limits, Refusal, forbidden_in_value
from clustergap.loading.syntax import syntax_refusal, too_deep
from clustergap.loading.tree import NO_KEYS, NULL, Tree, Value
from clustergap.model.record import Quoted

NO_KEY = "\0"
"""Stands for a key that was refused; no key of a file holds this character."""

_AMBIGUOUS = re.compile(r"true|false|-?[0-9]+", re.ASCII)

RecordReader = Callable[[int, Value, int], object]
"""Turns (index, item, offset in the text) of a top-level list into what stands for it in the tree."""


def build_tree(
    text: str,
    readers: Mapping[str, RecordReader],
    open_source: OpenEvents = open_events,
    *,
    limits: Limits = LIMITS,
) -> Tree:
    """Read *text* as the strict subset of YAML.

    Args:
        text: A whole file, without forbidden characters.
        readers: For a top-level key, what makes of each item of its list; the item itself is dropped.
        open_source: Which parser reads.
        limits: How much of it is read.

    Returns:
        The tree with everything that was refused, in file order.
    """
    builder = _Builder(text, readers, limits)
    source = None
    for conflict in refuse_conflicts(text):
        builder.tree.stop(conflict)
    if builder.tree.refusals:
        return builder.tree
    try:
        refuse_directives(text)
        source = open_source(text)
        builder.read_document(source.get_event)
        refuse_tabs(text, open_source)
        builder.tree.complete = True
    except Refusal as refusal:
        builder.tree.stop(refusal)
    except PARSE_ERRORS as error:
        for rest in refuse_rests(text) or [syntax_refusal(error, text, source, limits.levels)]:
            builder.tree.stop(rest)
    builder.tree.fold()
    return builder.tree


class _Builder:
    """One pass over the events."""

    def __init__(self, text: str, readers: Mapping[str, RecordReader], limits: Limits) -> None:
        self.text, self.limits = text, limits
        self.tree = Tree(most_refused=limits.refused)
        self.values = 0
        self.readers = dict(readers)
        self.trail = self.tree.trail

    def read_document(self, next_event: Callable[[], Event]) -> None:
        self.next_event = next_event
        next_event()  # the start of the stream
        event = next_event()
        if isinstance(event, StreamEndEvent):
            hint = "write the data, or delete the file"
            raise Refusal(EMPTY_FILE, "the file holds nothing", hint)
        self.tree.value = self.node(next_event())
        next_event()  # the end of the document
        event = next_event()
        if not isinstance(event, StreamEndEvent):
            raise Refusal(
                FORBIDDEN_YAML,
                "a second document begins here",
                "keep one document a file: delete the line ---",
                event.start_mark.index,
            )

    def node(self, event: Event) -> Value:
        if isinstance(event, ScalarEvent):
            return self.scalar(event)
        if isinstance(event, AliasEvent):
            self.tree.refuse_alias(event)
            return None
        self.enter(event)
        return self.mapping() if isinstance(event, MappingStartEvent) else self.sequence()

    def scalar(self, event: ScalarEvent) -> str | None:
        if event.anchor is not None or event.tag is not None:
            self.tree.refuse_properties(event)
        elif event.style in ("|", ">"):
            refuse_block_header(self.text, event.start_mark.index)
        value: str = event.value
        if not event.style:
            return None if value in NULL else value
        if not value.isprintable():
            self.tree.refuse_escapes(event)
        elif _AMBIGUOUS.fullmatch(value):
            return Quoted(value)
        return value

    def mapping(self) -> dict[str, Value]:
        # The hot loop: a bare scalar, which nearly every key and value is, takes no further call.
        result: dict[str, Value] = {}
        firsts: dict[str, Event] = {}
        next_event, trail = self.next_event, self.trail
        while (kind := (event := next_event()).__class__) is not MappingEndEvent:
            bare = kind is ScalarEvent and not event.style and event.anchor is event.tag is None
            key = event.value if bare and event.value not in NO_KEYS else self.key(event)
            entry = next_event()
            if (
                entry.__class__ is ScalarEvent
                and not entry.style
                and entry.anchor is entry.tag is None
            ):
                value = None if entry.value in NULL else entry.value
            else:
                trail.append(key)
                value = self.node(entry)
                trail.pop()
            if key in firsts:
                self.tree.refuse_duplicate(event, key, firsts[key])
            elif key != NO_KEY:
                result[key] = value
                firsts[key] = event
        if len(result) > self.limits.few:
            self.weigh(len(result), event)
        return result

    def key(self, event: Event) -> str:
        if not isinstance(event, ScalarEvent):
            self.tree.refuse_key(event, "a key must be text, not a list, a mapping or an alias")
            self.trail.append(NO_KEY)
            if not isinstance(event, AliasEvent):
                self.node(event)
            self.trail.pop()
            return NO_KEY
        key: str | None = event.value
        if event.style or event.anchor is not None or event.tag is not None:
            # What is refused of a key is the key, not the mapping that it stands in.
            self.trail.append(NO_KEY)
            key = self.scalar(event)
            self.trail.pop()
            if any(forbidden_in_value(key or "")):
                return NO_KEY
        elif key in NULL:
            key = None
        elif key == "<<":
            self.tree.refuse_merge_key(event)
            return NO_KEY
        if key is None:
            self.tree.refuse_key(event, "a key is missing or null here")
            return NO_KEY
        return key

    def sequence(self) -> list[Value]:
        trail, items = self.trail, list[object]()
        # Only the first list of a name is the file's; a second one is refused.
        reader = self.readers.pop(str(trail[0]), None) if len(trail) == 1 else None
        trail.append(0)
        next_event = self.next_event
        while not isinstance(event := next_event(), SequenceEndEvent):
            value = self.node(event)
            index = trail[-1] = len(items)
            if reader is not None:
                value = reader(index, value, event.start_mark.index)
                self.values = 0
            elif index == self.limits.values:
                self.weigh(index + 1, event)
            items.append(value)
            trail[-1] = index + 1
        trail.pop()
        if len(items) > self.limits.few and reader is None:
            self.weigh(len(items), event)
        return items

    def weigh(self, values: int, event: Event) -> None:
        # What a record reader has read is gone; of all else there may be only so much.
        self.values += values
        most = self.limits.values
        if self.values > most:
            message = f"more than {most:,} values stand in one instrument, or outside of them"
            raise Refusal(TOO_LARGE, message, "split the file", event.start_mark.index)

    def enter(self, event: CollectionStartEvent) -> None:
        self.values += 1
        if self.values > self.limits.values:
            self.weigh(0, event)
        if len(self.trail) >= self.limits.levels:
            raise too_deep(event.start_mark.index, self.limits.levels)
        if event.anchor is not None or event.tag is not None:
            self.tree.refuse_properties(event)
