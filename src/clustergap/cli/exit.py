"""How the program ends: its exit codes, and the message of the error that ends it."""

import enum
import os
import sys
from collections.abc import Callable, Sequence

from clustergap import __version__
from clustergap.cli.streams import notice, whole_streams, write_stderr
from clustergap.errors import ClusterGapError

REPORT_TO = (
    "Please report it with the command and the data; CLUSTERGAP_DEBUG=1 shows where it happened"
)


class Exit(enum.IntEnum):
    """What the exit code means to whoever called the program; it never depends on the format."""

    OK = 0
    FOUND = 1
    UNUSABLE = 2
    DEFECT = 3
    INTERRUPTED = 130


EXIT_CODES = {
    Exit.OK: "done; gaps are no failure",
    Exit.FOUND: "found, where that was asked: errors by check, what --fail-on names",
    Exit.UNUSABLE: "not done: wrong usage, wrong data, a file that cannot be written",
    Exit.DEFECT: "a defect of clustergap",
    Exit.INTERRUPTED: "stopped by Ctrl-C (143 by TERM, 129 by a closed terminal)",
}
"""What each exit code says, in the program's help and in its page."""


def exit_code_of(answer: Callable[[list[str]], int], argv: Sequence[str]) -> int:
    """Run *answer* and return the exit code; no exception leaves this function."""
    with whole_streams():
        try:
            return answer(list(argv))
        except SystemExit as stop:  # from completion, or a signal
            return stop.code if isinstance(stop.code, int) else Exit.OK
        except KeyboardInterrupt:
            return Exit.INTERRUPTED
        except BaseException as error:  # noqa: BLE001 - the last place where an error can be reported
            return _report(error)


def _report(error: BaseException) -> int:
    try:
        if isinstance(error, ClusterGapError):
            write_stderr("".join(f"{line}\n" for line in error.lines))
            notice(str(error), label="clustergap")
            return Exit.UNUSABLE
    except Exception as other:  # noqa: BLE001 - reporting needs memory, and the libraries
        other.__context__ = error
        error = other
    return _report_defect(error)


def _report_defect(error: BaseException) -> int:
    try:
        if os.environ.get("CLUSTERGAP_DEBUG"):
            import traceback

            write_stderr("".join(traceback.format_exception(error)))
        defect = f"a defect of clustergap {__version__}: {type(error).__name__}. {REPORT_TO}"
        notice(defect, label="clustergap")
    except Exception:  # noqa: BLE001 - there is nothing left to try but the shortest
        sys.stderr.write("clustergap: a defect\n")
    return Exit.DEFECT
