"""The roles, levels, kinds and targets that words of a sheet may mean."""

from collections.abc import Sequence
from typing import NamedTuple

from clustergap.importing.claims import Word
from clustergap.importing.options import NewNames, new_option
from clustergap.importing.problem import Problem, Problems, SheetError
from clustergap.importing.slugs import make_id
from clustergap.importing.texts import too_long
from clustergap.model.names import Named, Names, other_words
from clustergap.near_misses import NearMisses
from clustergap.wording import closest, either, known_words, quote, quote_whole


class NewRecord(NamedTuple):
    """A record that a sheet makes: its id, its name, and the other words for it."""

    id: str
    name: str
    aliases: Sequence[str] = ()


MOST_COMPARED = 200
"""What is known, of which the nearest is looked for: each is compared."""


class Vocabulary:
    """The records of one kind, which takes some of the words that it does not know for new records.

    Args:
        noun: What a record is called in messages.
        records: Those that are known.
        most_new: How many new ones there may be; 0 if it is closed.
        new_names: Words that are new, however near to another.
    """

    def __init__(
        self, noun: str, records: Sequence[Named], most_new: int, new_names: NewNames
    ) -> None:
        self.noun, self.most_new, self.new_names = noun, most_new, new_names
        self.names = Names(records)
        self.new: dict[str, NewRecord] = {}
        self._words = _words(records)
        self._near = NearMisses(())
        self._unknown: dict[str, Problem] = {}

    def find(self, word: Word, problems: Problems) -> str | None:
        """Return the id of what a word means, or None; then *problems* has one more."""
        meant = self.names.meant(word.text)
        if len(meant) == 1:
            return meant[0]
        if len(meant) > 1:
            message = f"{quote(word.text)} may mean {either(meant)}"
            problems.add(Problem(word.at, message, "write the id"))
            return None
        if self.most_new:
            return self._make(word, problems)
        if word.text not in self._unknown:
            self._unknown[word.text] = self._look_for(word)
        problems.add(self._unknown[word.text]._replace(at=word.at))
        return None

    def _look_for(self, word: Word) -> Problem:
        known = list(dict.fromkeys(self._words.values()))
        match = closest(word.text, self._words) if len(self._words) <= MOST_COMPARED else None
        message = f"{quote(word.text)} is not a {self.noun}"
        if match:
            return Problem(word.at, message, f"did you mean {quote(self._words[match])}?")
        return Problem(word.at, message, known_words(known, self.noun))

    def _make(self, word: Word, problems: Problems) -> str | None:
        if len(self.new) == self.most_new:
            message = (
                f"this is one {self.noun} more than the {self.most_new:,} that a sheet may bring"
            )
            hint = "look whether its column is the right one"
            raise SheetError([Problem(word.at, message, hint)])
        if problem := too_long(word.text, "name", word.at, self.noun):
            problems.add(problem)
            return None
        id_ = make_id(word.text)
        if id_ is None or id_ in self.new:
            problems.add(self._lacks_id(word, id_))
            return None
        is_said = self.new_names.are_all or word.text in self.new_names
        near = None if is_said else self._near.find(word.text)
        if near is not None:
            message = f"{quote_whole(word.text)} is a new {self.noun} here"
            hint = (
                f"did you mean {quote_whole(near)}? If it is another one: {new_option(word.text)}"
            )
            problems.add(Problem(word.at, message, hint))
        record = NewRecord(id_, word.text)
        self.new[record.id] = record
        self.names.add(record)
        self._near.add(word.text)
        return record.id

    def _lacks_id(self, word: Word, id_: str | None) -> Problem:
        if id_ is None:
            message = f"no id can be made of {quote(word.text)}"
            hint = "write it in Latin letters, or give it an id in a mapping (--propose)"
            return Problem(word.at, message, hint)
        other = quote(self.new[id_].name)
        message = f"{quote(word.text)} would have the id of the {self.noun} {other}, {quote(id_)}"
        hint = f"write {other} if it is the same; else another name, or its id in a mapping (--propose)"
        return Problem(word.at, message, hint)


def _words(records: Sequence[Named]) -> dict[str, str]:
    # All ids before all names: the nearest to what data files say is suggested.
    words = {record.id: record.id for record in records}
    for record in records:
        words.setdefault(record.name, record.id)
        for other in other_words(record):
            words.setdefault(other, record.id)
    return words
