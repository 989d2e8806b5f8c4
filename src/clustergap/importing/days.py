"""Dates as people type them, read as data files write them; an ambiguous date is a question."""

import enum
import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from clustergap.importing.cell_texts import alternatives, bare, words
from clustergap.model.dates import HOW_TO_WRITE, first_day, last_day, why_no_date
from clustergap.text import either, quote


class SpanKind(enum.Enum):
    """What a cell says about time."""

    DATE = enum.auto()
    """A day, a month or a year."""

    SINCE = enum.auto()
    """A first day without a last: "since 2018"."""

    UNTIL = enum.auto()
    """A last day without a first."""

    RANGE = enum.auto()
    """A first day and a last: "2018-2024"."""

    OPEN = enum.auto()
    """No last day: "ongoing"."""


class DateSpan(NamedTuple):
    """What a cell says about time; dates are written ``YYYY[-MM[-DD]]``.

    A single date is both ``first`` and ``last``. ``time_dropped``: it had a time of day other than midnight.
    """

    kind: SpanKind
    first: str | None = None
    last: str | None = None
    time_dropped: bool = False

    def as_keys(self, key: str) -> Mapping[str, str] | None:
        """Return the values, by key, that this means in a column of ``starts`` or ``ends``; None if it does not fit there.

        >>> read_days("2018-2024").as_keys("starts")
        {'starts': '2018', 'ends': '2024'}
        >>> read_days("ongoing").as_keys("ends"), read_days("ongoing").as_keys("starts")
        ({}, None)
        """
        starts, ends = {"starts": self.first or ""}, {"ends": self.last or ""}
        fitting: Mapping[tuple[SpanKind, str], Mapping[str, str]] = {
            (SpanKind.DATE, "starts"): starts,
            (SpanKind.DATE, "ends"): ends,
            (SpanKind.SINCE, "starts"): starts,
            (SpanKind.UNTIL, "ends"): ends,
            (SpanKind.RANGE, "starts"): starts | ends,
            (SpanKind.RANGE, "ends"): starts | ends,
            (SpanKind.OPEN, "ends"): {},
        }
        return fitting.get((self.kind, key))


class DateReading(NamedTuple):
    """One way to read a date: its format, and the date that results."""

    format: str
    date: str


class AmbiguousDate(NamedTuple):
    """A date that may be read in more than one way, or whose year has two digits."""

    readings: Sequence[DateReading]

    @property
    def hint(self) -> str:
        """What to do about it."""
        ways = [f"--date-format {reading.format} for {reading.date}" for reading in self.readings]
        return f"write YYYY-MM-DD, or name the format of the column: {either(ways)}"


class NotADate(NamedTuple):
    """A text that is no date: why, and what to do about it."""

    message: str
    hint: str = HOW_TO_WRITE


ReadDays = DateSpan | AmbiguousDate | NotADate
"""The result of reading a cell: a span, a question about it, or an error."""


class DateFormat(NamedTuple):
    """The order of the parts of a date (``dmy``, ``mdy`` or ``ymd``), and the sign between them."""

    order: str
    separator: str
    has_short_year: bool


_FORMAT = re.compile(r"(D|DD|M|MM|Y|YY|YYYY)([/.-])(D|DD|M|MM)\2(D|DD|Y|YY|YYYY)")
_ORDERS = ("dmy", "mdy", "ymd")
FORMATS = ("D/M/Y", "M/D/Y", "D.M.Y", "Y-M-D", "D/M/YY", "M/D/YY")
"""Examples of formats."""

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_LONGEST = 80
_TIME = re.compile(
    r"(.*\d)(?:t| |, )(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)? ?(am|pm)?(?:z|utc| ?[+-]\d{2}:?\d{2})?"
)
_MIDNIGHT = frozenset({("0", ""), ("00", ""), ("12", "am")})
_YEAR_FIRST = re.compile(
    r"(\d{4})(?:([-/])(\d{1,2})(?:\2(\d{1,2}))?|(\.)(\d{1,2})\5(\d{1,2})\.?)?"
)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d{2})\.?")
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_BETWEEN_WORDS = re.compile(r"[\s,./-]+")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|o|a|\u00b0)?")
_FILLERS = frozenset({"de", "del", "di", "of", "the", "r", "roku"})
_YEAR = re.compile(r"\d{4}")
_SHORT_YEAR = re.compile(r"\d{2}")
_CENTURY, _OF_LAST_CENTURY = 2000, 69
"""A two-digit year from 69 on is in the last century, as strptime reads it."""

