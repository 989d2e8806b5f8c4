"""What a cell of the matrix says in a workbook."""

from collections.abc import Mapping

from clustergap.analysis.rating import Coverage, Rating
from clustergap.render.look import reasons
from clustergap.render.xlsx.shown import shown
from clustergap.wording import count


def cell_in_words(rating: Rating, label: Mapping[str, str]) -> str:
    """Say how a cell is covered, and below it by what, with ``!`` at what it rests on, and why.

    *label* holds what stands for each instrument, by id.
    """
    number = len(rating.instruments)
    head = f"{shown(rating.coverage)}, {count(number, 'instrument')}" if number else ""
    names = [label[id_] + ("!" if id_ in rating.rests_on else "") for id_ in rating.instruments]
    # That a cell without coverage has no instrument is said by its word.
    says_more = rating.coverage is not Coverage.NONE or rating.share is not None
    why = reasons(rating) if says_more else []
    lines = (head or shown(rating.coverage), ", ".join(names), "; ".join(why))
    return "\n".join(line for line in lines if line)
