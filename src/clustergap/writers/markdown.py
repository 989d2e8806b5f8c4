"""GitHub's Markdown, in which data is text: it makes no markup, no HTML, no mention and no reference."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from clustergap.document import Origin

T = TypeVar("T")

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# Round brackets and ! do nothing without square ones: they stay as people read them.
_MARKUP = re.compile(r"([\\`*_\[\]#|~^$])")
_BEGINS_LIST = re.compile(r"^(\s*\d*)([-+.)])(?=\s)")
# GitHub looks for these in the text after Markdown is done, so a backslash does not help.
_ACTS = re.compile(r"(?<!\w)@(?=\w)|#(?=\d)|:(?=[a-z0-9_+-]+:)")
_WORD_JOINER = "\u2060"


def escape(text: str) -> str:
    r"""Write *text* so that it is read as it stands; line breaks stay line breaks.

    >>> escape("a|b *c* <d>")
    'a\\|b \\*c\\* &lt;d&gt;'
    >>> escape("1. [a](http://b.example) (c)")
    '1\\. \\[a\\](http://b.example) (c)'
    >>> escape("@someone") == "@" + chr(0x2060) + "someone"
    True
    """
    quiet = _ACTS.sub(lambda match: match[0] + _WORD_JOINER, text)
    marked = _MARKUP.sub(r"\\\1", "".join(_ENTITIES.get(c, c) for c in quiet))
    return _BEGINS_LIST.sub(r"\1\\\2", marked).replace("\n", "<br>")


def sign(text: str, origin: Origin) -> str:
    """Say at the end of a document what its reader must know of the data."""
    return f"{text}\n{origin.remark}\n" if origin.remark else text


def signed(render: Callable[[T, Origin], str]) -> Callable[[T, Origin], str]:
    """Let what writes a document say so at its end."""
    return lambda result, origin: sign(render(result, origin), origin)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table of cells that are Markdown already."""
    lines = [row(header), row(["---"] * len(header)), *(row(cells) for cells in rows)]
    return "\n".join(lines) + "\n"


def fit(lines: Iterable[str], most: int) -> tuple[list[str], int]:
    """Return the first lines that have at most so many characters together, and how many are left out.

    >>> fit(["one", "two", "three"], 6)
    (['one', 'two'], 1)
    """
    kept: list[str] = []
    left_out = 0
    for line in lines:
        most -= len(line)
        if most < 0:
            left_out += 1
        else:
            kept.append(line)
    return kept, left_out


def row(cells: Sequence[str]) -> str:
    """Write one row of a table."""
    return f"| {' | '.join(cells)} |"
