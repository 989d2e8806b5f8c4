"""Places side by side as a picture: a panel for each level and a few places."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from clustergap.analysis.compare import PlaceComparison
from clustergap.analysis.coverage import Coverage
from clustergap.answers.compare import (
    OWN,
    CompareAnswer,
    asked_in_words,
    extent_in_words,
    grid,
    selections,
)
from clustergap.answers.phrases import query_in_words
from clustergap.answers.provenance import caveats_in_words, remark, source_in_words
from clustergap.model.dataset import Level
from clustergap.origin import Origin
from clustergap.picture import Caption, GridPicture, Panel, PictureCell
from clustergap.text import all_of, count
from clustergap.theme import DEFINITIONS, GAP_DEFINITION

LONGEST_DESCRIPTION = 600
"""Characters up to which a description says how each place is covered: it is heard, not looked over."""


def picture(answer: CompareAnswer, origin: Origin) -> GridPicture:
    """Draw how well each cell is covered in each place that is shown."""
    comparison, matrix = answer.comparison, answer.comparison.matrix
    shown = [n for _, places in selections(answer) for n in places]
    caption = Caption(
        matrix.dataset.title,
        f"{asked_in_words(comparison)}{extent_in_words(answer)}. {_counts(comparison, shown)}.",
        (
            f"{GAP_DEFINITION} {OWN}",
            source_in_words(matrix.dataset, origin.data_in_words, query_in_words(matrix.query)),
            *filter(None, (caveats_in_words(comparison.caveats),)),
        ),
        _description(answer, shown, origin),
    )
    panels = tuple(
        panel
        for title, places in selections(answer)
        for level in matrix.levels
        for panel in _panels(comparison, level, places, title)
    )
    roles = tuple(role.name for role in matrix.roles)
    return GridPicture(caption, roles, panels)


def _panels(
    comparison: PlaceComparison, level: Level, places: Sequence[int], title: str
) -> Iterator[Panel]:
    name = level.name if len(comparison.matrix.levels) > 1 else ""
    for n, part in enumerate(grid(comparison, level, places).parts):
        words = ", ".join(filter(None, (title, name)))
        yield Panel(
            f"{words}, continued" if words and n else words,
            part.columns,
            tuple(
                tuple(PictureCell(cell.coverage, cell.details) for cell in row)
                for row in part.cells
            ),
        )


def _counts(comparison: PlaceComparison, places: Sequence[int]) -> str:
    counts = Counter(each.rating.coverage for n in places for each in comparison.of_place(n))
    return f"{_counts_in_words(counts)} of {count(counts.total(), 'cell')}"


def _counts_in_words(counts: Counter[Coverage]) -> str:
    return ", ".join(
        f"{counts[coverage]:,} {coverage}"
        for coverage in DEFINITIONS
        if counts[coverage] or coverage is not Coverage.UNKNOWN
    )


def _description(answer: CompareAnswer, places: Sequence[int], origin: Origin) -> str:
    comparison = answer.comparison
    about = f"{comparison.matrix.dataset.title}: {asked_in_words(comparison)}{extent_in_words(answer)}."
    alike = places_by_counts(comparison, places)
    clauses: list[str] = []
    left = len(places)
    for words, own in alike.items():
        clause = f"{all_of([comparison.places[n].name for n in own])}: {words}."
        if clauses and sum(map(len, clauses)) + len(clause) > LONGEST_DESCRIPTION:
            clauses.append(f"And {count(left, 'place')} more.")
            break
        clauses.append(clause)
        left -= len(own)
    return " ".join([about, *clauses, remark(origin, comparison.caveats)]).rstrip()


def places_by_counts(
    comparison: PlaceComparison, places: Sequence[int]
) -> Mapping[str, Sequence[int]]:
    """Return places, by their index, under how many of their cells are full, partial, none and unknown, in words."""
    found: dict[str, list[int]] = {}
    for n in places:
        counts = Counter(each.rating.coverage for each in comparison.of_place(n))
        words = ", ".join(f"{counts[each]:,} {each}" for each in DEFINITIONS if counts[each])
        found.setdefault(words, []).append(n)
    return found
