"""What the header of a column may mean: a key of the list layout, a tier of government, or only a date, a place, a status."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from clustergap.model.mapping import KEYS
from clustergap.text import fold

_WORDS = Path(__file__).with_name("headers.tsv")

_PARTS = re.compile(r"[\n()\[\]]|\s/\s")
"""Between what is asked for by itself: a header in two languages, or with its unit in brackets."""

_HINT, _TIER = "hint-", "tier-"
_ANSWERING = {"date": "a date", "place": "a place", "status": "a status"}


def keys_of(header: str) -> tuple[str, ...]:
    """Return the keys that a header may mean, the likeliest first; a key's own name means that key alone.

    >>> keys_of("Start date"), keys_of("Cover_starts"), keys_of("Land / Country"), keys_of("Budget")
    (('starts',), ('cover_starts',), ('territories',), ())
    """
    return tuple(dict.fromkeys(key for part in _asked(header) for key in _keys(part)))


def is_key(header: str) -> bool:
    """Tell whether a header is a key's own name.

    >>> is_key("managing body"), is_key("Responsible")
    (True, False)
    """
    return _as_key(fold(header)) in KEYS


def answers(header: str) -> str:
    """Say what a header that means no key means all the same and an answer depends on; nothing if it does not.

    >>> answers("Date of adoption"), answers("Budget")
    ('a date', '')
    """
    words = set(re.findall(r"\w+", fold(header)))
    known = _by_word()
    found = (
        key.removeprefix(_HINT)
        for word in words | {fold(header)}
        for key in known.get(word, ())
        if key.startswith(_HINT)
    )
    return _ANSWERING.get(min(found, default=""), "")


def tier_of(word: str) -> int | None:
    """Return which tier of government a word names, from 1, the broadest; None if it names none.

    >>> tier_of("European"), tier_of("Länderebene"), tier_of("Budget")
    (1, 3, None)
    """
    found = [
        int(key.removeprefix(_TIER))
        for part in _asked(word)
        for key in _by_word().get(part, ())
        if key.startswith(_TIER)
    ]
    return min(found, default=None)


def tier_in(word: str) -> int | None:
    """Return the broadest tier of government that a name of a level speaks of, from 1; None if it speaks of none.

    >>> tier_in("Supranational region"), tier_in("Land Tirol"), tier_in("Tier A")
    (1, 2, None)
    """
    found = [tier_of(word), *map(tier_of, word.split())]
    return min((tier for tier in found if tier is not None), default=None)


def _asked(header: str) -> Iterator[str]:
    yield fold(header)
    for part in _PARTS.split(header):
        if part.strip():
            yield fold(part)


def _keys(part: str) -> Sequence[str]:
    key = _as_key(part)
    if key in KEYS:
        return (key,)
    return [key for key in _by_word().get(part.strip(" :.*#"), ()) if key in KEYS]


def _as_key(folded: str) -> str:
    return folded.replace(" ", "_").replace("-", "_")


@cache
def _by_word() -> dict[str, tuple[str, ...]]:
    by_word: dict[str, tuple[str, ...]] = {}
    for line in _WORDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        key, _language, words = line.split("\t")
        for word in map(fold, words.split("|")):
            if key not in by_word.get(word, ()):
                by_word[word] = (*by_word.get(word, ()), key)
    return by_word
