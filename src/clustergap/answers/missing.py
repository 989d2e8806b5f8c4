"""What is missing, in words for somebody who knows neither the program nor its ids: an entry a gap, the worst first."""

from collections.abc import Sequence
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage
from clustergap.analysis.gaps import Gap, Gaps, known_share
from clustergap.analysis.matrix import Matrix
from clustergap.answers.gaps import acceptance
from clustergap.answers.phrases import Names, at_level, names_of
from clustergap.answers.ratings import TYPESET, reasons
from clustergap.model.cell import Cell
from clustergap.text import a_few_of, as_sentence

MOST_TO_BUILD_ON = 3
"""Instruments that an entry names to build on."""


class MissingEntry(NamedTuple):
    """A gap in words.

    Attributes:
        cell: The role and the level.
        coverage: How it is covered: NONE or PARTIAL.
        subject: The role and the level by name.
        missing: What is missing, and what covers the rest, in sentences.
        build_on: The instruments of the same role at other levels, with their level; empty if there are none.
        accepted: Who accepted the gap, until when and why; empty if nobody did.
    """

    cell: Cell
    coverage: Coverage
    subject: str
    missing: str
    build_on: tuple[str, ...]
    accepted: str


def missing_entries(gaps: Gaps) -> tuple[MissingEntry, ...]:
    """Put gaps in words: none before partial, the smallest known share first; what somebody accepted comes last."""
    names = names_of(gaps.matrix)
    worst_first = sorted(gaps.gaps, key=lambda gap: (not gap.counts, known_share(gap.rating)))
    return tuple(_entry(gap, gaps.matrix, names) for gap in worst_first)


def _entry(gap: Gap, matrix: Matrix, names: Names) -> MissingEntry:
    rating = gap.rating
    level = matrix.dataset.levels_by_id[rating.cell.level]
    why = reasons(rating, names.places, TYPESET) or ["only in part"]
    sentences = [as_sentence("; ".join(why))]
    if rating.instruments:
        sentences.append(as_sentence(f"by {a_few_of(names.list_instruments(rating.instruments))}"))
    return MissingEntry(
        rating.cell,
        rating.coverage,
        f"{names.roles[rating.cell.role]}, {at_level(level)}",
        " ".join(sentences),
        build_on(gap, names),
        " ".join(map(as_sentence, acceptance(gap))),
    )


def build_on(gap: Gap, names: Names) -> tuple[str, ...]:
    """Name what covers the same role elsewhere: what does so in full first, each instrument once with its level."""
    full_first = sorted(gap.elsewhere, key=lambda other: other.coverage is not Coverage.FULL)
    levels: dict[str, str] = {}
    for other in full_first:
        for id_ in other.instruments:
            levels.setdefault(id_, names.levels[other.cell.level])
    named: Sequence[str] = [f"{names.instruments[id_]} ({level})" for id_, level in levels.items()]
    return tuple(named[:MOST_TO_BUILD_ON])
