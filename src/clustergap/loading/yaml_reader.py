"""Strict YAML: parser events to plain values; whatever data files may not have is refused at its event.

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

from clustergap.checks.files import (
    DUPLICATE_KEY,
    EMPTY_FILE,
    FORBIDDEN_CHARACTER,
    FORBIDDEN_YAML,
    TOO_LARGE,
    YAML_SYNTAX,
)
from clustergap.findings import DataPath, Rule
from clustergap.loading.files import (
    FILE_LIMITS,
    FileLimits,
    Habit,
    Refusal,
    character_name,
    forbidden_in_value,
    too_many,
)
from clustergap.loading.yaml_dialect import (
    PARSE_ERRORS,
    OpenEvents,
    open_events,
    refuse_block_header,
    refuse_conflict_rests,
    refuse_conflicts,
    refuse_directives,
    refuse_tabs,
    syntax_refusal,
    too_deep,
)
from clustergap.model.record import Quoted
from clustergap.text import quote

NULL = frozenset(("", "~", "null", "Null", "NULL"))
NO_KEYS = NULL | {"<<"}
"""Unquoted words for nothing, and unquoted words that cannot be keys."""

MOST_APART = 10
"""Places of one habit that are reported one by one: a person may have written so many, more come from a program."""

_HABITS = {
    Habit.ALIASES: "nor are {:,} more anchors and aliases: your writer makes them",
    Habit.TAGS: "nor are {:,} more tags: your writer makes them",
}
_HINTS = {
    Habit.ALIASES: "switch aliases off there (PyYAML: Dumper.ignore_aliases = lambda *_: True; ruamel.yaml: "
    "yaml.representer.ignore_aliases = lambda *_: True), or write JSON",
    Habit.TAGS: "let it write plain values (PyYAML: safe_dump; ruamel.yaml: YAML(typ='safe')), or write JSON",
}

_SURROGATE = re.compile("[\ud800-\udfff]")

REFUSED_KEY = "\0"
"""Stands for a refused key; no key of a file can have this character."""

_AMBIGUOUS = re.compile(r"true|false|-?[0-9]+", re.ASCII)

TreeValue = object
"""None, a str, a list of values, a dict of str to values, or what a record reader made."""

RecordReader = Callable[[int, TreeValue, int], object]
"""Turns an item of a top-level list (index, item, offset in the text) into its replacement in the tree."""


@dataclass(slots=True)
class Tree:
    """The value of a file, the refusals, and the data paths that have no value because of them (``refused``).

    ``lost`` holds the data paths that lost an entry to a refusal: a second key, a key that is not a text. ``twice`` holds
    the top-level keys that occur twice; ``complete`` is false if reading had to stop, and the value is then None.
    ``trail`` is the data path of the entry being read; the builder keeps it. After ``most_refused`` refusals reading
    stops.
    """

    value: TreeValue = None
    refusals: list[Refusal] = field(default_factory=list)
    refused: set[DataPath] = field(default_factory=set)
    lost: set[DataPath] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    complete: bool = False
    trail: list[str | int] = field(default_factory=list)
    most_refused: int = FILE_LIMITS.refused

    def stop(self, refusal: Refusal) -> None:
        """Stop reading after *refusal*."""
        self.refusals.append(refusal)
        self.value = None

    def refuse_duplicate(self, event: Event, key: str, first: int) -> None:
        """Refuse a duplicate key; the one on the *first* line, counted from 0, counts."""
        message = f"the key {quote(key)} stands twice, first at line {first + 1}"
        self._refuse(event, message, "keep one of the two, or join them", DUPLICATE_KEY)
        self.lost.add((*self.trail, key))
        if not self.trail:
            self.twice.add(key)

    def refuse_key(self, event: Event, message: str) -> None:
        """Refuse a key that is not a text."""
        self._refuse(event, message, "write every key out as text")
        self.lost.add(tuple(self.trail))

    def refuse_merge_key(self, event: Event) -> None:
        """Refuse the merge key <<."""
        self.refuse_key(event, "the merge key << is not read here")
        self.refusals[-1].habit = Habit.ALIASES

    def refuse_alias(self, event: AliasEvent) -> None:
        """Refuse an alias; its entry has no value."""
        self._refuse(
            event, f"the alias {quote(f'*{event.anchor}')} is not read here", "write the value out"
        )
        self.refusals[-1].habit = Habit.ALIASES
        self._lose_entry()

    def refuse_properties(self, event: ScalarEvent | CollectionStartEvent) -> None:
        """Refuse the anchor and the tag of an entry, if it has them."""
        if event.anchor is not None:
            message = f"the anchor {quote(f'&{event.anchor}')} is not read here"
            self._refuse(event, message, "delete it, and write the value out where it is used")
            self.refusals[-1].habit = Habit.ALIASES
        if event.tag is not None:
            message = f"the tag {quote(event.tag)} is not read here"
            hint = "delete it: every scalar is text unless the key wants otherwise"
            self._refuse(event, message, hint)
            self.refusals[-1].habit = Habit.TAGS
            self._lose_entry()

    def fold(self) -> None:
        """Report only the first place of what another program writes all over the file."""
        for habit, words in _HABITS.items():
            refusals = [refusal for refusal in self.refusals if refusal.habit is habit]
            if len(refusals) <= MOST_APART:
                continue
            first, *others = refusals
            message = f"{first.message}, {words.format(len(others))}"
            self.refusals[self.refusals.index(first)] = Refusal(
                FORBIDDEN_YAML, message, _HINTS[habit], first.offset
            )
            self.refusals = [refusal for refusal in self.refusals if refusal.habit is not habit]

    def refuse_escapes(self, event: ScalarEvent) -> None:
        """Refuse an escape that writes a forbidden character, if there is one.

        Raises:
            Refusal: It writes half a character, which libyaml calls a syntax error.
        """
        run = next(forbidden_in_value(event.value), None)
        if run is None:
            return
        if _SURROGATE.search(event.value):
            raise Refusal(
                YAML_SYNTAX,
                "this is not YAML: an escape names half a character",
                "write the character itself",
                event.start_mark.index,
            )
        self._refuse(
            event,
            f"an escape writes the character {character_name(run[0][0])}, which may not stand in a data file",
            "delete the escape",
            FORBIDDEN_CHARACTER,
        )
        self._lose_entry()

    def _refuse(self, event: Event, message: str, hint: str, rule: Rule = FORBIDDEN_YAML) -> None:
        if len(self.refusals) == self.most_refused:
            raise too_many(event.start_mark.index, self.most_refused)
        self.refusals.append(Refusal(rule, message, hint, event.start_mark.index))

    def _lose_entry(self) -> None:
        self.refused.add(tuple(self.trail))


def build_tree(
    text: str,
    readers: Mapping[str, RecordReader],
    open_source: OpenEvents = open_events,
    *,
    limits: FileLimits = FILE_LIMITS,
) -> Tree:
    """Read *text* as the strict subset of YAML.

    Args:
        text: A whole file, without forbidden characters.
        readers: For a top-level key, the function that replaces each item of its list.
        open_source: Opens the parser.
        limits: The limits of the file.

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
        conflicts = refuse_conflict_rests(text)
        for reason in conflicts or [syntax_refusal(error, text, source, limits.levels)]:
            builder.tree.stop(reason)
    builder.tree.fold()
    return builder.tree


