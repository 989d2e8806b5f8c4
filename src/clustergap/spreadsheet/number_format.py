"""Dates and numbers of a workbook as the person saw them, not as they are stored."""

import math
import re
from datetime import datetime, timedelta
from functools import lru_cache

GENERAL = "General"
BUILT_IN = {
    "0": GENERAL, "1": "0", "2": "0.00", "9": "0%", "10": "0.00%",
    "14": "d/m/yyyy", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy", "18": "h:mm", "19": "h:mm:ss", "20": "h:mm",
    "21": "h:mm:ss", "22": "d/m/yyyy h:mm", "45": "mm:ss", "46": "h:mm:ss", "47": "mm:ss",
}  # fmt: skip
"""Number formats that every workbook knows, by their number."""

_NO_LETTERS = re.compile(r'"[^"]*"?|\\.|\[(?![hms]+\])[^\]]*\]?|_.|\*.', re.IGNORECASE | re.DOTALL)
"""What stands for itself in a format, or says no more than its colour or language."""

_ZEROS = re.compile(r"0+")
_NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]*(?:[eE][+-]?[0-9]{1,4})?")
_WORD = re.compile(r"\w+")
_EXACT = 1e15
"""Up to here a spreadsheet shows every digit of a whole number."""

_LAST_DAY = 2_958_466
"""The first day of the year 10000, counted from 1900."""

_LEAP_DAY = 60
"""The 29th of February 1900, which there was only in Lotus 1-2-3."""

_MOST_KEPT = 10_000
"""Numbers that are remembered: years and days stand in a sheet again and again."""

_1904 = 1_462
"""Days that counting from 1904 is behind."""


@lru_cache(_MOST_KEPT)
def format_number(stored: str, number_format: str, *, is_1904: bool = False) -> str:
    """Write a number as it looks.

    A date is written as data files write it, and only as far as it is shown: a cell that shows a month means that month.

    >>> format_number("42461", "mmm yyyy"), format_number("2016", "General"), format_number("0.5", "0%"), format_number("7", "000")
    ('2016-04', '2016', '50%', '007')
    """
    try:
        value = float(stored) if _NUMBER.fullmatch(stored) else math.nan
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        return stored
    letters = _letters(number_format)
    if not set("ymdhs").isdisjoint(letters):
        days = value + _1904 if is_1904 else value
        if 0 <= days < _LAST_DAY:
            return _see_serial(days, letters)
    return _see_number(value, number_format)


def format_stored_date(stored: str, number_format: str) -> str:
    """Write a date that is stored as text as it looks.

    >>> format_stored_date("2016-04-01T00:00:00", "yyyy")
    '2016'
    """
    try:
        value = datetime.fromisoformat(stored)
    except ValueError:
        return stored
    return _see_date(value, _letters(number_format))


def format_shown_date(stored: str, shown: str) -> str:
    """Write a date as it looks where the text that is *shown* is known, whatever its language.

    >>> format_shown_date("2016-04-01", "April 2016"), format_shown_date("2016-04-01", "1. April")
    ('2016-04', '2016-04-01')
    """
    words = _WORD.findall(shown)
    has_year = not {stored[:4], stored[2:4]}.isdisjoint(words)
    letters = {1: "y", 2: "ym"}.get(len(words), "ymd") if has_year else "d"
    return format_stored_date(stored, letters + ("h" if ":" in shown else ""))


@lru_cache
def _letters(number_format: str) -> str:
    """Return what is left of the first part of a format without what stands for itself."""
    return _NO_LETTERS.sub("", number_format).partition(";")[0].casefold()


def _see_serial(days: float, letters: str) -> str:
    day, part = divmod(round(days * 86_400), 86_400)
    if not set(letters) & set("yd") and set(letters) & set("hs"):
        minutes, seconds = divmod(part + (day * 86_400 if "[" in letters else 0), 60)
        clock = f"{minutes // 60:02d}:{minutes % 60:02d}"
        return f"{clock}:{seconds:02d}" if seconds else clock
    if day == _LEAP_DAY:
        return "1900-02-29"
    first = datetime(1899, 12, 30 if day > _LEAP_DAY else 31)  # noqa: DTZ001 - cells know no time zone
    return _see_date(first + timedelta(days=day, seconds=part), letters)


def _see_date(value: datetime, letters: str) -> str:
    if "h" in letters and (value.hour or value.minute):
        return value.replace(tzinfo=None).isoformat(" ", "minutes")
    parts = 3 if "y" not in letters or "d" in letters else 2 if "m" in letters else 1
    return "-".join(value.date().isoformat().split("-")[:parts])


def _see_number(value: float, number_format: str) -> str:
    plain = _letters(number_format)
    if plain.endswith("%"):
        return f"{value * 100:.10g}%"
    if value == int(value) and abs(value) < _EXACT:
        text = str(int(value))
        return text.zfill(len(plain)) if _ZEROS.fullmatch(plain) else text
    return f"{value:.15g}".upper()
