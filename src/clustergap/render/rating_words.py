"""How a cell is rated, in words: how much of it, by what, and why."""

from collections.abc import Collection, Mapping

from clustergap.analysis.rating import Coverage, Rating, Share
from clustergap.wording import one_of


def share_in_words(share: Share, noun: str = "") -> str:
    """Say how many units are covered; *noun* says what they are.

    >>> share_in_words(Share(15, 0, 27, 0, ()))
    '15 of 27'
    >>> share_in_words(Share(1, 0, 1, 7, ()), "territories")
    '1 of 1 territories, 7 not assessed'
    """
    words = f"{share.covered} of {share.of} {noun}".rstrip()
    if share.partial:
        words += f", {share.partial} in part"
    if share.unknown:
        words += f", {share.unknown} not assessed"
    return words


def unassessed_in_words(rating: Rating) -> str:
    """Say how many territories nobody has looked at: a cell that is full but for them must not look full."""
    unknown = rating.share.unknown if rating.share else 0
    return f"{unknown} not assessed" if unknown else ""


def missing_in_words(share: Share) -> str:
    """Name the territories that nothing covers, the first dozen of them."""
    return f"not in {one_of(share.missing)}" if share.missing else ""


def reasons(rating: Rating) -> list[str]:
    """Say why a cell is rated as it is, one clause each: notes in quotes, the share, what is not said."""
    clauses = [f'"{note}"' for note in rating.notes]
    if rating.share is not None:
        clauses += [share_in_words(rating.share), missing_in_words(rating.share)]
    if rating.where_not_said:
        clauses.append("where is not said")
    if not rating.instruments and not clauses:
        clauses.append(
            "nobody has looked" if rating.coverage is Coverage.UNKNOWN else "no instrument"
        )
    return [clause for clause in clauses if clause]


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


def marked_names(rating: Rating, label: Mapping[str, str]) -> list[str]:
    """Name a cell's instruments, each without which it would be a gap with ``!``; *label* holds what stands for each, by id."""
    return [label[id_] + ("!" if id_ in rating.rests_on else "") for id_ in rating.instruments]


def reasons_beside_word(rating: Rating) -> list[str]:
    """Say why a cell is rated as it is, where its word stands beside it: NONE says itself that there is no instrument."""
    says_more = rating.coverage is not Coverage.NONE or rating.share is not None
    return reasons(rating) if says_more else []
