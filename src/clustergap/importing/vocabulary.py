"""The roles, levels, kinds and targets that words of a sheet may mean."""

from collections.abc import Sequence
from typing import NamedTuple

from clustergap.importing.claims import Word
from clustergap.importing.near_misses import NearMisses
from clustergap.importing.problem import Problem
from clustergap.importing.slugs import slug
from clustergap.sheets.names import Named, Names
from clustergap.wording import closest, one_of, quote


class NewRecord(NamedTuple):
    """A record that a sheet makes: its id, its name, and the other words for it."""

    id: str
    name: str
    aliases: Sequence[str] = ()


class Vocabulary:
    """The records of one kind; one that is *open* takes what it does not know for a new record.

    Args:
        noun: What a record is called in messages.
        records: Those that are known.
        is_open: Whether there may be new ones.
    """

    def __init__(self, noun: str, records: Sequence[Named], *, is_open: bool) -> None:
        self.noun, self.is_open = noun, is_open
        self.names = Names(records)
        self.new: dict[str, NewRecord] = {}
        self._words = _words(records)
        self._near = NearMisses(())

    def find(self, word: Word, problems: list[Problem]) -> str | None:
        """Return the id of what a word means, or None; then *problems* has one more."""
        meant = self.names.meant(word.text)
        if len(meant) == 1:
            return meant[0]
        if len(meant) > 1:
            message = f"{quote(word.text)} may mean {' or '.join(meant)}"
            problems.append(Problem(word.at, message, "write the id"))
            return None
        if self.is_open:
            return self._make(word, problems)
        problems.append(self._unknown(word))
        return None

    def _unknown(self, word: Word) -> Problem:
        known = list(dict.fromkeys(self._words.values()))
        match = closest(word.text, self._words)
        message = f"{quote(word.text)} is not a {self.noun}"
        if match:
            return Problem(word.at, message, f"did you mean {quote(self._words[match])}?")
        return Problem(word.at, message, one_of(known))

    def _make(self, word: Word, problems: list[Problem]) -> str:
        near = self._near.find(word.text)
        if near is not None:
            message = f"{quote(word.text)} is a new {self.noun} here"
            problems.append(Problem(word.at, message, f"did you mean {quote(near)}?"))
        record = NewRecord(slug(word.text, self.noun, self.new), word.text)
        self.new[record.id] = record
        self.names.add(record)
        self._near.add(word.text)
        return record.id


def _words(records: Sequence[Named]) -> dict[str, str]:
    # All ids before all names: the nearest to what data files say is suggested.
    words = {record.id: record.id for record in records}
    for record in records:
        words.setdefault(record.name, record.id)
        for alias in getattr(record, "aliases", ()):
            words.setdefault(alias, record.id)
    return words
