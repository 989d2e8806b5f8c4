"""What the SWOT says of a cell: the items linked to it, nearest link first, and why each is there."""

import enum
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from clustergap.model.cell import Cell
from clustergap.model.dataset import Dataset, Quadrant, SwotItem


class Link(enum.StrEnum):
    """Through what a SWOT item speaks of a cell, the nearest first, in words."""

    CELL = "names the cell"
    ROLE = "names the role"
    INSTRUMENT = "names an instrument"
    LEVEL = "names the level"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A SWOT item that speaks of a cell; ``why`` says through which link."""

    quadrant: Quadrant
    item: SwotItem
    why: str


def evidence_for(
    dataset: Dataset, cell: Cell, instruments: Collection[str]
) -> tuple[Evidence, ...]:
    """Return the SWOT items linked to *cell*, its role, one of its *instruments* or its level.

    Nearest link first (in the order just said), within that in the SWOT's order.
    """
    links: tuple[tuple[Link, Callable[[SwotItem], bool]], ...] = (
        (Link.CELL, lambda item: cell in item.cells),
        (Link.ROLE, lambda item: cell.role in item.roles),
        (Link.INSTRUMENT, lambda item: not set(item.instruments).isdisjoint(instruments)),
        (Link.LEVEL, lambda item: cell.level in item.levels),
    )
    found: dict[str, Evidence] = {}
    for why, is_linked in links:
        for quadrant, item in items(dataset):
            if item.id not in found and is_linked(item):
                found[item.id] = Evidence(quadrant, item, why.value)
    return tuple(found.values())


def evidence_naming(dataset: Dataset, instrument: str) -> tuple[Evidence, ...]:
    """Return the SWOT items that name an *instrument* by its id, in the SWOT's order."""
    found = (row for row in items(dataset) if instrument in row[1].instruments)
    return tuple(Evidence(quadrant, item, "names the instrument") for quadrant, item in found)


def items(dataset: Dataset) -> Iterator[tuple[Quadrant, SwotItem]]:
    """Walk through the SWOT, quadrant by quadrant."""
    for quadrant, rows in dataset.swot.items():
        for item in rows:
            yield quadrant, item
