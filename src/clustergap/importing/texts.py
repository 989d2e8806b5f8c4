"""Texts of cells that no data file may hold as they are: characters that nobody sees, what is too long, tags of HTML."""

import html
import re
from collections.abc import Mapping

from clustergap.importing.problem import Problem, Problems
from clustergap.loading.characters import forbidden_in_value, name_of
from clustergap.model.record import NAME_LENGTH, SHORT_LENGTH, TEXT_LENGTH, URL_LENGTH
from clustergap.spreadsheet.sheet import Address, Sheet, cell_name, quote_sheet
from clustergap.text import all_of, count

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

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "body",
        "center",
        "cite",
        "code",
        "em",
        "font",
        "head",
        "html",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "link",
        "mark",
        "meta",
        "o:p",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
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
    what = all_of([name_of(character) for character in sorted(dropped)])
    where = f"{quote_sheet(sheet.name)}: {all_of(names)}"
    return f"{where}: {what}, which nobody sees, {'is' if len(dropped) == 1 else 'are'} left out"


def note_forbidden(text: str, at: Address, problems: Problems) -> bool:
    """Note the first character of a cell's text that no data file may hold, and tell whether there is one."""
    if text.isascii() and text.isprintable():
        return False
    match = next(forbidden_in_value(text), None)
    if match is None:
        return False
    message = f"the character {name_of(match[0][0])} may not stand in a data file"
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
    return name in _BLOCKS or name in _INLINE


def _replaced(tag: re.Match[str]) -> str:
    name = tag[1].lower()
    if name in _BLOCKS:
        return "\n"
    if name in ("td", "th"):
        return " "
    return "" if name in _INLINE else tag[0]


def _without(text: str, start: re.Pattern[str], end: re.Pattern[str]) -> str:
    kept, place = [], 0
    while (begin := start.search(text, place)) and (stop := end.search(text, begin.end())):
        kept.append(text[place : begin.start()])
        place = stop.end()
    return "".join([*kept, text[place:]])
