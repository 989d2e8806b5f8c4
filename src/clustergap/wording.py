"""Words for people: quoted values, suggestions, lists. Every message of the program goes through here."""

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from itertools import islice

LONGEST_QUOTE = 60
LONGEST_NAME = 300
MOST_LISTED = 12

_PLAIN_ON_WINDOWS = re.compile(r"[\w.:\\/-]*[\w.:/-]")
"""A word that needs no quotes there."""

_KINDS = {type(None): "nothing", list: "a list", dict: "a mapping"}
"""What stands for a value that is no text."""

_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks by their category, but drawn as nothing: joiners, Hangul fillers, the empty Braille cell."""


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
    """Show a name as ``quote`` does, but whole, as long as a name may be: where two differ, both are needed to the end."""
    return f"'{visible(name)}'" if len(name) <= LONGEST_NAME else quote(name)


def quote_apart(one: str, other: str) -> tuple[str, str]:
    """Show two texts that are not the same so that a reader sees where: names whole, of long texts the part around it.

    >>> quote_apart("full", "partial")
    ("'full'", "'partial'")
    >>> quote_apart("a" * 400 + " end", "a" * 400 + " start")[1]
    "'…aaaaaaaaaaaaaaaaaaaaaaaaaaaaa start'"
    """
    if max(len(one), len(other)) <= LONGEST_NAME:
        return quote_whole(one), quote_whole(other)
    pairs = enumerate(zip(one, other, strict=False))
    differ = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    begin = differ - LONGEST_QUOTE // 2
    if begin <= 0:
        return quote(one), quote(other)
    return quote(f"…{one[begin:]}"), quote(f"…{other[begin:]}")


def visible(text: str) -> str:
    r"""Write every character that a reader cannot see, or that would act, as its escape.

    >>> visible("a\x1b[31m b\n\u00a0")
    'a\\x1b[31m b\\n\\xa0'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if _is_seen(c) else ascii(c)[1:-1] for c in text)


def one_of(words: Collection[str]) -> str:
    """List *words* with commas, at most ``MOST_LISTED`` of them.

    >>> one_of(["eu", "country", "region"])
    'eu, country, region'
    """
    return _listed(words, ", ")


def known_words(words: Collection[str], noun: str) -> str:
    """List the words of one kind that a dataset has, or say that it has none.

    >>> known_words(["smes"], "target"), known_words([], "target")
    ('smes', 'this dataset names no targets')
    """
    return one_of(words) or f"this dataset names no {noun}s"


def either(words: Collection[str]) -> str:
    """Say that it is one of *words*, of which at most ``MOST_LISTED`` are named.

    >>> either(["h2020", "horizon"])
    'h2020 or horizon'
    """
    return _listed(words, " or ")


def all_of(words: Collection[str]) -> str:
    """Say that it is all of *words*, of which at most ``MOST_LISTED`` are named.

    >>> all_of(["PT1A"]), all_of(["FRG", "FRH", "FRI"])
    ('PT1A', 'FRG, FRH and FRI')
    """
    *others, last = words
    if not others or len(words) > MOST_LISTED:
        return one_of(words)
    return f"{', '.join(others)} and {last}"


def _listed(words: Collection[str], joint: str) -> str:
    more = f"{joint}… ({len(words)} in all)" if len(words) > MOST_LISTED else ""
    return joint.join(islice(words, MOST_LISTED)) + more


def closest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the one of *known* that *word* most likely means, or None where none is as like it.

    >>> closest("regin", ["eu", "country", "region"])
    'region'
    """
    from difflib import get_close_matches  # noqa: PLC0415 - 3 ms that only a mistake needs

    folded = {fold(candidate): candidate for candidate in reversed(list(known))}
    match = get_close_matches(fold(word[:200]), folded, n=1, cutoff=likeness)
    return folded[match[0]] if match else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Say which of *known* is meant, or nothing.

    >>> did_you_mean("social-econmy", ["social-economy"])
    "did you mean 'social-economy'?"
    """
    match = closest(word, known)
    return f"did you mean {quote(match)}?" if match else ""


def fold(word: str) -> str:
    r"""Write a word as it is compared: without case, width and doubled spaces.

    >>> fold("  Social\u00a0 Economy ")
    'social economy'
    """
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())


def as_typed(words: Sequence[str]) -> str:
    """Write words as they are typed at a shell, so that they can be copied.

    >>> as_typed(["--new", "Fund"])
    '--new Fund'
    """
    if os.name == "nt":
        return " ".join(map(_as_typed_on_windows, words))
    from shlex import join  # noqa: PLC0415 - only a question needs it

    return join(words)


def _as_typed_on_windows(word: str) -> str:
    # As programs part their command line; between quotes cmd.exe does nothing with & and |.
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


def sized(most: int) -> str:
    """Say how many bytes these are, in MiB where they are whole ones.

    >>> sized(64 * 1024 * 1024), sized(3_000)
    ('64 MiB', '3,000 bytes')
    """
    whole, rest = divmod(most, 1024 * 1024)
    return count(most, "byte") if rest else count(whole, "MiB", "MiB")


def _is_seen(character: str) -> bool:
    hidden = unicodedata.category(character)[0] in "CZ" or character in _BLANK_LETTERS
    return character == " " or not hidden
