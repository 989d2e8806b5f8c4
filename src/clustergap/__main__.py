"""How the program starts: the console script, and ``python -m clustergap``.

What is imported here is imported before Ctrl-C is heard: nothing that Python has not loaded already.
"""

import os
import sys


def run() -> None:
    """Run the program and leave at once: what Python tidies up at its end, the system does faster."""
    code = 3
    try:
        # First of all: from here on Ctrl-C shows nothing of what happens to be imported just then.
        from clustergap.cli.signals import SIGNAL_BASE, exit_by_signal, exit_on_signals

        exit_on_signals()
        from clustergap.cli.exit import exit_code_of

        code = exit_code_of(_answer, sys.argv[1:])
        if code > SIGNAL_BASE:
            exit_by_signal(code - SIGNAL_BASE)
    except KeyboardInterrupt:
        code = 130
    except BaseException as error:  # noqa: BLE001 - what tells of mistakes is missing itself
        os.write(2, f"clustergap: it cannot start: {error!r}\n".encode())
    finally:
        # Never Python's own 1, which means that something was found.
        os._exit(code)


def _answer(argv: list[str]) -> int:
    if argv == ["--version"]:
        # Answered before typer is imported, which takes ten times as long as the answer.
        from clustergap import __version__
        from clustergap.cli.streams import write_stdout

        write_stdout(f"clustergap {__version__}\n".encode())
        return 0
    import gc

    gc.disable()  # one short run makes no cycles worth looking for; loading is twice as fast without
    from clustergap.cli.app import answer

    return answer(argv)


if __name__ == "__main__":
    run()
