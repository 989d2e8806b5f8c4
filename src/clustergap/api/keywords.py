"""The keywords that questions take in Python: those of the command line, with its options' names; others are refused.

An option that is a word of Python has an underscore at its end: ``in_``, ``from_``. None is as good as not given.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import wraps
from os import PathLike, fspath
from typing import Any, NamedTuple, TypedDict, TypeVar, get_args

from clustergap.text import did_you_mean

Words = str | Iterable[str] | None
"""A word, or several."""

Day = str | date | None
"""A day: a date, or a text as on the command line, such as ``2021-06-30``, ``2021-06``, ``2021`` or ``today``."""

FilePath = str | PathLike[str]
"""A path, as a text or as a ``Path``."""


class CountingOptions(TypedDict, total=False):
    """Which instruments count."""

    target: str | None
    """Instruments for this target group count, and those for no stated one: its id or name."""
    kind: Words
    """Only instruments of these kinds count: ids or names."""
    without: Words
    """These instruments do not count, nor what is part of them or paid by them alone: ids, shorts or names."""
    alone: bool
    """With ``without``: what hangs on these instruments stays."""
    with_planned: bool
    """Planned instruments count too."""


class PlaceOptions(CountingOptions, total=False):
    """Which instruments count, where and when."""

    as_of: Day
    """The day on which instruments must be in force; a month or a year means its last. Default: the dataset's own day."""
    in_: str | None
    """The territory to look at, by code or name, or the group of territories, by id or name."""


class ShownOptions(TypedDict, total=False):
    """Which cells are shown. No number in a cell depends on what is shown."""

    role: Words
    """The roles to show: ids, names or aliases in any letter case."""
    level: Words
    """The levels to show, likewise."""


class Options(PlaceOptions, ShownOptions, total=False):
    """Which instruments count, where and when; and which cells are shown."""


class TimelineOptions(CountingOptions, total=False):
    """Which instruments count and where, and which cells are shown, when all days are looked at."""

    in_: str | None
    """As in ``PlaceOptions``."""
    role: Words
    """The roles to show."""
    level: Words
    """The levels to show."""


class CompareOptions(CountingOptions, total=False):
    """Which instruments count and when, which cells are shown, and how places are put side by side."""

    as_of: Day
    """As in ``PlaceOptions``; not with ``over``."""
    role: Words
    """The roles to show."""
    level: Words
    """The levels to show; default: those that list territories."""
    each: str | None
    """The level of which all territories are compared, after the places that are named."""
    own: bool
    """Only what names a place counts."""
    measures: bool
    """Each place is measured too."""
    top: int | None
    """Where people read, so many of the least and of the most covered places are shown."""
    over: str | Iterable[str | date] | None
    """Days, months or years: one role at one level is shown on each."""


class ListOptions(TypedDict, total=False):
    """What is listed: what matches all of these."""

    kind: Words
    """Of these kinds: ids or names."""
    in_: str | None
    """Speaking of this territory, by code or name, or of this group, by id or name; a territory: lying in it, or around it."""
    source: str | None
    """Citing this source, by key or title."""
    undated: bool
    """Without a first or a last day, of its own or from another; a source: without a date."""
    unreviewed_since: Day
    """Not reviewed on this day or later, or never; a month or a year means its first day."""
    covers: str | None
    """Speaking of this role, this level or this ``role@level``: ids, names or aliases."""


class _Kind(NamedTuple):
    """What a keyword takes: in words, and a function that returns the value if it is such; it raises TypeError if not."""

    words: str
    read: Callable[[Any], object]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever was given
    return (value,) if isinstance(value, str) else tuple(map(_text, value))


def _day(value: object) -> str | date:
    if isinstance(value, datetime):  # as of pandas; it compares with no date
        return value.date()
    return value if isinstance(value, date) else _text(value)


def _days(value: Any) -> tuple[str | date, ...]:  # noqa: ANN401 - whatever was given
    return tuple(value.split(",")) if isinstance(value, str) else tuple(map(_day, value))


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


_TEXT = _Kind("a text", _text)
_TEXTS = _Kind("a text or several", _texts)
_DAY = _Kind("a day as a text or a date", _day)
_FLAG = _Kind("True or False", _yes_or_no)
_NUMBER = _Kind("a whole number", _number)
_PATH = _Kind("a path", fspath)

_KINDS: Mapping[str, _Kind] = {
    **dict.fromkeys(("target", "in_", "each", "source", "covers", "by"), _TEXT),
    **dict.fromkeys(("role", "level", "kind", "without"), _TEXTS),
    **dict.fromkeys(("select", "ignore"), _TEXTS),
    **dict.fromkeys(("as_of", "today", "from_", "to", "unreviewed_since", "until"), _DAY),
    **dict.fromkeys(("alone", "with_planned", "own", "measures", "undated"), _FLAG),
    **dict.fromkeys(("explain_order", "allow_widening", "long", "strict"), _FLAG),
    **dict.fromkeys(("top", "within", "crowded"), _NUMBER),
    "over": _Kind("days as texts or dates", _days),
    "add": _PATH,
}
"""What each keyword takes, whichever method has it."""

_Question = TypeVar("_Question", bound=Callable[..., Any])


def checks_keywords(question: _Question) -> _Question:
    """Make a method refuse keywords that it does not have and values of another type; the others it gets as they are read.

    Python itself lets a method with typed ``**options`` take any keyword: a misspelt one would narrow nothing, in silence.

    Raises:
        TypeError: When the method is called with a keyword or a value that it does not take.
    """

    @wraps(question)
    def checked(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - as the method says
        given = {name: value for name, value in options.items() if value is not None}
        return question(*args, **{name: _read(question, name, given[name]) for name in given})

    return checked  # type: ignore[return-value]  # it has the method's own signature


def read_text(question: str, name: str, value: object) -> str:
    """Return a text that a question takes without a keyword.

    Raises:
        TypeError: It is none.
    """
    return str(_read_as(_TEXT, question, name, value))


def _read(question: Callable[..., Any], name: str, value: object) -> object:
    known = [*(question.__kwdefaults__ or ()), *_typed_options(question)]
    if name not in known:
        kinds = [word for word in known if word in _KINDS]
        meant = did_you_mean(name, kinds) or f"it takes {', '.join(kinds)}"
        raise TypeError(f"{question.__name__}() takes no {name!r}; {meant}")
    kind = _KINDS.get(name)
    # What is no option, only the command line gives.
    return value if kind is None else _read_as(kind, question.__name__, name, value)


def _read_as(kind: _Kind, question: str, name: str, value: object) -> object:
    try:
        return kind.read(value)
    except TypeError as error:
        given = type(value).__name__
        raise TypeError(f"{question}() takes {kind.words} for {name!r}, not {given}") from error


def _typed_options(question: Callable[..., Any]) -> Iterable[str]:
    # Of ``**options: Unpack[Options]`` the keys of Options, with those that it inherits.
    return [
        name
        for options in get_args(question.__annotations__.get("options"))
        for name in options.__annotations__
    ]
