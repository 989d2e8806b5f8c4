"""Texts of cells: words with a meaning of their own, and characters and lengths that no data file may have.

The words, in eight languages, are in ``cell_words.tsv``. They are compared without case, accents and runs of blanks.
"""

import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from clustergap.importing.problems import Problem, Problems
from clustergap.loading.files import character_name, forbidden_in_value
from clustergap.model.record import NAME_LENGTH, SHORT_LENGTH, TEXT_LENGTH, URL_LENGTH
from clustergap.spreadsheet.sheet import Address, Sheet, cell_name, quote_sheet
from clustergap.text import all_of, count, fold

_FILE = Path(__file__).with_name("cell_words.tsv")

_DATES = frozenset({
    "starts", "ends", "seen", "commits_until", "reviewed", "cover_starts", "cover_ends", "cover_seen",
})  # fmt: skip
_PLACES = "territories"
_EXTENT = "extent"
_FLAGS = frozenset({"at_least"})
MATRIX = "matrix"
"""Stands for a column's key in a cell of a matrix or of a cross."""

_SHORT = 64
_NORWAY = "no"
_SIGNS = re.compile(r"[-\u2010-\u2015\u2212_./\\|~\u00b7 ]+")
_QUESTION_MARKS = re.compile(r"[?\u00bf\u037e ]+")
_ZERO = re.compile(r"0+(?:[.,]0+)?|0000(?:-00){1,2}", re.ASCII)
_NUMBER = re.compile(r"[-+\u2212]?\d[\d.,' ]*%?")
_AROUND = "()[]{}<>\"'*."
_LONGEST_EXCEPT = 6
"""Most words of an expression such as "toutes les régions à l'exception de"."""

_LAST_BRACKET = re.compile(r"(.*\S)\s*\(([^()]*)\)\s*", re.DOTALL)


def bare(text: str) -> str:
    """Fold a text for comparison with the words of cells.

    >>> bare("  À  VÉRIFIER ")
    'a verifier'
    """
    # Most cells of a table have the same few words; the cache must stay small.
    return _bare_short(text) if len(text) <= _SHORT else _bare(text)


