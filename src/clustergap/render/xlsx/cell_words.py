"""What a cell of the matrix says in a workbook."""

from collections.abc import Mapping

from clustergap.analysis.coverage import Rating
from clustergap.answers.ratings import marked_names, reasons_beside_word
from clustergap.render.xlsx.shown import shown
from clustergap.text import count


def cell_in_words(rating: Rating, label: Mapping[str, str]) -> str:
    """Say how a cell is covered, and below it by what, with ``!`` at what it rests on, and why.

    *label* holds what stands for each instrument, by id.
    """
    number = len(rating.instruments)
    head = f"{shown(rating.coverage)}, {count(number, 'instrument')}" if number else ""
    names = marked_names(rating, label)
    why = "; ".join(reasons_beside_word(rating))
    lines = (head or shown(rating.coverage), ", ".join(names), why)
    return "\n".join(line for line in lines if line)
