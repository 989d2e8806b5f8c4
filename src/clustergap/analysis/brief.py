"""What one page or one slide says: how roles are covered on a day, what is missing, and what is lost next."""

from dataclasses import dataclass

from clustergap.analysis.gaps import Gaps, find_gaps
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.timeline import Event, find_next_loss


@dataclass(frozen=True, slots=True)
class Brief:
    """The answers about the cells that *matrix* shows for which one page or one slide has room.

    Attributes:
        matrix: The cells that are shown.
        gaps: Those that are not covered, or only partly.
        loss: The next day on which something ends and one of them is covered less; None if none is near.
    """

    matrix: Matrix
    gaps: Gaps
    loss: Event | None


def build_brief(matrix: Matrix) -> Brief:
    """Answer in brief about the cells that a matrix shows, on its day."""
    return Brief(matrix, find_gaps(matrix), find_next_loss(matrix))