_LAST_MONTH = 12
_NUMBER = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_PARTS_OF_YEAR = (
    re.compile(r"(?P<part>[^\W\d]+)\.? ?(?P<number>[1-4])[ /-]*(?P<year>\d{4})"),
    re.compile(
        r"(?P<number>[1-4]|i{1,3}|iv)\.?(?:st|nd|rd|th|er|e|o)? ?(?P<part>[^\W\d]+)\.?(?: de| del| of)?[ /-]*(?P<year>\d{4})"
    ),
    re.compile(r"(?P<year>\d{4})[ /-]*(?P<part>[^\W\d]+)\.? ?(?P<number>[1-4])"),
)
_MONTHS_OF = {
    **dict.fromkeys(
        ("q", "t", "quarter", "quartal", "trimestre", "trim", "kwarta\u0142", "kw"), 3
    ),
    "\u03c4\u03c1\u03b9\u03bc\u03b7\u03bd\u03bf": 3,
    **dict.fromkeys(("h", "s", "half", "halbjahr", "hj", "semestre", "po\u0142rocze"), 6),
}
"""How many months a part of a year has, by its letter or word."""

_SERIAL = re.compile(r"([1-7]\d{4})(?:[.,]\d+)?")
_DAY_BEFORE_SERIALS = date(1899, 12, 30)
_DECIMAL_YEAR = re.compile(r"(\d{4})[.,]0+")
_TWO_YEARS = re.compile(r"(\d{2})(\d{2})[-/](?:(\d{2})|(\d{4}))")
_YEAR_AND_NEXT = re.compile(r"(\d{4})/(\d{2})")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_ONE_YEAR = re.compile(r"\D*((?:19|20)\d{2})\D*")


def read_format(text: str) -> DateFormat | None:
    """Read the name of a format, such as D/M/Y; None if it is not one.

    >>> read_format("D/M/YY")
    DateFormat(order='dmy', separator='/', has_short_year=True)
    >>> read_format("dd.mm.yyyy") == read_format("D.M.Y")
    True
    """
    match = _FORMAT.fullmatch(text.strip().upper())
    if match is None:
        return None
    first, separator, second, third = match.groups()
    order = f"{first[0]}{second[0]}{third[0]}".lower()
    if order not in _ORDERS:
        return None
    return DateFormat(order, separator, "YY" in (first, third))


def read_days(text: str, order: DateFormat | None = None) -> ReadDays:
    """Read what a cell says about time.

    Args:
        text: Its text, which is not a word for nothing.
        order: How to read an ambiguous date, or one with a two-digit year.

    >>> read_days("1.4.2016").first, read_days("kwiecień 2016").first, read_days("seit 2018").first
    ('2016-04-01', '2016-04', '2018')
    >>> read_days("03/04/2016").readings[0]
    DateReading(format='D/M/Y', date='2016-04-03')
    >>> read_days("03/04/2016", read_format("M/D/Y")).first
    '2016-03-04'
    >>> read_days("Q2 2021").hint
    'write its first month, 2021-04, or its last, 2021-06'
    """
    # Columns repeat the same few days; the cache must stay small.
    return (
        _read(text, order) if len(text) <= _LONGEST else NotADate(f"{quote(text)} is not a date")
    )


@lru_cache(maxsize=4096)
def _read(text: str, order: DateFormat | None) -> ReadDays:
    plain = bare(text).translate(_DASHES)
    days = _span(plain, order)
    if days is None:
        return NotADate(f"{quote(text)} is not a date", _hint(plain))
    if isinstance(days, NotADate):
        return NotADate(f"{quote(text)} is not a date: {days.message}", days.hint)
    return days


