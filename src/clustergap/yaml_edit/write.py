"""Writes values as YAML: short ones on one line, texts in quotes if another reader of YAML could misread them.

The output is in the strict subset without tags and anchors, and means the same to every reader.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

YamlValue = str | Sequence["YamlValue"] | Mapping[str, "YamlValue"]
"""A value of a YAML file; every scalar is a text."""

WIDEST = 100
"""Characters of a line up to which lists and mappings are written on one."""

_PLAIN = re.compile(r"[^\W\d_](?:[\w ()/.+&'’–@-]*[\w)])?|https?://[A-Za-z0-9/._~%=&+-]+")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_FLAGS = frozenset({"true", "false"})
_BARE = re.compile(r"[1-9][0-9]{3}(-[0-9]{2}){0,2}|true|false", re.ASCII)

_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that JSON allows unescaped, but that YAML takes for line breaks or does not accept."""


class YamlStyle(NamedTuple):
    """How a family of files writes the values of its keys.

    Attributes:
        bare_keys: Keys whose days, years and flags are written without quotes.
        block_keys: Keys whose entries have a line each, however few there are, as people add to them.
        spaced_keys: Keys whose items have a blank line between them.
        last_key: The key that comes last in its mapping.
        short_key: A mapping with only this key is written as its value.
    """

    bare_keys: frozenset[str] = frozenset()
    block_keys: frozenset[str] = frozenset()
    spaced_keys: frozenset[str] = frozenset()
    last_key: str | None = None
    short_key: str | None = None


PLAIN_STYLE = YamlStyle()
"""No key is special."""


def write_entry(key: str, value: YamlValue, indent: int, style: YamlStyle = PLAIN_STYLE) -> str:
    """Write a key and its value as one or more whole lines."""
    head = f"{' ' * indent}{write_scalar(key)}:"
    if isinstance(value, str):
        return f"{head} {write_text(value, indent, key, style)}\n"
    if not value or key not in style.block_keys:
        short = f"{head} {write_flow(value, key, style)}\n"
        if not value or len(short) <= WIDEST:
            return short
    return f"{head}\n{''.join(_lines(value, indent + 2, key, style))}"


def write_item(value: YamlValue, indent: int, style: YamlStyle = PLAIN_STYLE) -> str:
    """Write an item of a list, often a record, as one or more whole lines."""
    margin = " " * indent
    if not isinstance(value, Mapping):
        return f"{margin}- {write_flow(value, style=style)}\n"
    if not any(isinstance(held, Mapping) for held in value.values()):
        short = f"{margin}- {write_flow(value, style=style)}\n"
        if len(short) <= WIDEST:
            return short
    lines = "".join(write_entry(key, held, indent + 2, style) for key, held in value.items())
    return f"{margin}- {lines.removeprefix(margin + '  ')}"


def write_text(text: str, indent: int, key: str = "", style: YamlStyle = PLAIN_STYLE) -> str:
    """Write a text after its key, whose line is indented by *indent*; a text with line breaks is a block below it."""
    lines = text.split("\n")
    is_block = all(line and line == line.strip() and "\t" not in line for line in lines)
    if len(lines) == 1 or not is_block or _UNPRINTABLE.search(text):
        return write_flow(text, key, style)
    margin = " " * (indent + 2)
    return "|-\n" + "\n".join(f"{margin}{line}" for line in lines)


def write_flow(value: YamlValue, key: str = "", style: YamlStyle = PLAIN_STYLE) -> str:
    """Write the value of a key in one line."""
    if isinstance(value, str):
        is_bare = key in style.bare_keys and _BARE.fullmatch(value)
        return value if is_bare else write_scalar(value)
    if isinstance(value, Mapping):
        pairs = (
            f"{write_scalar(name)}: {write_flow(held, name, style)}"
            for name, held in value.items()
        )
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(write_flow(item, style=style) for item in value)}]"


def write_json(value: YamlValue, key: str = "", style: YamlStyle = PLAIN_STYLE) -> str:
    """Write the value of a key on one line that is also JSON, in which a day is a text."""
    if isinstance(value, str):
        return value if key in style.bare_keys and value in _FLAGS else _quoted(value)
    if isinstance(value, Mapping):
        pairs = (
            f"{_quoted(name)}: {write_json(held, name, style)}" for name, held in value.items()
        )
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(write_json(item, style=style) for item in value)}]"


@lru_cache(maxsize=65_536)
def write_scalar(text: str) -> str:
    """Write a text: without quotes if it cannot be misread, even within brackets.

    >>> write_scalar("Horizon 2020"), write_scalar("NO"), write_scalar("a: b"), write_scalar("2020")
    ('Horizon 2020', '"NO"', '"a: b"', '"2020"')
    """
    is_plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS
    return text if is_plain else _quoted(text)


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _lines(value: YamlValue, indent: int, key: str, style: YamlStyle) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, held in value.items():
            yield write_entry(name, held, indent, style)
    elif isinstance(value, Sequence):
        for number, item in enumerate(value):
            yield "\n" if number and key in style.spaced_keys else ""
            yield write_item(item, indent, style)
