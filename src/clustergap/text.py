"""Text for people: quoted values, lists, suggestions, names that are nearly alike. Every message goes through here."""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from heapq import nlargest
from itertools import chain, islice

LONGEST_QUOTE = 60
LONGEST_NAME = 300
MOST_LISTED = 12
A_FEW = 4

_PLAIN_ON_WINDOWS = re.compile(r"[\w.:\\/-]*[\w.:/-]")
"""A word that needs no quotes on Windows."""

_KINDS = {type(None): "nothing", list: "a list", dict: "a mapping"}
"""The words for a value that is not a text."""

_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks by category that are invisible: joiners, Hangul fillers, the empty Braille cell."""

CLOSE = 0.8
"""The likeness, up to 1, from which words are close: one or two letters of ten may differ."""

_CLOSE_TOGETHER = 0.9
"""The likeness from which names are close if spaces do not count."""

_MOST_SHARING = 50
"""Names that share a part of three letters; a part of more names is ignored."""

MOST_PARTS = 100_000
"""Distinct parts that are indexed; all names of a language have some thousands."""

_MOST_LETTERS = 200
"""Letters of a name that are compared; no name in the data may have many more."""

_FEW_PARTS = 4
"""Parts of a name of so many letters."""

_MOST_LOOKED_AT = 8
_NUMBERS = re.compile(r"\d+")

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def quote(value: object) -> str:
    r"""Show *value* in single quotes on one line: invisible characters by their escape, long texts cut.

    Messages quote text from strangers' files and file names; nothing in it may move the cursor,
    forge a line or hide a character.

    >>> quote("social\u200beconomy")
    "'social\\u200beconomy'"
    """
    if not isinstance(value, str):
        return _KINDS.get(type(value), f"'{visible(str(value))}'")
    cut = value if len(value) <= LONGEST_QUOTE else value[: LONGEST_QUOTE - 1] + "…"
    return f"'{visible(cut)}'"


def quote_whole(name: str) -> str:
    """Show a name as ``quote`` does, but up to the greatest length of a name, as two names may differ only at the end."""
    return f"'{visible(name)}'" if len(name) <= LONGEST_NAME else quote(name)


def quote_apart(text: str, other: str) -> tuple[str, str]:
    """Show two texts so that a reader sees where they differ: names in full, of long texts the part that differs.

    >>> quote_apart("full", "partial")
    ("'full'", "'partial'")
    >>> quote_apart("a" * 400 + " end", "a" * 400 + " start")[1]
    "'…aaaaaaaaaaaaaaaaaaaaaaaaaaaaa start'"
    """
    if max(len(text), len(other)) <= LONGEST_NAME:
        return quote_whole(text), quote_whole(other)
    pairs = enumerate(zip(text, other, strict=False))
    differ = next((at for at, (a, b) in pairs if a != b), min(len(text), len(other)))
    begin = differ - LONGEST_QUOTE // 2
    if begin <= 0:
        return quote(text), quote(other)
    return quote(f"…{text[begin:]}"), quote(f"…{other[begin:]}")


def visible(text: str) -> str:
    r"""Write every character that a reader cannot see, or that would act, as its escape.

    >>> visible("a\x1b[31m b\n\u00a0")
    'a\\x1b[31m b\\n\\xa0'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if _is_seen(c) else ascii(c)[1:-1] for c in text)


def _is_seen(character: str) -> bool:
    hidden = unicodedata.category(character)[0] in "CZ" or character in _BLANK_LETTERS
    return character == " " or not hidden


def one_of(words: Collection[str]) -> str:
    """List *words* with commas, at most ``MOST_LISTED`` of them.

    >>> one_of(["eu", "country", "region"])
    'eu, country, region'
    """
    return _listed(words, ", ")


def known_words(words: Collection[str], noun: str) -> str:
    """List the words of a kind that a dataset has, or say that it has none.

    >>> known_words(["smes"], "target"), known_words([], "target")
    ('smes', 'this dataset names no targets')
    """
    return one_of(words) or f"this dataset names no {noun}s"


def either(words: Collection[str]) -> str:
    """Join *words* with "or"; at most ``MOST_LISTED`` are listed.

    >>> either(["h2020", "horizon"])
    'h2020 or horizon'
    """
    return _listed(words, " or ")


def all_of(words: Collection[str]) -> str:
    """Join *words* with "and"; at most ``MOST_LISTED`` are listed.

    >>> all_of(["PT1A"]), all_of(["FRG", "FRH", "FRI"])
    ('PT1A', 'FRG, FRH and FRI')
    """
    *others, last = words
    if not others or len(words) > MOST_LISTED:
        return one_of(words)
    return f"{', '.join(others)} and {last}"


