"""Dates and numbers of a workbook as the person saw them, not as they are stored."""

import math
import re
from datetime import date, datetime

_NO_LETTERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_WORD = re.compile(r"\w+")
_EXACT = 1e15
"""Up to here a spreadsheet shows every digit of a whole number."""

_ZEROS = re.compile(r"0+")

GENERAL = "General"
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 9: "0%", 10: "0.00%", 14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    22: "d/m/yyyy h:mm",
}  # fmt: skip
"""Number formats that every workbook knows, by their number."""


def see(value: object, number_format: str) -> str:
    """Write a cell's value as it looks.

    A date is written as data files write it, and only as far as it is shown: a cell that shows a month means that month.

    >>> see(date(2016, 4, 1), "mmm yyyy"), see(2016.0, "General"), see(0.5, "0%"), see(7.0, "000")
    ('2016-04', '2016', '50%', '007')
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return _see_date(value, number_format)
    if isinstance(value, int | float):
        return _see_number(value, number_format)
    return str(value)


def see_text(value: object, shown: str) -> str:
    """Write a cell's value as it looks where the text that is *shown* is known: only a date is written otherwise.

    >>> see_text(date(2016, 4, 1), "April 2016"), see_text(0.5, "50 %")
    ('2016-04', '50 %')
    """
    if isinstance(value, date):
        return _see_date(value, " ".join("ymd"[: len(_WORD.findall(shown))]))
    return shown


def _see_date(value: date, number_format: str) -> str:
    if isinstance(value, datetime):
        if value.time() != datetime.min.time():
            return value.isoformat(" ", "minutes")
        value = value.date()
    letters = _NO_LETTERS.sub("", number_format).casefold()
    return _as_far(
        value, 3 if "y" not in letters or "d" in letters else 2 if "m" in letters else 1
    )


def _as_far(value: date, parts: int) -> str:
    return "-".join(value.isoformat().split("-")[:parts])


def _see_number(value: float, number_format: str) -> str:
    plain = _NO_LETTERS.sub("", number_format.partition(";")[0])
    if plain.endswith("%"):
        return f"{value * 100:.10g}%"
    if not math.isfinite(value):
        return str(value)
    text = f"{value:.0f}" if value == int(value) and abs(value) < _EXACT else f"{value:.15g}"
    return text.zfill(len(plain)) if _ZEROS.fullmatch(plain) else text
