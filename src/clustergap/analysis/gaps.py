"""What is missing: the cells that are not covered or only partly covered, worst first; and those of which nobody knows."""

from dataclasses import dataclass
from datetime import date
from math import fsum

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import Matrix
from clustergap.model.cell import Cell
from clustergap.model.dataset import AcceptedGap, Role


@dataclass(frozen=True, slots=True)
class Gap:
    """A cell with a gap, or one of which nobody knows whether it has one.

    ``elsewhere``: the same role's ratings at the other levels that cover it in full or in part.
    ``accepted``: the decision to accept the gap; ``expired``: its last day is past.
    """

    rating: Rating
    elsewhere: tuple[Rating, ...]
    accepted: AcceptedGap | None
    expired: bool = False

    @property
    def counts(self) -> bool:
        """Whether a gate counts the gap: it is not accepted, or its acceptance has expired."""
        return self.accepted is None or self.expired


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps among the cells that *matrix* shows: none before partial, then in the matrix's order.

    ``unknown``: the cells of which nobody knows, in the matrix's order; they are no gaps.
    """

    matrix: Matrix
    gaps: tuple[Gap, ...]
    unknown: tuple[Gap, ...]

    def failing(self, bad: Coverage) -> tuple[Gap, ...]:
        """Return what counts and is at least as bad as *bad*: NONE, PARTIAL, or UNKNOWN, which a gate fears least."""
        as_bad = _AS_BAD[: _AS_BAD.index(bad) + 1]
        cells = (*self.gaps, *self.unknown)
        return tuple(gap for gap in cells if gap.counts and gap.rating.coverage in as_bad)

    def unjudged(self, bad: Coverage) -> tuple[Gap, ...]:
        """Return the unknown cells that count and that a gate for *bad* passes over."""
        return tuple(gap for gap in self.unknown if gap.counts and bad is not Coverage.UNKNOWN)


_AS_BAD = (Coverage.NONE, Coverage.PARTIAL, Coverage.UNKNOWN)


def find_gaps(matrix: Matrix, today: date | None = None) -> Gaps:
    """List the gaps among the cells that *matrix* shows.

    Args:
        matrix: The rated cells; those not shown still count for ``elsewhere``.
        today: The day on which acceptances must still hold; None: they never expire.
    """
    rated = (rating for rating in matrix if rating.coverage.is_gap)
    # A stable sort keeps the matrix's order.
    worst_first = sorted(rated, key=lambda rating: rating.coverage is not Coverage.NONE)
    unknown = (rating for rating in matrix if rating.coverage is Coverage.UNKNOWN)
    return Gaps(
        matrix,
        tuple(_gap(matrix, rating, today) for rating in worst_first),
        tuple(_gap(matrix, rating, today) for rating in unknown),
    )


def elsewhere(matrix: Matrix, cell: Cell) -> tuple[Rating, ...]:
    """Return the ratings of *cell*'s role at the other levels, shown or not, in the levels' order."""
    return tuple(
        matrix.ratings[Cell(cell.role, level.id)]
        for level in matrix.dataset.levels
        if level.id != cell.level
    )


def known_share(rating: Rating) -> float:
    """Return how much of a cell is known to be covered in full, from 0 to 1; a half if nobody says how much.

    Only for an order: what is covered somewhere stands between what is covered in few places and what is in most.
    """
    if rating.coverage in (Coverage.NONE, Coverage.FULL):
        return float(rating.coverage is Coverage.FULL)
    share = rating.share
    is_said = share is not None and share.of > 0 and not rating.where_not_said
    return share.covered / share.of if share is not None and is_said else UNSAID


UNSAID = 0.5


def worst_roles_first(matrix: Matrix) -> tuple[Role, ...]:
    """Order the roles that are shown by the levels at which they have no instrument, then by the sum of what is known to be covered."""
    bare_and_shares = {
        role.id: (
            -sum(rating.coverage is Coverage.NONE for rating in ratings),
            fsum(map(known_share, ratings)),
        )
        for role, ratings in matrix.by_role()
    }
    return tuple(sorted(matrix.roles, key=lambda role: bare_and_shares[role.id]))


def _gap(matrix: Matrix, rating: Rating, today: date | None) -> Gap:
    accepted = matrix.dataset.accepted_gaps.get(rating.cell)
    covered = (Coverage.FULL, Coverage.PARTIAL)
    return Gap(
        rating,
        tuple(other for other in elsewhere(matrix, rating.cell) if other.coverage in covered),
        accepted,
        bool(accepted and accepted.until and today and accepted.until < today),
    )
