"""Texts of an answer and the blocks that are made of them: headings, paragraphs and lists."""

import enum
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.theme import WORDS


class Style(enum.Enum):
    """How a run of text stands out; each format has its own means."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    CODE = "code"


class Run(NamedTuple):
    """A part of a text."""

    text: str
    style: Style = Style.PLAIN


class Sign(NamedTuple):
    """The shape and the word of a coverage; ``is_unsaid``: it is covered somewhere, and nobody says where."""

    coverage: Coverage
    is_unsaid: bool = False


class Place(NamedTuple):
    """A line of a data file."""

    path: str
    line: int


class Parts(NamedTuple):
    """Clauses that belong together; each format has its own separator."""

    clauses: tuple[str, ...]
    style: Style = Style.PLAIN


class Link(NamedTuple):
    """A web address; each format sets it apart from the words before it."""

    url: str

    @property
    def address(self) -> str:
        """Percent-encode the characters that are not allowed in an address.

        >>> Link("https://example.org/a%20b?c=<é>").address
        'https://example.org/a%20b?c=%3C%C3%A9%3E'
        """
        from urllib.parse import quote  # noqa: PLC0415 - few documents need it

        # A percent sign begins what is encoded already.
        return quote(self.url, safe=":/?#[]@!$&'()*+,;=%-._~")


Inline = str | Run | Sign | Place | Parts | Link


Text = str | tuple[Inline, ...]
"""A text, or its runs. ``\\n`` ends a line."""


def plain(text: Text) -> str:
    """Return the words of a text alone.

    >>> plain((Run("Interreg: ", Style.STRONG), Sign(Coverage.FULL), "."))
    'Interreg: full.'
    """
    return text if isinstance(text, str) else "".join(map(_plain_run, text))


def _plain_run(run: Inline) -> str:
    match run:
        case str(words) | Run(words):
            return words
        case Sign(coverage):
            return WORDS[coverage]
        case Place(path, line):
            return f" ({path}:{line})"
        case Parts(clauses):
            return ", ".join(clauses)
        case Link(url):
            return f" {url}"


class Heading(NamedTuple):
    """The name of a part of the answer: all blocks up to the next heading. ``depth`` is 1 for a chapter of a long one."""

    text: str
    depth: int = 2


class Paragraph(NamedTuple):
    """Sentences. ``is_apart``: they are set apart from the block above, which is about something else."""

    text: Text
    is_apart: bool = False


class Points(NamedTuple):
    """A list without an order."""

    items: tuple[Text, ...]


class Field(NamedTuple):
    """Lines under a label. An empty label repeats the one before. ``is_quiet``: shown less prominently, as it does not count."""

    label: str
    lines: tuple[Text, ...]
    is_quiet: bool = False


class Fields(NamedTuple):
    """A list of labels with lines."""

    fields: tuple[Field, ...]


class Item(NamedTuple):
    """An entry of a numbered list: a sentence about a cell with a coverage, and fields with details."""

    coverage: Coverage
    sentence: str
    fields: tuple[Field, ...]


class Numbered(NamedTuple):
    """A list in order of importance; ``nothing`` is the sentence for an empty one."""

    items: tuple[Item, ...]
    nothing: str


class Entries(NamedTuple):
    """Entries labelled with ids; ``nothing`` is the sentence if there are none."""

    entries: tuple[Field, ...]
    nothing: str


class SquareField(NamedTuple):
    """One field of a square."""

    title: str
    entries: Entries

    @property
    def blocks(self) -> tuple[Heading | Entries, ...]:
        """Return the same below a heading."""
        return Heading(self.title), self.entries


class Square(NamedTuple):
    """The four fields of a SWOT, row by row."""

    fields: tuple[SquareField, SquareField, SquareField, SquareField]


class Code(NamedTuple):
    """Lines of a data file, to be copied."""

    title: str
    text: str