def _span(plain: str, order: DateFormat | None) -> ReadDays | None:
    if plain.strip("().") in words("open-end"):
        return DateSpan(SpanKind.OPEN)
    if match := _YEAR_AND_NEXT.fullmatch(plain):
        year, month = match.groups()
        # 2018/19 is a school or budget year; 2011/12 may also be December.
        if (int(year) + 1) % 100 == int(month) <= _LAST_MONTH:
            hint = f"write {year}-{month} or {year}-{int(year) + 1}"
            return NotADate("it may be a month or two years", hint)
    return _date(plain, order) or _half(plain, order) or _range(plain, order)


def _half(plain: str, order: DateFormat | None) -> ReadDays | None:
    for group in ("since", "until"):
        match = _behind(group).fullmatch(plain)
        days = _date(match[1], order) if match else None
        if isinstance(days, DateSpan):
            if group == "since":
                return days._replace(kind=SpanKind.SINCE, last=None)
            return days._replace(kind=SpanKind.UNTIL, first=None)
        if days is not None:
            return days
    return None


def _range(plain: str, order: DateFormat | None) -> ReadDays | None:
    match = _behind("since").fullmatch(plain)
    rest = match[1] if match else plain
    is_open = _open_behind().fullmatch(rest)
    if is_open:
        days = _date(is_open[1], order)
        if isinstance(days, DateSpan):
            return days._replace(kind=SpanKind.SINCE, last=None)
        return days
    for place in _between().finditer(rest):
        first = _date(rest[: place.start()], order)
        last = first and _date(rest[place.end() :], order)
        if first is not None and last is not None:
            return _joined(first, last)
    return None


def _joined(first: ReadDays, last: ReadDays) -> ReadDays:
    if not isinstance(first, DateSpan):
        return first
    if not isinstance(last, DateSpan):
        return last
    if first_day(str(first.first)) > last_day(str(last.last)):
        return NotADate("it ends before it begins")
    is_dropped = first.time_dropped or last.time_dropped
    return DateSpan(SpanKind.RANGE, first.first, last.last, is_dropped)


class _Ways(NamedTuple):
    """The ways to read a text: format, year, month, day; ``is_asked``: a person must confirm even a single one."""

    ways: Sequence[tuple[str, int, int | None, int | None]]
    is_asked: bool = False


def _date(plain: str, order: DateFormat | None) -> ReadDays | None:
    body, has_time = _without_time(plain.strip())
    ways = _year_first(body) or _year_last(body, order) or _month_by_name(body, order)
    if ways is None:
        return None
    readings = [
        DateReading(name, written)
        for name, year, month, day in ways.ways
        if not why_no_date(written := _write(year, month, day))
    ]
    if not readings:
        as_format = f" as {ways.ways[0][0]}" if order else ""
        return NotADate(f"there is no such day{as_format}", _hint(body))
    if ways.is_asked or len({reading.date for reading in readings}) > 1:
        return AmbiguousDate(tuple(readings))
    written = readings[0].date
    return DateSpan(SpanKind.DATE, written, written, has_time)


def _without_time(plain: str) -> tuple[str, bool]:
    match = _TIME.fullmatch(plain)
    if match is None:
        return plain, False
    body, hour, minute, second, half = match.groups(default="")
    is_midnight = (hour, half) in _MIDNIGHT and not int(minute) and not int(second or 0)
    return body, not is_midnight


def _write(year: int, month: int | None, day: int | None) -> str:
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)])


