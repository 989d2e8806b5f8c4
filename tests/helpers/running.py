"""Running the command line in process, as tests do."""

import io
import os
import sys
from dataclasses import dataclass
from unittest.mock import patch

from clustergap.cli.app import main


@dataclass(frozen=True)
class Outcome:
    """What a run of the program left: its exit code, its standard output in bytes, its standard error."""

    code: int
    stdout: bytes
    err: str

    @property
    def out(self) -> str:
        """Standard output as text."""
        return self.stdout.decode("utf-8")


class _Stream(io.TextIOWrapper):
    """A stream that is, or is not, a terminal."""

    def __init__(self, encoding: str, given: bytes = b"", *, is_terminal: bool) -> None:
        super().__init__(io.BytesIO(given), encoding=encoding, write_through=True)
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


def run(
    *argv: str,
    encoding: str = "utf-8",
    is_terminal: bool = False,
    columns: int = 80,
    stdin: bytes = b"",
    **environment: str,
) -> Outcome:
    """Run ``clustergap`` with *argv*; *environment* replaces what the program looks at."""
    clean = {key: value for key, value in os.environ.items() if key not in _READ}
    clean |= {"COLUMNS": str(columns), "TERM": "xterm"} | environment
    out, err = (
        _Stream(encoding, is_terminal=is_terminal),
        _Stream(encoding, is_terminal=is_terminal),
    )
    given = _Stream(encoding, stdin, is_terminal=is_terminal)
    streams = patch.multiple(sys, stdin=given, stdout=out, stderr=err)
    with patch.dict(os.environ, clean, clear=True), streams:
        code = main(argv)
    return Outcome(int(code), out.buffer.getvalue(), err.buffer.getvalue().decode(encoding))  # type: ignore[attr-defined]


_READ = (
    "CLUSTERGAP_CONFIG",
    "CLUSTERGAP_DATA",
    "CLUSTERGAP_DEBUG",
    "CLUSTERGAP_MAX_MIB",
    "COLORTERM",
    "COLUMNS",
    "FORCE_COLOR",
    "GITHUB_ACTIONS",
    "LINES",
    "NO_COLOR",
    "TERM",
    "TTY_COMPATIBLE",
)
