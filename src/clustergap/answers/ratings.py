"""A rating in words and in the columns of a row: how well something covers a role at a level, how much of it, and why."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from clustergap.analysis.coverage import Absence, Coverage, Rating, Share
from clustergap.answers.phrases import Names, a_gap_without, citation
from clustergap.model.place_names import PlaceNames
from clustergap.text import count, one_of

ELSEWHERE = "this level has no such place"
"""The reason for a cell whose level does not have the place of the query: it cannot have been assessed."""


def is_one_place(share: Share) -> bool:
    """Tell whether a share is of a single territory, as if one was asked for: then the coverage alone says everything."""
    return share.of + share.unknown <= 1


def share_in_words(share: Share | None) -> str:
    """Say how many territories are covered; nothing if there is only one, or if no statement names territories.

    >>> share_in_words(Share(323, 190, 1165, 0, ()))
    '323 of 1,165 places, 190 in part'
    >>> share_in_words(Share(1, 0, 1, 7, ()))
    '1 of 1 place, 7 unknown'
    >>> share_in_words(Share(0, 0, 1, 0, ("RO11",)))
    ''
    """
    return "" if share is None or is_one_place(share) else covered_in_words(share)


def covered_in_words(share: Share) -> str:
    """Say how many territories are covered, however few there are."""
    if not share.of:
        return f"{count(share.unknown, *share.noun)} unknown"
    words = f"{share.covered:,} of {count(share.of, *share.noun)}"
    if share.partial:
        words += f", {share.partial:,} in part"
    if share.unknown:
        words += f", {share.unknown:,} unknown"
    return words


WritePlaces = Callable[[Iterable[str]], str]
"""Writes places into a row, by their codes: ``write_codes``, or with their names: ``PlaceNames.list_with_codes``."""


def write_codes(codes: Iterable[str]) -> str:
    """Write places as rows for programs have them.

    >>> write_codes(["RO11", "RO12"])
    'RO11 RO12'
    """
    return " ".join(codes)


class ShareColumns(NamedTuple):
    """The columns of a share in a row; ``missing`` holds places."""

    covered: int | None
    partial: int | None
    of: int | None
    unknown: int | None
    missing: str | None


def share_columns(share: Share | None, write: WritePlaces) -> ShareColumns:
    """Return the columns of a share, with places as *write* writes them; empty if there is none."""
    if share is None:
        return ShareColumns(None, None, None, None, None)
    return ShareColumns(*share[:4], write(share.missing))


def unknown_in_words(rating: Rating) -> str:
    """Say how many territories are unknown: a cell that is full except for them must not look full."""
    share = rating.share
    if share is None or not share.unknown or is_one_place(share):
        return ""
    return f"{count(share.unknown, *share.noun)} unknown"


def missing_in_words(rating: Rating, places: PlaceNames) -> str:
    """Name the places that nothing covers: the first dozen of them, or their countries."""
    missing = rating.share.missing if rating.share else ()
    folded = places.folded(rating.cell.level, missing)
    if folded:
        return f"missing: {folded}"
    return f"not in {one_of(places.listed(missing))}" if missing else ""


TYPED, TYPESET = ('"', '"'), ("“", "”")
"""The marks around a quotation: where letters stand as they are typed, and where text is laid out."""


def reasons(rating: Rating, places: PlaceNames, marks: tuple[str, str] = TYPED) -> list[str]:
    """Say why a cell is rated as it is, one clause each: notes in quotes, the share, what no statement says."""
    clauses = [
        *quoted_notes(rating, marks),
        *(absence_in_words(each, places) for each in rating.absences),
    ]
    share = rating.share
    if share is not None:
        is_in_part = is_one_place(share) and share.partial
        in_part = "only in part" if is_in_part and not rating.notes else ""
        clauses += [share_in_words(share), in_part, missing_in_words(rating, places)]
    clauses += not_said(rating)
    if not rating.instruments and not any(clauses):
        clauses.append(nothing_in_words(rating))
    return [clause for clause in clauses if clause]


def quoted_notes(rating: Rating, marks: tuple[str, str] = TYPED) -> list[str]:
    """Quote the notes of a cell, but for those of absences, which are said with their sources."""
    notes = list(rating.notes)
    for absence in rating.absences:
        if absence.statement.note is not None:
            notes.remove(absence.statement.note)
    return [note.join(marks) for note in notes]


def absence_in_words(absence: Absence, places: PlaceNames) -> str:
    """Say that somebody looked and there is nothing, where, why, and who says so."""
    statement, codes = absence
    where = f" in {one_of(places.listed(codes))}" if codes else ""
    if statement.note is None and not statement.sources:
        return f"somebody looked{where}, and there is nothing"
    note = f": {statement.note.rstrip('.')}" if statement.note else ""
    sources = "; ".join(map(citation, statement.sources))
    return f"nobody{where}{note}{f' ({sources})' if sources else ''}"


def nothing_in_words(rating: Rating) -> str:
    """Say why a cell that nothing covers is none or unknown."""
    if rating.is_elsewhere:
        return ELSEWHERE
    return "nobody has looked" if rating.coverage is Coverage.UNKNOWN else "no instrument"


OPEN_LIST = "the list of places may not be whole"


def is_unsaid(rating: Rating) -> bool:
    """Tell whether a partial cell is covered somewhere, and nobody says where."""
    return rating.coverage is Coverage.PARTIAL and rating.where_not_said


def not_said(rating: Rating) -> list[str]:
    """Say what the statements of a cell leave open: where it is covered, whether here, whether elsewhere too."""
    if not rating.where_not_said:
        where = ""
    elif rating.coverage is Coverage.PARTIAL:
        where = "where is not said"
    else:
        is_unknown = rating.coverage is Coverage.UNKNOWN
        where = f"somewhere, whether {'here' if is_unknown else 'in the rest'} is not said"
    return [*filter(None, (where, OPEN_LIST if rating.has_open_list else ""))]


LONGEST_NOTE, MOST_NOTES = 80, 2
"""What fits in a cell of a table or picture: characters of a note, and notes. ``explain`` shows all of them."""


def short_notes(rating: Rating, marks: tuple[str, str] = TYPED) -> list[str]:
    """Quote the notes of a cell that fit in a cell of a table."""
    return [note.join(marks) for note in rating.notes if len(note) <= LONGEST_NOTE][:MOST_NOTES]


def brief_reasons(rating: Rating) -> str:
    """Say briefly how much of a cell is covered, with notes on what is missing."""
    if rating.coverage is Coverage.UNKNOWN:
        notes = [*short_notes(rating), *not_said(rating)]
    else:
        notes = short_notes(rating) if rating.coverage.is_gap else []
    return "; ".join(filter(None, (share_in_words(rating.share), *notes)))


def marked_names(rating: Rating, names: Names) -> list[str]:
    """Name a cell's instruments; those without which it would be a gap end with ``!``."""
    return [
        names.instruments[id_] + ("!" if id_ in rating.rests_on else "")
        for id_ in rating.instruments
    ]


