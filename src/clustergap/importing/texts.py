"""Texts of cells: what no data file may hold of them, how long they may be, which values stand in one, patterns of them."""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from clustergap.importing.problems import Problem, Problems
from clustergap.loading.files import character_name, forbidden_in_value
from clustergap.model.mapping import ANY
from clustergap.model.record import NAME_LENGTH, SHORT_LENGTH, TEXT_LENGTH, URL_LENGTH
from clustergap.spreadsheet.sheet import Address, Sheet, cell_name, quote_sheet
from clustergap.text import all_of, count, fold, quote_whole

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u0080-\u009f]")
"""A soft hyphen, spaces and joiners without width, a mark of byte order, and controls of ISO 8859."""

_MOST_NAMED = 3

LENGTHS: Mapping[str, int] = {
    "name": NAME_LENGTH,
    "short": SHORT_LENGTH,
    "url": URL_LENGTH,
    "managing_body": TEXT_LENGTH,
    "legal_basis": TEXT_LENGTH,
    "note": TEXT_LENGTH,
    "description": TEXT_LENGTH,
}
"""How many characters a text may have, by the key that it is for."""

_BLOCK_TAGS = frozenset([
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "li", "ol", "p", "pre", "section", "table", "tr", "ul",
])  # fmt: skip

_INLINE_TAGS = frozenset([
    "a", "abbr", "b", "body", "center", "cite", "code", "em", "font", "head", "html", "i", "img", "input",
    "ins", "kbd", "label", "link", "mark", "meta", "o:p", "q", "s", "small", "span", "strike", "strong", "sub",
    "sup", "tbody", "td", "tfoot", "th", "thead", "title", "tt", "u", "var", "wbr",
])  # fmt: skip

_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:]*)(?:[\s/][^<>]*)?>")

_UNREAD = [
    (re.compile(start, re.IGNORECASE | re.ASCII), re.compile(end, re.IGNORECASE | re.ASCII))
    for start, end in (
        ("<!--", "-->"),
        (r"<script\b", r"</script\b[^<>]*>"),
        (r"<style\b", r"</style\b[^<>]*>"),
    )
]
"""How what is no text begins and ends."""


def drop_invisible(sheet: Sheet) -> str:
    """Drop from a sheet's cells what nobody sees, and say from which; nothing where there is none of it."""
    cells, dropped = [], set[str]()
    for row, texts in enumerate(sheet.rows):
        for column, text in enumerate(texts):
            if not text.isascii() and (characters := _INVISIBLE.findall(text)):
                texts[column] = _INVISIBLE.sub("", text)
                dropped.update(characters)
                cells.append((row, column))
    if not cells:
        return ""
    names = [cell_name(*cell) for cell in cells[:_MOST_NAMED]]
    if len(cells) > _MOST_NAMED:
        names[-1] = f"{len(cells) - len(names) + 1:,} more"
    what = all_of([character_name(character) for character in sorted(dropped)])
    where = f"{quote_sheet(sheet.name)}: {all_of(names)}"
    return f"{where}: {what}, which nobody sees, {'is' if len(dropped) == 1 else 'are'} left out"


def note_forbidden(text: str, at: Address, problems: Problems) -> bool:
    """Note the first character of a cell's text that no data file may hold, and tell whether there is one."""
    if text.isascii() and text.isprintable():
        return False
    match = next(forbidden_in_value(text), None)
    if match is None:
        return False
    message = f"the character {character_name(match[0][0])} may not stand in a data file"
    problems.add(Problem(at, message, "delete it, or type the text again"))
    return True


def on_one_line(text: str) -> str:
    r"""Write a text on one line: tabs, line breaks and runs of blanks become a blank.

    >>> on_one_line(" Social\n\t economy ")
    'Social economy'
    """
    return " ".join(text.split())


def why_too_long(text: str, key: str, owner: str = "") -> tuple[str, str] | None:
    """Say of a text that is longer than its key may be that it is, and what to do about it; None if it is not.

    Args:
        text: The text.
        key: One of ``LENGTHS``; of another key no text is too long.
        owner: Whose key it is, such as "role".

    >>> why_too_long("x" * 61, "short")
    ('the short has 61 characters, at most 60 are read', 'shorten it')
    """
    most = LENGTHS.get(key)
    if most is None or len(text) <= most:
        return None
    whose = f"the {owner}'s {key}" if owner else f"the {key}"
    return f"{whose} has {count(len(text), 'character')}, at most {most:,} are read", "shorten it"


def cut(text: str, key: str) -> str:
    """Cut a text to what its key may be, one of ``LENGTHS``: an ellipsis stands for the rest.

    >>> len(cut("word " * 100, "short")), cut("word " * 100, "short")[-6:]
    (60, ' word…')
    """
    most = LENGTHS[key]
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def holds_tags(text: str) -> bool:
    """Tell whether a text holds tags of HTML.

    >>> holds_tags("<p>Aid&nbsp;for <b>clusters</b></p>"), holds_tags("<none>, a < b > c")
    (True, False)
    """
    return any(_is_known(match) for match in _TAG.finditer(text))


def take_tags_out(text: str) -> str:
    r"""Return the words of a text in HTML, each paragraph on a line of its own.

    Whatever is no tag of HTML stays. The standard library's parser takes minutes for a cell full of "<a " before
    Python 3.11.14.

    >>> take_tags_out("<p>Aid&nbsp;for <b>clusters</b></p><ul><li>AT<li>BE</ul>")
    'Aid for clusters\nAT\nBE'
    """
    if not holds_tags(text):
        return html.unescape(text)
    for start, end in _UNREAD:
        text = _without(text, start, end)
    words = html.unescape(_TAG.sub(_replaced, on_one_line(text)))
    return "\n".join(line for part in words.split("\n") if (line := on_one_line(part)))


