"""Values as the text of a data file: short ones in one line, texts in quotes where another reader of YAML would doubt.

What is written is in the strict subset that data files are read in, and means the same to every other reader.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

YamlValue = str | Sequence["YamlValue"] | Mapping[str, "YamlValue"]
"""A value as a YAML file would say it: every scalar is a text."""

WIDEST = 100
"""Characters of a line up to which lists and mappings stand in it."""

_BARE_KEYS = frozenset({"schema", "as_of", "starts", "ends", "reviewed", "until", "funds"})
"""Their values are no texts: other readers may take them for what they are."""

_PLAIN = re.compile(r"[^\W\d_](?:[\w ()/.+&'’–@-]*[\w)])?|https?://[A-Za-z0-9/._~%=&+-]+")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})

_BLOCKS = frozenset({"covers", "observations", "instruments", "levels", "roles"})
"""Keys whose entries have a line each, however few there are: people add to them."""


def write_entry(key: str, value: YamlValue, indent: int) -> str:
    """Write a key and its value as one or more whole lines."""
    head = f"{' ' * indent}{write_scalar(key)}:"
    if isinstance(value, str):
        return f"{head} {write_text(value, indent, key)}\n"
    if not value or key not in _BLOCKS:
        short = f"{head} {write_flow(value, key)}\n"
        if not value or len(short) <= WIDEST:
            return short
    return f"{head}\n{''.join(_lines(value, indent + 2, key))}"


def write_item(value: YamlValue, indent: int) -> str:
    """Write an item of a list, a record above all, as one or more whole lines."""
    margin = " " * indent
    if not isinstance(value, Mapping):
        return f"{margin}- {write_flow(value)}\n"
    if not any(isinstance(one, Mapping) for one in value.values()):
        short = f"{margin}- {write_flow(value)}\n"
        if len(short) <= WIDEST:
            return short
    lines = "".join(write_entry(key, one, indent + 2) for key, one in value.items())
    return f"{margin}- {lines.removeprefix(margin + '  ')}"


def write_text(text: str, indent: int, key: str = "") -> str:
    """Write a text behind its key, whose line is indented so far: one with line breaks below it."""
    if "\n" not in text:
        return write_flow(text, key)
    lines = text.split("\n")
    if any(line != line.strip() or "\t" in line for line in lines) or not all(lines):
        return write_flow(text)
    margin = " " * (indent + 2)
    return "|-\n" + "\n".join(f"{margin}{line}" for line in lines)


def write_flow(value: YamlValue, key: str = "") -> str:
    """Write a value in one line."""
    if isinstance(value, Mapping):
        pairs = (f"{write_scalar(k)}: {write_flow(one, k)}" for k, one in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, str):
        return value if key in _BARE_KEYS and _is_bare(value) else write_scalar(value)
    return f"[{', '.join(write_flow(one) for one in value)}]"


@lru_cache(maxsize=65_536)
def write_scalar(text: str) -> str:
    """Write a text: bare if nobody can take it for something else, even within brackets.

    >>> write_scalar("Horizon 2020"), write_scalar("NO"), write_scalar("a: b"), write_scalar("2020")
    ('Horizon 2020', '"NO"', '"a: b"', '"2020"')
    """
    is_plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _lines(value: YamlValue, indent: int, key: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield write_entry(name, one, indent)
    elif isinstance(value, Sequence):
        # Records have a blank line between them: they are long, and people look for one.
        for number, one in enumerate(value):
            yield "\n" if number and key == "instruments" else ""
            yield write_item(one, indent)


def _is_bare(text: str) -> bool:
    return re.fullmatch(r"[1-9][0-9]{3}(-[0-9]{2}){0,2}|true|false", text, re.ASCII) is not None
