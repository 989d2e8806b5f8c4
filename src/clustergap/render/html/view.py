"""What the page's template shows before any script runs: the matrix, the list, the SWOT, the sources, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from clustergap.analysis.coverage import Rating
from clustergap.analysis.gap_map import Snapshots
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.swot import LinkedItem, SwotView
from clustergap.answers.phrases import labels, level_names, query_in_words, role_names
from clustergap.answers.ratings import reasons, share_in_words, short_notes
from clustergap.answers.swot import contradiction, links_in_words
from clustergap.model.cell import Cell
from clustergap.text import count
from clustergap.theme import WORDS


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell in words."""

    id: str
    role: str
    level: str
    coverage: str
    word: str
    number: str
    brief: str
    names: str
    why: str
    rests: bool


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of the SWOT, with what it is linked to.

    ``links``: the roles and levels that the page shows, each with its address behind # and its name; ``names``: the rest.
    """

    id: str
    text: str
    cells: tuple[CellView, ...]
    links: tuple[tuple[str, str], ...]
    names: str
    contradicted: str


def cells_of(matrix: Matrix) -> Mapping[Cell, CellView]:
    """Put every cell that is shown in words."""
    label = labels(matrix)
    roles, levels = role_names(matrix.dataset), level_names(matrix.dataset)
    return {
        rating.cell: CellView(
            id=str(rating.cell),
            role=roles[rating.cell.role],
            level=levels[rating.cell.level],
            coverage=rating.coverage.value,
            word=WORDS[rating.coverage],
            number=_number(rating),
            brief=brief(rating),
            names=", ".join(label[id_] for id_ in rating.instruments),
            why="; ".join(reasons(rating)),
            rests=bool(rating.rests_on),
        )
        for rating in matrix
    }


def brief(rating: Rating) -> str:
    """Say in a few words how much of a cell is covered, and in whose words it is not."""
    notes = short_notes(rating) if rating.coverage.is_gap else []
    return "; ".join(one for one in (share_in_words(rating.share), *notes) if one)


def _number(rating: Rating) -> str:
    return count(len(rating.instruments), "instrument") if rating.instruments else "no instrument"


def kinds_of(states: Snapshots) -> list[tuple[str, str]]:
    """Name the kinds of instruments by which the question can be narrowed, by id; the first is no narrowing."""
    names = {kind.id: kind.name for kind in states.matrix.dataset.kinds}
    return [(kind, names.get(kind, kind)) if kind else ("", "All kinds") for kind in states.kinds]


def quadrants_of(
    view: SwotView, cells: Mapping[Cell, CellView]
) -> list[tuple[str, list[ItemView]]]:
    """Put the SWOT in words, linked to the cells of *cells* alone."""
    return [
        (name.value, [_item(view, linked, cells) for linked in items])
        for name, items in view.quadrants
    ]


def _item(view: SwotView, linked: LinkedItem, cells: Mapping[Cell, CellView]) -> ItemView:
    item = linked.item
    roles, levels = {cell.role for cell in cells}, {cell.level for cell in cells}
    targets = [
        *(str(cell) if cell in cells else "" for cell in item.cells),
        *(f"{role}@" if role in roles else "" for role in item.roles),
        *(f"@{level}" if level in levels else "" for level in item.levels),
        *("" for _ in item.instruments),
    ]
    named = list(zip(targets, links_in_words(view, linked), strict=True))
    day = query_in_words(view.matrix.query)
    return ItemView(
        item.id,
        item.text,
        tuple(cells[cell] for cell in item.cells if cell in cells),
        tuple((target, name) for target, name in named[len(item.cells) :] if target),
        ", ".join(name for target, name in named if not target),
        f"{day}, {contradiction(linked)}" if linked.is_contradicted else "",
    )
