"""Strict YAML: parser events to plain values, refusing at the event what data files may not hold.

A scalar is text as written; null words are None; a quoted scalar that looks like an integer or a boolean
is ``Quoted``, so that the model can tell ``true`` from ``"true"``. Nothing is resolved, so ``NO`` stays Norway.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

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

from clustergap.checks import catalogue
from clustergap.findings import DataPath, Rule
from clustergap.loading.characters import forbidden_in, name_of
from clustergap.loading.events import (
    PARSE_ERRORS,
    OpenEvents,
    open_events,
    refuse_block_header,
    refuse_directives,
    refuse_tabs,
    syntax_refusal,
)
from clustergap.loading.files import Refusal
from clustergap.model.text import Quoted
from clustergap.wording import quote

MOST_LEVELS = 16
NO_KEY = ""
"""Stands for a key that was refused."""

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_NO_KEYS = _NULL | {"<<"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_AMBIGUOUS = re.compile(r"true|false|-?[0-9]+", re.ASCII)

Value = object
"""None, a str, a list of values, a dict of str to values, or what a record reader made."""

RecordReader = Callable[[int, Value, int], object]
"""Turns (index, item, offset in the text) of a top-level list into what stands for it in the tree."""


@dataclass(slots=True)
class Tree:
    """A file's value, the places refused on the way, and the data paths that hold nothing because of it.

    ``twice`` holds the file's own keys that stand twice; ``complete`` is false where reading had to stop; the value is then None.
    """

    value: Value = None
    refusals: list[Refusal] = field(default_factory=list)
    refused: set[DataPath] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    complete: bool = False


def build_tree(
    text: str, readers: Mapping[str, RecordReader], open_source: OpenEvents = open_events
) -> Tree:
    """Read *text* as the strict subset of YAML.

    Args:
        text: A whole file, without forbidden characters.
        readers: For a top-level key, what makes of each item of its list; the item itself is dropped.
        open_source: Which parser reads.

    Returns:
        The tree with everything that was refused, in file order.
    """
    builder = _Builder(text, readers)
    source = None
    try:
        _raise(refuse_directives(text))
        source = open_source(text)
        builder.read_document(source.get_event)
        _raise(refuse_tabs(text, open_source))
        builder.tree.complete = True
    except Refusal as refusal:
        builder.stop(refusal)
    except PARSE_ERRORS as error:
        builder.stop(syntax_refusal(error, text, source))
    return builder.tree


def _raise(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise refusal


class _Builder:
    """One pass over the events; ``trail`` is the data path of the entry being read."""

    def __init__(self, text: str, readers: Mapping[str, RecordReader]) -> None:
        self.text = text
        self.tree = Tree()
        self.readers = dict(readers)
        self.trail: list[str | int] = []

    def read_document(self, next_event: Callable[[], Event]) -> None:
        self.next_event = next_event
        next_event()  # the start of the stream
        event = next_event()
        if isinstance(event, StreamEndEvent):
            raise Refusal(
                catalogue.EMPTY_FILE,
                "the file holds nothing",
                "write the data, or delete the file",
            )
        self.tree.value = self.node(next_event())
        next_event()  # the end of the document
        event = next_event()
        if not isinstance(event, StreamEndEvent):
            raise Refusal(
                catalogue.FORBIDDEN_YAML,
                "a second document begins here",
                "keep one document a file: delete the line ---",
                event.start_mark.index,
            )

    def stop(self, refusal: Refusal) -> None:
        self.tree.refusals.append(refusal)
        self.tree.value = None

    def node(self, event: Event) -> Value:
        if isinstance(event, ScalarEvent):
            return self.scalar(event)
        if isinstance(event, AliasEvent):
            self.refuse(
                event, f"the alias *{event.anchor} is not read here", "write the value out"
            )
            self.tree.refused.add(tuple(self.trail))
            return None
        self.enter(event)
        return self.mapping() if isinstance(event, MappingStartEvent) else self.sequence()

    def scalar(self, event: ScalarEvent) -> str | None:
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event)
        value: str = event.value
        if not event.style:
            return None if value in _NULL else value
        if not value.isprintable():
            self.refuse_escapes(event)
        elif _AMBIGUOUS.fullmatch(value):
            return Quoted(value)
        if event.style in "|>":
            _raise(refuse_block_header(self.text, event.start_mark.index))
        return value

    def mapping(self) -> dict[str, Value]:
        # The hot loop: a bare scalar, which nearly every key and value is, takes no further call.
        result: dict[str, Value] = {}
        firsts: dict[str, Event] = {}
        next_event, trail = self.next_event, self.trail
        while (kind := (event := next_event()).__class__) is not MappingEndEvent:
            bare = kind is ScalarEvent and not event.style and event.anchor is event.tag is None
            key = event.value if bare and event.value not in _NO_KEYS else self.key(event)
            entry = next_event()
            if (
                entry.__class__ is ScalarEvent
                and not entry.style
                and entry.anchor is entry.tag is None
            ):
                value = None if entry.value in _NULL else entry.value
            else:
                trail.append(key)
                value = self.node(entry)
                trail.pop()
            if key in firsts:
                self.refuse_duplicate(event, key, firsts[key])
            elif key != NO_KEY:
                result[key] = value
                firsts[key] = event
        return result

    def refuse_duplicate(self, event: Event, key: str, first: Event) -> None:
        message = f"the key {quote(key)} stands twice, first at line {first.start_mark.line + 1}"
        self.refuse(event, message, "keep one of the two, or join them", catalogue.DUPLICATE_KEY)
        if not self.trail:
            self.tree.twice.add(key)

    def key(self, event: Event) -> str:
        if not isinstance(event, ScalarEvent):
            self.refuse_key(event, "a key must be text, not a list, a mapping or an alias")
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
            if key and forbidden_in(key):
                return NO_KEY
        elif key in _NULL:
            key = None
        elif key == "<<":
            self.refuse_key(event, "the merge key << is not read here")
            return NO_KEY
        if not key:
            self.refuse_key(event, "a key is missing, null or empty here")
        return key or NO_KEY

    def refuse_key(self, event: Event, message: str) -> None:
        self.refuse(event, message, "write every key out as text")

    def sequence(self) -> list[Value]:
        trail, items = self.trail, list[object]()
        # Only the first list of a name is the file's; a second one is refused.
        reader = self.readers.pop(str(trail[0]), None) if len(trail) == 1 else None
        trail.append(0)
        next_event = self.next_event
        while not isinstance(event := next_event(), SequenceEndEvent):
            value = self.node(event)
            index = trail[-1] = len(items)
            items.append(value if reader is None else reader(index, value, event.start_mark.index))
            trail[-1] = index + 1
        trail.pop()
        return items

    def enter(self, event: CollectionStartEvent) -> None:
        if len(self.trail) >= MOST_LEVELS:
            raise Refusal(
                catalogue.TOO_LARGE,
                f"nested deeper than {MOST_LEVELS} levels",
                "flatten what is nested",
                event.start_mark.index,
            )
        if event.anchor is not None or event.tag is not None:
            self.refuse_properties(event)

    def refuse(
        self, event: Event, message: str, hint: str, rule: Rule = catalogue.FORBIDDEN_YAML
    ) -> None:
        self.tree.refusals.append(Refusal(rule, message, hint, event.start_mark.index))

    def refuse_properties(self, event: ScalarEvent | CollectionStartEvent) -> None:
        if event.anchor is not None:
            message = f"the anchor &{event.anchor} is not read here"
            self.refuse(event, message, "delete it, and write the value out where it is used")
        if event.tag is not None:
            message = f"the tag {quote(event.tag)} is not read here"
            self.refuse(
                event, message, "delete it: every scalar is text unless the key wants otherwise"
            )
            self.tree.refused.add(tuple(self.trail))

    def refuse_escapes(self, event: ScalarEvent) -> None:
        runs = forbidden_in(event.value)
        if not runs:
            return
        character = runs[0][0][0]
        if _SURROGATE.search(event.value):  # libyaml calls this a syntax error
            raise Refusal(
                catalogue.YAML_SYNTAX,
                "this is not YAML: an escape names half a character",
                "write the character itself",
                event.start_mark.index,
            )
        self.refuse(
            event,
            f"an escape writes the character {name_of(character)}, which may not stand in a data file",
            "delete the escape",
            catalogue.FORBIDDEN_CHARACTER,
        )
        self.tree.refused.add(tuple(self.trail))
