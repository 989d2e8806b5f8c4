"""How the program starts: the console script, and ``python -m clustergap``.

Ctrl-C is not handled yet while this module is imported: it imports nothing that Python has not loaded already.
"""

import os
import sys


def run() -> None:
    """Run the program and leave at once, as the system frees everything faster than Python does."""
    code = 3
    try:
        if _complete():
            os._exit(0)
        # First of all: without it Ctrl-C would show a traceback of whatever is being imported.
        from clustergap.saving.signals import SIGNAL_BASE, exit_by_signal, exit_on_signals

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
        # Never Python's own 1, which in this program means that a check or gate has failed.
        os._exit(code)


def _complete() -> bool:
    """Tell the shell that asks what it may offer, if that can be told before typer is imported."""
    from clustergap.cli.quick_completion import complete

    words = complete(os.environ)
    if words is not None:
        sys.stdout.buffer.write(f"{words}\n".encode())
        sys.stdout.flush()
    return words is not None


def _answer(argv: list[str]) -> int:
    if argv == ["--version"]:
        # Answered before typer is imported, which takes ten times as long as the answer.
        from clustergap import __version__
        from clustergap.cli.streams import write_stdout

        write_stdout(f"clustergap {__version__}\n".encode())
        return 0
    import gc

    gc.disable()  # a short run makes no cycles worth collecting; loading is twice as fast without it
    from clustergap.cli.app import answer

    return answer(argv)


if __name__ == "__main__":
    run()
