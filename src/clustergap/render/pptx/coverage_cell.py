"""A coverage in a table on a slide: its shape and word, and what more is known."""

from collections.abc import Mapping

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.answers.ratings import (
    how_covered,
    marked_names,
    reasons,
    share_in_words,
    short_notes,
    unassessed_in_words,
)
from clustergap.render.pptx.grid import GridCell
from clustergap.render.pptx.paragraphs import Paragraph, strong
from clustergap.theme import INKS, UNICODE, WORDS


def sign(coverage: Coverage, more: str = "") -> str:
    """Write a coverage's shape and word."""
    return f"{UNICODE.coverage[coverage]} {WORDS[coverage]}{more}"


def matrix_cell(rating: Rating, label: Mapping[str, str], size: float, small: float) -> GridCell:
    """Say how a cell is covered, by how many instruments, and by which; else why not."""
    number = len(rating.instruments)
    more = f" {number}{'!' if rating.rests_on else ''}" if number else ""
    ink = INKS[rating.coverage]
    details = (Paragraph(one, small, ink, above=1.0) for one in _details(rating, label))
    return GridCell((strong(sign(rating.coverage, more), size, ink), *details), rating.coverage)


def _details(rating: Rating, label: Mapping[str, str]) -> list[str]:
    if rating.coverage is Coverage.UNKNOWN:
        return [how_covered(rating, label)]
    # Of what is covered the names matter, of a gap first why it is one.
    names = marked_names(rating, label)
    why = [share_in_words(rating.share)]
    why += short_notes(rating) if rating.coverage.is_gap else []
    why += ["where is not said"] if rating.where_not_said else []
    clauses = "; ".join(one for one in why if one)
    return [words for words in (clauses, ", ".join(names)) if words] or reasons(rating)


def coverage_cell(rating: Rating, size: float) -> GridCell:
    """Say how a cell is covered, and how much of it nobody has looked at."""
    ink, unassessed = INKS[rating.coverage], unassessed_in_words(rating)
    more = (Paragraph(unassessed, size, ink),) if unassessed else ()
    return GridCell((strong(sign(rating.coverage), size, ink), *more), rating.coverage)
