"""What the program's exit code means to whoever called it."""

import enum


class Exit(enum.IntEnum):
    """Exit codes (`contracts.md`); they never depend on the format."""

    OK = 0
    FOUND = 1
    UNUSABLE = 2
    DEFECT = 3
    INTERRUPTED = 130
