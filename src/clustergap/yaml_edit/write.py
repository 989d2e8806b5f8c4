"""Values as the text of a YAML file: short ones in one line, texts in quotes where another reader of YAML would doubt.

What is written is in the strict subset without tags and anchors, and means the same to every reader.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

YamlValue = str | Sequence["YamlValue"] | Mapping[str, "YamlValue"]
"""A value as a YAML file would say it: every scalar is a text."""

WIDEST = 100
"""Characters of a line up to which lists and mappings stand in it."""

_PLAIN = re.compile(r"[^\W\d_](?:[\w ()/.+&'’–@-]*[\w)])?|https?://[A-Za-z0-9/._~%=&+-]+")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_FLAGS = frozenset({"true", "false"})
_BARE = re.compile(r"[1-9][0-9]{3}(-[0-9]{2}){0,2}|true|false", re.ASCII)

_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""JSON lets these stand as they are; YAML takes some for line breaks, and no reader takes the others."""


class YamlStyle(NamedTuple):
    """How a family of files writes the values of its keys.

    Attributes:
        bare_keys: Their days, years and flags are no texts: other readers may take them for what they are.
        block_keys: Their entries have a line each, however few there are: people add to them.
        spaced_keys: Their items have a blank line between them.
        last_key: Stands behind all other keys of its mapping.
        short_key: A mapping may be written as the value of this key alone.
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
    """Write an item of a list, a record above all, as one or more whole lines."""
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
    """Write a text after its key, whose line is indented by *indent*; a text with line breaks goes below it."""
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
    """Write the value of a key in one line that is JSON, too, where a day is a text."""
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
    """Write a text: bare if nobody can take it for something else, even within brackets.

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
