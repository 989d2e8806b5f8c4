"""Errors that a user can correct."""

import errno
import os
from collections.abc import Sequence

from clustergap.installation import how_to_add

_SHARING_VIOLATIONS = (32, 33)
"""Error codes of Windows for a file, or a part of it, that another program has open."""


class ClusterGapError(Exception):
    """What the user asked for cannot be done; ``str(error)`` is the whole message; ``lines`` precede it with details."""

    @property
    def lines(self) -> Sequence[str]:
        """The lines to show before the message."""
        return ()


def reason(error: Exception, otherwise: str, system: str = os.name) -> str:
    """Return the reason that a system, by its ``os.name``, gives for an error, or *otherwise* if it gives none.

    >>> reason(PermissionError(13, "Permission denied"), "")
    'Permission denied'
    """
    why = getattr(error, "strerror", None) or otherwise
    if not _is_in_use(error, system):
        return why
    return f"{why}: is it open in another program? Close it there"


def _is_in_use(error: Exception, system: str) -> bool:
    # Windows blocks files that Excel has open, and often only says that the access is not permitted.
    is_windows = system == "nt" and isinstance(error, PermissionError)
    is_busy = getattr(error, "errno", None) == errno.EBUSY
    return is_windows or is_busy or getattr(error, "winerror", None) in _SHARING_VIOLATIONS


class MissingExtraError(ClusterGapError):
    """A library that makes a format is not installed: it belongs to an extra."""

    def __init__(self, wanted: str, extra: str) -> None:
        super().__init__(f"{wanted} needs an extra: {how_to_add(extra)}")