def quoted_value(text: str) -> str:
    """Return what a scalar in quotes means."""
    return Quoted(text) if _AMBIGUOUS.fullmatch(text) else text


class _Builder:
    """One pass over the events."""

    def __init__(self, text: str, readers: Mapping[str, RecordReader], limits: FileLimits) -> None:
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

    def node(self, event: Event) -> TreeValue:
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
            return value
        return quoted_value(value)

    def mapping(self) -> dict[str, TreeValue]:
        # The hot loop: a bare scalar, as nearly every key and value is, takes no further call.
        result: dict[str, TreeValue] = {}
        firsts: dict[str, int] = {}
        next_event, trail, most = self.next_event, self.trail, self.limits.values
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
            elif key != REFUSED_KEY:
                result[key] = value
                # The line, not the event, which takes ten times the room.
                firsts[key] = event.start_mark.line
                if len(result) > most:
                    self.weigh(len(result), event)
        if len(result) > self.limits.few:
            self.weigh(len(result), event)
        return result

    def key(self, event: Event) -> str:
        if not isinstance(event, ScalarEvent):
            self.tree.refuse_key(event, "a key must be text, not a list, a mapping or an alias")
            self.trail.append(REFUSED_KEY)
            if not isinstance(event, AliasEvent):
                self.node(event)
            self.trail.pop()
            return REFUSED_KEY
        key: str | None = event.value
        if event.style or event.anchor is not None or event.tag is not None:
            # A refusal of a key concerns the key, not the mapping that contains it.
            self.trail.append(REFUSED_KEY)
            key = self.scalar(event)
            self.trail.pop()
            if any(forbidden_in_value(key or "")):
                return REFUSED_KEY
        elif key in NULL:
            key = None
        elif key == "<<":
            self.tree.refuse_merge_key(event)
            return REFUSED_KEY
        if key is None:
            self.tree.refuse_key(event, "a key is missing or null here")
            return REFUSED_KEY
        return key

    def sequence(self) -> list[TreeValue]:
        trail, items = self.trail, list[object]()
        # Only the first list with a name counts; a second one is refused.
        reader = self.readers.pop(str(trail[0]), None) if len(trail) == 1 else None
        if reader is not None:
            self.values = 0
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
        # Items that a record reader has read are dropped; the number of all other values is limited.
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
