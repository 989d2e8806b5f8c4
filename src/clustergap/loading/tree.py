"""The tree of a file: its value as far as it is read, and what was refused on the way."""

import re
from dataclasses import dataclass, field

from yaml.events import AliasEvent, CollectionStartEvent, Event, ScalarEvent

from clustergap.checks.rules.files import (
    DUPLICATE_KEY,
    FORBIDDEN_CHARACTER,
    FORBIDDEN_YAML,
    YAML_SYNTAX,
)
from clustergap.findings import DataPath, Rule
from clustergap.loading.files import (
    LIMITS,
    Habit,
    Refusal,
    character_name,
    forbidden_in_value,
    too_many,
)
from clustergap.text import quote

NULL = frozenset(("", "~", "null", "Null", "NULL"))
NO_KEYS = NULL | {"<<"}
"""Unquoted words that stand for nothing, and those that are no key."""

MOST_APART = 10
"""Places of one habit that are told apart: so many a person may have written, more a program has."""

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

Value = object
"""None, a str, a list of values, a dict of str to values, or what a record reader made."""


@dataclass(slots=True)
class Tree:
    """A file's value, the places refused on the way, and the data paths that hold nothing because of it.

    ``lost`` holds the data paths at which something beside the value was refused: a second key, a key that is no
    text. ``twice`` holds the file's own keys that stand twice; ``complete`` is false where reading had to stop;
    the value is then None. ``trail`` is the data path of the entry being read: who reads, keeps it. Behind
    ``most_refused`` places nothing is read.
    """

    value: Value = None
    refusals: list[Refusal] = field(default_factory=list)
    refused: set[DataPath] = field(default_factory=set)
    lost: set[DataPath] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    complete: bool = False
    trail: list[str | int] = field(default_factory=list)
    most_refused: int = LIMITS.refused

    def stop(self, refusal: Refusal) -> None:
        """Give up: nothing can be read behind *refusal*."""
        self.refusals.append(refusal)
        self.value = None

    def refuse_duplicate(self, event: Event, key: str, first: Event) -> None:
        """Refuse a key that stands twice; the first one counts."""
        message = f"the key {quote(key)} stands twice, first at line {first.start_mark.line + 1}"
        self._refuse(event, message, "keep one of the two, or join them", DUPLICATE_KEY)
        self.lost.add((*self.trail, key))
        if not self.trail:
            self.twice.add(key)

    def refuse_key(self, event: Event, message: str) -> None:
        """Refuse a key that is no text."""
        self._refuse(event, message, "write every key out as text")
        self.lost.add(tuple(self.trail))

    def refuse_merge_key(self, event: Event) -> None:
        """Refuse the key <<, which takes in what an alias means."""
        self.refuse_key(event, "the merge key << is not read here")
        self.refusals[-1].habit = Habit.ALIASES

    def refuse_alias(self, event: AliasEvent) -> None:
        """Refuse an alias; nothing stands in its place."""
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
        """Tell of what another program writes all over the file once, at its first place."""
        for habit, message in _HABITS.items():
            of_it = [one for one in self.refusals if one.habit is habit]
            if len(of_it) <= MOST_APART:
                continue
            words = message.format(len(of_it) - 1)
            first = Refusal(
                FORBIDDEN_YAML, f"{of_it[0].message}, {words}", _HINTS[habit], of_it[0].offset
            )
            self.refusals = [
                first if one is of_it[0] else one
                for one in self.refusals
                if one.habit is not habit or one is of_it[0]
            ]

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