def a_few_of(words: Sequence[str], most: int = A_FEW) -> str:
    """List up to four *words*, or as many as are given, else one less and the number of the rest.

    >>> a_few_of(["A", "B", "C", "D"]), a_few_of(["A", "B", "C", "D", "E"])
    ('A, B, C, D', 'A, B, C and 2 more')
    """
    if len(words) <= most:
        return ", ".join(words)
    return f"{', '.join(words[: most - 1])} and {len(words) - most + 1:,} more"


def capitalise(clause: str) -> str:
    """Write a clause as the beginning of a sentence: with a capital letter, the rest unchanged.

    >>> capitalise("no links to EU")
    'No links to EU'
    """
    return f"{clause[0].upper()}{clause[1:]}"


def as_sentence(clause: str) -> str:
    """Write a clause as a sentence.

    >>> as_sentence("no links")
    'No links.'
    """
    return f"{capitalise(clause)}."


def as_many_as_fit(sentences: Sequence[str], most: int, noun: str) -> str:
    """Join as many *sentences* as *most* characters hold, each whole, and count what the others are about.

    >>> as_many_as_fit(["One ends.", "Two ends.", "Three end much later."], 35, "day")
    'One ends. Two ends. And 1 more day.'
    """
    whole = " ".join(sentences)
    if len(whole) <= most:
        return whole
    for number in range(len(sentences) - 1, -1, -1):
        left = count(len(sentences) - number, f"more {noun}")
        told = " ".join([*sentences[:number], f"And {left}."])
        if len(told) <= most:
            break
    return told


def _listed(words: Collection[str], joint: str) -> str:
    more = f"{joint}… ({len(words):,} in all)" if len(words) > MOST_LISTED else ""
    return joint.join(islice(words, MOST_LISTED)) + more


def closest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the one of *known* that *word* most likely means, or None if none has that *likeness*.

    >>> closest("regin", ["eu", "country", "region"])
    'region'
    """
    from difflib import get_close_matches  # noqa: PLC0415 - 3 ms that only a mistake needs

    folded = {fold(candidate): candidate for candidate in reversed(list(known))}
    match = get_close_matches(fold(word[:200]), folded, n=1, cutoff=likeness)
    return folded[match[0]] if match else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Ask whether one of *known* is meant; nothing if none is near.

    >>> did_you_mean("social-econmy", ["social-economy"])
    "did you mean 'social-economy'?"
    """
    match = closest(word, known)
    return f"did you mean {quote(match)}?" if match else ""


def meant_instead(words: str, names: Sequence[str]) -> str:
    """Suggest one of *names* in a further sentence, or nothing; the branch of a remote is also matched by its last part."""
    near = [name for name in names if name.endswith(f"/{words}")]
    meant = near[0] if near else closest(words, names)
    if meant and len(meant) > LONGEST_QUOTE:
        meant = "…/" + meant.rstrip("/").rpartition("/")[2]  # its end is what differs
    return f". Did you mean {quote(meant)}?" if meant else ""


def fold(word: str) -> str:
    r"""Fold a word for comparison: without case, width and repeated spaces.

    >>> fold("  Social\u00a0 Economy ")
    'social economy'
    """
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())


def as_typed(words: Sequence[str], system: str = os.name) -> str:
    """Quote words for the shells of a system, by its ``os.name``, so that they can be copied.

    >>> as_typed(["--new", "Fund"])
    '--new Fund'
    """
    if system == "nt":
        return " ".join(map(_as_typed_on_windows, words))
    from shlex import join  # noqa: PLC0415 - only a question needs it

    return join(words)


def _as_typed_on_windows(word: str) -> str:
    # As programs split their command line; within quotes cmd.exe ignores & and |.
    if _PLAIN_ON_WINDOWS.fullmatch(word):
        return word
    escaped = re.sub(r'(\\*)"', r"\1\1\"", word)
    closed = re.sub(r"(\\+)\Z", r"\1\1", escaped)
    return f'"{closed}"'


def count(number: int, noun: str, plural: str = "") -> str:
    """Count *noun* in words.

    >>> count(1, "error"), count(2, "error"), count(2, "entry", "entries")
    ('1 error', '2 errors', '2 entries')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


_SPELT = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def spell_number(number: int) -> str:
    """Write a number as a sentence does: up to twelve in letters.

    >>> spell_number(6), spell_number(1200)
    ('six', '1,200')
    """
    return _SPELT[number] if number < len(_SPELT) else f"{number:,}"


def long_day(day: date) -> str:
    """Write a day as a sentence does.

    >>> long_day(date(2026, 11, 2))
    '2 November 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """Write a day as a heading or a label does.

    >>> short_day(date(2026, 11, 2))
    '2 Nov 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


