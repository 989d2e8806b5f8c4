"""Names in a table: several in one text, new names, questions about them, and the ids made of them."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from clustergap.importing.cell_texts import on_one_line
from clustergap.importing.problems import Problem, Problems
from clustergap.model.record import Named, other_words
from clustergap.spreadsheet.sheet import Address
from clustergap.text import (
    NearMisses,
    all_of,
    as_typed,
    fold,
    quote_whole,
    visible,
)

_SEPARATOR = re.compile(r"[;|\n,]")

_COMMA = ","

_MOST_JOINED = 12
"""Parts that are looked up together as one text: no name has as many commas."""

_MOST_SEEN = 4_096
"""Runs of parts that are remembered."""

_LONGEST_JOINED = 300
"""Letters of a text that is looked up as a whole: no name has more."""

_BETWEEN_WORDS = re.compile(r"[\s,;|/]+")

_AND = frozenset(
    {"&", "+", "and", "und", "et", "y", "e", "i", "\u0219i", "si", "oraz", "\u03ba\u03b1\u03b9"}
)
"""Words that may stand between two names."""


class AmbiguousComma(NamedTuple):
    """A text that may be one value, or several separated by commas: only a person can tell."""

    whole: str
    parts: tuple[str, ...]

    @property
    def message(self) -> str:
        """What is in doubt."""
        return f"{quote_whole(self.whole)} is one name, or {len(self.parts)}: {all_of(list(map(quote_whole, self.parts)))}"

    @property
    def hint(self) -> str:
        """What to do if they are several."""
        return f"separate several by semicolons: {quote_whole('; '.join(self.parts))}"


def holds_separator(text: str) -> bool:
    """Tell whether a text has a separator of values, which no role and no id has.

    >>> holds_separator("Social economy; Circular economy"), holds_separator("Social economy")
    (True, False)
    """
    return _SEPARATOR.search(text) is not None


def separate(text: str, is_known: Callable[[str], bool]) -> list[str] | AmbiguousComma:
    """Split the values of a cell.

    A text that is known as a whole is one value. Otherwise semicolons, bars and line breaks separate values, and
    commas do so if the parts are known.

    >>> known = {"Health, safety", "Transport"}.__contains__
    >>> separate("Health, safety, Transport", known), separate("Air; Sea", known)
    (['Health, safety', 'Transport'], ['Air', 'Sea'])
    >>> separate("Air, Sea", known)
    AmbiguousComma(whole='Air, Sea', parts=('Air', 'Sea'))
    """
    if len(text) <= _LONGEST_JOINED and is_known(text):
        return [on_one_line(text)]
    values: list[str] = []
    for group in _groups(text, is_known):
        parts = [on_one_line(text[piece.start : piece.end]) for piece in group]
        if len(parts) > 1 and not all(piece.is_known for piece in group):
            whole = on_one_line(text[group[0].start : group[-1].end])
            return AmbiguousComma(whole, tuple(parts))
        values += parts
    return values


class _Piece(NamedTuple):
    """A part of a text: its place, and whether it is known."""

    start: int
    end: int
    is_known: bool


def _groups(text: str, is_known: Callable[[str], bool]) -> Iterator[list[_Piece]]:
    """Split a text at all separators but commas; each group has the pieces between its commas."""
    # A cell may repeat a word ten thousand times.
    knows, seen = lru_cache(maxsize=4096)(is_known), dict[str, int]()
    ends = [match.start() for match in _SEPARATOR.finditer(text)] + [len(text)]
    group: list[_Piece] = []
    number = start = 0
    while number < len(ends):
        following = ends[number : number + _MOST_JOINED]
        window = text[start : following[-1]]
        known = seen.get(window, -1)
        if known < 0:
            known = _known_from(text, start, following, knows)
            if len(seen) < _MOST_SEEN and len(window) <= _LONGEST_JOINED:
                seen[window] = known
        number += max(known - 1, 0)
        end = ends[number]
        if text[start:end].strip():
            group.append(_Piece(start, end, known > 0))
        if text[end : end + 1] != _COMMA and group:
            yield group
            group = []
        number, start = number + 1, end + 1


def _known_from(text: str, start: int, ends: list[int], knows: Callable[[str], bool]) -> int:
    """Return the largest number of parts, from *start* on, that are known together; 0 if the first is unknown."""
    for number in range(len(ends), 0, -1):
        part = text[start : ends[number - 1]].strip()
        if part and len(part) <= _LONGEST_JOINED and knows(part):
            return number
    return 0


class JoinedNames:
    """Finds known names that run together in one text because a separator is missing."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: dict[str, str] = {}
        self._most_words = 0
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Add a name."""
        words = _words(name)
        if words:
            self._names.setdefault(" ".join(words), name)
            self._most_words = max(self._most_words, len(words))

    def find(self, text: str) -> list[str] | None:
        """Return the two or more known names that a text consists of, as few as possible; None if it does not.

        >>> known = JoinedNames(["Structural Funds", "Funds", "Policy Forum"])
        >>> known.find("structural funds policy forum"), known.find("Funds and Policy Forum")
        (['Structural Funds', 'Policy Forum'], ['Funds', 'Policy Forum'])
        >>> known.find("Policy Forum"), known.find("Policy Forums Funds")
        (None, None)
        """
        words = _words(text[:_LONGEST_JOINED])
        # The fewest names that make up the words before each position; most positions have none.
        best: dict[int, list[str]] = {0: []}
        for start in range(len(words)):
            names = best.get(start)
            if names is None:
                continue
            if names and words[start] in _AND and start + 1 < len(words):
                _keep_shorter(best, start + 1, names)
            for end in range(start + 1, min(start + self._most_words, len(words)) + 1):
                name = self._names.get(" ".join(words[start:end]))
                if name is not None and end - start < len(words):
                    _keep_shorter(best, end, [*names, name])
        names = best.get(len(words), [])
        return names if len(names) > 1 else None


def _keep_shorter(best: dict[int, list[str]], place: int, names: list[str]) -> None:
    if place not in best or len(names) < len(best[place]):
        best[place] = names


def _words(name: str) -> list[str]:
    return [word for word in _BETWEEN_WORDS.split(fold(name)) if word]


class NewNames:
    """The names that the user has declared new, however near they are to known ones.

    *are_all*: so are names that are near only to other new names of the table. A name that is near to a record of the
    dataset stays a question, as it might become a second record of the same thing.
    """

    def __init__(self, names: Collection[str] = (), *, are_all: bool = False) -> None:
        self.are_all = are_all
        self._folded = frozenset(map(fold, names))

    def __contains__(self, name: str) -> bool:
        # Messages show invisible characters as escapes; names copied from them must match.
        return fold(name) in self._folded or fold(visible(name)) in self._folded


def new_option(name: str) -> str:
    """Write the option that says that a name is new, to be copied.

    >>> new_option("Fund  of Funds")
    "--new 'Fund of Funds'"
    """
    return as_typed(["--new", visible(" ".join(name.split()))])


class NewNameQuestions:
    """Asks about new names of a sheet: "Interrreg" may mean INTERREG, and only a person can tell."""

    def __init__(self, known: Sequence[Named], new_names: NewNames, problems: Problems) -> None:
        self._known, self._new_names, self._problems = known, new_names, problems
        self._hints: dict[str, str] = {}
        self._near: NearMisses | None = None
        self._joined_names: JoinedNames | None = None

    def ask(self, name: str, at: Address) -> None:
        """Ask about the first occurrence of a name, if it is near to another."""
        if name in self._new_names:
            return
        if self._near is None or self._joined_names is None:
            names = [
                word for record in self._known for word in (record.name, *other_words(record))
            ]
            self._near, self._joined_names = NearMisses(names), JoinedNames(names)
        joined = self._joined_names.find(name)
        near = None if joined else self._near.find(name)
        if joined:
            self._hints[fold(name)] = _separator_missing(joined, name)
        elif near is not None:
            other = f"If it is another one: {new_option(name)}, or give it an id"
            self._hints[fold(name)] = f"did you mean {quote_whole(near)}? {other}"
        self.ask_again(name, at)
        if not self._new_names.are_all:
            self._near.add(name)

    def ask_again(self, name: str, at: Address) -> None:
        """Repeat the question about a name at another cell."""
        if hint := self._hints.get(fold(name)):
            self._ask(name, at, hint)

    def ask_of_all(self, names: Iterable[tuple[str, Address]], known: Iterable[str]) -> None:
        """Ask about names that are *known* ones run together, after all names have been read."""
        if self._new_names.are_all:
            return
        joined_names = self._joined_names or JoinedNames()
        for word in known:
            joined_names.add(word)
        for name, at in names:
            joined = joined_names.find(name)
            if joined and name not in self._new_names and fold(name) not in self._hints:
                self._ask(name, at, _separator_missing(joined, name))

    def _ask(self, name: str, at: Address, hint: str) -> None:
        message = f"{quote_whole(name)} is a new instrument here"
        self._problems.add(Problem(at, message, hint))


def _separator_missing(names: Sequence[str], text: str) -> str:
    joined = " + ".join(map(quote_whole, names))
    return f"a separator is missing: {joined}? Write a semicolon between them; if it is one name: {new_option(text)}"


LONGEST = 64

_DIGITS_OF_HASH = 8

_CUT = LONGEST - _DIGITS_OF_HASH - 1

_GAP = re.compile(r"[^a-z0-9]+")

_LETTERS_AND_NUMBERS = frozenset({"Lu", "Ll", "Lt", "Lo", "Nd", "Nl", "No"})
"""Unicode categories of the characters that distinguish names."""

_LATIN = {
    **dict(zip("łøđðħıŋŧəĸ", "loddhintek", strict=True)),
    "þ": "th", "æ": "ae", "œ": "oe",
}  # fmt: skip
"""Latin letters that are not an ASCII letter with an accent."""

_CYRILLIC = {
    **dict(zip("абвгдезийклмнопрстуфъ", "abvgdeziyklmnoprstufa", strict=True)),
    "ж": "zh", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ь": "", "ю": "yu", "я": "ya",
    # Serbian, as in its own Latin alphabet; Macedonian; then Ukrainian, Belarusian and Russian.
    "ђ": "d", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѓ": "gj", "ќ": "kj", "ѕ": "dz",
    "ґ": "g", "є": "ye", "і": "i", "ї": "yi", "ў": "u", "ы": "y", "э": "e", "ё": "yo",
}  # fmt: skip
"""Cyrillic letters: those of Bulgarian as its Transliteration Act of 2009 has them."""

_GREEK = {
    **dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)),
    "θ": "th", "χ": "ch", "ψ": "ps",
}  # fmt: skip

_PAIRS = (
    # A diaeresis, or an accent on the first of two vowels, means that they are not a pair.
    (re.compile("[ϋΰ]"), "y"),
    (re.compile("(?<=[άέήό])υ"), "y"),
    (re.compile("ού|ου"), "ou"),
    (re.compile(r"(?<=[αεη])[υύ](?=[θκξπσςτφχψ]|\b(?!\w))"), "f"),
    (re.compile("(?<=[αεη])[υύ]"), "v"),
    (re.compile(r"\bμπ|μπ\b"), "b"),
    (re.compile("γ(?=[γξχ])"), "n"),
    # Two pairs of Bulgarian.
    (re.compile("ьо"), "yo"),
    (re.compile(r"ия\b"), "ia"),
)
"""Letters that are read together: those of Greek as ELOT 743 (ISO 843, type 2) writes them."""

_SINGLE = str.maketrans({**_LATIN, **_CYRILLIC, **_GREEK})


def make_id(text: str) -> str | None:
    """Make an id of a name, or of an id in another style; None if it has letters that cannot be written in Latin ones.

    Greek and Cyrillic letters are transliterated. The end of a text that is too long for an id is replaced by a hash of
    the whole.

    >>> make_id("Wsparcie klastrów Łódź"), make_id("Ταμείο Ανάκαμψης"), make_id("Фонд на фондовете")
    ('wsparcie-klastrow-lodz', 'tameio-anakampsis', 'fond-na-fondovete')
    >>> make_id("MAN.3.BP00"), make_id("基金")
    ('man-3-bp00', None)
    """
    slug = _slug(text)
    if slug is None or len(slug) <= LONGEST:
        return slug
    return _with_hash(slug, text)


def make_distinct_id(text: str) -> str | None:
    """Make an id of a name for which ``make_id`` gives the same id as for another name; None as there.

    >>> make_distinct_id("Fund (A)"), make_distinct_id("Fund A")
    ('fund-a-11854ea8', 'fund-a-1159c5fa')
    """
    slug = _slug(text)
    return slug and _with_hash(slug, text)


def _with_hash(slug: str, text: str) -> str:
    # Names that differ only in case or blanks are one name.
    digits = sha256(fold(text).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS_OF_HASH]
    return f"{slug[:_CUT].rstrip('-')}-{digits}"


def _slug(text: str) -> str | None:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    if not folded.isascii():
        folded = _in_latin_letters(folded)
        if any(map(_is_foreign, folded)):
            return None
    return _GAP.sub("-", folded).strip("-") or None


def _in_latin_letters(folded: str) -> str:
    for pattern, letters in _PAIRS:
        folded = pattern.sub(letters, folded)
    # й, ї, ў and ё are letters of their own, so accents are taken off what is left.
    decomposed = unicodedata.normalize("NFKD", folded.translate(_SINGLE))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_SINGLE)


def _is_foreign(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character) in _LETTERS_AND_NUMBERS
