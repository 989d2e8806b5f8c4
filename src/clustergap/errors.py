"""The error that a user can mend."""


class ClusterGapError(Exception):
    """What the user asked for cannot be done; ``str(error)`` is the whole message."""
