"""A gap's surroundings in words, for every output that lists gaps."""

from collections.abc import Mapping, Sequence

from clustergap.analysis.gaps import Gap
from clustergap.answers.ratings import reasons
from clustergap.text import count, one_of


def elsewhere(gap: Gap, levels: Mapping[str, str]) -> list[str]:
    """Say how the other levels cover the same role; *levels* holds their names by id."""
    return [f"{levels[other.cell.level]} {other.coverage.value}" for other in gap.elsewhere]


def acceptance(gap: Gap) -> list[str]:
    """Say who lives with the gap, until when and why; nothing if nobody has accepted it."""
    accepted = gap.accepted
    if accepted is None:
        return []
    by = f" by {accepted.by}" if accepted.by else ""
    until = f" until {accepted.until.isoformat()}" if accepted.until else ""
    return [f"{'acceptance expired' if gap.expired else 'accepted'}{by}{until}: {accepted.reason}"]


def why_in_words(gap: Gap, label: Mapping[str, str]) -> list[str]:
    """Say why a cell is a gap, by what it is covered in part, and who lives with it; *label* names the instruments."""
    names = ", ".join(label[id_] for id_ in gap.rating.instruments)
    return [*reasons(gap.rating), *([f"by {names}"] if names else []), *acceptance(gap)]


def failure(failing: Sequence[Gap]) -> str:
    """Say for which gaps a gate fails, and whose acceptance has expired."""
    cells = [f"{gap.rating.cell}{_expired(gap)}" for gap in failing]
    return f"fails for {count(len(failing), 'gap')} that nobody has accepted: {one_of(cells)}"


def _expired(gap: Gap) -> str:
    until = gap.accepted.until if gap.accepted else None
    return f" (its acceptance expired on {until.isoformat()})" if until else ""
