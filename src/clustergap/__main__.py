"""How the program starts: the console script, and ``python -m clustergap``."""

import sys

from clustergap import __version__


def run() -> None:
    """Run the program and leave at once: what Python tidies up at its end, the system does faster."""
    if sys.argv[1:] == ["--version"]:
        # Answered before typer is imported, which takes ten times as long as the answer.
        print(f"clustergap {__version__}")
        return
    import gc
    import os

    gc.disable()  # one short run makes no cycles worth looking for; loading is twice as fast without
    from clustergap.cli.app import main

    code = main(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
