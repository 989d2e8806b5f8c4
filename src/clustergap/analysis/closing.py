"""What would close a cell's gap and change nothing else: one more full cover, of the units that are not full."""

from collections.abc import Iterable
from typing import NamedTuple

from clustergap.analysis.counting import stated
from clustergap.analysis.matrix import Matrix, tally_up
from clustergap.analysis.units import Units, units_by_level
from clustergap.findings import DataPath, statement_path
from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Except, Extent, Territories
from clustergap.reference.territories import names


class Closing(NamedTuple):
    """A cover that closes a gap.

    Attributes:
        is_located: Whether it must say where: without territories it would count in the whole level.
        territories: Where; None where several territories lack and none is covered in full: what would be is the writer's to say.
        is_named: Whether an instrument names the cell already; another must.
        holders: The instruments beside which it would stand: those of the cell, else of its role, else all.
        contradicts: The observations that say "partial" of the cell and would be wrong.
    """

    is_located: bool
    territories: Territories | None
    is_named: bool
    holders: tuple[DataPath, ...]
    contradicts: tuple[DataPath, ...]


def find_closing(matrix: Matrix, cell: Cell) -> Closing | None:
    """Say what would close a cell's gap under the matrix' query; None where it has none."""
    if not matrix.ratings[cell].coverage.is_gap:
        return None
    dataset, query = matrix.dataset, matrix.query
    units = units_by_level(dataset, query.place)[cell.level]
    tally = tally_up(dataset, query)[cell]
    # Where nobody has looked anywhere, and one says "not everywhere", any unit would do.
    lacking = tally.lacking or units.shown
    is_known = bool(tally.full) or lacking.bit_count() == 1
    observed = dataset.observations.get(cell, ())
    partly = [
        statement_path(("observations",), cell, number, len(observed))
        for number, said in stated(observed, query)
        if said.extent is Extent.PARTIAL
        if said.territories is None or units.of(said.territories) & lacking
    ]
    return Closing(
        units.is_located,
        shortest(units, lacking) if units.is_located and is_known else None,
        any(cell in one.covers for one in dataset.instruments),
        tuple(("instruments", n) for n in _holders(dataset, cell)),
        tuple(partly),
    )


def shortest(units: Units, wanted: int) -> Territories:
    """Name a set of *units* in as few codes as may be: those in it, or all but those that are not."""
    named = _codes(units, wanted)
    others = _codes(units, units.all & ~wanted)
    return Except(**{"except": others}) if others and len(others) < len(named) else named


def _codes(units: Units, wanted: int) -> tuple[str, ...]:
    # A country or region stands for the units in it, where all of them are wanted and there are several.
    found: dict[str, None] = {}
    for code in units.names(wanted):
        around = (code[:length] for length in range(2, len(code)))
        found[next((one for one in around if _is_within(units, one, wanted)), code)] = None
    return tuple(found)


def _is_within(units: Units, code: str, wanted: int) -> bool:
    inside = units.named(code)
    return (
        code in names()
        and code not in units.codes
        and inside & ~wanted == 0
        and inside.bit_count() > 1
    )


def _holders(dataset: Dataset, cell: Cell) -> Iterable[int]:
    of_cell, of_role = [], []
    for n, instrument in enumerate(dataset.instruments):
        if cell in instrument.covers:
            of_cell.append(n)
        elif any(covered.role == cell.role for covered in instrument.covers):
            of_role.append(n)
    return of_cell or of_role or range(len(dataset.instruments))
