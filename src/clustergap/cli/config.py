"""``clustergap.toml``: defaults of options that a project keeps in a file. Whoever types an option, or sets it in the environment, goes first.

What is wrong in the file is refused with its line, whichever command is run; only an option that a command has not is no mistake.
"""

import os
import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from clustergap.api.locations import home_folder, named_path
from clustergap.checks.files import TOO_LARGE
from clustergap.cli.diff import FailingChange
from clustergap.cli.gaps import FailingGap
from clustergap.errors import ClusterGapError
from clustergap.loading.discovery import all_beside, find_above
from clustergap.loading.files import Refusal, decode, read_anywhere
from clustergap.text import all_of, did_you_mean, either, meant_instead, one_of, quote, visible

NAME = "clustergap.toml"

NONE = "none"
"""The word for no file."""

_MOST = 64 * 1024
"""Bytes of a file; a dozen lines are usual."""

_FAILING: Mapping[str, Collection[str]] = {
    "gaps": tuple(FailingGap),
    "diff": tuple(FailingChange),
}
"""The words of ``fail_on``, by the command that knows them: no word is of both."""

_SYNTAX = 'write key = value, and texts in quotes: data = "data"'
_PLACE = re.compile(r" \(at (?:end of document|line (\d+), column \d+)\)$")


class Defaults(NamedTuple):
    """What a file says for the options that were not typed: their values, by parameter; and its path from here."""

    path: str = ""
    values: Mapping[str, object] = MappingProxyType({})


class _Key(NamedTuple):
    """A key of the file: what it must be, and how its value is that of an option; None if it cannot be."""

    must_be: str
    read: Callable[[object], object | None]


def find_defaults(command: str, options: Collection[str], typed: Mapping[str, Any]) -> Defaults:
    """Find the file of a command and what it says for its options.

    Args:
        command: The command's name.
        options: Its parameters.
        typed: The values that were typed, by parameter; ``config`` is the file's path, or ``none``.

    Raises:
        ClusterGapError: The file cannot be read, or something in it is wrong.
    """
    (named,) = typed.get("config") or (None,)
    file = _find_file(named)
    if file is None:
        return Defaults()
    asked = {key for key in file.values if key in options and key not in typed}
    if os.environ.get("CLUSTERGAP_DATA") or not _asks_for_data(command, typed):
        asked.discard("data")
    values = {key: file.value(key, command) for key in file.values if key in asked}
    if "data" in values and file.is_above and _changes_data(command, typed):
        raise ClusterGapError(
            f"the data that {quote(file.path)} names lies above this folder, and is changed only if it is named: --data {values['data']}"
        )
    return Defaults(file.path, {key: value for key, value in values.items() if value is not None})


def _asks_for_data(command: str, typed: Mapping[str, Any]) -> bool:
    if command == "check":
        return not typed.get("paths")
    return command != "schema" or "from_data" in typed


def _changes_data(command: str, typed: Mapping[str, Any]) -> bool:
    return command in {"import", "rename"} or (command == "gaps" and "accept" in typed)


def configured_data(named: str | None) -> Path | None:
    """Return the dataset's path that the file says, if the environment says none.

    Raises:
        ClusterGapError: As ``find_defaults``.
    """
    file = _find_file(named) if named_path(None) is None else None
    return (
        Path(str(file.value("data", ""))) if file is not None and "data" in file.values else None
    )


class _ConfigFile(NamedTuple):
    """A file, as it is named from here, and what stands in it. ``is_above``: nobody named it, and it lies above this folder."""

    path: str
    text: str
    values: Mapping[str, object]
    is_above: bool

    def value(self, key: str, command: str) -> object | None:
        """Return the value of a key for a command, as typed; None: it is for other commands.

        Raises:
            ClusterGapError: It means nothing.
        """
        value = self.values[key]
        if key == "fail_on" and isinstance(value, list):
            return next((word for word in value if word in _FAILING[command]), None)
        try:
            _refuse_unknown(key, value)
        except ClusterGapError as error:
            raise self.wrong(key, str(error)) from error
        return self._data(str(value)) if key == "data" else value

    def _data(self, value: str) -> str:
        path = Path(self.path).parent / value
        is_there = False
        with suppress(ValueError):  # no path has such a character
            is_there = os.path.lexists(path)
        if not is_there:
            meant = meant_instead(str(path), all_beside(str(path)))
            raise self.wrong("data", f"data: {quote(str(path))} does not exist{meant}")
        return path.as_posix()

    def wrong(self, key: str, message: str) -> ClusterGapError:
        """Return the error that something is wrong at a key."""
        return _wrong(self.path, _line_of(key, self.text), message)


