"""What a new dataset may begin with, as a command's choices."""

import enum


class Beginning(enum.StrEnum):
    """A small dataset that teaches, or the slide deck that the package holds."""

    EXAMPLE = "example"
    DECK = "deck"
