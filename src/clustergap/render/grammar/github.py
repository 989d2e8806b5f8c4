"""GitHub's workflow commands: lines of a job's log that do something (``::error::…``, ``##[…]``)."""

import re

_BEGINS_COMMAND = re.compile(r"^((?:[^\S\n]|\x1b\[[0-9;]*m)*):(?=:)", re.MULTILINE)
_ANYWHERE = "##["
_ACTS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What moves a terminal's cursor; line ends are encoded."""


def command(name: str, properties: dict[str, str | int], message: str) -> str:
    r"""Write a workflow command on one line.

    >>> command("error", {"file": "a,b.yaml", "line": 3}, "100 %\nwrong")
    '::error file=a%2Cb.yaml,line=3::100 %25%0Awrong'
    """
    head = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {head}::{_message(message)}" if head else f"::{name}::{_message(message)}"


def disarm(text: str) -> str:
    r"""Change *text* so that no line of it is a workflow command, wherever its words come from.

    >>> disarm("  ::error::forged\na ##[error]forged\nb::c")
    '  : :error::forged\na ## [error]forged\nb::c'
    """
    return _BEGINS_COMMAND.sub(r"\1: ", text).replace(_ANYWHERE, "## [")


def _message(value: str) -> str:
    # The older commands are looked for within a line: their beginning does not stand in a message either.
    return _escape(value).replace(_ANYWHERE, "## [")


def _property(value: str) -> str:
    # A file whose name has such a character or beginning is told of, though nothing is shown beside its lines.
    value = _ACTS.sub(lambda match: ascii(match[0])[1:-1], value)
    return _message(value).replace(":", "%3A").replace(",", "%2C")


def _escape(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
