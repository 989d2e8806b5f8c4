"""GitHub's Markdown, in which data is text: it makes no markup, no HTML, no mention and no reference."""

import re
from collections.abc import Iterable, Sequence

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(r"([\\`*_{}\[\]()#|~!^$])")
# GitHub looks for these in the text after Markdown is done, so a backslash does not help.
_ACTS = re.compile(r"(?<!\w)@(?=\w)|#(?=\d)|:(?=[a-z0-9_+-]+:)")
_WORD_JOINER = "\u2060"


def escape(text: str) -> str:
    r"""Write *text* so that it is read as it stands; line breaks stay line breaks.

    >>> escape("a|b *c* <d>")
    'a\\|b \\*c\\* &lt;d&gt;'
    >>> escape("@someone") == "@" + chr(0x2060) + "someone"
    True
    """
    quiet = _ACTS.sub(lambda match: match[0] + _WORD_JOINER, text)
    marked = _MARKUP.sub(r"\\\1", "".join(_ENTITIES.get(c, c) for c in quiet))
    return re.sub(r"^(\s*)([-+]|\d+\.)(?=\s)", r"\1\\\2", marked).replace("\n", "<br>")


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table of cells that are Markdown already."""
    lines = [_row(header), _row(["---"] * len(header)), *(_row(row) for row in rows)]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