def _is_known(tag: re.Match[str]) -> bool:
    name = tag[1].lower()
    return name in _BLOCK_TAGS or name in _INLINE_TAGS


def _replaced(tag: re.Match[str]) -> str:
    name = tag[1].lower()
    if name in _BLOCK_TAGS:
        return "\n"
    if name in ("td", "th"):
        return " "
    return "" if name in _INLINE_TAGS else tag[0]


def _without(text: str, start: re.Pattern[str], end: re.Pattern[str]) -> str:
    kept, place = [], 0
    while (begin := start.search(text, place)) and (stop := end.search(text, begin.end())):
        kept.append(text[place : begin.start()])
        place = stop.end()
    return "".join([*kept, text[place:]])


_SEPARATOR = re.compile(r"[;|\n,]")

_COMMA = ","

_MOST_JOINED = 12
"""Parts that together are looked up as one text: no name has as many commas."""

_MOST_SEEN = 4_096
"""Runs of parts that are remembered."""

_LONGEST_JOINED = 300
"""Letters of a text that is looked up as one: no name has more."""

_BETWEEN_WORDS = re.compile(r"[\s,;|/]+")

_AND = frozenset(
    {"&", "+", "and", "und", "et", "y", "e", "i", "\u0219i", "si", "oraz", "\u03ba\u03b1\u03b9"}
)
"""Words that may stand between two names."""


class UnclearComma(NamedTuple):
    """A text that is one value, or several that a comma separates: nobody but a person knows."""

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
    """Tell whether a text holds what separates values, which no role and no id does.

    >>> holds_separator("Social economy; Circular economy"), holds_separator("Social economy")
    (True, False)
    """
    return _SEPARATOR.search(text) is not None


def separate(text: str, is_known: Callable[[str], bool]) -> list[str] | UnclearComma:
    """Part the values of a cell.

    What is known as a whole is one value, whatever it holds. Semicolons, bars and line breaks separate all else;
    commas do if what they separate is known.

    >>> known = {"Health, safety", "Transport"}.__contains__
    >>> separate("Health, safety, Transport", known), separate("Air; Sea", known)
    (['Health, safety', 'Transport'], ['Air', 'Sea'])
    >>> separate("Air, Sea", known)
    UnclearComma(whole='Air, Sea', parts=('Air', 'Sea'))
    """
    if len(text) <= _LONGEST_JOINED and is_known(text):
        return [on_one_line(text)]
    values: list[str] = []
    for group in _groups(text, is_known):
        parts = [on_one_line(text[piece.start : piece.end]) for piece in group]
        if len(parts) > 1 and not all(piece.is_known for piece in group):
            whole = on_one_line(text[group[0].start : group[-1].end])
            return UnclearComma(whole, tuple(parts))
        values += parts
    return values


class _Piece(NamedTuple):
    """A part of a text: its place, and whether it is known."""

    start: int
    end: int
    is_known: bool


def _groups(text: str, is_known: Callable[[str], bool]) -> Iterator[list[_Piece]]:
    """Part a text where no comma does; each group holds what its commas part."""
    # One cell may say the same word ten thousand times.
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
    """Return how many parts, from *start* on, are known together: the most; 0 if the first is not."""
    for number in range(len(ends), 0, -1):
        part = text[start : ends[number - 1]].strip()
        if part and len(part) <= _LONGEST_JOINED and knows(part):
            return number
    return 0


class RunTogether:
    """Known names, by their words: which of them stand in one text, where a separator is missing?

    Args:
        names: Those that are known.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: dict[str, str] = {}
        self._most_words = 0
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Know one more name."""
        words = _words(name)
        if words:
            self._names.setdefault(" ".join(words), name)
            self._most_words = max(self._most_words, len(words))

    def find(self, text: str) -> list[str] | None:
        """Return the known names, two or more, that a text consists of: the fewest; None if it does not.

        >>> known = RunTogether(["Structural Funds", "Funds", "Policy Forum"])
        >>> known.find("structural funds policy forum"), known.find("Funds and Policy Forum")
        (['Structural Funds', 'Policy Forum'], ['Funds', 'Policy Forum'])
        >>> known.find("Policy Forum"), known.find("Policy Forums Funds")
        (None, None)
        """
        words = _words(text[:_LONGEST_JOINED])
        # The fewest names that make up the words before each place; nothing is known of most places.
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


class Globs:
    """Texts by which others are found: those equal to one go first, then the longest that holds a ``*``; never ``*`` alone.

    No ``*`` stands for a text that is empty.

    >>> globs = Globs(["Transport", "Trans*", "*port*"])
    >>> globs.match("Transport"), globs.match("Transit"), globs.match("Airports"), globs.match("Sea")
    ('Transport', 'Trans*', '*port*', None)
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._exact: dict[str, str] = {}
        globs = []
        for pattern in patterns:
            self._exact[on_one_line(pattern)] = pattern
            if ANY in pattern and pattern != ANY:
                globs.append((on_one_line(pattern).split(ANY), pattern))
        self._globs = sorted(globs, key=lambda glob: -len(glob[1]))

    def match(self, text: str) -> str | None:
        """Return the pattern that a text fits."""
        plain = on_one_line(text)
        exact = self._exact.get(plain)
        if exact is not None and (exact != ANY or plain == ANY):
            return exact
        if not plain:
            return None  # only "" names what is empty
        return next((pattern for parts, pattern in self._globs if _fits_glob(plain, parts)), None)


def _fits_glob(text: str, parts: Sequence[str]) -> bool:
    # From left to right, each part at its first place: no pattern takes more than one look at the text.
    first, *between, last = parts
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in between:
        start = text.find(part, at, end)
        if start < 0:
            return False
        at = start + len(part)
    return True
