"""The gap map: the words that its page shows before its script runs.

Every state is rated and worded here and in ``page_lookup``, so that the script decides nothing.
"""

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from clustergap.analysis.coverage import Rating
from clustergap.analysis.matrix import Matrix
from clustergap.analysis.report import GapMap, Snapshots, SnapshotSpan
from clustergap.analysis.swot import LinkedItem, SwotView
from clustergap.answers import matrix as matrix_answer
from clustergap.answers.page_lookup import Lookup
from clustergap.answers.phrases import (
    Names,
    brief_reasons,
    gaps_in_words,
    names_of,
    query_in_words,
    reasons,
    worst_in_words,
)
from clustergap.answers.provenance import caveats_in_words
from clustergap.answers.swot import contradiction, links_in_words, nothing_as_sentence
from clustergap.model.cell import Cell
from clustergap.origin import Origin
from clustergap.picture import GapMapPage, LongestRow
from clustergap.text import count
from clustergap.theme import NOT_SAID, WORDS, WORST_FIRST


class PageCell(NamedTuple):
    """A cell in words."""

    id: str
    role: str
    level: str
    coverage: str
    word: str
    number: str
    brief: str
    names: str
    why: str
    is_fragile: bool


class PageItem(NamedTuple):
    """An item of the SWOT, with what it is linked to.

    ``links``: the roles and levels that the page shows, each with its address after the # and its name; ``names``: the rest.
    """

    id: str
    text: str
    cells: tuple[PageCell, ...]
    links: tuple[tuple[str, str], ...]
    names: str
    contradicted: str


def record(answer: GapMap, origin: Origin) -> GapMapPage:
    """Put in words what the page shows before its script runs, and in tables what the script looks up."""
    matrix = answer.matrix
    return GapMapPage(
        title=matrix.dataset.title,
        summary=(gaps_in_words(matrix), worst_in_words(matrix)),
        longest_caveats=max(
            map(caveats_in_words, set(itertools.chain.from_iterable(answer.snapshots.caveats))),
            key=len,
        ),
        longest_rows=_longest_rows(answer),
        sources=tuple(matrix.dataset.sources.values()),
        words=_words(answer, origin),
        lookup=Lookup(answer).build(),
        matrix=matrix_answer.record(matrix, origin),
        columns=matrix_answer.HEADER,
        is_example=origin.is_example,
    )


def _words(answer: GapMap, origin: Origin) -> Mapping[str, object]:
    matrix, snapshots = answer.matrix, answer.snapshots
    dataset, cells = matrix.dataset, cells_in_words(matrix)
    worst_first = sorted(matrix, key=lambda rating: WORST_FIRST.index(rating.coverage))
    return {
        "data_in_words": origin.data_in_words,
        "query": query_in_words(matrix.query),
        "caveats": caveats_in_words(matrix.caveats()),
        "as_of": dataset.as_of.isoformat() if dataset.as_of else "",
        "roles": matrix.roles,
        "levels": matrix.levels,
        "rows": [
            [cells[Cell(role.id, level.id)] for level in matrix.levels] for role in matrix.roles
        ],
        "ranked": [cells[rating.cell] for rating in worst_first],
        "quadrants": quadrants_in_words(answer.swot, cells) if dataset.swot else (),
        "located_levels": {id_ for id_, places in snapshots.places.items() if places.units},
        "not_said": NOT_SAID if _leaves_open_where(snapshots) else (),
        "kinds": kinds_in_words(snapshots),
        "last_stop": len(snapshots.stops) - 1,
        "start": snapshots.start,
    }


def _leaves_open_where(snapshots: Snapshots) -> bool:
    return any(
        span.snapshot.leaves_open_where
        for spans in snapshots.spans
        for history in spans.values()
        for span in history
    )


def _longest_rows(answer: GapMap) -> list[LongestRow]:
    matrix, names = answer.matrix, names_of(answer.matrix)
    # Not narrowed to a kind: a kind only leaves names out.
    spans = answer.snapshots.spans[0]
    return [
        (
            role.name,
            [_longest_cell(spans[Cell(role.id, level.id)], names) for level in matrix.levels],
        )
        for role in matrix.roles
    ]


def _longest_cell(spans: Sequence[SnapshotSpan], names: Names) -> tuple[str, str]:
    ratings = [span.snapshot.rating for span in spans]
    words = (f"partial 99 instruments ! {brief_reasons(rating)}" for rating in ratings)
    lists = (", ".join(names.list_instruments(rating.instruments)) for rating in ratings)
    return max(words, key=len), max(lists, key=len)


def cells_in_words(matrix: Matrix) -> Mapping[Cell, PageCell]:
    """Put every cell that is shown in words."""
    names = names_of(matrix)
    return {
        rating.cell: PageCell(
            id=str(rating.cell),
            role=names.roles[rating.cell.role],
            level=names.levels[rating.cell.level],
            coverage=rating.coverage.value,
            word=WORDS[rating.coverage],
            number=_count_instruments(rating),
            brief=brief_reasons(rating),
            names=", ".join(names.list_instruments(rating.instruments)),
            why="; ".join(reasons(rating, names.places)),
            is_fragile=bool(rating.rests_on),
        )
        for rating in matrix
    }


def _count_instruments(rating: Rating) -> str:
    return count(len(rating.instruments), "instrument") if rating.instruments else "no instrument"


def kinds_in_words(snapshots: Snapshots) -> list[tuple[str, str]]:
    """Name the kinds of instruments by which the query can be narrowed, by id; the first stands for all kinds."""
    names = {kind.id: kind.name for kind in snapshots.matrix.dataset.kinds}
    return [
        (kind, names.get(kind, kind)) if kind else ("", "All kinds") for kind in snapshots.kinds
    ]


def quadrants_in_words(
    view: SwotView, cells: Mapping[Cell, PageCell]
) -> list[tuple[str, list[PageItem], str]]:
    """Put the SWOT in words, linked only to *cells*: the name of each quadrant, its items, and why it shows none."""
    return [
        (
            quadrant.value,
            [_item(view, linked, cells) for linked in items],
            nothing_as_sentence(view, quadrant),
        )
        for quadrant, items in view.quadrants
    ]


def _item(view: SwotView, linked: LinkedItem, cells: Mapping[Cell, PageCell]) -> PageItem:
    item = linked.item
    roles, levels = {cell.role for cell in cells}, {cell.level for cell in cells}
    targets = [
        target
        for its in (item, item.meant)
        for target in (
            *(str(cell) if cell in cells else "" for cell in its.cells),
            *(f"{role}@" if role in roles else "" for role in its.roles),
            *(f"@{level}" if level in levels else "" for level in its.levels),
            *("" for _ in its.instruments),
        )
    ]
    links = list(zip(targets, links_in_words(view, linked), strict=True))
    day = query_in_words(view.matrix.query)
    return PageItem(
        item.id,
        item.text,
        tuple(cells[cell] for cell in item.cells if cell in cells),
        tuple((target, name) for target, name in links[len(item.cells) :] if target),
        ", ".join(name for target, name in links if not target),
        f"{day}, {contradiction(linked)}" if linked.is_contradicted else "",
    )