def _year_first(body: str) -> _Ways | None:
    match = _YEAR_FIRST.fullmatch(body)
    if match is None:
        return None
    month, day = match[3] or match[6], match[4] or match[7]
    return _Ways([("Y-M-D", int(match[1]), _number(month), _number(day))])


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _year_last(body: str, order: DateFormat | None) -> _Ways | None:
    match = _MONTH_AND_YEAR.fullmatch(body)
    if match:
        return _Ways([("M/Y", int(match[2]), int(match[1]), None)])
    match = _YEAR_LAST.fullmatch(body)
    if match is None:
        return None
    first, separator, second, third = match.groups()
    is_short = len(third) == len("YY")
    ways = []
    for letters in _likely_orders(separator, order, is_short=is_short):
        part = dict(zip(letters, (first, second, third), strict=True))
        name = separator.join(letters.upper()).replace("Y", "YY" if is_short else "Y")
        ways.append((name, _full_year(part["y"]), int(part["m"]), int(part["d"])))
    return _Ways(ways, is_asked=is_short and not (order and order.has_short_year))


def _likely_orders(separator: str, order: DateFormat | None, *, is_short: bool) -> Sequence[str]:
    # Dates with dots have the day first, unless the user says otherwise.
    by_dots = separator == "."
    if order and (order.separator == "." or not by_dots) and (is_short or order.order != "ymd"):
        return [order.order]
    if by_dots:
        return ["dmy"]
    return _ORDERS if is_short and separator == "-" else ["dmy", "mdy"]


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > len("YY"):
        return year
    return _CENTURY + year - (100 if year >= _OF_LAST_CENTURY else 0)


def _month_by_name(body: str, order: DateFormat | None) -> _Ways | None:
    parts = [part for part in _BETWEEN_WORDS.split(body) if part and part not in _FILLERS]
    months = [part for part in parts if part in _months()]
    rest = [part for part in parts if part not in _months()]
    if len(months) != 1 or len(rest) not in (1, len("DY")):
        return None
    month = _months()[months[0]]
    years = [part for part in rest if _YEAR.fullmatch(part)]
    days = [match[1] for part in rest if part not in years and (match := _DAY.fullmatch(part))]
    if len(years) == 1 and len(days) == len(rest) - 1:
        return _Ways([("D/M/Y", int(years[0]), month, int(days[0]) if days else None)])
    # "Apr-16" is how Excel shows April 2016; "16 Apr" has no year.
    if years or not _SHORT_YEAR.fullmatch(parts[-1]) or len(days) != len(rest):
        return None
    day = int(days[0]) if len(rest) > 1 else None
    is_asked = not (order and order.has_short_year)
    return _Ways([("D/M/YY", _full_year(parts[-1]), month, day)], is_asked)


def _hint(plain: str) -> str:
    for pattern in _PARTS_OF_YEAR:
        match = pattern.fullmatch(plain)
        months = _MONTHS_OF.get(match["part"]) if match else None
        if match and months:
            last = _NUMBER[match["number"]] * months
            if last <= _LAST_MONTH:
                year = match["year"]
                first = last - months + 1
                return f"write its first month, {year}-{first:02}, or its last, {year}-{last:02}"
    return _hint_of_numbers(plain) or HOW_TO_WRITE


def _hint_of_numbers(plain: str) -> str:
    if match := _SERIAL.fullmatch(plain):
        day = _DAY_BEFORE_SERIALS + timedelta(days=int(match[1]))
        return (
            f"if it is a day as Excel counts them, write {day}, or give the column a date format"
        )
    if match := _DECIMAL_YEAR.fullmatch(plain):
        return f"write {match[1]}"
    if match := _TWO_YEARS.fullmatch(plain):
        century, year, short, long = match.groups()
        return f"write {century}{year}-{long or century + short} if it lasts from the one year to the other"
    if match := _COMPACT.fullmatch(plain):
        return f"write {'-'.join(match.groups())}"
    if match := _ONE_YEAR.fullmatch(plain):
        return f"write {match[1]} if that year is meant"
    return ""


@cache
def _months() -> Mapping[str, int]:
    return {
        word: number for number in range(1, _LAST_MONTH + 1) for word in words(f"month-{number}")
    }


@cache
def _behind(group: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(group)})(?::? |(?<='))(.+)")


@cache
def _open_behind() -> re.Pattern[str]:
    return re.compile(rf"(.+?)(?: ?- ?|[ ,;/(-]+(?:{alternatives('open-end')})\)?\.?)")


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf" ?- ?| (?:{alternatives('until')}) ")
