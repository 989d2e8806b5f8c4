"""Ids made of names."""

import re
import unicodedata
from collections import Counter
from collections.abc import Container
from itertools import count

LONGEST = 64
_GAP = re.compile(r"[^a-z0-9]+")


class Slugs:
    """Makes the ids of one kind of record.

    Args:
        noun: What the record of a name without any Latin letter is called.
        taken: Ids that are there; those that are made here must be among them before the next is.
    """

    def __init__(self, noun: str, taken: Container[str]) -> None:
        self._noun, self._taken = noun, taken
        self._last: Counter[str] = Counter()

    def make(self, name: str) -> str:
        """Make an id of a name that no other has.

        >>> Slugs("role", ()).make("Économie sociale")
        'economie-sociale'
        >>> Slugs("role", ["role"]).make("Γ")
        'role-2'
        """
        plain = unicodedata.normalize("NFKD", name).casefold().encode("ascii", "ignore").decode()
        base = (_GAP.sub("-", plain).strip("-") or self._noun)[:LONGEST]
        # Thousands of names may have no Latin letter: the numbers that are taken are not tried again.
        for number in count(self._last[base] + 1):
            end = f"-{number}" if number > 1 else ""
            made = base[: LONGEST - len(end)].strip("-") + end
            if made not in self._taken:
                self._last[base] = number
                return made
        raise AssertionError  # count never ends
