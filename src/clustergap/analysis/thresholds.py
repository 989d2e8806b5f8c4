"""What counts as soon and as many where nobody says otherwise; the help shows it, so nothing heavy is imported here."""

from calendar import monthrange
from datetime import date

WITHIN = 24
"""Months in which a gap that opens counts as near."""

CROWDED = 5
"""From how many instruments on a cell is crowded."""


def horizon(day: date | None, months: int = WITHIN) -> date | None:
    """Return the last day that is near, so many months behind the day of a question; None where it has none."""
    return months_later(day, months) if day else None


def months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last; never a day after the last of all.

    >>> months_later(date(2019, 5, 31), 21)
    datetime.date(2021, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
