"""The cells of the gap map's page in words: how much is covered, by what, and what is missing."""

from collections.abc import Mapping
from math import ceil
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage, Rating
from clustergap.analysis.matrix import Matrix
from clustergap.answers.phrases import Names, names_of
from clustergap.answers.ratings import (
    ELSEWHERE,
    LONGEST_NOTE,
    is_one_place,
    is_unsaid,
    missing_in_words,
    unknown_in_words,
)
from clustergap.model.cell import Cell
from clustergap.model.place_names import PlaceNames
from clustergap.text import A_FEW, count
from clustergap.theme import WORDS


class Figure(NamedTuple):
    """How much of a cell is covered, by its noun; a narrow screen shows only ``number``, as its column's head has the noun."""

    before: str = ""
    number: str = ""
    after: str = ""


class Fill(NamedTuple):
    """The percent of a cell's width that is covered in full, and that is covered at all."""

    full: float
    any: float


class PageCell(NamedTuple):
    """A cell in words.

    Attributes:
        id: role@level.
        role: The role's name.
        level: The level's name.
        coverage: The value of its coverage.
        word: What its coverage is called.
        figure: How much is covered.
        names: Up to four instruments, or three of them.
        more: How many more there are.
        detail: What is missing, and a quotation.
        fill: The share that is drawn, if it is known.
        is_unsaid: Whether something is somewhere, and nobody says where.
        is_fragile: Whether it would be a gap without one of its instruments.
    """

    id: str
    role: str
    level: str
    coverage: str
    word: str
    figure: Figure
    names: tuple[str, ...]
    more: int
    detail: str
    fill: Fill | None
    is_unsaid: bool
    is_fragile: bool


def cells_in_words(matrix: Matrix) -> Mapping[Cell, PageCell]:
    """Put every cell that is shown in words."""
    names = names_of(matrix)
    return {rating.cell: _cell(rating, names) for rating in matrix}


def _cell(rating: Rating, names: Names) -> PageCell:
    instruments = names.list_instruments(rating.instruments)
    named = instruments if len(instruments) <= A_FEW else instruments[: A_FEW - 1]
    return PageCell(
        id=str(rating.cell),
        role=names.roles[rating.cell.role],
        level=names.levels[rating.cell.level],
        coverage=rating.coverage.value,
        word=WORDS[rating.coverage],
        figure=figure(rating),
        names=tuple(named),
        more=len(instruments) - len(named),
        detail=detail(rating, names.places),
        fill=fill(rating),
        is_unsaid=is_unsaid(rating),
        is_fragile=bool(rating.rests_on),
    )


def fill(rating: Rating) -> Fill | None:
    """Return the share of a partial cell that is drawn; None if nobody says how much it is."""
    share = rating.share
    if rating.coverage is not Coverage.PARTIAL or rating.where_not_said:
        return None
    if share is None or is_one_place(share) or not share.of:
        return Fill(100, 100)
    return Fill(
        _percent(share.covered, share.of), _percent(share.covered + share.partial, share.of)
    )


def _percent(part: int, whole: int) -> float:
    # Rounded up: what is covered somewhere never looks empty.
    return ceil(1000 * part / whole) / 10


def figure(rating: Rating) -> Figure:
    """Say with its noun how much of a cell is covered."""
    share, number = rating.share, len(rating.instruments)
    if rating.coverage is Coverage.FULL:
        named = Figure("", f"{number:,}", f" {'instrument' if number == 1 else 'instruments'}")
        return named if number else Figure("", "no instrument is named")
    if rating.coverage is Coverage.NONE:
        return Figure("", "no instrument")
    if rating.coverage is Coverage.UNKNOWN:
        return Figure("", _why_unknown(rating))
    if rating.where_not_said:
        return Figure("somewhere: ", "where is not said")
    if share is None or is_one_place(share) or not share.of:
        return Figure("", "in part")
    of = count(share.of, *share.noun).split(" ", 1)
    return Figure("", f"{share.covered:,} of {of[0]}", f" {of[1]}")


def _why_unknown(rating: Rating) -> str:
    if rating.is_elsewhere:
        return ELSEWHERE
    if rating.where_not_said:
        return "somewhere, whether here is not said"
    return unknown_in_words(rating) or "nobody has looked"


def detail(rating: Rating, places: PlaceNames) -> str:
    """Say what is missing from a cell, and quote what its source says; nothing that would be too long to stand there whole."""
    share, clauses = rating.share, list[str]()
    if share is not None and not is_one_place(share) and rating.coverage is not Coverage.NONE:
        in_part = f"{share.partial:,} in part" if share.partial else ""
        is_known = rating.coverage is not Coverage.UNKNOWN
        unknown = unknown_in_words(rating) if is_known else ""
        missing = missing_in_words(rating, places) if rating.coverage is Coverage.PARTIAL else ""
        clauses += [in_part, unknown, missing if len(missing) <= LONGEST_NOTE else ""]
    if rating.coverage is not Coverage.FULL:
        clauses.append(_quotation(rating))
    return "; ".join(filter(None, clauses))


def _quotation(rating: Rating) -> str:
    short = next((note for note in rating.notes if len(note) <= LONGEST_NOTE), None)
    if short is None:
        return ""
    more = f" and {len(rating.notes) - 1:,} more" if len(rating.notes) > 1 else ""
    return f"“{short}”{more}"