_RIGHT_TO_LEFT = (
    "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_PHRASE = re.compile(
    rf"[{_RIGHT_TO_LEFT}](?:[{_RIGHT_TO_LEFT}\u200c\u200d\d '’-]*[{_RIGHT_TO_LEFT}])?"
)


def isolate(text: str, begin: str = "\u2068", end: str = "\u2069") -> str:
    """Set what is written from right to left apart, so that the numbers and signs of the sentence around it stay in place.

    Args:
        text: A text that is read from left to right.
        begin: What stands before each such phrase: the sign of Unicode, or what means the same in a format.
        end: What stands behind it.

    >>> isolate("at אבג 2: 3 full", "<", ">")
    'at <אבג> 2: 3 full'
    """
    return text if text.isascii() else _PHRASE.sub(rf"{begin}\g<0>{end}", text)


def isolate_names(text: str) -> str:
    """Set what is written from right to left apart in a sentence; a text that is all of it such a name stays, to be found as it is.

    >>> isolate_names("אבג") == "אבג", isolate_names("at אבג") == "at \u2068אבג\u2069"
    (True, True)
    """
    apart = isolate(text)
    return text if apart == f"\u2068{text}\u2069" else apart


def sized(most: int) -> str:
    """Write a number of bytes, in MiB if it is a multiple.

    >>> sized(64 * 1024 * 1024), sized(3_000)
    ('64 MiB', '3,000 bytes')
    """
    whole, rest = divmod(most, 1024 * 1024)
    return count(most, "byte") if rest else count(whole, "MiB", "MiB")


class NearMisses:
    """Known names, indexed by their parts of three letters, so that not every pair must be compared.

    Args:
        names: The known names.
        most_parts: How many distinct parts are indexed.
    """

    def __init__(self, names: Iterable[str], most_parts: int = MOST_PARTS) -> None:
        self._most_parts = most_parts
        self._names: list[tuple[str, str]] = []
        self._by_part: dict[str, list[int]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Add a name."""
        folded = fold(name)[:_MOST_LETTERS]
        for part in _parts(folded):
            sharing = self._by_part.get(part)
            if sharing is None and len(self._by_part) < self._most_parts:
                self._by_part[part] = [len(self._names)]
            elif sharing is not None and len(sharing) <= _MOST_SHARING:
                sharing.append(len(self._names))
        self._names.append((folded, name))

    def find(self, name: str) -> str | None:
        """Return the known name that *name* nearly is, or None.

        Names with different numbers, or with an entirely different word, mean different things.

        >>> NearMisses(["INTERREG", "Horizon 2020"]).find("Interrreg")
        'INTERREG'
        >>> NearMisses(["Horizon 2020", "Fund North"]).find("Horizon 2021")
        >>> NearMisses(["Horizon 2020", "Fund North"]).find("Fund South")
        """
        folded = fold(name)[:_MOST_LETTERS]
        parts = _parts(folded)
        sharing = (self._by_part.get(part, ()) for part in parts)
        shared = Counter(
            chain.from_iterable(indices for indices in sharing if len(indices) <= _MOST_SHARING)
        )
        # If a letter or two differ, two parts are still the same, unless the name is very short.
        least = 1 if len(parts) <= _FEW_PARTS else 2
        likely = [index for index, number in shared.items() if number >= least]
        best, meant = CLOSE, None
        for index in nlargest(_MOST_LOOKED_AT, likely, key=shared.__getitem__):
            known, original = self._names[index]
            if known != folded and _NUMBERS.findall(known) == _NUMBERS.findall(folded):
                ratio = likeness(folded, known)
                if ratio >= best:
                    best, meant = ratio, original
        return meant


def likeness(name: str, other: str) -> float:
    """Return the likeness of two names, up to 1, word by word; 0 if it is less than ``CLOSE``."""
    words, others = name.split(), other.split()
    if len(words) == len(others):
        return min(_ratio(a, b) for a, b in zip(words, others, strict=True))
    together = _ratio("".join(words), "".join(others))
    return together if together >= _CLOSE_TOGETHER else 0.0


def _ratio(text: str, other: str) -> float:
    if text == other:
        return 1.0
    from difflib import SequenceMatcher  # noqa: PLC0415 - 3 ms that only a comparison needs

    matcher = SequenceMatcher(None, text, other)
    return matcher.ratio() if matcher.quick_ratio() >= CLOSE else 0.0


def _parts(folded: str) -> list[str]:
    padded = f" {folded} "
    # In their order, unlike a set, so that the same sheet always asks the same questions.
    return list(dict.fromkeys(padded[i : i + 3] for i in range(len(padded) - 2)))
