"""Which instruments a dataset's coverage rests on: which gaps would open without each."""

from collections import defaultdict
from dataclasses import dataclass

from clustergap.analysis.matrix import Matrix
from clustergap.model.cell import Cell
from clustergap.model.dataset import Instrument


@dataclass(frozen=True, slots=True)
class Keystone:
    """An instrument, the shown cells that would be a gap without it, and all shown cells that it serves."""

    instrument: Instrument
    opens: tuple[Cell, ...]
    serves: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Keystones:
    """The instruments that a query counts, by how many gaps would open without each, then by how much each serves."""

    matrix: Matrix
    ranked: tuple[Keystone, ...]


def rank_keystones(matrix: Matrix) -> Keystones:
    """Rank the instruments that serve a cell which *matrix* shows; equal ones stay in file order.

    The engine knows of each cell what it rests on, so no cell is rated again.
    """
    opens: dict[str, list[Cell]] = defaultdict(list)
    serves: dict[str, list[Cell]] = defaultdict(list)
    for rating in matrix:
        for id_ in rating.rests_on:
            opens[id_].append(rating.cell)
        for id_ in rating.instruments:
            serves[id_].append(rating.cell)
    found = [
        Keystone(instrument, tuple(opens[instrument.id]), tuple(serves[instrument.id]))
        for instrument in matrix.dataset.instruments
        if instrument.id in serves
    ]
    found.sort(key=lambda one: (-len(one.opens), -len(one.serves)))
    return Keystones(matrix, tuple(found))
