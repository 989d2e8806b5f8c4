"""Whether a sheet says what a record says already, in other words or not."""

from collections.abc import Callable, Mapping

from clustergap.importing.claims import Value
from clustergap.model.dates import first_day, last_day
from clustergap.model.plain import DEFAULTS, Plain

_SETS = ("territories", "targets", "succeeded_by")
"""Keys of lists whose order says nothing."""

_DAYS = {
    "starts": first_day,
    "ends": last_day,
    "reviewed": last_day,
    "until": last_day,
    "as_of": last_day,
}


def is_same(key: str, said: Value, known: Plain) -> bool:
    """Tell whether a sheet's value of a key is that of a record, of which None is what it leaves out.

    >>> is_same("starts", "2016", "2016-01-01"), is_same("territories", ["BE", "AT"], ["AT", "BE"])
    (True, True)
    """
    if known is None:
        return said == DEFAULTS.get(key)
    if key in _DAYS and isinstance(said, str):
        return _day(said, _DAYS[key]) == known
    if key in _SETS:
        return _sorted(said) == _sorted(known)
    if isinstance(said, str) and isinstance(known, str):
        return said.strip() == known.strip()
    return said == known


def _day(text: str, day_of: Callable[[str], object]) -> str:
    try:
        return str(day_of(text))
    except ValueError:
        return text


def _sorted(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _sorted(codes) for key, codes in value.items()}
    return sorted(map(str, value)) if isinstance(value, list | tuple) else value
