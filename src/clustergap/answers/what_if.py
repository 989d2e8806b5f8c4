"""What is asked of a dataset and what then hangs by a thread, in words, for every output of what-if."""

from collections.abc import Iterable, Mapping

from clustergap.analysis.coverage import Rating
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.what_if import Keystones
from clustergap.answers.changes import cell_namer
from clustergap.answers.phrases import query_in_words
from clustergap.answers.ratings import a_gap_without
from clustergap.model.cell import Cell
from clustergap.model.query import Query
from clustergap.text import count


def asked_in_words(query: Query, added: str | None, label: Mapping[str, str]) -> str:
    """Say what is asked beside the plain query, as the beginning of a sentence."""
    parts = [f"without {', '.join(label[id_] for id_ in query.without)}"] if query.without else []
    if added is not None:
        parts.append(f"with {added}")
    if query.with_planned:
        parts.append("with planned instruments")
    if query.kinds:
        parts.append(f"with only {', '.join(query.kinds)}")
    if query.target is not None:
        parts.append(f"for {query.target}")
    if query.place is not None:
        parts.append(f"in {query.place}")
    if query.as_of is not None:
        parts.append(f"as of {query.as_of.isoformat()}")
    words = ", ".join(parts) or "nothing asked"
    return words[0].upper() + words[1:]


def resting(fragile: Iterable[Rating], matrix: Matrix, label: Mapping[str, str]) -> str:
    """Say which cells would be a gap without an instrument, and were not before; nothing if none is."""
    name = cell_namer(matrix.dataset)
    cells = [
        f"{name(rating.cell)} ({a_gap_without([label[id_] for id_ in rating.rests_on])})"
        for rating in fragile
    ]
    return f"Now hanging by a thread: {'; '.join(cells)}." if cells else ""


def cells_in_words(matrix: Matrix, cells: Iterable[Cell]) -> str:
    """Name cells by their roles and levels."""
    return "; ".join(map(cell_namer(matrix.dataset), cells))


def keystones_in_words(found: Keystones) -> str:
    """Say how many instruments there are, and without how many of them a gap would open."""
    number = sum(bool(one.opens) for one in found.ranked)
    return (
        f"{count(len(found.ranked), 'instrument')} in use, {query_in_words(found.matrix.query)}: "
        f"without {number} of them a gap would open."
    )
