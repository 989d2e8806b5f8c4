"""How values of the data model are written into a cell of a spreadsheet, and read from one."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from clustergap.model.dataset import Except, Territories
from clustergap.model.record import SourceRef

_SEPARATOR = re.compile(r"[,;\n]")
_BETWEEN_CODES = re.compile(r"[\s,;]+")
_EXCEPT = re.compile(r"(?:all |everywhere )?(?:except|but)(?: in| for)?\b:?", re.IGNORECASE)
_ESCAPES = {"\\": "\\\\", "|": "\\|", "\n": "\\n"}
_ESCAPED = re.compile(r"\\(.)|\|", re.DOTALL)


def write_day(day: date | None) -> str:
    """Write a date as people sort it."""
    return day.isoformat() if day else ""


def write_codes(territories: Territories | None) -> str:
    """Write where a statement applies.

    >>> write_codes(("AT", "BE"))
    'AT, BE'
    """
    if territories is None:
        return ""
    if isinstance(territories, Except):
        return f"except {', '.join(territories.codes)}"
    return ", ".join(territories)


def read_codes(text: str) -> list[str] | dict[str, list[str]]:
    """Read where a statement applies, as a data file says it.

    >>> read_codes("except CY, MT")
    {'except': ['CY', 'MT']}
    """
    match = _EXCEPT.match(text.strip())
    codes = [
        code for code in _BETWEEN_CODES.split(text.strip()[match.end() if match else 0 :]) if code
    ]
    return {"except": codes} if match else codes


def write_ids(ids: Iterable[str]) -> str:
    """Write ids."""
    return ", ".join(ids)


def split(text: str) -> list[str]:
    """Read what is separated by commas, semicolons or line breaks.

    >>> split("H2020, KIC")
    ['H2020', 'KIC']
    """
    return [part.strip() for part in _SEPARATOR.split(text) if part.strip()]


def write_refs(refs: Iterable[SourceRef]) -> str:
    """Write citations, one a line: the source's key, the place in it, its words.

    >>> write_refs([SourceRef(ref="deck", locator="SWOT")])
    'deck | SWOT'
    """
    return "\n".join(_write_parts((ref.ref, ref.locator or "", ref.quote or "")) for ref in refs)


def read_refs(text: str) -> list[dict[str, str]]:
    """Read citations, as a data file says them.

    >>> read_refs("deck | SWOT")
    [{'ref': 'deck', 'locator': 'SWOT'}]
    """
    keys = ("ref", "locator", "quote")
    return [
        {key: part for key, part in zip(keys, _read_parts(line), strict=False) if part}
        for line in text.split("\n")
        if line.strip()
    ]


def _write_parts(parts: Sequence[str]) -> str:
    escaped = ["".join(_ESCAPES.get(c, c) for c in part) for part in parts]
    while not escaped[-1]:
        escaped.pop()
    return " | ".join(escaped)


def _read_parts(line: str) -> list[str]:
    # A bar within a text is escaped; what a fourth bar separates belongs to the words.
    parts: list[str] = []
    part, begin = "", 0
    for match in _ESCAPED.finditer(line):
        part += line[begin : match.start()]
        begin = match.end()
        if match[0] == "|" and len(parts) < 2:  # noqa: PLR2004 - key and place stand before the words
            parts.append(_trim(part, is_first=not parts))
            part = ""
        else:
            part += "\n" if match[1] == "n" else match[1] or "|"
    part += line[begin:]
    return [*parts, _trim(part, is_first=not parts, is_last=True)]


def _trim(part: str, *, is_first: bool, is_last: bool = False) -> str:
    # Only the spaces around the bars are ours.
    part = part.strip() if is_first else part.removeprefix(" ")
    return part if is_last else part.removesuffix(" ")


def write_flag(flag: bool | None) -> str:
    """Write what is true or not, or not said."""
    return "" if flag is None else "yes" if flag else "no"


def read_flag(text: str) -> str:
    """Read what is true or not, as a data file says it; whatever else stands there stays.

    >>> read_flag("Yes")
    'true'
    """
    return {"yes": "true", "true": "true", "no": "false", "false": "false"}.get(
        text.casefold(), text
    )


def write_lines(words: Iterable[str]) -> str:
    """Write names, one a line: a name may hold commas."""
    return "\n".join(words)


def read_lines(text: str) -> list[str]:
    """Read names, one a line."""
    return [line.strip() for line in text.split("\n") if line.strip()]
