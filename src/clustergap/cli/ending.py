"""How the program ends: every way of ending has its exit code, and is told as far as that is possible."""

import os
import sys
from collections.abc import Callable, Sequence

from clustergap import __version__
from clustergap.cli.exit import Exit
from clustergap.cli.notices import say, tell
from clustergap.cli.streams import whole_streams
from clustergap.errors import ClusterGapError

REPORT_TO = (
    "Please report it with the command and the data; CLUSTERGAP_DEBUG=1 shows where it happened"
)


def end(answer: Callable[[list[str]], int], argv: Sequence[str]) -> int:
    """Answer, and return the exit code; nothing that happens raises."""
    with whole_streams():
        try:
            return answer(list(argv))
        except SystemExit as stop:  # completion ends so, and what is tidied when it is stopped
            return stop.code if isinstance(stop.code, int) else Exit.OK
        except KeyboardInterrupt:
            return Exit.INTERRUPTED
        except BaseException as error:  # noqa: BLE001 - the last place where one can be told in words
            return _tell(error)


def _tell(error: BaseException) -> int:
    try:
        if isinstance(error, ClusterGapError):
            _tell_what_to_mend(error)
            return Exit.UNUSABLE
    except Exception as other:  # noqa: BLE001 - what tells in words needs memory, and the libraries
        other.__context__ = error
        error = other
    return _tell_defect(error)


def _tell_what_to_mend(error: ClusterGapError) -> None:
    for line in error.lines:
        tell(f"{line}\n")
    say(str(error))


def _tell_defect(error: BaseException) -> int:
    try:
        if os.environ.get("CLUSTERGAP_DEBUG"):
            import traceback

            tell("".join(traceback.format_exception(error)))
        say(f"a defect of clustergap {__version__}: {type(error).__name__}. {REPORT_TO}")
    except Exception:  # noqa: BLE001 - there is nothing left to try but the shortest
        sys.stderr.write("clustergap: a defect\n")
    return Exit.DEFECT
