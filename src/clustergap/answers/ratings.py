"""How a cell is rated, in words: how much of it, by what, and why."""

from collections.abc import Collection
from typing import NamedTuple

from clustergap.analysis.coverage import Coverage, Rating, Share
from clustergap.answers.phrases import Names
from clustergap.text import count, one_of

_ONE, _MANY = "territory", "territories"


ELSEWHERE = "the place is no territory of this level"
"""Said of a cell that the place asked for has nothing to do with: nobody can have looked there."""


def is_one_place(share: Share) -> bool:
    """Tell whether a share is of one territory, as where one was asked for: then the coverage itself says all of it."""
    return share.of + share.unknown <= 1


def share_in_words(share: Share | None) -> str:
    """Say how many territories are covered; nothing where there is but one, or where nobody said where.

    >>> share_in_words(Share(323, 190, 1165, 0, ()))
    '323 of 1,165 territories, 190 in part'
    >>> share_in_words(Share(1, 0, 1, 7, ()))
    '1 of 1 territory, 7 not assessed'
    >>> share_in_words(Share(0, 0, 1, 0, ("RO11",)))
    ''
    """
    if share is None or is_one_place(share):
        return ""
    if not share.of:
        return f"{count(share.unknown, _ONE, _MANY)} not assessed"
    words = f"{share.covered:,} of {count(share.of, _ONE, _MANY)}"
    if share.partial:
        words += f", {share.partial:,} in part"
    if share.unknown:
        words += f", {share.unknown:,} not assessed"
    return words


class ShareColumns(NamedTuple):
    """A share as what rows say of it: ``missing`` are codes."""

    covered: int | None
    partial: int | None
    of: int | None
    unknown: int | None
    missing: str | None


def share_columns(share: Share | None) -> ShareColumns:
    """Return what rows say of a share: nothing where nobody said where."""
    if share is None:
        return ShareColumns(None, None, None, None, None)
    return ShareColumns(*share[:4], " ".join(share.missing))


def unassessed_in_words(rating: Rating) -> str:
    """Say how many territories nobody has looked at: a cell that is full but for them must not look full."""
    share = rating.share
    if share is None or not share.unknown or is_one_place(share):
        return ""
    return f"{count(share.unknown, _ONE, _MANY)} not assessed"


def missing_in_words(share: Share) -> str:
    """Name the territories that nothing covers, the first dozen of them."""
    return f"not in {one_of(share.missing)}" if share.missing else ""


def reasons(rating: Rating) -> list[str]:
    """Say why a cell is rated as it is, one clause each: notes in quotes, the share, what is not said."""
    clauses = [f'"{note}"' for note in rating.notes]
    share = rating.share
    if share is not None:
        is_in_part = is_one_place(share) and share.partial
        in_part = "only in part" if is_in_part and not rating.notes else ""
        clauses += [share_in_words(share), in_part, missing_in_words(share)]
    if rating.where_not_said:
        clauses.append("where is not said")
    if not rating.instruments and not any(clauses):
        clauses.append(nothing_in_words(rating))
    return [clause for clause in clauses if clause]


def nothing_in_words(rating: Rating) -> str:
    """Say why a cell that nothing covers is none or unknown."""
    if rating.is_elsewhere:
        return ELSEWHERE
    return "nobody has looked" if rating.coverage is Coverage.UNKNOWN else "no instrument"


def a_gap_without(names: Collection[str]) -> str:
    """Say of a full cell, in every output in the same words, that it would be a gap without any one of these.

    >>> a_gap_without(["ESCP"]), a_gap_without(["ESCP", "ECCP"])
    ('a gap without ESCP', 'a gap without any one of ESCP, ECCP')
    """
    return f"a gap without {'' if len(names) == 1 else 'any one of '}{one_of(names)}"


LONGEST_NOTE, MOST_NOTES = 80, 2
"""What fits a cell of a table or picture, in characters and in notes; ``explain`` tells all of them."""


def short_notes(rating: Rating) -> list[str]:
    """Quote the notes of a cell that fit into it."""
    return [f'"{note}"' for note in rating.notes if len(note) <= LONGEST_NOTE][:MOST_NOTES]


def brief_reasons(rating: Rating) -> str:
    """Say in a few words how much of a cell is covered, and in whose words it is not."""
    notes = short_notes(rating) if rating.coverage.is_gap else []
    return "; ".join(filter(None, (share_in_words(rating.share), *notes)))


def marked_names(rating: Rating, names: Names) -> list[str]:
    """Name a cell's instruments, each without which it would be a gap with ``!``."""
    return [
        names.instruments[id_] + ("!" if id_ in rating.rests_on else "")
        for id_ in rating.instruments
    ]


def reasons_beside_word(rating: Rating) -> list[str]:
    """Say why a cell is rated as it is, where its word stands beside it: NONE says itself that there is no instrument."""
    says_more = rating.coverage is not Coverage.NONE or rating.share is not None
    return reasons(rating) if says_more else []


def how_covered(rating: Rating, names: Names) -> str:
    """Say by how much a cell is covered, how much of it, and without what it would be a gap: a clause."""
    if not is_covered(rating):
        if rating.is_elsewhere:
            return ELSEWHERE
        is_known = rating.coverage is Coverage.NONE
        return "no instrument covers this cell" if is_known else "nobody has looked here"
    number = len(rating.instruments)
    by = f"by {count(number, 'instrument')}" if number else "no instrument is named"
    share = share_in_words(rating.share)
    return f"{by}{', ' if share else ''}{share}{_fragility(rating, names)}"


def is_covered(rating: Rating) -> bool:
    """Tell whether something covers a cell, in full or in part."""
    return rating.coverage in (Coverage.FULL, Coverage.PARTIAL)


def _fragility(rating: Rating, names: Names) -> str:
    if not rating.rests_on:
        return ""
    if len(rating.instruments) == 1:
        return ", and a gap without it"
    return f", and {a_gap_without(names.list_instruments(rating.rests_on))}"
