"""What would be otherwise: the plain answer against the one under a question, and what then hangs by a thread."""

from dataclasses import dataclass

from clustergap.analysis.compare import Comparison, compare
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.rating import Rating
from clustergap.model.query import Query


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a question changes.

    Attributes:
        comparison: The plain matrix, and the one under the question.
        asked: The question; its ``as_of`` is None where no day was asked.
        added: The file that was read as well.
        fragile: Ratings of the cells that rest on an instrument then, and did not before.
    """

    comparison: Comparison
    asked: Query
    added: str | None
    fragile: tuple[Rating, ...]


def ask_what_if(plain: Matrix, otherwise: Matrix, asked: Query, added: str | None) -> WhatIf:
    """Compare the cells that two matrices show."""
    fragile = tuple(
        rating for rating in otherwise if rating.rests_on and not _rested(plain, rating)
    )
    return WhatIf(compare(plain, otherwise), asked, added, fragile)


def _rested(plain: Matrix, rating: Rating) -> bool:
    before = plain.ratings.get(rating.cell)
    return before is not None and bool(before.rests_on)