def _find_file(named: str | None) -> _ConfigFile | None:
    words = named if named is not None else os.environ.get("CLUSTERGAP_CONFIG") or None
    if words == NONE:
        return None
    path = find_above(NAME, home_folder()) if words is None else Path(words)
    if path is None:
        return None
    if words is not None and not (words and os.path.lexists(path)):
        said = "--config" if named is not None else "CLUSTERGAP_CONFIG"
        meant = meant_instead(words, all_beside(words))
        raise ClusterGapError(f"{said} {quote(words)} does not exist{meant}")
    is_above = words is None and path.parent != Path()
    shown = path.as_posix()
    text = _read_text(path)
    file = _ConfigFile(shown, text, _parse(shown, text), is_above)
    return file._replace(values={key: _read_value(file, key) for key in file.values})


def _read_text(path: Path) -> str:
    shown = path.as_posix()
    try:
        data = read_anywhere(path, _MOST)
    except Refusal as refusal:
        is_large = refusal.rule is TOO_LARGE
        why = "is too large for a few options" if is_large else f": {refusal.message}"
        raise ClusterGapError(
            f"{quote(shown)}{' ' if is_large else ''}{why}; put a file there, or say --config {NONE}"
        ) from refusal
    text, broken = decode(data)
    if broken is not None:
        line = text[: broken.offset].count("\n") + 1
        raise _wrong(shown, line, f"{broken.message}: {broken.hint}")
    return text


def _parse(shown: str, text: str) -> Mapping[str, object]:
    import tomllib  # most runs have no file

    try:
        return tomllib.loads(text)
    except ValueError as error:
        place = _PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else text.rstrip().count("\n") + 1
        message = _PLACE.sub("", str(error))
        raise _wrong(shown, line, f"{message}: {_SYNTAX}") from error
    except RecursionError as error:
        raise _wrong(shown, None, f"this is too deep: {_SYNTAX}") from error


def _read_value(file: _ConfigFile, key: str) -> object:
    known = _KEYS.get(key)
    if known is None:
        raise file.wrong(key, _unknown(key, file.values[key]))
    value = known.read(file.values[key])
    if value is None:
        raise file.wrong(key, f"{key} must be {known.must_be}")
    return value


def _unknown(key: str, value: object) -> str:
    underscored = key.replace("-", "_")
    if underscored in _KEYS:
        return f"{quote(key)} is written {quote(underscored)} here"
    if isinstance(value, dict):
        return f"{quote(key)} is no key: the keys stand at the top of the file, in no table"
    return f"{quote(key)} is no key: {did_you_mean(key, _KEYS) or one_of(_KEYS)}"


def _refuse_unknown(key: str, value: Any) -> None:  # noqa: ANN401 - each key has its type
    # What only the command can understand, for which it imports the same.
    if key in ("select", "ignore"):
        from clustergap.api.names import read_rules

        read_rules(value)
    if key == "today":
        from clustergap.api.query_options import read_day

        read_day(key, value)


def _wrong(shown: str, line: int | None, message: str) -> ClusterGapError:
    place = visible(shown) if line is None else f"{visible(shown)}:{line}"
    return ClusterGapError(f"{place}: {message}")


def _line_of(key: str, text: str) -> int | None:
    # tomllib tells no places. A line that looks like the key's is it, if what stands before it is whole, and so no text in
    # quotes over several lines; a key with escapes is not found.
    import tomllib

    looks = re.compile(rf"""[ \t]*(?:\[\[?[ \t]*)?(["']?){re.escape(key)}\1[ \t]*[=.\]]""")
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if looks.match(line):
            with suppress(ValueError):
                tomllib.loads("\n".join(lines[:number]))
                return number + 1
    return None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _path(value: object) -> str | None:
    return None if value == "-" else _text(value)


def _switch(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _texts(value: object) -> list[str] | None:
    values = value if isinstance(value, list) else [value]
    texts = [each for each in values if isinstance(each, str) and each.strip()]
    return texts if len(texts) == len(values) else None


def _day(value: object) -> str | None:
    # A moment of TOML is a date of Python too.
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    return value.isoformat() if is_day else _text(value)  # type: ignore[attr-defined]


def _conditions(value: object) -> list[str] | None:
    words = _texts(value)
    if words is None:
        return None
    of_each = [[word for word in words if word in known] for known in _FAILING.values()]
    is_whole = sum(map(len, of_each)) == len(words)
    return words if is_whole and all(len(own) <= 1 for own in of_each) else None


_CODES = 'a list of rules, as ["CG3", "CG401"]'
_WORDS = all_of([f"one of {command} ({either(known)})" for command, known in _FAILING.items()])
_KEYS: Mapping[str, _Key] = {
    "data": _Key('the path of a dataset, as "data"', _path),
    "strict": _Key("true or false", _switch),
    "select": _Key(_CODES, _texts),
    "ignore": _Key(_CODES, _texts),
    "fail_on": _Key(f"a word, or {_WORDS}", _conditions),
    "today": _Key('a day, as 2027-06-30, "2027-06" or "today"', _day),
}
"""The keys, which are options with underscores for hyphens."""
