"""Names that are nearly those of something known: the same thing misspelt, or another one?"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

from clustergap.sheets.names import fold

CLOSE = 0.8
"""How much of two words must be the same, of 1: a letter or two of ten may differ."""

_CLOSER = 0.9
"""How much of two names, where a space may stand in one and not in the other."""

_COMMON = 50
"""Names that share a part of three letters; more of them, and it tells nothing."""

_MOST_LOOKED_AT = 8
_NUMBERS = re.compile(r"\d+")


class NearMisses:
    """Known names, by their parts of three letters, so that not each must be compared with each."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: list[tuple[str, str]] = []
        self._by_part: defaultdict[str, list[int]] = defaultdict(list)
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Know one more name."""
        folded = fold(name)
        for part in _parts(folded):
            self._by_part[part].append(len(self._names))
        self._names.append((folded, name))

    def find(self, name: str) -> str | None:
        """Return the known name that *name* nearly is, or None.

        Names whose numbers differ, or a word of which is another one altogether, are of different things.

        >>> NearMisses(["INTERREG", "Horizon 2020"]).find("Interrreg")
        'INTERREG'
        >>> NearMisses(["Horizon 2020", "Fund North"]).find("Horizon 2021")
        >>> NearMisses(["Horizon 2020", "Fund North"]).find("Fund South")
        """
        folded = fold(name)
        shared = Counter(
            index
            for part in _parts(folded)
            if len(self._by_part.get(part, ())) <= _COMMON
            for index in self._by_part.get(part, ())
        )
        best, meant = CLOSE, None
        for index, _ in shared.most_common(_MOST_LOOKED_AT):
            known, original = self._names[index]
            if known != folded and _NUMBERS.findall(known) == _NUMBERS.findall(folded):
                ratio = likeness(folded, known)
                if ratio >= best:
                    best, meant = ratio, original
        return meant


def likeness(one: str, other: str) -> float:
    """Return how much of two names is the same, of 1, word by word."""
    words, others = one.split(), other.split()
    if len(words) == len(others):
        return min(_ratio(a, b) for a, b in zip(words, others, strict=True))
    together = _ratio("".join(words), "".join(others))
    return together if together >= _CLOSER else 0.0


def _ratio(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other).ratio()


def _parts(folded: str) -> set[str]:
    padded = f" {folded} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}
