"""What if: the plain matrix compared to that of a query, and the gaps that would open without each instrument."""

from collections import defaultdict
from dataclasses import dataclass

from clustergap.analysis.counting import Dependant, dependants_on, left_out
from clustergap.analysis.coverage import Rating
from clustergap.analysis.matrix import Comparison, Matrix, compare
from clustergap.model.cell import Cell
from clustergap.model.dataset import Instrument
from clustergap.model.query import Query


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a query changes.

    Attributes:
        comparison: The plain matrix compared to that of the query.
        query: The query; its ``as_of`` is None if no day was asked for.
        added: The fragment that was read as well, if any.
        dependants: The instruments that go with those that the query leaves out.
        fragile: Ratings of the cells that rest on an instrument under the query, but not in the plain matrix.
    """

    comparison: Comparison
    query: Query
    added: str | None
    dependants: tuple[Dependant, ...]
    fragile: tuple[Rating, ...]


def build_what_if(plain: Matrix, otherwise: Matrix, query: Query, added: str | None) -> WhatIf:
    """Compare the cells that two matrices show."""
    fragile = tuple(
        rating for rating in otherwise if rating.rests_on and not _rested(plain, rating)
    )
    dataset, gone = otherwise.dataset, left_out(otherwise.dataset, query)
    dependants = tuple(dependants_on(dataset, gone, gone - set(query.without)))
    return WhatIf(compare(plain, otherwise), query, added, dependants, fragile)


def _rested(plain: Matrix, rating: Rating) -> bool:
    before = plain.ratings.get(rating.cell)
    return before is not None and bool(before.rests_on)


@dataclass(frozen=True, slots=True)
class Keystone:
    """An instrument, the shown cells that would be gaps without it, and all shown cells that it serves itself."""

    instrument: Instrument
    opens: tuple[Cell, ...]
    serves: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Keystones:
    """The instruments on which something rests, by how many gaps would open without each, then by how much each serves."""

    matrix: Matrix
    ranked: tuple[Keystone, ...]


def rank_keystones(matrix: Matrix) -> Keystones:
    """Rank the instruments that serve a cell which *matrix* shows, or on which one rests; equal ones stay in file order.

    Every rating says already what its cell rests on, so no cell is rated again.
    """
    opens: dict[str, list[Cell]] = defaultdict(list)
    serves: dict[str, list[Cell]] = defaultdict(list)
    for rating in matrix:
        for id_ in rating.rests_on:
            opens[id_].append(rating.cell)
        for id_ in rating.instruments:
            serves[id_].append(rating.cell)
    ranked = [
        Keystone(instrument, tuple(opens[instrument.id]), tuple(serves[instrument.id]))
        for instrument in matrix.dataset.instruments
        if instrument.id in serves or instrument.id in opens
    ]
    ranked.sort(key=lambda keystone: (-len(keystone.opens), -len(keystone.serves)))
    return Keystones(matrix, tuple(ranked))
