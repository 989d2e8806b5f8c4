"""Names that are nearly those of something known: the same thing misspelt, or another one?"""

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import chain

from clustergap.wording import fold

CLOSE = 0.8
"""How much of two words must be the same, of 1: a letter or two of ten may differ."""

_CLOSER = 0.9
"""How much of two names, where a space may stand in one and not in the other."""

_COMMON = 50
"""Names that share a part of three letters; more of them, and it tells nothing."""

MOST_PARTS = 100_000
"""Different parts that are known; those of all names of a language are some thousands."""

_LONGEST = 200
"""Letters of a name that are looked at; none in the data may have many more."""

_SHORT = 4
"""Parts of a name of so many letters."""

_MOST_LOOKED_AT = 8
_NUMBERS = re.compile(r"\d+")


class NearMisses:
    """Known names, by their parts of three letters, so that not each must be compared with each.

    Args:
        names: Those that are known.
        most_parts: Of so many different parts it is known where they stand.
    """

    def __init__(self, names: Iterable[str], most_parts: int = MOST_PARTS) -> None:
        self._most_parts = most_parts
        self._names: list[tuple[str, str]] = []
        self._by_part: dict[str, list[int]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Know one more name."""
        folded = fold(name)[:_LONGEST]
        for part in _parts(folded):
            sharing = self._by_part.get(part)
            if sharing is None and len(self._by_part) < self._most_parts:
                self._by_part[part] = [len(self._names)]
            elif sharing is not None and len(sharing) <= _COMMON:
                sharing.append(len(self._names))
        self._names.append((folded, name))

    def find(self, name: str) -> str | None:
        """Return the known name that *name* nearly is, or None.

        Names whose numbers differ, or a word of which is another one altogether, are of different things.

        >>> NearMisses(["INTERREG", "Horizon 2020"]).find("Interrreg")
        'INTERREG'
        >>> NearMisses(["Horizon 2020", "Fund North"]).find("Horizon 2021")
        >>> NearMisses(["Horizon 2020", "Fund North"]).find("Fund South")
        """
        folded = fold(name)[:_LONGEST]
        parts = _parts(folded)
        sharing = (self._by_part.get(part, ()) for part in parts)
        shared = Counter(chain.from_iterable(one for one in sharing if len(one) <= _COMMON))
        # A letter or two that differ leave two parts of a name the same, unless it is very short.
        least = 1 if len(parts) <= _SHORT else 2
        likely = [index for index, number in shared.items() if number >= least]
        best, meant = CLOSE, None
        for index in nlargest(_MOST_LOOKED_AT, likely, key=shared.__getitem__):
            known, original = self._names[index]
            if known != folded and _NUMBERS.findall(known) == _NUMBERS.findall(folded):
                ratio = likeness(folded, known)
                if ratio >= best:
                    best, meant = ratio, original
        return meant


def likeness(one: str, other: str) -> float:
    """Return how much of two names is the same, of 1, word by word; nothing if it is less than ``CLOSE``."""
    words, others = one.split(), other.split()
    if len(words) == len(others):
        return min(_ratio(a, b) for a, b in zip(words, others, strict=True))
    together = _ratio("".join(words), "".join(others))
    return together if together >= _CLOSER else 0.0


def _ratio(one: str, other: str) -> float:
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.quick_ratio() >= CLOSE else 0.0


def _parts(folded: str) -> list[str]:
    padded = f" {folded} "
    # In their order, as a set would not be: the same sheet asks the same questions.
    return list(dict.fromkeys(padded[i : i + 3] for i in range(len(padded) - 2)))
