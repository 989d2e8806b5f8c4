"""The words by which people name a record: its id, its name, its short name, its aliases."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from clustergap.text import fold


class Named(Protocol):
    """A record that has an id and a name; it may have ``short`` and ``aliases`` too."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


def other_words(record: Named) -> tuple[str, ...]:
    """Return the words for a record beside its id and name: its short name and its aliases."""
    short = getattr(record, "short", None)
    return (*([short] if short else []), *getattr(record, "aliases", ()))


class Names:
    """Which record of one kind a word means."""

    def __init__(self, records: Iterable[Named]) -> None:
        self._names: dict[str, str] = {}
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        self._by_other: defaultdict[str, list[str]] = defaultdict(list)
        for record in records:
            self.add(record)

    def add(self, record: Named) -> None:
        """Know one more record."""
        self._names[record.id] = record.name
        self._by_name[fold(record.name)].append(record.id)
        for other in {fold(other) for other in other_words(record)}:
            self._by_other[other].append(record.id)

    def meant(self, word: str) -> list[str]:
        """Return the ids of the records that a word may mean: an id goes before a name, a name before the others."""
        folded = fold(word)
        for id_ in (word, folded):
            if id_ in self._names:
                return [id_]
        return self._by_name.get(folded) or self._by_other.get(folded) or []

    def label(self, id_: str) -> str:
        """Return what names a record for people and is understood as that record alone: its name, else its id."""
        name = self._names.get(id_, id_)
        return name if self.meant(name) == [id_] else id_

    def names(self) -> list[str]:
        """Return the names of all records, in their order."""
        return list(self._names.values())

    def labels(self) -> list[str]:
        """Return what names each record, in their order."""
        return [self.label(id_) for id_ in self._names]
