"""Merge conflicts that were left in a text: what git and other version control write between two sides."""

import re
from collections.abc import Iterator

from clustergap.checks.rules.files import YAML_SYNTAX
from clustergap.loading.files import Refusal

_MARKER = re.compile(r"^(?:(<{7}|\|{7}|>{7})(?: [^\n]*)?|={7})\r?$", re.MULTILINE)
"""A line that is nothing else, from its first column on, where no text of a data file stands."""

_BEGIN, _END = "<<<<<<<", ">>>>>>>"


def refuse_conflicts(text: str) -> list[Refusal]:
    """Return a refusal for each merge conflict of *text* that begins and ends, where it begins."""
    if _BEGIN not in text:
        return []  # nearly every file
    return [_refuse(first) for first, is_whole in _conflicts(text) if is_whole]


def refuse_rests(text: str) -> list[Refusal]:
    """Return a refusal for whatever is left of each merge conflict of a *text* that is no YAML.

    In one that is, a single marker may be a line of a text in quotes.
    """
    return [_refuse(first) for first, _ in _conflicts(text)]


def _conflicts(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    # The first marker of each, and whether it begins and ends as one does.
    first: re.Match[str] | None = None
    for marker in _MARKER.finditer(text):
        if marker[1] == _BEGIN and first is not None:
            yield first, False
            first = None
        first = first or marker
        if marker[1] == _END:
            yield first, first[1] == _BEGIN
            first = None
    if first is not None:
        yield first, False


def _refuse(marker: re.Match[str]) -> Refusal:
    what = "a merge conflict" if marker[1] == _BEGIN else "a part of a merge conflict"
    hint = (
        "keep what is right of the two sides, and delete the lines of <<<<<<<, ======= and >>>>>>>"
    )
    return Refusal(YAML_SYNTAX, f"{what} was left here", hint, marker.start())
