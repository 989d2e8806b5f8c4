"""What people are told beside the document, on standard error."""

import os
import sys

from clustergap.text import visible


def notice(message: str, *, quiet: bool) -> None:
    """Tell something worth knowing, unless nobody wants to hear it."""
    if not quiet:
        _write(f"note: {message}")


def say(message: str) -> None:
    """Tell why the program could not do what it was asked for."""
    _write(f"clustergap: {message}")


def for_people(text: str) -> str:
    """Make sure that *text* does nothing where GitHub reads what people are shown for commands."""
    if not os.environ.get("GITHUB_ACTIONS"):
        return text
    from clustergap.writers.github import disarm

    return disarm(text)


def tell(text: str) -> None:
    """Write lines to standard error."""
    encoding = sys.stderr.encoding
    sys.stderr.write(for_people(text).encode(encoding, "replace").decode(encoding))


def _write(message: str) -> None:
    tell(visible(message) + "\n")