def _bare(text: str) -> str:
    folded = fold(text)
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded.replace("\u2019", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


_bare_short = lru_cache(maxsize=16_384)(_bare)


def words(group: str) -> frozenset[str]:
    """Return the words of a group of ``cell_words.tsv``, as ``bare`` writes them."""
    return _groups()[group]


def is_nothing(text: str, key: str = "") -> bool:
    """Tell whether a cell says nothing.

    Args:
        text: The cell's text.
        key: The key of its column, or ``MATRIX``. In a column of places ``no`` is Norway; in one of extents
            only an empty cell says nothing; in one of flags ``no`` is an answer; and ``0`` says nothing only in a matrix or a date.

    >>> is_nothing("n/a"), is_nothing("(keine)"), is_nothing("—"), is_nothing("No Fund")
    (True, True, True, False)
    >>> is_nothing("no"), is_nothing("no", "territories"), is_nothing("none", "extent")
    (True, False, False)
    >>> is_nothing("0"), is_nothing("0", "matrix")
    (False, True)
    >>> is_nothing("nein", "at_least"), is_nothing("n/a", "at_least")
    (False, True)
    """
    word = bare(text)
    if not word or key == _EXTENT:
        return not word
    if _ZERO.fullmatch(word):
        return key == MATRIX or key in _DATES
    if (key == _PLACES and word == _NORWAY) or (key in _FLAGS and word in words("no")):
        return False
    return _SIGNS.fullmatch(word) is not None or _is_one_of(word, words("nothing"))


def is_question(text: str) -> bool:
    """Tell whether a cell says that its answer is still to be found.

    >>> is_question("??"), is_question("TBC"), is_question("à vérifier"), is_question("zu prüfen")
    (True, True, True, True)
    """
    word = bare(text)
    return _QUESTION_MARKS.fullmatch(word) is not None or _is_one_of(word, words("question"))


def is_mark(text: str) -> bool:
    """Tell whether a cell only says yes.

    >>> is_mark("X"), is_mark("✓"), is_mark("Sí"), is_mark("1"), is_mark("Xenia")
    (True, True, True, True, False)
    """
    return bare(text) in words("mark")


def is_number(text: str) -> bool:
    """Tell whether a cell holds a number and nothing else, which names no record.

    >>> is_number("7"), is_number("1 250,5"), is_number("12 %"), is_number("Horizon 2020")
    (True, True, True, False)
    """
    return _NUMBER.fullmatch(bare(text)) is not None


def is_observation(text: str) -> bool:
    """Tell whether a text does not name an instrument, but says that a cell is covered in part.

    >>> is_observation("Not in every country"), is_observation("nur in Wien"), is_observation("Notfallfonds")
    (True, True, False)
    """
    if is_nothing(text, MATRIX) or is_question(text):
        return False  # "not applicable", "nicht bekannt"
    return _observation().match(bare(text)) is not None


def read_extent(text: str) -> str | None:
    """Return the extent that a word means: ``full``, ``partial`` or ``none``; None if it means none of them.

    >>> read_extent("Teilweise"), read_extent("complète"), read_extent("brak"), read_extent("4")
    ('partial', 'full', 'none', None)
    """
    word = bare(text)
    return next((extent for extent in ("full", "partial", "none") if word in words(extent)), None)


def read_yes_or_no(text: str) -> bool | None:
    """Return what a word answers; None if it is neither yes nor no.

    >>> read_yes_or_no("Tak"), read_yes_or_no("x"), read_yes_or_no("όχι"), read_yes_or_no("perhaps")
    (True, True, False, None)
    """
    if is_mark(text):
        return True
    word = bare(text)
    return False if word in words("no") or _ZERO.fullmatch(word) else None


def read_status(text: str) -> str | None:
    """Return the status that a word means: ``active`` or ``planned``; None if it means neither.

    >>> read_status("In Kraft"), read_status("prévu"), read_status("Ended")
    ('active', 'planned', None)
    """
    word = bare(text)
    return next((status for status in ("active", "planned") if word in words(status)), None)


def split_extent(text: str) -> tuple[str, str | None]:
    """Take the extent in brackets off the end of a name; None if there is none.

    >>> split_extent("DIH (partial)"), split_extent("EEN (vollständig)"), split_extent("Fund (EU)")
    (('DIH', 'partial'), ('EEN', 'full'), ('Fund (EU)', None))
    """
    match = _LAST_BRACKET.fullmatch(text)
    extent = read_extent(match[2]) if match else None
    return (match[1], extent) if match and extent in ("full", "partial") else (text, None)


def is_all(text: str) -> bool:
    """Tell whether a word means all places.

    >>> is_all("Everywhere"), is_all("wszystkie"), is_all("Allgäu")
    (True, True, False)
    """
    return bare(text) in words("all")


def after_except(text: str) -> str | None:
    """Return what follows "all except" or "except"; None if a text does not begin like this.

    >>> after_except("All except CY, MT"), after_except("alle außer: Wien"), after_except("Butan")
    ('CY, MT', 'Wien', None)
    """
    parts = text.split()
    for number in range(min(len(parts) - 1, _LONGEST_EXCEPT), 0, -1):
        head = bare(" ".join(parts[:number])).rstrip(":")
        if head in words("except") or _all_except().fullmatch(head):
            return " ".join(parts[number:])
    return None


def _is_one_of(word: str, known: frozenset[str]) -> bool:
    # "(none)" and "none." mean the same as "none".
    return word in known or word.strip(_AROUND) in known


@cache
def _groups() -> Mapping[str, frozenset[str]]:
    groups = defaultdict[str, set[str]](set)
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            group, _, word = line.split("\t")
            groups[group].add(bare(word))
    return {group: frozenset(members) for group, members in groups.items()}


def alternatives(group: str) -> str:
    """Return the words of a group as a part of a regular expression, the longest first."""
    return "|".join(
        re.escape(word) for word in sorted(words(group), key=lambda word: (-len(word), word))
    )


@cache
def _observation() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('not-everywhere')})\b")


@cache
def _all_except() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives('all')}),? (?:{alternatives('except')})")


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
"""The greatest length of a text, by key."""

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
"""The beginnings and ends of parts of HTML that are not text."""


def drop_invisible(sheet: Sheet) -> str:
    """Remove invisible characters from a sheet's cells, and say from which cells; nothing if there are none."""
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
    removed = all_of([character_name(character) for character in sorted(dropped)])
    where = f"{quote_sheet(sheet.name)}: {all_of(names)}"
    return (
        f"{where}: {removed}, which nobody sees, {'is' if len(dropped) == 1 else 'are'} left out"
    )


NO_KEY = ("this source has no key", "write its key before the first bar")
"""What is wrong with a citation that begins with a bar, and what to do."""


def note_forbidden(text: str, at: Address, problems: Problems) -> bool:
    """Note the first character of a cell's text that no data file may have; return whether there is one."""
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
    """Return a message and a hint for a text that is too long for its key; None if it is not.

    Args:
        text: The text.
        key: One of ``LENGTHS``; for any other key no text is too long.
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
    """Cut a text to the length that its key allows, one of ``LENGTHS``; an ellipsis stands for the rest.

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

    What is not a tag of HTML is kept. Before Python 3.11.14 the standard library's parser takes minutes for a cell full
    of "<a ".

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
