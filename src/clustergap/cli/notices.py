"""What people are told beside the document, on standard error."""

import sys

from clustergap.wording import visible


def notice(message: str, *, quiet: bool) -> None:
    """Tell something worth knowing, unless nobody wants to hear it."""
    if not quiet:
        say(f"note: {message}")


def say(message: str) -> None:
    """Write one line to standard error; a stream that is gone is no reason to fail."""
    if sys.stderr is None:
        return
    try:
        encoding = sys.stderr.encoding or "utf-8"
        line = "\n".join(visible(part) for part in f"clustergap: {message}".split("\n"))
        sys.stderr.write(line.encode(encoding, "replace").decode(encoding) + "\n")
    except (OSError, ValueError):
        pass
