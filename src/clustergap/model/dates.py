"""Dates in the data files: a day, a month or a year, written ``YYYY[-MM[-DD]]``."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Annotated

from pydantic import BeforeValidator

from clustergap.model.record import wrong_type, wrong_value
from clustergap.text import quote

HOW_TO_WRITE = "write YYYY-MM-DD, YYYY-MM or YYYY"
"""What to do about a text that is no date."""

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)


def first_day(text: str) -> date:
    """Return the first day of a day, month or year.

    Raises:
        ValueError: *text* is not written ``YYYY[-MM[-DD]]``, or there is no such day.

    >>> first_day("2016-04")
    datetime.date(2016, 4, 1)
    """
    year, month, day = _parts(text)
    return date(year, 1 if month is None else month, 1 if day is None else day)


def last_day(text: str) -> date:
    """Return the last day of a day, month or year; errors as ``first_day``.

    >>> last_day("2024-02"), last_day("2020")
    (datetime.date(2024, 2, 29), datetime.date(2020, 12, 31))
    """
    year, month, day = _parts(text)
    month = 12 if month is None else month
    # Refuses month 13 before monthrange does, in a ValueError's words.
    first = date(year, month, 1)
    return first.replace(day=monthrange(year, month)[1] if day is None else day)


def why_no_date(text: str) -> str:
    """Say why a text is no date; nothing if it is one.

    >>> why_no_date("soon"), why_no_date("2016-04-31"), why_no_date("2016-04")
    ("'soon' is not a date", "'2016-04-31' is not a date: there is no such day", '')
    """
    try:
        _cached_first_day(text)
    except ValueError as error:
        why = "" if str(error).startswith("not") else ": there is no such day"
        return f"{quote(text)} is not a date{why}"
    return ""


def _parts(text: str) -> tuple[int, int | None, int | None]:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError("not written YYYY-MM-DD")
    year, month, day = match.groups()
    return int(year), int(month) if month else None, int(day) if day else None


def _read_start(value: object) -> date | None:
    return _read(value, _cached_first_day)


def _read_end(value: object) -> date | None:
    return _read(value, _cached_last_day)


# A large dataset names the same few days again and again.
_cached_first_day = lru_cache(maxsize=4096)(first_day)
_cached_last_day = lru_cache(maxsize=4096)(last_day)


def _read(value: object, day_of: Callable[[str], date]) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise wrong_type("a date is a text", HOW_TO_WRITE)
    try:
        return day_of(value)
    except ValueError as error:
        raise wrong_value(why_no_date(value), HOW_TO_WRITE) from error


FirstDay = Annotated[date | None, BeforeValidator(_read_start)]
"""A first day: a month or a year means its first. Null: open."""

LastDay = Annotated[date | None, BeforeValidator(_read_end)]
"""A last day: a month or a year means its last. Null: open."""


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or the last day of that month; at most ``date.max``.

    >>> months_later(date(2019, 5, 31), 21)
    datetime.date(2021, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