def reasons_beside_word(rating: Rating, places: PlaceNames) -> list[str]:
    """Say why a cell is rated as it is, next to the word for its coverage: NONE itself says that there is no instrument."""
    is_bare = rating.coverage is Coverage.NONE and rating.share is None
    says_more = not is_bare or bool(rating.absences)
    return reasons(rating, places) if says_more else []


def how_covered(rating: Rating, names: Names) -> str:
    """Say in a clause how a cell is covered, how much of it, and without which instruments it would be a gap."""
    if not is_covered(rating):
        if rating.is_elsewhere:
            return ELSEWHERE
        if rating.coverage is Coverage.NONE:
            return "no instrument"
        return "; ".join(not_said(rating)) or "nobody has looked here"
    number = len(rating.instruments)
    by = f"by {count(number, 'instrument')}" if number else "no instrument is named"
    share = share_in_words(rating.share)
    return f"{by}{', ' if share else ''}{share}{_fragility(rating, names)}"


def verdict(rating: Rating, names: Names) -> str:
    """Say in a clause how a cell is covered, and what its statements leave open."""
    is_told = rating.coverage is Coverage.UNKNOWN
    return "; ".join([how_covered(rating, names), *([] if is_told else not_said(rating))])


def placed_verdict(rating: Rating, names: Names) -> str:
    """Say in a clause how a cell is covered, what its statements leave open, and in which places nothing covers it."""
    return "; ".join(
        filter(None, (verdict(rating, names), missing_in_words(rating, names.places)))
    )


def is_covered(rating: Rating) -> bool:
    """Tell whether something covers a cell, in full or in part."""
    return rating.coverage in (Coverage.FULL, Coverage.PARTIAL)


def _fragility(rating: Rating, names: Names) -> str:
    if not rating.rests_on:
        return ""
    if len(rating.instruments) == 1 and rating.rests_on == rating.instruments:
        return ", and a gap without it"
    return f", and {a_gap_without(names.list_instruments(rating.rests_on))}"
