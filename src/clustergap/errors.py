"""The error that a user can mend."""

from collections.abc import Sequence


class ClusterGapError(Exception):
    """What the user asked for cannot be done; ``str(error)`` is the whole message, behind ``lines`` that say more."""

    @property
    def lines(self) -> Sequence[str]:
        """What to tell before the message, line by line."""
        return ()


class MissingExtraError(ClusterGapError):
    """What makes a format is not installed: it is an extra."""

    def __init__(self, wanted: str, extra: str) -> None:
        super().__init__(f"{wanted} needs an extra: pip install 'clustergap[{extra}]'")
