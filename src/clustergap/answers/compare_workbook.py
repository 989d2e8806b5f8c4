"""Places side by side as a workbook: a grid of all of them, their cells, what differs and what is measured."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from clustergap.analysis.compare import PlaceComparison
from clustergap.answers.compare import CompareAnswer, asked_in_words, cell_rows, document, grid
from clustergap.answers.phrases import coverage_counts, names_of
from clustergap.answers.place_cells import gap_and_numbers
from clustergap.answers.place_measures import measures_rows
from clustergap.answers.ratings import share_in_words
from clustergap.answers.workbooks import document_workbook
from clustergap.document import PlaceGrid, Row, Rows
from clustergap.office import Legend, ListSheet, PageSheet, Workbook, WorkbookSheet
from clustergap.origin import Origin
from clustergap.prose import Heading, Paragraph
from clustergap.text import as_sentence

ADVANTAGES_HEADER = (
    "role", "level", "cell", "ahead", "coverage ahead", "share ahead", "behind", "coverage behind",
    "share behind", "could be joined", "could be copied",
)  # fmt: skip


def compare_workbook(answer: CompareAnswer, origin: Origin) -> Workbook:
    """Return all places side by side as a coloured grid, their cells as a list, and what differs or is measured."""
    comparison, measures = answer.comparison, answer.measures
    words = document(replace(answer, top=len(comparison.places)), origin)
    sheets: list[WorkbookSheet] = [
        PageSheet(
            "Comparison",
            (
                Heading(comparison.matrix.dataset.title),
                Paragraph(as_sentence(asked_in_words(comparison))),
                *([Paragraph(words.remark)] if words.remark else []),
                _whole_grid(comparison),
                Legend(),
                Paragraph(gap_and_numbers(comparison.every_rating())),
                Paragraph(words.source),
            ),
        ),
        ListSheet("Roles and levels", cell_rows(comparison), "No pairs of role and level."),
    ]
    if comparison.is_pair:
        nothing = "At no level is a role covered more in one of the two places than in the other."
        sheets.append(
            ListSheet("What differs", Rows(ADVANTAGES_HEADER, _advantage_rows(answer)), nothing)
        )
    if measures is not None:
        rows = measures_rows(comparison, measures)
        sheets.append(ListSheet("Measures", rows, "No places."))
    return document_workbook(words, *sheets)


def _whole_grid(comparison: PlaceComparison) -> PlaceGrid:
    """Return the cells of all levels, level by level, for all places."""
    every = range(len(comparison.places))
    levels = comparison.matrix.levels
    first, *others = (grid(comparison, level, every) for level in levels)
    if not others:
        return first
    grids = (first, *others)
    cells = tuple(row for each in grids for row in each.cells)
    return first._replace(
        counts=coverage_counts(cell.coverage for row in cells for cell in row),
        rows=tuple(
            f"{level.name}: {role}"
            for level, each in zip(levels, grids, strict=True)
            for role in each.rows
        ),
        cells=cells,
        corner="Level and role",
    )


def _advantage_rows(answer: CompareAnswer) -> Iterator[Row]:
    """Write a row for every cell of which more is covered in one of two places."""
    comparison = answer.comparison
    names = names_of(comparison.matrix)
    for each in answer.advantages:
        both = (
            (comparison.places[n].name, rating.coverage, share_in_words(rating.share))
            for n in (each.ahead, 1 - each.ahead)
            for rating in (each.ratings[n].rating,)
        )
        yield (
            *names.cell_columns(each.cell),
            *chain.from_iterable(both),
            "; ".join(names.list_instruments(each.to_join)),
            "; ".join(names.list_instruments(each.to_copy)),
        )
