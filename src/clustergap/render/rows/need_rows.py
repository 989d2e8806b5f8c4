"""The needs as rows, level by level, the most pressing first."""

from collections.abc import Iterator

from clustergap.analysis.needs import Need, Needs
from clustergap.answers.gaps import acceptance
from clustergap.document import Row
from clustergap.render.building_words import building_in_words
from clustergap.render.need_words import cell_names, evidence_in_words, reasons, sentence

HEADER = (
    "level", "rank", "role", "cell", "coverage", "need", "evidence", "to build on", "covered", "of", "missing",
    "not assessed", "accepted", "order", "as of",
)  # fmt: skip


def rows(found: Needs) -> Iterator[Row]:
    """Write every need; ranks begin anew at each level."""
    for _, needs in found.by_level:
        for rank, need in enumerate(needs, 1):
            yield _row(found, rank, need)


def _row(found: Needs, rank: int, need: Need) -> Row:
    rating, share = need.gap.rating, need.gap.rating.share
    role, level = cell_names(found.matrix, need)
    return (
        level,
        rank,
        role,
        str(rating.cell),
        rating.coverage,
        sentence(need, found.matrix),
        "; ".join(map(evidence_in_words, need.evidence)),
        "; ".join(building_in_words(need, found.matrix)),
        share.covered if share else None,
        share.of if share else None,
        " ".join(share.missing) if share else None,
        share.unknown if share else None,
        "; ".join(acceptance(need.gap)),
        "; ".join(reasons(need)),
        found.matrix.query.as_of,
    )
