"""Whether a sheet says what a record says already, in other words or not."""

from collections.abc import Callable, Mapping

from clustergap.model.dates import first_day, last_day
from clustergap.model.plain import DEFAULTS, Plain
from clustergap.yaml_edit.write import YamlValue

_SETS = ("territories", "targets", "succeeded_by")
"""Keys of lists whose order says nothing."""

_DAYS = {
    "starts": first_day,
    "ends": last_day,
    "reviewed": last_day,
    "until": last_day,
    "as_of": last_day,
}


def is_same(key: str, said: YamlValue, known: Plain) -> bool:
    """Tell whether a sheet's value of a key is that of a record, of which None is what it leaves out.

    >>> is_same("starts", "2016", "2016-01-01"), is_same("territories", ["BE", "AT"], ["AT", "BE"])
    (True, True)
    """
    if known is None:
        return said == DEFAULTS.get(key)
    return normal(key, said) == normal(key, known)


def normal(key: str, value: object) -> object:
    """Return what a value says, without how it says it: equal ones are the same.

    >>> normal("ends", "2016-02"), normal("territories", ["BE", "AT"]), normal("note", " x ")
    ('2016-02-29', ['AT', 'BE'], 'x')
    """
    if key in _DAYS and isinstance(value, str):
        return _day(value, _DAYS[key])
    if key in _SETS:
        return _sorted(value)
    return value.strip() if isinstance(value, str) else value


def _day(text: str, day_of: Callable[[str], object]) -> str:
    try:
        return str(day_of(text))
    except ValueError:
        return text


def _sorted(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _sorted(codes) for key, codes in value.items()}
    return sorted(map(str, value)) if isinstance(value, list | tuple) else value
