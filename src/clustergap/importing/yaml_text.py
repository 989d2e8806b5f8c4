"""Values as the text of a data file: short ones in one line, texts in quotes where another reader of YAML would doubt.

What is written is in the strict subset that data files are read in, and means the same to every other reader.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

import yaml

from clustergap.importing.claims import Value

WIDEST = 100
"""Characters of a line up to which lists and mappings stand in it."""

_BARE_KEYS = frozenset({"schema", "as_of", "starts", "ends", "reviewed", "until", "funds"})
"""Their values are no texts: other readers may take them for what they are."""

_PLAIN = re.compile(r"[^\W\d_](?:[\w ()/.+&'’–@-]*[\w)])?|https?://[A-Za-z0-9/._~%?=&+-]+")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_RESOLVER = yaml.resolver.Resolver()
_TEXT = "tag:yaml.org,2002:str"


def write_entry(key: str, value: Value, indent: int) -> str:
    """Write a key and its value as one or more whole lines."""
    margin = " " * indent
    short = f"{margin}{write_scalar(key)}: {write_flow(value, key)}"
    if isinstance(value, str):
        return f"{margin}{write_scalar(key)}: {write_text(value, indent, key)}\n"
    if not value or (len(short) <= WIDEST and not _is_block(key)):
        return f"{short}\n"
    return f"{margin}{write_scalar(key)}:\n" + "".join(_lines(value, indent + 2, key))


def write_item(value: Value, indent: int) -> str:
    """Write an item of a list, a record above all, as one or more whole lines."""
    margin = " " * indent
    short = f"{margin}- {write_flow(value)}\n"
    if not isinstance(value, Mapping) or (len(short) <= WIDEST and not _holds_records(value)):
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


def write_flow(value: Value, key: str = "") -> str:
    """Write a value in one line."""
    if isinstance(value, Mapping):
        pairs = (f"{write_scalar(k)}: {write_flow(one, k)}" for k, one in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, str):
        return value if key in _BARE_KEYS and _is_bare(value) else write_scalar(value)
    return f"[{', '.join(write_flow(one) for one in value)}]"


def write_scalar(text: str) -> str:
    """Write a text: bare if nobody can take it for something else, even within brackets.

    >>> write_scalar("Horizon 2020"), write_scalar("NO"), write_scalar("a: b"), write_scalar("2020")
    ('Horizon 2020', '"NO"', '"a: b"', '"2020"')
    """
    is_plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS and _is_text(text)
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _is_block(key: str) -> bool:
    return key in ("covers", "observations", "instruments", "levels", "roles")


def _holds_records(value: Mapping[str, Value]) -> bool:
    return any(isinstance(one, Mapping) for one in value.values())


def _lines(value: Value, indent: int, key: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield write_entry(name, one, indent)
    elif isinstance(value, Sequence):
        # Records have a blank line between them: they are long, and people look for one.
        for number, one in enumerate(value):
            yield "\n" if number and key == "instruments" else ""
            yield write_item(one, indent)


def _is_bare(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,4}(-[0-9]{2}){0,2}|true|false", text, re.ASCII) is not None


def _is_text(text: str) -> bool:
    return bool(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == _TEXT)
