"""Dates in the data files: a day, a month or a year, written ``YYYY[-MM[-DD]]``.

A month or a year means its first or its last day, with which everything is reckoned; it is told as the data say it.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Annotated, Self

from pydantic import BeforeValidator

from clustergap.model.record import wrong_type, wrong_value
from clustergap.text import long_day, quote

HOW_TO_WRITE = "write YYYY-MM-DD, YYYY-MM or YYYY"
"""What to do about a text that is no date."""

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)


class ReducedDate(date):
    """The first or last day of a month or year, where the data say no day: equal to that day, and reckoned with as it.

    Attributes:
        written: What the data say, ``YYYY-MM`` or ``YYYY``; empty for a day that is reckoned from one.
    """

    written = ""

    def __new__(cls, year: int, month: int, day: int, written: str = "") -> Self:
        """Make one; without *written* a plain date: ``date`` calls this for most of what it reckons."""
        if not written:
            return date(year, month, day)  # type: ignore[return-value]
        self = super().__new__(cls, year, month, day)
        self.written = written
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[int, int, int, str]]:
        """Copy it with what the data say."""
        return type(self), (self.year, self.month, self.day, self.written)


def as_written(day: date) -> str:
    """Write a date as exactly as the data say it.

    >>> as_written(last_day("2024-02")), as_written(first_day("2018-01-01"))
    ('2024-02', '2018-01-01')
    """
    return _period_of(day) or day.isoformat()


def when_in_words(day: date) -> str:
    """Say when something begins or ends, as exactly as the data say it.

    >>> when_in_words(last_day("2024")), when_in_words(last_day("2024-12-31"))
    ('in 2024', 'on 31 December 2024')
    """
    return f"{'in' if _period_of(day) else 'on'} {date_in_words(day)}"


def date_in_words(day: date) -> str:
    """Write a date as a sentence does, as exactly as the data say it.

    >>> date_in_words(last_day("2024-02")), date_in_words(last_day("2024-02-29"))
    ('February 2024', '29 February 2024')
    """
    words, period = long_day(day), _period_of(day)
    if not period:
        return words
    return words.partition(" ")[2] if "-" in period else period


def _period_of(day: date) -> str:
    return day.written if isinstance(day, ReducedDate) else ""


def first_day(text: str) -> date:
    """Return the first day of a day, month or year.

    Raises:
        ValueError: *text* is not written ``YYYY[-MM[-DD]]``, or there is no such day.

    >>> first_day("2016-04") == date(2016, 4, 1)
    True
    """
    year, month, day = _parts(text)
    first = date(year, 1 if month is None else month, 1 if day is None else day)
    return ReducedDate(year, first.month, 1, text) if day is None else first


def last_day(text: str) -> date:
    """Return the last day of a day, month or year; errors as ``first_day``.

    >>> last_day("2024-02") == date(2024, 2, 29), last_day("2020") == date(2020, 12, 31)
    (True, True)
    """
    year, month, day = _parts(text)
    # A date refuses month 13 in a ValueError's words, monthrange in others.
    first = date(year, 12 if month is None else month, 1)
    if day is None:
        return ReducedDate(year, first.month, monthrange(year, first.month)[1], text)
    return first.replace(day=day)


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
